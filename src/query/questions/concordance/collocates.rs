//! Collocates: the words that are more frequent near the matches of a query than elsewhere in the same articles.

use std::ops::Range;

use crate::article::Span;
use crate::error::Result;
use crate::query::engine::Engine;
use crate::query::questions::log_likelihood::log_likelihood;
use crate::query::questions::match_finder::finders;
use crate::query::questions::search::ranked;
use crate::query::questions::word_counts::WordCounts;
use crate::query::questions::workers::Workers;
use crate::query::request::{Request, Sort};
use crate::text;

/// The side of a match on which words are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Before the match.
    Left,
    /// Behind it.
    Right,
    /// Both.
    Both,
}

/// A word near matches.
#[derive(Clone, Debug, PartialEq)]
pub struct Collocate {
    /// The folded word.
    pub word: String,
    /// Occurrences near matches.
    pub near: u64,
    /// Occurrences elsewhere in the same articles.
    pub elsewhere: u64,
    /// Log-likelihood of the difference: 3.84 for p = 0.05; negative if it is rarer near matches.
    pub log_likelihood: f64,
}

/// The `limit` words with the highest log-likelihood at most `window` words from a match of `request`, compared with the rest
/// of the same articles. Of the request neither offset nor limit are used.
pub fn collocates(
    engine: &dyn Engine,
    request: &Request,
    side: Side,
    window: usize,
    limit: usize,
) -> Result<Vec<Collocate>> {
    let (question, _) = ranked(engine, request)?;
    let finder = finders(engine, &question)?;
    let workers = Workers::new(|| (finder(), WordCounts::default()));
    engine.for_each_unread(&question, Sort::Newest, &|unread| {
        workers.with(|(finder, counts)| {
            let found = unread.read(finder.parts)?;
            let matches = finder.spans(unread, &found.article, found.quote);
            let words: Vec<_> = text::words(&found.article.body).collect();
            let near = near(&words, &matches, side, window);
            counts.add(&found.article.body, |at| near[at].map(|is_near| usize::from(!is_near)));
            Ok(())
        })
    })?;
    let counts = WordCounts::sum(workers.into_states().into_iter().map(|(_, counts)| counts));
    let totals = counts.totals();
    let mut collocates: Vec<_> = counts
        .into_words()
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

/// Whether each word is near a match; `None` for the words of matches.
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
