//! Which units can attribute, and the features by which the model decides whether one does.

use super::cue_words::Attributes;
use super::model::Features;
use super::units::Units;
use super::word_class::Class;
use crate::text::word_key::key_of;

/// Whether unit `i` can attribute: any verb, listed nouns and adjectives, and a colon.
pub(crate) fn is_candidate(units: &Units, i: usize) -> bool {
    let unit = units.all[i];
    match unit.class {
        Class::Colon => true,
        class if class.is_verb() => true,
        Class::Noun | Class::Nouns | Class::Adjective | Class::Adverb | Class::Preposition => {
            unit.attributes.is_some()
        }
        Class::Name => unit.capital && unit.attributes.is_some(),
        _ => false,
    }
}

/// How surely a unit attributes, from 0 (hardly) to 4.
pub(crate) type Level = u8;

/// The level of a probability.
pub(crate) fn level(sure: f32) -> Level {
    match sure {
        0.8.. => 4,
        0.5.. => 3,
        0.25.. => 2,
        0.1.. => 1,
        _ => 0,
    }
}

/// A unit that can attribute, with its surroundings.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cue<'a> {
    /// How surely each unit of the article attributes.
    pub(crate) levels: &'a [Level],
    /// Its unit.
    pub(crate) at: usize,
    /// [`stem`](super::inflection::stem) of it.
    pub(crate) stem: u32,
    /// Its class and what it attributes.
    pub(crate) what: u32,
    /// [`auxiliaries`] before it.
    pub(crate) auxiliaries: u32,
    /// 2 if there are words between marks before it, plus 4 if there are any behind it.
    pub(crate) quoted: u32,
}

impl<'a> Cue<'a> {
    /// Looks around unit `at`.
    pub(crate) fn new(units: &Units, levels: &'a [Level], at: usize) -> Self {
        let sentence = units.sentence(at);
        let first = sentence.start.saturating_sub(1).max(at.saturating_sub(20));
        let before = units.quoted_before(at, first).is_some();
        let behind = units.quoted_behind(at, (sentence.end + 1).min(at + 21)).is_some();
        Self {
            levels,
            at,
            stem: units.all[at].stem,
            what: (units.class(at) as u32) << 4 | kind(units, at),
            auxiliaries: auxiliaries(units, at),
            quoted: u32::from(before) << 1 | u32::from(behind) << 2,
        }
    }

    /// How surely unit `i` attributes.
    pub(crate) fn level(&self, i: usize) -> Level {
        self.levels.get(i).copied().unwrap_or_default()
    }
}

/// What unit `i` attributes, as a number.
pub(crate) fn kind(units: &Units, i: usize) -> u32 {
    units.all[i].attributes.map_or(9, |attributes| attributes as u32)
}

/// The unit that unit `i`, a verb, most likely has as its subject: the last head of a noun phrase before it.
pub(crate) fn subject(units: &Units, i: usize) -> Option<usize> {
    let start = units.sentence(i).start;
    let mut at = i;
    let mut skipped = 0;
    while at > start && skipped < 12 {
        at -= 1;
        skipped += 1;
        match units.all[at].class {
            Class::Stop | Class::Semicolon | Class::Colon => return None,
            Class::Pronoun | Class::Wh | Class::That => return Some(at),
            class if class.is_nominal() => return Some(at),
            _ => {}
        }
    }
    None
}

/// The auxiliaries before unit `i`: 1 a form of *be*, 2 *have*, 4 a modal or *do*, 8 *not*, 16 *to*.
pub(crate) fn auxiliaries(units: &Units, i: usize) -> u32 {
    let mut seen = 0;
    for at in (i.saturating_sub(4)..i).rev() {
        seen |= match units.all[at].class {
            Class::Be => 1,
            Class::Have => 2,
            Class::Modal | Class::Do => 4,
            Class::Not => 8,
            Class::To => 16,
            Class::Adverb => 0,
            _ => break,
        };
    }
    seen
}

/// The features of unit `i` by itself.
pub(crate) fn own_features(units: &Units, i: usize, out: &mut impl Features) {
    let unit = units.all[i];
    let (me, listed) = (unit.class as u32, kind(units, i));
    out.add(1, 0, 0);
    out.add(2, unit.key, 0);
    out.add(3, unit.stem, 0);
    out.add(4, me, listed);
    out.add(5, unit.stem, me);
    out.add(33, u32::from(unit.capital), me << 4 | listed);
}

