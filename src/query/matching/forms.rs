//! The inflected forms of a word: all words that have its stem, in any language of the index.

use super::word::folded_forms;
use crate::text::{self, is_found_by};

/// A word, and its stems in the languages of an index.
#[derive(Debug)]
pub(crate) struct Forms {
    /// The word itself, folded: in two ways if it has umlauts.
    pub(crate) words: Vec<String>,
    stems: Vec<Stem>,
}

/// A stem of the word, with the languages that give it.
#[derive(Debug)]
pub(crate) struct Stem {
    /// The stem.
    pub(crate) text: String,
    languages: Vec<String>,
}

impl Forms {
    /// Of a word.
    pub(crate) fn new(word: &str, languages: &[String]) -> Self {
        let words = folded_forms(word);
        let mut stems: Vec<Stem> = Vec::new();
        for (stem, language) in words.iter().flat_map(|word| text::stems(word, languages)) {
            match stems.iter_mut().find(|known| known.text == stem) {
                Some(known) => known.languages.push(language.to_owned()),
                None => stems.push(Stem { text: stem, languages: vec![language.to_owned()] }),
            }
        }
        Self { words, stems }
    }

    /// The stems, none twice.
    pub(crate) fn stems(&self) -> &[Stem] {
        &self.stems
    }

    /// Whether this folded word of a text in `language` is one of the forms. A word that begins with
    /// its stem is indexed without a stem term, and so is a form in texts of any language.
    pub(crate) fn has(&self, folded: &str, language: &str) -> bool {
        self.has_umlauts(folded) || self.has_stem_term_in(folded, language)
    }

    /// Whether this word of a text, folded with two letters for each umlaut, is one of the forms.
    pub(crate) fn has_umlauts(&self, folded: &str) -> bool {
        self.words.iter().any(|word| word == folded)
            || self.stems.iter().any(|stem| is_found_by(folded, &stem.text) && stem.is_of(folded))
    }

    /// The languages in whose texts each occurrence of this word also gives the term of one of the stems.
    pub(crate) fn languages_with_stem_term(&self, folded: &str) -> Vec<String> {
        let languages = self.stems.iter().flat_map(|stem| &stem.languages);
        languages.filter(|language| self.has_stem_term_in(folded, language)).cloned().collect()
    }

    /// Whether the word gives the term of one of the stems in a text in `language`.
    fn has_stem_term_in(&self, folded: &str, language: &str) -> bool {
        text::is_stemmed(folded) && {
            let given = text::stem(folded, language);
            !is_found_by(folded, &given) && self.stems.iter().any(|stem| stem.text == given)
        }
    }
}

impl Stem {
    /// Whether it is the stem of the folded word too, in any of its languages.
    pub(crate) fn is_of(&self, folded: &str) -> bool {
        let is_of = |language: &String| text::stem(folded, language) == self.text;
        text::is_stemmed(folded) && self.languages.iter().any(is_of)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_the_same_stem_are_forms() {
        let forms = Forms::new("parties", &["de".into(), "en".into(), "fa".into()]);
        for (word, language, expected) in [
            ("parties", "--", true),
            ("party", "en", true),
            ("party", "--", false),
            ("partie", "--", true),
            ("part", "en", false),
            ("taxes", "en", false),
            ("parties2", "en", false),
        ] {
            assert_eq!(forms.has(word, language), expected, "{word} in {language}");
        }
        assert_eq!(forms.languages_with_stem_term("party"), ["en"]);
        assert!(forms.languages_with_stem_term("parties").is_empty());
    }
}
