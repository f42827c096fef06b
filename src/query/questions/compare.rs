//! What sets two sets of articles apart: the words, people and countries that one has more of than chance would give it.

use std::ops::ControlFlow;

use rustc_hash::FxHashMap;

use super::search::for_each_hit;
use crate::article::Facet;
use crate::error::Result;
use crate::query::Warning;
use crate::query::engine::{Engine, FacetCounts, Wanted};
use crate::query::question::Question;
use crate::query::request::{FacetRequest, Request, Sort, Target};
use crate::text;

/// Facets that are compared.
const FACETS: [Facet; 6] = [
    Facet::Person,
    Facet::Organisation,
    Facet::Speaker,
    Facet::Country,
    Facet::Agency,
    Facet::Keyword,
];
/// Rarer words and values say nothing.
const MIN_COUNT: u64 = 3;

/// A word or value and how often each set has it.
#[derive(Clone, Debug, PartialEq)]
pub struct Key {
    /// A folded word, or a value as stored.
    pub value: String,
    /// Occurrences of the word, or articles with the value, in the first set.
    pub first: u64,
    /// In the second.
    pub second: u64,
    /// Log-likelihood: how sure the difference is; negative if the second set has more of it for its size.
    pub log_likelihood: f64,
}

/// Two sets of articles.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// Articles in each.
    pub articles: [u64; 2],
    /// Words in each.
    pub words: [u64; 2],
    /// Words of which one set has more, the surest first.
    pub key_words: Vec<Key>,
    /// The same for the values of facets.
    pub facets: Vec<(Facet, Vec<Key>)>,
    /// What in the queries was not understood.
    pub warnings: [Vec<Warning>; 2],
}

/// Compares the articles that match `first` and `second`; at most `limit` keys for each of the two.
pub fn compare(
    engine: &dyn Engine,
    first: &Request,
    second: &Request,
    limit: usize,
) -> Result<Comparison> {
    let requests = [first, second].map(|request| Request {
        target: Target::Articles,
        sort: Sort::Newest,
        fragments: 0,
        offset: 0,
        ..request.clone()
    });
    let mut words: FxHashMap<String, [u64; 2]> = FxHashMap::default();
    let mut totals = [0; 2];
    for (side, request) in requests.iter().enumerate() {
        for_each_hit(engine, request, &mut |hit| {
            for range in text::words(&hit.article.body) {
                words.entry(text::fold(&hit.article.body[range])).or_default()[side] += 1;
                totals[side] += 1;
            }
            ControlFlow::Continue(())
        })?;
    }
    let [first, second] = [values(engine, &requests[0])?, values(engine, &requests[1])?];
    let articles = [first.articles, second.articles];
    let facets = first.facets.into_iter().zip(second.facets).map(|(first, second)| {
        let facet = first.facet;
        let mut counts: FxHashMap<String, [u64; 2]> = FxHashMap::default();
        for (side, values) in [first, second].into_iter().enumerate() {
            for value in values.values {
                counts.entry(value.value).or_default()[side] += value.count;
            }
        }
        (facet, keys(counts, articles, limit))
    });
    let facets = facets.collect();
    Ok(Comparison {
        articles,
        words: totals,
        key_words: keys(words, totals, limit),
        facets,
        warnings: [first.warnings, second.warnings],
    })
}

/// The facets of a set of articles.
struct Values {
    articles: u64,
    /// In the order of [`FACETS`].
    facets: Vec<FacetCounts>,
    warnings: Vec<Warning>,
}

fn values(engine: &dyn Engine, request: &Request) -> Result<Values> {
    let (question, warnings) = Question::of_request(request);
    let wanted = Wanted::facets(FACETS.map(FacetRequest::all).into());
    let found = engine.find(&question, &wanted)?;
    Ok(Values { articles: found.total, facets: found.facets, warnings })
}

/// The surest keys of both sides, those of the first set first.
fn keys(counts: FxHashMap<String, [u64; 2]>, totals: [u64; 2], limit: usize) -> Vec<Key> {
    let mut keys: Vec<_> = counts
        .into_iter()
        .filter(|(_, [first, second])| first + second >= MIN_COUNT)
        .map(|(value, [first, second])| Key {
            value,
            first,
            second,
            log_likelihood: log_likelihood([first, second], totals),
        })
        .collect();
    keys.sort_unstable_by(|a, b| {
        b.log_likelihood.total_cmp(&a.log_likelihood).then_with(|| a.value.cmp(&b.value))
    });
    let firsts = keys.iter().take(limit).filter(|key| key.log_likelihood > 0.0).cloned();
    let mut chosen: Vec<_> = firsts.collect();
    let seconds = keys.iter().rev().take(limit).filter(|key| key.log_likelihood < 0.0);
    chosen.extend(seconds.cloned());
    chosen
}

/// How sure it is that something with these counts is not spread evenly over two texts of these sizes; negative if the
/// second has more of it.
///
/// Dunning, "Accurate Methods for the Statistics of Surprise and Coincidence" (1993), in the form of Rayson and Garside,
/// "Comparing Corpora using Frequency Profiling" (2000).
pub(crate) fn log_likelihood(counts: [u64; 2], totals: [u64; 2]) -> f64 {
    let [a, b] = counts.map(|count| count as f64);
    let [c, d] = totals.map(|total| total as f64);
    if c + d == 0.0 {
        return 0.0;
    }
    let expected = [c * (a + b) / (c + d), d * (a + b) / (c + d)];
    let part = |count: f64, expected: f64| {
        if count > 0.0 && expected > 0.0 { count * (count / expected).ln() } else { 0.0 }
    };
    let value = (2.0 * (part(a, expected[0]) + part(b, expected[1]))).max(0.0);
    if a >= expected[0] { value } else { -value }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn log_likelihood_is_zero_for_an_even_spread() {
        let check = |counts, totals, expected: f64| {
            let value = log_likelihood(counts, totals);
            assert!((value - expected).abs() < 0.01, "{counts:?} {totals:?}: {value}");
        };
        check([10, 20], [1000, 2000], 0.0);
        check([20, 10], [1000, 1000], 3.40);
        check([10, 20], [1000, 1000], -3.40);
        check([0, 0], [0, 0], 0.0);
    }
}
