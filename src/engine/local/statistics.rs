//! The corpus statistics of BM25, over live documents of one kind.

use tantivy::query::Bm25StatisticsProvider;
use tantivy::schema::Field;
use tantivy::{Searcher, Term};

use crate::index::read::live_documents::LiveDocuments;
use crate::index::schema::Kind;
use crate::query::request::Target;

/// Saturation of term frequency (Robertson and Zaragoza 2009). The usual value is 1.2; a word with all of its forms is more
/// frequent, and ranks better with less (TREC 6 to 8: MAP 0.543 and nDCG@10 0.592).
pub(crate) const K1: f32 = 1.0;
/// Normalisation by the length of the text.
pub(crate) const B: f32 = 0.75;

/// Statistics over articles, or over quotations.
pub(crate) struct Statistics<'s> {
    searcher: &'s Searcher,
    live: &'s LiveDocuments,
    docs: u64,
}

impl<'s> Statistics<'s> {
    /// Over the documents of `target`'s kind; `live` is of the commit of `searcher`.
    pub(crate) fn new(searcher: &'s Searcher, live: &'s LiveDocuments, target: Target) -> Self {
        Self { searcher, live, docs: live.documents(kind_of(target)).max(1) }
    }
}

impl Bm25StatisticsProvider for Statistics<'_> {
    fn total_num_tokens(&self, field: Field) -> tantivy::Result<u64> {
        self.live.words(self.searcher, field)
    }

    fn total_num_docs(&self) -> tantivy::Result<u64> {
        Ok(self.docs)
    }

    fn doc_freq(&self, term: &Term) -> tantivy::Result<u64> {
        Ok(self.live.articles_with(self.searcher, term)?.min(self.docs))
    }
}

/// The kind of the documents of a target.
pub(super) fn kind_of(target: Target) -> Kind {
    match target {
        Target::Articles => Kind::Article,
        Target::Quotations => Kind::Quote,
    }
}
