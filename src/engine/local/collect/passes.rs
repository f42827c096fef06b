//! All matches in an order, however many, within a bound of memory: each pass over them gathers the next ones in that
//! order, which are those below the last one of the pass before.

use std::sync::Arc;

use tantivy::Searcher;
use tantivy::index::SegmentReader;
use tantivy::query::Weight;

use super::sweep::SegmentSweep;
use super::top::{Rank, Top};
use crate::index::read::stored_articles::StoredArticles;
use crate::query::request::Sort;

/// Matches of a pass; while they are gathered twice as many are held, in 64 MB.
pub(crate) const PASS: usize = 1 << 20;

/// The first matches behind `last`, at most `pass`.
pub(crate) fn ranks_below(
    last: Option<Rank>,
    sort: Sort,
    pass: usize,
    weight: &dyn Weight,
    searcher: &Searcher,
    stored: &StoredArticles,
) -> tantivy::Result<Vec<Rank>> {
    let mut top = Top::new(pass, last);
    for (at, reader) in searcher.segment_readers().iter().enumerate() {
        let order = Arc::clone(stored.order(at as u32));
        let mut sweep = SegmentSweep::new(at as u32, order, sort, top);
        sweep.take_all_of(weight, reader)?;
        top = sweep.settled().top;
    }
    Ok(top.sorted())
}

impl SegmentSweep {
    /// Takes what the query finds in its segment.
    fn take_all_of(&mut self, weight: &dyn Weight, reader: &SegmentReader) -> tantivy::Result<()> {
        let alive = reader.alive_bitset();
        let is_alive = |doc| alive.is_none_or(|alive| alive.is_alive(doc));
        if self.sort == Sort::Relevance {
            return weight.for_each(reader, &mut |doc, score| {
                if is_alive(doc) {
                    self.keep(doc, score);
                }
            });
        }
        weight.for_each_no_score(reader, &mut |docs| {
            for &doc in docs.iter().filter(|&&doc| is_alive(doc)) {
                self.keep(doc, 0.0);
            }
        })
    }
}
