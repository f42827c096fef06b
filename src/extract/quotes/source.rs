//! The source of an attribution: candidates for the head of the noun phrase that names it, their features, and the phrase
//! around a head.

use std::ops::Range;

use super::cues::{Cue, Level, bucket};
use super::model::Features;
use super::units::Units;
use super::word_class::Class;
use crate::text::word_key::{key_of, keys_of};

/// Most units between a source and its cue.
const REACH: usize = 28;

/// Most units of a noun phrase.
const MAX_LENGTH: usize = 18;

/// Units after a head in which the cue that it is the subject of is looked for.
const NEXT_CUE_REACH: usize = 4;

/// Most auxiliaries and adverbs between a subject and its verb.
const MAX_AUXILIARIES: usize = 6;

const OF: u32 = key_of("of");
const BY: u32 = key_of("by");

/// Reflexive pronouns, which may follow the noun: *voters themselves*.
const REFLEXIVES: &[u32] = &keys_of(["himself", "herself", "itself", "themselves"]);

/// Prepositions, other than *of*, that attach a noun phrase to the one before.
const LINKING_PREPOSITIONS: &[u32] = &keys_of([
    "for", "at", "from", "in", "with", "on", "by", "about", "against", "among", "within", "near",
]);

/// A noun phrase that may name the source.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SourceCandidate {
    /// The unit of its head.
    pub(crate) at: usize,
    between: GapSummary,
}

/// The units between a head and the cue, summarised for features.
#[derive(Clone, Copy, Debug, Default)]
struct GapSummary {
    length: usize,
    /// Other heads.
    heads: u32,
    /// A bit for each group of classes that occurs.
    across: u32,
    /// Hash of the classes in order.
    classes: u32,
    /// The highest level of a unit.
    max_level: Level,
}

