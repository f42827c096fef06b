//! One search: query text and options in, hits, counts and facets out.

use std::ops::ControlFlow;
use std::time::Duration;

use super::Warning;
use super::ast::Clause;
use super::snippet::Fragment;
use crate::article::{Article, PartialDate};
use crate::error::Result;
use crate::index::snapshot::Snapshot;

/// What is searched and counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Target {
    /// Articles.
    #[default]
    Articles,
    /// Quotations: a hit is a quotation, a facet counts quotations, and words are those of the quotation.
    Quotations,
}

/// In which order hits come. Ties: newer first, then by a hash of the id, so that pages never overlap.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// Best match first (BM25).
    #[default]
    Relevance,
    /// Newest first; without a date last.
    Newest,
    /// Oldest first; without a date last.
    Oldest,
}

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// The query as typed; nothing or `*` is everything.
    pub query: String,
    /// Articles or quotations.
    pub target: Target,
    /// The order of the hits.
    pub sort: Sort,
    /// How many hits to leave out at the start.
    pub offset: usize,
    /// How many hits to return; 0 for counts alone.
    pub limit: usize,
    /// Which facets to count, over all matches.
    pub facets: Vec<FacetRequest>,
    /// Not before: first day of this date.
    pub from: Option<PartialDate>,
    /// Not after: last day of this date.
    pub to: Option<PartialDate>,
    /// Snippets for each hit; 0 for none.
    pub fragments: usize,
    /// Any of the words is enough, more are better; operators and fields are words too.
    pub any_words: bool,
    /// Words of the best articles of a first search help to rank (RM3).
    pub expand: bool,
}

impl Default for Request {
    fn default() -> Self {
        Self {
            query: String::new(),
            target: Target::Articles,
            sort: Sort::Relevance,
            offset: 0,
            limit: 10,
            facets: Vec::new(),
            from: None,
            to: None,
            fragments: 2,
            any_words: false,
            expand: false,
        }
    }
}

/// A facet to count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FacetRequest {
    /// A name of [`crate::index::schema::FACETS`].
    pub field: String,
    /// How many values, most frequent first; `usize::MAX` for all.
    pub limit: usize,
    /// Only values that contain this, case and accents folded.
    pub matching: Option<String>,
}

/// An article or quotation that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// The article, or the quotation's article.
    pub article: Article,
    /// Which of the article's quotations, if quotations were searched.
    pub quote: Option<usize>,
    /// BM25 score; 0 if hits are not sorted by it.
    pub score: f32,
    /// Snippets, best first, in the order of the text.
    pub fragments: Vec<Fragment>,
}

/// The answer to a [`Request`].
#[derive(Clone, Debug)]
pub struct Page {
    /// How many match, exactly.
    pub total: u64,
    /// `limit` hits from `offset` on.
    pub hits: Vec<Hit>,
    /// One for each facet asked for, in that order.
    pub facets: Vec<FacetCounts>,
    /// What in the query was not understood.
    pub warnings: Vec<Warning>,
    /// The query as it was understood.
    pub query: Clause,
    /// Time taken.
    pub elapsed: Duration,
}

/// Values of a facet, most frequent first, then by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FacetCounts {
    /// The facet.
    pub field: String,
    /// At most as many as asked for.
    pub values: Vec<FacetValue>,
    /// How many values there are among the matches (and the text to match, if any).
    pub distinct: u64,
    /// How many matches have no value.
    pub missing: u64,
}

/// A value and how many matches have it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FacetValue {
    /// As stored.
    pub value: String,
    /// Exact.
    pub count: u64,
}

/// Runs a search. An unknown facet name is a usage error.
pub fn search(snapshot: &Snapshot, request: &Request) -> Result<Page> {
    let _ = (snapshot, request);
    Err(crate::error::Error::Usage("not yet".to_owned()))
}

/// Calls `each` for every hit of `request` from `offset` on (`limit` is ignored), in its order, holding one article at
/// a time. Returns how many it was called for.
pub fn for_each_hit(
    snapshot: &Snapshot,
    request: &Request,
    each: &mut dyn FnMut(Hit) -> ControlFlow<()>,
) -> Result<u64> {
    let _ = (snapshot, request, each);
    Ok(0)
}
