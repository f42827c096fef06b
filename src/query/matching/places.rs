//! Arithmetic of places: stretches of word positions at which something is found, and how they combine.

/// A stretch of a text that matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Place {
    /// Position of its first word.
    pub(crate) start: u32,
    /// Position of its last word.
    pub(crate) end: u32,
    /// Found by a proximity operator: words between its ends are not its own.
    pub(crate) open: bool,
}

impl Place {
    /// A word.
    pub(crate) fn word(position: u32) -> Self {
        Self { start: position, end: position, open: false }
    }

    /// From the first word of either to the last.
    fn joined(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end), open: true }
    }

    /// Are they different words? They lie apart, or one lies between the ends of what a proximity operator found.
    fn is_apart(self, other: Self) -> bool {
        if self.end < other.start || other.end < self.start {
            return true;
        }
        let shares_end = self.start == other.start
            || self.start == other.end
            || self.end == other.start
            || self.end == other.end;
        let holds = |a: Self, b: Self| {
            (a.start < b.start && b.start < a.end) || (a.start < b.end && b.end < a.end)
        };
        !shares_end && (self.open || !holds(self, other)) && (other.open || !holds(other, self))
    }

    /// Words from the end of one to the start of the other; neighbours are 1 apart, what overlaps is 0 apart.
    fn distance(self, other: Self) -> u32 {
        other.start.saturating_sub(self.end).max(self.start.saturating_sub(other.end))
    }
}

/// What a proximity operator allows.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Nearness<'a> {
    /// Words at most; `u32::MAX` for any number.
    pub(crate) words: u32,
    /// The left one first?
    pub(crate) ordered: bool,
    /// First positions of sentences or paragraphs that the two must share; empty for none.
    pub(crate) cuts: Option<&'a [u32]>,
}

impl Nearness<'_> {
    fn allows(self, left: Place, right: Place) -> bool {
        if self.ordered && left.end >= right.start {
            return false;
        }
        left.is_apart(right)
            && left.distance(right) <= self.words
            && self.cuts.is_none_or(|cuts| is_uncut(cuts, left.joined(right)))
    }

    /// The right places that may be near `left`, as a range of `rights` (sorted by start).
    fn window(self, left: Place, rights: &[Place], longest: u32) -> std::ops::Range<usize> {
        if self.words == u32::MAX {
            return self.cut_window(left, rights);
        }
        let low = left.start.saturating_sub(self.words.saturating_add(longest));
        let high = left.end.saturating_add(self.words);
        range(rights, low, high)
    }

    /// Only what begins in the stretch of `left` can share it.
    fn cut_window(self, left: Place, rights: &[Place]) -> std::ops::Range<usize> {
        let Some(cuts) = self.cuts else { return 0..rights.len() };
        let at = cuts.partition_point(|&cut| cut <= left.start);
        let low = if at == 0 { 0 } else { cuts[at - 1] };
        let high = cuts.get(at).map_or(u32::MAX, |&next| next - 1);
        range(rights, low, high)
    }
}

fn range(places: &[Place], low: u32, high: u32) -> std::ops::Range<usize> {
    let first = places.partition_point(|p| p.start < low);
    let last = places.partition_point(|p| p.start <= high);
    first..last.max(first)
}

/// Does the place lie in one stretch?
fn is_uncut(cuts: &[u32], place: Place) -> bool {
    let first = cuts.partition_point(|&cut| cut <= place.start);
    cuts.get(first).is_none_or(|&next| place.end < next)
}

