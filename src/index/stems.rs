//! Stems of words, by language. Most words of a text have been seen before: they are remembered in a table of fixed
//! size that stays in the processor's cache.

use std::borrow::Cow;
use std::hash::Hasher;

use frostem::{Algorithm, Stemmer};
use rustc_hash::FxHasher;

/// Sets of words remembered: a quarter of a megabyte in all.
const SETS: usize = 1 << 13;
/// So many bytes may stand at the end of a stem that are not the word's: `happi` has one.
const MAX_TAIL: usize = 6;

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

/// A word, known by its hash (of a million words two share one with a chance of one in ten million), and its stem as a
/// beginning of the word with a tail.
#[derive(Clone, Copy, Default)]
struct Known {
    hash: u64,
    kept: u8,
    tail: [u8; MAX_TAIL],
    tail_length: u8,
}

impl Known {
    /// `None` if it does not fit.
    fn new(hash: u64, word: &str, stem: &str) -> Option<Self> {
        let same = word.char_indices().zip(stem.chars()).find(|((_, a), b)| a != b);
        let kept = same.map_or(word.len().min(stem.len()), |((at, _), _)| at);
        let mut known = Self {
            hash,
            kept: u8::try_from(kept).ok()?,
            tail_length: u8::try_from(stem.len() - kept).ok()?,
            ..Self::default()
        };
        known.tail.get_mut(..stem.len() - kept)?.copy_from_slice(&stem.as_bytes()[kept..]);
        Some(known)
    }

    fn stem_of<'w>(&self, word: &'w str) -> (&'w str, &str) {
        let tail = std::str::from_utf8(&self.tail[..usize::from(self.tail_length)]);
        (word.get(..usize::from(self.kept)).unwrap_or(word), tail.unwrap_or_default())
    }
}

/// Stems of words seen lately: sets of two, of which the one not seen for longer makes way.
pub(super) struct StemCache {
    known: Vec<[Known; 2]>,
}

impl Default for StemCache {
    fn default() -> Self {
        Self { known: vec![<[Known; 2]>::default(); SETS] }
    }
}

impl StemCache {
    /// Adds the stem of a folded word to `out`, and says whether it is another word.
    pub(super) fn add(&mut self, word: &str, language: &str, out: &mut String) -> bool {
        let hash = hash(word, language);
        let set = &mut self.known[hash as usize % SETS];
        if set[0].hash != hash {
            set.swap(0, 1);
        }
        if set[0].hash != hash {
            let stem = stem(word, language);
            let Some(known) = Known::new(hash, word, &stem) else {
                out.push_str(&stem);
                return stem != word;
            };
            set[0] = known;
        }
        let (kept, tail) = set[0].stem_of(word);
        out.push_str(kept);
        out.push_str(tail);
        kept.len() < word.len() || !tail.is_empty()
    }
}

/// Of the word in its language; never 0, the mark of a free slot.
fn hash(word: &str, language: &str) -> u64 {
    let code: [u8; 2] = language.as_bytes().first_chunk().copied().unwrap_or_default();
    let mut hasher = FxHasher::default();
    hasher.write_u16(u16::from_le_bytes(code));
    hasher.write(word.as_bytes());
    hasher.finish() | 1 << 63
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
