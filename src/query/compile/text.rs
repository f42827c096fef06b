//! Text clauses: one field or headline and body together, one word or a pattern.

use tantivy::postings::TermInfo;
use tantivy::query::{BooleanQuery, BoostQuery, PhraseQuery, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{InvertedIndexReader, Searcher};

use super::pattern::PatternQuery;
use super::{Compiled, Compiler, nothing, text_term};
use crate::index::analyze::WHOLE;
use crate::index::schema::fields;
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
        Box::new(PatternQuery::new(self.languages, field, scope, clause))
    }

    /// Words and phrases for which the engine has queries.
    fn plain(self, field: Field, pattern: &Pattern) -> tantivy::Result<Option<Compiled>> {
        Ok(match pattern {
            Pattern::Word(WordPattern::Exact(word)) => Some(word_query(field, word)),
            Pattern::Word(word @ WordPattern::Stem(_)) => {
                let WordMatcher::Stems(stems) = WordMatcher::new(word, self.languages) else {
                    return Ok(None);
                };
                let mut terms = Vec::new();
                for term in stems.into_iter().flat_map(stem_forms) {
                    if self.searcher.doc_freq(&text_term(field, &term))? > 0 {
                        terms.push(term);
                    }
                }
                // Several forms are scored as one word, which is the pattern's business.
                match terms.as_slice() {
                    [] => Some(nothing()),
                    [term] => Some(word_query(field, term)),
                    _ => None,
                }
            }
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
pub(in crate::query) fn articles_with(searcher: &Searcher, stem: &str) -> tantivy::Result<u64> {
    stem_forms(stem.to_owned())
        .iter()
        .map(|form| searcher.doc_freq(&text_term(fields().body, form)))
        .sum()
}

fn word_query(field: Field, term: &str) -> Compiled {
    Box::new(TermQuery::new(text_term(field, term), IndexRecordOption::WithFreqs))
}

/// The terms of a segment that a matcher means, with where their postings are. Of stems and whole names only those
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
                    && !term.starts_with(WHOLE)
                {
                    found.push((term.to_owned(), info.clone()));
                }
            }
        }
        WordMatcher::Any => {}
    }
    Ok(found)
}
