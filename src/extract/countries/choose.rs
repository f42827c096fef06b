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
type Area = (CountryCode, Option<&'static [u8]>);

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
    let own: Vec<f32> =
        meanings.iter().map(|meaning| likelihood(meaning, meanings, votes)).collect();
    let total: f32 = own.iter().sum();
    for (meaning, likelihood) in meanings.iter_mut().zip(own) {
        meaning.share = likelihood / total.max(f32::MIN_POSITIVE);
    }
}

fn likelihood(meaning: &Meaning, name: &[Meaning], votes: &Votes) -> f32 {
    let area = |admin: Option<&'static [u8]>| {
        let mine = name.iter().filter(|other| {
            other.country == meaning.country && (admin.is_none() || other.admin == admin)
        });
        let all = votes.get(&(meaning.country, admin)).copied().unwrap_or_default();
        (all - mine.map(|other| other.share).sum::<f32>()).max(0.0)
    };
    let home = HOME.iter().find(|(country, _)| *country == meaning.country);
    let admin = if meaning.admin.is_some() { area(meaning.admin) } else { 0.0 };
    let around: f32 =
        neighbours(meaning.country).iter().filter_map(|country| votes.get(&(*country, None))).sum();
    meaning.prior
        * home.map_or(1.0, |home| home.1)
        * (1.0 + COUNTRY * area(None) + NEIGHBOUR * around)
        * (1.0 + ADMIN * admin)
}
