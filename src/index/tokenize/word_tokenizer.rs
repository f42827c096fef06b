//! The tokenizer of running text. Each distinct word is emitted once with all its positions, then stems, readings and acronyms
//! that are terms: so a word is stemmed once, and the engine, which keeps a list of positions for each term, finds the list of
//! the word before in the cache.

use std::collections::hash_map::Entry;
use std::hash::Hasher;
use std::ops::Range;

use rustc_hash::{FxHashMap, FxHasher};
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use super::further_terms::FurtherTerms;
use super::stem_cache::StemCache;
use super::{ACCENTED, untagged};
use crate::text::MAX_WORD;
use crate::text::byte_classes;
use crate::text::fold::fold_into;
use crate::text::readings::Reader;
use crate::text::spelling::{MAX_ACRONYM, accented};
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
    /// The text with ASCII letters in lower case: all at once is faster than word by word.
    lower: String,
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
        self.lower.clear();
        self.lower.push_str(text);
        self.lower.make_ascii_lowercase();
        let (words, readings) = (words(&self.lower), Reader::default());
        WordStream {
            rest: Rest { text, lower: &self.lower, language, words, position: 0, readings },
            stems: self.stems.get_or_insert_default(),
            grouped: &mut self.grouped,
            word: 0,
            place: NONE,
            further: 0,
            token: Token::default(),
        }
    }
}

/// The terms of a text, stretch by stretch, and in each word by word. Their byte offsets are not set.
pub(crate) struct WordStream<'a> {
    rest: Rest<'a>,
    stems: &'a mut StemCache,
    grouped: &'a mut Grouped,
    /// The next word of the stretch, and the next place of the word before.
    word: usize,
    place: u32,
    /// The next further term of the stretch.
    further: usize,
    token: Token,
}

/// What is left of a text.
struct Rest<'a> {
    text: &'a str,
    lower: &'a str,
    language: &'a str,
    words: Words<'a>,
    /// Of the first word of `words`.
    position: u32,
    readings: Reader,
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
            } else if let Some((position, term)) = self.grouped.further.get(self.further) {
                self.further += 1;
                self.token.position = position as usize;
                self.token.text.clear();
                self.token.text.push_str(term);
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
        self.grouped.fill(&mut self.rest, self.stems);
        (self.word, self.further) = (0, 0);
        !self.grouped.words.is_empty() || !self.grouped.further.is_empty()
    }
}

/// The words of a stretch of a text, grouped; the memory is reused for the next stretch.
#[derive(Default)]
pub(crate) struct Grouped {
    words: Vec<Word>,
    places: Vec<Place>,
    /// The folded words, concatenated.
    letters: String,
    further: FurtherTerms,
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
    /// Bytes of the folded word, which the term begins with.
    folded: u32,
    first: u32,
    last: u32,
}

impl Word {
    fn of<'l>(&self, letters: &'l str) -> &'l str {
        &letters[self.start as usize..(self.start + self.length) as usize]
    }

    fn folded<'l>(&self, letters: &'l str) -> &'l str {
        &letters[self.start as usize..(self.start + self.folded) as usize]
    }
}

#[derive(Clone, Copy)]
struct Place {
    position: u32,
    /// Of the same word.
    next: u32,
}

impl Grouped {
    /// Groups the next words of a text.
    fn fill(&mut self, rest: &mut Rest<'_>, stems: &mut StemCache) {
        self.clear();
        let mut folded = std::mem::take(&mut self.folded);
        while self.places.len() < STRETCH
            && let Some((range, is_plain)) = rest.words.next_with_kind()
        {
            let (word, at) = (&rest.lower[range.clone()], rest.position);
            rest.readings.add(rest.lower, &range, |reading| {
                self.further.add_reading(&reading, rest.language, stems);
            });
            match is_plain {
                _ if word.len() > MAX_WORD => {}
                true => {
                    let number = byte_classes::number_in(rest.lower.as_bytes(), range.clone());
                    self.add(word, word.len(), number, at);
                    if may_be_in_capitals(rest.text, range.clone(), number) {
                        self.further.add_acronym(&rest.text[range], at);
                    }
                }
                false => {
                    fold_into(word, &mut folded);
                    let length = folded.len();
                    if let Some(accented) = accented(word) {
                        folded.push(ACCENTED);
                        folded.push_str(&accented);
                    }
                    self.add(&folded, length, byte_classes::number(folded.as_bytes()), at);
                    self.further.add_acronym(&rest.text[range], at);
                }
            }
            rest.position += 1;
        }
        if self.places.len() < STRETCH {
            rest.readings.end(rest.lower, |reading| {
                self.further.add_reading(&reading, rest.language, stems);
            });
        }
        self.folded = folded;
        self.add_stems(rest.language, stems);
    }

