//! Phrases in any order with other words between: each word at a place of its own.

use super::effort::Effort;
use super::intervals::Interval;

/// Intervals that contain each of the words at a position of its own, in any order, with at most `slop` other words: the
/// shortest from each start.
pub(crate) fn loose_phrase(words: &[&[u32]], slop: u32, effort: &mut Effort) -> Vec<Interval> {
    let mut starts: Vec<u32> = words.iter().flat_map(|w| w.iter().copied()).collect();
    starts.sort_unstable();
    starts.dedup();
    let reach = (words.len() as u32 - 1).saturating_add(slop);
    if starts.len() == words.iter().map(|word| word.len()).sum::<usize>() {
        return loose_phrase_of_others(words, &starts, reach, effort);
    }
    starts
        .iter()
        .enumerate()
        .filter_map(|(at, &start)| {
            let end = shortest(words, &starts[at..], start.saturating_add(reach), effort)?;
            Some(Interval { start, end, has_gaps: true })
        })
        .collect()
}

/// The same for words that have no position in common: each takes its next one.
fn loose_phrase_of_others(
    words: &[&[u32]],
    starts: &[u32],
    reach: u32,
    effort: &mut Effort,
) -> Vec<Interval> {
    let mut rests = words.to_vec();
    let mut found = Vec::new();
    for &start in starts {
        if effort.is_over_after(words.len()) {
            break;
        }
        let mut end = start;
        for rest in &mut rests {
            while let Some((_, next)) = rest.split_first().filter(|(first, _)| **first < start) {
                *rest = next;
            }
            let Some(&first) = rest.first() else { return found };
            end = end.max(first);
        }
        if end <= start.saturating_add(reach) {
            found.push(Interval { start, end, has_gaps: true });
        }
    }
    found
}

/// The least of `ends`, at most `last`, such that each word has a position of its own between `ends[0]` and it.
fn shortest(words: &[&[u32]], ends: &[u32], last: u32, effort: &mut Effort) -> Option<u32> {
    let start = *ends.first()?;
    let ends = &ends[..ends.partition_point(|&end| end <= last)];
    let mut is_too_short =
        |end: u32| !effort.is_over_after(words.len()) && !has_assignment(words, start, end);
    // It is mostly among the first ones.
    let mut few = words.len();
    while few < ends.len() && is_too_short(ends[few - 1]) {
        few *= 2;
    }
    let ends = &ends[..few.min(ends.len())];
    let least = ends.partition_point(|&end| is_too_short(end));
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
    use super::super::intervals::tests::check;
    use super::*;

    fn effort() -> Effort {
        let mut effort = Effort::default();
        effort.begin_again();
        effort
    }

    #[test]
    fn words_of_a_phrase_come_in_any_order() {
        check(&loose_phrase(&[&[1, 9], &[3]], 1, &mut effort()), &[(1, 3)]);
        check(&loose_phrase(&[&[3], &[1]], 1, &mut effort()), &[(1, 3)]);
        check(&loose_phrase(&[&[3], &[3]], 5, &mut effort()), &[]);
        let others = loose_phrase(&[&[1, 9], &[3, 4], &[5]], 4, &mut effort());
        check(&others, &[(1, 5), (3, 9), (4, 9)]);
        check(&loose_phrase(&[&[3, 4], &[3]], 0, &mut effort()), &[(3, 4)]);
    }
}
