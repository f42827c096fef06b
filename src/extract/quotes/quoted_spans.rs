//! Where the reported words stand: the candidates for their ends around a word that attributes, and what the model
//! looks at to choose. The end next to that word comes first, then the other end, then a second piece.

use std::ops::Range;

use super::cues::{Cue, Level, bucket};
use super::model::Features;
use super::units::Units;
use super::word_class::Class;

/// Units that a near end may be away from the word that attributes.
const REACH: usize = 16;

/// Words between marks of one sentence that are looked at for a second piece; the first may be a title: *told “The Hour”*.
const MOST_INSIDE: usize = 2;

/// Units outside of the reported words in which another word that attributes is looked for.
const NEXT_CUE: usize = 6;

/// Units that reported words in one sentence may be long.
const LONGEST: usize = 80;

/// The end of the reported words next to the word that attributes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Near {
    /// Their first unit if they stand behind, one past their last if before.
    pub(crate) at: usize,
    /// Do they stand behind?
    pub(crate) behind: bool,
    /// What stands between them and the word that attributes.
    between: Stretch,
}

/// The other end of the reported words.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Far {
    /// One past their last unit if they stand behind, their first if before.
    pub(crate) at: usize,
    /// The reported words.
    inside: Stretch,
}

/// The classes of some units in a row, as far as the model looks at them.
#[derive(Clone, Copy, Debug, Default)]
struct Stretch {
    length: usize,
    commas: u32,
    verbs: u32,
    quoted: u32,
    joins: u32,
    classes: u32,
    /// The level of the unit that attributes most surely.
    surest: Level,
}

impl Stretch {
    fn of(units: &Units, range: Range<usize>) -> Self {
        let mut stretch = Self::default();
        range.for_each(|j| stretch.push(units.class(j), 0));
        stretch
    }

    fn push(&mut self, class: Class, level: Level) {
        self.length += 1;
        self.surest = self.surest.max(level);
        self.classes = self.classes.wrapping_mul(67).wrapping_add(class as u32 + 1);
        match class {
            Class::Comma | Class::Dash | Class::Colon | Class::Semicolon => self.commas += 1,
            Class::Quoted => self.quoted += 1,
            Class::That | Class::Wh | Class::To | Class::Subordinator | Class::Conjunction => {
                self.joins += 1;
            }
            class if class.is_verb() || class.is_finite() => self.verbs += 1,
            _ => {}
        }
    }

    /// The classes as one number, 1 for many.
    fn pattern(&self) -> u32 {
        if self.length > 7 { 1 } else { self.classes }
    }

    /// Commas, verbs, stretches between marks and joining words, each up to 2.
    fn counts(&self) -> u32 {
        let capped = |n: u32| n.min(2);
        capped(self.commas) << 6
            | capped(self.verbs) << 4
            | capped(self.quoted) << 2
            | capped(self.joins)
    }
}

/// All places where the reported words may begin or end next to `cue`.
pub(crate) fn near(units: &Units, around: &Cue<'_>, out: &mut Vec<Near>) {
    out.clear();
    let cue = around.at;
    let sentence = units.sentence(cue);
    let mut between = Stretch::default();
    let mut before = units.class(cue);
    for at in cue + 1..sentence.end.min(cue + REACH) {
        let own = units.class(at);
        if !own.is_mark() && !is_inside_phrase(before, own) {
            out.push(Near { at, behind: true, between });
        }
        between.push(own, around.level(at));
        before = own;
    }
    if sentence.end - cue <= 8 && units.class(sentence.end) == Class::Quoted {
        out.push(Near { at: sentence.end, behind: true, between });
    }
    let mut between = Stretch::default();
    for at in ((sentence.start + 1).max(cue.saturating_sub(REACH))..=cue).rev() {
        if at < cue {
            between.push(units.class(at), around.level(at));
        }
        if !units.class(at - 1).is_mark() && (at == cue || can_follow(units, at)) {
            out.push(Near { at, behind: false, between });
        }
    }
    if sentence.start > 0
        && cue - sentence.start <= 10
        && units.class(sentence.start - 1) == Class::Quoted
    {
        if cue > sentence.start {
            between.push(units.class(sentence.start), around.level(sentence.start));
        }
        out.push(Near { at: sentence.start, behind: false, between });
    }
}

/// Do two units of these classes stand within one noun phrase, where no reported words begin?
fn is_inside_phrase(before: Class, own: Class) -> bool {
    own != Class::Quoted
        && own != Class::That
        && (matches!(before, Class::Determiner | Class::Possessive | Class::Genitive)
            || before == Class::Adjective && own.is_nominal()
            || before == Class::Name && own == Class::Name)
}

