//! Collecting all documents of a kind, without a query.

use rayon::prelude::*;
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::index::SegmentReader;
use tantivy::{DocId, Searcher};

use super::match_collector::{Collected, MatchCollector, SegmentMatchCollector};
use crate::engine::local::statistics::kind_of;
use crate::query::request::Target;

impl MatchCollector<'_> {
    /// Collects all live documents of `target`'s kind, segments in parallel.
    pub(crate) fn collect_all(
        &self,
        searcher: &Searcher,
        target: Target,
    ) -> tantivy::Result<Collected> {
        let collect = |(at, reader): (usize, &SegmentReader)| {
            let mut collector = self.for_segment(at as u32, reader)?;
            collector.collect_all(reader, target);
            Ok(collector.harvest())
        };
        let segments: tantivy::Result<Vec<_>> =
            searcher.segment_readers().par_iter().enumerate().map(collect).collect();
        self.merge_fruits(segments?)
    }
}

impl SegmentMatchCollector {
    /// Collects all live documents of its segment.
    fn collect_all(&mut self, reader: &SegmentReader, target: Target) {
        let is_alive = |doc: &DocId| reader.alive_bitset().is_none_or(|a| a.is_alive(*doc));
        let all =
            (0..reader.max_doc()).filter(|&doc| self.order.columns().is(doc, kind_of(target)));
        let (docs, deleted): (Vec<_>, Vec<_>) = all.partition(is_alive);
        self.total = docs.len() as u64;
        if self.top.keep > 0 {
            for &doc in &docs {
                self.keep(doc, 0.0);
            }
        }
        match target {
            Target::Articles => {
                let facets = self.facets.par_iter_mut();
                facets.for_each(|facet| facet.count_articles(&docs, &deleted));
            }
            Target::Quotations if !self.facets.is_empty() => self.count(&docs),
            Target::Quotations => {}
        }
    }
}
