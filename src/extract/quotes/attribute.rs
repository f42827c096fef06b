//! Attributions from cues: for each likely cue the best content and source, with a confidence in the whole, and the
//! choice among overlapping attributions.

use std::ops::Range;

use super::content_span::{self, FarEnd, NearEnd};
use super::cues::{self, Cue, Level, bucket};
use super::model::{Features, Model, Question, logistic};
use super::source::{self, SourceCandidate};
use super::units::Units;
use super::word_class::Class;

/// Least logit of a word's own features for its context to be read: by cross-validation the results stay the same.
const MIN_OWN_LOGIT: f32 = -2.0;

/// Least probability of a cue for its content to be looked for.
const MIN_CUE_PROBABILITY: f32 = 0.25;

/// Least confidence of an attribution without quoted words.
const MIN_CONFIDENCE: f32 = 0.43;

/// Least confidence of an attribution with quoted words.
const MIN_CONFIDENCE_QUOTED: f32 = 0.35;

/// What both thresholds rise by for a source of probability 0.
const SOURCE_PENALTY: f32 = 0.2;

/// Attributions before and after one that are compared with it.
const NEIGHBOURS: usize = 8;

/// An attribution; its parts are unit indices.
#[derive(Clone, Debug)]
pub(crate) struct Attribution {
    /// The cue word, or [`Attribution::NO_CUE`].
    pub(crate) cue: usize,
    /// The content.
    pub(crate) first: Range<usize>,
    /// A second piece of content after the cue.
    pub(crate) second: Option<Range<usize>>,
    /// The head of the noun phrase that names the source.
    pub(crate) source: Option<usize>,
    pub(crate) confidence: Confidence,
}

/// Probabilities that the parts of an attribution are right, 0 to 1.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Confidence {
    pub(crate) cue: f32,
    /// That of the content's end next to the cue.
    pub(crate) near: f32,
    /// That of the content's other end.
    pub(crate) far: f32,
    pub(crate) source: f32,
    /// That of the attribution as a whole.
    pub(crate) whole: f32,
}

impl Attribution {
    /// The cue of a quotation without one.
    pub(crate) const NO_CUE: usize = usize::MAX;

    /// The pieces of the content.
    pub(crate) fn pieces(&self) -> impl Iterator<Item = Range<usize>> {
        std::iter::once(self.first.clone()).chain(self.second.clone())
    }

    /// The Jaccard index of the contents.
    fn overlap(&self, other: &Self) -> f32 {
        let pairs = self.pieces().flat_map(|a| other.pieces().map(move |b| (a.clone(), b)));
        let common: usize =
            pairs.map(|(a, b)| a.end.min(b.end).saturating_sub(a.start.max(b.start))).sum();
        let size = |x: &Self| x.pieces().map(|p| p.len()).sum::<usize>();
        common as f32 / (size(self) + size(other) - common).max(1) as f32
    }
}

/// Returns all accepted attributions in the order of their cues.
pub(crate) fn find(units: &Units, model: &Model) -> Vec<Attribution> {
    let mut candidates = candidates(units, model);
    for i in 0..candidates.len() {
        let mut tally = model.tally(Question::Accept);
        accept_features(units, &candidates, i, &mut tally);
        candidates[i].confidence.whole = logistic(tally.score());
    }
    accepted(units, candidates)
}

/// The best attribution of each likely cue, without the confidence in the whole.
pub(crate) fn candidates(units: &Units, model: &Model) -> Vec<Attribution> {
    let mut levels = Vec::new();
    let mut search = Search::default();
    likely_cues(units, model, &mut levels)
        .into_iter()
        .filter_map(|(cue, probability)| {
            search.best(units, model, &Cue::new(units, &levels, cue), probability)
        })
        .collect()
}

/// The likely cues with their probabilities; fills `levels` with the level of each unit.
pub(crate) fn likely_cues(
    units: &Units,
    model: &Model,
    levels: &mut Vec<Level>,
) -> Vec<(usize, f32)> {
    levels.clear();
    levels.resize(units.all.len(), 0);
    let mut likely = Vec::new();
    for (cue, level) in levels.iter_mut().enumerate() {
        if !cues::is_candidate(units, cue) {
            continue;
        }
        let mut tally = model.tally(Question::Cue);
        cues::own_features(units, cue, &mut tally);
        if tally.score() < MIN_OWN_LOGIT {
            continue;
        }
        cues::features(units, cue, &mut tally);
        let probability = logistic(tally.score());
        *level = cues::level(probability);
        if probability >= MIN_CUE_PROBABILITY {
            likely.push((cue, probability));
        }
    }
    likely
}

/// The buffers of candidates, reused for each cue.
#[derive(Default)]
struct Search {
    near_ends: Vec<NearEnd>,
    far_ends: Vec<FarEnd>,
    second_pieces: Vec<Range<usize>>,
    sources: Vec<SourceCandidate>,
}

