//! Totals over an index, or over the part of it that matches a query.

use crate::article::{Facet, PartialDate};
use crate::error::Result;
use crate::query::engine::{Engine, Wanted};
use crate::query::question::Question;
use crate::query::request::{FacetRequest, Request, Target};

/// Totals.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Stats {
    /// Articles.
    pub articles: u64,
    /// Quotations that match; without a query all of them.
    pub quotations: u64,
    /// Files of the archive, including those without an article; they do not depend on the query.
    pub sources: u64,
    /// Words in the articles.
    pub words: u64,
    /// First and last day of publication.
    pub dates: Option<(PartialDate, PartialDate)>,
    /// The coverage of each facet.
    pub facets: Vec<FacetStats>,
}

/// The coverage of a facet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FacetStats {
    /// The facet.
    pub facet: Facet,
    /// Articles with a value.
    pub articles: u64,
    /// Distinct values.
    pub distinct: u64,
}

/// Totals of what `request` matches (its query and dates alone are used).
pub fn stats(engine: &dyn Engine, request: &Request) -> Result<Stats> {
    let request = Request { target: Target::Articles, any_words: false, ..request.clone() };
    let (question, _) = Question::of(engine, &request)?;
    let counted = Facet::ALL.map(|facet| FacetRequest { facet, limit: 0, matching: None });
    let found = engine.find(&question, &Wanted::facets(counted.into()))?;
    let extent = engine.extent(&question)?;
    let (of_quotations, _) =
        Question::of(engine, &Request { target: Target::Quotations, ..request })?;
    Ok(Stats {
        articles: found.total,
        quotations: engine.find(&of_quotations, &Wanted::total())?.total,
        sources: engine.about()?.files,
        words: extent.words,
        dates: extent.first.zip(extent.last).map(|(first, last)| (date(first), date(last))),
        facets: (found.facets.iter())
            .map(|counts| FacetStats {
                facet: counts.facet,
                articles: found.total - counts.missing,
                distinct: counts.distinct,
            })
            .collect(),
    })
}

#[expect(clippy::cast_sign_loss, reason = "a remainder of a positive number")]
fn date(day: i64) -> PartialDate {
    PartialDate {
        year: Some((day / 10_000) as i16),
        month: Some((day / 100 % 100) as u8),
        day: Some((day % 100) as u8),
    }
}
