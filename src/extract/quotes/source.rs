//! Who is the source at the quotation itself: the candidates for the head of the noun phrase that names it, what the
//! model looks at to choose, and the phrase around the head.

use std::ops::Range;

use super::cues::{Cue, Level, bucket};
use super::model::Features;
use super::units::Units;
use super::word_class::Class;
use crate::text::word_key::key_of;

/// Units that a source may be away from the word that attributes.
const REACH: usize = 28;

/// Units that the whole noun phrase may be long.
const LONGEST: usize = 18;

/// Units behind a head in which the verb that it is the subject of is looked for.
const NEXT_CUE: usize = 4;

/// Auxiliaries and adverbs that may stand between a subject and its verb.
const MOST_AUXILIARIES: usize = 6;

const OF: u32 = key_of("of");
const BY: u32 = key_of("by");

/// Words that lean on the noun before.
const SELVES: &[u32] =
    &[key_of("himself"), key_of("herself"), key_of("itself"), key_of("themselves")];

/// Words that join a noun phrase to the one before.
const LINKS: &[u32] = &[
    key_of("for"),
    key_of("at"),
    key_of("from"),
    key_of("in"),
    key_of("with"),
    key_of("on"),
    BY,
    key_of("about"),
    key_of("against"),
    key_of("among"),
    key_of("within"),
    key_of("near"),
];

/// The last unit of a noun phrase that may name the source.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Head {
    /// The unit.
    pub(crate) at: usize,
    between: Between,
}

/// What stands between a head and the word that attributes.
#[derive(Clone, Copy, Debug, Default)]
struct Between {
    length: usize,
    /// Other heads.
    heads: u32,
    /// A bit for each group of classes.
    across: u32,
    /// The classes in order, as one number.
    classes: u32,
    /// The level of the unit that attributes most surely.
    surest: Level,
}

impl Between {
    fn push(&mut self, units: &Units, cue: &Cue<'_>, at: usize) {
        self.surest = self.surest.max(cue.level(at));
        let class = units.class(at);
        self.length += 1;
        self.heads += u32::from(units.all[at].is_head);
        self.classes = self.classes.wrapping_mul(67).wrapping_add(class as u32 + 1);
        self.across |= match class {
            Class::Comma | Class::Dash => 1,
            Class::Wh | Class::That => 2,
            Class::Quoted => 4,
            Class::Preposition => 8,
            Class::Conjunction => 16,
            class if class.is_finite() => 32,
            class if class.is_verb() => 64,
            _ => 0,
        };
    }

    /// The classes as one number, 1 for many.
    fn pattern(&self) -> u32 {
        if self.length > 6 { 1 } else { self.classes }
    }
}

/// The heads of all noun phrases of the sentence that lie outside of the reported words.
pub(crate) fn heads(
    units: &Units,
    around: &Cue<'_>,
    content: &[Range<usize>],
    out: &mut Vec<Head>,
) {
    out.clear();
    let cue = around.at;
    let sentence = units.sentence(cue);
    let is_outside = |at: &usize| !content.iter().any(|piece| piece.contains(at));
    let subject = subject_end(units, cue, sentence.start);
    let mut between = Between::default();
    for at in (sentence.start.max(cue.saturating_sub(REACH))..cue).rev() {
        if (units.all[at].is_head || subject == Some(at)) && is_outside(&at) {
            out.push(Head { at, between });
        }
        between.push(units, around, at);
    }
    out.reverse();
    if units.all[cue].is_head && is_outside(&cue) {
        out.push(Head { at: cue, between: Between::default() });
    }
    between = Between::default();
    for at in cue + 1..sentence.end.min(cue + REACH) {
        if units.all[at].is_head && is_outside(&at) {
            out.push(Head { at, between });
        }
        between.push(units, around, at);
    }
}

/// The unit right before a verb and its auxiliaries, if a noun phrase may end with it although its class tells
/// otherwise: *most believe*, *the incumbent said*.
fn subject_end(units: &Units, cue: usize, start: usize) -> Option<usize> {
    let start = start.max(cue.saturating_sub(MOST_AUXILIARIES + 1));
    let is_auxiliary = |class: Class| {
        matches!(
            class,
            Class::Be | Class::Have | Class::Do | Class::Modal | Class::Not | Class::Adverb
        )
    };
    let at = (start..cue).rev().find(|&at| !is_auxiliary(units.class(at)))?;
    let class = units.class(at);
    let can_end = class.is_nominal()
        || matches!(
            class,
            Class::Determiner | Class::Number | Class::Adjective | Class::Ing | Class::Quoted
        );
    can_end.then_some(at)
}

