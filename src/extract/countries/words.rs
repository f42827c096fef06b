//! Words around a name that tell what it names.

use crate::article::CountryCode;

/// Words behind a place's name that make it the name of something else: a street, a newspaper.
pub(super) const NOT_BEHIND: &[&str] = &[
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

/// Words behind a town's name in the names of its own institutions.
pub(super) const CIVIC: &[&str] = &[
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

/// Words of local news that are at home in one country (the word before, the word), with how much they say.
const LOCAL: &[(&str, &str, [u8; 2], f32)] = &[
    ("", "County", *b"US", 0.7),
    ("", "Deputy", *b"US", 0.5),
    ("", "Interstate", *b"US", 1.0),
    ("", "Medicaid", *b"US", 1.0),
    ("", "Sheriff", *b"US", 1.5),
    ("", "Superintendent", *b"US", 0.5),
    ("", "Township", *b"US", 1.0),
    ("", "Trooper", *b"US", 1.0),
    ("", "Twp.", *b"US", 1.0),
    ("", "OHL", *b"CA", 1.5),
    ("", "RCMP", *b"CA", 2.0),
    ("", "Cllr", *b"GB", 1.0),
    ("", "MP", *b"GB", 0.5),
    ("", "Mr", *b"GB", 0.5),
    ("", "Mrs", *b"GB", 0.5),
    ("", "NHS", *b"GB", 1.0),
    ("", "Prof", *b"GB", 0.5),
    ("City", "Council", *b"US", 1.0),
    ("High", "School", *b"US", 0.7),
    ("Police", "Department", *b"US", 1.0),
    ("School", "District", *b"US", 1.0),
    ("State", "Police", *b"US", 1.0),
];

/// The country that a word of local news speaks for, and how much.
pub(super) fn local(before: &str, word: &str) -> Option<(CountryCode, f32)> {
    let row = LOCAL.iter().find(|row| row.1 == word && (row.0.is_empty() || row.0 == before))?;
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