    fn clear(&mut self) {
        self.words.clear();
        self.places.clear();
        self.letters.clear();
        self.further.clear();
        self.numbers.clear();
    }

    /// Adds the term of a word at a position, of which so many bytes are the folded word; `number` is the term's
    /// [`byte_classes::number`].
    fn add(&mut self, word: &str, folded: usize, number: Option<u64>, position: u32) {
        let mut key = key(word, number);
        let place = self.places.len() as u32;
        self.places.push(Place { position, next: NONE });
        loop {
            match self.numbers.entry(key) {
                Entry::Vacant(free) => {
                    free.insert(self.words.len() as u16);
                    let (start, length) = (self.letters.len() as u32, word.len() as u32);
                    self.letters.push_str(word);
                    let folded = folded as u32;
                    self.words.push(Word { key, start, length, folded, first: place, last: place });
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
            let Some(stem) = cache.term(word.key, word.folded(&self.letters), language) else {
                continue;
            };
            self.further.add_stem(stem, places(&self.places, word.first));
        }
        self.further.sort();
    }
}

/// Whether a word of ASCII letters and digits is short and has a capital behind its first letter; `number` is that of the word in lower
/// case.
#[inline]
fn may_be_in_capitals(text: &str, word: Range<usize>, number: Option<u64>) -> bool {
    word.len() <= MAX_ACRONYM
        && byte_classes::number_in(text.as_bytes(), word)
            .zip(number)
            .is_some_and(|(as_is, lower)| (as_is ^ lower) >> 8 != 0)
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
    use rustc_hash::FxHashSet;

    use super::*;
    use crate::index::tokenize::{ACRONYM, READING, STEM, reading, tagged};
    use crate::text::spelling::acronym;
    use crate::text::{self, fold, is_found_by, stem};

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
        let text = "Parties Party 27 parties ministers US by-élan";
        let found = terms(&mut WordTokenizer::default(), text);
        let expected = [
            (0, "parties"),
            (3, "parties"),
            (1, "party"),
            (2, "27"),
            (4, "ministers"),
            (5, "us"),
            (6, "by"),
            (7, "elan\u{4}élan"),
            (1, "\u{1}parti"),
            (5, "\u{3}US"),
            (6, "\u{2}byelan\u{2}"),
        ];
        assert_eq!(found, expected.map(|(at, term)| (at, term.to_owned())));
    }

    proptest! {
        #[test]
        fn every_word_stands_in_its_places(
            texts in prop::collection::vec("([a-cA]{1,3}(y|ies|ing|é|ü|’s)?[ -]?|[0-9]{1,3}[,.-]?|[a-z]{1,12} |\\PC){0,60}", 1..4),
            times in prop_oneof![4 => Just(1_usize), 1 => Just(90)],
        ) {
            let mut tokenizer = WordTokenizer::default();
            for text in texts {
                let text = text.repeat(times);
                let words: Vec<_> = text::words(&text).collect();
                let mut expected = Vec::new();
                let mut acronyms = FxHashSet::default();
                let mut add_stem = |at, word: &str, words| {
                    let stem = stem(word, "en").into_owned();
                    if !is_found_by(word, &stem) {
                        let term = format!("{STEM}{stem}");
                        expected.push((at, if words > 1 { reading(&term, words) } else { term }));
                    }
                };
                let all = text::readings(&text, &words);
                let short = || words.iter().enumerate().filter(|(_, word)| word.len() <= MAX_WORD);
                for r in &all {
                    add_stem(r.first as usize, &r.folded, r.words);
                }
                for (at, word) in short() {
                    add_stem(at, &fold(&text[word.clone()]), 1);
                }
                expected.extend(all.iter().map(|r| (r.first as usize, reading(&r.folded, r.words))));
                for (at, word) in short() {
                    let word = &text[word.clone()];
                    let accents = accented(word).map(|accented| format!("{ACCENTED}{accented}"));
                    expected.push((at, fold(word) + &accents.unwrap_or_default()));
                    acronyms.extend(acronym(word).map(|spelled| format!("{ACRONYM}{spelled}")));
                }
                let mut found = terms(&mut tokenizer, &text);
                let mut last = FxHashMap::default();
                for (at, term) in &found {
                    // The engine takes the places of a term in their order.
                    prop_assert!(last.insert(term.clone(), *at).is_none_or(|before| before < *at));
                }
                let is_acronym = |(_, term): &mut (usize, String)| term.starts_with(ACRONYM);
                let given = found.extract_if(.., is_acronym).map(|(_, term)| term);
                prop_assert_eq!(given.collect::<FxHashSet<_>>(), acronyms);
                found.sort();
                expected.sort();
                expected.dedup_by(|a, b| a == b && a.1.starts_with(READING));
                prop_assert_eq!(found, expected);
            }
        }
    }
}
