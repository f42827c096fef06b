//! Who is the source at the quotation itself: the candidates for the head of the noun phrase that names it, what the
//! model looks at to choose, and the phrase around the head.

use std::ops::Range;

use super::cues::{Cue, bucket};
use super::model::feature;
use super::units::Units;
use super::words::Class;

/// Units that a source may be away from the word that attributes.
const REACH: usize = 28;

/// The heads of all noun phrases of the sentence that lie outside of the reported words.
pub(crate) fn heads(units: &Units, cue: usize, content: &[Range<usize>], out: &mut Vec<usize>) {
    out.clear();
    let sentence = units.sentence(cue);
    let range = sentence.start.max(cue.saturating_sub(REACH))..sentence.end.min(cue + REACH);
    for at in range {
        if is_head(units, at) && !content.iter().any(|piece| piece.contains(&at)) {
            out.push(at);
        }
    }
}

/// Does a noun phrase end with this unit?
pub(crate) fn is_head(units: &Units, at: usize) -> bool {
    let class = units.class(at);
    let next = units.class(at + 1);
    match class {
        Class::Pronoun | Class::Possessive => true,
        Class::Name => next != Class::Name,
        Class::Noun | Class::Nouns => !next.is_nominal(),
        Class::Determiner | Class::Number => {
            !(next.is_nominal()
                || matches!(
                    next,
                    Class::Adjective
                        | Class::Number
                        | Class::Determiner
                        | Class::Possessive
                        | Class::Quoted
                        | Class::Ing
                ))
        }
        Class::That => next.is_finite() && at == units.sentence(at).start,
        Class::Wh => units.all[at].key != super::words::key_of("how"),
        _ => false,
    }
}

/// What the model looks at to choose among [`heads`]; `None` says that no source is named.
pub(crate) fn features(
    units: &Units,
    cue: &Cue,
    content: &Range<usize>,
    head: Option<usize>,
    out: &mut Vec<u32>,
) {
    out.clear();
    let &Cue { at: cue, stem, what: me, auxiliaries, .. } = cue;
    let passive = auxiliaries & 1;
    let sentence = units.sentence(cue);
    let behind = u32::from(content.start > cue);
    let Some(head) = head else {
        let mut add = |template, a, b| out.push(feature(template, a, b));
        add(100, 0, 0);
        add(101, stem, 0);
        add(102, me << 1 | passive, behind);
        add(103, u32::from(cue == sentence.start), me);
        add(104, units.class(cue.wrapping_sub(1)) as u32, me);
        add(105, units.class(cue + 1) as u32, me);
        add(106, stem, auxiliaries);
        return;
    };
    let other = units.all[head];
    let after = head > cue;
    let between = if after { cue + 1..head } else { head + 1..cue };
    let distance = bucket(between.len()) << 2 | u32::from(after) << 1 | behind;
    let phrase = phrase(units, head);
    let lead = phrase.start.checked_sub(1).filter(|&j| j >= sentence.start);
    let lead_class = lead.map_or(Class::Stop, |j| units.class(j)) as u32;
    let lead_key = lead.map_or(0, |j| units.all[j].key);
    let next = units.class(head + 1) as u32;
    let names = other.names.map_or(0, |kind| 1 + kind as u32);
    let what = (other.class as u32) << 4 | names;
    let pattern = if between.len() > 6 {
        1
    } else {
        between.clone().fold(7, |h: u32, j| h.wrapping_mul(67).wrapping_add(units.class(j) as u32))
    };
    let order = order(units, cue, head);
    let across = between.clone().fold(0_u32, |seen, j| {
        seen | match units.class(j) {
            Class::Comma | Class::Dash => 1,
            Class::Wh | Class::That => 2,
            Class::Quoted => 4,
            Class::Preposition => 8,
            Class::Conjunction => 16,
            class if class.is_finite() => 32,
            class if class.is_verb() => 64,
            _ => 0,
        }
    });
    let mut add = |template, a, b| out.push(feature(template, a, b));
    add(1, distance, me);
    add(2, distance, what);
    add(3, what, me << 1 | u32::from(after));
    add(4, lead_class, distance);
    add(5, lead_key, u32::from(after) << 8 | me >> 4);
    add(6, pattern, u32::from(after) << 8 | behind);
    add(7, pattern, me << 1 | u32::from(after));
    add(8, other.key, u32::from(after));
    add(9, other.key, stem);
    add(10, order << 2 | u32::from(after) << 1 | behind, me);
    add(11, across, u32::from(after) << 1 | behind);
    add(12, across, order << 8 | what);
    add(13, next, distance);
    add(14, lead_key, passive << 1 | u32::from(after));
    add(15, what << 1 | u32::from(after), passive << 8 | me);
    add(16, lead_class << 8 | next, order);
    add(17, u32::from(phrase.start == sentence.start), across);
    add(18, distance, stem);
    add(19, stem, order << 1 | u32::from(after));
    add(20, other.key, lead_class);
    add(21, across, me);
    add(22, if head < content.start { content.start - head } else { 99 }.min(9) as u32, distance);
    add(23, lead_class, across << 8 | what);
    let is_subject = next_verb(units, head) << 1 | u32::from(phrase.start == sentence.start);
    add(25, is_subject, distance);
    add(26, is_subject, me << 5 | auxiliaries);
    add(27, auxiliaries, distance);
    add(28, is_subject, order << 2 | u32::from(after) << 1 | behind);
    add(29, is_subject, across << 8 | what);
    add(24, units.all.get(head + 1).map_or(0, |u| u.key), what);
}

/// Does a verb follow the noun phrase: 1 at once, 2 behind an apposition or words in brackets?
fn next_verb(units: &Units, head: usize) -> u32 {
    let is_verb = |j: usize| {
        let class = units.class(j);
        class.is_finite() || class == Class::Participle
    };
    let after = head + 1;
    if is_verb(after)
        || matches!(units.class(after), Class::Adverb | Class::Not) && is_verb(after + 1)
    {
        return 1;
    }
    if !units.class(after).is_mark() || units.class(after) == Class::Stop {
        return 0;
    }
    let closing = (after + 1..after + 12).find(|&j| units.class(j) == Class::Comma);
    u32::from(is_verb(after + 1) || closing.is_some_and(|j| is_verb(j + 1))) << 1
}

/// How many other heads lie between, up to 4.
fn order(units: &Units, cue: usize, head: usize) -> u32 {
    let between = if head > cue { cue + 1..head } else { head + 1..cue };
    between.filter(|&j| is_head(units, j)).take(4).count() as u32
}

/// The noun phrase that ends with `head`.
pub(crate) fn phrase(units: &Units, head: usize) -> Range<usize> {
    if matches!(units.class(head), Class::Pronoun | Class::Possessive | Class::Wh) {
        return head..head + 1;
    }
    let start = units.sentence(head).start;
    let mut first = head;
    while first > start && head - first < 14 {
        let before = units.class(first - 1);
        let inside = before.is_nominal()
            || before == Class::Quoted && units.is_title(first - 1)
            || matches!(
                before,
                Class::Determiner
                    | Class::Adjective
                    | Class::Number
                    | Class::Possessive
                    | Class::Genitive
            );
        let ends =
            units.class(first) == Class::Determiner || units.class(first) == Class::Possessive;
        if !inside || ends && before != Class::Determiner && before != Class::Genitive {
            break;
        }
        first -= 1;
    }
    first..head + 1
}
