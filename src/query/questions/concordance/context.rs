//! A match in a text with what stands around it.

use super::line::Line;
use crate::article::{Article, Span};

/// A match and the text on both sides, up to a number of characters.
#[derive(Clone, Copy, Debug)]
pub(super) struct Context<'t> {
    span: Span,
    keyword: &'t str,
    pub(super) left: &'t str,
    pub(super) right: &'t str,
}

impl<'t> Context<'t> {
    /// Of a match in a body, with `width` characters on both sides.
    pub(super) fn new(body: &'t str, span: Span, width: usize) -> Self {
        let (before, behind) = (&body[..span.start as usize], &body[span.end as usize..]);
        let start = match width.checked_sub(1) {
            Some(last) => before.char_indices().rev().nth(last).map_or(0, |(at, _)| at),
            None => before.len(),
        };
        let end = behind.char_indices().nth(width).map_or(behind.len(), |(at, _)| at);
        Self { span, keyword: span.of(body), left: &before[start..], right: &behind[..end] }
    }

    /// The line of the match, which is in the body of `article`, or in one of its quotations.
    pub(super) fn line(&self, article: &Article, quote: Option<usize>) -> Line {
        let spaced = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        Line {
            article: article.id.clone(),
            date: article.published.as_ref().map(|published| published.date),
            quote,
            span: self.span,
            left: spaced(self.left),
            keyword: spaced(self.keyword),
            right: spaced(self.right),
        }
    }
}
