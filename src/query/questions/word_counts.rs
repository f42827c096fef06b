//! Frequencies of folded words in two sets of texts.

use std::hash::Hash;

use rustc_hash::FxHashMap;

use crate::text::byte_classes::number;
use crate::text::fold::fold_into;
use crate::text::words::words;

/// Bytes of a [`Short`] word.
const SHORT: usize = 16;

/// A word of at most [`SHORT`] bytes as two numbers: a look-up follows no pointer.
type Short = [u64; 2];

/// Occurrences of folded words in each of two sets.
#[derive(Default)]
pub(super) struct WordCounts {
    short: FxHashMap<Short, [u64; 2]>,
    long: FxHashMap<Box<str>, [u64; 2]>,
    totals: [u64; 2],
    /// Buffer: a text with ASCII letters in lower case.
    lower: String,
    /// Buffer: a word, folded.
    folded: String,
}

impl WordCounts {
    /// Counts the words of a text, each in the set that `set_of` gives for its number, if it gives one.
    pub(super) fn add(&mut self, text: &str, set_of: impl Fn(usize) -> Option<usize>) {
        let (mut lower, mut folded) =
            (std::mem::take(&mut self.lower), std::mem::take(&mut self.folded));
        lower.clear();
        lower.push_str(text);
        lower.make_ascii_lowercase();
        let (mut all, mut at) = (words(&lower), 0);
        while let Some((range, is_plain)) = all.next_with_kind() {
            if let Some(set) = set_of(at) {
                let word = &lower[range];
                if is_plain {
                    self.add_folded(word, set);
                } else {
                    fold_into(word, &mut folded);
                    self.add_folded(&folded, set);
                }
            }
            at += 1;
        }
        (self.lower, self.folded) = (lower, folded);
    }

    fn add_folded(&mut self, word: &str, set: usize) {
        self.totals[set] += 1;
        let counts = if let Some(short) = short(word) {
            self.short.entry(short).or_default()
        } else if let Some(counts) = self.long.get_mut(word) {
            counts
        } else {
            self.long.entry(word.into()).or_default()
        };
        counts[set] += 1;
    }

    /// All counts together.
    pub(super) fn sum(all: impl IntoIterator<Item = Self>) -> Self {
        let mut all = all.into_iter();
        let mut sum = all.next().unwrap_or_default();
        for other in all {
            sum.totals = added(sum.totals, other.totals);
            add_all(&mut sum.short, other.short);
            add_all(&mut sum.long, other.long);
        }
        sum
    }

    /// Words in each set.
    pub(super) fn totals(&self) -> [u64; 2] {
        self.totals
    }

    /// All words with their counts, in no order.
    pub(super) fn into_words(self) -> impl Iterator<Item = (String, [u64; 2])> {
        let short = self.short.into_iter().map(|(word, counts)| (letters(word), counts));
        short.chain(self.long.into_iter().map(|(word, counts)| (word.into(), counts)))
    }
}

/// A word as two numbers, the rest of which are zeros; `None` for a longer word.
#[inline]
fn short(word: &str) -> Option<Short> {
    let bytes = word.as_bytes();
    match bytes.split_at_checked(SHORT / 2) {
        None => Some([number(bytes)?, 0]),
        Some((first, rest)) => Some([number(first)?, number(rest)?]),
    }
}

/// The word of these numbers.
fn letters(word: Short) -> String {
    let bytes = word.map(u64::to_le_bytes).concat();
    let length = bytes.iter().position(|&byte| byte == 0).unwrap_or(SHORT);
    String::from_utf8_lossy(&bytes[..length]).into_owned()
}

/// Adds counts to others.
fn add_all<K: Eq + Hash>(
    all: &mut FxHashMap<K, [u64; 2]>,
    others: impl IntoIterator<Item = (K, [u64; 2])>,
) {
    for (word, counts) in others {
        let known = all.entry(word).or_default();
        *known = added(*known, counts);
    }
}

fn added([a, b]: [u64; 2], [c, d]: [u64; 2]) -> [u64; 2] {
    [a + c, b + d]
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;
    use crate::text;

    proptest! {
        #[test]
        fn words_are_counted_in_their_sets(
            texts in prop::collection::vec("([a-cA]{1,2}[’']?s?[ -]|[A-Za-zéß]{7,18} |\\PC){0,30}", 0..5),
        ) {
            let set_of = |at: usize| [None, Some(0), Some(1)][at % 3];
            let mut expected: BTreeMap<String, [u64; 2]> = BTreeMap::new();
            let counts = texts.iter().map(|text| {
                let mut counts = WordCounts::default();
                counts.add(text, set_of);
                counts
            });
            let sum = WordCounts::sum(counts);
            for text in &texts {
                for (at, word) in text::folded_words(text).into_iter().enumerate() {
                    if let Some(set) = set_of(at) {
                        expected.entry(word).or_default()[set] += 1;
                    }
                }
            }
            let total = |set: usize| expected.values().map(|counts| counts[set]).sum::<u64>();
            prop_assert_eq!(sum.totals(), [total(0), total(1)]);
            prop_assert_eq!(sum.into_words().collect::<BTreeMap<_, _>>(), expected);
        }
    }
}
