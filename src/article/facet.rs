//! Facets: the values of an article, or of a quotation, that can be counted and asked for.

use super::metadata::MetadataField;

/// A facet. Its values are multi-valued strings, none twice in one article or quotation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Facet {
    /// Who is quoted.
    Speaker,
    /// People named.
    Person,
    /// Roles of the people named.
    Role,
    /// Organisations named.
    Organisation,
    /// Places named.
    Place,
    /// Wire services that supplied the article.
    Agency,
    /// Its writers.
    Byline,
    /// Countries mentioned.
    Country,
    /// The country in focus.
    About,
    /// The country of the dateline.
    From,
    /// Places of the dateline.
    City,
    /// Terms of use; [`UNKNOWN_LICENSE`] where none are stated.
    License,
    /// The main language.
    Language,
    /// The section that the file states.
    Section,
    /// Keywords that the file states.
    Keyword,
    /// Year of publication.
    Year,
    /// Month of publication.
    Month,
    /// Day of publication.
    Day,
    /// The folder of the file, and each above it.
    Folder,
    /// Kinds of quotations.
    Quote,
    /// Parts that the article has: title, date, dateline, …
    Has,
    /// Names of metadata that have no field of their own.
    MetadataName,
    /// The values of such a name.
    Metadata(MetadataField),
}

/// How the values of a facet are matched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueMatching {
    /// By any part of the name, case and accents folded; the whole folded name behind `=`.
    Name,
    /// The whole value, as it is.
    Whole,
}

/// The value of [`Facet::License`] where an article states none.
pub const UNKNOWN_LICENSE: &str = "unknown";

impl Facet {
    /// The facets that every archive has, in the order of help texts and of the fields of an index; those of metadata are
    /// as the files name them.
    pub const ALL: [Self; 21] = [
        Self::Speaker,
        Self::Person,
        Self::Role,
        Self::Organisation,
        Self::Place,
        Self::Agency,
        Self::Byline,
        Self::Country,
        Self::About,
        Self::From,
        Self::City,
        Self::License,
        Self::Language,
        Self::Section,
        Self::Keyword,
        Self::Year,
        Self::Month,
        Self::Day,
        Self::Folder,
        Self::Quote,
        Self::Has,
    ];

    /// The facet of that name in lower case.
    pub fn named(name: &str) -> Option<Self> {
        if let Some(path) = name.strip_prefix(MetadataField::PREFIX) {
            return MetadataField::at(path).map(Self::Metadata);
        }
        let all = Self::ALL.into_iter().chain([Self::MetadataName]);
        all.into_iter().find(|facet| facet.name() == name)
    }

    /// Its number in [`Facet::ALL`]; `None` for those of metadata.
    pub fn number(self) -> Option<usize> {
        Self::ALL.iter().position(|facet| *facet == self)
    }

    /// Its name in the query language.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Speaker => "speaker",
            Self::Person => "person",
            Self::Role => "role",
            Self::Organisation => "organisation",
            Self::Place => "place",
            Self::Agency => "agency",
            Self::Byline => "byline",
            Self::Country => "country",
            Self::About => "about",
            Self::From => "from",
            Self::City => "city",
            Self::License => "license",
            Self::Language => "language",
            Self::Section => "section",
            Self::Keyword => "keyword",
            Self::Year => "year",
            Self::Month => "month",
            Self::Day => "day",
            Self::Folder => "folder",
            Self::Quote => "quote",
            Self::Has => "has",
            Self::MetadataName => "meta",
            Self::Metadata(field) => field.facet_name(),
        }
    }

    /// What it holds, for help texts.
    pub const fn help(self) -> &'static str {
        match self {
            Self::Speaker => "who is quoted",
            Self::Person => "people named",
            Self::Role => "roles of people named",
            Self::Organisation => "organisations named",
            Self::Place => "places named",
            Self::Agency => "wire services that supplied the article",
            Self::Byline => "writers",
            Self::Country => "countries mentioned",
            Self::About => "the country in focus",
            Self::From => "country of the dateline",
            Self::City => "places of the dateline",
            Self::License => "terms of use; unknown if not stated",
            Self::Language => "main language",
            Self::Section => "section stated by the file",
            Self::Keyword => "keywords stated by the file",
            Self::Year => "year of publication",
            Self::Month => "month of publication",
            Self::Day => "day of publication",
            Self::Folder => "folder of the file, and each above it",
            Self::Quote => "kinds of quotations: direct, mixed, indirect, belief",
            Self::Has => {
                "parts that the article has: title, date, dateline, agency, byline, people, quotes, country, license"
            }
            Self::MetadataName => {
                "names of other fields that the file states; meta.NAME: their values"
            }
            Self::Metadata(_) => "values of this field of the file",
        }
    }

    /// How its values are matched.
    pub const fn matching(self) -> ValueMatching {
        match self {
            Self::Speaker
            | Self::Person
            | Self::Role
            | Self::Organisation
            | Self::Place
            | Self::Agency
            | Self::Byline
            | Self::City
            | Self::Section
            | Self::Keyword
            | Self::Metadata(_) => ValueMatching::Name,
            Self::Country
            | Self::About
            | Self::From
            | Self::License
            | Self::Language
            | Self::Year
            | Self::Month
            | Self::Day
            | Self::Folder
            | Self::Quote
            | Self::Has
            | Self::MetadataName => ValueMatching::Whole,
        }
    }

    /// Whether a quotation has values of its own; for the others it has those of its article.
    pub const fn is_of_quotations(self) -> bool {
        matches!(self, Self::Speaker | Self::Quote)
    }

    /// Whether its values are names of people, to which a user's aliases apply.
    pub const fn is_of_people(self) -> bool {
        matches!(self, Self::Speaker | Self::Person)
    }
}
