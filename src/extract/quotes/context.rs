//! The class of a word in its sentence, decided by its neighbours, and the heads of noun phrases. The class of a word by
//! itself is found in `word_classes`.

use super::unit::Unit;
use super::word_class::{Class, Classes};
use crate::text::word_key::key_of;

/// Sets the class of words that can be of several, by their neighbours, in the manner of Brill's contextual rules.
pub(super) fn disambiguate(units: &mut [Unit]) {
    let mut before = Class::Stop;
    for i in 0..units.len() {
        let next = units.get(i + 1).map_or(Class::Stop, |unit| unit.class);
        let skipped = i.checked_sub(2).map_or(Class::Stop, |j| units[j].class);
        let class = units[i].class;
        if !AMBIGUOUS.has(class) {
            before = class;
            continue;
        }
        let is_behind_quoted = class == Class::NounsVerb && is_behind_quoted(&units[..i]);
        units[i].class = in_context(class, skipped, before, next, units[i].key, is_behind_quoted);
        before = units[i].class;
    }
}

/// The classes that [`in_context`] may change.
const AMBIGUOUS: Classes = Classes::NONE.and(&[
    Class::NounVerb,
    Class::NounsVerb,
    Class::Present,
    Class::Past,
    Class::Participle,
    Class::Genitive,
    Class::Possessive,
]);

/// Whether these units end with words between marks and one noun phrase.
fn is_behind_quoted(units: &[Unit]) -> bool {
    let mut phrase = units.iter().rev().take_while(|unit| {
        let class = unit.class;
        class.is_nominal() || matches!(class, Class::Determiner | Class::Adjective | Class::Pronoun)
    });
    let long = phrase.by_ref().take(8).count();
    let first_before = units[..units.len() - long].last();
    (1..8).contains(&long) && first_before.is_some_and(|unit| unit.class == Class::Quoted)
}

fn in_context(
    class: Class,
    skipped: Class,
    before: Class,
    next: Class,
    key: u32,
    is_behind_quoted: bool,
) -> Class {
    let verb_before = |c| matches!(c, Class::To | Class::Modal | Class::Do);
    let adverb = matches!(before, Class::Adverb | Class::Not);
    let governor = if adverb { skipped } else { before };
    let nominal_after = matches!(
        next,
        Class::Determiner
            | Class::Possessive
            | Class::That
            | Class::Pronoun
            | Class::Name
            | Class::Wh
            | Class::To
            | Class::Quoted
    );
    match class {
        Class::NounVerb | Class::Present if verb_before(governor) => Class::Base,
        Class::NounVerb => match before {
            Class::Pronoun | Class::Nouns if governor == before => Class::Present,
            Class::Wh | Class::Name if nominal_after => Class::Present,
            _ if adverb && matches!(skipped, Class::Pronoun | Class::Nouns) => Class::Present,
            _ => Class::Noun,
        },
        // *“We go,” the minister reports.*
        Class::NounsVerb if is_behind_quoted && (next.is_mark() || next == Class::Adverb) => {
            Class::Third
        }
        Class::NounsVerb => match governor {
            Class::Pronoun | Class::Wh | Class::That => Class::Third,
            Class::Name | Class::Noun | Class::Close
                if nominal_after || next == Class::Preposition =>
            {
                Class::Third
            }
            _ => Class::Nouns,
        },
        Class::Present
            if matches!(before, Class::Determiner | Class::Adjective | Class::Possessive) =>
        {
            Class::Noun
        }
        Class::Past | Class::Participle if matches!(governor, Class::Have | Class::Be) => {
            Class::Participle
        }
        Class::Participle
            if matches!(governor, Class::Pronoun | Class::Name | Class::Wh | Class::Close)
                || matches!(
                    governor,
                    Class::Noun | Class::Nouns | Class::Comma | Class::Conjunction
                ) && nominal_after =>
        {
            Class::Past
        }
        Class::Genitive if before == Class::Pronoun => Class::Be,
        Class::Possessive if key == key_of("her") && !is_np_start(next) => Class::Pronoun,
        _ => class,
    }
}

/// Whether a noun phrase ends with a unit of this class before one of class `next`.
pub(super) fn is_head(class: Class, next: Class) -> bool {
    !GOES_ON[class as usize].has(next)
}

/// For each class, those before which it ends no noun phrase.
static GOES_ON: [Classes; Class::COUNT] = {
    let mut table = [Classes::ALL; Class::COUNT];
    table[Class::Pronoun as usize] = Classes::NONE;
    table[Class::Possessive as usize] = Classes::NONE;
    table[Class::Name as usize] = Classes::NONE.and(&[Class::Name]);
    table[Class::Noun as usize] = Classes::NOMINAL;
    table[Class::Nouns as usize] = Classes::NOMINAL;
    let modified = Classes::NOMINAL.and(&[
        Class::Adjective,
        Class::Number,
        Class::Determiner,
        Class::Possessive,
        Class::Quoted,
        Class::Ing,
    ]);
    table[Class::Determiner as usize] = modified;
    table[Class::Number as usize] = modified;
    table
};

fn is_np_start(class: Class) -> bool {
    class.is_nominal()
        || matches!(
            class,
            Class::Adjective | Class::Number | Class::Ing | Class::Participle | Class::Quoted
        )
}
