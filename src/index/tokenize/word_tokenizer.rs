//! The tokenizer of running text. Each distinct word is emitted once with all its positions, then each stem that is a term: so
//! a word is stemmed once, and the engine, which keeps a list of positions for each term, finds the list of the word before
//! in the cache.

use std::collections::hash_map::Entry;
use std::hash::Hasher;
use std::ops::Range;

use rustc_hash::{FxHashMap, FxHasher};
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use super::stem_cache::StemCache;
use super::{STEM, untagged};
use crate::text::MAX_WORD;
use crate::text::byte_classes;
use crate::text::fold::fold_into;
use crate::text::words::{Words, words};

/// Most words that are grouped together; their groups fit the processor's cache.
const STRETCH: usize = 1 << 12;
/// No further place.
const NONE: u32 = u32::MAX;

/// The tokenizer of running text.
#[derive(Default)]
pub(crate) struct WordTokenizer {
    stems: Option<StemCache>,
    grouped: Grouped,
}

impl Clone for WordTokenizer {
    /// A clone is for another thread and begins with an empty cache.
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl Tokenizer for WordTokenizer {
    type TokenStream<'a> = WordStream<'a>;

    fn token_stream<'a>(&'a mut self, value: &'a str) -> WordStream<'a> {
        let (text, language) = untagged(value);
        self.grouped.clear();
        WordStream {
            text,
            language,
            rest: words(text),
            position: 0,
            stems: self.stems.get_or_insert_default(),
            grouped: &mut self.grouped,
            word: 0,
            place: NONE,
            stem: 0,
            token: Token::default(),
        }
    }
}

/// The terms of a text, stretch by stretch, and in each word by word. Their byte offsets are not set.
pub(crate) struct WordStream<'a> {
    text: &'a str,
    language: &'a str,
    rest: Words<'a>,
    /// Of the first word of `rest`.
    position: u32,
    stems: &'a mut StemCache,
    grouped: &'a mut Grouped,
    /// The next word of the stretch, and the next place of the word before.
    word: usize,
    place: u32,
    /// The next stem of the stretch.
    stem: usize,
    token: Token,
}

impl TokenStream for WordStream<'_> {
    fn advance(&mut self) -> bool {
        loop {
            if let Some(&Place { position, next }) = self.grouped.places.get(self.place as usize) {
                self.token.position = position as usize;
                self.place = next;
                return true;
            }
            if let Some(word) = self.grouped.words.get(self.word) {
                self.word += 1;
                self.place = word.first;
                self.token.text.clear();
                self.token.text.push_str(word.of(&self.grouped.letters));
            } else if let Some(stem) = self.grouped.stems.get(self.stem) {
                self.stem += 1;
                self.token.position = stem.position as usize;
                self.token.text.clear();
                self.token.text.push_str(&self.grouped.stem_letters[stem.letters.clone()]);
                return true;
            } else if !self.next_stretch() {
                return false;
            }
        }
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

impl WordStream<'_> {
    /// Goes on to the next stretch and returns whether there is one.
    fn next_stretch(&mut self) -> bool {
        let Self { text, rest, position, language, stems, grouped, .. } = self;
        grouped.fill(text, rest, position, language, stems);
        (self.word, self.stem) = (0, 0);
        !self.grouped.words.is_empty()
    }
}

/// The words of a stretch of a text, grouped; the memory is reused for the next stretch.
#[derive(Default)]
pub(crate) struct Grouped {
    words: Vec<Word>,
    places: Vec<Place>,
    /// The folded words, concatenated.
    letters: String,
    /// The stems that are terms, by position: several words can have the same.
    stems: Vec<Stem>,
    stem_letters: String,
    /// The number of each word in `words`, by its [`key`]. A hash table with two bytes a slot is 1 to 4 ns a word faster (26 to 28
    /// ns with the cutting of words).
    numbers: FxHashMap<u64, u16>,
    folded: String,
}

struct Word {
    key: u64,
    /// First byte in `letters`, and bytes.
    start: u32,
    length: u32,
    first: u32,
    last: u32,
}

impl Word {
    fn of<'l>(&self, letters: &'l str) -> &'l str {
        &letters[self.start as usize..(self.start + self.length) as usize]
    }
}

#[derive(Clone, Copy)]
struct Place {
    position: u32,
    /// Of the same word.
    next: u32,
}

struct Stem {
    position: u32,
    /// Bytes of `stem_letters`.
    letters: Range<usize>,
}

impl Grouped {
    /// Groups the next of the words of `text`, the first of them at `position`, which moves on.
    fn fill(
        &mut self,
        text: &str,
        words: &mut Words<'_>,
        position: &mut u32,
        language: &str,
        stems: &mut StemCache,
    ) {
        self.clear();
        let mut folded = std::mem::take(&mut self.folded);
        while self.places.len() < STRETCH
            && let Some((range, is_plain)) = words.next_with_kind()
        {
            let word = &text[range.clone()];
            match is_plain {
                _ if word.len() > MAX_WORD => {}
                // [`super::tagged`] put it in lower case.
                true => {
                    let number = byte_classes::number_in(text.as_bytes(), range);
                    self.add(word, number, *position);
                }
                false => {
                    fold_into(word, &mut folded);
                    self.add(&folded, byte_classes::number(folded.as_bytes()), *position);
                }
            }
            *position += 1;
        }
        self.folded = folded;
        self.add_stems(language, stems);
    }