impl GapSummary {
    fn push(&mut self, units: &Units, cue: &Cue<'_>, at: usize) {
        self.max_level = self.max_level.max(cue.level(at));
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

    /// The hash of the classes; 1 for long gaps.
    fn pattern(&self) -> u32 {
        if self.length > 6 { 1 } else { self.classes }
    }
}

/// Fills `out` with the noun phrases of the sentence that lie outside the content.
pub(crate) fn candidates(
    units: &Units,
    cue: &Cue<'_>,
    content: &[Range<usize>],
    out: &mut Vec<SourceCandidate>,
) {
    out.clear();
    let cue_at = cue.at;
    let sentence = units.sentence(cue_at);
    let is_outside = |at: &usize| !content.iter().any(|piece| piece.contains(at));
    let subject = subject_end(units, cue_at, sentence.start);
    let mut between = GapSummary::default();
    for at in (sentence.start.max(cue_at.saturating_sub(REACH))..cue_at).rev() {
        if (units.all[at].is_head || subject == Some(at)) && is_outside(&at) {
            out.push(SourceCandidate { at, between });
        }
        between.push(units, cue, at);
    }
    out.reverse();
    if units.all[cue_at].is_head && is_outside(&cue_at) {
        out.push(SourceCandidate { at: cue_at, between: GapSummary::default() });
    }
    between = GapSummary::default();
    for at in cue_at + 1..sentence.end.min(cue_at + REACH) {
        if units.all[at].is_head && is_outside(&at) {
            out.push(SourceCandidate { at, between });
        }
        between.push(units, cue, at);
    }
}

/// The unit before a verb and its auxiliaries, if it can head a subject although its class is not a noun's: *most believe*,
/// *the incumbent said*.
fn subject_end(units: &Units, cue: usize, start: usize) -> Option<usize> {
    let start = start.max(cue.saturating_sub(MAX_AUXILIARIES + 1));
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

/// Adds to `out` the features of a candidate; `None` stands for an attribution without a source.
pub(crate) fn features(
    units: &Units,
    cue: &Cue<'_>,
    content: &Range<usize>,
    head: Option<&SourceCandidate>,
    out: &mut impl Features,
) {
    let &Cue { at: cue_at, stem, what: cue_class, auxiliaries, .. } = cue;
    let passive = auxiliaries & 1;
    let sentence = units.sentence(cue_at);
    let behind = u32::from(content.start > cue_at);
    let Some(&SourceCandidate { at: head, ref between }) = head else {
        let mut add = |template, a, b| out.add(template, a, b);
        add(100, 0, 0);
        add(101, stem, 0);
        add(102, cue_class << 1 | passive, behind);
        add(103, u32::from(cue_at == sentence.start), cue_class);
        add(104, units.class(cue_at.wrapping_sub(1)) as u32, cue_class);
        add(105, units.class(cue_at + 1) as u32, cue_class);
        add(106, stem, auxiliaries);
        return;
    };
    let unit = units.all[head];
    let after = head > cue_at;
    let distance = bucket(between.length) << 2 | u32::from(after) << 1 | behind;
    let own = phrase_ending_at(units, head);
    let lead = own.start.checked_sub(1).filter(|&j| j >= sentence.start);
    let lead_class = lead.map_or(Class::Stop, |j| units.class(j)) as u32;
    let lead_key = lead.map_or(0, |j| units.all[j].key);
    let next = units.class(head + 1) as u32;
    let names = unit.names.map_or(0, |kind| 1 + kind as u32);
    let head_class = (unit.class as u32) << 4 | names;
    let pattern = between.pattern();
    let order = between.heads.min(4);
    let across = between.across;
    let mut add = |template, a, b| out.add(template, a, b);
    add(1, distance, cue_class);
    add(2, distance, head_class);
    add(3, head_class, cue_class << 1 | u32::from(after));
    add(4, lead_class, distance);
    add(5, lead_key, u32::from(after) << 8 | cue_class >> 4);
    add(6, pattern, u32::from(after) << 8 | behind);
    add(7, pattern, cue_class << 1 | u32::from(after));
    add(8, unit.key, u32::from(after));
    add(9, unit.key, stem);
    add(10, order << 2 | u32::from(after) << 1 | behind, cue_class);
    add(11, across, u32::from(after) << 1 | behind);
    add(12, across, order << 8 | head_class);
    add(13, next, distance);
    add(14, lead_key, passive << 1 | u32::from(after));
    add(15, head_class << 1 | u32::from(after), passive << 8 | cue_class);
    add(16, lead_class << 8 | next, order);
    add(17, u32::from(own.start == sentence.start), across);
    add(18, distance, stem);
    add(19, stem, order << 1 | u32::from(after));
    add(20, unit.key, lead_class);
    add(21, across, cue_class);
    add(22, if head < content.start { content.start - head } else { 99 }.min(9) as u32, distance);
    add(23, lead_class, across << 8 | head_class);
    let is_subject = next_verb(units, head) << 1 | u32::from(own.start == sentence.start);
    add(25, is_subject, distance);
    add(26, is_subject, cue_class << 5 | auxiliaries);
    add(27, auxiliaries, distance);
    add(28, is_subject, order << 2 | u32::from(after) << 1 | behind);
    add(29, is_subject, across << 8 | head_class);
    add(24, units.all.get(head + 1).map_or(0, |u| u.key), head_class);
    let other_cues = u32::from(between.max_level) << 6 | next_cue(cue, head);
    add(30, other_cues, u32::from(after) << 1 | behind);
    add(31, other_cues, is_subject);
    add(32, other_cues, order << 2 | u32::from(after) << 1 | behind);
}

/// The level and distance of the first likely cue after the head; 1 if it is the cue itself, 0 for none.
fn next_cue(cue: &Cue<'_>, head: usize) -> u32 {
    (1..=NEXT_CUE_REACH)
        .map(|far| (far as u32, head + far))
        .find(|&(_, at)| at == cue.at || cue.level(at) > 1)
        .map_or(0, |(far, at)| if at == cue.at { 1 } else { u32::from(cue.level(at)) << 3 | far })
}

/// Whether a verb follows the noun phrase: 1 at once, 2 after an apposition or brackets, 0 not.
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
pub(crate) fn phrase_ending_at(units: &Units, head: usize) -> Range<usize> {
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

/// The noun phrase around `head` with its complements and conjuncts: *the chair of the party*, *the mayor and the council*,
/// *a survey made by the bank*. It excludes units that are `taken` by the cue and the content.
pub(crate) fn whole_phrase(
    units: &Units,
    head: usize,
    taken: impl Fn(usize) -> bool,
) -> Range<usize> {
    let mut own = phrase_ending_at(units, head);
    let sentence = units.sentence(head);
    // *voters | themselves*, *someone | who*
    let is_attached = REFLEXIVES.contains(&units.all[head].key) || units.class(head) == Class::Wh;
    let can_precede = |at: usize| {
        let class = units.class(at);
        (class.is_nominal() || class == Class::Determiner) && !taken(at)
    };
    if is_attached && head > sentence.start && can_precede(head - 1) {
        own.start = phrase_ending_at(units, head - 1).start;
        return own;
    }
    if matches!(units.class(head), Class::Pronoun | Class::Possessive | Class::Wh | Class::That) {
        return own;
    }
    let mut end = extended_end(units, own.end).min(sentence.end);
    // *the Republican | incumbent said*
    let rest = (end..sentence.end.min(end + 3)).find(|&j| taken(j));
    if let Some(verb) = rest.filter(|&verb| (end..verb).all(|j| can_be_head_noun(units.class(j)))) {
        end = verb;
    }
    if let Some(first) = (own.end..end).find(|&j| taken(j)) {
        let is_noun = |&j: &usize| units.class(j).is_nominal();
        end = (own.end..first).rev().find(is_noun).map_or(own.end, |j| j + 1);
    }
    let start = extended_start(units, own.start..end, sentence.start);
    // *the claim of | the secretary of transport*
    match (start..own.start).rev().find(|&j| taken(j)) {
        Some(last) => {
            let joins = matches!(units.class(last + 1), Class::Preposition | Class::To);
            (last + 1 + usize::from(joins)).min(own.start)..end
        }
        None => start..end,
    }
}

/// Whether a unit of this class before a verb can be its subject's head noun.
fn can_be_head_noun(class: Class) -> bool {
    class.is_nominal()
        || matches!(
            class,
            Class::Adjective | Class::Present | Class::Third | Class::Base | Class::Ing
        )
}

/// Where a noun phrase that ends before unit `end` ends with its complements.
fn extended_end(units: &Units, mut end: usize) -> usize {
    let first = end;
    while end - first < MAX_LENGTH {
        // *one Tehran | resident*, *the paper | 's report*
        let is_name = units.class(end - 1) == Class::Name && units.class(end).is_nominal();
        let rest = end + usize::from(units.class(end) == Class::Genitive);
        if (is_name || rest > end)
            && let Some(noun) = phrase_from(units, rest)
        {
            end = noun.end;
        } else if let Some(of) = of_phrase(units, end) {
            end = of.end;
        } else {
            break;
        }
    }
    // *Teachers and parents said*: up to the verb.
    if let Some(other) = phrase_from(units, end + 1)
        && units.class(end) == Class::Conjunction
        && units.class(other.end).is_finite()
    {
        end = other.end;
    }
    end
}

/// Where a noun phrase that ends with `range` begins, in a sentence that begins with unit `first`.
fn extended_start(units: &Units, range: Range<usize>, first: usize) -> usize {
    let mut found = range.start;
    let mut start = range.start;
    // *teachers, parents | and pupils*: commas join only before a conjunction.
    let mut is_list = range.clone().any(|j| units.class(j) == Class::Conjunction);
    while start >= first + 2 && range.end - start < MAX_LENGTH {
        let link = units.all[start - 1];
        is_list |= link.class == Class::Conjunction;
        let Some(before) = preceding_head(units, start, first, is_list) else { break };
        start = phrase_ending_at(units, before).start.max(first);
        if link.key == OF || start == first || can_precede_subject(units.class(start - 1)) {
            found = start;
        }
    }
    found
}

/// The head of the noun phrase that governs or coordinates the one that begins at unit `start`.
fn preceding_head(units: &Units, start: usize, first: usize, is_list: bool) -> Option<usize> {
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
        Class::Preposition if LINKING_PREPOSITIONS.contains(&link.key) => before(start - 1),
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

/// The noun phrase after *of*, if *of* is unit `at`.
pub(crate) fn of_phrase(units: &Units, at: usize) -> Option<Range<usize>> {
    if units.all.get(at)?.key != OF { None } else { phrase_from(units, at + 1) }
}

/// The noun phrase that begins at unit `at`.
fn phrase_from(units: &Units, at: usize) -> Option<Range<usize>> {
    let inside = |j: &usize| {
        let class = units.class(*j);
        class.is_nominal()
            || matches!(
                class,
                Class::Determiner | Class::Adjective | Class::Number | Class::Possessive
            )
    };
    let end = (at..at + MAX_LENGTH).take_while(inside).last()? + 1;
    Some(at..end)
}

/// Whether a unit of this class more likely precedes a subject than an object.
fn can_precede_subject(class: Class) -> bool {
    class == Class::Quoted
        || class.is_mark()
        || matches!(class, Class::Conjunction | Class::Subordinator | Class::That | Class::Wh)
}
