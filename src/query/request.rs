//! A request as a face makes it: query text and options.

use std::sync::Arc;

use super::aliases::Aliases;
use super::language::Strictness;
use super::limits::Limits;
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
    /// The other one.
    pub(crate) const fn other(self) -> Self {
        match self {
            Self::Articles => Self::Quotations,
            Self::Quotations => Self::Articles,
        }
    }
}

/// The order of hits. Ties: newer first, then by a hash of the id, so that pages never overlap.
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

/// A search as it is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// The query as typed; an empty one or `*` matches everything.
    pub query: String,
    /// Articles or quotations.
    pub target: Target,
    /// The order of the hits.
    pub sort: Sort,
    /// The number of hits to skip.
    pub offset: usize,
    /// The number of hits to return; 0 for counts alone.
    pub limit: usize,
    /// Facets to count, over all matches.
    pub facets: Vec<FacetRequest>,
    /// Only articles published on or after the first day of this date.
    pub from: Option<PartialDate>,
    /// Only articles published on or before the last day of this date.
    pub to: Option<PartialDate>,
    /// The number of snippets of each hit.
    pub fragments: usize,
    /// Whether any of the words is enough, and more rank higher; operators and fields are words then.
    pub any_words: bool,
    /// Whether words of the best articles of a first search are added to the query (RM3).
    pub expand: bool,
    /// What in the query is an error, where something else could be searched.
    pub strictness: Strictness,
    /// The people that the user has named.
    pub aliases: Arc<Aliases>,
    /// How long the answer may take; without limits by default.
    pub limits: Limits,
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
            strictness: Strictness::default(),
            aliases: Arc::default(),
            limits: Limits::default(),
        }
    }
}

/// A facet to count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FacetRequest {
    /// The facet.
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
