//! Intervals near each other: the condition of a proximity operator, and the pairs that fulfil it.

use std::ops::Range;

use super::effort::Effort;
use super::intervals::Interval;

/// The condition of a proximity operator.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Nearness<'a> {
    /// The greatest distance in words; `u32::MAX` for any.
    pub(crate) words: u32,
    /// Whether the left one must come first.
    pub(crate) ordered: bool,
    /// First positions of the sentences or paragraphs, one of which must contain both; `None` for any.
    pub(crate) starts: Option<&'a [u32]>,
}

impl Nearness<'_> {
    fn allows(self, left: Interval, right: Interval) -> bool {
        if self.ordered && left.end >= right.start {
            return false;
        }
        left.is_disjoint(right)
            && left.distance(right) <= self.words
            && self.starts.is_none_or(|starts| is_within_one(starts, left.hull(right)))
    }

    /// A range of `rights` (sorted by start) that contains all that are near `left`; `longest` is the length of the longest.
    fn window(self, left: Interval, rights: &[Interval], longest: u32) -> Range<usize> {
        let mut window = if self.words == u32::MAX {
            self.unit_window(left, rights)
        } else {
            let low = left.start.saturating_sub(self.words.saturating_add(longest));
            range(rights, low, left.end.saturating_add(self.words))
        };
        if self.ordered {
            let behind = rights.partition_point(|right| right.start <= left.end);
            window.start = window.start.max(behind).min(window.end);
        }
        window
    }

    /// The right intervals that begin in the sentence or paragraph of `left`.
    fn unit_window(self, left: Interval, rights: &[Interval]) -> Range<usize> {
        let Some(starts) = self.starts else { return 0..rights.len() };
        let at = starts.partition_point(|&start| start <= left.start);
        let low = if at == 0 { 0 } else { starts[at - 1] };
        let high = starts.get(at).map_or(u32::MAX, |&next| next - 1);
        range(rights, low, high)
    }
}

/// The intervals that start between these positions, inclusive.
fn range(intervals: &[Interval], low: u32, high: u32) -> Range<usize> {
    let first = intervals.partition_point(|p| p.start < low);
    let last = intervals.partition_point(|p| p.start <= high);
    first..last.max(first)
}

/// Whether the interval lies in one of the units that begin at `starts`.
fn is_within_one(starts: &[u32], interval: Interval) -> bool {
    let first = starts.partition_point(|&start| start <= interval.start);
    starts.get(first).is_none_or(|&next| interval.end < next)
}

/// Right intervals that are at least followed of a left one.
const FEWEST: usize = 4;

