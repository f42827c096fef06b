//! The content of an attribution: candidates for the end next to the cue, for the other end, and for a second piece, in
//! the order in which they are chosen, and the features of each.

use std::ops::Range;

use super::cues::{Cue, Level, bucket};
use super::model::Features;
use super::units::Units;
use super::word_class::Class;

/// Most units between the cue and the near end.
const REACH: usize = 16;

/// Quoted spans of the cue's sentence that are candidates for a second piece; the first may be a title: *told “The Hour”*.
const MAX_QUOTED_SECONDS: usize = 2;

/// Units outside the content in which another cue is looked for.
const NEXT_CUE_REACH: usize = 6;

/// Most units of content in one sentence.
const MAX_LENGTH: usize = 80;

/// The end of the content next to the cue.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NearEnd {
    /// The content's first unit if it follows the cue, else one past its last.
    pub(crate) at: usize,
    /// Whether the content follows the cue.
    pub(crate) after_cue: bool,
    /// The units between cue and content.
    between: RunSummary,
}

/// The other end of the content.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FarEnd {
    /// One past the content's last unit if it follows the cue, else its first.
    pub(crate) at: usize,
    /// The units of the content.
    inside: RunSummary,
}

/// The classes of a run of units, summarised for features.
#[derive(Clone, Copy, Debug, Default)]
struct RunSummary {
    length: usize,
    commas: u32,
    verbs: u32,
    quoted: u32,
    conjunctions: u32,
    /// Hash of the classes in order.
    classes: u32,
    /// The highest level of a unit.
    max_level: Level,
}

impl RunSummary {
    fn of(units: &Units, range: Range<usize>) -> Self {
        let mut summary = Self::default();
        range.for_each(|j| summary.push(units.class(j), 0));
        summary
    }

    fn push(&mut self, class: Class, level: Level) {
        self.length += 1;
        self.max_level = self.max_level.max(level);
        self.classes = self.classes.wrapping_mul(67).wrapping_add(class as u32 + 1);
        match class {
            Class::Comma | Class::Dash | Class::Colon | Class::Semicolon => self.commas += 1,
            Class::Quoted => self.quoted += 1,
            Class::That | Class::Wh | Class::To | Class::Subordinator | Class::Conjunction => {
                self.conjunctions += 1;
            }
            class if class.is_verb() || class.is_finite() => self.verbs += 1,
            _ => {}
        }
    }

    /// The hash of the classes; 1 for long runs.
    fn pattern(&self) -> u32 {
        if self.length > 7 { 1 } else { self.classes }
    }

    /// Commas, verbs, quoted spans and conjunctions, each up to 2.
    fn counts(&self) -> u32 {
        let capped = |n: u32| n.min(2);
        capped(self.commas) << 6
            | capped(self.verbs) << 4
            | capped(self.quoted) << 2
            | capped(self.conjunctions)
    }
}

/// Fills `out` with the candidates for the near end.
pub(crate) fn near_ends(units: &Units, cue: &Cue<'_>, out: &mut Vec<NearEnd>) {
    out.clear();
    let cue_at = cue.at;
    let sentence = units.sentence(cue_at);
    let mut between = RunSummary::default();
    let mut before = units.class(cue_at);
    for at in cue_at + 1..sentence.end.min(cue_at + REACH) {
        let own = units.class(at);
        if !own.is_mark() && !is_inside_phrase(before, own) {
            out.push(NearEnd { at, after_cue: true, between });
        }
        between.push(own, cue.level(at));
        before = own;
    }
    if sentence.end - cue_at <= 8 && units.class(sentence.end) == Class::Quoted {
        out.push(NearEnd { at: sentence.end, after_cue: true, between });
    }
    let mut between = RunSummary::default();
    for at in ((sentence.start + 1).max(cue_at.saturating_sub(REACH))..=cue_at).rev() {
        if at < cue_at {
            between.push(units.class(at), cue.level(at));
        }
        if !units.class(at - 1).is_mark() && (at == cue_at || can_follow_content(units, at)) {
            out.push(NearEnd { at, after_cue: false, between });
        }
    }
    if sentence.start > 0
        && cue_at - sentence.start <= 10
        && units.class(sentence.start - 1) == Class::Quoted
    {
        if cue_at > sentence.start {
            between.push(units.class(sentence.start), cue.level(sentence.start));
        }
        out.push(NearEnd { at: sentence.start, after_cue: false, between });
    }
}

/// Whether two units of these classes are inside one noun phrase, where no content begins.
fn is_inside_phrase(before: Class, own: Class) -> bool {
    own != Class::Quoted
        && own != Class::That
        && (matches!(before, Class::Determiner | Class::Possessive | Class::Genitive)
            || before == Class::Adjective && own.is_nominal()
            || before == Class::Name && own == Class::Name)
}

