//! The terms of a text besides its words: stems, readings with their stems, and acronyms, each with its position.

use std::ops::Range;

use rustc_hash::FxHashSet;

use super::stem_cache::StemCache;
use super::{ACRONYM, READING, STEM, number, word_tokenizer};
use crate::text::Reading;
use crate::text::byte_classes;
use crate::text::spelling::acronym;

/// Terms with their positions; the memory is reused.
#[derive(Default)]
pub(super) struct FurtherTerms {
    terms: Vec<Further>,
    /// The terms, concatenated.
    letters: String,
    /// Acronyms that were added.
    acronyms: FxHashSet<String>,
}

struct Further {
    position: u32,
    /// Bytes of `letters`: several terms can have the same.
    letters: Range<usize>,
}

impl FurtherTerms {
    pub(super) fn clear(&mut self) {
        self.terms.clear();
        self.letters.clear();
        self.acronyms.clear();
    }

    pub(super) fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// The position and the letters of term number `at`.
    pub(super) fn get(&self, at: usize) -> Option<(u32, &str)> {
        let term = self.terms.get(at)?;
        Some((term.position, &self.letters[term.letters.clone()]))
    }

    /// Adds the stem of a word at the positions of the word.
    pub(super) fn add_stem(&mut self, stem: &str, positions: impl Iterator<Item = u32>) {
        let letters = self.push(|letters| {
            letters.push(STEM);
            letters.push_str(stem);
        });
        self.terms.extend(positions.map(|position| Further { position, letters: letters.clone() }));
    }

    /// Adds a reading, and its stem if that is a term.
    pub(super) fn add_reading(&mut self, reading: &Reading, language: &str, stems: &mut StemCache) {
        let words = number(reading.words);
        let short = byte_classes::number(reading.folded.as_bytes());
        let key = word_tokenizer::key(&reading.folded, short);
        if let Some(stem) = stems.term(key, &reading.folded, language) {
            let letters = self.push(|letters| {
                letters.extend([READING, STEM]);
                letters.push_str(stem);
                letters.push(words);
            });
            self.terms.push(Further { position: reading.first, letters });
        }
        let letters = self.push(|letters| {
            letters.push(READING);
            letters.push_str(&reading.folded);
            letters.push(words);
        });
        self.terms.push(Further { position: reading.first, letters });
    }

    /// Adds a word of the text if it is an acronym. The first place is enough: it tells that the text has it.
    pub(super) fn add_acronym(&mut self, word: &str, position: u32) {
        let Some(spelled) = acronym(word).filter(|spelled| !self.acronyms.contains(spelled)) else {
            return;
        };
        let letters = self.push(|letters| {
            letters.push(ACRONYM);
            letters.push_str(&spelled);
        });
        self.terms.push(Further { position, letters });
        self.acronyms.insert(spelled);
    }

    fn push(&mut self, add: impl FnOnce(&mut String)) -> Range<usize> {
        let start = self.letters.len();
        add(&mut self.letters);
        start..self.letters.len()
    }

    /// Sorts the terms by position, and drops those that came twice: two readings can have one stem.
    pub(super) fn sort(&mut self) {
        let Self { terms, letters, .. } = self;
        let of = |term: &Further| &letters[term.letters.clone()];
        terms.sort_unstable_by(|a, b| a.position.cmp(&b.position).then_with(|| of(a).cmp(of(b))));
        terms.dedup_by(|a, b| a.position == b.position && of(a) == of(b));
    }
}
