//! Which field is what: the names that JSON, CSV and unknown XML give the parts of an article.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::draft::Draft;
use super::{content, markup};
use crate::article::TagKind;

/// A part of an article that a field can state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Part {
    Id,
    Version,
    Title,
    Body,
    Date,
    Byline,
    Dateline,
    Located,
    Credit,
    Publisher,
    Rights,
    Holder,
    Language,
    Url,
    Keyword,
    Section,
    Subject,
    Person,
    Organisation,
    Place,
    Status,
    Embargo,
}

/// The names that `--map` takes.
const NAMES: &[(&str, Part)] = &[
    ("id", Part::Id),
    ("title", Part::Title),
    ("body", Part::Body),
    ("published", Part::Date),
    ("byline", Part::Byline),
    ("dateline", Part::Dateline),
    ("agency", Part::Credit),
    ("publisher", Part::Publisher),
    ("license", Part::Rights),
    ("language", Part::Language),
    ("url", Part::Url),
    ("keywords", Part::Keyword),
    ("section", Part::Section),
];

/// The usual names of fields, the best source of a part first. Written without marks and in small letters.
const USUAL: &[(Part, &[&str])] = &[
    (
        Part::Id,
        &[
            "uri",
            "guid",
            "uuid",
            "urn",
            "itemid",
            "articleid",
            "documentid",
            "docid",
            "docno",
            "newsid",
            "accessionno",
            "recordid",
            "id",
            "hash",
        ],
    ),
    (Part::Version, &["version", "revision"]),
    (
        Part::Title,
        &[
            "headline",
            "headlines",
            "title",
            "titre",
            "titel",
            "webtitle",
            "articletitle",
            "recordtitle",
            "newstitle",
            "mainheadline",
            "hl1",
            "headlinemain",
            "heading",
            "head",
            "printheadline",
            "name",
            "subject",
            "slugline",
        ],
    ),
    (
        Part::Body,
        &[
            "bodyhtml5",
            "bodyxhtml",
            "bodyhtml",
            "articlehtml",
            "contenthtml",
            "contentencoded",
            "articlebody",
            "bodytext",
            "body",
            "bodies",
            "fulltext",
            "maintext",
            "articletext",
            "storytext",
            "newstext",
            "rawtext",
            "plaintext",
            "text",
            "texte",
            "content",
            "contents",
            "contenttext",
            "article",
            "story",
            "document",
            "paragraphs",
            "html",
            "leadparagraph",
            "lead",
            "abstract",
            "summary",
            "excerpt",
            "snippet",
            "highlights",
            "shortdescription",
            "descriptiontext",
            "description",
            "descriptions",
            "teaser",
        ],
    ),
    (
        Part::Date,
        &[
            "datepublished",
            "publicationdate",
            "publishdate",
            "publisheddate",
            "datepublish",
            "datepublication",
            "pubdate",
            "publishedat",
            "publishedon",
            "published",
            "webpublicationdate",
            "firstpublished",
            "publishtime",
            "publicationtime",
            "dateissued",
            "publishdatetime",
            "publisheddatetime",
            "publicationdatetime",
            "pubdatetime",
            "numericpubdate",
            "alphapubdate",
            "issuedate",
            "firstcreated",
            "versioncreated",
            "displaydate",
            "date",
            "datetime",
            "isodate",
            "datecreated",
            "createdat",
            "created",
            "createddate",
            "createddatetime",
            "contentcreated",
            "timestamp",
            "time",
            "seendate",
            "datemodified",
            "modified",
            "updated",
            "updatedat",
            "updateddatetime",
            "day",
        ],
    ),
    (
        Part::Byline,
        &[
            "byline",
            "bylines",
            "by",
            "author",
            "authors",
            "authorname",
            "creator",
            "dccreator",
            "writer",
            "writers",
            "reporter",
            "journalist",
            "originalform",
            "contributors",
        ],
    ),
    (Part::Dateline, &["dateline"]),
    (Part::Located, &["located", "datelinelocation", "datelinecity", "location", "city", "town"]),
    (
        Part::Credit,
        &[
            "agency",
            "newsagency",
            "provider",
            "wire",
            "creditline",
            "credit",
            "infosources",
            "infosource",
            "wireservice",
        ],
    ),
    (
        Part::Publisher,
        &[
            "source",
            "publisher",
            "publication",
            "publicationname",
            "newspaper",
            "outlet",
            "site",
            "sitename",
            "sourcename",
            "media",
            "domain",
            "sourcedomain",
            "distributor",
            "copyrightsource",
        ],
    ),
    (
        Part::Rights,
        &[
            "copyrightnotice",
            "license",
            "licence",
            "licenseurl",
            "copyright",
            "rights",
            "usageterms",
        ],
    ),
    (Part::Holder, &["copyrightholder", "rightsholder"]),
    (
        Part::Language,
        &["language", "lang", "languagecode", "inlanguage", "baselanguage", "originallanguage"],
    ),
    (
        Part::Url,
        &[
            "url",
            "link",
            "articleurl",
            "weburl",
            "permalink",
            "canonicalurl",
            "sourceurl",
            "href",
            "externalurl",
            "requestedurl",
            "urldocview",
        ],
    ),
    (
        Part::Keyword,
        &["keywords", "keyword", "tags", "tag", "keywordnames", "slug", "newskeywords"],
    ),
    (
        Part::Section,
        &[
            "section",
            "sectionname",
            "articlesection",
            "category",
            "categories",
            "rubric",
            "currentrubricnames",
            "rubricnames",
            "desk",
            "newsdesk",
            "channel",
            "sections",
            "topic",
        ],
    ),
    (Part::Subject, &["subjects", "subjectcodes", "topics", "dpasubjectnames", "genre"]),
    (Part::Person, &["person", "persons", "people"]),
    (
        Part::Organisation,
        &["organisation", "organisations", "organization", "organizations", "orgs", "companies"],
    ),
    (Part::Place, &["place", "places", "geosubjectnames", "geo", "countries", "locations"]),
    (Part::Status, &["pubstatus", "status"]),
    (Part::Embargo, &["embargoed", "embargo", "embargodate"]),
];

