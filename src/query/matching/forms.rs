//! The forms of a word: all words that have its stem, in any language of the index.

use crate::text::{self, is_found_by};

/// A word, and its stems in the languages of an index.
#[derive(Debug)]
pub(crate) struct Forms {
    /// The word itself, folded.
    pub(crate) word: String,
    stems: Vec<Stem>,
}

/// A stem of the word, and the languages in which it is that.
#[derive(Debug)]
pub(crate) struct Stem {
    /// The stem.
    pub(crate) text: String,
    languages: Vec<String>,
}

impl Forms {
    /// Of a folded word.
    pub(crate) fn new(word: &str, languages: &[String]) -> Self {
        let mut stems: Vec<Stem> = Vec::new();
        for (stem, language) in text::stems(word, languages) {
            match stems.iter_mut().find(|known| known.text == stem) {
                Some(known) => known.languages.push(language.to_owned()),
                None => stems.push(Stem { text: stem, languages: vec![language.to_owned()] }),
            }
        }
        Self { word: word.to_owned(), stems }
    }

    /// The stems, none twice.
    pub(crate) fn stems(&self) -> &[Stem] {
        &self.stems
    }

    /// Is this folded word of a text in `language` one of the forms? A stem that is a term is one in any language.
    pub(crate) fn has(&self, folded: &str, language: &str) -> bool {
        folded == self.word
            || self.is_marked_in(folded, language)
            || self.stems.iter().any(|stem| is_found_by(folded, &stem.text) && stem.is_of(folded))
    }

    /// In the texts of which languages one of the stems stands as a term wherever this word does.
    pub(crate) fn doubled_in(&self, folded: &str) -> Vec<String> {
        let languages = self.stems.iter().flat_map(|stem| &stem.languages);
        languages.filter(|language| self.is_marked_in(folded, language)).cloned().collect()
    }

    /// Does the word give one of the stems as a term?
    fn is_marked_in(&self, folded: &str, language: &str) -> bool {
        text::is_stemmed(folded) && {
            let given = text::stem(folded, language);
            !is_found_by(folded, &given) && self.stems.iter().any(|stem| stem.text == given)
        }
    }
}

impl Stem {
    /// Is it the folded word's too, in any of its languages?
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
        assert_eq!(forms.doubled_in("party"), ["en"]);
        assert!(forms.doubled_in("parties").is_empty());
    }
}
