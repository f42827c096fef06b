//! Documents by whole names: those that have one name, or any name that a predicate accepts.

use tantivy::Term;
use tantivy::columnar::StrColumn;
use tantivy::query::PhraseQuery;
use tantivy::schema::Field;

use super::compiler::Compiler;
use super::doc_list::DocListQuery;
use super::simple_queries::{BoxedQuery, term};
use crate::article::Facet;
use crate::engine::local::watch::Watch;
use crate::index::schema::columns::Columns;
use crate::index::tokenize;
use crate::query::limits::Ticker;

impl Compiler<'_> {
    /// Documents that have a name of exactly these folded words.
    pub(super) fn whole_name(field: Field, name: &str) -> BoxedQuery {
        let terms = whole(field, name);
        match terms.as_slice() {
            [(_, only)] => term(only.clone()),
            _ => Box::new(PhraseQuery::new_with_offset(terms)),
        }
    }

    /// Documents that have a name that `accepts`.
    pub(super) fn names(
        self,
        facet: Facet,
        accepts: impl Fn(&str) -> bool,
    ) -> tantivy::Result<BoxedQuery> {
        let mut lists = Vec::new();
        for reader in self.searcher.segment_readers() {
            let mut docs = Vec::new();
            if let Some(column) = Columns::of(reader).facet(facet)? {
                let mut accepted = vec![false; column.num_terms()];
                for_each_name(&column, &mut self.watch.ticker(), |ordinal, name| {
                    accepted[ordinal] = accepts(name);
                })?;
                if accepted.contains(&true) {
                    let has_one =
                        |doc| column.ords().values_for_doc(doc).any(|o| accepted[o as usize]);
                    docs.extend((0..reader.max_doc()).filter(|&doc| has_one(doc)));
                }
            }
            self.watch.check()?;
            lists.push(docs);
        }
        Ok(Box::new(DocListQuery::new(self.searcher, lists)))
    }
}

/// The terms of a whole folded name with their positions: its words, and at the first one its length.
fn whole(field: Field, name: &str) -> Vec<(usize, Term)> {
    let words: Vec<_> = name.split(' ').filter(|word| !word.is_empty()).collect();
    let length = Term::from_field_text(field, &tokenize::length(words.len()));
    let words = words.into_iter().map(|word| Term::from_field_text(field, word)).enumerate();
    std::iter::once((0, length)).chain(words).collect()
}

/// Calls `each` for the stored names of a facet with their ordinals; an error if the time is over.
pub(crate) fn for_each_name(
    column: &StrColumn,
    ticker: &mut Ticker,
    mut each: impl FnMut(usize, &str),
) -> std::io::Result<()> {
    let mut names = column.dictionary().stream()?;
    let mut ordinal = 0;
    while names.advance() {
        Watch::step(ticker, 16)?;
        if let Ok(name) = std::str::from_utf8(names.key()) {
            each(ordinal, name);
        }
        ordinal += 1;
    }
    Ok(())
}
