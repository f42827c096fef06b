//! Pseudo-relevance feedback: words of the best articles of a first search help to rank a second one.
//!
//! RM3, after Abdul-Jaleel and others, "`UMass` at TREC 2004: Novelty and HARD": the words of the best articles, each
//! weighted by its share of the article's text and by the article's score, are mixed with the words of the query.

use rustc_hash::FxHashMap;

use crate::query::engine::Match;
use crate::query::language::clause::{Clause, Kind, Pattern, Scope, TextClause, WordPattern};
use crate::text;

/// How many articles are taken as relevant.
pub(crate) const ARTICLES: usize = 10;
/// How many of their words are taken.
const WORDS: usize = 20;
/// The share of the words of the query in the score.
const ORIGINAL: f32 = 0.7;
/// Words that stand in a larger part of all articles say nothing.
const MAX_SHARE: f64 = 0.1;

/// Clauses for words of `matches`, with their weights: of the whole of them, as much as the query has times `1 - ORIGINAL`.
/// `share` tells in which part of all articles a word stands, in any form.
pub(crate) fn feedback(
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
    let telling = ranked.into_iter().filter(|(_, word)| share(word) <= MAX_SHARE);
    let ranked: Vec<_> = telling.take(WORDS).collect();
    let sum: f64 = ranked.iter().map(|(weight, _)| weight).sum();
    let scale = f64::from((1.0 - ORIGINAL) / ORIGINAL) * query_words.max(1) as f64 / sum;
    ranked.into_iter().map(|(weight, word)| weighted(word, (weight * scale) as f32)).collect()
}

fn weighted(word: String, weight: f32) -> Clause {
    let pattern = Pattern::Word(WordPattern::Stem(word));
    let text = TextClause { scope: Scope::Body, pattern, at_least: 1 };
    let clause = Clause { kind: Kind::Text(text), span: 0..0 };
    Clause { kind: Kind::Boost(Box::new(clause), weight), span: 0..0 }
}

/// How many words a query has, alternatives and all.
pub(crate) fn words_of(clause: &Clause) -> usize {
    match &clause.kind {
        Kind::Text(_) => 1,
        Kind::Not(_) => 0,
        _ => crate::query::language::printed::parts(clause).iter().map(words_of).sum(),
    }
}
