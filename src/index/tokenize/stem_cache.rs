//! Stems of words, by language, and which of them are terms of the index: those that cannot be found from the words
//! alone. Most words of a text have been seen before: they are remembered in a table of fixed size that stays in the
//! processor's cache.

use std::hash::Hasher;

use rustc_hash::FxHasher;

use super::STEM;
use crate::text::stems::{is_found_by, is_shortened_in_english, stem};

/// Sets of words remembered: a quarter of a megabyte in all.
const SETS: usize = 1 << 13;
/// So many bytes may stand at the end of a stem that are not the word's: `happi` has one.
const MAX_TAIL: usize = 6;

/// A word, known by its hash (of a million words two share one with a chance of one in ten million), and the term that its
/// stem gives, or the word itself, as a beginning of the word with a tail.
#[derive(Clone, Copy, Default)]
struct Known {
    hash: u64,
    kept: u8,
    tail: [u8; MAX_TAIL],
    tail_length: u8,
}

impl Known {
    /// `None` if it does not fit.
    fn new(hash: u64, word: &str, term: &str) -> Option<Self> {
        let same = word.char_indices().zip(term.chars()).find(|((_, a), b)| a != b);
        let kept = same.map_or(word.len().min(term.len()), |((at, _), _)| at);
        let mut known = Self {
            hash,
            kept: u8::try_from(kept).ok()?,
            tail_length: u8::try_from(term.len() - kept).ok()?,
            ..Self::default()
        };
        known.tail.get_mut(..term.len() - kept)?.copy_from_slice(&term.as_bytes()[kept..]);
        Some(known)
    }

    fn term_of<'w>(&self, word: &'w str) -> (&'w str, &str) {
        let tail = std::str::from_utf8(&self.tail[..usize::from(self.tail_length)]);
        (word.get(..usize::from(self.kept)).unwrap_or(word), tail.unwrap_or_default())
    }
}

/// Stems of words seen lately: sets of two, of which the one not seen for longer makes way.
pub(crate) struct StemCache {
    known: Vec<[Known; 2]>,
}

impl Default for StemCache {
    fn default() -> Self {
        Self { known: vec![<[Known; 2]>::default(); SETS] }
    }
}

/// What was remembered where a word would be.
#[derive(Clone, Copy, Default)]
pub(crate) struct Seen {
    hash: u64,
    set: [Known; 2],
}

impl StemCache {
    /// Fetches what is remembered of the folded word of that [`hash`].
    pub(crate) fn seen(&self, hash: u64) -> Seen {
        Seen { hash, set: self.known[hash as usize % SETS] }
    }

    /// Adds the term that the stem of a folded word gives to `out`, if it gives one, and says whether it is; `seen` is of that word.
    pub(crate) fn add(&mut self, seen: Seen, word: &str, language: &str, out: &mut String) -> bool {
        let Seen { hash, set: [first, second] } = seen;
        let known = if first.hash == hash {
            first
        } else if second.hash == hash {
            self.known[hash as usize % SETS] = [second, first];
            second
        } else if language == "en" && word.is_ascii() && is_shortened_in_english(word.as_bytes()) {
            // What is told so quickly need not be remembered.
            return false;
        } else {
            let stem = stem(word, language);
            let term = if is_found_by(word, &stem) { word } else { &*stem };
            let Some(known) = Known::new(hash, word, term) else {
                let is_term = term != word;
                if is_term {
                    out.push(STEM);
                    out.push_str(term);
                }
                return is_term;
            };
            self.known[hash as usize % SETS] = [known, first];
            known
        };
        let (kept, tail) = known.term_of(word);
        let is_term = kept.len() < word.len() || !tail.is_empty();
        if is_term {
            out.push(STEM);
            out.push_str(kept);
            out.push_str(tail);
        }
        is_term
    }
}

/// What a folded word is known by: a short one by its letters, a longer one by a hash of them; `number` is
/// [`block::number`](crate::text::byte_classes::number) of it.
pub(crate) fn key(word: &str, number: Option<u64>) -> u64 {
    number.unwrap_or_else(|| {
        let mut hasher = FxHasher::default();
        hasher.write(word.as_bytes());
        hasher.finish()
    })
}

/// Of the [`key`] of a word in its language; never 0, the mark of a free slot.
pub(crate) fn hash(key: u64, language: &str) -> u64 {
    let code: [u8; 2] = language.as_bytes().first_chunk().copied().unwrap_or_default();
    spread(key ^ u64::from(u16::from_le_bytes(code)).rotate_right(8)) | 1 << 63
}

/// All bits of a number in each of the lower ones.
pub(crate) fn spread(number: u64) -> u64 {
    /// Odd, with bits in no order: the golden ratio's.
    const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;
    let product = number.wrapping_mul(FACTOR);
    (product ^ product >> 32).wrapping_mul(FACTOR)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::byte_classes::number;

    #[test]
    fn stems_are_terms_where_words_do_not_begin_with_them() {
        let mut cache = StemCache::default();
        let words = [
            "ministers",
            "happy",
            "taxes",
            "skies",
            "said",
            "straßen",
            "häuser",
            "уехали",
            "a",
            "counterrevolutionaries",
        ];
        for language in ["en", "de", "ru", "--", "en"] {
            for word in words.iter().chain(&words) {
                let mut out = "x".to_owned();
                let is_term = cache.add(
                    cache.seen(hash(key(word, number(word.as_bytes())), language)),
                    word,
                    language,
                    &mut out,
                );
                let stem = stem(word, language);
                let is_found = stem == *word || (stem.len() > 3 && word.starts_with(&*stem));
                assert_eq!(is_term, !is_found, "{word} in {language}");
                assert_eq!(
                    out[1..].trim_start_matches(STEM),
                    if is_term { &*stem } else { "" },
                    "{word} in {language}"
                );
            }
        }
    }
}
