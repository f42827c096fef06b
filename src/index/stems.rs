//! Stems of words, by language, and which of them are terms of the index: those that cannot be found from the words
//! alone. Most words of a text have been seen before: they are remembered in a table of fixed size that stays in the
//! processor's cache.

use std::borrow::Cow;
use std::hash::Hasher;

use frostem::{Algorithm, Stemmer};
use rustc_hash::FxHasher;

use super::analyze::STEM;

/// Sets of words remembered: a quarter of a megabyte in all.
const SETS: usize = 1 << 13;
/// Shorter stems (characters) are not looked for: too many words begin with them.
const LOOKED_FOR: usize = 4;
/// So many bytes may stand at the end of a stem that are not the word's: `happi` has one.
const MAX_TAIL: usize = 6;

/// The stem of a folded word in a language (ISO 639-1); the word itself where no stemmer is known, or if it has a digit.
pub fn stem<'w>(folded: &'w str, language: &str) -> Cow<'w, str> {
    match algorithm(language).filter(|_| is_stemmed(folded)) {
        Some(Algorithm::English) if !may_change_in_english(folded.as_bytes()) => {
            Cow::Borrowed(folded)
        }
        Some(algorithm) => Stemmer::new(algorithm).stem(folded),
        None => Cow::Borrowed(folded),
    }
}

/// Has the word an ending that the English stemmer takes off or writes otherwise? It would look for each of them.
fn may_change_in_english(word: &[u8]) -> bool {
    matches!(
        word,
        [b'\'', ..]
            | [.., b'\'' | b'd' | b'e' | b's' | b'y']
            | [.., b'c' | b'g' | b'l' | b't', b'i']
            | [.., b'n', b'g']
            | [.., b'i', b'c']
            | [.., b'a' | b'l', b'l']
            | [.., b'f', b'u', b'l']
            | [.., b'i', b's', b'm']
            | [.., b'i', b'o', b'n']
            | [.., b'e' | b'o', b'r']
            | [.., b'n' | b's', b't']
    )
}

/// Does the English stemmer only take something off the end of the word, or nothing, and leave as many letters as are looked
/// for? Most long words are told by their ending, without it. What it writes otherwise: `y` as `i`, what stood before `ing`,
/// `ation` and `ator`, and what may be left behind `ed` and `s`.
fn is_shortened_in_english(word: &[u8]) -> bool {
    match word {
        []
        | [b'\'', ..]
        | [.., b's' | b'u' | b'i' | b'y' | b'\'', b's']
        | [.., b's', b's', b'e', b's']
        | [.., b'i', b'e', b's']
        | [.., b'a', b't', b'i', b'o', b'n']
        | [.., b'a', b't', b'i', b'o', b'n', b'a', b'l'] => false,
        // Most that is taken off lies in the regions R1 and R2 of the algorithm, which begin behind the second and the fourth
        // letter at the earliest.
        _ if word.len() <= LOOKED_FOR => false,
        [rest @ .., b'e', b'd'] => {
            let is_hard = [&b"y"[..], b"i", b"ation", b"ator", b"ational", b"ful", b"ness"]
                .iter()
                .any(|ending| rest.ends_with(ending));
            rest.len() > LOOKED_FOR && !is_hard
        }
        [rest @ .., b's'] => rest.len() > LOOKED_FOR && is_shortened_in_english(rest),
        [.., b'e']
        | [.., b'n' | b's', b't']
        | [.., b'i', b'c']
        | [.., b'e', b'r']
        | [.., b'a' | b'l', b'l']
        | [.., b'i', b'o', b'n'] => true,
        _ => !may_change_in_english(word),
    }
}

/// The stem of a folded word in each of `languages` that have a stemmer, with the language.
pub fn stems<'l>(folded: &str, languages: &'l [String]) -> Vec<(String, &'l str)> {
    let with_stemmer = languages.iter().filter_map(|l| Some((algorithm(l)?, l.as_str())));
    with_stemmer.map(|(a, l)| (Stemmer::new(a).stem(folded).into_owned(), l)).collect()
}

/// Is the word found by its stem too? Words with digits are only found as they are.
pub fn is_stemmed(folded: &str) -> bool {
    !folded.bytes().any(|b| b.is_ascii_digit())
}

