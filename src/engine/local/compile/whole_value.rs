//! Documents by a whole value: as it is typed if any document has it, so that a query finds what a facet counts; else by
//! what it may stand for.

use tantivy::query::{BooleanQuery, EnableScoring};
use tantivy::{DocSet, TERMINATED};

use super::compiler::Compiler;
use super::doc_list::DocListQuery;
use super::simple_queries::{BoxedQuery, term, text_term};
use crate::article::{Facet, ValueMatching};
use crate::engine::local::watch::Watch;
use crate::index::schema::columns::Columns;
use crate::index::schema::fields;
use crate::query::language::glob_expression;
use crate::query::matching::NameMatcher;
use crate::query::matching::name::{folded_name, has_wildcards, usual_names};

impl Compiler<'_> {
    /// Documents that have the value as it is typed; if there are none, those of its other readings.
    pub(super) fn whole_value(self, facet: Facet, typed: &str) -> tantivy::Result<BoxedQuery> {
        if let Some(query) = self.exact_value(facet, typed)? {
            return Ok(query);
        }
        if has_wildcards(typed) {
            return self.fitting_values(facet, typed);
        }
        match self.usual_values(facet, typed)? {
            Some(query) => Ok(query),
            None => self.folded_value(facet, typed),
        }
    }

    /// Documents of what is called so by the tables; `None` if there are none.
    pub(super) fn usual_values(
        self,
        facet: Facet,
        called: &str,
    ) -> tantivy::Result<Option<BoxedQuery>> {
        let names = usual_names(facet, called).into_iter();
        let found: tantivy::Result<Vec<_>> =
            names.map(|name| self.exact_value(facet, name)).collect();
        let found: Vec<_> = found?.into_iter().flatten().collect();
        Ok((!found.is_empty()).then(|| -> BoxedQuery { Box::new(BooleanQuery::union(found)) }))
    }

    /// Documents that have exactly this value; `None` if there are none.
    pub(super) fn exact_value(
        self,
        facet: Facet,
        value: &str,
    ) -> tantivy::Result<Option<BoxedQuery>> {
        match facet.matching() {
            ValueMatching::Name => self.exact_name(facet, value),
            ValueMatching::Whole => {
                let as_is = text_term(fields().facet(facet), value);
                let has_any = self.live.articles_with(self.searcher, &as_is)? > 0;
                Ok(has_any.then(|| term(as_is)))
            }
        }
    }

    /// Documents whose value differs from this one in case at most, in names also in accents and marks.
    pub(super) fn folded_value(self, facet: Facet, value: &str) -> tantivy::Result<BoxedQuery> {
        let field = fields().facet(facet);
        match facet.matching() {
            ValueMatching::Name => Ok(Self::whole_name(field, &folded_name(value))),
            ValueMatching::Whole => {
                let folded = |value: &str| value.trim().trim_end_matches('/').to_lowercase();
                let asked = folded(value);
                self.values(field, |value| folded(value) == asked)
            }
        }
    }

    /// Documents that have a value that fits wildcards.
    fn fitting_values(self, facet: Facet, value: &str) -> tantivy::Result<BoxedQuery> {
        match facet.matching() {
            ValueMatching::Name => {
                self.value_automaton(&glob_expression(value))?;
                let matcher = NameMatcher::fitting(value);
                self.names(facet, |name| matcher.accepts(name))
            }
            ValueMatching::Whole => {
                let expression = glob_expression(&value.trim().to_lowercase());
                self.values_like(fields().facet(facet), &expression)
            }
        }
    }

    /// Documents that have this name in these letters: terms are folded, so of those that have its words the values are
    /// compared.
    fn exact_name(self, facet: Facet, name: &str) -> tantivy::Result<Option<BoxedQuery>> {
        let folded = Self::whole_name(fields().facet(facet), &folded_name(name));
        let weight = folded.weight(EnableScoring::disabled_from_searcher(self.searcher))?;
        let mut lists = Vec::new();
        for reader in self.searcher.segment_readers() {
            let mut docs = Vec::new();
            if let Some(column) = Columns::of(reader).facet(facet)?
                && let Some(ordinal) = column.dictionary().term_ord(name)?
            {
                let has_it = |doc| column.ords().values_for_doc(doc).any(|o| o == ordinal);
                let is_live = |doc| reader.alive_bitset().is_none_or(|alive| alive.is_alive(doc));
                let mut scorer = weight.scorer(reader, 1.0)?;
                let mut doc = scorer.doc();
                let mut ticker = self.watch.ticker();
                while doc != TERMINATED {
                    Watch::step(&mut ticker, 1)?;
                    if is_live(doc) && has_it(doc) {
                        docs.push(doc);
                    }
                    doc = scorer.advance();
                }
            }
            lists.push(docs);
        }
        if lists.iter().all(Vec::is_empty) {
            return Ok(None);
        }
        Ok(Some(Box::new(DocListQuery::new(self.searcher, lists))))
    }
}