    fn clear(&mut self) {
        self.words.clear();
        self.places.clear();
        self.letters.clear();
        self.stems.clear();
        self.stem_letters.clear();
        self.numbers.clear();
    }

    /// Adds a word at a position; `number` is the word's [`byte_classes::number`].
    fn add(&mut self, word: &str, number: Option<u64>, position: u32) {
        let mut key = key(word, number);
        let place = self.places.len() as u32;
        self.places.push(Place { position, next: NONE });
        loop {
            match self.numbers.entry(key) {
                Entry::Vacant(free) => {
                    free.insert(self.words.len() as u16);
                    let (start, length) = (self.letters.len() as u32, word.len() as u32);
                    self.letters.push_str(word);
                    self.words.push(Word { key, start, length, first: place, last: place });
                    return;
                }
                Entry::Occupied(at) => {
                    let known = &mut self.words[usize::from(*at.get())];
                    if known.of(&self.letters) == word {
                        self.places[known.last as usize].next = place;
                        known.last = place;
                        return;
                    }
                    // Another word with the same key.
                    key = key.wrapping_add(1);
                }
            }
        }
    }

    fn add_stems(&mut self, language: &str, cache: &mut StemCache) {
        for word in &self.words {
            let Some(term) = cache.term(word.key, word.of(&self.letters), language) else {
                continue;
            };
            let start = self.stem_letters.len();
            self.stem_letters.push(STEM);
            self.stem_letters.push_str(term);
            let letters = start..self.stem_letters.len();
            let places = places(&self.places, word.first);
            self.stems.extend(places.map(|position| Stem { position, letters: letters.clone() }));
        }
        self.stems.sort_unstable_by_key(|stem| stem.position);
    }
}

/// A folded word as a number: a short one by its letters ([`byte_classes::number`]), a longer one by a hash of them.
pub(super) fn key(word: &str, number: Option<u64>) -> u64 {
    number.unwrap_or_else(|| {
        let mut hasher = FxHasher::default();
        hasher.write(word.as_bytes());
        hasher.finish()
    })
}

/// The positions from the place `first` on.
fn places(places: &[Place], first: u32) -> impl Iterator<Item = u32> {
    let at = |place: u32| places.get(place as usize);
    std::iter::successors(at(first), move |place| at(place.next)).map(|place| place.position)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::index::tokenize::tagged;
    use crate::text::{self, folded_words, is_found_by, stem};

    fn terms(tokenizer: &mut WordTokenizer, text: &str) -> Vec<(usize, String)> {
        let value = tagged(text, Some("en"));
        let mut stream = tokenizer.token_stream(&value);
        let mut terms = Vec::new();
        while stream.advance() {
            terms.push((stream.token().position, stream.token().text.clone()));
        }
        terms
    }

    #[test]
    fn each_word_gives_itself_and_then_the_stem_that_it_does_not_begin_with() {
        let found = terms(&mut WordTokenizer::default(), "Parties Party 27 parties ministers");
        let expected = [
            (0, "parties"),
            (3, "parties"),
            (1, "party"),
            (2, "27"),
            (4, "ministers"),
            (1, "\u{1}parti"),
        ];
        assert_eq!(found, expected.map(|(at, term)| (at, term.to_owned())));
    }

    proptest! {
        #[test]
        fn every_word_stands_in_its_places(
            texts in prop::collection::vec("([a-c]{1,3}(y|ies|ing|é|’s)? ?|[a-z]{1,12} |\\PC){0,60}", 1..4),
            times in prop_oneof![4 => Just(1_usize), 1 => Just(90)],
        ) {
            let mut tokenizer = WordTokenizer::default();
            for text in texts {
                let text = text.repeat(times);
                let mut expected = Vec::new();
                let lengths = text::words(&text).map(|range| range.len());
                for ((at, word), length) in folded_words(&text).into_iter().enumerate().zip(lengths) {
                    if length > MAX_WORD {
                        continue;
                    }
                    let stem = stem(&word, "en");
                    if !is_found_by(&word, &stem) {
                        expected.push((at, format!("{STEM}{stem}")));
                    }
                    expected.push((at, word));
                }
                let mut found = terms(&mut tokenizer, &text);
                let mut last = FxHashMap::default();
                for (at, term) in &found {
                    // The engine takes the places of a term in their order.
                    prop_assert!(last.insert(term.clone(), *at).is_none_or(|before| before < *at));
                }
                found.sort();
                expected.sort();
                prop_assert_eq!(found, expected);
            }
        }
    }
}
