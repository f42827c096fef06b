//! Fields of metadata in a query, which exist only as far as the archive's files have them: others are unknown fields.

use strsim::osa_distance;

use super::engine::{Engine, Wanted};
use super::language::clause::{Clause, ClauseKind, QuerySpan};
use super::language::{Warning, WarningKind};
use super::limits::Limits;
use super::question::Question;
use super::request::{FacetRequest, Target};
use crate::article::{Facet, MetadataField};
use crate::error::Result;

/// A warning for each field of metadata in a question that no article of the index has.
pub(super) fn unknown(engine: &dyn Engine, question: &Question) -> Result<Vec<Warning>> {
    let mut asked = Vec::new();
    collect(&question.clause, &mut asked);
    if asked.is_empty() {
        return Ok(Vec::new());
    }
    let known = names(engine, &question.limits)?;
    let unknown = asked.into_iter().filter(|(field, _)| !known.iter().any(|k| k == field.path()));
    Ok(unknown.map(|(field, span)| warning(field, span, &known)).collect())
}

fn collect(clause: &Clause, asked: &mut Vec<(MetadataField, QuerySpan)>) {
    if let ClauseKind::Facet(facet) = &clause.kind
        && let Facet::Metadata(field) = facet.facet
    {
        asked.push((field, clause.span.clone()));
    }
    clause.parts().iter().for_each(|part| collect(part, asked));
}

/// The names of metadata that the index has.
fn names(engine: &dyn Engine, limits: &Limits) -> Result<Vec<String>> {
    let everything = Question::of_clause(Clause::implied(ClauseKind::All), Target::Articles);
    let everything = Question { limits: limits.clone(), ..everything };
    let names = FacetRequest { facet: Facet::MetadataName, limit: usize::MAX, matching: None };
    let found = engine.find(&everything, &Wanted::facets(vec![names]))?;
    Ok(found.facets.into_iter().flat_map(|counts| counts.values).map(|name| name.value).collect())
}

fn warning(field: MetadataField, span: QuerySpan, known: &[String]) -> Warning {
    let name = field.facet_name().to_owned();
    let distance = |known: &&String| osa_distance(known, field.path());
    let near =
        known.iter().min_by_key(distance).filter(|near| distance(near) <= 1 + near.len() / 4);
    let nearest = near.map(|near| format!("{}{near}", MetadataField::PREFIX));
    let hint = nearest.as_ref().map_or_else(String::new, |near| format!("; did you mean {near}?"));
    let message = format!("no article has a field {name}{hint}");
    Warning { span, kind: WarningKind::UnknownField { name, nearest }, message }
}
