//! Words around a name that tell what it names.

use crate::article::CountryCode;

/// Does this word behind a place's name make it the name of something else: a street, a newspaper?
pub(super) fn is_not_behind(word: &str) -> bool {
    NOT_BEHIND.binary_search(&word).is_ok()
}

/// Does this word stand behind a town's name in the names of its own institutions?
pub(super) fn is_civic(word: &str) -> bool {
    CIVIC.binary_search(&word).is_ok()
}

/// Streets and newspapers. Sorted by bytes, as all lists here are.
const NOT_BEHIND: &[&str] = &[
    "Ave",
    "Ave.",
    "Avenue",
    "Blvd",
    "Blvd.",
    "Boulevard",
    "Chronicle",
    "Court",
    "Ct.",
    "Daily",
    "Dr.",
    "Drive",
    "Gazette",
    "Globe",
    "Herald",
    "Highway",
    "Hwy",
    "Hwy.",
    "Journal",
    "Lane",
    "Observer",
    "Parkway",
    "Pkwy",
    "Pkwy.",
    "Place",
    "Post",
    "Rd",
    "Rd.",
    "Road",
    "Sentinel",
    "St",
    "St.",
    "Street",
    "Times",
    "Tribune",
    "Turnpike",
    "Way",
];

/// Institutions of a town.
const CIVIC: &[&str] = &[
    "Area",
    "Board",
    "Chamber",
    "City",
    "College",
    "Community",
    "Council",
    "County",
    "District",
    "Elementary",
    "Fire",
    "Hall",
    "High",
    "Middle",
    "Municipal",
    "Police",
    "Public",
    "Regional",
    "School",
    "Schools",
    "Sheriff",
    "Town",
    "Township",
    "University",
    "Village",
];

/// Countries that local news in English comes from, and how much more often their places are meant.
pub(super) const HOME: &[(CountryCode, f32)] = &[
    (CountryCode(*b"US"), 3.0),
    (CountryCode(*b"GB"), 2.0),
    (CountryCode(*b"CA"), 1.5),
    (CountryCode(*b"AU"), 1.0),
];

/// Words of local news that are at home in one country (the word, the word before it if that
/// counts), with how much they say.
const LOCAL: &[(&str, &str, [u8; 2], f32)] = &[
    ("Cllr", "", *b"GB", 1.0),
    ("Council", "City", *b"US", 1.0),
    ("County", "", *b"US", 0.7),
    ("Department", "Police", *b"US", 1.0),
    ("Deputy", "", *b"US", 0.5),
    ("District", "School", *b"US", 1.0),
    ("Interstate", "", *b"US", 1.0),
    ("MP", "", *b"GB", 0.5),
    ("Medicaid", "", *b"US", 1.0),
    ("Mr", "", *b"GB", 0.5),
    ("Mrs", "", *b"GB", 0.5),
    ("NHS", "", *b"GB", 1.0),
    ("OHL", "", *b"CA", 1.5),
    ("Police", "State", *b"US", 1.0),
    ("Prof", "", *b"GB", 0.5),
    ("RCMP", "", *b"CA", 2.0),
    ("School", "High", *b"US", 0.7),
    ("Sheriff", "", *b"US", 1.5),
    ("Superintendent", "", *b"US", 0.5),
    ("Township", "", *b"US", 1.0),
    ("Trooper", "", *b"US", 1.0),
    ("Twp.", "", *b"US", 1.0),
];

/// The country that a word of local news speaks for, and how much.
pub(super) fn local(before: &str, word: &str) -> Option<(CountryCode, f32)> {
    let row = &LOCAL[LOCAL.binary_search_by_key(&word, |row| row.0).ok()?];
    if !row.1.is_empty() && row.1 != before {
        return None;
    }
    Some((CountryCode(row.2), row.3))
}

/// Words in small letters inside names.
pub(super) fn is_particle(word: &str) -> bool {
    matches!(
        word,
        "of" | "and"
            | "the"
            | "de"
            | "la"
            | "le"
            | "les"
            | "da"
            | "do"
            | "dos"
            | "del"
            | "al"
            | "el"
            | "en"
            | "sur"
            | "am"
            | "upon"
            | "on"
            | "&"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_sorted() {
        assert!(NOT_BEHIND.is_sorted() && CIVIC.is_sorted());
        assert!(LOCAL.is_sorted_by_key(|row| row.0));
    }
}
