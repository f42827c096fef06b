//! What BM25 takes from the whole index: counted over living documents of one kind, not over all that share the index.

use tantivy::query::Bm25StatisticsProvider;
use tantivy::schema::Field;
use tantivy::{Searcher, Term};

use super::search::Target;
use crate::index::read::live_documents::Living;

/// How soon further occurrences of a word stop to count (Robertson and Zaragoza 2009). The usual value is 1.2; a word with
/// its forms comes oftener, and ranks better with less (TREC 6 to 8: MAP 0.543 and nDCG@10 0.592).
pub(super) const K1: f32 = 1.0;
/// How much the length of a text counts.
pub(super) const B: f32 = 0.75;

/// Statistics over articles, or over quotations.
pub(super) struct Statistics<'s> {
    searcher: &'s Searcher,
    living: &'s Living,
    docs: u64,
}

impl<'s> Statistics<'s> {
    /// Over the documents of `target`'s kind of what `searcher` sees; `living` is of the same.
    pub(super) fn new(searcher: &'s Searcher, living: &'s Living, target: Target) -> Self {
        Self { searcher, living, docs: living.documents(target.kind()).max(1) }
    }
}

impl Bm25StatisticsProvider for Statistics<'_> {
    fn total_num_tokens(&self, field: Field) -> tantivy::Result<u64> {
        self.living.words(self.searcher, field)
    }

    fn total_num_docs(&self) -> tantivy::Result<u64> {
        Ok(self.docs)
    }

    fn doc_freq(&self, term: &Term) -> tantivy::Result<u64> {
        Ok(self.living.articles_with(self.searcher, term)?.min(self.docs))
    }
}
