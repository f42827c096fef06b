//! Names that may be another spelling of a name: every word of one is a spelling of a word of the other.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;
use tantivy::Searcher;
use tantivy::schema::Field;

use super::romanise::{Spellings, is_article};
use crate::error::Result;
use crate::index::schema::fields;
use crate::index::tokenize::LENGTH;
use crate::query::ast::{Clause, FacetClause, Kind, Value};
use crate::query::collect::Sweep;
use crate::query::compile::for_each_name;
use crate::query::facets;
use crate::query::matching::name::folded;
use crate::query::search::{FacetRequest, FacetValue, Question, Sort};
use crate::text;

/// So many of the nearest names are counted.
const POOL: usize = 200;

/// How far a name is from what was asked for: words that are not near, letters, words more.
type Distance = (usize, u32, usize);

/// The people of the archive whose names are most like `name` and for whom `is_meant` does not hold of the folded
/// name, with their articles among those of `question`: nearest first. If there is none, those that share a word; else
/// those that have its letters in them.
pub(super) fn names(
    question: &Question<'_>,
    name: &str,
    is_meant: impl Fn(&str) -> bool,
    limit: usize,
) -> Result<Vec<FacetValue>> {
    let words = text::folded_words(name);
    let asked: Vec<_> =
        words.iter().filter(|word| !is_article(word)).map(|word| Spellings::new(word)).collect();
    let Some(field) = fields().facet("person").filter(|_| !asked.is_empty()) else {
        return Ok(Vec::new());
    };
    let searcher = question.snapshot.searcher();
    let near = spellings(searcher, field, &asked)
        .and_then(|spellings| nearest(searcher, "person", &spellings, asked.len(), &is_meant))
        .map_err(|error| question.failed(error))?;
    if near.is_empty() {
        let within = FacetRequest { limit, matching: Some(name.to_owned()), ..every() };
        let mut values = people_of(question, question.clause.clone(), &within)?;
        values.retain(|value| !is_meant(&folded(&value.value)));
        return Ok(values);
    }
    counted(question, near, limit)
}

fn every() -> FacetRequest {
    FacetRequest { field: "person".to_owned(), limit: usize::MAX, matching: None }
}

/// People of the articles that fulfil `clause`.
fn people_of(
    question: &Question<'_>,
    clause: Clause,
    wanted: &FacetRequest,
) -> Result<Vec<FacetValue>> {
    let sweep = Sweep { sort: Sort::Newest, keep: 0, facets: vec!["person".into()] };
    let swept = question.with(clause)?.swept(&sweep)?;
    let segments = swept.facets.first().map(Vec::as_slice).unwrap_or_default();
    Ok(facets::merged(wanted, segments).map_err(|e| question.failed(e.into()))?.values)
}

/// The words of all names that are near the word asked for at that place, and how near.
type Near = FxHashMap<String, Vec<(usize, u8)>>;

fn spellings(searcher: &Searcher, field: Field, asked: &[Spellings]) -> tantivy::Result<Near> {
    let mut near = Near::default();
    for reader in searcher.segment_readers() {
        let index = reader.inverted_index(field)?;
        let mut terms = index.terms().stream()?;
        while let Some((term, _)) = terms.next() {
            let Ok(word) = std::str::from_utf8(term) else { continue };
            if word.starts_with(LENGTH) || near.contains_key(word) {
                continue;
            }
            let places = asked.iter().enumerate();
            let found: Vec<_> =
                places.filter_map(|(n, a)| a.distance(word).map(|d| (n, d))).collect();
            if !found.is_empty() {
                near.insert(word.to_owned(), found);
            }
        }
    }
    Ok(near)
}

/// The folded names that have such words, with their distances.
fn nearest(
    searcher: &Searcher,
    facet: &str,
    near: &Near,
    asked: usize,
    is_meant: impl Fn(&str) -> bool,
) -> tantivy::Result<BTreeSet<(Distance, String)>> {
    let mut found = BTreeSet::new();
    for reader in searcher.segment_readers() {
        let Some(column) = reader.fast_fields().str(facet)? else { continue };
        for_each_name(&column, |_, name| {
            let Some(distance) = distance(name, near, asked) else { return };
            let is_last = |(last, _): &(Distance, String)| *last <= distance;
            if (found.len() >= POOL && found.last().is_some_and(is_last)) || is_meant(name) {
                return;
            }
            found.insert((distance, name.to_owned()));
            if found.len() > POOL {
                found.pop_last();
            }
        })?;
    }
    let fewest = found.first().map_or(0, |((lacking, ..), _)| *lacking);
    found.retain(|((lacking, ..), _)| *lacking == fewest);
    Ok(found)
}

fn distance(name: &str, near: &Near, asked: usize) -> Option<Distance> {
    let mut least = vec![None; asked];
    let mut others = 0;
    for word in name.split(' ') {
        match near.get(word) {
            Some(places) => {
                for &(n, d) in places {
                    least[n] = Some(least[n].map_or(d, |before: u8| before.min(d)));
                }
            }
            None => others += 1,
        }
    }
    let lacking = least.iter().filter(|d| d.is_none()).count();
    let letters = least.iter().flatten().map(|&d| u32::from(d)).sum();
    (lacking < asked).then_some((lacking, letters, others))
}

/// As they are written, with exact counts.
fn counted(
    question: &Question<'_>,
    near: BTreeSet<(Distance, String)>,
    limit: usize,
) -> Result<Vec<FacetValue>> {
    let whole = |(_, name): &(Distance, String)| {
        let value = Value::Whole(name.clone());
        Clause { kind: Kind::Facet(FacetClause { facet: "person", value }), span: 0..0 }
    };
    let any = Clause { kind: Kind::Or(near.iter().map(whole).collect()), span: 0..0 };
    let both = Kind::And(vec![any, question.clause.clone()]);
    let values = people_of(question, Clause { kind: both, span: 0..0 }, &every())?;

    let distances: FxHashMap<String, Distance> =
        near.into_iter().map(|(distance, name)| (name, distance)).collect();
    let mut values: Vec<_> = values
        .into_iter()
        .filter_map(|value| Some((*distances.get(&folded(&value.value))?, value)))
        .collect();
    // The sort is stable: of equally near names the most frequent come first.
    values.sort_by_key(|(distance, _)| *distance);
    values.truncate(limit);
    Ok(values.into_iter().map(|(_, value)| value).collect())
}