/// The hulls of all pairs that are near, in order, none twice. `lefts` and `rights` are sorted. If the pairs are too many,
/// some of each left interval, or of some.
pub(crate) fn near(
    lefts: &[Interval],
    rights: &[Interval],
    nearness: Nearness<'_>,
    effort: &mut Effort,
) -> Vec<Interval> {
    let longest = longest(rights);
    let all: usize = lefts.iter().map(|&left| nearness.window(left, rights, longest).len()).sum();
    let (mut step, mut each) = (1, usize::MAX);
    if all > effort.pairs {
        step = (FEWEST * lefts.len()).div_ceil(effort.pairs);
        each = (effort.pairs / lefts.len()).max(FEWEST);
        effort.leave_out();
    }
    let mut pairs = Vec::new();
    for &left in lefts.iter().step_by(step) {
        let window = nearness.window(left, rights, longest);
        if effort.is_over_after(window.len().min(each)) {
            break;
        }
        for &right in some(window, left, rights, each).into_iter().flat_map(|part| &rights[part]) {
            if nearness.allows(left, right) {
                pairs.push(left.hull(right));
            }
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// At most about `most` intervals of a window: the nearest ones on both sides of `left`, and the farthest ones.
fn some(
    window: Range<usize>,
    left: Interval,
    rights: &[Interval],
    most: usize,
) -> [Range<usize>; 3] {
    if window.len() <= most {
        return [window, 0..0, 0..0];
    }
    let Range { start, end } = window;
    let part = (most / 4).max(1);
    let here = rights[start..end].partition_point(|right| right.start <= left.start) + start;
    let near = here.saturating_sub(part).max(start)..here.saturating_add(part).min(end);
    let before = start..(start + part).min(near.start);
    let behind = (end - part).max(near.end)..end;
    [before, near, behind]
}

/// The number of hulls that [`near`] gives for single words, without making them.
pub(crate) fn pairs(lefts: &[u32], rights: &[u32], nearness: Nearness<'_>) -> u32 {
    let all = places_near(lefts, rights, nearness);
    if nearness.ordered {
        return all.try_into().unwrap_or(u32::MAX);
    }
    // Of two positions that both words have, each is near the other: that is one hull.
    let mut at = 0;
    let is_common = |position: &u32| {
        at += rights[at..].partition_point(|right| right < position);
        rights.get(at) == Some(position)
    };
    let common: Vec<u32> = lefts.iter().copied().filter(is_common).collect();
    let twice = places_near(&common, &common, Nearness { ordered: true, ..nearness });
    (all - twice).try_into().unwrap_or(u32::MAX)
}

/// The number of pairs of positions that are near, but not the same.
fn places_near(lefts: &[u32], rights: &[u32], nearness: Nearness<'_>) -> u64 {
    let starts = nearness.starts.unwrap_or_default();
    let (mut from, mut behind, mut next_unit, mut pairs) = (0, 0, 0, 0);
    for &left in lefts {
        next_unit += starts[next_unit..].iter().take_while(|&&start| start <= left).count();
        let unit = if next_unit == 0 { 0 } else { starts[next_unit - 1] };
        let unit_end = starts.get(next_unit).copied().unwrap_or(u32::MAX);
        let low = left.saturating_sub(nearness.words).max(unit);
        let low = if nearness.ordered { low.max(left + 1) } else { low };
        let high = left.saturating_add(nearness.words).min(unit_end - 1);
        from += rights[from..].iter().take_while(|&&right| right < low).count();
        behind += rights[behind..].iter().take_while(|&&right| right <= high).count();
        let is_itself = low <= left && rights[from..].binary_search(&left).is_ok();
        pairs += (behind.saturating_sub(from) - usize::from(is_itself)) as u64;
    }
    pairs
}

/// The left intervals that have no right one near.
pub(crate) fn not_near(
    lefts: &[Interval],
    rights: &[Interval],
    nearness: Nearness<'_>,
    effort: &mut Effort,
) -> Vec<Interval> {
    let longest = longest(rights);
    let mut is_near = |left: Interval| {
        let mut window = rights[nearness.window(left, rights, longest)].iter();
        window.any(|&right| effort.is_over_after(1) || nearness.allows(left, right))
    };
    lefts.iter().copied().filter(|&left| !is_near(left)).collect()
}

/// The greatest distance between the ends of an interval.
fn longest(intervals: &[Interval]) -> u32 {
    intervals.iter().map(|p| p.end - p.start).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::super::intervals::tests::{check, words};
    use super::*;

    fn effort() -> Effort {
        let mut effort = Effort::default();
        effort.begin_again();
        effort
    }

    fn near_all(lefts: &[Interval], rights: &[Interval], nearness: Nearness<'_>) -> Vec<Interval> {
        near(lefts, rights, nearness, &mut effort())
    }

    fn within(words: u32, ordered: bool) -> Nearness<'static> {
        Nearness { words, ordered, starts: None }
    }

    #[test]
    fn near_counts_words_between_ends() {
        check(&near_all(&words(&[3, 20]), &words(&[1, 8]), within(5, false)), &[(1, 3), (3, 8)]);
        check(&near_all(&words(&[3, 20]), &words(&[1, 8]), within(5, true)), &[(3, 8)]);
        check(&near_all(&words(&[3]), &words(&[3, 4]), within(5, false)), &[(3, 4)]);
        let lone = not_near(&words(&[3, 20]), &words(&[8]), within(5, false), &mut effort());
        check(&lone, &[(20, 20)]);
    }

    #[test]
    fn pairs_are_counted_as_they_are_found() {
        let starts: &[u32] = &[5, 9];
        let lists: [&[u32]; 5] = [&[], &[3, 20], &[1, 8], &[4, 5, 6, 7, 12], &[3, 8, 9]];
        for (left, right) in lists.iter().flat_map(|l| lists.iter().map(move |r| (l, r))) {
            for (distance, starts) in [(5, None), (1, None), (u32::MAX, Some(starts))] {
                for ordered in [false, true] {
                    let nearness = Nearness { words: distance, ordered, starts };
                    let found = near_all(&words(left), &words(right), nearness).len() as u32;
                    let counted = pairs(left, right, nearness);
                    assert_eq!(counted, found, "{left:?} {right:?} {nearness:?}");
                }
            }
        }
    }

    #[test]
    fn far_windows_take_time_in_proportion_to_their_words() {
        let every: Vec<u32> = (0..100_000).collect();
        let count = u64::from(pairs(&every, &every, within(1000, false)));
        assert_eq!(count, (1..=1000).map(|distance| 100_000 - distance).sum::<u64>());
        assert_eq!(pairs(&every, &every, within(1 << 24, false)), u32::MAX);

        let mut effort = Effort::default();
        effort.begin(2 * every.len());
        let found = near(&words(&every), &words(&every), within(1 << 24, false), &mut effort);
        assert!(effort.steps < 40 * every.len(), "{}", effort.steps);
        assert!(found.len() > every.len());
        assert!(effort.is_certain(found.len() as u32, 1) && !effort.is_certain(0, 1));
        let apart = not_near(&words(&every), &words(&[0]), within(1 << 24, true), &mut effort);
        assert_eq!(apart.len(), every.len());
    }

    #[test]
    fn what_is_left_out_makes_no_match() {
        let (lefts, rights) = (words(&(0..60).collect::<Vec<_>>()), words(&[5, 9, 30, 31, 32, 59]));
        for (ordered, distance) in [(false, 40), (true, 40), (false, 3)] {
            let all = near_all(&lefts, &rights, within(distance, ordered));
            let mut effort = Effort::default();
            effort.begin(4);
            let some = near(&lefts, &rights, within(distance, ordered), &mut effort);
            assert!(!some.is_empty() && some.iter().all(|found| all.contains(found)));
        }
    }

    #[test]
    fn a_word_between_the_ends_is_near() {
        let pair = near_all(&words(&[0]), &words(&[4]), within(5, false));
        check(&near_all(&pair, &words(&[2]), within(1, false)), &[(0, 4)]);
        let phrase = [Interval { start: 0, end: 4, has_gaps: false }];
        check(&near_all(&phrase, &words(&[2]), within(1, false)), &[]);
    }

    #[test]
    fn matches_lie_in_one_sentence() {
        let in_sentence = Nearness { words: u32::MAX, ordered: false, starts: Some(&[0, 5, 9]) };
        check(&near_all(&words(&[3, 6]), &words(&[4, 5]), in_sentence), &[(3, 4), (5, 6)]);
    }
}
