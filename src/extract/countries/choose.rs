//! Which place of a name is meant: the one that fits the other places of the article, else the one with most people.

use rustc_hash::FxHashMap;

use super::scan::{Meaning, Toponym};
use crate::article::{CountryCode, Span};
use crate::extract::gazetteer::{Entry, PlaceKind};

/// Rounds of weighing the places of ambiguous names by each other.
const ROUNDS: usize = 2;

/// A division or a whole country.
type Area = (CountryCode, Option<&'static [u8]>);

/// The country of each name for which one can be told.
pub(super) fn countries(
    toponyms: &[Toponym],
    dateline: Option<CountryCode>,
) -> Vec<(CountryCode, Span)> {
    let mut evidence = Evidence::default();
    if let Some(country) = dateline {
        evidence.add(country, None, 2.0);
    }
    for toponym in toponyms {
        match &toponym.meaning {
            Meaning::Country(country) => evidence.add(*country, None, 1.0),
            Meaning::Region(country, admin) => {
                evidence.add(*country, admin.map(str::as_bytes), 1.0);
            }
            Meaning::NationOrTown(country, _) => evidence.add(*country, None, 0.5),
            Meaning::Places(_) => {}
        }
    }
    for _ in 0..ROUNDS {
        evidence = evidence.with(toponyms);
    }
    toponyms
        .iter()
        .filter_map(|toponym| Some((evidence.country(&toponym.meaning)?, toponym.span)))
        .collect()
}

/// How much of the article speaks for an area.
#[derive(Clone, Debug, Default)]
struct Evidence {
    fixed: FxHashMap<Area, f32>,
    voted: FxHashMap<Area, f32>,
}

impl Evidence {
    fn add(&mut self, country: CountryCode, admin: Option<&'static [u8]>, weight: f32) {
        *self.fixed.entry((country, None)).or_default() += weight;
        if admin.is_some() {
            *self.fixed.entry((country, admin)).or_default() += weight;
        }
    }

    /// The same with a vote of each ambiguous name, shared among its places as they are likely now.
    fn with(&self, toponyms: &[Toponym]) -> Self {
        let mut next = Self { fixed: self.fixed.clone(), voted: FxHashMap::default() };
        for toponym in toponyms {
            let Meaning::Places(entries) = &toponym.meaning else { continue };
            let total: f32 = entries.iter().map(|&entry| self.likelihood(entry)).sum();
            for &entry in entries {
                let share = self.likelihood(entry) / total.max(f32::MIN_POSITIVE);
                *next.voted.entry((entry.country(), None)).or_default() += share;
                *next.voted.entry((entry.country(), Some(entry.admin()))).or_default() += share;
            }
        }
        next
    }

    fn weight(&self, area: Area) -> f32 {
        self.fixed.get(&area).copied().unwrap_or_default()
            + self.voted.get(&area).copied().unwrap_or_default()
    }

    fn likelihood(&self, entry: Entry) -> f32 {
        let country = self.weight((entry.country(), None));
        let admin = self.weight((entry.country(), Some(entry.admin())));
        let kind = if entry.kind() == PlaceKind::City { 1.0 } else { 0.3 };
        let main = if entry.flags.alternate { 0.3 } else { 1.0 };
        (entry.population() + 100.0) * kind * main * (1.0 + 10.0 * country) * (1.0 + 30.0 * admin)
    }

    fn country(&self, meaning: &Meaning) -> Option<CountryCode> {
        match meaning {
            Meaning::Country(country) | Meaning::Region(country, _) => Some(*country),
            Meaning::NationOrTown(country, towns) => {
                let here = self.weight((*country, None));
                let town = towns.iter().copied().find(|town| {
                    self.weight((town.country(), Some(town.admin()))) > 1.0 && here < 1.0
                });
                Some(town.map_or(*country, Entry::country))
            }
            Meaning::Places(entries) => entries
                .iter()
                .copied()
                .max_by(|&a, &b| self.likelihood(a).total_cmp(&self.likelihood(b)))
                .map(Entry::country),
        }
    }
}
