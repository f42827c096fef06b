//! From a word that attributes to the whole attribution: the reported words, their source, and how sure it is.

use std::ops::Range;

use super::cues::{self, Cue, Level, bucket};
use super::model::{Features, Model, Question, logistic};
use super::quoted_spans::{self, Far, Near};
use super::source::{self, Head};
use super::units::Units;
use super::word_class::Class;

/// Words whose own features have a logit below this do not attribute, whatever stands around them: by cross-validation
/// the answers stay the same.
const HOPELESS: f32 = -2.0;

/// Words that attribute less surely than this are not looked at further.
const WORTH_A_LOOK: f32 = 0.25;

/// Attributions that are less sure than this are dropped.
const SURE_ENOUGH: f32 = 0.43;

/// The same where they report words between marks.
const SURE_ENOUGH_MARKED: f32 = 0.35;

/// How much surer an attribution must be whose source is wholly unsure.
const DOUBT: f32 = 0.2;

/// How many attributions before may contain one or say the same.
const NEIGHBOURS: usize = 8;

/// An attribution in units.
#[derive(Clone, Debug)]
pub(crate) struct Attribution {
    /// The word that attributes.
    pub(crate) cue: usize,
    /// The reported words.
    pub(crate) first: Range<usize>,
    /// They may go on behind the attribution.
    pub(crate) second: Option<Range<usize>>,
    /// The head of the noun phrase that names the source.
    pub(crate) source: Option<usize>,
    /// 0 to 1: how sure the parts and, at the end, the whole are.
    pub(crate) sure: Sureness,
}

/// How sure the answers are, 0 to 1.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Sureness {
    /// That the word attributes.
    pub(crate) cue: f32,
    /// Of the near end.
    pub(crate) near: f32,
    /// Of the far end.
    pub(crate) far: f32,
    /// Of the source.
    pub(crate) source: f32,
    /// Of it all.
    pub(crate) whole: f32,
}

impl Attribution {
    /// Both pieces.
    pub(crate) fn pieces(&self) -> impl Iterator<Item = Range<usize>> {
        std::iter::once(self.first.clone()).chain(self.second.clone())
    }

    /// Units that two attributions report both, of all that they report.
    fn shared(&self, other: &Self) -> f32 {
        let common: usize =
            self.pieces().flat_map(|a| other.pieces().map(move |b| common(&a, &b))).sum();
        let size = |x: &Self| x.pieces().map(|p| p.len()).sum::<usize>();
        common as f32 / (size(self) + size(other) - common).max(1) as f32
    }
}

fn common(a: &Range<usize>, b: &Range<usize>) -> usize {
    a.end.min(b.end).saturating_sub(a.start.max(b.start))
}

/// All attributions that are sure enough, in the order of their cues.
pub(crate) fn find(units: &Units, model: &Model) -> Vec<Attribution> {
    let mut drafts = drafts(units, model);
    for i in 0..drafts.len() {
        let mut tally = model.tally(Question::Accept);
        accept_features(units, &drafts, i, &mut tally);
        drafts[i].sure.whole = logistic(tally.score());
    }
    best(units, drafts)
}

/// What each word that may attribute would attribute, sure or not.
pub(crate) fn drafts(units: &Units, model: &Model) -> Vec<Attribution> {
    let mut levels = Vec::new();
    let mut search = Search::default();
    likely(units, model, &mut levels)
        .into_iter()
        .filter_map(|(cue, sure)| search.draft(units, model, &Cue::new(units, &levels, cue), sure))
        .collect()
}

/// The words that may attribute, and how surely; `levels` is filled with what all units attribute.
pub(crate) fn likely(units: &Units, model: &Model, levels: &mut Vec<Level>) -> Vec<(usize, f32)> {
    levels.clear();
    levels.resize(units.all.len(), 0);
    let mut likely = Vec::new();
    for (cue, level) in levels.iter_mut().enumerate() {
        if !cues::is_candidate(units, cue) {
            continue;
        }
        let mut tally = model.tally(Question::Cue);
        cues::own_features(units, cue, &mut tally);
        if tally.score() < HOPELESS {
            continue;
        }
        cues::features(units, cue, &mut tally);
        let sure = logistic(tally.score());
        *level = cues::level(sure);
        if sure >= WORTH_A_LOOK {
            likely.push((cue, sure));
        }
    }
    likely
}

