//! A line of a concordance, and the orders of lines.

use serde::{Deserialize, Serialize};

use crate::article::{PartialDate, Span};
use crate::text;

/// A match with its context.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Id of the article.
    pub article: String,
    /// When it was published.
    pub date: Option<PartialDate>,
    /// The number of its quotation, if quotations are searched.
    pub quote: Option<usize>,
    /// Bytes of the match in the body.
    pub span: Span,
    /// The text before it, white space as single spaces.
    pub left: String,
    /// The match.
    pub keyword: String,
    /// The text behind it.
    pub right: String,
}

/// An order of lines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LineOrder {
    /// The order of the hits, and in an article that of the text.
    #[default]
    Hits,
    /// By the words before the match, the nearest first.
    Left,
    /// By the words behind the match.
    Right,
    /// Oldest first; without a date last.
    Date,
}

impl LineOrder {
    /// Bytes whose order is that of the lines.
    pub(super) fn key(self, line: &Line) -> Vec<u8> {
        let joined = |words: Vec<String>| words.join("\0").into_bytes();
        match self {
            Self::Hits => Vec::new(),
            Self::Left => {
                let mut words = text::folded_words(&line.left);
                words.reverse();
                joined(words)
            }
            Self::Right => joined(text::folded_words(&line.right)),
            Self::Date => date_key(line.date),
        }
    }
}

/// Ascending, without a date last; a year alone comes before its months.
fn date_key(date: Option<PartialDate>) -> Vec<u8> {
    /// Makes years before the common era positive.
    const ERA: i32 = 1 << 16;
    let Some(PartialDate { year, month, day }) = date else { return vec![1] };
    let mut key = vec![0];
    key.extend(year.map_or(0, |year| i32::from(year) + ERA).to_be_bytes());
    key.extend([month.unwrap_or(0), day.unwrap_or(0)]);
    key
}