static BY_NAME: LazyLock<FxHashMap<&'static str, (Part, u32)>> = LazyLock::new(|| {
    let each = USUAL.iter().flat_map(|(part, names)| {
        names.iter().enumerate().map(move |(rank, name)| (*name, (*part, rank as u32 + 1)))
    });
    each.collect()
});

/// Names of fields beside the usual ones, as `--map title=kop` gives them.
#[derive(Clone, Debug, Default)]
pub struct FieldMap(FxHashMap<String, Part>);

impl FieldMap {
    /// Reads `part=field` pairs; `Err` says what is wrong with one and what to type instead.
    pub fn parse(pairs: &[String]) -> Result<Self, String> {
        let mut map = FxHashMap::default();
        for pair in pairs {
            let (part, field) = pair
                .split_once('=')
                .ok_or_else(|| format!("{pair} names no field; try --map title=FIELD"))?;
            let known = NAMES.iter().find(|(name, _)| *name == part.trim());
            let names: Vec<_> = NAMES.iter().map(|(name, _)| *name).collect();
            let (_, part) = known.ok_or_else(|| {
                format!("{part} is no part of an article; try one of {}", names.join(", "))
            })?;
            map.insert(folded(field), *part);
        }
        Ok(Self(map))
    }

    /// What the field `name` states, and its rank: the lowest is the best source.
    pub(super) fn part(&self, name: &str) -> Option<(Part, u32)> {
        let name = folded(name);
        let mapped = self.0.get(&name).map(|part| (*part, 0));
        mapped.or_else(|| BY_NAME.get(name.as_str()).copied())
    }
}

