//! How text becomes terms, for indexing and for queries alike.
//!
//! A word is a run of letters and digits, inner apostrophes joined (`O'Brien` is `obrien`), the possessive and elided
//! articles left out (`Iran's` is `iran`, `l'homme` is `homme`). It is folded: lower case, Latin accents off. Each
//! word gives its folded form as a term: one field answers exact, stemmed, wildcard and proximity queries in any mixture.
//!
//! A stemmed query looks for all words of the same stem. Most begin with it, and are [found](crate::text::is_found_by) among the terms,
//! which are in order. A word that does not (of `party` it is `parti`), or whose stem is too short to look for, gives its stem
//! in the text's language as a second term, at the same position, behind [`STEM`]: one in twenty.

mod stem_cache;
mod word_tokenizer;
use tantivy::tokenizer::{Token, TokenStream, Tokenizer, TokenizerManager};

use super::tokenize::word_tokenizer::WordTokenizer;
use crate::text::fold::fold_into;
use crate::text::words::{Words, words};

/// Name of the tokenizer of running text.
pub const WORDS: &str = "newsdex-words";
/// Name of the tokenizer of names: the [`length`] of the value, and every word.
pub const NAME: &str = "newsdex-name";
/// Precedes a stem among the terms.
pub const STEM: char = '\u{1}';
/// Precedes the [`length`] of a value among the terms of a name field.
pub const LENGTH: char = '=';
/// Precedes the language code in a text that is handed to the tokenizer.
const LANGUAGE: char = '\u{2}';

/// The tokenizers that the schema names.
pub fn tokenizers() -> TokenizerManager {
    let manager = TokenizerManager::default();
    manager.register(WORDS, WordTokenizer::default());
    manager.register(NAME, NameTokenizer);
    manager
}

/// `text` as a value of a [`WORDS`] field: it says in which language it is to be stemmed. ASCII letters are put in
/// lower case here: all at once is faster than word by word.
pub fn tagged(text: &str, language: Option<&str>) -> String {
    let mut value = String::with_capacity(text.len() + 4);
    value.push(LANGUAGE);
    value.push_str(language.filter(|l| l.len() == 2).unwrap_or("--"));
    value.push_str(text);
    value.make_ascii_lowercase();
    value
}

pub(super) fn untagged(value: &str) -> (&str, &str) {
    match value.strip_prefix(LANGUAGE) {
        Some(rest) if rest.is_char_boundary(2) => (&rest[2..], &rest[..2]),
        _ => (value, "--"),
    }
}

/// Tokenizer of names: the length of the value, then its words, the first of them at the same position. So a name of
/// two words is told from one of three that begins with them, without a term for each name.
#[derive(Clone, Default)]
struct NameTokenizer;

impl Tokenizer for NameTokenizer {
    type TokenStream<'a> = NameStream<'a>;

    fn token_stream<'a>(&'a mut self, value: &'a str) -> NameStream<'a> {
        NameStream { value, words: None, token: Token::default() }
    }
}

/// The term of all names of so many words.
pub fn length(words: usize) -> String {
    format!("{LENGTH}{words}")
}

struct NameStream<'a> {
    value: &'a str,
    /// What is left of the words; `None` before the length.
    words: Option<Words<'a>>,
    token: Token,
}

impl TokenStream for NameStream<'_> {
    fn advance(&mut self) -> bool {
        let Some(rest) = &mut self.words else {
            self.token.position = 0;
            self.token.text = length(words(self.value).count());
            self.words = Some(words(self.value));
            return true;
        };
        let Some(range) = rest.next() else { return false };
        // The first word stands where the length does.
        let is_first = self.token.text.starts_with(LENGTH);
        self.token.position += usize::from(!is_first);
        fold_into(&self.value[range], &mut self.token.text);
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_by_part_and_told_by_their_length() {
        let mut tokenizer = NameTokenizer;
        let mut stream = tokenizer.token_stream("José O’Neil");
        let mut terms = Vec::new();
        while stream.advance() {
            terms.push(stream.token().text.clone());
        }
        assert_eq!(terms, ["=2", "jose", "oneil"]);
    }
}
