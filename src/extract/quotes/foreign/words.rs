//! What the words of other languages do next to a quotation, from a table.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::text::word_key::key;

/// What a word does next to a quotation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// `dijo`, `déclaré`: by it something is said.
    Verb,
    /// `según`: a name behind it is the speaker's.
    According,
    /// `ella`
    Pronoun,
    /// `ante`: a name behind it is not the speaker's.
    Preposition,
}

/// The words of one language.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    roles: FxHashMap<u32, Role>,
    /// Endings of titles that are written like names.
    titles: Vec<&'static str>,
}

impl Lexicon {
    /// Of the language with this code of ISO 639-1, if its words are listed.
    pub(super) fn of(language: &str) -> Option<&'static Self> {
        LEXICONS.get(language)
    }

    /// Is it a title: *Bürgermeisterin Ana Luz*?
    pub(super) fn is_title(&self, word: &str) -> bool {
        let word = word.to_lowercase();
        self.titles.iter().any(|ending| word.ends_with(ending))
    }

    /// What `word` with this [`key`] does; French joins the pronoun to the verb: *ajoute-t-il*.
    pub(super) fn role(&self, word: &str, key_of_word: u32) -> Option<Role> {
        if let Some(&role) = self.roles.get(&key_of_word) {
            return Some(role);
        }
        let (verb, pronoun) = word.split_once('-')?;
        let role = |word: &str| self.roles.get(&key(word)).copied();
        role(verb)
            .filter(|&role| role == Role::Verb)
            .or_else(|| role(pronoun.rsplit('-').next()?))
            .filter(|&role| role != Role::Preposition)
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
            "verb" => Role::Verb,
            "according" => Role::According,
            "pronoun" => Role::Pronoun,
            _ => Role::Preposition,
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
    fn verbs_are_known_with_their_pronouns() {
        let check = |language: &str, word: &str, expected| {
            let lexicon = Lexicon::of(language).expect("the language is listed");
            assert_eq!(lexicon.role(word, key(word)), expected, "{word}");
        };
        check("es", "señaló", Some(Role::Verb));
        check("fr", "ajoute-t-il", Some(Role::Verb));
        check("fr", "a-t-elle", Some(Role::Pronoun));
        check("fr", "porte-monnaie", None);
        check("de", "laut", Some(Role::According));
        assert!(Lexicon::of("en").is_none());
    }
}
