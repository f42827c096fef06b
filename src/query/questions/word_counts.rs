//! Frequencies of folded words in two sets.

use rustc_hash::FxHashMap;

use crate::text::fold::fold_into;

/// Occurrences of folded words in each of two sets.
#[derive(Default)]
pub(super) struct WordCounts {
    words: FxHashMap<Box<str>, [u64; 2]>,
    totals: [u64; 2],
    /// Buffer: a word, folded.
    folded: String,
}

impl WordCounts {
    /// Counts a word of a text in one of the sets.
    pub(super) fn add(&mut self, word: &str, set: usize) {
        fold_into(word, &mut self.folded);
        self.totals[set] += 1;
        match self.words.get_mut(self.folded.as_str()) {
            Some(counts) => counts[set] += 1,
            None => self.insert(set),
        }
    }

    /// Counts the first occurrence of the word in the buffer.
    fn insert(&mut self, set: usize) {
        let mut counts = [0; 2];
        counts[set] = 1;
        self.words.insert(self.folded.as_str().into(), counts);
    }

    /// All counts together.
    pub(super) fn sum(all: impl IntoIterator<Item = Self>) -> Self {
        let mut all = all.into_iter();
        let mut sum = all.next().unwrap_or_default();
        for other in all {
            sum.totals = added(sum.totals, other.totals);
            for (word, counts) in other.into_counts() {
                let known = sum.words.entry(word).or_default();
                *known = added(*known, counts);
            }
        }
        sum
    }

    /// Words in each set.
    pub(super) fn totals(&self) -> [u64; 2] {
        self.totals
    }

    /// All words with their counts, in no order.
    pub(super) fn into_words(self) -> impl Iterator<Item = (String, [u64; 2])> {
        self.into_counts().map(|(word, counts)| (word.into(), counts))
    }

    fn into_counts(self) -> impl Iterator<Item = (Box<str>, [u64; 2])> {
        self.words.into_iter()
    }
}

fn added([a, b]: [u64; 2], [c, d]: [u64; 2]) -> [u64; 2] {
    [a + c, b + d]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_counted_in_their_sets() {
        let mut counts = [WordCounts::default(), WordCounts::default()];
        for (at, word, set) in [(0, "Port", 0), (0, "port’s", 0), (1, "port", 1), (1, "ship", 1)]
        {
            counts[at].add(word, set);
        }
        let sum = WordCounts::sum(counts);
        assert_eq!(sum.totals(), [2, 2]);
        let mut words: Vec<_> = sum.into_words().collect();
        words.sort();
        assert_eq!(words, [("port".to_owned(), [2, 1]), ("ship".to_owned(), [0, 1])]);
        assert_eq!(WordCounts::sum([]).totals(), [0, 0]);
    }
}
