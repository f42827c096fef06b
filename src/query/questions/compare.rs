//! Keyness: the words, people and countries that are more frequent in one set of articles than in another.

use rustc_hash::FxHashMap;

use super::log_likelihood::log_likelihood;
use super::search::ranked;
use super::word_counts::WordCounts;
use super::workers::Workers;
use crate::article::Facet;
use crate::error::Result;
use crate::query::engine::unread::Parts;
use crate::query::engine::{Engine, FacetCounts, Wanted};
use crate::query::language::Warning;
use crate::query::question::Question;
use crate::query::request::{FacetRequest, Request, Sort, Target};

/// Facets that are compared.
const FACETS: [Facet; 6] = [
    Facet::Person,
    Facet::Organisation,
    Facet::Speaker,
    Facet::Country,
    Facet::Agency,
    Facet::Keyword,
];
/// Words and values that are rarer in both sets together are left out.
const MIN_COUNT: u64 = 3;

/// A word or value with its frequency in each set.
#[derive(Clone, Debug, PartialEq)]
pub struct Key {
    /// A folded word, or a value as stored.
    pub value: String,
    /// Occurrences of the word, or articles with the value, in the first set.
    pub first: u64,
    /// In the second.
    pub second: u64,
    /// Log-likelihood of the difference; negative if it is more frequent in the second set.
    pub log_likelihood: f64,
}

/// The comparison of two sets of articles.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// Articles in each.
    pub articles: [u64; 2],
    /// Words in each.
    pub words: [u64; 2],
    /// Key words of the first set by descending log-likelihood, then those of the second.
    pub key_words: Vec<Key>,
    /// The same for the values of facets.
    pub facets: Vec<(Facet, Vec<Key>)>,
    /// What in the queries was not understood.
    pub warnings: [Vec<Warning>; 2],
}

/// Compares the articles that match `first` and `second`, with at most `limit` keys of each.
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
    let words = words(engine, &requests)?;
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
    let totals = words.totals();
    Ok(Comparison {
        articles,
        words: totals,
        key_words: keys(words.into_words(), totals, limit),
        facets,
        warnings: [first.warnings, second.warnings],
    })
}

/// The words of the articles of each set.
fn words(engine: &dyn Engine, requests: &[Request; 2]) -> Result<WordCounts> {
    let workers = Workers::new(WordCounts::default);
    for (set, request) in requests.iter().enumerate() {
        let (question, _) = ranked(engine, request)?;
        engine.for_each_unread(&question, Sort::Newest, &|unread| {
            let article = unread.read(Parts::Text)?.article;
            workers.with(|counts| counts.add(&article.body, |_| Some(set)));
            Ok(())
        })?;
    }
    Ok(WordCounts::sum(workers.into_states()))
}

/// Counts of the facets of one set.
struct Values {
    articles: u64,
    /// In the order of [`FACETS`].
    facets: Vec<FacetCounts>,
    warnings: Vec<Warning>,
}

fn values(engine: &dyn Engine, request: &Request) -> Result<Values> {
    let (question, warnings) = Question::of(engine, request)?;
    let wanted = Wanted::facets(FACETS.map(FacetRequest::all).into());
    let found = engine.find(&question, &wanted)?;
    Ok(Values { articles: found.total, facets: found.facets, warnings })
}

/// The `limit` keys of each set with the highest log-likelihood, those of the first set first.
fn keys(
    counts: impl IntoIterator<Item = (String, [u64; 2])>,
    totals: [u64; 2],
    limit: usize,
) -> Vec<Key> {
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
