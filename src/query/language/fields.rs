//! The fields of the query language: the names that may stand before a colon.

use crate::article::Facet;
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
        .map(|known| (distance(&name, known), known))
        .filter(|&(distance, known)| distance <= 1 + known.len() / 4)
        .min()
        .map(|(_, known)| known)
}

/// The edit distance with transpositions of neighbours (optimal string alignment).
fn distance(a: &str, b: &str) -> usize {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if a.len() > 32 {
        return a.len();
    }
    let mut rows = vec![vec![0; b.len() + 1]; a.len() + 1];
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            rows[i][j] = if i == 0 || j == 0 {
                i + j
            } else {
                let replaced = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
                let mut least = replaced.min(rows[i - 1][j] + 1).min(rows[i][j - 1] + 1);
                if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                    least = least.min(rows[i - 2][j - 2] + 1);
                }
                least
            };
        }
    }
    rows[a.len()][b.len()]
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
        check("zzz", None);
    }
}
