//! A line of a concordance, and the orders of lines.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::context::Context;
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
    /// Bytes whose order is that of the lines; `None` if they are greater than `most`. Words are folded one by one until that is
    /// known: of many lines of which few are shown, the first word tells.
    pub(super) fn key(
        self,
        context: &Context<'_>,
        date: Option<PartialDate>,
        most: Option<&[u8]>,
    ) -> Option<Vec<u8>> {
        let fold = |side: &str, word: Range<usize>| text::fold(&side[word]);
        match self {
            Self::Hits => Some(Vec::new()),
            Self::Left => {
                let words: Vec<_> = text::words(context.left).collect();
                joined(words.into_iter().rev().map(|word| fold(context.left, word)), most)
            }
            Self::Right => {
                joined(text::words(context.right).map(|word| fold(context.right, word)), most)
            }
            Self::Date => Some(date_key(date)).filter(|key| is_at_most(key, most)),
        }
    }
}

/// Words with a separator that is less than their letters; `None` if that is greater than `most`.
fn joined(words: impl Iterator<Item = String>, most: Option<&[u8]>) -> Option<Vec<u8>> {
    let mut key = Vec::new();
    for (n, word) in words.enumerate() {
        if n > 0 {
            key.push(0);
        }
        key.extend(word.as_bytes());
        if !is_at_most(&key, most) {
            return None;
        }
    }
    Some(key)
}

/// Whether bytes are at most `most`: if not, nothing that begins with them is.
fn is_at_most(bytes: &[u8], most: Option<&[u8]>) -> bool {
    most.is_none_or(|most| bytes <= most)
}

/// Ascending, without a date last; a year alone comes before its months.
pub(super) fn date_key(date: Option<PartialDate>) -> Vec<u8> {
    /// Makes years before the common era positive.
    const ERA: i32 = 1 << 16;
    let Some(PartialDate { year, month, day }) = date else { return vec![1] };
    let mut key = vec![0];
    key.extend(year.map_or(0, |year| i32::from(year) + ERA).to_be_bytes());
    key.extend([month.unwrap_or(0), day.unwrap_or(0)]);
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_beyond_the_greatest_are_not_made() {
        let body = "The old ferry left late.";
        let context = Context::new(body, Span::new(8, 13), 12);
        let check = |order: LineOrder, most: Option<&str>, expected: Option<&str>| {
            let key = order.key(&context, None, most.map(str::as_bytes));
            assert_eq!(key.as_deref(), expected.map(str::as_bytes), "{order:?} {most:?}");
        };
        check(LineOrder::Right, None, Some("left\0late"));
        check(LineOrder::Left, None, Some("old\0the"));
        check(LineOrder::Right, Some("left\0late"), Some("left\0late"));
        check(LineOrder::Right, Some("left\0later"), Some("left\0late"));
        check(LineOrder::Right, Some("left\0lat"), None);
        check(LineOrder::Right, Some("left"), None);
        check(LineOrder::Left, Some("o"), None);
        check(LineOrder::Hits, Some(""), Some(""));
    }
}
