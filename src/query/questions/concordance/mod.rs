//! Keyword in context: every match of a query's words with what stands around it, and the words that keep it company.

mod sorted;

use std::ops::{ControlFlow, Range};

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use self::sorted::Sorter;

use super::compare::log_likelihood;
use super::search::{Hit, for_each_hit, highlighter};
use crate::article::{PartialDate, Span};
use crate::error::{Error, Result};
use crate::query::engine::Engine;
use crate::query::request::Request;
use crate::text;

/// One match.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Id of the article.
    pub article: String,
    /// When it was published.
    pub date: Option<PartialDate>,
    /// Which of its quotations, if quotations are searched.
    pub quote: Option<usize>,
    /// Bytes of the match in the body.
    pub span: Span,
    /// What stands before, white space as single spaces.
    pub left: String,
    /// The match.
    pub keyword: String,
    /// What stands behind.
    pub right: String,
}

/// How lines are sorted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LineOrder {
    /// As the hits, and in an article as they stand.
    #[default]
    Hits,
    /// By the words before, the nearest first.
    Left,
    /// By the words behind.
    Right,
    /// Oldest first; without a date last.
    Date,
}

/// Calls `each` for every match of the hits of `request`, with `width` characters on both sides, in that order. Holds
/// one article at a time, and, to sort them, 64 MB of lines; more wait in a temporary file. Returns how many lines there
/// were; until `each` breaks off where they need no sorting.
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
    let mut sorter = Sorter::new();
    let mut outcome = Ok(());
    let lines = for_each_found(engine, request, width, &mut |line| {
        outcome = sorter.push(order.key(&line), &line);
        if outcome.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    })?;
    let sorted = outcome.and_then(|()| sorter.for_each(each));
    sorted.map_err(Error::io("sort lines in", &std::env::temp_dir()))?;
    Ok(lines)
}

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

impl LineOrder {
    /// Bytes that sort as the lines do.
    fn key(self, line: &Line) -> Vec<u8> {
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

/// Upwards, without a date last; a year alone comes before its months.
fn date_key(date: Option<PartialDate>) -> Vec<u8> {
    /// Years before our era stay above nothing.
    const ERA: i32 = 1 << 16;
    let Some(PartialDate { year, month, day }) = date else { return vec![1] };
    let mut key = vec![0];
    key.extend(year.map_or(0, |year| i32::from(year) + ERA).to_be_bytes());
    key.extend([month.unwrap_or(0), day.unwrap_or(0)]);
    key
}

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

/// On which side words are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Before the match.
    Left,
    /// Behind it.
    Right,
    /// Both.
    Both,
}

/// A word that stands near matches.
#[derive(Clone, Debug, PartialEq)]
pub struct Collocate {
    /// Folded.
    pub word: String,
    /// How often near matches.
    pub near: u64,
    /// How often elsewhere in the same articles.
    pub elsewhere: u64,
    /// How surely it is drawn to the matches: log-likelihood, 3.84 for one chance in twenty; negative if it avoids them.
    pub log_likelihood: f64,
}

/// The `limit` words that are most drawn to the matches of `request`: at most `window` words away, against the rest of
/// the same articles.
pub fn collocates(
    engine: &dyn Engine,
    request: &Request,
    side: Side,
    window: usize,
    limit: usize,
) -> Result<Vec<Collocate>> {
    let highlighter = highlighter(engine, request)?;
    let request = Request { fragments: 0, ..request.clone() };
    let mut counts: FxHashMap<String, [u64; 2]> = FxHashMap::default();
    let mut totals = [0_u64; 2];
    for_each_hit(engine, &request, &mut |hit| {
        let words: Vec<_> = text::words(&hit.article.body).collect();
        let near = near(&words, &highlighter.matches(&hit.article, hit.quote), side, window);
        for (word, is_near) in words.iter().zip(near) {
            let Some(is_near) = is_near else { continue };
            let folded = text::fold(&hit.article.body[word.clone()]);
            counts.entry(folded).or_default()[usize::from(!is_near)] += 1;
            totals[usize::from(!is_near)] += 1;
        }
        ControlFlow::Continue(())
    })?;
    let mut collocates: Vec<_> = counts
        .into_iter()
        .filter(|(_, [near, _])| *near > 0)
        .map(|(word, [near, elsewhere])| Collocate {
            word,
            near,
            elsewhere,
            log_likelihood: log_likelihood([near, elsewhere], totals),
        })
        .collect();
    collocates.sort_unstable_by(|a, b| {
        b.log_likelihood.total_cmp(&a.log_likelihood).then_with(|| a.word.cmp(&b.word))
    });
    collocates.truncate(limit);
    Ok(collocates)
}

/// For each word whether it stands near a match; `None` for the words of matches.
fn near(words: &[Range<usize>], matches: &[Span], side: Side, window: usize) -> Vec<Option<bool>> {
    let mut near = vec![Some(false); words.len()];
    let ranges: Vec<_> = matches
        .iter()
        .map(|span| {
            let first = words.partition_point(|w| w.end <= span.start as usize);
            let last = words.partition_point(|w| w.start < span.end as usize);
            first..last
        })
        .collect();
    for range in &ranges {
        if side != Side::Right {
            near[range.start.saturating_sub(window)..range.start].fill(Some(true));
        }
        if side != Side::Left {
            let end = range.end.saturating_add(window).min(words.len());
            near[range.end..end].fill(Some(true));
        }
    }
    for range in ranges {
        near[range].fill(None);
    }
    near
}
