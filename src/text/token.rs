//! Tokens: the words, numbers and marks that a body is read in, and what they look like.

use super::Span;

/// What a token looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Shape {
    /// `secretary`; also letters of scripts without case.
    Lower,
    /// `Tehran`, `McCain`, `O'Brien`; also `al-Sadr`, `d'Estaing`.
    Capital,
    /// `TEHRAN`, `UN`, `U.S.`; a single capital letter too (`J.`).
    Upper,
    /// Opens with a digit: `27`, `5,000`, `3rd`.
    Number,
    /// One double or single quotation mark.
    Quote,
    /// Possessive `'s` or `’`, standing on its own behind a word.
    Clitic,
    /// One other mark.
    Mark,
}

impl Shape {
    /// Whether it has the capital letter of a name.
    pub fn is_capital(self) -> bool {
        matches!(self, Self::Capital | Self::Upper)
    }

    /// Whether it is letters or digits.
    pub fn is_word(self) -> bool {
        matches!(self, Self::Lower | Self::Capital | Self::Upper | Self::Number)
    }
}

/// A word, number or mark of the body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// First byte in the body.
    pub start: u32,
    /// One past its last byte.
    pub end: u32,
    /// What it looks like.
    pub shape: Shape,
    /// Whether white space precedes it.
    pub spaced: bool,
}

impl Token {
    /// Its bytes in the body.
    pub fn span(self) -> Span {
        Span { start: self.start, end: self.end }
    }
}
