//! Stems of words, by language. Most words of a text have been seen before: they are remembered in a table of fixed
//! size that stays in the processor's cache.

use std::borrow::Cow;
use std::hash::Hasher;

use frostem::{Algorithm, Stemmer};
use rustc_hash::FxHasher;

/// Words remembered; one takes the place of another with the same hash.
const REMEMBERED: usize = 1 << 14;
/// Longer words (bytes) are stemmed each time.
const MAX_WORD: usize = 20;
/// So many bytes may stand at the end of a stem that are not the word's: `happi` has one.
const MAX_TAIL: usize = 5;

/// The stem of a folded word in a language (ISO 639-1); the word itself where no stemmer is known.
pub fn stem<'w>(folded: &'w str, language: &str) -> Cow<'w, str> {
    match algorithm(language) {
        Some(algorithm) => Stemmer::new(algorithm).stem(folded),
        None => Cow::Borrowed(folded),
    }
}

/// Snowball stemmers, after <https://snowballstem.org>. A text of unknown language is taken as it is.
fn algorithm(language: &str) -> Option<Algorithm> {
    Some(match language {
        "en" => Algorithm::English,
        "fr" => Algorithm::French,
        "es" => Algorithm::Spanish,
        "de" => Algorithm::German,
        "pt" => Algorithm::Portuguese,
        "it" => Algorithm::Italian,
        "nl" => Algorithm::Dutch,
        "ru" => Algorithm::Russian,
        "ar" => Algorithm::Arabic,
        "tr" => Algorithm::Turkish,
        "sv" => Algorithm::Swedish,
        "no" | "nb" | "nn" => Algorithm::Norwegian,
        "da" => Algorithm::Danish,
        "fi" => Algorithm::Finnish,
        "hu" => Algorithm::Hungarian,
        "ro" => Algorithm::Romanian,
        "el" => Algorithm::Greek,
        "ta" => Algorithm::Tamil,
        _ => return None,
    })
}

/// A word, and its stem as a beginning of the word with a tail; half a cache line.
#[derive(Clone, Copy, Default)]
#[repr(align(32))]
struct Known {
    language: [u8; 2],
    word: [u8; MAX_WORD],
    length: u8,
    kept: u8,
    tail: [u8; MAX_TAIL],
    tail_length: u8,
}

impl Known {
    /// `None` if the word or the tail is too long.
    fn new(language: [u8; 2], word: &str, stem: &str) -> Option<Self> {
        let same = word.char_indices().zip(stem.chars()).find(|((_, a), b)| a != b);
        let kept = same.map_or(word.len().min(stem.len()), |((at, _), _)| at);
        let mut known = Self {
            language,
            length: u8::try_from(word.len()).ok()?,
            kept: u8::try_from(kept).ok()?,
            tail_length: u8::try_from(stem.len() - kept).ok()?,
            ..Self::default()
        };
        known.word.get_mut(..word.len())?.copy_from_slice(word.as_bytes());
        known.tail.get_mut(..stem.len() - kept)?.copy_from_slice(&stem.as_bytes()[kept..]);
        Some(known)
    }

    fn is(&self, language: [u8; 2], word: &str) -> bool {
        self.language == language && &self.word[..usize::from(self.length)] == word.as_bytes()
    }

    fn stem_of<'w>(&self, word: &'w str) -> (&'w str, &str) {
        let tail = std::str::from_utf8(&self.tail[..usize::from(self.tail_length)]);
        (&word[..usize::from(self.kept)], tail.unwrap_or_default())
    }
}

/// Stems of words seen lately.
pub(super) struct StemCache {
    known: Vec<Known>,
}

impl Default for StemCache {
    fn default() -> Self {
        Self { known: vec![Known::default(); REMEMBERED] }
    }
}

impl StemCache {
    /// Adds the stem of a folded word to `out`, and says whether it is another word.
    pub(super) fn add(&mut self, word: &str, language: &str, out: &mut String) -> bool {
        let code = language.as_bytes().first_chunk().copied().unwrap_or_default();
        let mut hasher = FxHasher::default();
        hasher.write(word.as_bytes());
        let slot = &mut self.known[hasher.finish() as usize % REMEMBERED];
        if !slot.is(code, word) {
            let stem = stem(word, language);
            let Some(known) = Known::new(code, word, &stem) else {
                out.push_str(&stem);
                return stem != word;
            };
            *slot = known;
        }
        let (kept, tail) = slot.stem_of(word);
        out.push_str(kept);
        out.push_str(tail);
        kept.len() < word.len() || !tail.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_remembered_is_what_the_stemmer_says() {
        let mut cache = StemCache::default();
        let words = [
            "ministers",
            "happy",
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
                let is_other = cache.add(word, language, &mut out);
                assert_eq!(out[1..], *stem(word, language), "{word} in {language}");
                assert_eq!(is_other, out[1..] != **word, "{word} in {language}");
            }
        }
    }
}
