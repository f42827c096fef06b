//! Which place of a name is meant: the one that fits the other places of the article, else the one with most people.
//!
//! Each name has one vote, shared among its meanings by their likelihood; in each round the likelihood is weighed by
//! the votes of the other names for the same country and for the same division of it. So `Boone County`, `Lebanon` and
//! `Whitestown`, all ambiguous alone, agree on Indiana.

use rustc_hash::FxHashMap;

use super::scan::{Meaning, Scan};
use super::words::HOME;
use crate::article::CountryCode;
use crate::extract::gazetteer::neighbours;

/// Rounds of weighing; more change nothing on development texts.
const ROUNDS: usize = 3;
/// How much a vote for a country, for its division and for a neighbour raise a meaning's likelihood.
const COUNTRY: f32 = 6.0;
const ADMIN: f32 = 30.0;
const NEIGHBOUR: f32 = 1.5;
/// Votes that a word of local news is worth.
const HINT: f32 = 3.0;

/// A division or a whole country.
type Area = (CountryCode, Option<u64>);

/// Votes for areas.
type Votes = FxHashMap<Area, f32>;

/// The likeliest meaning of each name; `hints` are what else speaks for countries.
pub(super) fn meanings(scan: &mut Scan, hints: &[(CountryCode, f32)]) -> Vec<Option<Meaning>> {
    let mut votes = Votes::default();
    for &(country, weight) in hints {
        *votes.entry((country, None)).or_default() += HINT * weight;
    }
    let hints = votes.clone();
    for _ in 0..ROUNDS {
        let mut next = hints.clone();
        for name in &scan.names {
            let meanings = &mut scan.meanings[name.meanings.clone()];
            weigh(meanings, &votes);
            for meaning in meanings {
                *next.entry((meaning.country, None)).or_default() += meaning.share;
                if meaning.admin.is_some() {
                    *next.entry((meaning.country, meaning.admin)).or_default() += meaning.share;
                }
            }
        }
        votes = next;
    }
    let names = scan.names.iter().map(|name| &scan.meanings[name.meanings.clone()]);
    names.map(|all| all.iter().copied().max_by(|a, b| a.share.total_cmp(&b.share))).collect()
}

/// Sets the shares of one name's meanings by the votes of the others.
fn weigh(meanings: &mut [Meaning], votes: &Votes) {
    // A name's meanings lie in few countries, many of them in one.
    let mut countries: Vec<(CountryCode, Weight)> = Vec::new();
    let mut own = Vec::with_capacity(meanings.len());
    for meaning in &*meanings {
        let country = meaning.country;
        let known =
            countries.iter().find(|(other, _)| *other == country).map(|(_, weight)| *weight);
        let weight = known.unwrap_or_else(|| {
            let weight = Weight::of(country, meanings, votes);
            countries.push((country, weight));
            weight
        });
        let admin = meaning.admin.map_or(0.0, |_| others(country, meaning.admin, meanings, votes));
        own.push(meaning.prior * weight.home * weight.votes * (1.0 + ADMIN * admin));
    }
    let total: f32 = own.iter().sum();
    for (meaning, likelihood) in meanings.iter_mut().zip(own) {
        meaning.share = likelihood / total.max(f32::MIN_POSITIVE);
    }
}

/// What speaks for all meanings in a country.
#[derive(Clone, Copy)]
struct Weight {
    /// That news in English is at home there.
    home: f32,
    /// The votes for it and its neighbours.
    votes: f32,
}

impl Weight {
    fn of(country: CountryCode, name: &[Meaning], votes: &Votes) -> Self {
        let home = HOME.iter().find(|(home, _)| *home == country).map_or(1.0, |home| home.1);
        let neighbours = neighbours(country).iter();
        let around: f32 = neighbours.filter_map(|country| votes.get(&(*country, None))).sum();
        let own = others(country, None, name, votes);
        Self { home, votes: 1.0 + COUNTRY * own + NEIGHBOUR * around }
    }
}

/// The votes of other names for an area, `None` for a whole country.
fn others(country: CountryCode, admin: Option<u64>, name: &[Meaning], votes: &Votes) -> f32 {
    let Some(all) = votes.get(&(country, admin)) else { return 0.0 };
    let mine =
        name.iter().filter(|own| own.country == country && (admin.is_none() || own.admin == admin));
    (all - mine.map(|own| own.share).sum::<f32>()).max(0.0)
}
