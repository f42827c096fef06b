//! The tokenizer of names: the length of the value, then its words, the first of them at the same position, and their readings, also
//! those with two letters for an umlaut: a name has no accents among its terms, as whole names are looked up by them.
//! So a name of two words is told from one of three that begins with them, without a term for each name.

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use super::{length, reading};
use crate::text::{self, fold, fold_umlauts};

/// The tokenizer of names.
#[derive(Clone, Default)]
pub(super) struct NameTokenizer {
    terms: Vec<(usize, String)>,
}

impl Tokenizer for NameTokenizer {
    type TokenStream<'a> = NameStream<'a>;

    fn token_stream<'a>(&'a mut self, value: &'a str) -> NameStream<'a> {
        let words: Vec<_> = text::words(value).collect();
        self.terms.clear();
        self.terms.push((0, length(words.len())));
        let folded = words.iter().map(|word| fold(&value[word.clone()])).enumerate();
        self.terms.extend(folded);
        let readings = text::readings(value, &words).into_iter();
        self.terms.extend(readings.map(|r| (r.first as usize, reading(&r.folded, r.words))));
        let umlauts = words.iter().map(|word| fold_umlauts(&value[word.clone()])).enumerate();
        let umlauts = umlauts.filter_map(|(at, folded)| Some((at, reading(&folded?, 1))));
        self.terms.extend(umlauts);
        // The engine takes the places of a term in their order.
        self.terms.sort();
        NameStream { terms: self.terms.drain(..), token: Token::default() }
    }
}

/// The terms of a name.
pub(super) struct NameStream<'a> {
    terms: std::vec::Drain<'a, (usize, String)>,
    token: Token,
}

impl TokenStream for NameStream<'_> {
    fn advance(&mut self) -> bool {
        let Some((position, term)) = self.terms.next() else { return false };
        (self.token.position, self.token.text) = (position, term);
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
        let mut tokenizer = NameTokenizer::default();
        let mut stream = tokenizer.token_stream("José O’Neil-Bär");
        let mut terms = Vec::new();
        while stream.advance() {
            terms.push((stream.token().position, stream.token().text.clone()));
        }
        let expected = [
            (0, "=3"),
            (0, "jose"),
            (1, "\u{2}oneilbaer\u{2}"),
            (1, "\u{2}oneilbar\u{2}"),
            (1, "oneil"),
            (2, "\u{2}baer\u{1}"),
            (2, "bar"),
        ];
        assert_eq!(terms, expected.map(|(at, term)| (at, term.to_owned())));
    }
}
