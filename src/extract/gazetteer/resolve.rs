//! Which of the places of one name is meant.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::native_names;
use super::place_table::{self, Entry, PlaceKind};
use super::regions::{NOWHERE, Region, region, short_form};
use crate::article::{CountryCode, Place};
use crate::tables::countries::{Form, nation};
use crate::tables::tsv;
use crate::text::name_key::{Key, key};

/// The context of a place's name.
#[derive(Clone, Debug, Default)]
pub struct Context {
    /// A state, province or country printed behind the name: `Mass.`, `Argentina`.
    pub qualifier: Option<String>,
    /// Countries that the article mentions otherwise.
    pub countries: Vec<CountryCode>,
    /// Regions and countries that the story names.
    pub(crate) mentions: Vec<Mention>,
}

/// A region or country that a text names.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mention {
    pub(crate) region: Region,
    /// How many times likelier a place in it is.
    pub(crate) times: f32,
}

/// How many times more populous a place must be to win against one in a country of the context.
const FOREIGN: f32 = 100.0;
/// The same against one whose main name it is, if it is another of its own.
const ALTERNATE: f32 = 3.0;
/// The same of a region or county against a city: `Saint Louis` is not the one in Senegal.
const REGION: f32 = 10.0;
/// The same of the place that news means by the bare name.
const USUAL: f32 = 8.0;
/// People from which on a city is meant by its bare name, whatever the story names.
const METROPOLIS: f32 = 5e6;

/// `tables/usual_places.tsv`: the countries by the keys of the names.
static USUAL_PLACES: LazyLock<FxHashMap<u64, CountryCode>> = LazyLock::new(|| {
    let rows = tsv::rows(include_str!("../tables/usual_places.tsv"));
    rows.filter_map(|[name, country]| Some((key(name).bits(), CountryCode::parse(country)?)))
        .collect()
});

/// The most likely place of that name, in any case (`TEHRAN`, `Tehran`), or `None` if no place is known by it.
///
/// A qualifier decides, even over a name that no table has: `Smallville, Kan.` lies in the United States. Without one,
/// a country's own name means it, or its capital of the same name; else the place with most people, places of the
/// context's countries before others. The name stays as printed, in usual capitals: `BOMBAY` becomes `Bombay`.
pub fn resolve(name: &str, context: &Context) -> Option<Place> {
    let name = name.trim();
    let key = key(name);
    if key == Key::EMPTY {
        return None;
    }
    let within = context.qualifier.as_deref().map(qualified).unwrap_or_default();
    let (country, entry) = if within.is_empty() {
        unqualified(key, context)?
    } else {
        let entry = best(key, |entry| if lies_in(entry, &within) { 1.0 } else { 0.0 });
        (entry.map_or(within[0].country, Entry::country), entry)
    };
    Some(Place {
        name: usual_capitals(name, entry),
        span: None,
        country: Some(country),
        geoname: entry.map(Entry::geoname).filter(|&id| id != 0),
        coordinates: entry.and_then(Entry::coordinates),
    })
}

/// The regions that a qualifier can mean; none if it is unknown.
fn qualified(qualifier: &str) -> Vec<Region> {
    let key = key(qualifier);
    let mut readings = short_form(key).to_vec();
    readings
        .extend(region(key).map(|(region, _)| region).filter(|region| region.country != NOWHERE));
    readings.extend(nation(key).map(|(country, _)| Region { country, admin: None }));
    if readings.is_empty() {
        let region = place_table::places(key).find(|entry| entry.kind() != PlaceKind::City);
        readings.extend(region.map(|entry| Region { country: entry.country(), admin: None }));
    }
    readings
}

fn lies_in(entry: Entry, within: &[Region]) -> bool {
    within.iter().any(|region| {
        region.country == entry.country()
            && region.admin.is_none_or(|admin| admin.as_bytes() == entry.admin())
    })
}

