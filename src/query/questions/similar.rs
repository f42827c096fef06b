//! More like this: the articles that share the most significant words of one.

use rustc_hash::FxHashMap;

use super::article_link::locate;
use super::feedback::weighted_word;
use super::search::{Hit, hits};
use crate::article::Article;
use crate::error::Result;
use crate::query::engine::{Engine, Wanted};
use crate::query::language::clause::{Clause, ClauseKind};
use crate::query::limits::Limits;
use crate::query::question::Question;
use crate::query::request::{Sort, Target};
use crate::text;

/// Words of the article that are searched.
const SIGNIFICANT_WORDS: usize = 25;

/// The `limit` articles most like the one with that id, best first.
pub fn similar(engine: &dyn Engine, id: &str, limit: usize, limits: &Limits) -> Result<Vec<Hit>> {
    let article = locate(engine, id)?.article;
    let words = significant_words(engine, &article, limits)?;
    let this = Clause::implied(ClauseKind::Id(article.id));
    let others = Clause::implied(ClauseKind::Not(Box::new(this)));
    let any = Clause::implied(ClauseKind::Or(words));
    let clause = Clause::implied(ClauseKind::And(vec![any, others]));
    let limits = limits.clone();
    let question = Question { limits, ..Question::of_clause(clause, Target::Articles) };
    let found = engine.find(&question, &Wanted::first(limit, Sort::Relevance))?;
    hits(engine, &question, found.matches, 1)
}

/// The words of the article with the highest tf × idf, weighted by it.
fn significant_words(
    engine: &dyn Engine,
    article: &Article,
    limits: &Limits,
) -> Result<Vec<Clause>> {
    let language = article.language.as_deref().unwrap_or("--");
    let mut counts: FxHashMap<String, (u32, String)> = FxHashMap::default();
    for word in text::folded_words(&article.body) {
        if word.len() > 2 && text::is_stemmed(&word) {
            let stem = text::stem(&word, language).into_owned();
            counts.entry(stem).or_insert((0, word)).0 += 1;
        }
    }
    let all = engine.about()?.articles as f32;
    let weigh = |(count, word): (u32, String)| {
        limits.check()?;
        let having = engine.articles_with(&word)? as f32;
        Ok((count as f32 * (1.0 + all / having.max(1.0)).ln(), word))
    };
    let ranked: Result<Vec<_>> = counts.into_values().map(weigh).collect();
    let mut ranked = ranked?;
    ranked.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    ranked.truncate(SIGNIFICANT_WORDS);
    let most = ranked.first().map_or(1.0, |(weight, _)| *weight);
    Ok(ranked.into_iter().map(|(weight, word)| weighted_word(word, weight / most)).collect())
}
