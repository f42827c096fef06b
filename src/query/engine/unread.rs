//! Matches that are not read until somebody asks: what a question needs that looks at all matches and shows few.

use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};

use super::Match;
use crate::article::PartialDate;
use crate::error::Result;

/// Where a match stands in the order that was asked for: lower places come first, and no two matches have the same one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Place(pub [u64; 4]);

/// How much of an article is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Parts {
    /// Its id, path, headline, text, web address, date and language. Other values may be there or not.
    Text,
    /// All of it.
    All,
}

/// Positions of words in a body: from the first to the last of a match.
pub type MatchedWords = RangeInclusive<u32>;

/// What an engine knows of a match that it has not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Known<'w> {
    /// Where the query matches in the body, in order and without overlap, as
    /// [`Highlighter::matches`](crate::query::Highlighter::matches) finds it in the text.
    pub words: &'w [MatchedWords],
    /// The date of publication, if the article has one.
    pub date: Option<PartialDate>,
}

/// A match that may not have been read.
pub trait UnreadMatch {
    /// Where it stands.
    fn place(&self) -> Place;

    /// What is known of it; `None` if only the text tells where the query matches.
    fn known(&self) -> Option<Known<'_>>;

    /// Reads it.
    fn read(&self, parts: Parts) -> Result<Match>;
}

/// A match that was read, with its number among the matches.
pub(super) struct ReadMatch {
    pub(super) number: u64,
    pub(super) found: Match,
}

impl UnreadMatch for ReadMatch {
    fn place(&self) -> Place {
        Place([self.number, 0, 0, 0])
    }

    fn known(&self) -> Option<Known<'_>> {
        None
    }

    fn read(&self, _: Parts) -> Result<Match> {
        Ok(self.found.clone())
    }
}
