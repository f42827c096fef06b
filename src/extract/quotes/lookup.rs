//! What each token of a text is by itself: from the table of words, by its ending, or by its mark. What it is in its
//! sentence is for `units` and `context`.
//!
//! Which tokens the table has, and which are marks, no processor can foresee: so many are looked up together, and those that
//! the table does not tell are gone through behind them.

use super::word_class::Class;
use super::word_classes::{WordEntry, by_ending, listed, unlisted};
use crate::text::segmentation::{Shape, Text, Token};
use crate::text::word_key::key_of_token;

/// So many tokens are looked up together.
const TOGETHER: usize = 64;

/// What all tokens of a text are by themselves.
pub(super) struct Lookup {
    /// The [`key_of_token`] of each.
    pub(super) keys: Vec<u32>,
    /// The class of a word with a capital is that in lower case, if it is listed; all others have a class.
    pub(super) entries: Vec<WordEntry>,
    /// The tokens that are opening brackets, in order.
    pub(super) brackets: Vec<u32>,
}

impl Lookup {
    pub(super) fn of(text: &Text<'_>) -> Self {
        let keys: Vec<_> = (0..text.tokens.len()).map(|at| key_of_token(text, at)).collect();
        let entries = Vec::with_capacity(keys.len());
        let mut lookup = Self { keys, entries, brackets: Vec::new() };
        for (chunk, tokens) in text.tokens.chunks(TOGETHER).enumerate() {
            lookup.look_up(text, chunk * TOGETHER, tokens);
        }
        lookup
    }

    /// Looks up `tokens`, the first of which is number `first`.
    fn look_up(&mut self, text: &Text<'_>, first: usize, tokens: &[Token]) {
        let found = listed::<TOGETHER>(&self.keys[first..first + tokens.len()]);
        let (mut unknown, mut without_class, mut marks) = (Few::NONE, Few::NONE, Few::NONE);
        for (i, (token, found)) in tokens.iter().zip(found).enumerate() {
            let is_word = token.shape.is_word();
            let is_listed = is_word && found.is_some();
            let bare = WordEntry { stem: self.keys[first + i], class: None, attributes: None };
            let mut entry = std::hint::select_unpredictable(is_listed, found.unwrap_or(bare), bare);
            let class = BY_SHAPE[token.shape as usize];
            entry.class = std::hint::select_unpredictable(class.is_some(), class, entry.class);
            unknown.add(i, is_word && !is_listed);
            without_class.add(i, token.shape == Shape::Lower && entry.class.is_none());
            marks.add(i, token.shape == Shape::Mark);
            self.entries.push(entry);
        }
        for at in unknown.behind(first) {
            self.entries[at] = unlisted(text.word(at), self.entries[at]);
        }
        for at in without_class.behind(first) {
            self.entries[at].class = Some(by_ending(text.word(at)));
        }
        for at in marks.behind(first) {
            let class = mark(text.word(at));
            self.entries[at].class = Some(class);
            if class == Class::Open {
                self.brackets.push(at as u32);
            }
        }
    }
}

/// Some of the tokens that are looked up together.
struct Few {
    /// Counted from the first of all of them.
    tokens: [u8; TOGETHER],
    count: usize,
}

impl Few {
    const NONE: Self = Self { tokens: [0; TOGETHER], count: 0 };

    /// Without a branch: the token stands there in any case, but counts only if it belongs to these.
    fn add(&mut self, token: usize, belongs: bool) {
        self.tokens[self.count % TOGETHER] = token as u8;
        self.count += usize::from(belongs);
    }

    /// Their numbers in the text; `first` is that of the first of all.
    fn behind(&self, first: usize) -> impl Iterator<Item = usize> {
        self.tokens[..self.count].iter().map(move |&token| first + usize::from(token))
    }
}

/// The class of tokens whose [`Shape`] tells it.
static BY_SHAPE: [Option<Class>; 7] = {
    let mut classes = [None; 7];
    classes[Shape::Number as usize] = Some(Class::Number);
    classes[Shape::Clitic as usize] = Some(Class::Genitive);
    classes[Shape::Quote as usize] = Some(Class::Mark);
    classes
};

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
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn tokens_looked_up_together_are_what_each_is(
            words in prop::collection::vec("said|Whom|zxqv[a-z]{0,3}|[A-Z]?[a-z]{1,9}|[0-9]{1,3}|[(,.“:%-]|’s|\\PC", 0..60),
        ) {
            let body = words.join(" ");
            let text = Text::new(&body);
            let lookup = Lookup::of(&text);
            let mut brackets = Vec::new();
            for (at, token) in text.tokens.iter().enumerate() {
                let (word, key) = (text.word(at), lookup.keys[at]);
                let bare = WordEntry { stem: key, class: None, attributes: None };
                let mut expected = match listed(&[key]) {
                    _ if !token.shape.is_word() => bare,
                    [Some(entry)] => entry,
                    [None] => unlisted(word, bare),
                };
                expected.class = match token.shape {
                    Shape::Lower => expected.class.or_else(|| Some(by_ending(word))),
                    Shape::Capital | Shape::Upper => expected.class,
                    Shape::Number => Some(Class::Number),
                    Shape::Clitic => Some(Class::Genitive),
                    Shape::Quote => Some(Class::Mark),
                    Shape::Mark => Some(mark(word)),
                };
                prop_assert_eq!(lookup.entries[at], expected, "{}", word);
                if matches!(word, "(" | "[") {
                    brackets.push(at as u32);
                }
            }
            prop_assert_eq!(lookup.brackets, brackets);
        }
    }
}
