//! The one data type that travels: an article and what was found in it.
//!
//! Plain data. `read` fills what the file states, `extract` adds what the text says, `index` stores it, the faces show
//! it. Offsets are bytes in [`Article::body`]; the faces turn them into code points where a format asks for that.

mod content_digest;
mod facet;
mod facet_values;
pub(crate) mod json;
mod metadata;

use serde::{Deserialize, Serialize};

pub use self::content_digest::ContentDigest;
pub use self::facet::{Facet, UNKNOWN_LICENSE, ValueMatching};
pub use self::metadata::{MetadataField, MetadataValue, metadata_name};
pub use crate::calendar::PartialDate;
pub use crate::tables::CountryCode;
pub use crate::text::{Boundaries, Span};

/// Where a value comes from, so that a reader can see why it is there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Origin {
    /// These words of the body.
    Text(Span),
    /// A field of the file's own metadata, by its name there.
    Field(String),
    /// The path of the file.
    Path,
    /// Worked out from several places of the article.
    Inferred,
}

/// When an article was published. Set by `read` from metadata, else by `extract::dates`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Published {
    /// The day, month or year; the year is always known.
    pub date: PartialDate,
    /// `10:42:33+03:30` as stated, where a time is known.
    pub time: Option<String>,
    /// Where it comes from.
    pub origin: Origin,
}

/// A place that a dateline or a text names.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// As usually written: `Tehran`, not `TEHRAN`.
    pub name: String,
    /// Its words in the body, if they stand there.
    pub span: Option<Span>,
    /// The country that it is in today.
    pub country: Option<CountryCode>,
    /// `GeoNames` identifier.
    pub geoname: Option<u32>,
    /// Degrees north and east (WGS 84).
    pub coordinates: Option<(f32, f32)>,
}

/// Place, date and agency that open a wire story. Set by `extract::dateline`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Dateline {
    /// All of it, without the dash behind; empty if only the file's metadata state it.
    pub span: Span,
    /// Where it comes from.
    pub origin: Origin,
    /// Cities in the order printed.
    pub places: Vec<Place>,
    /// Often without a year; filled in where the article's own dates tell it.
    pub date: Option<PartialDate>,
    /// As printed: `MNA`.
    pub agency: Option<Span>,
}

/// A wire service that supplied the article. Set by `extract::agency`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agency {
    /// Canonical name: `Mehr News Agency`.
    pub name: String,
    /// The words that say so.
    pub origin: Origin,
}

/// A writer's name. Set by `read` from metadata, else by `extract::byline`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Byline {
    /// `Jane Doe`, whatever its capitals in print.
    pub name: String,
    /// Where it stands.
    pub origin: Origin,
}

/// A person, organisation or place of the text, with all its mentions. Set by `extract::people`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// The fullest form in the article, without titles.
    pub name: String,
    /// `secretary of Iran's Supreme National Security Council`.
    pub role: Option<String>,
    /// Names of that person in the body, in order; no pronouns.
    pub mentions: Vec<Span>,
}

/// An organisation or place of the text. Set by `extract::people`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entity {
    /// The fullest form in the article.
    pub name: String,
    /// Its names in the body, in order.
    pub mentions: Vec<Span>,
}

/// How words are reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum QuoteKind {
    /// All between quotation marks.
    Direct,
    /// Partly so.
    Mixed,
    /// Reported speech without marks.
    Indirect,
    /// Reported thought: beliefs, wishes, intents.
    Belief,
}

impl QuoteKind {
    /// `direct`, `mixed`, `indirect` or `belief`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Direct => "direct",
            Self::Mixed => "mixed",
            Self::Indirect => "indirect",
            Self::Belief => "belief",
        }
    }
}

/// Somebody's words as the article reports them. Set by `extract::quotes`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Quotation {
    /// The reported words in the body.
    pub span: Span,
    /// Direct, mixed, indirect or belief.
    pub kind: QuoteKind,
    /// Who: a person's or an organisation's name after resolving surnames and pronouns.
    pub speaker: Option<String>,
    /// The words that name the source there: a name, a pronoun, a noun phrase.
    pub source: Option<Span>,
    /// The words that attribute: `said`, `according to`.
    pub cue: Option<Span>,
    /// 0 to 1: how sure the speaker is.
    pub confidence: f32,
}

/// A country that the article mentions. Set by `extract::countries`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Country {
    /// ISO 3166-1 alpha-2.
    pub code: CountryCode,
    /// Where it, its people or a place in it is named, in order.
    pub mentions: Vec<Span>,
}

/// Under which terms the article may be used. Set by `read` from metadata, else by `extract::license`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct License {
    /// SPDX identifier (`CC-BY-4.0`), else `LicenseRef-…`.
    pub spdx: String,
    /// Who grants it.
    pub holder: Option<String>,
    /// The sentence or field that proves it.
    pub origin: Origin,
}

/// What a field of the file's metadata says, in its words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// The field's name there: `body.head/byline`.
    pub field: String,
    /// Its text on one line.
    pub text: String,
}

/// What the file's metadata say in words, for `extract` to read names, places and terms from. Set by `read`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stated {
    /// `By JANE DOE, Staff Writer`.
    pub bylines: Vec<Note>,
    /// `OSLO, March 3 (AFP) -`; what a file calls a dateline.
    pub datelines: Vec<Note>,
    /// Places where the article was written, without a date or an agency.
    pub located: Vec<Note>,
    /// Providers and credit lines of wire copy: agencies.
    pub credits: Vec<Note>,
    /// Who published it: an agency, a paper or a site.
    pub publishers: Vec<Note>,
    /// Copyright notices and terms of use.
    pub rights: Vec<Note>,
    /// Who holds the rights.
    pub holders: Vec<Note>,
}

