//! Who said what: quotations grouped by speaker. The flat list is a search with [`Target::Quotations`].

use super::Warning;
use super::ast::{Clause, FacetClause, Kind, Value};
use super::collect::Sweep;
use super::facets;
use super::search::{FacetRequest, Hit, Question, Request, Target};
use crate::error::Result;
use crate::index::read::snapshot::Snapshot;

/// A speaker and quotations of theirs.
#[derive(Clone, Debug, PartialEq)]
pub struct SpeakerGroup {
    /// Name.
    pub speaker: String,
    /// How many quotations match.
    pub count: u64,
    /// The first of them, in the order asked for.
    pub hits: Vec<Hit>,
}

/// Quotations grouped by speaker.
#[derive(Clone, Debug, PartialEq)]
pub struct Quotes {
    /// `limit` speakers from `offset` on, most quoted first.
    pub groups: Vec<SpeakerGroup>,
    /// How many speakers there are.
    pub speakers: u64,
    /// How many quotations match.
    pub total: u64,
    /// How many of these have no known speaker.
    pub unattributed: u64,
    /// What in the query was not understood.
    pub warnings: Vec<Warning>,
    /// The query as it was understood.
    pub query: Clause,
}

/// The quotations that match `request`, by speaker, with at most `each` of every one.
pub fn quotes(snapshot: &Snapshot, request: &Request, each: usize) -> Result<Quotes> {
    let request = Request { target: Target::Quotations, ..request.clone() };
    let question = Question::new(snapshot, &request)?;
    let sweep = Sweep { sort: request.sort, keep: 0, facets: question.counted(&["speaker"])? };
    let swept = question.swept(&sweep)?;
    let wanted = FacetRequest {
        field: "speaker".to_owned(),
        limit: request.offset.saturating_add(request.limit),
        matching: None,
    };
    let segments = swept.facets.first().map(Vec::as_slice).unwrap_or_default();
    let counts = facets::merged(&wanted, segments).map_err(|e| question.failed(e.into()))?;

    let mut groups = Vec::new();
    for value in counts.values.into_iter().skip(request.offset) {
        let hits = match each {
            0 => Vec::new(),
            _ => of_speaker(&question, &request, &value.value, each)?,
        };
        groups.push(SpeakerGroup { speaker: value.value, count: value.count, hits });
    }
    Ok(Quotes {
        groups,
        speakers: counts.distinct,
        total: swept.total,
        unattributed: counts.missing,
        warnings: question.warnings,
        query: question.clause,
    })
}

/// The first quotations of one speaker.
fn of_speaker(
    question: &Question<'_>,
    request: &Request,
    speaker: &str,
    each: usize,
) -> Result<Vec<Hit>> {
    let value = Value::Whole(speaker.to_owned());
    let by = Clause { kind: Kind::Facet(FacetClause { facet: "speaker", value }), span: 0..0 };
    let span = question.clause.span.clone();
    let both = Clause { kind: Kind::And(vec![question.clause.clone(), by]), span };
    let narrowed = question.with(both)?;
    let sweep = Sweep { sort: request.sort, keep: each, facets: Vec::new() };
    let swept = narrowed.swept(&sweep)?;
    narrowed.hits(&swept.top, &Request { offset: 0, ..request.clone() })
}
