//! Names that may be another spelling of a name: each word of the one is a spelling of a word of the other.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use super::romanise::{Spellings, is_article};
use crate::article::Facet;
use crate::error::Result;
use crate::query::engine::{Engine, FacetValue, Wanted};
use crate::query::language::clause::{Clause, ClauseKind, FacetClause, Value};
use crate::query::limits::Limits;
use crate::query::matching::name::folded_name;
use crate::query::question::Question;
use crate::query::request::FacetRequest;
use crate::text;

/// The nearest names whose articles are counted.
const MAX_CANDIDATES: usize = 200;

/// The distance of a name from the one asked for: words without a counterpart, edits, additional words.
type Distance = (usize, u32, usize);

/// The names of people that are nearest to `name`, nearest first, with their numbers of articles among those that `question`
/// matches: names that have all of its words; if there are none, names that share some; else names that contain its
/// letters. Folded names for which `excluded` holds are left out.
pub(super) fn similar_names(
    engine: &dyn Engine,
    question: &Question,
    name: &str,
    excluded: &dyn Fn(&str) -> bool,
    limit: usize,
) -> Result<Vec<FacetValue>> {
    let words = text::folded_words(name);
    let asked: Vec<_> =
        words.iter().filter(|word| !is_article(word)).map(|word| Spellings::new(word)).collect();
    if asked.is_empty() {
        return Ok(Vec::new());
    }
    let near = spellings(engine, &question.limits, &asked)?;
    let near = nearest(engine, &question.limits, &near, asked.len(), excluded)?;
    if near.is_empty() {
        let matching = Some(name.to_owned());
        let within = FacetRequest { facet: Facet::Person, limit, matching };
        let mut values = people_of(engine, question, within)?;
        values.retain(|value| !excluded(&folded_name(&value.value)));
        return Ok(values);
    }
    counted(engine, question, near, limit)
}

/// The values of the facet of people.
fn people_of(
    engine: &dyn Engine,
    question: &Question,
    wanted: FacetRequest,
) -> Result<Vec<FacetValue>> {
    let wanted = Wanted { stored_names: true, ..Wanted::facets(vec![wanted]) };
    let found = engine.find(question, &wanted)?;
    Ok(found.facets.into_iter().flat_map(|counts| counts.values).collect())
}

/// The words of all names that are near words of the name asked for, with the numbers and edit distances of these.
type Near = FxHashMap<String, Vec<(usize, u8)>>;

/// The words of the index's names that are near.
fn spellings(engine: &dyn Engine, limits: &Limits, asked: &[Spellings]) -> Result<Near> {
    let mut near = Near::default();
    engine.for_each_word_of_names(Facet::Person, limits, &mut |word| {
        if near.contains_key(word) {
            return;
        }
        let places = asked.iter().enumerate();
        let found: Vec<_> = places.filter_map(|(n, a)| a.distance(word).map(|d| (n, d))).collect();
        if !found.is_empty() {
            near.insert(word.to_owned(), found);
        }
    })?;
    Ok(near)
}

/// The nearest folded names, with their distances.
fn nearest(
    engine: &dyn Engine,
    limits: &Limits,
    near: &Near,
    asked: usize,
    excluded: &dyn Fn(&str) -> bool,
) -> Result<BTreeSet<(Distance, String)>> {
    let mut found = BTreeSet::new();
    engine.for_each_name(Facet::Person, limits, &mut |name| {
        let Some(distance) = distance(name, near, asked) else { return };
        let is_last = |(last, _): &(Distance, String)| *last <= distance;
        if (found.len() >= MAX_CANDIDATES && found.last().is_some_and(is_last)) || excluded(name) {
            return;
        }
        found.insert((distance, name.to_owned()));
        if found.len() > MAX_CANDIDATES {
            found.pop_last();
        }
    })?;
    let fewest = found.first().map_or(0, |((lacking, ..), _)| *lacking);
    found.retain(|((lacking, ..), _)| *lacking == fewest);
    Ok(found)
}

/// The distance of a folded name; `None` if it has no word that is near.
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

/// The names as they are stored, with exact counts.
fn counted(
    engine: &dyn Engine,
    question: &Question,
    near: BTreeSet<(Distance, String)>,
    limit: usize,
) -> Result<Vec<FacetValue>> {
    let whole = |(_, name): &(Distance, String)| {
        let value = Value::Folded(name.clone());
        Clause::implied(ClauseKind::Facet(FacetClause { facet: Facet::Person, value }))
    };
    let any = ClauseKind::Or(near.iter().map(whole).collect());
    let all = FacetRequest::all(Facet::Person);
    let values = people_of(engine, &question.and(any), all)?;

    let distances: FxHashMap<String, Distance> =
        near.into_iter().map(|(distance, name)| (name, distance)).collect();
    let mut values: Vec<_> = values
        .into_iter()
        .filter_map(|value| Some((*distances.get(&folded_name(&value.value))?, value)))
        .collect();
    // The sort is stable: of equally near names the most frequent come first.
    values.sort_by_key(|(distance, _)| *distance);
    values.truncate(limit);
    Ok(values.into_iter().map(|(_, value)| value).collect())
}
