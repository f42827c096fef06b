//! Readings: words that a mark [joins](super::joined) can be read as one word (`e-mail` as `email`). A reading is found like a
//! word, so that a text is found by either spelling.

use std::ops::Range;

use super::fold::{fold, fold_umlauts};
use super::joined::Chain;

/// One word in place of several.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reading {
    /// Position of the first word that it stands for.
    pub first: u32,
    /// The number of words that it stands for.
    pub words: u32,
    /// The word that is read, folded.
    pub folded: String,
}

/// Finds the readings of a text, whose words are given one after the other.
#[derive(Debug, Default)]
pub(crate) struct Reader {
    chain: Chain,
    /// Position of the first word of the chain.
    first: u32,
    /// Position of the next word.
    next: u32,
}

impl Reader {
    /// Goes on to the next word of `text`, and calls `each` for the readings that are then known.
    #[inline]
    pub(crate) fn add(&mut self, text: &str, word: &Range<usize>, mut each: impl FnMut(Reading)) {
        let first = self.first;
        self.chain.add(text, word.clone(), |run, words| {
            joined(text, first, &run, words, &mut each);
        });
        if self.chain.len() == 1 {
            self.first = self.next;
        }
        self.next += 1;
    }

    /// Ends the text.
    pub(crate) fn end(&mut self, text: &str, mut each: impl FnMut(Reading)) {
        let first = self.first;
        self.chain.end(text, |run, words| joined(text, first, &run, words, &mut each));
    }
}

/// Calls `each` for the readings of a run of words as one; umlauts give a second one.
fn joined(
    text: &str,
    first: u32,
    run: &Range<usize>,
    words: &[Range<usize>],
    each: &mut impl FnMut(Reading),
) {
    let of = |fold: &dyn Fn(&str) -> String| -> String {
        words.iter().map(|word| fold(&text[word.clone()])).collect()
    };
    let folded = of(&|word| fold(word));
    let umlauts = of(&|word| fold_umlauts(word).unwrap_or_else(|| fold(word)));
    let (first, words) = (first + run.start as u32, run.len() as u32);
    let has_umlauts = umlauts != folded;
    each(Reading { first, words, folded });
    if has_umlauts {
        each(Reading { first, words, folded: umlauts });
    }
}

/// The readings of a text with these words (byte ranges).
pub fn readings(text: &str, words: &[Range<usize>]) -> Vec<Reading> {
    let mut reader = Reader::default();
    let mut readings = Vec::new();
    for word in words {
        reader.add(text, word, |reading| readings.push(reading));
    }
    reader.end(text, |reading| readings.push(reading));
    readings
}

#[cfg(test)]
mod tests {
    use super::super::words;
    use super::*;

    fn check(text: &str, expected: &[(u32, u32, &str)]) {
        let all: Vec<_> = words(text).collect();
        let mut found = readings(text, &all);
        found.sort();
        let found: Vec<_> = found.iter().map(|r| (r.first, r.words, r.folded.as_str())).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn texts_are_read_by_either_spelling() {
        check("An e-mail to Müller", &[(1, 2, "email")]);
        check("Bölling-Åkers", &[(0, 2, "boellingaakers"), (0, 2, "bollingakers")]);
        check("re-elected on 3-1 of 1,000", &[(0, 2, "reelected"), (6, 2, "1000")]);
    }
}
