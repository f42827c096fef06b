//! Pseudo-relevance feedback: words of the best articles of a first search are added to the query of a second one.
//!
//! RM3, after Abdul-Jaleel and others, "`UMass` at TREC 2004: Novelty and HARD": the words of the best articles, each
//! weighted by its share of the article's text and by the article's score, are mixed with the words of the query.

use rustc_hash::FxHashMap;

use crate::query::engine::Match;
use crate::query::language::clause::{Clause, ClauseKind, Pattern, Scope, TextClause, WordPattern};
use crate::text;

/// Articles taken as relevant.
pub(super) const ARTICLES: usize = 10;
/// Words taken from them.
const WORDS: usize = 20;
/// The weight of the original query; the added words have the rest.
const ORIGINAL: f32 = 0.7;
/// Words that a larger share of all articles has are left out.
const MAX_SHARE: f64 = 0.1;

/// Weighted clauses for words of `matches`; together they weigh `(1 - ORIGINAL) / ORIGINAL` times the `query_words`.
/// `share` gives the share of all articles that have a word in any form.
pub(super) fn feedback(
    matches: &[Match],
    query_words: usize,
    share: impl Fn(&str) -> f64,
) -> Vec<Clause> {
    let mut weights: FxHashMap<String, (f64, String)> = FxHashMap::default();
    let total: f64 = matches.iter().map(|hit| f64::from(hit.score)).sum();
    for hit in matches {
        let language = hit.article.language.as_deref().unwrap_or("--");
        let words = text::folded_words(&hit.article.body);
        let weight =
            f64::from(hit.score) / total.max(f64::MIN_POSITIVE) / words.len().max(1) as f64;
        for word in words.into_iter().filter(|w| w.len() > 2 && text::is_stemmed(w)) {
            let stem = text::stem(&word, language).into_owned();
            weights.entry(stem).or_insert_with(|| (0.0, word)).0 += weight;
        }
    }
    let mut ranked: Vec<_> = weights.into_values().collect();
    ranked.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    let specific = ranked.into_iter().filter(|(_, word)| share(word) <= MAX_SHARE);
    let ranked: Vec<_> = specific.take(WORDS).collect();
    let sum: f64 = ranked.iter().map(|(weight, _)| weight).sum();
    let scale = f64::from((1.0 - ORIGINAL) / ORIGINAL) * query_words.max(1) as f64 / sum;
    let weighted = |(weight, word)| weighted_word(word, (weight * scale) as f32);
    ranked.into_iter().map(weighted).collect()
}

/// The clause for a word in any of its forms in the body, with a weight.
pub(super) fn weighted_word(word: String, weight: f32) -> Clause {
    let pattern = Pattern::Word(WordPattern::Stem(word));
    let text = TextClause { scope: Scope::Body, pattern, at_least: 1 };
    let clause = Clause::implied(ClauseKind::Text(text));
    Clause::implied(ClauseKind::Boost(Box::new(clause), weight))
}

/// The number of words of a query, alternatives included.
pub(super) fn query_words(clause: &Clause) -> usize {
    match &clause.kind {
        ClauseKind::Text(_) => 1,
        ClauseKind::Not(_) => 0,
        _ => clause.parts().iter().map(query_words).sum(),
    }
}