impl Search {
    fn best(
        &mut self,
        units: &Units,
        model: &Model,
        cue: &Cue<'_>,
        cue_probability: f32,
    ) -> Option<Attribution> {
        content_span::near_ends(units, cue, &mut self.near_ends);
        let (near_end, near) = choose(self.near_ends.iter().copied(), |near| {
            let mut tally = model.tally(Question::Near);
            content_span::near_features(units, cue, near, &mut tally);
            tally.score()
        })?;
        content_span::far_ends(units, cue, near_end, &mut self.far_ends);
        let last = self.far_ends.last()?.at;
        let (far_end, far) = choose(self.far_ends.iter(), |far| {
            let mut tally = model.tally(Question::Far);
            content_span::far_features(units, cue, near_end, far, far.at == last, &mut tally);
            tally.score()
        })?;
        let (near_at, far_at) = (near_end.at, far_end.at);
        let first = if near_end.after_cue { near_at..far_at } else { far_at..near_at };
        content_span::second_pieces(units, cue.at, &first, &mut self.second_pieces);
        let (second, _) = choose(self.second_pieces.iter().map(Some).chain([None]), |second| {
            let Some(second) = second else { return 0.0 };
            let mut tally = model.tally(Question::More);
            content_span::second_features(units, cue.at, &first, second, &mut tally);
            tally.score()
        })?;
        let second = second.cloned();
        let pieces: [Range<usize>; 2] = [first.clone(), second.clone().unwrap_or(0..0)];
        source::candidates(units, cue, &pieces, &mut self.sources);
        let (head, source) = choose(self.sources.iter().map(Some).chain([None]), |head| {
            let mut tally = model.tally(Question::Source);
            source::features(units, cue, &first, head, &mut tally);
            tally.score()
        })?;
        let confidence = Confidence { cue: cue_probability, near, far, source, whole: 0.0 };
        Some(Attribution { cue: cue.at, first, second, source: head.map(|h| h.at), confidence })
    }
}

/// The candidate of the highest score, and its probability by softmax.
fn choose<T: Copy>(
    candidates: impl Iterator<Item = T>,
    mut score: impl FnMut(T) -> f32,
) -> Option<(T, f32)> {
    let mut best: Option<(T, f32)> = None;
    // Sum of the exponentials relative to the best score so far.
    let mut sum = 0.0_f32;
    for candidate in candidates {
        let score = score(candidate);
        match best {
            Some((_, highest)) if score <= highest => sum += (score - highest).exp(),
            Some((_, highest)) => {
                sum = sum * (highest - score).exp() + 1.0;
                best = Some((candidate, score));
            }
            None => {
                sum = 1.0;
                best = Some((candidate, score));
            }
        }
    }
    best.map(|(candidate, _)| (candidate, 1.0 / sum))
}

/// Adds to `out` the features of whether candidate `i` is an attribution.
pub(crate) fn accept_features(
    units: &Units,
    candidates: &[Attribution],
    i: usize,
    out: &mut impl Features,
) {
    let candidate = &candidates[i];
    let cue = units.all[candidate.cue];
    let cue_class = (cue.class as u32) << 4 | cues::kind(units, candidate.cue);
    let tenths = |p: f32| floor(p * 10.0);
    let confidence = candidate.confidence;
    let log_odds = (confidence.cue / (1.0 - confidence.cue).max(1e-4)).ln();
    let cue_odds = floor((16.0 + 2.0 * log_odds).clamp(0.0, 32.0));
    let opener = units.all[candidate.first.start];
    let after_cue = u32::from(candidate.first.start > candidate.cue);
    let quoted = quoted_share(units, candidate);
    let length = bucket(candidate.first.len());
    let (source_class, source_key) = candidate.source.map_or((99, 0), |head| {
        let unit = units.all[head];
        ((unit.class as u32) << 4 | unit.names.map_or(0, |k| 1 + k as u32), unit.key)
    });
    let source_side = candidate.source.map_or(2, |head| u32::from(head > candidate.cue));
    let nested = nesting(candidates, i);
    let after = units.class(candidate.first.end) as u32;
    let auxiliaries = cues::auxiliaries(units, candidate.cue);
    let next = units.class(candidate.cue + 1) as u32;
    let mut add = |template, a, b| out.add(template, a, b);
    add(1, 0, 0);
    add(2, cue_odds, 0);
    add(3, cue_odds, quoted << 1 | after_cue);
    add(4, tenths(confidence.near), quoted);
    add(5, tenths(confidence.far), quoted);
    add(6, tenths(confidence.source), source_class);
    add(7, cue_odds, nested);
    add(8, cue.stem, quoted << 1 | after_cue);
    add(9, cue.stem, opener.class as u32);
    add(10, cue.stem, length);
    add(11, cue.stem, source_class);
    add(12, cue.stem, source_key);
    add(13, source_key, cue_class);
    add(14, cue_class, opener.class as u32);
    add(15, cue_class << 1 | after_cue, length << 8 | quoted);
    add(16, cue_class, source_class);
    add(17, nested, cue_class);
    add(18, nested, cue.stem);
    add(19, opener.key, cue_class << 1 | after_cue);
    add(20, source_class << 4 | source_side, quoted << 1 | after_cue);
    add(21, source_key, auxiliaries);
    add(22, after, opener.class as u32);
    add(23, opener.class as u32, length << 8 | after_cue);
    add(24, cue.stem, next << 8 | source_side);
    add(25, u32::from(candidate.second.is_some()), quoted);
    add(26, opener.key, cue.stem);
    add(27, tenths(confidence.near), cue_odds);
    add(28, source_class, cue_odds);
    add(29, opener.class as u32, cue_odds);
    add(30, cue.key, auxiliaries);
}

