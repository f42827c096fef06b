//! Words between marks that no word attributes: they go on with what the speaker before said, or stand in a language
//! whose cues are not known.

use super::attribute::{Attribution, Sureness};
use super::units::Units;
use super::words::Class;
use crate::extract::names::Kind;

/// Stands for the cue of a quotation without one.
pub(crate) const NO_CUE: usize = usize::MAX;

/// Units that the name of a speaker may be away from words between marks, where no cue is known.
const REACH: usize = 14;

/// By the marks alone: words of the length of a clause are a quotation, and the nearest person named in the sentence is
/// its source.
pub(crate) fn by_marks_alone(units: &Units) -> Vec<Attribution> {
    let is_clause = |&j: &usize| units.class(j) == Class::Quoted && units.all[j].key >> 8 >= 3;
    (0..units.all.len())
        .filter(is_clause)
        .map(|at| {
            let source = nearest_person(units, at);
            let whole = if source.is_some() { 0.6 } else { 0.5 };
            let sure = Sureness { whole, ..Sureness::default() };
            Attribution { cue: NO_CUE, first: at..at + 1, second: None, source, sure }
        })
        .collect()
}

fn nearest_person(units: &Units, at: usize) -> Option<usize> {
    let sentence = units.sentence(at);
    let is_person = |&j: &usize| {
        let ends = units.all.get(j + 1).is_none_or(|next| next.names != Some(Kind::Person));
        units.all[j].names == Some(Kind::Person) && ends
    };
    let behind = (at + 1..sentence.end.min(at + REACH)).find(is_person);
    let before = (sentence.start.max(at.saturating_sub(REACH))..at).rev().find(is_person);
    match (before, behind) {
        (Some(before), Some(behind)) if at - before < behind - at => Some(before),
        (before, behind) => behind.or(before),
    }
}

/// A quotation that its paragraph does not close goes on in the next one, which opens with a mark again.
pub(crate) fn join(units: &Units, attributions: &mut [Attribution]) {
    let mut covered = vec![false; units.all.len() + 1];
    for piece in attributions.iter().flat_map(Attribution::pieces) {
        covered[piece].fill(true);
    }
    let goes_on = |j: usize| units.all.get(j).is_some_and(|unit| unit.goes_on);
    for attribution in attributions.iter_mut() {
        let Attribution { first, second, .. } = attribution;
        while first.start > 0 && goes_on(first.start) && !covered[first.start - 1] {
            first.start -= 1;
            covered[first.start] = true;
        }
        let last = second.as_mut().unwrap_or(first);
        while goes_on(last.end) && !covered[last.end] {
            covered[last.end] = true;
            last.end += 1;
        }
    }
}

/// Marked words that are a sentence of their own, behind a quotation of the sentence before, are the same speaker's.
pub(crate) fn add(units: &Units, attributions: &mut Vec<Attribution>) {
    let mut covering: Vec<Option<usize>> = vec![None; units.all.len()];
    for (i, attribution) in attributions.iter().enumerate() {
        for piece in attribution.pieces() {
            for slot in &mut covering[piece] {
                *slot = Some(i);
            }
        }
    }
    for sentence in &units.sentences {
        let words = sentence.clone().filter(|&j| !units.class(j).is_mark());
        let mut words = words.take(2);
        let (Some(only), None) = (words.next(), words.next()) else { continue };
        let is_long = units.all[only].key >> 8 >= 3;
        if units.class(only) != Class::Quoted || !is_long || covering[only].is_some() {
            continue;
        }
        let before = (0..sentence.start).rev().take(40).find(|&j| units.class(j) == Class::Quoted);
        let Some(before) = before.and_then(|j| covering[j]) else { continue };
        let earlier = &attributions[before];
        let added = Attribution {
            cue: NO_CUE,
            first: only..only + 1,
            second: None,
            source: earlier.source,
            sure: Sureness { whole: 0.6, ..earlier.sure },
        };
        covering[only] = Some(attributions.len());
        attributions.push(added);
    }
}
