//! The first hits that have lines, as many as the lines to show need.

use std::collections::BinaryHeap;

use crate::query::engine::unread::Place;

/// Where a hit stands in an order: by a key of the order, then by its place.
pub(super) type HitKey = (Vec<u8>, Place);

/// The first hits, with their numbers of lines.
pub(super) struct FirstHits {
    /// Lines to show.
    limit: u64,
    hits: BinaryHeap<(HitKey, u64)>,
    /// Lines of these hits.
    lines: u64,
}

impl FirstHits {
    /// None yet, for so many lines.
    pub(super) fn new(limit: usize) -> Self {
        Self { limit: limit as u64, hits: BinaryHeap::new(), lines: 0 }
    }

    /// Adds a hit with so many lines, and drops those that are behind enough others.
    pub(super) fn add(&mut self, key: HitKey, lines: u64) {
        let is_behind = |(last, _): &(HitKey, u64)| *last < key;
        if lines == 0 || self.lines >= self.limit && self.hits.peek().is_none_or(is_behind) {
            return;
        }
        self.hits.push((key, lines));
        self.lines += lines;
        while let Some(&(_, of_last)) = self.hits.peek()
            && self.lines - of_last >= self.limit
        {
            self.lines -= of_last;
            self.hits.pop();
        }
    }

    /// Their places, sorted.
    pub(super) fn places(self) -> Vec<Place> {
        let mut places: Vec<_> = self.hits.into_iter().map(|((_, place), _)| place).collect();
        places.sort_unstable();
        places
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hits_are_kept_until_enough_lines_are_before_them() {
        let check = |limit: usize, hits: &[(u64, u64)], expected: &[u64]| {
            let place = |n: u64| Place([n, 0, 0, 0]);
            let mut first = FirstHits::new(limit);
            for &(n, lines) in hits {
                first.add((Vec::new(), place(n)), lines);
            }
            let expected: Vec<_> = expected.iter().map(|&n| place(n)).collect();
            assert_eq!(first.places(), expected, "{hits:?}");
        };
        check(3, &[(5, 2), (4, 0), (3, 1), (9, 7), (1, 1)], &[1, 3, 5]);
        check(3, &[(5, 1), (3, 1), (9, 7), (1, 1)], &[1, 3, 5]);
        check(3, &[(5, 8), (9, 1), (3, 2)], &[3, 5]);
        check(9, &[(5, 1), (3, 2)], &[3, 5]);
        check(0, &[(5, 1), (3, 2)], &[]);
    }

    #[test]
    fn keys_come_before_places() {
        let mut first = FirstHits::new(1);
        for (key, n) in [(2, 1), (1, 3), (1, 2), (3, 0)] {
            first.add((vec![key], Place([n, 0, 0, 0])), 1);
        }
        assert_eq!(first.places(), [Place([2, 0, 0, 0])]);
    }
}
