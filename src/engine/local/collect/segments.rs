//! The sweep over what a query finds, segment by segment: short queries in one thread, long ones in all.

use std::time::{Duration, Instant};

use rayon::prelude::*;
use tantivy::Searcher;
use tantivy::collector::Collector;
use tantivy::index::SegmentReader;
use tantivy::query::Weight;

use super::sweep::{Sweeping, Swept};

/// What takes longer than this is worth waking other threads for.
const LONG: Duration = Duration::from_millis(2);
/// Segments say how long the others will take once they took this share of it: before that it is the start that takes.
const TELLING: Duration = Duration::from_micros(200);
/// What costs more than this by the engine's reckoning in the second of the longest segments is long for sure.
const DEAR: u64 = 200_000;

impl Sweeping<'_> {
    /// Sweeps over the live documents that `weight` finds: all segments at once if that is long for sure; else the
    /// smallest first, and as soon as these let it be long, the others at once.
    pub(crate) fn matches(
        &self,
        searcher: &Searcher,
        weight: &dyn Weight,
    ) -> tantivy::Result<Swept> {
        let mut segments: Vec<_> = (0..).zip(searcher.segment_readers()).collect();
        segments.sort_by_key(|(_, reader)| std::cmp::Reverse(reader.max_doc()));
        let mut left: u64 = segments.iter().map(|(_, reader)| u64::from(reader.max_doc())).sum();
        let sweep = |(at, reader): (u32, &SegmentReader)| self.collect_segment(weight, at, reader);
        if let [_, (_, second), ..] = segments[..]
            && weight.scorer(second, 1.0)?.cost() > DEAR
        {
            let swept: tantivy::Result<Vec<_>> = segments.into_par_iter().map(sweep).collect();
            return self.merge_fruits(swept?);
        }
        let (begun, mut done, mut swept) = (Instant::now(), 0, Vec::with_capacity(segments.len()));
        while let Some(segment) = segments.pop() {
            let docs = u64::from(segment.1.max_doc());
            swept.push(sweep(segment)?);
            (done, left) = (done + docs, left - docs);
            if segments.len() > 1 && is_long(begun.elapsed(), left as f64 / done as f64) {
                let others: tantivy::Result<Vec<_>> = segments.into_par_iter().map(sweep).collect();
                swept.extend(others?);
                break;
            }
        }
        self.merge_fruits(swept)
    }
}

/// Will what is left take long, if it is so many times what was done in this time?
fn is_long(taken: Duration, times: f64) -> bool {
    taken >= TELLING && taken.as_secs_f64() * times > LONG.as_secs_f64()
}
