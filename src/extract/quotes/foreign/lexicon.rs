//! The verbs of speech and other words that attribute quotations in languages other than English, from a table.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::text::word_key::key;

/// The function of a word next to a quotation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum WordRole {
    /// A verb of speech: `dijo`, `déclaré`.
    SpeechVerb,
    /// A name after it is the speaker's: `según`.
    According,
    /// `ella`
    Pronoun,
    /// A name after it is not the speaker's: `ante`.
    Preposition,
}

impl WordRole {
    /// Whether the word is a cue.
    pub(super) fn is_cue(self) -> bool {
        matches!(self, Self::SpeechVerb | Self::According)
    }
}

/// The words of one language.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    roles: FxHashMap<u32, WordRole>,
    /// Endings of titles that are capitalised like names.
    titles: Vec<&'static str>,
}

impl Lexicon {
    /// That of the language with this ISO 639-1 code, if the table has it.
    pub(super) fn of(language: &str) -> Option<&'static Self> {
        LEXICONS.get(language)
    }

    /// Whether the word is a title: *Bürgermeisterin Ana Luz*.
    pub(super) fn is_title(&self, word: &str) -> bool {
        let word = word.to_lowercase();
        self.titles.iter().any(|ending| word.ends_with(ending))
    }

    /// The role of `word`, whose [`key`] is given; French attaches the pronoun to the verb: *ajoute-t-il*.
    pub(super) fn role(&self, word: &str, key_of_word: u32) -> Option<WordRole> {
        if let Some(&role) = self.roles.get(&key_of_word) {
            return Some(role);
        }
        let (verb, pronoun) = word.split_once('-')?;
        let role = |word: &str| self.roles.get(&key(word)).copied();
        role(verb)
            .filter(|&role| role == WordRole::SpeechVerb)
            .or_else(|| role(pronoun.rsplit('-').next()?))
            .filter(|&role| role != WordRole::Preposition)
    }
}

static LEXICONS: LazyLock<FxHashMap<&str, Lexicon>> = LazyLock::new(|| {
    let mut lexicons: FxHashMap<&str, Lexicon> = FxHashMap::default();
    let lines = include_str!("../../tables/speech_verbs.tsv").lines();
    for line in lines.filter(|line| !line.starts_with('#')) {
        let mut fields = line.split('\t');
        let (Some(language), Some(kind), Some(words)) =
            (fields.next(), fields.next(), fields.next())
        else {
            continue;
        };
        let lexicon = lexicons.entry(language).or_default();
        let role = match kind {
            "title" => {
                lexicon.titles.extend(words.split(' '));
                continue;
            }
            "verb" => WordRole::SpeechVerb,
            "according" => WordRole::According,
            "pronoun" => WordRole::Pronoun,
            _ => WordRole::Preposition,
        };
        for word in words.split(' ') {
            lexicon.roles.entry(key(word)).or_insert(role);
        }
    }
    lexicons
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verbs_are_found_with_attached_pronouns() {
        let check = |language: &str, word: &str, expected| {
            let lexicon = Lexicon::of(language).expect("the language is listed");
            assert_eq!(lexicon.role(word, key(word)), expected, "{word}");
        };
        check("es", "señaló", Some(WordRole::SpeechVerb));
        check("fr", "ajoute-t-il", Some(WordRole::SpeechVerb));
        check("fr", "a-t-elle", Some(WordRole::Pronoun));
        check("fr", "porte-monnaie", None);
        check("de", "laut", Some(WordRole::According));
        assert!(Lexicon::of("en").is_none());
    }
}
