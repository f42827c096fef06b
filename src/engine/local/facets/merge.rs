//! A merge of the sorted values of several segments.

use rayon::prelude::*;

use crate::engine::local::collect::SegmentFacetCounts;
use crate::engine::local::watch::Watch;
use crate::query::limits::Ticker;

/// A cursor over the values with a count in one segment, in order; their bytes are in one buffer.
struct SortedValues {
    text: Vec<u8>,
    /// The end of each value in the buffer, and its count.
    values: Vec<(usize, u32)>,
    /// The number of the current value.
    at: usize,
    /// Its start in the buffer.
    start: usize,
}

impl SortedValues {
    fn read(segment: &SegmentFacetCounts) -> std::io::Result<Self> {
        let (mut text, mut values) = (Vec::new(), Vec::new());
        segment.for_each(|value, count| {
            text.extend_from_slice(value);
            values.push((text.len(), count));
        })?;
        Ok(Self { text, values, at: 0, start: 0 })
    }

    fn value(&self) -> Option<(&[u8], u32)> {
        let &(end, count) = self.values.get(self.at)?;
        Some((&self.text[self.start..end], count))
    }

    fn advance(&mut self) {
        if let Some(&(end, _)) = self.values.get(self.at) {
            self.start = end;
            self.at += 1;
        }
    }
}

/// Calls `each` for every value, in order, with its count over all segments; an error if the time is over.
pub(super) fn for_each_merged(
    segments: &[SegmentFacetCounts],
    ticker: &mut Ticker,
    mut each: impl FnMut(&[u8], u64),
) -> std::io::Result<()> {
    let lists: std::io::Result<Vec<_>> = segments.par_iter().map(SortedValues::read).collect();
    let mut lists = lists?;
    let mut least = Vec::new();
    loop {
        least.clear();
        Watch::step(ticker, 1 + lists.len())?;
        let Some(first) = lists.iter().filter_map(|list| Some(list.value()?.0)).min() else {
            return Ok(());
        };
        let mut count = 0;
        for (at, list) in lists.iter().enumerate() {
            if let Some((value, here)) = list.value()
                && value == first
            {
                count += u64::from(here);
                least.push(at);
            }
        }
        each(first, count);
        for &at in &least {
            lists[at].advance();
        }
    }
}
