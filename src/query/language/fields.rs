//! The fields of the query language: the names that may stand before a colon.

use strsim::osa_distance;

use crate::article::{Facet, MetadataField, metadata_name};
use crate::query::language::clause::{NumberField, Scope};

/// A field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    /// Words of a text.
    Text(Scope),
    /// A facet.
    Facet(Facet),
    /// City or country of the dateline.
    Dateline,
    /// Day of publication.
    Date,
    /// A number.
    Number(NumberField),
    /// Id of an article.
    Id,
}

/// Fields besides the facets.
const FIELDS: [(&str, Field); 9] = [
    ("title", Field::Text(Scope::Title)),
    ("lead", Field::Text(Scope::Lead)),
    ("said", Field::Text(Scope::Said)),
    ("body", Field::Text(Scope::Body)),
    ("date", Field::Date),
    ("words", Field::Number(NumberField::Words)),
    ("confidence", Field::Number(NumberField::Confidence)),
    ("dateline", Field::Dateline),
    ("id", Field::Id),
];

/// Other spellings.
const ALIASES: [(&str, &str); 9] = [
    ("headline", "title"),
    ("text", "body"),
    ("organization", "organisation"),
    ("org", "organisation"),
    ("licence", "license"),
    ("lang", "language"),
    ("author", "byline"),
    ("countries", "country"),
    ("published", "date"),
];

/// Names before a colon that open an address: they are no fields.
const SCHEMES: [&str; 6] = ["data", "doi", "mailto", "tag", "tel", "urn"];

/// Whether a word before a colon is the name of a field, known or not, if `value` is behind the colon; else it is text.
pub(super) fn may_be_name(word: &str, value: &str) -> bool {
    if is_metadata(word) {
        return true;
    }
    let is_part = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphabetic());
    let is_scheme = SCHEMES.iter().any(|scheme| scheme.eq_ignore_ascii_case(word));
    let is_port = word.contains('.') && value.starts_with(|c: char| c.is_ascii_digit());
    word.split(['_', '-', '.']).all(is_part) && !is_scheme && !is_port
}

/// Whether a word before a colon is the path of a field of metadata: `meta.member.party`.
fn is_metadata(word: &str) -> bool {
    let prefix = word.get(..MetadataField::PREFIX.len());
    prefix.is_some_and(|prefix| prefix.eq_ignore_ascii_case(MetadataField::PREFIX))
        && word.len() > MetadataField::PREFIX.len()
        && metadata_name(word) == word.to_lowercase()
}

/// The field of that name, in any case.
pub(super) fn field_named(name: &str) -> Option<Field> {
    let name = name.to_ascii_lowercase();
    let name = ALIASES.iter().find(|(alias, _)| *alias == name).map_or(name.as_str(), |a| a.1);
    if let Some((_, known)) = FIELDS.iter().find(|(n, _)| *n == name) {
        return Some(*known);
    }
    Facet::named(name).map(Field::Facet)
}

/// The name of a field that is nearest to `name` by edit distance: at most one edit, and one more for every four letters.
pub(in crate::query) fn nearest(name: &str) -> Option<&'static str> {
    let name = name.to_ascii_lowercase();
    let names = FIELDS.iter().map(|(n, _)| *n).chain(Facet::ALL.into_iter().map(Facet::name));
    names
        .map(|known| (osa_distance(&name, known), known))
        .filter(|&(distance, known)| distance <= 1 + known.len() / 4)
        .min()
        .map(|(_, known)| known)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn misspelt_names_have_a_nearest_one() {
        let check = |name, expected| assert_eq!(nearest(name), expected, "{name}");
        check("speker", Some("speaker"));
        check("agnecy", Some("agency"));
        check("tilte", Some("title"));
        check("contry", Some("country"));
        check("zzz", None);
    }

    #[test]
    fn addresses_and_times_are_no_fields() {
        let check = |word, expected| assert_eq!(may_be_name(word, "8080"), expected, "{word}");
        check("party", true);
        check("pub-date", true);
        check("by_line", true);
        check("Mailto", false);
        check("10", false);
        check("Meta.member.party", true);
        check("meta.@id", true);
        check("meta.", false);
        check("meta.a,b", false);
        check("www.example.org", false);
        check("-", false);
        check("", false);
        assert!(may_be_name("member.party", "green"));
    }
}