fn unqualified(key: Key, context: &Context) -> Option<(CountryCode, Option<Entry>)> {
    let named = nation(key).filter(|(_, form)| *form != Form::Demonym).map(|(country, _)| country);
    let region = region(key)
        .filter(|(region, form)| *form != Form::Demonym && region.country != NOWHERE)
        .map(|(region, _)| region);
    let fixed = named.or(region.map(|region| region.country));
    let entry = best(key, |entry| match fixed {
        Some(country) if country != entry.country() => 0.0,
        None if context.countries.contains(&entry.country()) => FOREIGN,
        None => usual_weight(key, entry) * mentioned_weight(entry, &context.mentions),
        _ => 1.0,
    });
    match fixed.or(entry.map(Entry::country)) {
        Some(country) => Some((country, entry)),
        None => native_names::city(key),
    }
}

fn usual_weight(key: Key, entry: Entry) -> f32 {
    if USUAL_PLACES.get(&key.bits()) == Some(&entry.country()) { USUAL } else { 1.0 }
}

/// How many times likelier a place is as the story names its region or country.
fn mentioned_weight(entry: Entry, mentions: &[Mention]) -> f32 {
    let most = mentions.iter().fold(1.0, |most: f32, mention| most.max(mention.times));
    if entry.population() >= METROPOLIS {
        return most;
    }
    let around = mentions.iter().filter(|mention| lies_in(entry, &[mention.region]));
    around.fold(1.0, |most: f32, mention| most.max(mention.times))
}

/// The place of that name with the largest population times `weight`, if that is not zero.
fn best(key: Key, weight: impl Fn(Entry) -> f32) -> Option<Entry> {
    let score = |entry: Entry| {
        let main = if entry.flags.alternate { 1.0 } else { ALTERNATE };
        let city = if entry.kind() == PlaceKind::City { REGION } else { 1.0 };
        entry.population() * main * city * weight(entry)
    };
    let mut best: Option<(f32, Entry)> = None;
    for entry in place_table::places(key) {
        let score = score(entry);
        if score > best.map_or(0.0, |(top, _)| top) {
            best = Some((score, entry));
        }
    }
    best.map(|(_, entry)| entry)
}

/// `TEHRAN` → `Tehran`, in the table's capitals if it spells the name so (`Rio de Janeiro`).
fn usual_capitals(name: &str, entry: Option<Entry>) -> String {
    if name.chars().any(char::is_lowercase) {
        return name.to_owned();
    }
    if let Some(entry) = entry
        && entry.name().eq_ignore_ascii_case(name)
    {
        return entry.name().to_owned();
    }
    let mut out = String::with_capacity(name.len());
    let mut inside = false;
    for c in name.chars() {
        if inside {
            out.extend(c.to_lowercase());
        } else {
            out.push(c);
        }
        inside = c.is_alphabetic() || (inside && matches!(c, '\'' | '’'));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(place: &str, expected: &str) {
        let (name, qualifier) = place.split_once(", ").unzip();
        let context = Context { qualifier: qualifier.map(str::to_owned), ..Context::default() };
        let found = resolve(name.unwrap_or(place), &context).expect(place);
        let country = found.country.map(|code| code.to_string()).unwrap_or_default();
        assert_eq!(format!("{} {country}", found.name), expected);
    }

    #[test]
    fn a_qualifier_decides() {
        check("CAMBRIDGE, Mass.", "Cambridge US");
        check("CAMBRIDGE, England", "Cambridge GB");
        check("Cordoba, Argentina", "Cordoba AR");
        check("Springfield, Ill.", "Springfield US");
        check("TBILISI, Georgia", "Tbilisi GE");
        check("ATHENS, Georgia", "Athens US");
        check("PERTH, W.A.", "Perth AU");
        check("Smallville, Kan.", "Smallville US");
    }

    #[test]
    fn people_decide_without_one() {
        check("TEHRAN", "Tehran IR");
        check("London", "London GB");
        check("RIO DE JANEIRO", "Rio de Janeiro BR");
        check("SAO PAULO", "Sao Paulo BR");
        check("LENINGRAD", "Leningrad RU");
        check("Saigon", "Saigon VN");
        check("WASHINGTON", "Washington US");
        check("SINGAPORE", "Singapore SG");
    }

    #[test]
    fn the_context_outweighs_people() {
        let canada = Context { countries: vec![CountryCode(*b"CA")], ..Context::default() };
        let london = resolve("London", &canada).expect("London");
        assert_eq!(london.country, Some(CountryCode(*b"CA")));
        assert!(resolve("Qwertyville", &canada).is_none());
        assert!(resolve(" ", &canada).is_none());
    }
}
