//! Text clauses: one field or headline and body together, one word or a pattern.

use tantivy::InvertedIndexReader;
use tantivy::postings::TermInfo;
use tantivy::query::{BooleanQuery, BoostQuery, PhraseQuery};
use tantivy::schema::Field;

use super::pattern::PatternQuery;
use super::word::WordQuery;
use super::{Compiled, Compiler, text_term};
use crate::index::analyze::LENGTH;
use crate::index::schema::fields;
use crate::index::snapshot::Snapshot;
use crate::query::ast::{Pattern, Scope, TextClause, WordPattern};
use crate::query::matching::WordMatcher;
use crate::query::matching::word::stem_forms;
use crate::query::search::Target;

impl Compiler<'_> {
    /// The query for words of a text of `target`'s kind.
    pub(super) fn text(self, clause: &TextClause, target: Target) -> tantivy::Result<Compiled> {
        let f = fields();
        match (clause.scope, target) {
            (Scope::Default, Target::Articles) => {
                let both = [(f.body, 1.0), (f.title, self.title_weight)];
                if clause.at_least == 1
                    && let Some(query) = self.word(&clause.pattern, &both)
                {
                    return Ok(Box::new(query));
                }
                let body = self.field(f.body, Scope::Body, clause)?;
                let title = self.field(f.title, Scope::Title, clause)?;
                let title = Box::new(BoostQuery::new(title, self.title_weight));
                Ok(Box::new(BooleanQuery::union(vec![body, title])))
            }
            (Scope::Title, _) => self.field(f.title, Scope::Title, clause),
            (Scope::Body, _) => self.field(f.body, Scope::Body, clause),
            (Scope::Lead, _) => Ok(self.pattern(f.body, Scope::Lead, clause)),
            (Scope::Said, _) | (Scope::Default, Target::Quotations) => {
                Ok(self.pattern(f.body, Scope::Said, clause))
            }
        }
    }

    fn field(self, field: Field, scope: Scope, clause: &TextClause) -> tantivy::Result<Compiled> {
        if clause.at_least == 1
            && let Some(query) = self.plain(field, &clause.pattern)?
        {
            return Ok(query);
        }
        Ok(self.pattern(field, scope, clause))
    }

    fn pattern(self, field: Field, scope: Scope, clause: &TextClause) -> Compiled {
        Box::new(PatternQuery::new(self.languages, self.living, field, scope, clause))
    }

    /// One word as it stands or by its stem, in these texts with these weights.
    fn word(self, pattern: &Pattern, texts: &[(Field, f32)]) -> Option<WordQuery> {
        let Pattern::Word(word) = pattern else { return None };
        match WordMatcher::new(word, self.languages) {
            WordMatcher::Exact(word) => Some(WordQuery::exact(&word, texts)),
            WordMatcher::Stems(stems) => Some(WordQuery::stems(&stems, self.languages, texts)),
            WordMatcher::Automaton(_) | WordMatcher::Any => None,
        }
    }

    /// Words, and phrases for which the engine has a query.
    fn plain(self, field: Field, pattern: &Pattern) -> tantivy::Result<Option<Compiled>> {
        if let Some(word) = self.word(pattern, &[(field, 1.0)]) {
            return Ok(Some(Box::new(word)));
        }
        Ok(match pattern {
            Pattern::Phrase { words, slop: None } => {
                let terms: Option<Vec<_>> = words
                    .iter()
                    .enumerate()
                    .filter(|(_, word)| **word != WordPattern::Gap)
                    .map(|(at, word)| match word {
                        WordPattern::Exact(word) => Some((at, text_term(field, word))),
                        _ => None,
                    })
                    .collect();
                terms.map(|terms| Box::new(PhraseQuery::new_with_offset(terms)) as Compiled)
            }
            Pattern::Or(patterns) => {
                let mut parts = Vec::new();
                for pattern in patterns {
                    let Some(query) = self.plain(field, pattern)? else { return Ok(None) };
                    parts.push(query);
                }
                Some(Box::new(BooleanQuery::union(parts)))
            }
            _ => None,
        })
    }
}

/// How many articles have a word of this stem, counted twice where two forms of it stand in one.
pub(in crate::query) fn articles_with(snapshot: &Snapshot, stem: &str) -> tantivy::Result<u64> {
    let (searcher, living) = (snapshot.searcher(), snapshot.living()?);
    stem_forms(stem.to_owned())
        .iter()
        .map(|form| living.articles_with(searcher, &text_term(fields().body, form)))
        .sum()
}

/// The terms of a segment that a matcher means, with where their postings are. Of stems only those
/// that it asks for.
pub(super) fn expand(
    index: &InvertedIndexReader,
    matcher: &WordMatcher,
) -> tantivy::Result<Vec<(String, TermInfo)>> {
    let dictionary = index.terms();
    let mut found = Vec::new();
    let mut get = |term: String| -> tantivy::Result<()> {
        if let Some(info) = dictionary.get(&term)? {
            found.push((term, info));
        }
        Ok(())
    };
    match matcher {
        WordMatcher::Exact(word) => get(word.clone())?,
        WordMatcher::Stems(stems) => {
            for term in stems.iter().cloned().flat_map(stem_forms) {
                get(term)?;
            }
        }
        WordMatcher::Automaton(automaton) => {
            // Stems come first in the dictionary, behind \u{1}.
            let mut terms = dictionary.search(automaton).ge([2]).into_stream()?;
            while let Some((term, info)) = terms.next() {
                if let Ok(term) = std::str::from_utf8(term)
                    && !term.starts_with(LENGTH)
                {
                    found.push((term.to_owned(), info.clone()));
                }
            }
        }
        WordMatcher::Any => {}
    }
    Ok(found)
}