/// Can reported words that stand before the attribution end before this unit?
fn can_follow(units: &Units, at: usize) -> bool {
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

/// What the model looks at to choose among [`near`].
pub(crate) fn near_features(units: &Units, cue: &Cue<'_>, near: Near, out: &mut impl Features) {
    let &Cue { at: cue_at, stem, what: me, auxiliaries, quoted, .. } = cue;
    let Near { at, behind, ref between } = near;
    let side = u32::from(behind);
    // The unit inside the reported words, and those outside of them, outwards.
    let (inner, outer) = if behind { (at, at.wrapping_sub(1)) } else { (at - 1, at) };
    let step = |from: usize, by: isize| from.checked_add_signed(if behind { by } else { -by });
    let class = |j: Option<usize>| j.map_or(Class::Stop, |j| units.class(j)) as u32;
    let key = |j: Option<usize>| j.and_then(|j| units.all.get(j)).map_or(0, |u| u.key);
    let distance = bucket(between.length) << 1 | side;
    let surest = u32::from(between.surest);
    let levels = u32::from(cue.level(inner)) << 3 | surest;
    let inner_class = class(Some(inner)) << 1 | side;
    let outer_class = class(Some(outer)) << 1 | side;
    let pattern = between.pattern();
    let sentence = units.sentence(cue_at);
    let after_cue = units.class(cue_at + 1) as u32;
    let is_last = u32::from(cue_at + 2 >= sentence.end);
    let counts = between.counts();
    let quoted = u32::from(units.class(inner) == Class::Quoted) | quoted | side << 3;
    let mut add = |template, a, b| out.add(template, a, b);
    add(1, distance, me);
    add(2, distance, stem);
    add(3, inner_class, outer_class);
    add(4, inner_class, stem);
    add(5, inner_class << 8 | distance, me);
    add(6, key(Some(inner)), side);
    add(7, key(Some(inner)), stem ^ side);
    add(8, key(Some(outer)), side);
    add(9, key(Some(outer)), stem ^ side);
    add(10, inner_class, outer_class << 6 | class(step(inner, 1)));
    add(11, pattern, inner_class);
    add(12, pattern, me << 1 | side);
    add(13, counts << 1 | side, inner_class);
    add(14, counts << 1 | side, me);
    add(15, outer_class, distance << 6 | after_cue);
    add(16, side << 1 | is_last, stem);
    add(17, side << 1 | is_last, distance << 6 | class(Some(inner)));
    add(18, side, auxiliaries << 8 | me);
    add(19, key(Some(outer)), key(Some(inner)) ^ side);
    add(20, outer_class << 8 | class(step(outer, -1)), inner_class);
    add(21, after_cue, side << 8 | me >> 4);
    add(22, units.all[cue_at].key, u32::from(between.length == 0) << 8 | inner_class);
    add(23, quoted, me);
    add(24, quoted, outer_class << 8 | distance);
    add(25, key(step(inner, 1)), inner_class);
    add(26, levels, inner_class);
    add(27, levels, stem ^ side);
    add(28, surest, distance);
}

/// The other ends that reported words with this near end may have, outwards.
pub(crate) fn far(units: &Units, cue: &Cue<'_>, near: Near, out: &mut Vec<Far>) {
    out.clear();
    let mut inside = Stretch::default();
    if near.behind {
        let last = units.last_word[units.sentence_of[near.at] as usize] as usize;
        let mut own = units.class(near.at);
        for at in near.at + 1..=last.min(near.at + LONGEST) {
            let next = units.class(at);
            inside.push(own, cue.level(at - 1));
            if !own.is_mark() && (at == last || parts(own, next)) {
                out.push(Far { at, inside });
            }
            own = next;
        }
    } else {
        let sentence = units.sentence(near.at - 1);
        let mut own = units.class(near.at - 1);
        for at in (sentence.start.max(near.at.saturating_sub(LONGEST))..near.at).rev() {
            let is_first = at == sentence.start;
            let before = if is_first { Class::Stop } else { units.class(at - 1) };
            inside.push(own, cue.level(at));
            if !own.is_mark() && (is_first || parts(before, own)) {
                out.push(Far { at, inside });
            }
            own = before;
        }
    }
    if out.is_empty() {
        let (at, only) =
            if near.behind { (near.at + 1, near.at) } else { (near.at - 1, near.at - 1) };
        out.push(Far { at, inside: Stretch::of(units, only..only + 1) });
    }
}

/// Can a clause or phrase end between units of these classes?
fn parts(left: Class, right: Class) -> bool {
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

/// What the model looks at to choose among [`far`].
pub(crate) fn far_features(
    units: &Units,
    cue: &Cue<'_>,
    near: Near,
    far: &Far,
    is_last: bool,
    out: &mut impl Features,
) {
    let &Cue { stem, what: me, .. } = cue;
    let &Far { at: far, ref inside } = far;
    let side = u32::from(near.behind);
    let (span, inner, outer, opener) = if near.behind {
        (near.at..far, far - 1, far, near.at)
    } else {
        (far..near.at, far, far.wrapping_sub(1), near.at - 1)
    };
    let outward = |by: isize| outer.checked_add_signed(if near.behind { by } else { -by });
    let class = |j: usize| if is_last && j == outer { Class::Stop } else { units.class(j) } as u32;
    let key = |j: Option<usize>| j.and_then(|j| units.all.get(j)).map_or(0, |u| u.key);
    let outer_class = class(outer) << 1 | side;
    let inner_class = class(inner) << 1 | side;
    let opener_class = class(opener) << 1 | side;
    let length = bucket(span.len()) << 1 | side;
    let what = inside.counts();
    let last = u32::from(is_last) << 1 | side;
    let outward_class = outward(1).map_or(0, class);
    let opener_key = units.all[opener].key;
    let surest = u32::from(inside.surest);
    let ahead = next_cue(cue, outer, near.behind);
    let mut add = |template, a, b| out.add(template, a, b);
    add(1, last, me);
    add(2, last, stem);
    add(3, last, opener_key);
    add(4, last << 8 | opener_class, what);
    add(5, outer_class, inner_class);
    add(6, outer_class, opener_class << 8 | what);
    add(7, outer_class, me << 8 | what >> 4);
    add(8, key(Some(outer)), side);
    add(9, key(Some(outer)), opener_class);
    add(10, key(Some(outer)), stem);
    add(11, outer_class << 8 | outward_class, opener_class);
    add(12, outer_class << 8 | outward_class, what);
    add(13, key(outward(1)), outer_class);
    add(14, key(outward(2)), outer_class << 8 | outward_class);
    add(15, length, outer_class);
    add(16, length, me);
    add(17, length << 1 | u32::from(is_last), opener_class);
    add(18, inner_class, stem);
    add(19, what, opener_class << 8 | outer_class);
    add(20, key(Some(inner)), outer_class);
    add(21, outer_class, stem);
    add(22, outer_class, opener_key);
    add(23, length, stem);
    add(24, remaining(units, near, far), last << 8 | class(outer));
    add(25, u32::from(span.len() == 1), opener_class << 8 | outer_class);
    add(26, key(Some(outer)), what);
    add(27, outward_class, key(outward(2)) ^ outer_class);
    add(28, surest << 1 | side, opener_class);
    add(29, surest << 6 | ahead, what << 1 | side);
    add(30, ahead << 1 | side, outer_class);
    add(31, surest << 6 | ahead, u32::from(cue.level(cue.at)) << 1 | side);
}

/// The first word outwards from `outer`, other than the one asked for, that may attribute: how surely, and how far it is.
fn next_cue(cue: &Cue<'_>, outer: usize, behind: bool) -> u32 {
    let outwards = |far: usize| if behind { outer + far } else { outer.wrapping_sub(far) };
    (0..NEXT_CUE)
        .map(|far| (far as u32, outwards(far)))
        .find(|&(_, at)| at != cue.at && cue.level(at) > 1)
        .map_or(0, |(far, at)| u32::from(cue.level(at)) << 3 | far)
}

/// How much of the sentence is left outside.
fn remaining(units: &Units, near: Near, far: usize) -> u32 {
    let inside = if near.behind { near.at } else { near.at - 1 };
    let sentence = units.sentence(inside);
    bucket(if near.behind { sentence.end.saturating_sub(far) } else { far - sentence.start })
}

/// All stretches that may be a second piece of the reported words, behind the attribution: `“Yes,” he said. “Now.”`;
/// `The plan, he said, works.`; `what he called “a waste”`.
pub(crate) fn second(units: &Units, cue: usize, first: &Range<usize>, out: &mut Vec<Range<usize>>) {
    out.clear();
    if first.end > cue {
        return;
    }
    let sentence = units.sentence(cue);
    if units.class(first.end - 1) == Class::Quoted {
        let end = sentence.end.min(cue + 40);
        let mut at = cue;
        while out.len() < MOST_INSIDE
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
        let reach = last.min(start + LONGEST);
        let stop = (start + 1..reach).find(|&j| units.class(j) == Class::Comma);
        out.extend(stop.map(|stop| start..stop));
        let quoted = units.quoted_behind(start - 1, last.min(start + 8));
        out.extend(quoted.filter(|&j| j + 1 < last && Some(j + 1) != stop).map(|j| start..j + 1));
    }
}

/// What the model looks at to tell whether the [`second`] piece belongs to the first.
pub(crate) fn second_features(
    units: &Units,
    cue: usize,
    first: &Range<usize>,
    second: &Range<usize>,
    out: &mut impl Features,
) {
    let unit = units.all[cue];
    let quoted = u32::from(units.class(second.start) == Class::Quoted);
    let other = u32::from(units.sentence_of[second.start] != units.sentence_of[cue]);
    let how = quoted << 1 | other;
    let gap = second.start - cue;
    let between = Stretch::of(units, cue + 1..second.start.min(cue + REACH));
    let before = units.class(second.start - 1) as u32;
    let key = |j: usize| units.all.get(j).map_or(0, |u| u.key);
    let class = |j: usize| units.class(j) as u32;
    // How the two pieces lie to the attribution, and where the second one ends.
    let shape = u32::from(gap == 1)
        | u32::from(units.class(second.end) == Class::Comma) << 1
        | u32::from(units.class(second.end - 1) == Class::Quoted) << 2
        | u32::from(second.len() == 1) << 3
        | bucket(first.len()).min(3) << 4;
    let mut add = |template, a, b| out.add(template, a << 2 | how, b);
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
