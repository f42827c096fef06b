//! Words between marks that no word attributes: they go on with what the speaker before said.

use super::attribute::{Attribution, Sureness};
use super::units::Units;
use super::word_class::Class;

/// Stands for the cue of a quotation without one.
pub(crate) const NO_CUE: usize = usize::MAX;

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
