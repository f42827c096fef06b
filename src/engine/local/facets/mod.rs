//! Facet counts: merged over segments by value, searched, ranked.

mod merge;

use std::cmp::Reverse;
use std::collections::HashMap;

use tantivy::columnar::StrColumn;

use super::collect::SegmentCounts;
use super::people::SegmentPeople;
use crate::article::CountryCode;
use crate::query::engine::{FacetCounts, FacetValue};
use crate::query::request::FacetRequest;
use crate::tables;
use crate::text;

/// Values beyond those asked for that are kept until they are sorted out.
const KEPT: usize = 1024;

/// Merges what the segments counted.
pub(crate) fn merged(
    request: &FacetRequest,
    segments: &[SegmentCounts],
) -> std::io::Result<FacetCounts> {
    let matching = request.matching.as_deref().map(Matching::new);
    let missing = segments.iter().map(|s| s.missing).sum();
    let (values, distinct) = match segments {
        [only] if matching.is_none() && only.people.is_none() => {
            most_frequent(only, request.limit)?
        }
        _ if segments.iter().any(|segment| segment.people.is_some()) => {
            with_people(segments, matching.as_ref(), request.limit)?
        }
        _ => {
            let mut first = First::new(request.limit);
            merge::for_each_merged(segments, |value, count| {
                let accepts =
                    |m: &Matching| std::str::from_utf8(value).is_ok_and(|value| m.accepts(value));
                if matching.as_ref().is_none_or(accepts) {
                    first.push(value, count);
                }
            })?;
            (ranked(first.values, request.limit), first.distinct)
        }
    };
    Ok(FacetCounts { facet: request.facet, values, distinct, missing })
}

/// People among the values: not in order, and under names that others may have.
fn with_people(
    segments: &[SegmentCounts],
    matching: Option<&Matching>,
    limit: usize,
) -> std::io::Result<(Vec<FacetValue>, u64)> {
    let mut counts: HashMap<String, u64> = HashMap::new();
    for segment in segments {
        for_each_value(segment, |value, names, count| {
            let accepts = |m: &Matching| m.accepts(value) || names.iter().any(|n| m.accepts(n));
            if matching.is_none_or(accepts) {
                *counts.entry(value.to_owned()).or_default() += u64::from(count);
            }
        })?;
    }
    let distinct = counts.len() as u64;
    let values = counts.into_iter().map(|(value, count)| FacetValue { value, count });
    Ok((ranked(values.collect(), limit), distinct))
}

/// The first values in the order of a facet, of values that come by name.
struct First {
    limit: usize,
    values: Vec<FacetValue>,
    /// What is no more frequent than this is not among them.
    floor: u64,
    distinct: u64,
}

impl First {
    fn new(limit: usize) -> Self {
        let floor = if limit == 0 { u64::MAX } else { 0 };
        Self { limit, values: Vec::new(), floor, distinct: 0 }
    }

    fn push(&mut self, value: &[u8], count: u64) {
        self.distinct += 1;
        if count <= self.floor {
            return;
        }
        let value = String::from_utf8_lossy(value).into_owned();
        self.values.push(FacetValue { value, count });
        if self.values.len() > self.limit.saturating_mul(2).saturating_add(KEPT) {
            self.values = ranked(std::mem::take(&mut self.values), self.limit);
            self.floor = self.values.last().map_or(self.floor, |last| last.count);
        }
    }
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
pub(crate) fn for_each_value(
    segment: &SegmentCounts,
    mut each: impl FnMut(&str, &[String], u32),
) -> std::io::Result<()> {
    segment.for_each(|value, count| {
        if let Ok(value) = std::str::from_utf8(value) {
            each(value, &[], count);
        }
    })?;
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
        Self(text::folded_words(text).join(" "))
    }

    /// Is it in the value, or in the name of the country that the value is the code of?
    fn accepts(&self, value: &str) -> bool {
        let is_in = |text: &str| text::folded_words(text).join(" ").contains(&self.0);
        is_in(value)
            || (value.len() == 2
                && CountryCode::parse(value).and_then(tables::country_name).is_some_and(is_in))
    }
}
