//! One list of values from the lists of several segments, each of which is in order.

use rayon::prelude::*;

use super::super::collect::SegmentCounts;

/// Values that were counted in a segment, in order, one behind the other in one text.
struct Counted {
    text: Vec<u8>,
    /// Where each value ends, and how often it was counted.
    values: Vec<(usize, u32)>,
    /// The next value, and where it begins.
    at: usize,
    start: usize,
}

impl Counted {
    fn read(segment: &SegmentCounts) -> std::io::Result<Self> {
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

/// Calls `each` for every value that was counted, in order, with its count over all segments.
pub(super) fn for_each_merged(
    segments: &[SegmentCounts],
    mut each: impl FnMut(&[u8], u64),
) -> std::io::Result<()> {
    let lists: std::io::Result<Vec<_>> = segments.par_iter().map(Counted::read).collect();
    let mut lists = lists?;
    let mut least = Vec::new();
    loop {
        least.clear();
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