/// Whether content that precedes the cue may end before this unit.
fn can_follow_content(units: &Units, at: usize) -> bool {
    let own = units.class(at);
    units.class(at - 1) == Class::Quoted
        || own.is_mark()
        || own.is_finite()
        || matches!(
            own,
            Class::Wh
                | Class::That
                | Class::Pronoun
                | Class::Name
                | Class::Adverb
                | Class::Participle
        )
}

/// Adds to `out` the features of a candidate for the near end.
pub(crate) fn near_features(units: &Units, cue: &Cue<'_>, near: NearEnd, out: &mut impl Features) {
    let &Cue { at: cue_at, stem, what: cue_class, auxiliaries, quoted, .. } = cue;
    let NearEnd { at, after_cue, ref between } = near;
    let side = u32::from(after_cue);
    // The units next to the end, inside and outside the content; steps lead into it.
    let (inner, outer) = if after_cue { (at, at.wrapping_sub(1)) } else { (at - 1, at) };
    let step = |from: usize, by: isize| from.checked_add_signed(if after_cue { by } else { -by });
    let class = |j: Option<usize>| j.map_or(Class::Stop, |j| units.class(j)) as u32;
    let key = |j: Option<usize>| j.and_then(|j| units.all.get(j)).map_or(0, |u| u.key);
    let distance = bucket(between.length) << 1 | side;
    let max_level = u32::from(between.max_level);
    let levels = u32::from(cue.level(inner)) << 3 | max_level;
    let inner_class = class(Some(inner)) << 1 | side;
    let outer_class = class(Some(outer)) << 1 | side;
    let pattern = between.pattern();
    let sentence = units.sentence(cue_at);
    let next = units.class(cue_at + 1) as u32;
    let is_last = u32::from(cue_at + 2 >= sentence.end);
    let counts = between.counts();
    let quoted = u32::from(units.class(inner) == Class::Quoted) | quoted | side << 3;
    let mut add = |template, a, b| out.add(template, a, b);
    add(1, distance, cue_class);
    add(2, distance, stem);
    add(3, inner_class, outer_class);
    add(4, inner_class, stem);
    add(5, inner_class << 8 | distance, cue_class);
    add(6, key(Some(inner)), side);
    add(7, key(Some(inner)), stem ^ side);
    add(8, key(Some(outer)), side);
    add(9, key(Some(outer)), stem ^ side);
    add(10, inner_class, outer_class << 6 | class(step(inner, 1)));
    add(11, pattern, inner_class);
    add(12, pattern, cue_class << 1 | side);
    add(13, counts << 1 | side, inner_class);
    add(14, counts << 1 | side, cue_class);
    add(15, outer_class, distance << 6 | next);
    add(16, side << 1 | is_last, stem);
    add(17, side << 1 | is_last, distance << 6 | class(Some(inner)));
    add(18, side, auxiliaries << 8 | cue_class);
    add(19, key(Some(outer)), key(Some(inner)) ^ side);
    add(20, outer_class << 8 | class(step(outer, -1)), inner_class);
    add(21, next, side << 8 | cue_class >> 4);
    add(22, units.all[cue_at].key, u32::from(between.length == 0) << 8 | inner_class);
    add(23, quoted, cue_class);
    add(24, quoted, outer_class << 8 | distance);
    add(25, key(step(inner, 1)), inner_class);
    add(26, levels, inner_class);
    add(27, levels, stem ^ side);
    add(28, max_level, distance);
}

/// Fills `out` with the candidates for the far end, away from the cue.
pub(crate) fn far_ends(units: &Units, cue: &Cue<'_>, near: NearEnd, out: &mut Vec<FarEnd>) {
    out.clear();
    let mut inside = RunSummary::default();
    if near.after_cue {
        let last = units.last_word[units.sentence_of[near.at] as usize] as usize;
        let mut own = units.class(near.at);
        for at in near.at + 1..=last.min(near.at + MAX_LENGTH) {
            let next = units.class(at);
            inside.push(own, cue.level(at - 1));
            if !own.is_mark() && (at == last || is_boundary(own, next)) {
                out.push(FarEnd { at, inside });
            }
            own = next;
        }
    } else {
        let sentence = units.sentence(near.at - 1);
        let mut own = units.class(near.at - 1);
        for at in (sentence.start.max(near.at.saturating_sub(MAX_LENGTH))..near.at).rev() {
            let is_first = at == sentence.start;
            let before = if is_first { Class::Stop } else { units.class(at - 1) };
            inside.push(own, cue.level(at));
            if !own.is_mark() && (is_first || is_boundary(before, own)) {
                out.push(FarEnd { at, inside });
            }
            own = before;
        }
    }
    if out.is_empty() {
        let (at, only) =
            if near.after_cue { (near.at + 1, near.at) } else { (near.at - 1, near.at - 1) };
        out.push(FarEnd { at, inside: RunSummary::of(units, only..only + 1) });
    }
}

