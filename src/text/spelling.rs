//! Spellings of words with their accents and capitals: what folding takes away, for who asks for one spelling alone.

use super::fold::{core, each_composed, fold, is_accented_latin, one_spelling};

/// Most letters of an [acronym]: those that are also common words without capitals are short.
pub(crate) const MAX_ACRONYM: usize = 5;

/// A word as it is spelled: its accents and capitals kept, without apostrophe, possessive and elided article.
pub fn spelling(word: &str) -> String {
    let mut spelled = String::with_capacity(word.len());
    each_composed(core(word), |c| spelled.extend(one_spelling(c)));
    spelled
}

/// The same in lower case.
pub fn lower_spelling(word: &str) -> String {
    in_lower_case(&spelling(word))
}

/// A spelling in lower case, letter by letter, as folding does it.
pub(crate) fn in_lower_case(spelled: &str) -> String {
    spelled.chars().flat_map(char::to_lowercase).collect()
}

/// Whether a word has two letters or more, all of them capitals.
pub fn is_in_capitals(word: &str) -> bool {
    let letters = || core(word).chars().filter(|c| c.is_alphabetic());
    letters().nth(1).is_some() && letters().all(char::is_uppercase)
}

/// The spelling of a word in lower case, if folding takes an accent or the like from it.
pub(crate) fn accented(word: &str) -> Option<String> {
    let is_special = |c| matches!(c, 'ё' | 'Ё' | '\u{300}'..='\u{36f}') || is_accented_latin(c);
    if word.is_ascii() || !word.chars().any(is_special) {
        return None;
    }
    let lower = lower_spelling(word);
    (lower != fold(&lower)).then_some(lower)
}

/// The spelling of a short word in capitals without accents.
pub(crate) fn acronym(word: &str) -> Option<String> {
    if !is_in_capitals(word) {
        return None;
    }
    let spelled = spelling(word);
    let is_short = spelled.chars().nth(MAX_ACRONYM).is_none();
    (is_short && accented(&spelled).is_none()).then_some(spelled)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn accents_and_acronyms_are_what_folding_loses() {
        let check = |word: &str, lower: Option<&str>, capitals: Option<&str>| {
            assert_eq!(accented(word).as_deref(), lower, "{word}");
            assert_eq!(acronym(word).as_deref(), capitals, "{word}");
        };
        check("Président", Some("président"), None);
        check("L’ÉTÉ", Some("été"), None);
        check("AIDS", None, Some("AIDS"));
        check("US’s", None, Some("US"));
        check("McKay", None, None);
        check("HARBOUR", None, None);
        check("O'Leary", None, None);
        check("A", None, None);
    }

    #[test]
    fn words_in_capitals_have_two_of_them() {
        assert!(["US", "G8S", "ÉTÉ", "US’s"].into_iter().all(is_in_capitals));
        assert!(!["A", "Us", "G7", "2021", "東京"].into_iter().any(is_in_capitals));
    }

    proptest! {
        #[test]
        fn spellings_fold_as_their_words(word in "([a-zA-Zé'’ÄøßİёЙ]|[иuе]\u{308}|\u{301}|\\PC){1,9}") {
            for part in super::super::words(&word) {
                let word = &word[part];
                prop_assert_eq!(fold(&spelling(word)), fold(word));
                prop_assert_eq!(fold(&lower_spelling(word)), fold(word));
                prop_assert_eq!(accented(&spelling(word)), accented(word));
                prop_assert_eq!(acronym(&spelling(word)), acronym(word));
            }
        }
    }
}
