//! Collecting the matches of a query: segment by segment in one thread if the query is short, in parallel if it is long.

use std::time::{Duration, Instant};

use rayon::prelude::*;
use tantivy::Searcher;
use tantivy::collector::Collector;
use tantivy::index::SegmentReader;
use tantivy::query::Weight;

use super::match_collector::{Collected, MatchCollector};

/// The remaining time above which waking other threads pays.
const LONG: Duration = Duration::from_millis(2);
/// The least time from which the remaining time is extrapolated: before that, setting up dominates.
const MIN_SAMPLE: Duration = Duration::from_micros(200);
/// A query with a higher cost (documents, as tantivy estimates them) in the second largest segment is long.
const MAX_SERIAL_COST: u64 = 200_000;

impl MatchCollector<'_> {
    /// Collects the live documents that match: all segments in parallel if the cost is high; else the smallest first, and as
    /// soon as the remaining time is estimated to be long, the others in parallel.
    pub(crate) fn collect_matches(
        &self,
        searcher: &Searcher,
        weight: &dyn Weight,
    ) -> tantivy::Result<Collected> {
        let mut segments: Vec<_> = (0..).zip(searcher.segment_readers()).collect();
        segments.sort_by_key(|(_, reader)| std::cmp::Reverse(reader.max_doc()));
        let mut left: u64 = segments.iter().map(|(_, reader)| u64::from(reader.max_doc())).sum();
        let collect =
            |(at, reader): (u32, &SegmentReader)| self.collect_segment(weight, at, reader);
        if let [_, (_, second), ..] = segments[..]
            && weight.scorer(second, 1.0)?.cost() > MAX_SERIAL_COST
        {
            let collected: tantivy::Result<Vec<_>> =
                segments.into_par_iter().map(collect).collect();
            return self.merge_fruits(collected?);
        }
        let (begun, mut done, mut collected) =
            (Instant::now(), 0, Vec::with_capacity(segments.len()));
        while let Some(segment) = segments.pop() {
            let docs = u64::from(segment.1.max_doc());
            collected.push(collect(segment)?);
            (done, left) = (done + docs, left - docs);
            if segments.len() > 1 && is_long(begun.elapsed(), left as f64 / done as f64) {
                let others: tantivy::Result<Vec<_>> =
                    segments.into_par_iter().map(collect).collect();
                collected.extend(others?);
                break;
            }
        }
        self.merge_fruits(collected)
    }
}

/// Whether `times` the work that took this time takes long.
fn is_long(taken: Duration, times: f64) -> bool {
    taken >= MIN_SAMPLE && taken.as_secs_f64() * times > LONG.as_secs_f64()
}