/// Room for candidates, used again and again.
#[derive(Default)]
struct Search {
    near: Vec<Near>,
    far: Vec<Far>,
    second: Vec<Range<usize>>,
    heads: Vec<Head>,
}

impl Search {
    fn draft(
        &mut self,
        units: &Units,
        model: &Model,
        around: &Cue<'_>,
        sure: f32,
    ) -> Option<Attribution> {
        let cue = around.at;
        quoted_spans::near(units, around, &mut self.near);
        let (near, near_sure) = choose(self.near.iter().copied(), |near| {
            let mut tally = model.tally(Question::Near);
            quoted_spans::near_features(units, around, near, &mut tally);
            tally.score()
        })?;
        quoted_spans::far(units, around, near, &mut self.far);
        let last = self.far.last()?.at;
        let (far, far_sure) = choose(self.far.iter(), |far| {
            let mut tally = model.tally(Question::Far);
            quoted_spans::far_features(units, around, near, far, far.at == last, &mut tally);
            tally.score()
        })?;
        let first = if near.behind { near.at..far.at } else { far.at..near.at };
        quoted_spans::second(units, cue, &first, &mut self.second);
        let (second, _) = choose(self.second.iter().map(Some).chain([None]), |second| {
            let Some(second) = second else { return 0.0 };
            let mut tally = model.tally(Question::More);
            quoted_spans::second_features(units, cue, &first, second, &mut tally);
            tally.score()
        })?;
        let second = second.cloned();
        let pieces: [Range<usize>; 2] = [first.clone(), second.clone().unwrap_or(0..0)];
        source::heads(units, around, &pieces, &mut self.heads);
        let (source, source_sure) = choose(self.heads.iter().map(Some).chain([None]), |head| {
            let mut tally = model.tally(Question::Source);
            source::features(units, around, &first, head, &mut tally);
            tally.score()
        })?;
        let source = source.map(|head| head.at);
        let sure =
            Sureness { cue: sure, near: near_sure, far: far_sure, source: source_sure, whole: 0.0 };
        Some(Attribution { cue, first, second, source, sure })
    }
}

/// The candidate of the highest score, and its share by a softmax over all.
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

/// Fills `out` with what tells whether draft `i` is an attribution.
pub(crate) fn accept_features(
    units: &Units,
    drafts: &[Attribution],
    i: usize,
    out: &mut impl Features,
) {
    let draft = &drafts[i];
    let unit = units.all[draft.cue];
    let me = (unit.class as u32) << 4 | cues::kind(units, draft.cue);
    let tenth = |p: f32| step(p * 10.0);
    let odds = (draft.sure.cue / (1.0 - draft.sure.cue).max(1e-4)).ln();
    let cue_sure = step((16.0 + 2.0 * odds).clamp(0.0, 32.0));
    let opener = units.all[draft.first.start];
    let behind = u32::from(draft.first.start > draft.cue);
    let quoted = quotedness(units, draft);
    let length = bucket(draft.first.len());
    let (source_what, source_key) = draft.source.map_or((99, 0), |head| {
        let unit = units.all[head];
        ((unit.class as u32) << 4 | unit.names.map_or(0, |k| 1 + k as u32), unit.key)
    });
    let source_side = draft.source.map_or(2, |head| u32::from(head > draft.cue));
    let nested = nesting(drafts, i);
    let after = units.class(draft.first.end) as u32;
    let auxiliaries = cues::auxiliaries(units, draft.cue);
    let next = units.class(draft.cue + 1) as u32;
    let mut add = |template, a, b| out.add(template, a, b);
    add(1, 0, 0);
    add(2, cue_sure, 0);
    add(3, cue_sure, quoted << 1 | behind);
    add(4, tenth(draft.sure.near), quoted);
    add(5, tenth(draft.sure.far), quoted);
    add(6, tenth(draft.sure.source), source_what);
    add(7, cue_sure, nested);
    add(8, unit.stem, quoted << 1 | behind);
    add(9, unit.stem, opener.class as u32);
    add(10, unit.stem, length);
    add(11, unit.stem, source_what);
    add(12, unit.stem, source_key);
    add(13, source_key, me);
    add(14, me, opener.class as u32);
    add(15, me << 1 | behind, length << 8 | quoted);
    add(16, me, source_what);
    add(17, nested, me);
    add(18, nested, unit.stem);
    add(19, opener.key, me << 1 | behind);
    add(20, source_what << 4 | source_side, quoted << 1 | behind);
    add(21, source_key, auxiliaries);
    add(22, after, opener.class as u32);
    add(23, opener.class as u32, length << 8 | behind);
    add(24, unit.stem, next << 8 | source_side);
    add(25, u32::from(draft.second.is_some()), quoted);
    add(26, opener.key, unit.stem);
    add(27, tenth(draft.sure.near), cue_sure);
    add(28, source_what, cue_sure);
    add(29, opener.class as u32, cue_sure);
    add(30, unit.key, auxiliaries);
}

