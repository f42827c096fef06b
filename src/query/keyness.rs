//! What sets two sets of articles apart: the words, people and countries that one has more of than chance would give it.

use std::ops::ControlFlow;

use rustc_hash::FxHashMap;

use super::Warning;
use super::collect::Sweep;
use super::facets;
use super::search::{Question, Request, Sort, Target, for_each_hit};
use crate::error::Result;
use crate::index::read::snapshot::Snapshot;
use crate::text;

/// Facets that are compared.
const FIELDS: [&str; 6] = ["person", "organisation", "speaker", "country", "agency", "keyword"];
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
    pub facets: Vec<(&'static str, Vec<Key>)>,
    /// What in the queries was not understood.
    pub warnings: [Vec<Warning>; 2],
}

/// Compares the articles that match `first` and `second`; at most `limit` keys for each of the two.
pub fn compare(
    snapshot: &Snapshot,
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
        for_each_hit(snapshot, request, &mut |hit| {
            for range in text::words(&hit.article.body) {
                words.entry(text::fold(&hit.article.body[range])).or_default()[side] += 1;
                totals[side] += 1;
            }
            ControlFlow::Continue(())
        })?;
    }
    let [(articles, values, warnings), (others, other_values, other_warnings)] =
        [values(snapshot, &requests[0])?, values(snapshot, &requests[1])?];
    let articles = [articles, others];
    let facets = FIELDS
        .into_iter()
        .zip(values.into_iter().zip(other_values))
        .map(|(field, (first, second))| {
            let mut counts: FxHashMap<String, [u64; 2]> = FxHashMap::default();
            for (side, values) in [first, second].into_iter().enumerate() {
                for (value, count) in values {
                    counts.entry(value).or_default()[side] += count;
                }
            }
            (field, keys(counts, articles, limit))
        })
        .collect();
    Ok(Comparison {
        articles,
        words: totals,
        key_words: keys(words, totals, limit),
        facets,
        warnings: [warnings, other_warnings],
    })
}

/// The number of matches, the counts of all values of [`FIELDS`] by segment, and warnings.
#[expect(clippy::type_complexity, reason = "used once, right above")]
fn values(
    snapshot: &Snapshot,
    request: &Request,
) -> Result<(u64, Vec<Vec<(String, u64)>>, Vec<Warning>)> {
    let question = Question::new(snapshot, request)?;
    let sweep = Sweep { sort: Sort::Newest, keep: 0, facets: question.counted(&FIELDS)? };
    let swept = question.swept(&sweep)?;
    let mut all = Vec::with_capacity(FIELDS.len());
    for segments in &swept.facets {
        let mut counts = Vec::new();
        for segment in segments {
            facets::for_each_value(segment, |value, _, count| {
                counts.push((value.to_owned(), u64::from(count)));
            })
            .map_err(|error| question.failed(error.into()))?;
        }
        all.push(counts);
    }
    Ok((swept.total, all, question.warnings))
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
pub(super) fn log_likelihood(counts: [u64; 2], totals: [u64; 2]) -> f64 {
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
