//! The names that may stand before a colon.

use crate::article::Facet;
use crate::query::language::clause::{NumberField, Scope};

/// What a field name means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Name {
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

/// Names besides the facets'.
const NAMES: [(&str, Name); 9] = [
    ("title", Name::Text(Scope::Title)),
    ("lead", Name::Text(Scope::Lead)),
    ("said", Name::Text(Scope::Said)),
    ("body", Name::Text(Scope::Body)),
    ("date", Name::Date),
    ("words", Name::Number(NumberField::Words)),
    ("confidence", Name::Number(NumberField::Confidence)),
    ("dateline", Name::Dateline),
    ("id", Name::Id),
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

/// What the field `name` means, whatever its case.
pub(super) fn known(name: &str) -> Option<Name> {
    let name = name.to_ascii_lowercase();
    let name = ALIASES.iter().find(|(alias, _)| *alias == name).map_or(name.as_str(), |a| a.1);
    if let Some((_, known)) = NAMES.iter().find(|(n, _)| *n == name) {
        return Some(*known);
    }
    Facet::named(name).map(Name::Facet)
}

/// The known name that is most like `name`, if any is much like it.
pub(in crate::query) fn nearest(name: &str) -> Option<&'static str> {
    let name = name.to_ascii_lowercase();
    let names = NAMES.iter().map(|(n, _)| *n).chain(Facet::ALL.into_iter().map(Facet::name));
    names
        .map(|known| (distance(&name, known), known))
        .filter(|&(distance, known)| distance <= 1 + known.len() / 4)
        .min()
        .map(|(_, known)| known)
}

/// Letters to insert, leave out or replace (Levenshtein); letters swapped count once.
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