/// What the model looks at to choose among [`heads`]; `None` says that no source is named.
pub(crate) fn features(
    units: &Units,
    around: &Cue<'_>,
    content: &Range<usize>,
    head: Option<&Head>,
    out: &mut impl Features,
) {
    let &Cue { at: cue, stem, what: me, auxiliaries, .. } = around;
    let passive = auxiliaries & 1;
    let sentence = units.sentence(cue);
    let behind = u32::from(content.start > cue);
    let Some(&Head { at: head, ref between }) = head else {
        let mut add = |template, a, b| out.add(template, a, b);
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
    let distance = bucket(between.length) << 2 | u32::from(after) << 1 | behind;
    let phrase = phrase(units, head);
    let lead = phrase.start.checked_sub(1).filter(|&j| j >= sentence.start);
    let lead_class = lead.map_or(Class::Stop, |j| units.class(j)) as u32;
    let lead_key = lead.map_or(0, |j| units.all[j].key);
    let next = units.class(head + 1) as u32;
    let names = other.names.map_or(0, |kind| 1 + kind as u32);
    let what = (other.class as u32) << 4 | names;
    let pattern = between.pattern();
    let order = between.heads.min(4);
    let across = between.across;
    let mut add = |template, a, b| out.add(template, a, b);
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
    let others = u32::from(between.surest) << 6 | next_cue(around, head);
    add(30, others, u32::from(after) << 1 | behind);
    add(31, others, is_subject);
    add(32, others, order << 2 | u32::from(after) << 1 | behind);
}

/// The first word behind the head that may attribute: how surely, and how far it is; 1 if it is the one asked for.
fn next_cue(cue: &Cue<'_>, head: usize) -> u32 {
    (1..=NEXT_CUE)
        .map(|far| (far as u32, head + far))
        .find(|&(_, at)| at == cue.at || cue.level(at) > 1)
        .map_or(0, |(far, at)| if at == cue.at { 1 } else { u32::from(cue.level(at)) << 3 | far })
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

/// The noun phrase around `head` with what belongs to it on both sides: *the chair of the party*, *some supporters of
/// the plan*, *the mayor and the council*, *a survey made by the bank*. It stops short of words that are `taken`: the cue
/// and the reported words.
pub(crate) fn whole(units: &Units, head: usize, taken: impl Fn(usize) -> bool) -> Range<usize> {
    let mut own = phrase(units, head);
    let sentence = units.sentence(head);
    // *voters | themselves*, *someone | who*
    let leans = SELVES.contains(&units.all[head].key) || units.class(head) == Class::Wh;
    let can_lean = |at: usize| {
        let class = units.class(at);
        (class.is_nominal() || class == Class::Determiner) && !taken(at)
    };
    if leans && head > sentence.start && can_lean(head - 1) {
        own.start = phrase(units, head - 1).start;
        return own;
    }
    if matches!(units.class(head), Class::Pronoun | Class::Possessive | Class::Wh | Class::That) {
        return own;
    }
    let mut end = end(units, own.end).min(sentence.end);
    // *the Republican | incumbent said*
    let rest = (end..sentence.end.min(end + 3)).find(|&j| taken(j));
    if let Some(verb) = rest.filter(|&verb| (end..verb).all(|j| can_be_nominal(units.class(j)))) {
        end = verb;
    }
    if let Some(first) = (own.end..end).find(|&j| taken(j)) {
        let is_noun = |&j: &usize| units.class(j).is_nominal();
        end = (own.end..first).rev().find(is_noun).map_or(own.end, |j| j + 1);
    }
    let start = start(units, own.start..end, sentence.start);
    // *the claim of | the secretary of transport*
    match (start..own.start).rev().find(|&j| taken(j)) {
        Some(last) => {
            let joins = matches!(units.class(last + 1), Class::Preposition | Class::To);
            (last + 1 + usize::from(joins)).min(own.start)..end
        }
        None => start..end,
    }
}

/// Can a word be the noun that a verb follows, although its class may tell otherwise?
fn can_be_nominal(class: Class) -> bool {
    class.is_nominal()
        || matches!(
            class,
            Class::Adjective | Class::Present | Class::Third | Class::Base | Class::Ing
        )
}

/// Where a noun phrase that goes on at unit `end` ends.
fn end(units: &Units, mut end: usize) -> usize {
    let first = end;
    while end - first < LONGEST {
        // *one Tehran | resident*, *the paper | 's report*
        let is_name = units.class(end - 1) == Class::Name && units.class(end).is_nominal();
        let rest = end + usize::from(units.class(end) == Class::Genitive);
        if (is_name || rest > end)
            && let Some(noun) = noun_phrase(units, rest)
        {
            end = noun.end;
        } else if let Some(of) = of_phrase(units, end) {
            end = of.end;
        } else {
            break;
        }
    }
    // *Teachers and parents said*: up to the verb.
    if let Some(other) = noun_phrase(units, end + 1)
        && units.class(end) == Class::Conjunction
        && units.class(other.end).is_finite()
    {
        end = other.end;
    }
    end
}

/// Where a noun phrase begins of which `range` is the end, in a sentence that begins with unit `first`.
fn start(units: &Units, range: Range<usize>, first: usize) -> usize {
    let mut found = range.start;
    let mut start = range.start;
    // *teachers, parents | and pupils*: commas join only before a conjunction.
    let mut is_list = range.clone().any(|j| units.class(j) == Class::Conjunction);
    while start >= first + 2 && range.end - start < LONGEST {
        let link = units.all[start - 1];
        is_list |= link.class == Class::Conjunction;
        let Some(before) = joined(units, start, first, is_list) else { break };
        start = phrase(units, before).start.max(first);
        if link.key == OF || start == first || is_free(units.class(start - 1)) {
            found = start;
        }
    }
    found
}

/// The head of the noun phrase that the one beginning at unit `start` belongs to, if words that join stand between.
fn joined(units: &Units, start: usize, first: usize, is_list: bool) -> Option<usize> {
    let link = units.all[start - 1];
    let before = |at: usize| {
        let head = at.checked_sub(1).filter(|&j| j >= first)?;
        let class = units.class(head);
        class.is_nominal().then_some(head)
    };
    match link.class {
        // *two of the members*, *both of his rivals*
        Class::Preposition if link.key == OF => start
            .checked_sub(2)
            .filter(|&j| j >= first)
            .filter(|&j| matches!(units.class(j), Class::Number | Class::Determiner))
            .or_else(|| before(start - 1)),
        // *a survey made by the bank*
        Class::Preposition if link.key == BY && is_participle(units.class(start - 2)) => {
            before(start - 2)
        }
        Class::Preposition if LINKS.contains(&link.key) => before(start - 1),
        Class::Conjunction if units.class(start - 2) == Class::Comma => before(start - 2),
        Class::To | Class::Conjunction => before(start - 1),
        Class::Comma if is_list => before(start - 1),
        // *voters backing the mayor*
        Class::Ing if units.class(start - 2) != Class::Name => before(start - 1),
        _ => None,
    }
}

fn is_participle(class: Class) -> bool {
    matches!(class, Class::Participle | Class::Past)
}

/// *of State Jane Doe* from unit `at` on.
pub(crate) fn of_phrase(units: &Units, at: usize) -> Option<Range<usize>> {
    if units.all.get(at)?.key != OF { None } else { noun_phrase(units, at + 1) }
}

/// The noun phrase that begins with unit `at`.
fn noun_phrase(units: &Units, at: usize) -> Option<Range<usize>> {
    let inside = |j: &usize| {
        let class = units.class(*j);
        class.is_nominal()
            || matches!(
                class,
                Class::Determiner | Class::Adjective | Class::Number | Class::Possessive
            )
    };
    let end = (at..at + LONGEST).take_while(inside).last()? + 1;
    Some(at..end)
}

/// Can a subject stand behind a unit of this class, and hardly an object?
fn is_free(class: Class) -> bool {
    class == Class::Quoted
        || class.is_mark()
        || matches!(class, Class::Conjunction | Class::Subordinator | Class::That | Class::Wh)
}
