//! The table of the parts of countries that news names: states, provinces, landscapes, with abbreviations and demonyms.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::article::CountryCode;
use crate::tables::countries::Form;
use crate::tables::tsv;
use crate::text::name_key::{Key, key, prefixes};

/// A part of a country.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Region {
    /// The country that it is in today.
    pub(crate) country: CountryCode,
    /// `GeoNames` code of the first-level division, if it is one or lies in one: `MA`.
    pub(crate) admin: Option<&'static str>,
}

/// The country of what lies in several or none: `Middle East`, `Persian Gulf`.
pub(crate) const NOWHERE: CountryCode = CountryCode(*b"--");

/// The table by the keys of its names and demonyms.
#[derive(Debug, Default)]
struct RegionTable {
    words: FxHashMap<u64, (Region, Form)>,
    /// Keys of the first words of each.
    prefixes: Vec<u64>,
    /// Short forms that count only behind a town.
    short: FxHashMap<u64, Vec<Region>>,
}

static REGIONS: LazyLock<RegionTable> =
    LazyLock::new(|| RegionTable::parse(include_str!("../tables/regions.tsv")));

impl RegionTable {
    fn parse(table: &'static str) -> Self {
        let mut regions = Self::default();
        for [country, admin, name, others, short, demonyms] in tsv::rows(table) {
            let Some(country) =
                CountryCode::parse(country).or((country == "--").then_some(NOWHERE))
            else {
                continue;
            };
            let region = Region { country, admin: (admin != "-").then_some(admin) };
            for word in std::iter::once(name).chain(tsv::list(others)) {
                let form = if word.contains('.') { Form::Acronym } else { Form::Name };
                regions.words.entry(key(word).bits()).or_insert((region, form));
                regions.prefixes.extend(prefixes(word));
            }
            for word in tsv::list(demonyms) {
                regions.words.entry(key(word).bits()).or_insert((region, Form::Demonym));
                regions.prefixes.extend(prefixes(word));
                let plural = key(&format!("{word}s")).bits();
                regions.words.entry(plural).or_insert((region, Form::Demonym));
                regions.prefixes.push(plural);
            }
            for word in tsv::list(short) {
                regions.short.entry(key(word).bits()).or_default().push(region);
            }
        }
        regions
    }
}

/// The region of a name or a demonym, and which of them it is.
pub(crate) fn region(key: Key) -> Option<(Region, Form)> {
    REGIONS.words.get(&key.bits()).copied()
}

/// The keys of the first words of all names and demonyms.
pub(super) fn beginnings() -> &'static [u64] {
    &REGIONS.prefixes
}

/// The regions that a short form behind a town can mean: `Mass.`, `NSW`, and `Georgia` as well as `Ga.`.
pub(crate) fn short_form(key: Key) -> &'static [Region] {
    REGIONS.short.get(&key.bits()).map_or(&[], Vec::as_slice)
}
