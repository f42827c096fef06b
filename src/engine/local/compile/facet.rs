//! Facet clauses: the values that match, and the documents that have them.

use tantivy::postings::TermInfo;
use tantivy::query::{BooleanQuery, ExistsQuery};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocSet, TERMINATED};
use tantivy_fst::Regex;

use super::compiler::Compiler;
use super::doc_list::DocListQuery;
use super::expansion::expand;
use super::simple_queries::{BoxedQuery, nothing, term};
use crate::article::{Facet, UNKNOWN_LICENSE};
use crate::engine::local::watch::{Watch, stopped};
use crate::index::schema::fields;
use crate::query::language::clause::{FacetClause, Pattern, Value, WordPattern};
use crate::query::language::{ExpressionError, value_automaton};
use crate::query::matching::{AnalyzedText, TextMatcher, WordMatcher};
use crate::tables::licenses;

impl Compiler<'_> {
    /// Documents that have a stored value that matches.
    pub(super) fn facet(self, clause: &FacetClause) -> tantivy::Result<BoxedQuery> {
        let facet = clause.facet;
        if let Facet::Metadata(name) = facet {
            return self.metadata(name, &clause.value);
        }
        let field = fields().facet(facet);
        match &clause.value {
            Value::Any if facet == Facet::License => self.stated_license(field),
            Value::Any => Ok(Box::new(ExistsQuery::new(facet.name().to_owned(), false))),
            Value::Part(pattern) => self.name_part(facet, field, pattern),
            Value::Whole(value) => self.whole_value(facet, value),
            Value::Folded(value) => self.folded_value(facet, value),
            Value::Regex(expression) => self.values_like(field, &expression.to_lowercase()),
            Value::Range(first, last) => self.values(field, |value| {
                let prefix = |end: &str| value.get(..end.len()).unwrap_or(value);
                first.as_deref().is_none_or(|first| value >= first)
                    && last.as_deref().is_none_or(|last| prefix(last) <= last)
            }),
            Value::Open => self.values(field, licenses::is_open),
        }
    }

    /// Documents whose license is known.
    fn stated_license(self, field: Field) -> tantivy::Result<BoxedQuery> {
        self.values(field, |value| value != UNKNOWN_LICENSE)
    }

    /// Documents that have a name of which a part matches. The words must be of one name.
    fn name_part(
        self,
        facet: Facet,
        field: Field,
        pattern: &Pattern,
    ) -> tantivy::Result<BoxedQuery> {
        match pattern {
            Pattern::Word(word) => {
                let named_so = self.name_word(field, word)?;
                let WordPattern::Exact(code) = word else { return Ok(named_so) };
                Ok(match self.usual_values(facet, code)? {
                    Some(called_so) => Box::new(BooleanQuery::union(vec![named_so, called_so])),
                    None => named_so,
                })
            }
            Pattern::Or(patterns) => {
                let parts: tantivy::Result<Vec<_>> =
                    patterns.iter().map(|pattern| self.name_part(facet, field, pattern)).collect();
                Ok(Box::new(BooleanQuery::union(parts?)))
            }
            _ => {
                if let Some(phrase) = self.exact_phrase(field, pattern)? {
                    return Ok(phrase);
                }
                let matcher = TextMatcher::new(pattern, &[]);
                self.names(facet, |name| {
                    !matcher.intervals(&AnalyzedText::new(name, None)).is_empty()
                })
            }
        }
    }

    /// Documents that have a name with a word that matches.
    fn name_word(self, field: Field, word: &WordPattern) -> tantivy::Result<BoxedQuery> {
        if let Some(only) = self.only_term(field, word)? {
            return Ok(term(only));
        }
        let matcher = WordMatcher::new(word, &[]);
        self.union(field, |index| {
            expand(index, &matcher, self.watch)
                .map(|all| all.into_iter().map(|found| found.info).collect())
        })
    }

    /// The automaton of an expression for values; `None` if it is no expression, an error if it is too large.
    pub(super) fn value_automaton(self, expression: &str) -> tantivy::Result<Option<Regex>> {
        match value_automaton(expression) {
            Ok(regex) => Ok(Some(regex)),
            Err(ExpressionError::Invalid(_)) => Ok(None),
            Err(why @ ExpressionError::TooLarge) => {
                self.watch.refuse(&format!("a value like {expression:.80}"), &why.to_string());
                Err(stopped())
            }
        }
    }

    /// Documents that have a value that an expression accepts in lower case.
    pub(super) fn values_like(self, field: Field, expression: &str) -> tantivy::Result<BoxedQuery> {
        let Some(regex) = self.value_automaton(expression)? else { return Ok(nothing()) };
        self.values(field, |value| regex_accepts(&regex, &value.to_lowercase()))
    }

    /// Documents that have a term that `accepts`.
    pub(super) fn values(
        self,
        field: Field,
        accepts: impl Fn(&str) -> bool,
    ) -> tantivy::Result<BoxedQuery> {
        self.values_from(field, "", accepts)
    }

    /// Documents that have a term that begins with `prefix` and whose rest `accepts`.
    pub(super) fn values_from(
        self,
        field: Field,
        prefix: &str,
        accepts: impl Fn(&str) -> bool,
    ) -> tantivy::Result<BoxedQuery> {
        self.union(field, |index| {
            let mut found = Vec::new();
            let mut stream = index.terms().range().ge(prefix).into_stream()?;
            let mut ticker = self.watch.ticker();
            while let Some((value, info)) = stream.next() {
                Watch::step(&mut ticker, 16)?;
                let Some(value) = value.strip_prefix(prefix.as_bytes()) else { break };
                if std::str::from_utf8(value).is_ok_and(&accepts) {
                    found.push(info.clone());
                }
            }
            Ok(found)
        })
    }

    /// Documents that have any of the terms that `find` picks in each segment.
    fn union(
        self,
        field: Field,
        find: impl Fn(&tantivy::InvertedIndexReader) -> tantivy::Result<Vec<TermInfo>>,
    ) -> tantivy::Result<BoxedQuery> {
        let mut lists = Vec::new();
        for reader in self.searcher.segment_readers() {
            let index = reader.inverted_index(field)?;
            let mut docs = Vec::new();
            let mut ticker = self.watch.ticker();
            for info in find(&index)? {
                Watch::step(&mut ticker, 16 + info.doc_freq as usize)?;
                let mut postings =
                    index.read_postings_from_terminfo(&info, IndexRecordOption::Basic)?;
                let mut doc = postings.doc();
                while doc != TERMINATED {
                    docs.push(doc);
                    doc = postings.advance();
                }
            }
            lists.push(docs);
        }
        Ok(Box::new(DocListQuery::new(self.searcher, lists)))
    }
}

/// Whether an expression accepts the whole value.
pub(super) fn regex_accepts(regex: &Regex, value: &str) -> bool {
    use tantivy_fst::Automaton;
    let state = value.bytes().fold(regex.start(), |state, byte| regex.accept(&state, byte));
    regex.is_match(&state)
}
