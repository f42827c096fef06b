//! Which mentions are one person: full names first, then surnames, first names and initials that fit them.

use rustc_hash::FxHashMap;

use super::name::{Part, parts};
use crate::extract::names::Mention;
use crate::extract::text::Text;

/// Of the people who share a surname only this many are looked at, the last named first.
const MAX_NAMESAKES: usize = 16;

/// One person while the text is read.
struct Known<'a> {
    /// The fullest name so far.
    parts: Vec<Part>,
    mentions: Vec<&'a Mention>,
}

/// The mentions of each person, in the order of their first mention.
pub fn people<'a>(text: &Text<'_>, mentions: &[&'a Mention]) -> Vec<Vec<&'a Mention>> {
    let names: Vec<Vec<Part>> = mentions.iter().map(|m| parts(text, m)).collect();
    let mut people: Vec<Known<'a>> = Vec::new();
    let mut by_word: FxHashMap<u32, Vec<usize>> = FxHashMap::default();
    for full in [true, false] {
        for (&mention, name) in mentions.iter().zip(&names) {
            if (name.len() > 1 && name[0].initial.is_none()) != full {
                continue;
            }
            match fitting(&people, &by_word, name, mention) {
                Some(person) => add(&mut people[person], mention, name),
                None => people.push(Known { parts: name.clone(), mentions: vec![mention] }),
            }
            let person = people.iter().rposition(|p| p.mentions.contains(&mention)).unwrap_or(0);
            for part in name {
                let list = by_word.entry(part.hash).or_default();
                if !list.contains(&person) {
                    list.push(person);
                }
            }
        }
    }
    let mut groups: Vec<Vec<&Mention>> = people.into_iter().map(|p| p.mentions).collect();
    for group in &mut groups {
        group.sort_by_key(|m| m.tokens.start);
    }
    groups.sort_by_key(|group| group.first().map(|m| m.tokens.start));
    groups
}

fn add<'a>(person: &mut Known<'a>, mention: &'a Mention, name: &[Part]) {
    person.mentions.push(mention);
    if name.len() > person.parts.len() {
        person.parts = name.to_vec();
    }
}

/// The person whom a name fits: the nearest one named before it, else the first one behind.
fn fitting(
    people: &[Known<'_>],
    by_word: &FxHashMap<u32, Vec<usize>>,
    name: &[Part],
    mention: &Mention,
) -> Option<usize> {
    let last = name.last()?;
    let candidates = by_word.get(&last.hash)?.iter().rev().take(MAX_NAMESAKES).copied();
    candidates
        .filter_map(|person| Some((fit(&people[person].parts, name)?, person)))
        .max_by_key(|&(fit, person)| (fit, nearness(&people[person], mention)))
        .map(|(_, person)| person)
}

fn nearness(person: &Known<'_>, mention: &Mention) -> i64 {
    let at = mention.tokens.start as i64;
    person
        .mentions
        .iter()
        .map(|m| m.tokens.start as i64)
        .map(|m| if m <= at { m - at } else { i64::MIN / 2 - m })
        .max()
        .unwrap_or(i64::MIN)
}

/// How well `name` fits a person of the name `full`, if at all.
fn fit(full: &[Part], name: &[Part]) -> Option<u8> {
    let (surname, first) = (full.last()?, full.first()?);
    match name {
        [] => None,
        [one] if one.hash == surname.hash => Some(3),
        [one] if one.hash == first.hash => Some(2),
        [one] => full.iter().any(|p| p.hash == one.hash).then_some(1),
        _ if same(full, name) => Some(3),
        _ => None,
    }
}

/// Are two names of several words one? The surnames are equal, and the shorter one's words stand in the longer one in order,
/// initials for words that begin so.
fn same(a: &[Part], b: &[Part]) -> bool {
    let (long, short) = if a.len() >= b.len() { (a, b) } else { (b, a) };
    let mut rest = long.iter();
    short.iter().all(|part| rest.any(|other| matches(*part, *other)))
}

fn matches(a: Part, b: Part) -> bool {
    a.hash == b.hash || a.initial == Some(b.letter) || b.initial == Some(a.letter)
}