/// The whole part of a small positive number.
#[allow(clippy::cast_sign_loss, reason = "probabilities and clamped odds are never below zero")]
fn step(value: f32) -> u32 {
    value as u32
}

/// 0 no marks, 1 some, 2 all short, 3 all and long.
fn quotedness(units: &Units, draft: &Attribution) -> u32 {
    let mut quoted = 0;
    let mut longest = 0;
    for j in draft.first.clone() {
        if units.class(j) == Class::Quoted {
            quoted += 1;
            longest = longest.max(units.all[j].key >> 8);
        }
    }
    match (quoted, draft.first.len()) {
        (0, _) => 0,
        (n, length) if n == length => 2 + u32::from(longest > 2),
        _ => 1,
    }
}

/// Does a surer draft near by contain the cue (1) or report nearly the same (2, 3 with the same source)?
fn nesting(drafts: &[Attribution], i: usize) -> u32 {
    let draft = &drafts[i];
    let near = i.saturating_sub(NEIGHBOURS)..drafts.len().min(i + NEIGHBOURS);
    let mut nesting = 0;
    for j in near.filter(|&j| j != i) {
        let other = &drafts[j];
        if other.sure.cue <= draft.sure.cue.max(0.3) && j > i || other.sure.cue < 0.3 {
            continue;
        }
        let sure = u32::from(other.sure.cue > 0.7);
        if other.sure.cue > draft.sure.cue && other.shared(draft) > 0.5 {
            nesting = nesting.max(8 + u32::from(other.source == draft.source));
        } else if other.pieces().any(|piece| piece.contains(&draft.cue)) {
            let inside =
                draft.source.is_some_and(|s| other.pieces().any(|piece| piece.contains(&s)));
            nesting = nesting.max(2 + 2 * u32::from(inside) + sure);
        }
    }
    nesting
}

/// The drafts that are sure enough, without those that a surer one says already.
fn best(units: &Units, drafts: Vec<Attribution>) -> Vec<Attribution> {
    let beaten = |i: usize, draft: &Attribution| {
        let near = i.saturating_sub(NEIGHBOURS)..drafts.len().min(i + NEIGHBOURS);
        near.filter(|&j| j != i).any(|j| {
            let other = &drafts[j];
            let surer = (other.sure.whole, i) > (draft.sure.whole, j);
            surer && other.shared(draft) > 0.5
        })
    };
    let is_sure = |draft: &Attribution| {
        let needed = if quotedness(units, draft) > 0 { SURE_ENOUGH_MARKED } else { SURE_ENOUGH };
        draft.sure.whole >= needed + DOUBT * (1.0 - draft.sure.source)
    };
    let kept: Vec<bool> =
        drafts.iter().enumerate().map(|(i, draft)| is_sure(draft) && !beaten(i, draft)).collect();
    let mut best: Vec<Attribution> =
        drafts.into_iter().zip(kept).filter_map(|(draft, kept)| kept.then_some(draft)).collect();
    share_out(&mut best);
    best
}

/// Takes from each attribution the pieces that a surer one reports too: `“A,” she said. “B,” he replied.`
fn share_out(attributions: &mut Vec<Attribution>) {
    let is_taken = |i: usize, piece: &Range<usize>| {
        let own = &attributions[i];
        let near = i.saturating_sub(NEIGHBOURS)..attributions.len().min(i + NEIGHBOURS);
        near.filter(|&j| j != i).any(|j| {
            let other = &attributions[j];
            (other.sure.whole, i) > (own.sure.whole, j) && other.pieces().any(|p| p == *piece)
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
            (false, None) => attribution.sure.whole = 0.0,
        }
    }
    attributions.retain(|attribution| attribution.sure.whole > 0.0);
}
