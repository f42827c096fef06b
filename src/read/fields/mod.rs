//! The fields of JSON, CSV, Parquet and XML without a standard: which part of an article each holds ([`map`]), their values
//! in the order of their reliability, and what holds no part ([`other`]).

mod map;
mod other;

pub use map::FieldMap;
pub(super) use other::OtherFields;

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

impl ArticlePart {
    /// The part with this name in the table of usual names.
    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "id" => Self::Id,
            "version" => Self::Version,
            "title" => Self::Title,
            "body" => Self::Body,
            "date" => Self::Date,
            "byline" => Self::Byline,
            "dateline" => Self::Dateline,
            "located" => Self::Located,
            "credit" => Self::Credit,
            "publisher" => Self::Publisher,
            "rights" => Self::Rights,
            "holder" => Self::Holder,
            "language" => Self::Language,
            "url" => Self::Url,
            "keyword" => Self::Keyword,
            "section" => Self::Section,
            "subject" => Self::Subject,
            "person" => Self::Person,
            "organisation" => Self::Organisation,
            "place" => Self::Place,
            "status" => Self::Status,
            "embargo" => Self::Embargo,
            _ => return None,
        })
    }
}

/// The names of the parts of a person's name in an object or an element, folded: given names, then family names.
const GIVEN_NAMES: &[&str] =
    &["givenname", "givennames", "given", "firstname", "first", "forename", "vorname", "prenom"];
const FAMILY_NAMES: &[&str] =
    &["familyname", "family", "lastname", "last", "surname", "nachname", "nom"];

/// The name of a person whose given and family names are values of their own, each with its name. `None` without a family
/// name.
pub(super) fn person_name<'n>(
    values: impl Iterator<Item = (&'n str, Option<String>)>,
) -> Option<String> {
    let (mut given, mut family) = (None, None);
    for (name, value) in values {
        let name = map::folded(name);
        if GIVEN_NAMES.contains(&name.as_str()) {
            given = given.or(value);
        } else if FAMILY_NAMES.contains(&name.as_str()) {
            family = family.or(value);
        }
    }
    let family = family?;
    Some(given.map_or(family.clone(), |given| format!("{given} {family}")))
}

/// The fields of one article, applied to it in the order of their reliability.
#[derive(Default)]
pub(super) struct Fields {
    /// Part, rank, name and values of each field.
    fields: Vec<(ArticlePart, u32, String, Vec<String>)>,
    others: OtherFields,
}

impl Fields {
    /// Adds the values of the field at `path`. `penalty` ranks it below other fields.
    pub(super) fn add(&mut self, map: &FieldMap, path: &str, values: Vec<String>, penalty: u32) {
        match map.part(path) {
            Some((part, rank)) => {
                if values.iter().any(|value| is_value(value)) {
                    map.note_use(path);
                    self.fields.push((part, rank + penalty, path.to_owned(), values));
                }
            }
            None => values.iter().for_each(|value| self.add_other(path, value)),
        }
    }

    /// Adds paragraphs that are the text of the article though their field has no usual name.
    pub(super) fn add_body(&mut self, path: &str, paragraphs: Vec<String>) {
        self.fields.push((ArticlePart::Body, u32::MAX, path.to_owned(), paragraphs));
    }

    /// Keeps a value of the field at `path`, which holds no part of an article.
    pub(super) fn add_other(&mut self, path: &str, value: &str) {
        if is_value(value) {
            self.others.add(path, value);
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
        self.others.move_into(&mut draft);
        draft
    }
}

/// The path of the field `name` below `path`.
pub(super) fn join(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
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

    #[test]
    fn all_parts_of_the_table_are_known() {
        for [part, _] in crate::tables::tsv::rows(include_str!("usual_names.tsv")) {
            assert!(ArticlePart::named(part).is_some(), "{part}");
        }
    }
}
