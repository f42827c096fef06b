//! The unit that sentences are read in: a word, a mark, or all words between two quotation marks.

use super::cue_words::Attributes;
use super::word_class::Class;
use crate::extract::names::Kind;

/// A word, a mark, or all words between two quotation marks.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Unit {
    /// First token.
    pub(crate) start: u32,
    /// One past the last token.
    pub(crate) end: u32,
    /// Its class in its sentence.
    pub(crate) class: Class,
    /// [`key`](crate::text::word_key::key) of the word; for words between marks one of the length and the last mark.
    pub(crate) key: u32,
    /// [`stem`](super::inflection::stem) of the word.
    pub(crate) stem: u32,
    /// What it attributes, if it is listed.
    pub(crate) attributes: Option<Attributes>,
    /// The kind of the name that it is part of.
    pub(crate) names: Option<Kind>,
    /// Whether a noun phrase ends with it.
    pub(crate) is_head: bool,
    /// Whether it opens with a capital letter.
    pub(crate) capital: bool,
    /// Whether it continues a quotation that the end of the paragraph before left open.
    pub(crate) goes_on: bool,
}

impl Unit {
    /// The length of a quoted span, from 1 for one token to 5 for more than twelve.
    pub(crate) fn quoted_length(&self) -> u32 {
        self.key >> 8
    }

    /// Whether a quoted span ends with a mark of punctuation.
    pub(crate) fn ends_with_mark(&self) -> bool {
        self.key as u8 != 0
    }
}