/// All pairs that are near, in order, each once. `lefts` and `rights` are sorted.
pub(crate) fn near(lefts: &[Place], rights: &[Place], nearness: Nearness<'_>) -> Vec<Place> {
    let longest = longest(rights);
    let mut pairs = Vec::new();
    for &left in lefts {
        for &right in &rights[nearness.window(left, rights, longest)] {
            if nearness.allows(left, right) {
                pairs.push(left.joined(right));
            }
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// How many pairs of words [`near`] gives; `None` if both words stand at one position: then some pairs are the same.
pub(crate) fn pairs(lefts: &[u32], rights: &[u32], nearness: Nearness<'_>) -> Option<u32> {
    let cuts = nearness.cuts.unwrap_or_default();
    let (mut from, mut cut, mut pairs) = (0, 0, 0);
    for &left in lefts {
        while cuts.get(cut).is_some_and(|&start| start <= left) {
            cut += 1;
        }
        let stretch = if cut == 0 { 0 } else { cuts[cut - 1] };
        let low = left.saturating_sub(nearness.words).max(stretch);
        let high = left.saturating_add(nearness.words);
        let end = cuts.get(cut).copied().unwrap_or(u32::MAX);
        while rights.get(from).is_some_and(|&right| right < low) {
            from += 1;
        }
        for &right in rights[from..].iter().take_while(|&&right| right <= high && right < end) {
            if right == left {
                return None;
            }
            pairs += u32::from(right > left || !nearness.ordered);
        }
    }
    Some(pairs)
}

/// The left places with no right one near.
pub(crate) fn not_near(lefts: &[Place], rights: &[Place], nearness: Nearness<'_>) -> Vec<Place> {
    let longest = longest(rights);
    let is_near = |left: Place| {
        rights[nearness.window(left, rights, longest)].iter().any(|&r| nearness.allows(left, r))
    };
    lefts.iter().copied().filter(|&left| !is_near(left)).collect()
}

fn longest(places: &[Place]) -> u32 {
    places.iter().map(|p| p.end - p.start).max().unwrap_or(0)
}

/// Where the words stand at these distances from the first: `words` gives the distance and sorted positions of each.
pub(crate) fn phrase(words: &[(u32, &[u32])], length: u32) -> Vec<Place> {
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
        .map(|start| Place { start, end: start + length - 1, open: false })
        .collect()
}

/// Stretches that hold each of the words at a position of its own, with at most `slop` further words among them: the
/// shortest from each first word on. A word that is asked for twice stands twice.
pub(crate) fn loose_phrase(words: &[&[u32]], slop: u32) -> Vec<Place> {
    let mut starts: Vec<u32> = words.iter().flat_map(|w| w.iter().copied()).collect();
    starts.sort_unstable();
    starts.dedup();
    let reach = (words.len() as u32 - 1).saturating_add(slop);
    starts
        .iter()
        .enumerate()
        .filter_map(|(at, &start)| {
            let end = shortest(words, &starts[at..], start.saturating_add(reach))?;
            Some(Place { start, end, open: true })
        })
        .collect()
}

/// The least of `ends`, not above `last`, up to which each word has a position of its own from `ends[0]` on.
fn shortest(words: &[&[u32]], ends: &[u32], last: u32) -> Option<u32> {
    let start = *ends.first()?;
    let ends = &ends[..ends.partition_point(|&end| end <= last)];
    let least = ends.partition_point(|&end| !has_assignment(words, start, end));
    ends.get(least).copied()
}

/// Can one word stand at `start` and each other one at a position of its own up to `end`? (Bipartite matching.)
fn has_assignment(words: &[&[u32]], start: u32, end: u32) -> bool {
    let firsts = (0..words.len()).filter(|&word| words[word].binary_search(&start).is_ok());
    firsts.into_iter().any(|first| {
        let mut taken = Vec::with_capacity(words.len());
        (0..words.len())
            .filter(|&word| word != first)
            .all(|word| place(words, word, start + 1, end, &mut taken, &mut Vec::new()))
    })
}

/// Gives `word` a position, moving others if need be.
fn place(
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
                if place(words, other, start, end, taken, tried) {
                    // The other word has moved: this place is free.
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

    fn words(positions: &[u32]) -> Vec<Place> {
        positions.iter().map(|&p| Place::word(p)).collect()
    }

    fn check(places: &[Place], expected: &[(u32, u32)]) {
        let found: Vec<_> = places.iter().map(|p| (p.start, p.end)).collect();
        assert_eq!(found, expected);
    }

    fn within(words: u32, ordered: bool) -> Nearness<'static> {
        Nearness { words, ordered, cuts: None }
    }

    #[test]
    fn near_counts_words_between_ends() {
        check(&near(&words(&[3, 20]), &words(&[1, 8]), within(5, false)), &[(1, 3), (3, 8)]);
        check(&near(&words(&[3, 20]), &words(&[1, 8]), within(5, true)), &[(3, 8)]);
        check(&near(&words(&[3]), &words(&[3, 4]), within(5, false)), &[(3, 4)]);
        check(&not_near(&words(&[3, 20]), &words(&[8]), within(5, false)), &[(20, 20)]);
    }

    #[test]
    fn pairs_are_counted_as_they_are_found() {
        let cuts: &[u32] = &[5, 9];
        let lists: [&[u32]; 5] = [&[], &[3, 20], &[1, 8], &[4, 5, 6, 7, 12], &[3, 8, 9]];
        for (left, right) in lists.iter().flat_map(|l| lists.iter().map(move |r| (l, r))) {
            for (distance, cuts) in [(5, None), (1, None), (u32::MAX, Some(cuts))] {
                for ordered in [false, true] {
                    let nearness = Nearness { words: distance, ordered, cuts };
                    let found = near(&words(left), &words(right), nearness).len() as u32;
                    if let Some(counted) = pairs(left, right, nearness) {
                        assert_eq!(counted, found, "{left:?} {right:?} {nearness:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn a_word_between_the_ends_is_near() {
        let pair = near(&words(&[0]), &words(&[4]), within(5, false));
        check(&near(&pair, &words(&[2]), within(1, false)), &[(0, 4)]);
        let phrase = [Place { start: 0, end: 4, open: false }];
        check(&near(&phrase, &words(&[2]), within(1, false)), &[]);
    }

    #[test]
    fn sentences_cut() {
        let cuts = Nearness { words: u32::MAX, ordered: false, cuts: Some(&[0, 5, 9]) };
        check(&near(&words(&[3, 6]), &words(&[4, 5]), cuts), &[(3, 4), (5, 6)]);
    }

    #[test]
    fn phrases_are_found_with_and_without_slop() {
        check(&phrase(&[(0, &[1, 5]), (1, &[2, 9])], 2), &[(1, 2)]);
        check(&loose_phrase(&[&[1, 9], &[3]], 1), &[(1, 3)]);
        check(&loose_phrase(&[&[3], &[1]], 1), &[(1, 3)]);
        check(&loose_phrase(&[&[3], &[3]], 5), &[]);
        check(&loose_phrase(&[&[3, 4], &[3]], 0), &[(3, 4)]);
    }
}
