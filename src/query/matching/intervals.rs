//! The algebra of intervals: ranges of word positions at which a pattern matches, and how they combine.

use std::ops::Range;

use super::effort::Effort;

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
    fn hull(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end), has_gaps: true }
    }

    /// Whether both can be parts of one match: they do not overlap, or one lies in the gaps of the other.
    fn is_disjoint(self, other: Self) -> bool {
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
    fn distance(self, other: Self) -> u32 {
        other.start.saturating_sub(self.end).max(self.start.saturating_sub(other.end))
    }
}

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

/// The hulls of all pairs that are near, in order, none twice. `lefts` and `rights` are sorted. If the pairs are too many,
/// some of each left interval.
pub(crate) fn near(
    lefts: &[Interval],
    rights: &[Interval],
    nearness: Nearness<'_>,
    effort: &mut Effort,
) -> Vec<Interval> {
    let longest = longest(rights);
    let all: usize = lefts.iter().map(|&left| nearness.window(left, rights, longest).len()).sum();
    let each = if all > effort.pairs { (effort.pairs / lefts.len()).max(4) } else { usize::MAX };
    let mut pairs = Vec::new();
    for &left in lefts {
        let window = nearness.window(left, rights, longest);
        if effort.is_over_after(window.len().min(each)) {
            break;
        }
        if window.len() > each {
            effort.leave_out();
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

/// Intervals that contain each of the words at a position of its own, in any order, with at most `slop` other words: the
/// shortest from each start.
pub(crate) fn loose_phrase(words: &[&[u32]], slop: u32, effort: &mut Effort) -> Vec<Interval> {
    let mut starts: Vec<u32> = words.iter().flat_map(|w| w.iter().copied()).collect();
    starts.sort_unstable();
    starts.dedup();
    let reach = (words.len() as u32 - 1).saturating_add(slop);
    starts
        .iter()
        .enumerate()
        .filter_map(|(at, &start)| {
            let end = shortest(words, &starts[at..], start.saturating_add(reach), effort)?;
            Some(Interval { start, end, has_gaps: true })
        })
        .collect()
}

/// The least of `ends`, at most `last`, such that each word has a position of its own between `ends[0]` and it.
fn shortest(words: &[&[u32]], ends: &[u32], last: u32, effort: &mut Effort) -> Option<u32> {
    let start = *ends.first()?;
    let ends = &ends[..ends.partition_point(|&end| end <= last)];
    let least = ends.partition_point(|&end| {
        !effort.is_over_after(words.len()) && !has_assignment(words, start, end)
    });
    ends.get(least).copied()
}

/// Whether one word has the position `start` and each other one a position of its own up to `end`: bipartite matching by
/// augmenting paths.
fn has_assignment(words: &[&[u32]], start: u32, end: u32) -> bool {
    let firsts = (0..words.len()).filter(|&word| words[word].binary_search(&start).is_ok());
    firsts.into_iter().any(|first| {
        let mut taken = Vec::with_capacity(words.len());
        (0..words.len())
            .filter(|&word| word != first)
            .all(|word| assign(words, word, start + 1, end, &mut taken, &mut Vec::new()))
    })
}

/// Assigns `word` a position, and others new ones if need be; false if there is none.
fn assign(
    words: &[&[u32]],
    word: usize,
    start: u32,
    end: u32,
    taken: &mut Vec<(u32, usize)>,
    tried: &mut Vec<u32>,
) -> bool {
    let positions = words[word];
    let from = positions.partition_point(|&p| p < start);
    for &p in positions[from..].iter().take_while(|&&p| p <= end) {
        if tried.contains(&p) {
            continue;
        }
        tried.push(p);
        match taken.iter().position(|&(q, _)| q == p) {
            None => {
                taken.push((p, word));
                return true;
            }
            Some(at) => {
                let other = taken[at].1;
                if assign(words, other, start, end, taken, tried) {
                    // The other word has another position now: this one is free.
                    taken[at].1 = word;
                    return true;
                }
            }
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(positions: &[u32]) -> Vec<Interval> {
        positions.iter().map(|&p| Interval::word(p)).collect()
    }

    fn check(intervals: &[Interval], expected: &[(u32, u32)]) {
        let found: Vec<_> = intervals.iter().map(|p| (p.start, p.end)).collect();
        assert_eq!(found, expected);
    }

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
            let mut effort = Effort { pairs: 8, ..Effort::default() };
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

    #[test]
    fn of_overlapping_readings_the_shortest_count() {
        let interval = |start, end| Interval { start, end, has_gaps: false };
        let mut joined = [(1, 3), (1, 2), (6, 7), (8, 9)].map(|(a, b)| interval(a, b)).into();
        settle(&[7], &mut joined);
        check(&joined, &[(1, 2), (8, 9)]);
    }

    #[test]
    fn phrases_are_found_with_and_without_slop() {
        check(&phrase(&[(0, &[1, 5]), (1, &[2, 9])], 2), &[(1, 2)]);
        let interval = |start, end| Interval { start, end, has_gaps: false };
        let joined = vec![interval(1, 2), interval(5, 5), interval(5, 6)];
        check(&phrase_of_intervals(&[(0, joined), (1, words(&[3, 6]))]), &[(1, 3), (5, 6)]);
        check(&phrase_of_intervals(&[(0, vec![interval(1, 2)]), (2, words(&[4]))]), &[(1, 4)]);
        check(&loose_phrase(&[&[1, 9], &[3]], 1, &mut effort()), &[(1, 3)]);
        check(&loose_phrase(&[&[3], &[1]], 1, &mut effort()), &[(1, 3)]);
        check(&loose_phrase(&[&[3], &[3]], 5, &mut effort()), &[]);
        check(&loose_phrase(&[&[3, 4], &[3]], 0, &mut effort()), &[(3, 4)]);
    }
}