/// Whether a clause or phrase may end between units of these classes.
fn is_boundary(left: Class, right: Class) -> bool {
    right.is_mark()
        || left.is_mark()
        || left == Class::Quoted
        || right == Class::Quoted
        || right.is_verb()
        || right.is_finite()
        || matches!(
            right,
            Class::Preposition
                | Class::Subordinator
                | Class::Conjunction
                | Class::That
                | Class::Wh
                | Class::To
                | Class::Adverb
                | Class::Pronoun
        )
        || left.is_nominal() && matches!(right, Class::Determiner | Class::Name | Class::Number)
        || matches!(left, Class::Conjunction | Class::Subordinator)
}

/// Adds to `out` the features of a candidate for the far end; `is_last` is the one farthest from the cue.
pub(crate) fn far_features(
    units: &Units,
    cue: &Cue<'_>,
    near: NearEnd,
    far: &FarEnd,
    is_last: bool,
    out: &mut impl Features,
) {
    let &Cue { stem, what: cue_class, .. } = cue;
    let &FarEnd { at: far, ref inside } = far;
    let side = u32::from(near.after_cue);
    let (span, inner, outer, opener) = if near.after_cue {
        (near.at..far, far - 1, far, near.at)
    } else {
        (far..near.at, far, far.wrapping_sub(1), near.at - 1)
    };
    let outward = |by: isize| outer.checked_add_signed(if near.after_cue { by } else { -by });
    let class = |j: usize| if is_last && j == outer { Class::Stop } else { units.class(j) } as u32;
    let key = |j: Option<usize>| j.and_then(|j| units.all.get(j)).map_or(0, |u| u.key);
    let outer_class = class(outer) << 1 | side;
    let inner_class = class(inner) << 1 | side;
    let opener_class = class(opener) << 1 | side;
    let length = bucket(span.len()) << 1 | side;
    let counts = inside.counts();
    let last = u32::from(is_last) << 1 | side;
    let outward_class = outward(1).map_or(0, class);
    let opener_key = units.all[opener].key;
    let max_level = u32::from(inside.max_level);
    let next_cue = next_cue(cue, outer, near.after_cue);
    let mut add = |template, a, b| out.add(template, a, b);
    add(1, last, cue_class);
    add(2, last, stem);
    add(3, last, opener_key);
    add(4, last << 8 | opener_class, counts);
    add(5, outer_class, inner_class);
    add(6, outer_class, opener_class << 8 | counts);
    add(7, outer_class, cue_class << 8 | counts >> 4);
    add(8, key(Some(outer)), side);
    add(9, key(Some(outer)), opener_class);
    add(10, key(Some(outer)), stem);
    add(11, outer_class << 8 | outward_class, opener_class);
    add(12, outer_class << 8 | outward_class, counts);
    add(13, key(outward(1)), outer_class);
    add(14, key(outward(2)), outer_class << 8 | outward_class);
    add(15, length, outer_class);
    add(16, length, cue_class);
    add(17, length << 1 | u32::from(is_last), opener_class);
    add(18, inner_class, stem);
    add(19, counts, opener_class << 8 | outer_class);
    add(20, key(Some(inner)), outer_class);
    add(21, outer_class, stem);
    add(22, outer_class, opener_key);
    add(23, length, stem);
    add(24, remaining(units, near, far), last << 8 | class(outer));
    add(25, u32::from(span.len() == 1), opener_class << 8 | outer_class);
    add(26, key(Some(outer)), counts);
    add(27, outward_class, key(outward(2)) ^ outer_class);
    add(28, max_level << 1 | side, opener_class);
    add(29, max_level << 6 | next_cue, counts << 1 | side);
    add(30, next_cue << 1 | side, outer_class);
    add(31, max_level << 6 | next_cue, u32::from(cue.level(cue.at)) << 1 | side);
}

/// The level and distance of the first other likely cue from `outer` on, away from the content; 0 for none.
fn next_cue(cue: &Cue<'_>, outer: usize, after_cue: bool) -> u32 {
    let outwards = |far: usize| if after_cue { outer + far } else { outer.wrapping_sub(far) };
    (0..NEXT_CUE_REACH)
        .map(|far| (far as u32, outwards(far)))
        .find(|&(_, at)| at != cue.at && cue.level(at) > 1)
        .map_or(0, |(far, at)| u32::from(cue.level(at)) << 3 | far)
}

