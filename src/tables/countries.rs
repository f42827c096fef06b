//! The table of countries: names, codes, adjectives, demonyms and neighbours. Places inside them are in other tables.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::CountryCode;
use super::tsv;
use crate::text::name_key::{Key, key, prefixes};

/// A row of the table.
#[derive(Debug)]
struct CountryRow {
    code: CountryCode,
    name: &'static str,
    neighbours: Vec<CountryCode>,
}

/// How a word names a country.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// `Iran`, `Islamic Republic of Iran`.
    Name,
    /// A name that is written in capitals only: `UAE`, `U.K.`.
    Acronym,
    /// `Iranian`, `Iranians`.
    Demonym,
}

/// The table by the keys of its words.
#[derive(Debug, Default)]
struct CountryTable {
    rows: Vec<CountryRow>,
    words: FxHashMap<u64, (CountryCode, Form)>,
    /// Keys of the first words of each.
    prefixes: Vec<u64>,
}

static COUNTRIES: LazyLock<CountryTable> =
    LazyLock::new(|| CountryTable::parse(include_str!("countries.tsv")));

impl CountryTable {
    fn parse(table: &'static str) -> Self {
        let mut nations = Self::default();
        for [code, name, others, demonyms, neighbours] in tsv::rows(table) {
            let Some(code) = CountryCode::parse(code) else { continue };
            let neighbours = tsv::list(neighbours).filter_map(CountryCode::parse).collect();
            nations.rows.push(CountryRow { code, name, neighbours });
            for word in std::iter::once(name).chain(tsv::list(others)) {
                let acronym = !word.contains(char::is_lowercase);
                nations.add(word, code, if acronym { Form::Acronym } else { Form::Name });
            }
            for word in tsv::list(demonyms) {
                nations.add(word, code, Form::Demonym);
                nations.add(&format!("{word}s"), code, Form::Demonym);
            }
        }
        nations.rows.sort_by_key(|row| row.code);
        nations
    }

    /// A word of several countries is the first one's.
    fn add(&mut self, word: &str, code: CountryCode, form: Form) {
        self.words.entry(key(word).bits()).or_insert((code, form));
        self.prefixes.extend(prefixes(word));
    }

    fn row(&self, code: CountryCode) -> Option<&CountryRow> {
        let at = self.rows.binary_search_by_key(&code, |row| row.code).ok()?;
        self.rows.get(at)
    }
}

/// The English short name of a country: `IR` → `Iran`.
pub fn country_name(code: CountryCode) -> Option<&'static str> {
    COUNTRIES.row(code).map(|row| row.name)
}

/// The country of a code, name, adjective or demonym in any case: `ir`, `IRAN`, `Persia`, `Iranian` → `IR`.
pub fn country_code(name_or_code: &str) -> Option<CountryCode> {
    let word = name_or_code.trim();
    let code = CountryCode::parse(word).filter(|&code| COUNTRIES.row(code).is_some());
    code.or_else(|| nation(key(word)).map(|(code, _)| code))
}

/// The countries that share a land border with it.
pub(crate) fn neighbours(code: CountryCode) -> &'static [CountryCode] {
    COUNTRIES.row(code).map_or(&[], |row| &row.neighbours)
}

/// The keys of the first words of all names and demonyms.
pub(crate) fn beginnings() -> &'static [u64] {
    &COUNTRIES.prefixes
}

/// The country of a word, and how the word names it.
pub(crate) fn nation(key: Key) -> Option<(CountryCode, Form)> {
    COUNTRIES.words.get(&key.bits()).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(word: &str, code: &str, name: &str) {
        let found = country_code(word);
        assert_eq!(found, CountryCode::parse(code), "{word}");
        assert_eq!(found.and_then(country_name), Some(name), "{word}");
    }

    #[test]
    fn countries_by_code_name_and_demonym() {
        check("ir", "IR", "Iran");
        check("IRAN", "IR", "Iran");
        check("Iranians", "IR", "Iran");
        check("uk", "GB", "United Kingdom");
        check("U.S.", "US", "United States");
        check("cote d’ivoire", "CI", "Ivory Coast");
        check("Soviet Union", "RU", "Russia");
        check("St. Lucia", "LC", "Saint Lucia");
        assert_eq!(country_code("Atlantis"), None);
        assert_eq!(country_code("qq"), None);
        assert_eq!(country_code(""), None);
    }

    #[test]
    fn every_row_has_its_own_code() {
        assert_eq!(COUNTRIES.rows.len(), 250);
        assert!(COUNTRIES.rows.windows(2).all(|pair| pair[0].code < pair[1].code));
    }
}