/// `version_created`, `versionCreated`, `version-created`: `versioncreated`.
fn folded(name: &str) -> String {
    let bare = name.rsplit(['.', '@']).next().unwrap_or(name);
    bare.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Fields and their values while they are collected, to be applied from the best source to the worst.
#[derive(Default)]
pub(super) struct Fields {
    found: Vec<(Part, u32, String, Vec<String>)>,
}

impl Fields {
    /// Adds the values of a field; `penalty` makes it a worse source than others of its name.
    pub(super) fn add(&mut self, map: &FieldMap, name: &str, values: Vec<String>, penalty: u32) {
        if let Some((part, rank)) = map.part(name)
            && values.iter().any(|value| is_value(value))
        {
            self.found.push((part, rank + penalty, name.to_owned(), values));
        }
    }

    /// Does it state a text?
    pub(super) fn has(&self, wanted: Part) -> bool {
        self.found.iter().any(|(part, ..)| *part == wanted)
    }

    /// The draft that the fields make.
    pub(super) fn draft(mut self) -> Draft {
        self.found.sort_by_key(|(_, rank, ..)| *rank);
        let mut draft = Draft::default();
        for (part, _, name, values) in &self.found {
            apply(&mut draft, *part, name, values);
        }
        draft
    }
}

/// What tables write where there is nothing.
fn is_value(value: &str) -> bool {
    !matches!(
        value.trim(),
        "" | "null"
            | "NULL"
            | "None"
            | "none"
            | "nan"
            | "NaN"
            | "N/A"
            | "n/a"
            | "[]"
            | "{}"
            | "\\N"
            | "-"
    )
}

fn apply(draft: &mut Draft, part: Part, field: &str, values: &[String]) {
    if part == Part::Body {
        if draft.article.body.is_empty() {
            let paragraphs: Vec<_> =
                values.iter().filter(|v| is_value(v)).map(|v| content(v)).collect();
            draft.body(paragraphs.join("\n\n"));
        }
        return;
    }
    for value in values.iter().filter(|value| is_value(value)) {
        let plain = if markup::is_marked_up(value) { markup::text(value) } else { value.clone() };
        let value = plain.as_str();
        match part {
            Part::Id => draft.id(value),
            Part::Version if draft.version == 0 => {
                draft.version = value.trim().parse().unwrap_or(0);
            }
            Part::Version | Part::Body => {}
            Part::Title => draft.title(field, value),
            Part::Date => draft.date(field, value),
            Part::Byline => draft.byline(field, value.trim_matches(['[', ']', '\'', '"'])),
            Part::Dateline => draft.dateline(field, value),
            Part::Located => draft.located(field, value),
            Part::Credit => draft.credit(field, value),
            Part::Publisher => draft.publisher(field, value),
            Part::Rights => draft.rights(field, value),
            Part::Holder => draft.holder(field, value),
            Part::Language => draft.language(field, value),
            Part::Url => draft.url(value),
            Part::Keyword => draft.keywords(value.trim_matches(['[', ']', '\'', '"'])),
            Part::Section => draft.section(value),
            Part::Subject => draft.tag(TagKind::Subject, Some(value), None),
            Part::Person => draft.tag(TagKind::Person, Some(value), None),
            Part::Organisation => draft.tag(TagKind::Organisation, Some(value), None),
            Part::Place => draft.tag(TagKind::Place, Some(value), None),
            Part::Status => draft.status(value),
            Part::Embargo => draft.embargo(value),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_known_however_they_are_written() {
        let map = FieldMap::parse(&["title=Kop_Tekst".to_owned()]).unwrap();
        assert_eq!(map.part("versionCreated"), map.part("version_created"));
        assert_eq!(map.part("kopTekst").map(|(part, _)| part), Some(Part::Title));
        assert_eq!(map.part("colour"), None);
        assert_eq!(
            FieldMap::parse(&["colour=red".to_owned()]).unwrap_err().split(';').next(),
            Some("colour is no part of an article")
        );
    }

    #[test]
    fn the_best_source_wins() {
        let mut fields = Fields::default();
        let map = FieldMap::default();
        for (name, value) in [
            ("description", "Short."),
            ("Body", "The river rose."),
            ("headline", "River"),
            ("date", "null"),
        ] {
            fields.add(&map, name, vec![value.to_owned()], 0);
        }
        let draft = fields.draft();
        assert_eq!(draft.article.body, "The river rose.");
        assert_eq!(draft.article.title.as_deref(), Some("River"));
        assert_eq!(draft.article.published, None);
    }
}
