//! Words around a name that show what it names, and words of local news that hint at a country.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use crate::article::CountryCode;

/// Whether this word after a place's name makes it the name of a street or newspaper.
pub(super) fn is_street_or_newspaper(word: &str) -> bool {
    STREETS_AND_NEWSPAPERS.contains(word)
}

/// Whether this word after a town's name makes it the name of one of the town's institutions.
pub(super) fn is_civic_institution(word: &str) -> bool {
    CIVIC_INSTITUTIONS.contains(word)
}

static STREETS_AND_NEWSPAPERS: LazyLock<FxHashSet<&str>> = LazyLock::new(|| {
    let words = "\
    Ave Ave. Avenue Blvd Blvd. Boulevard Chronicle Court Ct. Daily Dr. Drive Gazette Globe \
    Herald Highway Hwy Hwy. Journal Lane Observer Parkway Pkwy Pkwy. Place Post Rd Rd. Road \
    Sentinel St St. Street Times Tribune Turnpike Way";
    words.split(' ').collect()
});

static CIVIC_INSTITUTIONS: LazyLock<FxHashSet<&str>> = LazyLock::new(|| {
    let words = "\
    Area Board Chamber City College Community Council County District Elementary Fire Hall \
    High Middle Municipal Police Public Regional School Schools Sheriff Town Township \
    University Village";
    words.split(' ').collect()
});

/// The factor by which a place of this country is meant more often than others; `None` for countries that local news in
/// English does not come from.
pub(super) fn local_news_factor(country: CountryCode) -> Option<f32> {
    match &country.0 {
        b"US" => Some(3.0),
        b"GB" => Some(2.0),
        b"CA" => Some(1.5),
        b"AU" => Some(1.0),
        _ => None,
    }
}

/// The country whose local news uses this word, and the weight of that hint; `before` returns the preceding word.
pub(super) fn local_news_hint<'t>(
    word: &str,
    before: impl Fn() -> &'t str,
) -> Option<(CountryCode, f32)> {
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

/// Whether the word stands in lower case inside place names.
pub(super) fn is_particle(word: &str) -> bool {
    PARTICLES.contains(&word)
}

const PARTICLES: &[&str] = &[
    "of", "and", "the", "de", "la", "le", "les", "da", "do", "dos", "del", "al", "el", "en", "sur",
    "am", "upon", "on", "&",
];
