//! A word that is looked for by its spelling: accents exact, and capitals too if they are asked for.
//!
//! An index keeps accents, and whether a text has a short word in capitals. Where capitals are, only the text says.

use crate::text::spelling::{accented, acronym, in_lower_case};
use crate::text::{self, fold};

/// A word as it is spelled.
#[derive(Debug)]
pub(crate) struct SpelledWord {
    /// Its folded form.
    pub(crate) folded: String,
    /// With its accents in lower case, if it has any.
    pub(crate) accented: Option<String>,
    /// With its capitals, if it is short and has nothing else, and capitals count.
    pub(crate) acronym: Option<String>,
    /// In lower case, unless capitals count.
    spelling: String,
    with_capitals: bool,
}

impl SpelledWord {
    /// Of a spelling, in lower case unless capitals count.
    pub(super) fn new(spelling: &str, with_capitals: bool) -> Self {
        Self {
            folded: fold(spelling),
            accented: accented(spelling),
            acronym: acronym(spelling).filter(|_| with_capitals),
            spelling: spelling.to_owned(),
            with_capitals,
        }
    }

    /// Whether a word of a text is this one.
    pub(crate) fn is(&self, word: &str) -> bool {
        if word.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return if self.with_capitals {
                word == self.spelling
            } else {
                word.eq_ignore_ascii_case(&self.spelling)
            };
        }
        let spelling = text::spelling(word);
        let spelling = if self.with_capitals { spelling } else { in_lower_case(&spelling) };
        spelling == self.spelling
    }

    /// Whether only a text says at which of the places that an index gives the word is.
    pub(crate) fn needs_text(&self) -> bool {
        self.with_capitals
    }

    /// Whether a text that has one of these places has the word.
    pub(crate) fn is_told_by_index(&self) -> bool {
        !self.with_capitals || self.acronym.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(spelling: &str, with_capitals: bool, words: &[&str]) {
        let spelled = SpelledWord::new(spelling, with_capitals);
        for word in words {
            let is_acronym = spelled.acronym.is_none() || acronym(word) == spelled.acronym;
            let can_be =
                fold(word) == spelled.folded && accented(word) == spelled.accented && is_acronym;
            assert!(!spelled.is(word) || can_be, "{spelling} is {word}");
            let is_told = spelled.is_told_by_index();
            assert!(spelled.is(word) || !can_be || !is_told, "{spelling} is not {word}");
        }
    }

    #[test]
    fn what_an_index_keeps_decides_as_the_text_does() {
        let words = [
            "été",
            "Été",
            "ÉTÉ",
            "Ete",
            "ete",
            "ETE",
            "eté",
            "aids",
            "Aids",
            "AIDS",
            "AIDs",
            "Présidente",
            "PRÉSIDENTE",
            "PRESIDENTE",
            "présidente",
            "HARBOUR",
            "Harbour",
            "harbour",
            "müller",
            "mueller",
        ];
        for word in words {
            check(word, true, &words);
            check(&in_lower_case(word), false, &words);
        }
    }
}
