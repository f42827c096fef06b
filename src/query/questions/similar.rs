//! More like this: the articles that share the telling words of one.

use rustc_hash::FxHashMap;

use super::search::{Hit, article_by_id, hits};
use crate::article::Article;
use crate::error::Result;
use crate::query::engine::{Engine, Wanted};
use crate::query::language::clause::{Clause, Kind, Pattern, Scope, TextClause, WordPattern};
use crate::query::question::Question;
use crate::query::request::{Sort, Target};
use crate::text;

/// So many words of an article tell what it is about.
const TELLING_WORDS: usize = 25;

/// The `limit` articles most like the one with that id, best first.
pub fn similar(engine: &dyn Engine, id: &str, limit: usize) -> Result<Vec<Hit>> {
    let article = article_by_id(engine, id)?;
    let words = telling_words(engine, &article)?;
    let this = Clause { kind: Kind::Id(article.id), span: 0..0 };
    let others = Clause { kind: Kind::Not(Box::new(this)), span: 0..0 };
    let any = Clause { kind: Kind::Or(words), span: 0..0 };
    let clause = Clause { kind: Kind::And(vec![any, others]), span: 0..0 };
    let question = Question::of_clause(clause, Target::Articles);
    let found = engine.find(&question, &Wanted::first(limit, Sort::Relevance))?;
    hits(engine, &question, found.matches, 1)
}

/// The words of the article that are frequent in it and rare elsewhere (tf × idf).
fn telling_words(engine: &dyn Engine, article: &Article) -> Result<Vec<Clause>> {
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
        let having = engine.articles_with(&word)? as f32;
        Ok((count as f32 * (1.0 + all / having.max(1.0)).ln(), word))
    };
    let ranked: Result<Vec<_>> = counts.into_values().map(weigh).collect();
    let mut ranked = ranked?;
    ranked.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    ranked.truncate(TELLING_WORDS);
    let most = ranked.first().map_or(1.0, |(weight, _)| *weight);
    Ok(ranked.into_iter().map(|(weight, word)| weighted(word, weight / most)).collect())
}

fn weighted(word: String, weight: f32) -> Clause {
    let pattern = Pattern::Word(WordPattern::Stem(word));
    let text = TextClause { scope: Scope::Body, pattern, at_least: 1 };
    let clause = Clause { kind: Kind::Text(text), span: 0..0 };
    Clause { kind: Kind::Boost(Box::new(clause), weight), span: 0..0 }
}
