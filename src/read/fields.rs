//! Field names: which part of an article a field of JSON, CSV, Parquet or XML without a standard holds.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::draft::Draft;
use super::markup;
use crate::article::TagKind;

/// The part of an article that a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum ArticlePart {
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

/// The parts that `--map` accepts, by name.
const MAP_NAMES: &[(&str, ArticlePart)] = &[
    ("id", ArticlePart::Id),
    ("title", ArticlePart::Title),
    ("body", ArticlePart::Body),
    ("published", ArticlePart::Date),
    ("byline", ArticlePart::Byline),
    ("dateline", ArticlePart::Dateline),
    ("agency", ArticlePart::Credit),
    ("publisher", ArticlePart::Publisher),
    ("license", ArticlePart::Rights),
    ("language", ArticlePart::Language),
    ("url", ArticlePart::Url),
    ("keywords", ArticlePart::Keyword),
    ("section", ArticlePart::Section),
];

/// The usual field names of each part, the most reliable first, in lower case without punctuation.
const USUAL_NAMES: &[(ArticlePart, &[&str])] = &[
    (
        ArticlePart::Id,
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
    (ArticlePart::Version, &["version", "revision"]),
    (
        ArticlePart::Title,
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
        ArticlePart::Body,
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
        ArticlePart::Date,
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
        ArticlePart::Byline,
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
    (ArticlePart::Dateline, &["dateline"]),
    (
        ArticlePart::Located,
        &["located", "datelinelocation", "datelinecity", "location", "city", "town"],
    ),
    (
        ArticlePart::Credit,
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
        ArticlePart::Publisher,
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
        ArticlePart::Rights,
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
    (ArticlePart::Holder, &["copyrightholder", "rightsholder"]),
    (
        ArticlePart::Language,
        &["language", "lang", "languagecode", "inlanguage", "baselanguage", "originallanguage"],
    ),
    (
        ArticlePart::Url,
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
        ArticlePart::Keyword,
        &["keywords", "keyword", "tags", "tag", "keywordnames", "slug", "newskeywords"],
    ),
    (
        ArticlePart::Section,
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
    (ArticlePart::Subject, &["subjects", "subjectcodes", "topics", "dpasubjectnames", "genre"]),
    (ArticlePart::Person, &["person", "persons", "people"]),
    (
        ArticlePart::Organisation,
        &["organisation", "organisations", "organization", "organizations", "orgs", "companies"],
    ),
    (ArticlePart::Place, &["place", "places", "geosubjectnames", "geo", "countries", "locations"]),
    (ArticlePart::Status, &["pubstatus", "status"]),
    (ArticlePart::Embargo, &["embargoed", "embargo", "embargodate"]),
];

static BY_NAME: LazyLock<FxHashMap<&'static str, (ArticlePart, u32)>> = LazyLock::new(|| {
    let each = USUAL_NAMES.iter().flat_map(|(part, names)| {
        names.iter().enumerate().map(move |(rank, name)| (*name, (*part, rank as u32 + 1)))
    });
    each.collect()
});

/// Field names beside the usual ones, from `--map title=kop`.
#[derive(Clone, Debug, Default)]
pub struct FieldMap(FxHashMap<String, ArticlePart>);

impl FieldMap {
    /// Parses `part=field` pairs. `Err` says what is wrong and what to type instead.
    pub fn parse(pairs: &[String]) -> Result<Self, String> {
        let mut map = FxHashMap::default();
        for pair in pairs {
            let (part, field) = pair
                .split_once('=')
                .ok_or_else(|| format!("{pair} names no field; try --map title=FIELD"))?;
            let known = MAP_NAMES.iter().find(|(name, _)| *name == part.trim());
            let names: Vec<_> = MAP_NAMES.iter().map(|(name, _)| *name).collect();
            let (_, part) = known.ok_or_else(|| {
                format!("{part} is no part of an article; try one of {}", names.join(", "))
            })?;
            map.insert(folded(field), *part);
        }
        Ok(Self(map))
    }

    /// The part that the field `name` holds, and its rank: the lowest is the most reliable.
    pub(super) fn part(&self, name: &str) -> Option<(ArticlePart, u32)> {
        let name = folded(name);
        let mapped = self.0.get(&name).map(|part| (*part, 0));
        mapped.or_else(|| BY_NAME.get(name.as_str()).copied())
    }
}

/// A field name in lower case without punctuation: `version_created`, `versionCreated` to `versioncreated`.
fn folded(name: &str) -> String {
    let bare = name.rsplit(['.', '@']).next().unwrap_or(name);
    bare.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The fields of one article, applied to it in the order of their reliability.
#[derive(Default)]
pub(super) struct Fields {
    /// Part, rank, name and values of each field.
    fields: Vec<(ArticlePart, u32, String, Vec<String>)>,
}

impl Fields {
    /// Adds the values of a field. `penalty` ranks it below other fields.
    pub(super) fn add(&mut self, map: &FieldMap, name: &str, values: Vec<String>, penalty: u32) {
        if let Some((part, rank)) = map.part(name)
            && values.iter().any(|value| is_value(value))
        {
            self.fields.push((part, rank + penalty, name.to_owned(), values));
        }
    }

    /// Whether a field holds the part `wanted`.
    pub(super) fn has(&self, wanted: ArticlePart) -> bool {
        self.fields.iter().any(|(part, ..)| *part == wanted)
    }

    /// The draft with the values of all fields.
    pub(super) fn draft(mut self) -> Draft {
        self.fields.sort_by_key(|(_, rank, ..)| *rank);
        let mut draft = Draft::default();
        for (part, _, name, values) in &self.fields {
            apply(&mut draft, *part, name, values);
        }
        draft
    }
}

/// Whether `value` is not one of the placeholders for no value.
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

fn apply(draft: &mut Draft, part: ArticlePart, field: &str, values: &[String]) {
    if part == ArticlePart::Body {
        if draft.article.body.is_empty() {
            let paragraphs: Vec<_> =
                values.iter().filter(|v| is_value(v)).map(|v| markup::text_or_lines(v)).collect();
            draft.body(paragraphs.join("\n\n"));
        }
        return;
    }
    for value in values.iter().filter(|value| is_value(value)) {
        let value = &*markup::plain(value);
        match part {
            ArticlePart::Id => draft.id(value),
            ArticlePart::Version if draft.version == 0 => {
                draft.version = value.trim().parse().unwrap_or(0);
            }
            ArticlePart::Version | ArticlePart::Body => {}
            ArticlePart::Title => draft.title(field, value),
            ArticlePart::Date => draft.date(field, value),
            ArticlePart::Byline => draft.byline(field, value.trim_matches(['[', ']', '\'', '"'])),
            ArticlePart::Dateline => draft.dateline(field, value),
            ArticlePart::Located => draft.located(field, value),
            ArticlePart::Credit => draft.credit(field, value),
            ArticlePart::Publisher => draft.publisher(field, value),
            ArticlePart::Rights => draft.rights(field, value),
            ArticlePart::Holder => draft.holder(field, value),
            ArticlePart::Language => draft.language(field, value),
            ArticlePart::Url => draft.url(value),
            ArticlePart::Keyword => draft.keywords(value.trim_matches(['[', ']', '\'', '"'])),
            ArticlePart::Section => draft.section(value),
            ArticlePart::Subject => draft.tag(TagKind::Subject, Some(value), None),
            ArticlePart::Person => draft.tag(TagKind::Person, Some(value), None),
            ArticlePart::Organisation => draft.tag(TagKind::Organisation, Some(value), None),
            ArticlePart::Place => draft.tag(TagKind::Place, Some(value), None),
            ArticlePart::Status => draft.status(value),
            ArticlePart::Embargo => draft.embargo(value),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn field_names_are_matched_without_case_and_punctuation() {
        let map = FieldMap::parse(&["title=Kop_Tekst".to_owned()]).unwrap();
        assert_eq!(map.part("versionCreated"), map.part("version_created"));
        assert_eq!(map.part("kopTekst").map(|(part, _)| part), Some(ArticlePart::Title));
        assert_eq!(map.part("colour"), None);
        assert_eq!(
            FieldMap::parse(&["colour=red".to_owned()]).unwrap_err().split(';').next(),
            Some("colour is no part of an article")
        );
    }

    #[test]
    fn the_most_reliable_field_wins() {
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
