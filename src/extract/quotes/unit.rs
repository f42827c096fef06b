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
    /// What a listed word attributes.
    pub(crate) attributes: Option<Attributes>,
    /// What it names, if it is part of a name.
    pub(crate) names: Option<Kind>,
    /// Does a noun phrase end with it?
    pub(crate) is_head: bool,
    /// Does it open with a capital letter?
    pub(crate) capital: bool,
    /// Does it go on with a quotation that the unit before, the end of its paragraph, left open?
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
