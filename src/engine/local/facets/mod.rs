//! Facet counts: merged over segments by value, filtered, ranked.

mod merge;

use std::cmp::Reverse;
use std::collections::HashMap;

use tantivy::columnar::StrColumn;

use super::collect::SegmentFacetCounts;
use super::people::SegmentPeople;
use super::watch::Watch;
use crate::article::{CountryCode, Facet};
use crate::query::engine::{FacetCounts, FacetValue};
use crate::query::limits::Ticker;
use crate::query::matching::name::{folded_name, usual_names};
use crate::query::request::FacetRequest;
use crate::tables;

/// Values beyond twice those asked for that are buffered before the others are dropped.
const SPARE: usize = 1024;

/// The counts of a facet over all segments; an error if the time is over.
pub(crate) fn merged(
    request: &FacetRequest,
    segments: &[SegmentFacetCounts],
    mut ticker: Ticker,
) -> std::io::Result<FacetCounts> {
    let matching = request.matching.as_deref().map(|text| ValueFilter::new(request.facet, text));
    let missing = segments.iter().map(|s| s.missing).sum();
    let (values, distinct) = match segments {
        [only] if matching.is_none() && only.people.is_none() => {
            most_frequent(only, request.limit)?
        }
        _ if segments.iter().any(|segment| segment.people.is_some()) => {
            with_people(segments, matching.as_ref(), request.limit, &mut ticker)?
        }
        _ => {
            let mut top = MostFrequent::new(request.limit);
            merge::for_each_merged(segments, &mut ticker, |value, count| {
                let accepts = |m: &ValueFilter| {
                    std::str::from_utf8(value).is_ok_and(|value| m.accepts(value))
                };
                if matching.as_ref().is_none_or(accepts) {
                    top.push(value, count);
                }
            })?;
            (ranked(top.values, request.limit), top.distinct)
        }
    };
    Ok(FacetCounts { facet: request.facet, values, distinct, missing })
}

/// Counts where people are counted in place of names: they are not sorted, and another person's stored name may be equal.
fn with_people(
    segments: &[SegmentFacetCounts],
    matching: Option<&ValueFilter>,
    limit: usize,
    ticker: &mut Ticker,
) -> std::io::Result<(Vec<FacetValue>, u64)> {
    let mut counts: HashMap<String, u64> = HashMap::new();
    for segment in segments {
        Watch::step(ticker, segment.counts.len())?;
        for_each_value(segment, |value, names, count| {
            let accepts = |m: &ValueFilter| m.accepts(value) || names.iter().any(|n| m.accepts(n));
            if matching.is_none_or(accepts) {
                *counts.entry(value.to_owned()).or_default() += u64::from(count);
            }
        })?;
    }
    let distinct = counts.len() as u64;
    let values = counts.into_iter().map(|(value, count)| FacetValue { value, count });
    Ok((ranked(values.collect(), limit), distinct))
}

/// The most frequent of values that come by name.
struct MostFrequent {
    limit: usize,
    values: Vec<FacetValue>,
    /// Values with this count or a lower one are not among them.
    floor: u64,
    distinct: u64,
}

impl MostFrequent {
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
        if self.values.len() > self.limit.saturating_mul(2).saturating_add(SPARE) {
            self.values = ranked(std::mem::take(&mut self.values), self.limit);
            self.floor = self.values.last().map_or(self.floor, |last| last.count);
        }
    }
}

/// The most frequent values of a single segment, without reading the names of the others.
fn most_frequent(
    segment: &SegmentFacetCounts,
    limit: usize,
) -> std::io::Result<(Vec<FacetValue>, u64)> {
    let mut ordinals: Vec<u32> =
        (0..segment.counts.len() as u32).filter(|&o| segment.counts[o as usize] > 0).collect();
    let distinct = ordinals.len() as u64;
    // Ordinals are in the order of values: ties are sorted by name.
    let rank = |&o: &u32| (Reverse(segment.counts[o as usize]), o);
    if limit < ordinals.len() {
        ordinals.select_nth_unstable_by_key(limit, rank);
        ordinals.truncate(limit);
    }
    ordinals.sort_unstable_by_key(rank);
    let mut values = Vec::with_capacity(ordinals.len());
    for ordinal in ordinals {
        let mut value = value_of(segment.column.as_ref(), ordinal)?;
        value.drain(..segment.prefix);
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

/// Calls `each` for all values with a count, and for people with all of their names.
pub(crate) fn for_each_value(
    segment: &SegmentFacetCounts,
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

/// The `limit` most frequent values; ties by name.
fn ranked(mut values: Vec<FacetValue>, limit: usize) -> Vec<FacetValue> {
    let order = |a: &FacetValue, b: &FacetValue| b.count.cmp(&a.count).then(a.value.cmp(&b.value));
    if limit < values.len() {
        values.select_nth_unstable_by(limit, order);
        values.truncate(limit);
    }
    values.sort_unstable_by(order);
    values
}

/// A filter of values by a text.
struct ValueFilter {
    folded: String,
    /// The values that the text is another name of.
    usual: Vec<&'static str>,
}

impl ValueFilter {
    fn new(facet: Facet, text: &str) -> Self {
        Self { folded: folded_name(text), usual: usual_names(facet, text) }
    }

    /// Whether the text is in the value, in the name of the country whose code the value is, or another name of the value.
    fn accepts(&self, value: &str) -> bool {
        let is_in = |text: &str| folded_name(text).contains(&self.folded);
        is_in(value)
            || self.usual.contains(&value)
            || (value.len() == 2
                && CountryCode::parse(value).and_then(tables::country_name).is_some_and(is_in))
    }
}
