//! The lines of a concordance, in an order. Lines that are not shown are counted without their articles being read, where the
//! engine knows positions of words and the order does not ask for the text.

use std::io;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Mutex, PoisonError};

use super::context::Context;
use super::first_hits::FirstHits;
use super::line::{Line, LineOrder, date_key};
use super::line_sorter::{Entry, LineKey, LineSorter};
use crate::article::PartialDate;
use crate::error::{Error, Result};
use crate::query::engine::Engine;
use crate::query::engine::unread::{Place, UnreadMatch};
use crate::query::question::Question;
use crate::query::questions::match_finder::{MatchFinder, finders};
use crate::query::questions::search::{for_each_hit, highlighter, ranked};
use crate::query::questions::workers::Workers;
use crate::query::request::Request;

/// Up to so many lines are held in memory.
const MAX_HELD: usize = 10_000;

/// What is done with each line.
type Each<'e> = &'e mut dyn FnMut(Line) -> ControlFlow<()>;

/// Calls `each` for the first `limit` matches of the hits of `request` in that order, until it breaks, with `width` characters
/// of context on both sides. Holds the lines to be sorted, but no more than twice `limit` and 64 MB of them; further ones are
/// kept in a temporary file. Returns the number of all lines.
///
/// Of the request neither offset nor limit are used.
pub fn for_each_line(
    engine: &dyn Engine,
    request: &Request,
    width: usize,
    order: LineOrder,
    limit: usize,
    each: Each<'_>,
) -> Result<u64> {
    let request = Request { offset: 0, fragments: 0, ..request.clone() };
    if order == LineOrder::Hits && limit == usize::MAX {
        return for_each_found(engine, &request, width, each);
    }
    let (question, _) = ranked(engine, &request)?;
    let found = Found { engine, request: &request, question: &question, width, order };
    match order {
        LineOrder::Hits | LineOrder::Date if limit <= MAX_HELD => return found.first(limit, each),
        LineOrder::Hits => {}
        _ => return found.sorted(limit, |_| true, each),
    }
    let mut left = limit;
    for_each_found(engine, &request, width, &mut |line| {
        left -= 1;
        each(line)?;
        if left == 0 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    })?;
    found.count(|_, _, _| ())
}

/// Calls `each` for all lines in the order of the hits, one article at a time. Returns the number of lines until it breaks.
fn for_each_found(
    engine: &dyn Engine,
    request: &Request,
    width: usize,
    each: Each<'_>,
) -> Result<u64> {
    let highlighter = highlighter(engine, request)?;
    let mut lines = 0;
    for_each_hit(engine, request, &mut |hit| {
        for span in highlighter.matches(&hit.article, hit.quote) {
            lines += 1;
            each(Context::new(&hit.article.body, span, width).line(&hit.article, hit.quote))?;
        }
        ControlFlow::Continue(())
    })?;
    Ok(lines)
}

/// The hits of a request, of which lines are wanted.
struct Found<'f> {
    engine: &'f dyn Engine,
    request: &'f Request,
    question: &'f Question,
    width: usize,
    order: LineOrder,
}

impl Found<'_> {
    /// The number of all lines; calls `each` with the place, the date and the lines of every hit.
    fn count(&self, each: impl Fn(Place, Option<PartialDate>, u64) + Sync) -> Result<u64> {
        let finders = Workers::new(finders(self.engine, self.question)?);
        let total = AtomicU64::new(0);
        self.engine.for_each_unread(self.question, self.request.sort, &|unread| {
            let (lines, date) = finders.with(|finder| finder.count(unread))?;
            total.fetch_add(lines as u64, Relaxed);
            each(unread.place(), date, lines as u64);
            Ok(())
        })?;
        Ok(total.into_inner())
    }

    /// The first lines in an order that is one of hits: those that have them are found first, then they are read.
    fn first(&self, limit: usize, each: Each<'_>) -> Result<u64> {
        let first = Mutex::new(FirstHits::new(limit));
        let total = self.count(|place, date, lines| {
            let key = if self.order == LineOrder::Date { date_key(date) } else { Vec::new() };
            locked(&first).add((key, place), lines);
        })?;
        let places = first.into_inner().unwrap_or_else(PoisonError::into_inner).places();
        if !places.is_empty() {
            let is_first = |place| places.binary_search(&place).is_ok();
            self.sorted(limit, is_first, each)?;
        }
        Ok(total)
    }

    /// Sorts the lines of the hits at the places that `reads` accepts. Returns their number.
    fn sorted(
        &self,
        limit: usize,
        reads: impl Fn(Place) -> bool + Sync,
        each: Each<'_>,
    ) -> Result<u64> {
        let finders = Workers::new(finders(self.engine, self.question)?);
        let (total, sorter) = (AtomicU64::new(0), Mutex::new(LineSorter::new(limit)));
        self.engine.for_each_unread(self.question, self.request.sort, &|unread| {
            if reads(unread.place()) {
                let lines = finders.with(|finder| self.add_lines(finder, unread, &sorter))?;
                total.fetch_add(lines, Relaxed);
            }
            Ok(())
        })?;
        let sorter = sorter.into_inner().unwrap_or_else(PoisonError::into_inner);
        sorter.for_each(each).map_err(unsortable)?;
        Ok(total.into_inner())
    }

    /// Adds those lines of a hit that may be among the first. Returns the number of its lines.
    fn add_lines(
        &self,
        finder: &MatchFinder,
        unread: &dyn UnreadMatch,
        sorter: &Mutex<LineSorter>,
    ) -> Result<u64> {
        if unread.known().is_some_and(|known| known.words.is_empty()) {
            return Ok(0);
        }
        let found = unread.read(finder.parts)?;
        let (article, place, last) = (&found.article, unread.place(), locked(sorter).last());
        let date = article.published.as_ref().map(|published| published.date);
        let spans = finder.spans(unread, article, found.quote);
        let mut entries = Vec::new();
        for (number, &span) in (0..).zip(&spans) {
            let context = Context::new(&article.body, span, self.width);
            let most = last.as_ref().map(|last| last.key.as_slice());
            let Some(key) = self.order.key(&context, date, most) else { continue };
            let key = LineKey { key, place, number };
            if last.as_ref().is_none_or(|last| key <= **last) {
                let line = context.line(article, found.quote);
                entries.push(Entry::new(key, &line).map_err(unsortable)?);
            }
        }
        if !entries.is_empty() {
            let mut sorter = locked(sorter);
            entries.into_iter().try_for_each(|entry| sorter.push(entry)).map_err(unsortable)?;
        }
        Ok(spans.len() as u64)
    }
}

fn locked<T>(of_all: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    of_all.lock().unwrap_or_else(PoisonError::into_inner)
}

fn unsortable(error: io::Error) -> Error {
    Error::io("sort lines in", &std::env::temp_dir())(error)
}
