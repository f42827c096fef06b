//! Coreference of person names: which mentions are one person. Full names come first, then the surnames, first names and
//! initials that match them. Each mention is compared with a bounded number of persons, so that time is linear.

use rustc_hash::FxHashMap;

use super::name::{NamePart, parts};
use super::word_tables::{self, Gender};
use crate::extract::names::Mention;
use crate::text::Text;

/// Most persons with a word of a name in common that a name is compared with, those found last first.
const MAX_NAMESAKES: usize = 16;

/// A person as known from the mentions read so far.
struct Person {
    /// The fullest name.
    parts: Vec<NamePart>,
    gender: Option<Gender>,
    /// Token of the first mention of a full name.
    first: usize,
    /// Token of the last mention, once mentions are assigned in order.
    latest: Option<usize>,
}

#[derive(Default)]
struct Persons {
    all: Vec<Person>,
    /// Indices by the hashes of the words of their names.
    by_word: FxHashMap<u32, Vec<usize>>,
}

/// The name of one mention.
struct MentionedName {
    parts: Vec<NamePart>,
    /// The gender implied by the honorific before it.
    honorific: Option<Gender>,
    /// Its first token.
    start: usize,
}

/// Returns the mentions of each person, in the order of their first mention.
pub(super) fn group<'a>(text: &Text<'_>, mentions: &[&'a Mention]) -> Vec<Vec<&'a Mention>> {
    let names: Vec<_> = mentions.iter().map(|m| MentionedName::new(text, m)).collect();
    let mut persons = Persons::default();
    let mut assigned: Vec<Option<usize>> = vec![None; names.len()];
    for (person, name) in assigned.iter_mut().zip(&names).filter(|(_, name)| name.is_full()) {
        let found = persons.find_or_add(name);
        persons.merge(found, name);
        *person = Some(found);
    }
    let mut groups: Vec<Vec<&Mention>> = Vec::new();
    for ((&mention, name), person) in mentions.iter().zip(&names).zip(assigned) {
        let person = person.unwrap_or_else(|| persons.find_or_add(name));
        persons.all[person].latest = Some(name.start);
        persons.merge(person, name);
        groups.resize_with(persons.all.len(), Vec::new);
        groups[person].push(mention);
    }
    groups.sort_by_key(|group| group[0].tokens.start);
    groups
}

impl MentionedName {
    fn new(text: &Text<'_>, mention: &Mention) -> Self {
        let start = mention.tokens.start;
        let before = start.checked_sub(1).map(|before| text.word(before));
        let honorific = before.and_then(word_tables::gender_of_honorific);
        Self { parts: parts(text, mention), honorific, start }
    }

    /// Whether it has a first name, written out, and a surname.
    fn is_full(&self) -> bool {
        self.parts.len() > 1 && self.parts[0].initial.is_none()
    }

    fn gender(&self) -> Option<Gender> {
        let given = self.parts.first().filter(|_| self.is_full());
        self.honorific.or_else(|| word_tables::gender_of_name(given?.hash))
    }
}

impl Persons {
    /// The person whom the name matches best: among equals the one mentioned last before it, else the first one after it.
    fn find(&self, name: &MentionedName) -> Option<usize> {
        let last = name.parts.last()?;
        let candidates = self.by_word.get(&last.hash)?.iter().rev().take(MAX_NAMESAKES);
        candidates
            .filter_map(|&i| Some((self.all[i].match_score(name)?, self.all[i].recency(), i)))
            .max_by_key(|&(score, recency, _)| (score, recency))
            .map(|(_, _, person)| person)
    }

    fn find_or_add(&mut self, name: &MentionedName) -> usize {
        self.find(name).unwrap_or_else(|| {
            let first = name.start;
            self.all.push(Person { parts: Vec::new(), gender: None, first, latest: None });
            self.all.len() - 1
        })
    }

    /// Adds the gender, and the name if it is fuller, to what is known of the person.
    fn merge(&mut self, person: usize, name: &MentionedName) {
        let known = &mut self.all[person];
        known.gender = known.gender.or_else(|| name.gender());
        if name.parts.len() > known.parts.len() {
            known.parts.clone_from(&name.parts);
            for part in &name.parts {
                let list = self.by_word.entry(part.hash).or_default();
                if list.last() != Some(&person) {
                    list.push(person);
                }
            }
        }
    }
}

impl Person {
    fn match_score(&self, name: &MentionedName) -> Option<u8> {
        if let (Some(a), Some(b)) = (self.gender, name.gender())
            && a != b
        {
            return None;
        }
        match_score(&self.parts, &name.parts)
    }

    /// Orders persons by nearness: those mentioned before by their last mention, then the others by their first.
    fn recency(&self) -> (bool, usize) {
        self.latest.map_or((false, usize::MAX - self.first), |latest| (true, latest))
    }
}

/// How well `name` matches a person of the name `full`, 1 to 3; `None` if it does not.
fn match_score(full: &[NamePart], name: &[NamePart]) -> Option<u8> {
    let (surname, first) = (full.last()?, full.first()?);
    match name {
        [] => None,
        [one] if one.hash == surname.hash => Some(3),
        [one] if one.hash == first.hash => Some(2),
        [one] => full.iter().any(|p| p.hash == one.hash).then_some(1),
        _ => are_compatible(full, name).then_some(3),
    }
}

/// Whether the longer of two names has the words of the shorter one in order, also as initials or pet forms.
fn are_compatible(a: &[NamePart], b: &[NamePart]) -> bool {
    let (long, short) = if a.len() >= b.len() { (a, b) } else { (b, a) };
    let mut rest = long.iter();
    short.iter().all(|part| rest.any(|other| parts_match(*part, *other)))
}

fn parts_match(a: NamePart, b: NamePart) -> bool {
    a.hash == b.hash
        || a.initial == Some(b.letter)
        || b.initial == Some(a.letter)
        || word_tables::are_variants(a.hash, b.hash)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::names::Kind;

    /// Mentions are found by the names in `expected`, which lists those of each person.
    fn check(body: &str, expected: &[&[&str]]) {
        let text = Text::new(body);
        let mut names: Vec<&str> =
            expected.iter().flat_map(|person| person.iter().copied()).collect();
        names.sort_by_key(|name| std::cmp::Reverse(name.len()));
        let mut mentions = Vec::new();
        let mut i = 0;
        while i < text.tokens.len() {
            let rest = &body[text.tokens[i].start as usize..];
            let end = names.iter().find(|name| rest.starts_with(**name)).map_or(i, |name| {
                text.tokens
                    .partition_point(|t| (t.end as usize) <= body.len() - rest.len() + name.len())
            });
            mentions.extend((end > i).then_some(Mention { tokens: i..end, kind: Kind::Person }));
            i = end.max(i + 1);
        }
        let groups = group(&text, &mentions.iter().collect::<Vec<_>>());
        let found: Vec<Vec<&str>> = groups
            .iter()
            .map(|group| group.iter().map(|m| text.span(m.tokens.clone()).of(body)).collect())
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn surnames_first_names_initials_and_pet_forms_match_the_full_name() {
        check(
            "Roe spoke. Robert Roe met Jane Doe. Doe and Bob Roe left with J. Doe. Jane sang.",
            &[&["Roe", "Robert Roe", "Bob Roe"], &["Jane Doe", "Doe", "J. Doe", "Jane"]],
        );
    }

    #[test]
    fn namesakes_are_distinct() {
        check(
            "John Doe came. Mrs. Doe followed. Mr. Doe sat down with Peter Doe. Doe spoke.",
            &[&["John Doe", "Doe"], &["Doe"], &["Peter Doe", "Doe"]],
        );
    }

    #[test]
    fn arabic_articles_and_generation_suffixes_are_ignored() {
        check(
            "Ali al-Doe and John Roe Jr. met. Doe left, Roe stayed.",
            &[&["Ali al-Doe", "Doe"], &["John Roe Jr.", "Roe"]],
        );
    }
}
