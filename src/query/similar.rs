//! More like this: the articles that share the telling words of one.

use rustc_hash::FxHashMap;

use super::ast::{Clause, Kind, Pattern, Scope, TextClause, WordPattern};
use super::collect::Sweep;
use super::compile::articles_with;
use super::search::{Hit, Question, Request, Sort, Target, article_by_id, languages};
use crate::article::Article;
use crate::error::{Error, Result};
use crate::index::read::snapshot::Snapshot;
use crate::index::schema::Kind as DocumentKind;
use crate::text;

/// So many words of an article tell what it is about.
const TELLING_WORDS: usize = 25;

/// The `limit` articles most like the one with that id, best first.
pub fn similar(snapshot: &Snapshot, id: &str, limit: usize) -> Result<Vec<Hit>> {
    let article = article_by_id(snapshot, id)?
        .ok_or_else(|| Error::Usage(format!("there is no article {id}")))?;
    let failed = Error::index("search", snapshot.dir());
    let words = telling_words(snapshot, &article).map_err(failed)?;
    let this = Clause { kind: Kind::Id(article.id), span: 0..0 };
    let others = Clause { kind: Kind::Not(Box::new(this)), span: 0..0 };
    let any = Clause { kind: Kind::Or(words), span: 0..0 };
    let clause = Clause { kind: Kind::And(vec![any, others]), span: 0..0 };
    let languages = languages(snapshot).map_err(Error::index("search", snapshot.dir()))?;
    let question = Question::of(snapshot, clause, Vec::new(), languages, Target::Articles)?;
    let sweep = Sweep { sort: Sort::Relevance, keep: limit, facets: Vec::new() };
    let request = Request { fragments: 1, ..Request::default() };
    question.hits(&question.swept(&sweep)?.top, &request)
}

/// The words of the article that are frequent in it and rare elsewhere (tf × idf).
fn telling_words(snapshot: &Snapshot, article: &Article) -> tantivy::Result<Vec<Clause>> {
    let languages = snapshot.living()?.languages();
    let language = article.language.as_deref().unwrap_or("--");
    let mut counts: FxHashMap<String, (u32, String)> = FxHashMap::default();
    for word in text::folded_words(&article.body) {
        if word.len() > 2 && text::is_stemmed(&word) {
            let stem = text::stem(&word, language).into_owned();
            counts.entry(stem).or_insert((0, word)).0 += 1;
        }
    }
    let all = snapshot.living()?.documents(DocumentKind::Article) as f32;
    let weigh = |(count, word): (u32, String)| {
        let having = articles_with(snapshot, &word, languages)? as f32;
        Ok((count as f32 * (1.0 + all / having.max(1.0)).ln(), word))
    };
    let ranked: tantivy::Result<Vec<_>> = counts.into_values().map(weigh).collect();
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
