//! What is asked for, as a face asks for it: query text and options.

use std::sync::Arc;

use super::aliases::Aliases;
use crate::article::{Facet, PartialDate};

/// What is searched and counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Target {
    /// Articles.
    #[default]
    Articles,
    /// Quotations: a hit is a quotation, a facet counts quotations, and words are those of the quotation.
    Quotations,
}

impl Target {
    /// What is not searched.
    pub(crate) const fn other(self) -> Self {
        match self {
            Self::Articles => Self::Quotations,
            Self::Quotations => Self::Articles,
        }
    }
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
    /// Who is who.
    pub aliases: Arc<Aliases>,
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
            aliases: Arc::default(),
        }
    }
}

/// A facet to count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FacetRequest {
    /// Which facet.
    pub facet: Facet,
    /// The number of values, most frequent first; `usize::MAX` for all.
    pub limit: usize,
    /// Only values that contain this, case and accents folded.
    pub matching: Option<String>,
}

impl FacetRequest {
    /// All values of a facet.
    pub(crate) fn all(facet: Facet) -> Self {
        Self { facet, limit: usize::MAX, matching: None }
    }
}
