//! Facet counts: merged over segments by value, searched, ranked.

use std::cmp::Reverse;
use std::collections::HashMap;

use tantivy::columnar::StrColumn;

use super::aliases::renamed::SegmentPeople;
use super::collect::SegmentCounts;
use super::search::{FacetCounts, FacetRequest, FacetValue};
use crate::article::CountryCode;
use crate::error::{Error, Result};
use crate::extract::gazetteer;
use crate::index::analyze;
use crate::index::schema::FACETS;

/// The schema's name of the facet that `request` asks for.
pub(super) fn field(request: &FacetRequest) -> Result<&'static str> {
    let name = request.field.trim_end_matches(':').to_ascii_lowercase();
    if let Some(facet) = FACETS.iter().find(|f| f.name == name) {
        return Ok(facet.name);
    }
    let names: Vec<_> = FACETS.iter().map(|f| f.name).collect();
    let hint = super::parse::nearest(&name)
        .filter(|near| names.contains(near))
        .map_or_else(String::new, |near| format!("; did you mean {near}?"));
    Err(Error::Usage(format!(
        "there is no facet {}{hint} (facets: {})",
        request.field,
        names.join(", ")
    )))
}

/// Merges what the segments counted.
pub(super) fn merged(
    request: &FacetRequest,
    segments: &[SegmentCounts],
) -> std::io::Result<FacetCounts> {
    let matching = request.matching.as_deref().map(Matching::new);
    let missing = segments.iter().map(|s| s.missing).sum();
    let (values, distinct) = match segments {
        [only] if matching.is_none() && only.people.is_none() => {
            most_frequent(only, request.limit)?
        }
        _ => {
            let mut counts: HashMap<String, u64> = HashMap::new();
            for segment in segments {
                for_each_value(segment, |value, names, count| {
                    let accepts =
                        |m: &Matching| m.accepts(value) || names.iter().any(|n| m.accepts(n));
                    if matching.as_ref().is_none_or(accepts) {
                        *counts.entry(value.to_owned()).or_default() += u64::from(count);
                    }
                })?;
            }
            let distinct = counts.len() as u64;
            let values = counts.into_iter().map(|(value, count)| FacetValue { value, count });
            (ranked(values.collect(), request.limit), distinct)
        }
    };
    Ok(FacetCounts { field: request.field.clone(), values, distinct, missing })
}

/// Without reading the names of values that are not returned.
fn most_frequent(segment: &SegmentCounts, limit: usize) -> std::io::Result<(Vec<FacetValue>, u64)> {
    let mut ordinals: Vec<u32> =
        (0..segment.counts.len() as u32).filter(|&o| segment.counts[o as usize] > 0).collect();
    let distinct = ordinals.len() as u64;
    // Ordinals are in the order of the values: ties come by name.
    let rank = |&o: &u32| (Reverse(segment.counts[o as usize]), o);
    if limit < ordinals.len() {
        ordinals.select_nth_unstable_by_key(limit, rank);
        ordinals.truncate(limit);
    }
    ordinals.sort_unstable_by_key(rank);
    let mut values = Vec::with_capacity(ordinals.len());
    for ordinal in ordinals {
        let value = value_of(segment.column.as_ref(), ordinal)?;
        values.push(FacetValue { value, count: u64::from(segment.counts[ordinal as usize]) });
    }
    Ok((values, distinct))
}

fn value_of(column: Option<&StrColumn>, ordinal: u32) -> std::io::Result<String> {
    let mut value = String::new();
    if let Some(column) = column {
        column.ord_to_str(u64::from(ordinal), &mut value)?;
    }
    Ok(value)
}

/// Calls `each` for all values that were counted, with other names for them.
pub(super) fn for_each_value(
    segment: &SegmentCounts,
    mut each: impl FnMut(&str, &[String], u32),
) -> std::io::Result<()> {
    let Some(column) = &segment.column else { return Ok(()) };
    let mut terms = column.dictionary().stream()?;
    let mut ordinal = 0;
    while terms.advance() {
        let count = segment.counts.get(ordinal).copied().unwrap_or(0);
        if count > 0
            && let Ok(value) = std::str::from_utf8(terms.key())
        {
            each(value, &[], count);
        }
        ordinal += 1;
    }
    for (person, count) in segment.people.iter().flat_map(SegmentPeople::counted) {
        each(&person.name, &person.forms, count);
    }
    Ok(())
}

fn ranked(mut values: Vec<FacetValue>, limit: usize) -> Vec<FacetValue> {
    let order = |a: &FacetValue, b: &FacetValue| b.count.cmp(&a.count).then(a.value.cmp(&b.value));
    if limit < values.len() {
        values.select_nth_unstable_by(limit, order);
        values.truncate(limit);
    }
    values.sort_unstable_by(order);
    values
}

/// A text to find in values.
struct Matching(String);

impl Matching {
    fn new(text: &str) -> Self {
        Self(analyze::folded_words(text).join(" "))
    }

    /// Is it in the value, or in the name of the country that the value is the code of?
    fn accepts(&self, value: &str) -> bool {
        let is_in = |text: &str| analyze::folded_words(text).join(" ").contains(&self.0);
        is_in(value)
            || (value.len() == 2
                && CountryCode::parse(value).and_then(gazetteer::country_name).is_some_and(is_in))
    }
}
