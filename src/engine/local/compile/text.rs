//! Text clauses: a word or a pattern, in one field or in headline and body together.

use tantivy::query::{BooleanQuery, BoostQuery, PhraseQuery};
use tantivy::schema::Field;

use super::compiler::Compiler;
use super::pattern::PatternQuery;
use super::simple_queries::BoxedQuery;
use super::word::WordQuery;
use crate::index::schema::fields;
use crate::query::language::clause::{Pattern, Scope, TextClause, WordPattern};
use crate::query::matching::WordMatcher;
use crate::query::request::Target;

impl Compiler<'_> {
    /// The query for a text clause on documents of `target`'s kind.
    pub(super) fn text(self, clause: &TextClause, target: Target) -> tantivy::Result<BoxedQuery> {
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

    /// The query in one field.
    fn field(self, field: Field, scope: Scope, clause: &TextClause) -> tantivy::Result<BoxedQuery> {
        if clause.at_least == 1
            && let Some(query) = self.simple(field, &clause.pattern)?
        {
            return Ok(query);
        }
        Ok(self.pattern(field, scope, clause))
    }

    fn pattern(self, field: Field, scope: Scope, clause: &TextClause) -> BoxedQuery {
        Box::new(PatternQuery::new(self, field, scope, clause))
    }

    /// The query for a word whose terms say where it is, in these fields with these weights; `None` for other patterns.
    fn word(self, pattern: &Pattern, texts: &[(Field, f32)]) -> Option<WordQuery> {
        let Pattern::Word(word) = pattern else { return None };
        let matcher = WordMatcher::new(word, self.languages);
        let is_told = match &matcher {
            WordMatcher::Exact(_) | WordMatcher::Forms(_) => true,
            WordMatcher::Spelled(spelled) => spelled.is_told_by_index(),
            WordMatcher::Automaton(_) | WordMatcher::Any | WordMatcher::Nothing => false,
        };
        is_told.then(|| WordQuery::new(matcher, texts, self.live, self.watch))
    }

    /// The query for a word, or for an exact phrase; `None` for other patterns.
    fn simple(self, field: Field, pattern: &Pattern) -> tantivy::Result<Option<BoxedQuery>> {
        if let Some(word) = self.word(pattern, &[(field, 1.0)]) {
            return Ok(Some(Box::new(word)));
        }
        self.exact_phrase(field, pattern)
    }

    /// The query for a phrase of which each word is one term.
    pub(super) fn exact_phrase(
        self,
        field: Field,
        pattern: &Pattern,
    ) -> tantivy::Result<Option<BoxedQuery>> {
        let Pattern::Phrase { words, joined, slop: None } = pattern else { return Ok(None) };
        if !joined.is_empty() {
            return Ok(None);
        }
        let mut terms = Vec::with_capacity(words.len());
        for (at, word) in words.iter().enumerate().filter(|(_, word)| **word != WordPattern::Gap) {
            let Some(term) = self.only_term(field, word)? else { return Ok(None) };
            terms.push((at, term));
        }
        Ok(Some(Box::new(PhraseQuery::new_with_offset(terms))))
    }
}