/// The features of the sentence around unit `i`.
pub(crate) fn features(units: &Units, i: usize, out: &mut impl Features) {
    let unit = units.all[i];
    let class = |d: isize| i.checked_add_signed(d).map_or(Class::Stop, |j| units.class(j)) as u32;
    let key = |d: isize| {
        i.checked_add_signed(d).and_then(|j| units.all.get(j)).map_or(0, |unit| unit.key)
    };
    let listed = kind(units, i);
    let auxiliaries = auxiliaries(units, i);
    let sentence = units.sentence(i);
    let subject = subject(units, i);
    let (subject_key, subject_class, subject_names) = subject.map_or((0, 0, 0), |s| {
        let unit = units.all[s];
        (unit.key, unit.class as u32, unit.names.map_or(0, |kind| 1 + kind as u32))
    });
    let quoted_near = quoted_near(units, i);
    let before = before(units, i, sentence.start);
    let me = unit.class as u32;
    let mut add = |template, a, b| out.add(template, a, b);
    add(6, unit.stem, class(1));
    add(7, unit.key, key(1));
    add(8, unit.key, key(-1));
    add(9, unit.stem, class(-1));
    add(10, key(1), me);
    add(11, key(-1), me);
    add(12, key(2), me);
    add(13, key(-2), me);
    add(14, class(1) << 6 | class(2), me);
    add(15, class(-1) << 6 | class(-2), me);
    add(16, class(-1) << 6 | class(1), me << 4 | listed);
    add(17, unit.stem, auxiliaries);
    add(18, me << 4 | listed, auxiliaries);
    add(19, subject_key, me);
    add(20, subject_key, unit.stem);
    add(21, subject_class << 4 | subject_names, unit.stem);
    add(22, subject_class << 4 | subject_names, me << 4 | listed);
    add(23, quoted_near, listed);
    add(24, quoted_near, unit.stem);
    add(25, bucket(i - sentence.start), me);
    add(26, bucket(sentence.end - i), me);
    add(27, key(1), key(2));
    add(28, class(1) << 12 | class(2) << 6 | class(3), listed);
    add(29, before, listed);
    add(30, before, unit.stem);
    add(31, u32::from(units.opens_paragraph[units.sentence_of[i] as usize]), listed);
    add(32, unit.stem, class(2));
}

/// Whether there is something between marks: 1 right before, 2 in the sentence before, 4 right behind, 8 in the sentence
/// behind.
fn quoted_near(units: &Units, i: usize) -> u32 {
    let sentence = units.sentence(i);
    let first = sentence.start.saturating_sub(1).max(i.saturating_sub(24));
    let before = units.quoted_before(i, first);
    let behind = units.quoted_behind(i, sentence.end.min(i + 25));
    u32::from(before.is_some_and(|j| i - j <= 4))
        | u32::from(before.is_some()) << 1
        | u32::from(behind.is_some_and(|j| j - i <= 3)) << 2
        | u32::from(behind.is_some()) << 3
}

/// Words before in the sentence that put unit `i` inside somebody's report or a clause of its own: the class of the
/// nearest, and how far it is.
fn before(units: &Units, i: usize, start: usize) -> u32 {
    const SAY: u32 = key_of("say");
    const TELL: u32 = key_of("tell");
    let mut clause = 0;
    for (far, at) in (start..i).rev().enumerate().take(30) {
        let unit = units.all[at];
        match unit.class {
            Class::That if clause == 0 => clause = 1,
            Class::Wh if clause == 0 => clause = 2,
            Class::Subordinator if clause == 0 => clause = 3,
            Class::Conjunction if clause == 0 => clause = 4,
            Class::Comma if clause == 0 => clause = 5,
            Class::To if clause == 0 && far > 0 => clause = 6,
            class if class.is_verb() => {
                let strength = match unit.attributes {
                    Some(Attributes::Speech) if matches!(unit.stem, SAY | TELL) => 1,
                    Some(Attributes::Speech) => 2,
                    Some(Attributes::Belief) => 3,
                    _ => continue,
                };
                return strength << 8 | clause << 4 | u32::from(far > 6);
            }
            _ => {}
        }
    }
    clause << 4
}

/// Small numbers as they are, larger ones by size.
pub(crate) fn bucket(n: usize) -> u32 {
    match n {
        0..=5 => n as u32,
        6..=7 => 6,
        8..=10 => 7,
        11..=15 => 8,
        16..=24 => 9,
        25..=40 => 10,
        _ => 11,
    }
}
