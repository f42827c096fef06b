//! Stems of words by language (Snowball, <https://snowballstem.org>), and which words a search by prefix finds from their
//! stem.

use std::borrow::Cow;

use frostem::{Algorithm, Stemmer};

/// Fewest characters of a stem that words are searched for by prefix: too many words begin with a shorter one.
const LOOKED_FOR: usize = 4;

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

/// Whether the word has an ending that the English stemmer removes or replaces. The stemmer itself would try each.
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

/// Whether the English stemmer at most removes the end of the word and leaves [`LOOKED_FOR`] letters, as far as the word's ending
/// shows without it. What it replaces: `y` by `i`, the letters before `ing`, `ation` and `ator`, and what can be left of words
/// in `ed` and `s`.
pub(crate) fn is_shortened_in_english(word: &[u8]) -> bool {
    match word {
        []
        | [b'\'', ..]
        | [.., b's' | b'u' | b'i' | b'y' | b'\'', b's']
        | [.., b's', b's', b'e', b's']
        | [.., b'i', b'e', b's']
        | [.., b'a', b't', b'i', b'o', b'n']
        | [.., b'a', b't', b'i', b'o', b'n', b'a', b'l'] => false,
        // Most endings are removed in the regions R1 and R2 of the algorithm, which begin behind the second and the fourth
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

/// Whether the word is found by its stem too. Words with digits are only found as they are.
pub fn is_stemmed(folded: &str) -> bool {
    !folded.bytes().any(|b| b.is_ascii_digit())
}

/// Whether a search among the words of the index finds the word from its stem, so that the stem is no term.
pub fn is_found_by(word: &str, stem: &str) -> bool {
    word == stem || (is_looked_for(stem) && word.starts_with(stem))
}

/// Whether the stem is long enough to search for words that begin with it.
pub fn is_looked_for(stem: &str) -> bool {
    stem.chars().nth(LOOKED_FOR - 1).is_some()
}

/// The Snowball stemmer of a language.
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

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
}
