//! Quotations grouped by speaker. A search with [`Target::Quotations`] lists them without groups.

use super::search::{Hit, hits};
use crate::article::Facet;
use crate::error::Result;
use crate::query::engine::{Engine, Wanted};
use crate::query::language::Warning;
use crate::query::language::clause::{Clause, ClauseKind, FacetClause, Value};
use crate::query::question::Question;
use crate::query::request::{FacetRequest, Request, Target};

/// A speaker with some of their quotations.
#[derive(Clone, Debug, PartialEq)]
pub struct SpeakerGroup {
    /// The speaker's name.
    pub speaker: String,
    /// Quotations of theirs that match.
    pub count: u64,
    /// The first of them, in the order asked for.
    pub hits: Vec<Hit>,
}

/// Quotations grouped by speaker.
#[derive(Clone, Debug, PartialEq)]
pub struct Quotes {
    /// `limit` speakers from `offset` on, most quoted first.
    pub groups: Vec<SpeakerGroup>,
    /// All speakers.
    pub speakers: u64,
    /// Quotations that match.
    pub total: u64,
    /// Those without a known speaker.
    pub unattributed: u64,
    /// What in the query was not understood.
    pub warnings: Vec<Warning>,
    /// The parsed query.
    pub query: Clause,
}

/// The quotations that match `request`, by speaker, with at most `each` of every speaker.
pub fn quotes(engine: &dyn Engine, request: &Request, each: usize) -> Result<Quotes> {
    let request = Request { target: Target::Quotations, ..request.clone() };
    let (mut question, warnings) = Question::of(engine, &request)?;
    question.with_splits = !question.aliases.is_empty();
    let limit = request.offset.saturating_add(request.limit);
    let speakers = FacetRequest { facet: Facet::Speaker, limit, matching: None };
    let found = engine.find(&question, &Wanted::facets(vec![speakers]))?;

    let mut quotes = Quotes {
        groups: Vec::new(),
        speakers: 0,
        total: found.total,
        unattributed: 0,
        warnings,
        query: question.clause.clone(),
    };
    for counts in found.facets {
        (quotes.speakers, quotes.unattributed) = (counts.distinct, counts.missing);
        for value in counts.values.into_iter().skip(request.offset) {
            let hits = match each {
                0 => Vec::new(),
                _ => of_speaker(engine, &question, &request, &value.value, each)?,
            };
            quotes.groups.push(SpeakerGroup { speaker: value.value, count: value.count, hits });
        }
    }
    Ok(quotes)
}

/// The first quotations of one speaker.
fn of_speaker(
    engine: &dyn Engine,
    question: &Question,
    request: &Request,
    speaker: &str,
    each: usize,
) -> Result<Vec<Hit>> {
    let value = Value::Whole(speaker.to_owned());
    let by = ClauseKind::Facet(FacetClause { facet: Facet::Speaker, value });
    let question = question.and(by);
    let found = engine.find(&question, &Wanted::first(each, request.sort))?;
    hits(engine, &question, found.matches, request.fragments)
}
