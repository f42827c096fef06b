//! The entry of each token of a text by itself: from the list of words, by its ending, or by its mark. Its class in its
//! sentence is decided in `context`.

use super::word_class::Class;
use super::word_classes::{WordEntry, by_ending, listed, unlisted};
use crate::text::word_key::key_of_token;
use crate::text::{Shape, Text};

/// The entries of all tokens of a text.
pub(super) struct Lookup {
    /// The [`key_of_token`] of each.
    pub(super) keys: Vec<u32>,
    /// The class of a word with a capital is that in lower case, if it is listed; all others have a class.
    pub(super) entries: Vec<WordEntry>,
    /// The tokens that are opening brackets, in order.
    pub(super) brackets: Vec<u32>,
}

impl Lookup {
    /// Looks up all tokens of `text`.
    pub(super) fn of(text: &Text<'_>) -> Self {
        let count = text.tokens.len();
        let (keys, entries) = (Vec::with_capacity(count), Vec::with_capacity(count));
        let mut lookup = Self { keys, entries, brackets: Vec::new() };
        for (at, token) in text.tokens.iter().enumerate() {
            let key = key_of_token(text, at);
            let mut entry = if token.shape.is_word() {
                listed(key).unwrap_or_else(|| unlisted(text.word(at), key))
            } else {
                WordEntry { stem: key, class: None, attributes: None }
            };
            entry.class = match token.shape {
                Shape::Lower => entry.class.or_else(|| Some(by_ending(text.word(at)))),
                Shape::Capital | Shape::Upper => entry.class,
                Shape::Number => Some(Class::Number),
                Shape::Clitic => Some(Class::Genitive),
                Shape::Quote => Some(Class::Mark),
                Shape::Mark => Some(mark(text.word(at))),
            };
            if entry.class == Some(Class::Open) {
                lookup.brackets.push(at as u32);
            }
            lookup.keys.push(key);
            lookup.entries.push(entry);
        }
        lookup
    }
}

fn mark(word: &str) -> Class {
    match word.as_bytes() {
        b"," => Class::Comma,
        b";" => Class::Semicolon,
        b":" => Class::Colon,
        b"%" => Class::Noun,
        b"." | b"?" | b"!" => Class::Stop,
        b"(" | b"[" => Class::Open,
        b")" | b"]" => Class::Close,
        b"-" => Class::Dash,
        [first, ..] if !first.is_ascii() => match word {
            "–" | "—" | "―" => Class::Dash,
            "…" => Class::Stop,
            _ => Class::Mark,
        },
        _ => Class::Mark,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_have_the_class_of_their_list_ending_or_mark() {
        let text = Text::new("Whom did 27 zxqvs (quickly) support? Iran’s “plan” — said");
        let classes: Vec<_> = Lookup::of(&text).entries.iter().map(|entry| entry.class).collect();
        let expected = [
            Class::Wh,
            Class::Do,
            Class::Number,
            Class::Nouns,
            Class::Open,
            Class::Adverb,
            Class::Close,
            Class::NounVerb,
            Class::Stop,
        ];
        assert_eq!(classes[..9], expected.map(Some));
        let expected = [Class::Genitive, Class::Mark, Class::Noun, Class::Mark, Class::Dash];
        assert_eq!(classes[10..15], expected.map(Some));
        assert_eq!(Lookup::of(&text).brackets, [4]);
    }
}
