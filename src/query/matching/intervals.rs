//! Intervals: ranges of word positions at which a pattern matches, and those of phrases. Intervals near each other are
//! [`super::nearness`]'s, phrases in any order [`super::loose_phrase`]'s.

/// A range of word positions that matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Interval {
    /// Position of its first word.
    pub(crate) start: u32,
    /// Position of its last word.
    pub(crate) end: u32,
    /// Whether a proximity operator found it: words between its ends need not be part of the match.
    pub(crate) has_gaps: bool,
}

impl Interval {
    /// The word at a position.
    pub(crate) fn word(position: u32) -> Self {
        Self { start: position, end: position, has_gaps: false }
    }

    /// So many words from a position on, which are read as one.
    pub(crate) fn words(first: u32, words: u32) -> Self {
        Self { start: first, end: first + words - 1, has_gaps: false }
    }

    /// The least interval that contains both.
    pub(super) fn hull(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end), has_gaps: true }
    }

    /// Whether both can be parts of one match: they do not overlap, or one lies in the gaps of the other.
    pub(super) fn is_disjoint(self, other: Self) -> bool {
        if self.end < other.start || other.end < self.start {
            return true;
        }
        let shares_end = self.start == other.start
            || self.start == other.end
            || self.end == other.start
            || self.end == other.end;
        let contains_end = |a: Self, b: Self| {
            (a.start < b.start && b.start < a.end) || (a.start < b.end && b.end < a.end)
        };
        !shares_end
            && (self.has_gaps || !contains_end(self, other))
            && (other.has_gaps || !contains_end(other, self))
    }

    /// Words from the end of one to the start of the other: 1 for neighbours, 0 for intervals that overlap.
    pub(super) fn distance(self, other: Self) -> u32 {
        other.start.saturating_sub(self.end).max(self.start.saturating_sub(other.end))
    }
}

/// The matches of a phrase of `length` words: `words` gives the offset in the phrase and the sorted positions of each.
pub(crate) fn phrase(words: &[(u32, &[u32])], length: u32) -> Vec<Interval> {
    let Some((rarest, &(offset, positions))) =
        words.iter().enumerate().min_by_key(|(_, (_, positions))| positions.len())
    else {
        return Vec::new();
    };
    let starts = positions.iter().filter_map(|p| p.checked_sub(offset));
    starts
        .filter(|start| {
            words.iter().enumerate().all(|(at, (offset, positions))| {
                at == rarest || positions.binary_search(&(start + offset)).is_ok()
            })
        })
        .map(|start| Interval { start, end: start + length - 1, has_gaps: false })
        .collect()
}

/// The same for words that may stand for several: `parts` gives the offset in the phrase and the sorted intervals of each. The
/// words between two offsets that are not neighbours are any.
pub(crate) fn phrase_of_intervals(parts: &[(u32, Vec<Interval>)]) -> Vec<Interval> {
    let Some(((first, opening), rest)) = parts.split_first() else { return Vec::new() };
    let mut found = opening.clone();
    let mut last = *first;
    for (offset, intervals) in rest {
        let step = offset - last;
        let longer = found.iter().flat_map(|begun| {
            let next = begun.end + step;
            let from = intervals.partition_point(|interval| interval.start < next);
            let here = intervals[from..].iter().take_while(move |interval| interval.start == next);
            here.map(|interval| Interval { start: begun.start, end: interval.end, has_gaps: false })
        });
        found = longer.collect();
        found.sort_unstable();
        found.dedup();
        last = *offset;
    }
    found
}

/// Puts in order where several words are read as one, none twice. Of overlapping places the shorter counts: in `e-mail`, which is
/// also read as `email`, `*mail` is `mail`.
pub(crate) fn settle(positions: &[u32], joined: &mut Vec<Interval>) {
    if joined.is_empty() {
        return;
    }
    joined.sort_unstable();
    joined.dedup();
    joined.retain(|interval| {
        let from = positions.partition_point(|&position| position < interval.start);
        positions.get(from).is_none_or(|&position| position > interval.end)
    });
    let all = joined.clone();
    joined.retain(|outer| {
        let from = all.partition_point(|inner| inner.start < outer.start);
        let mut near = all[from..].iter().take_while(|inner| inner.start <= outer.end);
        !near.any(|inner| inner != outer && inner.end <= outer.end)
    });
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// Single words.
    pub(in crate::query::matching) fn words(positions: &[u32]) -> Vec<Interval> {
        positions.iter().map(|&p| Interval::word(p)).collect()
    }

    /// Compares first and last positions.
    pub(in crate::query::matching) fn check(intervals: &[Interval], expected: &[(u32, u32)]) {
        let found: Vec<_> = intervals.iter().map(|p| (p.start, p.end)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn of_overlapping_readings_the_shortest_count() {
        let interval = |start, end| Interval { start, end, has_gaps: false };
        let mut joined = [(1, 3), (1, 2), (6, 7), (8, 9)].map(|(a, b)| interval(a, b)).into();
        settle(&[7], &mut joined);
        check(&joined, &[(1, 2), (8, 9)]);
    }

    #[test]
    fn phrases_are_found() {
        check(&phrase(&[(0, &[1, 5]), (1, &[2, 9])], 2), &[(1, 2)]);
        let interval = |start, end| Interval { start, end, has_gaps: false };
        let joined = vec![interval(1, 2), interval(5, 5), interval(5, 6)];
        check(&phrase_of_intervals(&[(0, joined), (1, words(&[3, 6]))]), &[(1, 3), (5, 6)]);
        check(&phrase_of_intervals(&[(0, vec![interval(1, 2)]), (2, words(&[4]))]), &[(1, 4)]);
    }
}
