//! Words around a name that tell what it names.

use crate::article::CountryCode;

/// Does this word behind a place's name make it the name of something else: a street, a newspaper?
pub(super) fn is_not_behind(word: &str) -> bool {
    has_capital(word) && NOT_BEHIND.binary_search(&word).is_ok()
}

/// Does this word stand behind a town's name in the names of its own institutions?
pub(super) fn is_civic(word: &str) -> bool {
    has_capital(word) && CIVIC.binary_search(&word).is_ok()
}

/// All words of both lists have one.
fn has_capital(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_uppercase())
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

/// The country in which a word of local news is at home, and how much it says; `before` is the word before it.
pub(super) fn local<'t>(word: &str, before: impl Fn() -> &'t str) -> Option<(CountryCode, f32)> {
    let (country, weight) = match word {
        "Interstate" | "Medicaid" | "Township" | "Trooper" | "Twp." => (b"US", 1.0),
        "Council" if before() == "City" => (b"US", 1.0),
        "Department" if before() == "Police" => (b"US", 1.0),
        "District" if before() == "School" => (b"US", 1.0),
        "Police" if before() == "State" => (b"US", 1.0),
        "Sheriff" => (b"US", 1.5),
        "County" => (b"US", 0.7),
        "School" if before() == "High" => (b"US", 0.7),
        "Deputy" | "Superintendent" => (b"US", 0.5),
        "OHL" => (b"CA", 1.5),
        "RCMP" => (b"CA", 2.0),
        "Cllr" | "NHS" => (b"GB", 1.0),
        "MP" | "Mr" | "Mrs" | "Prof" => (b"GB", 0.5),
        _ => return None,
    };
    Some((CountryCode(*country), weight))
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
    }
}
