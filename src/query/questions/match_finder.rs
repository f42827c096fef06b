//! Where a query matches in the body of an article: by the engine's positions if it knows them, else by the text.

use std::ops::Range;

use crate::article::{Article, PartialDate, Span};
use crate::error::Result;
use crate::query::engine::unread::{MatchedWords, Parts, UnreadMatch};
use crate::query::engine::{Engine, Match};
use crate::query::highlight::{Highlighter, body_patterns};
use crate::query::question::Question;
use crate::query::request::Target;
use crate::text;

/// Finds the matches of a query in articles.
pub(super) struct MatchFinder {
    highlighter: Highlighter,
    /// What of an article it looks at.
    pub(super) parts: Parts,
}

impl MatchFinder {
    /// For a question; `languages` are those of the engine.
    pub(super) fn new(question: &Question, languages: &[String]) -> Self {
        let looks_at_body = question.target == Target::Articles;
        let looks_at_body = looks_at_body && body_patterns(&question.clause).is_some();
        let parts = if looks_at_body { Parts::Text } else { Parts::All };
        Self { highlighter: Highlighter::new(&question.clause, languages), parts }
    }

    /// The number of matches, and the date of the article; reads it only if its text must tell.
    pub(super) fn count(&self, unread: &dyn UnreadMatch) -> Result<(usize, Option<PartialDate>)> {
        if let Some(known) = unread.known() {
            return Ok((known.words.len(), known.date));
        }
        let Match { article, quote, .. } = unread.read(self.parts)?;
        let matches = self.highlighter.matches(&article, quote).len();
        Ok((matches, article.published.as_ref().map(|published| published.date)))
    }

    /// The matches in an article that was read, as [`Highlighter::matches`] gives them.
    pub(super) fn spans(
        &self,
        unread: &dyn UnreadMatch,
        article: &Article,
        quote: Option<usize>,
    ) -> Vec<Span> {
        match unread.known() {
            Some(known) => spans(text::words(&article.body), known.words),
            None => self.highlighter.matches(article, quote),
        }
    }
}

/// A finder for a question asked of this engine.
pub(super) fn finders<'q>(
    engine: &dyn Engine,
    question: &'q Question,
) -> Result<impl Fn() -> MatchFinder + Sync + use<'q>> {
    let languages = engine.languages()?;
    Ok(move || MatchFinder::new(question, &languages))
}

/// The bytes of words at these positions, which are in order.
fn spans(mut words: impl Iterator<Item = Range<usize>>, matches: &[MatchedWords]) -> Vec<Span> {
    let mut spans = Vec::with_capacity(matches.len());
    let mut next = 0;
    for matched in matches {
        let (first, last) = (*matched.start(), *matched.end());
        let Some(opening) = words.nth((first - next) as usize) else { break };
        let further = last.checked_sub(first + 1).map(|beyond| words.nth(beyond as usize));
        let end = further.flatten().map_or(opening.end, |word| word.end);
        spans.push(Span::new(opening.start, end));
        next = last + 1;
    }
    spans
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_are_those_of_words() {
        let body = "Ships, ships and more ships left the port’s harbour.";
        let found = spans(text::words(body), &[0..=0, 1..=3, 7..=7]);
        let texts: Vec<_> = found.iter().map(|span| span.of(body)).collect();
        assert_eq!(texts, ["Ships", "ships and more", "port’s"]);
        assert_eq!(spans(text::words("one"), &[0..=0, 4..=5]).len(), 1);
    }
}