/// The number of units, as a [`bucket`], between the far end and that end of the sentence.
fn remaining(units: &Units, near: NearEnd, far: usize) -> u32 {
    let inside = if near.after_cue { near.at } else { near.at - 1 };
    let sentence = units.sentence(inside);
    bucket(if near.after_cue { sentence.end.saturating_sub(far) } else { far - sentence.start })
}

/// Fills `out` with the candidates for a second piece of content, after the cue: `“Yes,” he said. “Now.”`; `The plan, he
/// said, works.`; `what he called “a waste”`.
pub(crate) fn second_pieces(
    units: &Units,
    cue: usize,
    first: &Range<usize>,
    out: &mut Vec<Range<usize>>,
) {
    out.clear();
    if first.end > cue {
        return;
    }
    let sentence = units.sentence(cue);
    if units.class(first.end - 1) == Class::Quoted {
        let end = sentence.end.min(cue + 40);
        let mut at = cue;
        while out.len() < MAX_QUOTED_SECONDS
            && let Some(inside) = units.quoted_behind(at, end)
        {
            out.push(inside..inside + 1);
            at = inside;
        }
        let next = units.sentence_of[cue] as usize + 1;
        let is_same = units.opens_paragraph.get(next).is_some_and(|opens| !opens);
        if is_same && end == sentence.end && units.class(end) == Class::Quoted {
            out.push(end..end + 1);
        }
        return;
    }
    let comma = (cue + 1..sentence.end.min(cue + 12)).find(|&j| units.class(j) == Class::Comma);
    let last = units.last_word[units.sentence_of[cue] as usize] as usize;
    let is_relative =
        first.len() == 1 && matches!(units.class(first.start), Class::Wh | Class::That);
    let starts = [is_relative.then_some(cue + 1), comma.map(|comma| comma + 1)];
    for start in starts.into_iter().flatten().filter(|&start| start < last) {
        out.push(start..last);
        let reach = last.min(start + MAX_LENGTH);
        let stop = (start + 1..reach).find(|&j| units.class(j) == Class::Comma);
        out.extend(stop.map(|stop| start..stop));
        let quoted = units.quoted_behind(start - 1, last.min(start + 8));
        out.extend(quoted.filter(|&j| j + 1 < last && Some(j + 1) != stop).map(|j| start..j + 1));
    }
}

/// Adds to `out` the features of a candidate for the second piece.
pub(crate) fn second_features(
    units: &Units,
    cue: usize,
    first: &Range<usize>,
    second: &Range<usize>,
    out: &mut impl Features,
) {
    let unit = units.all[cue];
    let quoted = u32::from(units.class(second.start) == Class::Quoted);
    let other_sentence = u32::from(units.sentence_of[second.start] != units.sentence_of[cue]);
    let kind = quoted << 1 | other_sentence;
    let gap = second.start - cue;
    let between = RunSummary::of(units, cue + 1..second.start.min(cue + REACH));
    let before = units.class(second.start - 1) as u32;
    let key = |j: usize| units.all.get(j).map_or(0, |u| u.key);
    let class = |j: usize| units.class(j) as u32;
    let shape = u32::from(gap == 1)
        | u32::from(units.class(second.end) == Class::Comma) << 1
        | u32::from(units.class(second.end - 1) == Class::Quoted) << 2
        | u32::from(second.len() == 1) << 3
        | bucket(first.len()).min(3) << 4;
    let mut add = |template, a, b| out.add(template, a << 2 | kind, b);
    add(1, 0, 0);
    add(2, 1, unit.stem);
    add(3, bucket(gap), 0);
    add(4, before, key(second.start));
    add(5, class(second.start), before);
    add(6, key(first.end - 1), key(second.start));
    add(7, bucket(second.len()), class(cue + 1));
    add(8, between.pattern(), 0);
    add(9, bucket(first.len()), class(first.end));
    add(10, between.counts(), 0);
    add(11, class(second.end), class(second.start));
    add(12, key(second.end), class(second.start));
    add(13, class(first.start), class(second.start));
    add(14, class(cue - 1), class(cue + 1));
    add(15, shape, key(first.start));
    add(16, shape, unit.stem);
    add(17, shape, class(cue.wrapping_sub(1)) << 8 | class(second.start));
    add(18, shape, class(first.start) << 8 | class(cue.wrapping_sub(1)));
    add(19, shape, key(second.start));
    add(20, shape, key(second.end));
    add(21, shape, class(first.end) << 8 | class(first.end + 1));
}
