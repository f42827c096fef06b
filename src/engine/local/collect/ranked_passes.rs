//! All matches in an order within a bound of memory: each pass over the matches collects the next ones, those that rank
//! below the last one of the pass before.

use std::sync::Arc;

use tantivy::Searcher;
use tantivy::index::SegmentReader;
use tantivy::query::Weight;

use super::live_matches::for_each_live;
use super::match_collector::SegmentMatchCollector;
use super::rank::{Rank, TopRanks};
use crate::index::read::stored_articles::StoredArticles;
use crate::query::request::Sort;

/// Matches of a pass; at most twice as many ranks are held, in 64 MB.
pub(crate) const PASS: usize = 1 << 20;

/// The first `pass` matches that rank below `last`.
pub(crate) fn ranks_below(
    last: Option<Rank>,
    sort: Sort,
    pass: usize,
    weight: &dyn Weight,
    searcher: &Searcher,
    stored: &StoredArticles,
) -> tantivy::Result<Vec<Rank>> {
    let mut top = TopRanks::new(pass, last);
    for (at, reader) in searcher.segment_readers().iter().enumerate() {
        let order = Arc::clone(stored.order(at as u32));
        let mut collector = SegmentMatchCollector::new(at as u32, order, sort, top);
        collector.collect_all_of(weight, reader)?;
        top = collector.finished().top;
    }
    Ok(top.sorted())
}

impl SegmentMatchCollector {
    /// Collects the live documents of its segment that match.
    fn collect_all_of(
        &mut self,
        weight: &dyn Weight,
        reader: &SegmentReader,
    ) -> tantivy::Result<()> {
        let is_scored = self.sort == Sort::Relevance;
        for_each_live(weight, reader, is_scored, &mut |doc, score| self.keep(doc, score))
    }
}
