//! All documents of a kind, swept without a query: where everything matches, nothing has to be found.

use rayon::prelude::*;
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::index::SegmentReader;
use tantivy::{DocId, Searcher};

use super::sweep::{SegmentSweep, Sweeping, Swept};
use crate::engine::local::statistics::kind_of;
use crate::query::request::Target;

impl Sweeping<'_> {
    /// Sweeps over all live documents of `target`'s kind, several segments at a time.
    pub(crate) fn everything(&self, searcher: &Searcher, target: Target) -> tantivy::Result<Swept> {
        let sweep = |(at, reader): (usize, &SegmentReader)| {
            let mut sweep = self.for_segment(at as u32, reader)?;
            sweep.take_all(reader, target);
            Ok(sweep.harvest())
        };
        let segments: tantivy::Result<Vec<_>> =
            searcher.segment_readers().par_iter().enumerate().map(sweep).collect();
        self.merge_fruits(segments?)
    }
}

impl SegmentSweep {
    fn take_all(&mut self, reader: &SegmentReader, target: Target) {
        let is_alive = |doc: &DocId| reader.alive_bitset().is_none_or(|a| a.is_alive(*doc));
        let all =
            (0..reader.max_doc()).filter(|&doc| self.order.columns().is(doc, kind_of(target)));
        let (docs, gone): (Vec<_>, Vec<_>) = all.partition(is_alive);
        self.total = docs.len() as u64;
        if self.top.keep > 0 {
            for &doc in &docs {
                self.keep(doc, 0.0);
            }
        }
        match target {
            Target::Articles => {
                let facets = self.facets.par_iter_mut();
                facets.for_each(|facet| facet.count_articles(&docs, &gone));
            }
            Target::Quotations if !self.facets.is_empty() => self.count(&docs),
            Target::Quotations => {}
        }
    }
}