/// Is a word of this stem found among the words of the index, so that the stem is no term?
pub fn is_found_by(word: &str, stem: &str) -> bool {
    word == stem || (is_looked_for(stem) && word.starts_with(stem))
}

/// Is the stem long enough to look for words that begin with it?
pub fn is_looked_for(stem: &str) -> bool {
    stem.chars().nth(LOOKED_FOR - 1).is_some()
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
pub(super) struct StemCache {
    known: Vec<[Known; 2]>,
}

impl Default for StemCache {
    fn default() -> Self {
        Self { known: vec![<[Known; 2]>::default(); SETS] }
    }
}

/// What was remembered where a word would be.
#[derive(Clone, Copy, Default)]
pub(super) struct Seen {
    hash: u64,
    set: [Known; 2],
}

impl StemCache {
    /// Fetches what is remembered of the folded word of that [`hash`].
    pub(super) fn seen(&self, hash: u64) -> Seen {
        Seen { hash, set: self.known[hash as usize % SETS] }
    }

    /// Adds the term that the stem of a folded word gives to `out`, if it gives one, and says whether it is; `seen` is of that word.
    pub(super) fn add(&mut self, seen: Seen, word: &str, language: &str, out: &mut String) -> bool {
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
/// [`block::number`](crate::extract::block::number) of it.
pub(super) fn key(word: &str, number: Option<u64>) -> u64 {
    number.unwrap_or_else(|| {
        let mut hasher = FxHasher::default();
        hasher.write(word.as_bytes());
        hasher.finish()
    })
}

/// Of the [`key`] of a word in its language; never 0, the mark of a free slot.
pub(super) fn hash(key: u64, language: &str) -> u64 {
    let code: [u8; 2] = language.as_bytes().first_chunk().copied().unwrap_or_default();
    spread(key ^ u64::from(u16::from_le_bytes(code)).rotate_right(8)) | 1 << 63
}

/// All bits of a number in each of the lower ones.
pub(super) fn spread(number: u64) -> u64 {
    /// Odd, with bits in no order: the golden ratio's.
    const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;
    let product = number.wrapping_mul(FACTOR);
    (product ^ product >> 32).wrapping_mul(FACTOR)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::extract::block::number;

    proptest! {
        #[test]
        fn words_of_other_endings_are_their_own_stems(
            word in "'?[a-z]{0,6}(é|[a-z]{2}|ment|ness|tional|ful|able|izer|ator|ogist|ism|ician|ull)",
        ) {
            if !may_change_in_english(word.as_bytes()) {
                prop_assert_eq!(Stemmer::new(Algorithm::English).stem(&word), word.as_str());
            }
        }
    }

    fn check_shortened(word: &str) {
        if word.is_ascii() && is_shortened_in_english(word.as_bytes()) {
            let stem = Stemmer::new(Algorithm::English).stem(word);
            assert!(is_found_by(word, &stem), "{word} has the stem {stem}");
        }
    }

    #[test]
    fn shortened_words_begin_with_their_stems() {
        const STARTS: &str = "a ab aba b ba bab bb bbab aab aabab abba abbab babba y ya bya ey gener commun univers past";
        const ENDINGS: &str = "s es ed ing y e ly ied at bl iz tional enc anc abl ent izer ization ational ation ator \
                               al ism ic fulness ous ness ive bil log ogist ful less li ize icate ative ance ence ible \
                               ant ement ment ist ate ion ll er or nn tt 's ' ee d t n";
        let endings = || ENDINGS.split_whitespace();
        for start in STARTS.split_whitespace() {
            for (a, b) in endings().flat_map(|a| endings().map(move |b| (a, b))) {
                check_shortened(&format!("{start}{b}"));
                check_shortened(&format!("{start}{a}{b}"));
                endings().for_each(|c| check_shortened(&format!("{start}{a}{b}{c}")));
            }
        }
    }

    #[test]
    fn words_of_every_ending_are_stemmed_as_the_stemmer_does() {
        let letters = || ('a'..='z').chain(['\'', 'é']);
        for start in ["", "b", "spect", "gener", "commun", "connect"] {
            for (a, b, c) in letters()
                .flat_map(|a| letters().flat_map(move |b| letters().map(move |c| (a, b, c))))
            {
                let word = format!("{start}{a}{b}{c}");
                assert_eq!(stem(&word, "en"), Stemmer::new(Algorithm::English).stem(&word));
                check_shortened(&word);
            }
        }
    }

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
