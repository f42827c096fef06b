//! Quoted spans without a cue of their own: they continue the quotation before them.

use super::attribute::{Attribution, Confidence};
use super::units::Units;
use super::word_class::Class;

/// Units before a sentence in which the quoted span that it continues is looked for.
const REACH: usize = 40;

/// Confidence in a quotation that is attributed to the speaker of the one before it.
const CONFIDENCE: f32 = 0.6;

/// Extends quotations that their paragraph does not close into the next one, which opens with a mark again.
pub(crate) fn extend(units: &Units, attributions: &mut [Attribution]) {
    let mut covered = vec![false; units.all.len() + 1];
    for piece in attributions.iter().flat_map(Attribution::pieces) {
        covered[piece].fill(true);
    }
    let continues = |j: usize| units.all.get(j).is_some_and(|unit| unit.goes_on);
    for attribution in attributions.iter_mut() {
        let Attribution { first, second, .. } = attribution;
        while first.start > 0 && continues(first.start) && !covered[first.start - 1] {
            first.start -= 1;
            covered[first.start] = true;
        }
        let last = second.as_mut().unwrap_or(first);
        while continues(last.end) && !covered[last.end] {
            covered[last.end] = true;
            last.end += 1;
        }
    }
}

/// Attributes a quoted span that is a sentence of its own to the speaker of the quotation right before it.
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
        let is_long = units.all[only].quoted_length() >= 3;
        if units.class(only) != Class::Quoted || !is_long || covering[only].is_some() {
            continue;
        }
        let before =
            (0..sentence.start).rev().take(REACH).find(|&j| units.class(j) == Class::Quoted);
        let Some(before) = before.and_then(|j| covering[j]) else { continue };
        let earlier = &attributions[before];
        let added = Attribution {
            cue: Attribution::NO_CUE,
            first: only..only + 1,
            second: None,
            source: earlier.source,
            confidence: Confidence { whole: CONFIDENCE, ..earlier.confidence },
        };
        covering[only] = Some(attributions.len());
        attributions.push(added);
    }
}
