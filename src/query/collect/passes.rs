//! All matches in an order, however many, within a bound of memory: each pass over them gathers the next ones in that
//! order, which are those below the last one of the pass before.

use std::ops::ControlFlow;
use std::sync::Arc;

use tantivy::index::SegmentReader;
use tantivy::query::{EnableScoring, Weight};

use super::top::Top;
use super::{Rank, SegmentSweep};
use crate::error::Result;
use crate::query::search::{Question, Sort};
use crate::query::statistics::Statistics;

/// Matches of a pass; while they are gathered twice as many are held, in 64 MB.
pub(in crate::query) const PASS: usize = 1 << 20;

impl Question<'_> {
    /// Calls `each` for all matches in order, gathering at most `pass` at a time.
    pub(in crate::query) fn for_each_rank(
        &self,
        sort: Sort,
        pass: usize,
        each: &mut dyn FnMut(&Rank) -> Result<ControlFlow<()>>,
    ) -> Result<()> {
        let mut last = None;
        loop {
            let ranks = self.ranks_below(last, sort, pass).map_err(|error| self.failed(error))?;
            for rank in &ranks {
                if each(rank)?.is_break() {
                    return Ok(());
                }
            }
            if ranks.len() < pass {
                return Ok(());
            }
            last = ranks.last().copied();
        }
    }

    /// The first matches behind `last`.
    fn ranks_below(
        &self,
        last: Option<Rank>,
        sort: Sort,
        pass: usize,
    ) -> tantivy::Result<Vec<Rank>> {
        let searcher = self.snapshot.searcher();
        let statistics = Statistics::new(searcher, self.snapshot.living()?, self.target);
        let weight = self.query.weight(match sort {
            Sort::Relevance => {
                EnableScoring::enabled_from_statistics_provider(&statistics, searcher)
            }
            Sort::Newest | Sort::Oldest => EnableScoring::disabled_from_searcher(searcher),
        })?;
        let stored = self.snapshot.stored()?;
        let mut top = Top::new(pass, last);
        for (at, reader) in searcher.segment_readers().iter().enumerate() {
            let order = Arc::clone(stored.order(at as u32));
            let mut sweep = SegmentSweep::new(at as u32, order, sort, top);
            sweep.take_all_of(&*weight, reader)?;
            top = sweep.settled().top;
        }
        Ok(top.sorted())
    }
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