/// The integer part.
#[allow(clippy::cast_sign_loss, reason = "probabilities and clamped odds are never below zero")]
fn floor(value: f32) -> u32 {
    value as u32
}

/// How much of the first piece is quoted: 0 nothing, 1 a part, 2 all in short spans, 3 all with a long one.
fn quoted_share(units: &Units, candidate: &Attribution) -> u32 {
    let mut quoted = 0;
    let mut longest = 0;
    for j in candidate.first.clone() {
        if units.class(j) == Class::Quoted {
            quoted += 1;
            longest = longest.max(units.all[j].quoted_length());
        }
    }
    match (quoted, candidate.first.len()) {
        (0, _) => 0,
        (n, length) if n == length => 2 + u32::from(longest > 2),
        _ => 1,
    }
}

/// The indices of the attributions near the `i`th of `count`.
fn neighbours(i: usize, count: usize) -> impl Iterator<Item = usize> {
    (i.saturating_sub(NEIGHBOURS)..count.min(i + NEIGHBOURS)).filter(move |&j| j != i)
}

/// How a likelier candidate nearby relates to candidate `i`: 8 has nearly the same content, 9 with the same source; 2 or 3
/// contains its cue, 4 or 5 its cue and source, the higher numbers for a very likely cue; 0 none.
fn nesting(candidates: &[Attribution], i: usize) -> u32 {
    let own = &candidates[i];
    let mut nesting = 0;
    for j in neighbours(i, candidates.len()) {
        let other = &candidates[j];
        let (probability, own_probability) = (other.confidence.cue, own.confidence.cue);
        if probability <= own_probability.max(0.3) && j > i || probability < 0.3 {
            continue;
        }
        let is_within = |unit| other.pieces().any(|piece| piece.contains(&unit));
        if probability > own_probability && other.overlap(own) > 0.5 {
            nesting = nesting.max(8 + u32::from(other.source == own.source));
        } else if is_within(own.cue) {
            let with_source = u32::from(own.source.is_some_and(is_within));
            nesting = nesting.max(2 + 2 * with_source + u32::from(probability > 0.7));
        }
    }
    nesting
}

/// The candidates of sufficient confidence, without those whose content a likelier one has.
fn accepted(units: &Units, candidates: Vec<Attribution>) -> Vec<Attribution> {
    let is_duplicate = |i: usize, own: &Attribution| {
        neighbours(i, candidates.len())
            .any(|j| is_likelier(&candidates, j, i) && candidates[j].overlap(own) > 0.5)
    };
    let is_confident = |candidate: &Attribution| {
        let is_quoted = quoted_share(units, candidate) > 0;
        let least = if is_quoted { MIN_CONFIDENCE_QUOTED } else { MIN_CONFIDENCE };
        let Confidence { whole, source, .. } = candidate.confidence;
        whole >= least + SOURCE_PENALTY * (1.0 - source)
    };
    let enumerated = candidates.iter().enumerate();
    let kept: Vec<bool> =
        enumerated.map(|(i, own)| is_confident(own) && !is_duplicate(i, own)).collect();
    let pairs = candidates.into_iter().zip(kept);
    let mut accepted = pairs.filter_map(|(own, kept)| kept.then_some(own)).collect();
    remove_shared_pieces(&mut accepted);
    accepted
}

/// Whether attribution `j` is likelier than attribution `i`; among equals the earlier one is.
fn is_likelier(attributions: &[Attribution], j: usize, i: usize) -> bool {
    (attributions[j].confidence.whole, i) > (attributions[i].confidence.whole, j)
}

/// Removes from each attribution the pieces that a likelier one has: `“A,” she said. “B,” he replied.`
fn remove_shared_pieces(attributions: &mut Vec<Attribution>) {
    let is_taken = |i: usize, piece: &Range<usize>| {
        neighbours(i, attributions.len()).any(|j| {
            is_likelier(attributions, j, i) && attributions[j].pieces().any(|p| p == *piece)
        })
    };
    let left: Vec<(bool, bool)> = (0..attributions.len())
        .map(|i| {
            let Attribution { first, second, .. } = &attributions[i];
            (!is_taken(i, first), second.as_ref().is_some_and(|second| !is_taken(i, second)))
        })
        .collect();
    for (attribution, &(first, second)) in attributions.iter_mut().zip(&left) {
        let other = attribution.second.take().filter(|_| second);
        match (first, other) {
            (true, other) => attribution.second = other,
            (false, Some(other)) => attribution.first = other,
            (false, None) => attribution.confidence.whole = 0.0,
        }
    }
    attributions.retain(|attribution| attribution.confidence.whole > 0.0);
}