/// What a tag of the file's metadata is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TagKind {
    /// A topic: `04001000`, `agriculture`.
    Subject,
    /// A person.
    Person,
    /// A company, a club, an office.
    Organisation,
    /// A place or country.
    Place,
}

/// A subject, person, organisation or place that the file's metadata name. Set by `read`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tag {
    /// What it is about.
    pub kind: TagKind,
    /// `agriculture`.
    pub name: Option<String>,
    /// In the scheme of the source: `subj:04001000`.
    pub code: Option<String>,
}

/// An item of a sender that has one id wherever it is sent, and the version of it that a file holds: higher versions
/// replace lower ones, in whatever files of an archive they stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Item {
    /// First 64 bits of the BLAKE3 hash of its id.
    pub id: u64,
    /// 0 if none is stated.
    pub version: u64,
}

/// Raised whenever `extract` gives other results: files annotated by an older version are read again.
pub const EXTRACTION_VERSION: u32 = 5;

/// One article. Unknown stays `None` or empty: nothing is made up.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Article {
    /// Stable name in the archive: its path; where a file may hold several, `#` and the id that its sender gave it behind
    /// it, else its web address, else its [`ContentDigest`]. Set by `read`.
    pub id: String,
    /// Path of its file, `/` between folders, below the archive's name; inside a container, `!/` and the path there
    /// behind it. Set by `read`.
    pub path: String,
    /// Headline. Set by `read`.
    pub title: Option<String>,
    /// Where the headline stands, if the body opens with it. Set by `read`.
    pub title_span: Option<Span>,
    /// The whole text as it stands in the file, UTF-8, line ends `\n`. Set by `read`.
    pub body: String,
    /// Web address stated by the file. Set by `read`.
    pub url: Option<String>,
    /// Day of publication.
    pub published: Option<Published>,
    /// A day of publication that was found and not believed: before 1600, or in the future. Set by `extract::dates`.
    pub refused_date: Option<Published>,
    /// ISO 639-1 code of the main language. Set by `read` from metadata, else by `extract::language`.
    pub language: Option<String>,
    /// What opens the story.
    pub dateline: Option<Dateline>,
    /// Wire services that supplied it.
    pub agencies: Vec<Agency>,
    /// Its writers.
    pub byline: Vec<Byline>,
    /// Desk initials such as `EE/PA`. Set by `extract::byline`.
    pub desk: Option<Span>,
    /// People named in it, in the order of their first mention.
    pub people: Vec<Person>,
    /// Organisations named in it.
    pub organisations: Vec<Entity>,
    /// Places named in it.
    pub places: Vec<Entity>,
    /// Reported words, in order.
    pub quotes: Vec<Quotation>,
    /// Countries mentioned, most mentions first.
    pub countries: Vec<Country>,
    /// The country that it is about. Set by `extract::countries`.
    pub focus: Option<CountryCode>,
    /// Terms of use; `None` is unknown.
    pub license: Option<License>,
    /// Keywords stated by the file. Set by `read`.
    pub keywords: Vec<String>,
    /// Section stated by the file. Set by `read`.
    pub section: Option<String>,
    /// Subjects, people, organisations and places that the file's metadata name. Set by `read`.
    pub tags: Vec<Tag>,
    /// The field that states the headline, if it does not stand in the body. Set by `read`.
    pub title_field: Option<String>,
    /// The field that states the language. Set by `read`.
    pub language_field: Option<String>,
    /// What is against its publication, if it was asked for none the less: `withdrawn`, `embargoed`. Set by `read`.
    pub status: Option<String>,
    /// How sure the optical recognition of the text is, 0 to 1. Set by `read`.
    pub recognition: Option<f32>,
    /// What the file's metadata say in words. Set by `read`.
    pub stated: Stated,
    /// Metadata for which there is no other field, each value once, in the order of the file. They are kept behind the stored
    /// form of the others. Set by `read`.
    #[serde(skip)]
    pub metadata: Vec<MetadataValue>,
    /// How the body is cut, known right after `extract` has cut it. It follows from the body, and is not stored.
    #[serde(skip)]
    pub boundaries: Option<Boundaries>,
    /// Which item it is, where its format gives items an id of that kind. It is kept beside the stored form. Set by
    /// `read`.
    #[serde(skip)]
    pub item: Option<Item>,
}

/// A shorter line (bytes) is no paragraph: a dateline, a byline.
const SHORT_LINE: usize = 60;

impl Article {
    /// The first paragraph below the headline, as a stretch of the body.
    pub fn lead(&self) -> Span {
        let body = self.body.as_str();
        let blank = |from: usize| from + body[from..].len() - body[from..].trim_start().len();
        let title_end = self.title_span.map_or(0, |span| span.end as usize);
        let below = blank(if body.is_char_boundary(title_end) { title_end } else { 0 });
        let mut start = if below == body.len() { blank(0) } else { below };
        let first =
            Span::new(start, start + body[start..].lines().next().unwrap_or_default().len());
        for line in body[start..].split_inclusive('\n') {
            let length = line.trim_end().len();
            if length > SHORT_LINE {
                return Span::new(start, start + length);
            }
            start += line.len();
        }
        first
    }
}

/// What replaced a superseded article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Successor {
    /// The version of the item that the article holds.
    pub version: u64,
    /// The highest version.
    pub by: u64,
    /// Ids of the articles of that version, sorted; none if it was withdrawn or is under an embargo.
    pub ids: Vec<String>,
}
