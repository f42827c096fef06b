//! Cities by their names in other scripts than Latin: `Москва`, `بيروت`, `北京`. The table of places has Latin names only.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::place_table::{self, Entry};
use crate::article::CountryCode;
use crate::tables::tsv;
use crate::text::name_key::{Key, key};

/// The country and the Latin name of each city, by the keys of its other names.
static CITIES: LazyLock<FxHashMap<u64, (CountryCode, &'static str)>> = LazyLock::new(|| {
    let mut cities = FxHashMap::default();
    for [code, latin, names] in tsv::rows(include_str!("../tables/native_places.tsv")) {
        let Some(code) = CountryCode::parse(code) else { continue };
        for name in tsv::list(names) {
            cities.entry(key(name).bits()).or_insert((code, latin));
        }
    }
    cities
});

/// The country of the city with this name, and the city if the table of places has it.
pub(super) fn city(named: Key) -> Option<(CountryCode, Option<Entry>)> {
    let &(country, latin) = CITIES.get(&named.bits())?;
    Some((country, place_table::places(key(latin)).find(|entry| entry.country() == country)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cities_are_known_in_their_own_script() {
        for (name, country) in [("МОСКВА", "RU"), ("بيروت", "LB"), ("東京", "JP"), ("서울", "KR")]
        {
            let found = city(key(name)).map(|(code, entry)| (code.to_string(), entry.is_some()));
            assert_eq!(found, Some((country.to_owned(), true)), "{name}");
        }
        assert!(city(key("Oslo")).is_none());
    }
}
