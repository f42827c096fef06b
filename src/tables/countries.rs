//! The table of countries: names, codes, adjectives and demonyms. Places inside them are in the other tables.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::CountryCode;
use super::tsv;
use crate::text::name_key::{Key, key, prefixes};

/// A country of the table.
#[derive(Debug)]
struct Nation {
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

/// The words of the table by their folded form.
#[derive(Debug, Default)]
struct Nations {
    rows: Vec<Nation>,
    words: FxHashMap<u64, (CountryCode, Form)>,
    /// First words of the words.
    prefixes: Vec<u64>,
}

static NATIONS: LazyLock<Nations> = LazyLock::new(|| Nations::parse(include_str!("countries.tsv")));

impl Nations {
    fn parse(table: &'static str) -> Self {
        let mut nations = Self::default();
        for [code, name, others, demonyms, neighbours] in tsv::rows(table) {
            let Some(code) = CountryCode::parse(code) else { continue };
            let neighbours = tsv::list(neighbours).filter_map(CountryCode::parse).collect();
            nations.rows.push(Nation { code, name, neighbours });
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

    /// The first country of the table keeps a word that several claim.
    fn add(&mut self, word: &str, code: CountryCode, form: Form) {
        self.words.entry(key(word).bits()).or_insert((code, form));
        self.prefixes.extend(prefixes(word));
    }

    fn row(&self, code: CountryCode) -> Option<&Nation> {
        let at = self.rows.binary_search_by_key(&code, |row| row.code).ok()?;
        self.rows.get(at)
    }
}

/// The English short name of a country: `IR` → `Iran`.
pub fn country_name(code: CountryCode) -> Option<&'static str> {
    NATIONS.row(code).map(|row| row.name)
}

/// The country of a code, name, adjective or demonym in any case: `ir`, `IRAN`, `Persia`, `Iranian` → `IR`.
pub fn country_code(name_or_code: &str) -> Option<CountryCode> {
    let word = name_or_code.trim();
    let code = CountryCode::parse(word).filter(|&code| NATIONS.row(code).is_some());
    code.or_else(|| nation(key(word)).map(|(code, _)| code))
}

/// The countries that share a land border with it.
pub(crate) fn neighbours(code: CountryCode) -> &'static [CountryCode] {
    NATIONS.row(code).map_or(&[], |row| &row.neighbours)
}

/// The bits of the keys of the first words of the words of the table.
pub(crate) fn beginnings() -> &'static [u64] {
    &NATIONS.prefixes
}

/// The country that a folded word names, and how.
pub(crate) fn nation(key: Key) -> Option<(CountryCode, Form)> {
    NATIONS.words.get(&key.bits()).copied()
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
        assert_eq!(NATIONS.rows.len(), 250);
        assert!(NATIONS.rows.windows(2).all(|pair| pair[0].code < pair[1].code));
    }
}
