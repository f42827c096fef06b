//! The lines of a concordance, streamed in an order.

use std::ops::ControlFlow;

use super::line::{Line, LineOrder};
use super::line_sorter::LineSorter;
use crate::article::Span;
use crate::error::{Error, Result};
use crate::query::engine::Engine;
use crate::query::limits::Ticker;
use crate::query::questions::search::{Hit, for_each_hit, highlighter};
use crate::query::request::Request;

/// Calls `each` for every match of the hits of `request` in that order, with `width` characters of context on both sides.
/// Holds one article at a time, and 64 MB of lines to be sorted; further ones are kept in a temporary file. Returns the
/// number of lines; if they need no sorting, of those until `each` breaks.
pub fn for_each_line(
    engine: &dyn Engine,
    request: &Request,
    width: usize,
    order: LineOrder,
    each: &mut dyn FnMut(Line) -> ControlFlow<()>,
) -> Result<u64> {
    if order == LineOrder::Hits {
        return for_each_found(engine, request, width, each);
    }
    let mut sorter = LineSorter::new();
    let mut outcome = Ok(());
    let lines = for_each_found(engine, request, width, &mut |line| {
        outcome = sorter.push(order.key(&line), &line);
        if outcome.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    })?;
    let mut ticker = Ticker::new(&request.limits);
    let mut in_time = |line| {
        if ticker.is_over_after(16) { ControlFlow::Break(()) } else { each(line) }
    };
    let sorted = outcome.and_then(|()| sorter.for_each(&mut in_time));
    sorted.map_err(Error::io("sort lines in", &std::env::temp_dir()))?;
    request.limits.check().map(|()| lines)
}

/// The same in the order of the hits.
fn for_each_found(
    engine: &dyn Engine,
    request: &Request,
    width: usize,
    each: &mut dyn FnMut(Line) -> ControlFlow<()>,
) -> Result<u64> {
    let highlighter = highlighter(engine, request)?;
    let request = Request { fragments: 0, ..request.clone() };
    let mut lines = 0;
    for_each_hit(engine, &request, &mut |hit| {
        for span in highlighter.matches(&hit.article, hit.quote) {
            lines += 1;
            each(line(&hit, span, width))?;
        }
        ControlFlow::Continue(())
    })?;
    Ok(lines)
}

/// The line of a match.
fn line(hit: &Hit, span: Span, width: usize) -> Line {
    let body = &hit.article.body;
    let (before, behind) = (&body[..span.start as usize], &body[span.end as usize..]);
    let start = before.char_indices().rev().nth(width.saturating_sub(1)).map_or(0, |(at, _)| at);
    let end = behind.char_indices().nth(width).map_or(behind.len(), |(at, _)| at);
    let spaced = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    Line {
        article: hit.article.id.clone(),
        date: hit.article.published.as_ref().map(|published| published.date),
        quote: hit.quote,
        span,
        left: spaced(if width == 0 { "" } else { &before[start..] }),
        keyword: spaced(span.of(body)),
        right: spaced(&behind[..end]),
    }
}
