//! Toponym disambiguation: chooses the candidate that fits the other places of the article, else the most populous one.
//!
//! Each name has one vote, shared among its candidates by likelihood. Each round weights a candidate's likelihood by the
//! votes of the other names for the same country and for the same division of it. So `Boone County`, `Lebanon` and
//! `Whitestown`, all ambiguous alone, agree on Indiana.

use rustc_hash::FxHashMap;

use super::candidates::Candidate;
use super::context_words::local_news_factor;
use super::toponyms::Toponyms;
use crate::article::CountryCode;
use crate::extract::gazetteer::neighbours;

/// Rounds of weighting; more change nothing on development texts.
const ROUNDS: usize = 3;
/// How much a vote for its country, its division and a neighbouring country raises a candidate's likelihood.
const COUNTRY_WEIGHT: f32 = 6.0;
const ADMIN_WEIGHT: f32 = 30.0;
const NEIGHBOUR_WEIGHT: f32 = 1.5;
/// Votes that a hint of weight 1 counts as.
const HINT_WEIGHT: f32 = 3.0;

/// A first-level division, or a whole country.
type Area = (CountryCode, Option<u64>);

type Votes = FxHashMap<Area, f32>;

/// Returns the likeliest candidate of each name; `hints` are countries, with weights, that other evidence supports.
pub(super) fn choose(
    toponyms: &mut Toponyms,
    hints: &[(CountryCode, f32)],
) -> Vec<Option<Candidate>> {
    let mut votes = Votes::default();
    for &(country, weight) in hints {
        *votes.entry((country, None)).or_default() += HINT_WEIGHT * weight;
    }
    let hints = votes.clone();
    for _ in 0..ROUNDS {
        let mut next = hints.clone();
        for name in &toponyms.names {
            let candidates = &mut toponyms.candidates[name.clone()];
            update_shares(candidates, &votes);
            for candidate in candidates {
                *next.entry((candidate.country, None)).or_default() += candidate.share;
                if candidate.admin.is_some() {
                    *next.entry((candidate.country, candidate.admin)).or_default() +=
                        candidate.share;
                }
            }
        }
        votes = next;
    }
    let names = toponyms.names.iter().map(|name| &toponyms.candidates[name.clone()]);
    names.map(|all| all.iter().copied().max_by(|a, b| a.share.total_cmp(&b.share))).collect()
}

/// Sets the shares of one name's candidates by the votes of the other names.
fn update_shares(candidates: &mut [Candidate], votes: &Votes) {
    // A name's candidates lie in few countries, many of them in one.
    let mut countries: Vec<(CountryCode, CountryWeight)> = Vec::new();
    let mut likelihoods = Vec::with_capacity(candidates.len());
    for candidate in &*candidates {
        let country = candidate.country;
        let known =
            countries.iter().find(|(other, _)| *other == country).map(|(_, weight)| *weight);
        let weight = known.unwrap_or_else(|| {
            let weight = CountryWeight::of(country, candidates, votes);
            countries.push((country, weight));
            weight
        });
        let admin = candidate
            .admin
            .map_or(0.0, |_| votes_of_other_names((country, candidate.admin), candidates, votes));
        likelihoods.push(
            candidate.prior * weight.local_news * weight.votes * (1.0 + ADMIN_WEIGHT * admin),
        );
    }
    let total: f32 = likelihoods.iter().sum();
    for (candidate, likelihood) in candidates.iter_mut().zip(likelihoods) {
        candidate.share = likelihood / total.max(f32::MIN_POSITIVE);
    }
}

/// The factors that all of a name's candidates in one country share.
#[derive(Clone, Copy)]
struct CountryWeight {
    /// The [`local_news_factor`].
    local_news: f32,
    /// From the votes for the country and its neighbours.
    votes: f32,
}

impl CountryWeight {
    fn of(country: CountryCode, candidates: &[Candidate], votes: &Votes) -> Self {
        let neighbours = neighbours(country).iter();
        let around: f32 = neighbours.filter_map(|country| votes.get(&(*country, None))).sum();
        let own = votes_of_other_names((country, None), candidates, votes);
        Self {
            local_news: local_news_factor(country).unwrap_or(1.0),
            votes: 1.0 + COUNTRY_WEIGHT * own + NEIGHBOUR_WEIGHT * around,
        }
    }
}

/// The votes for an area less those of the name with these candidates.
fn votes_of_other_names(area: Area, candidates: &[Candidate], votes: &Votes) -> f32 {
    let (country, admin) = area;
    let Some(all) = votes.get(&area) else { return 0.0 };
    let own = candidates
        .iter()
        .filter(|own| own.country == country && (admin.is_none() || own.admin == admin));
    (all - own.map(|own| own.share).sum::<f32>()).max(0.0)
}
