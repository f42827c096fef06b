//! Which mentions are one person: full names first, then surnames, first names and initials that fit them.
//!
//! Every step looks at a bounded number of people, so that a text of a hundred thousand names takes no longer a name
//! than a short one.

use rustc_hash::FxHashMap;

use super::name::{Part, parts};
use super::words::{self, Gender};
use crate::extract::names::Mention;
use crate::text::Text;

/// Of the people who share a word of their names only this many are looked at, the last found first.
const MAX_NAMESAKES: usize = 16;

/// What is known of one person while the text is read.
struct Known {
    /// The fullest name so far.
    parts: Vec<Part>,
    gender: Option<Gender>,
    /// Token of the first mention of a full name.
    first: usize,
    /// Token of the last mention before the place that is looked at.
    latest: Option<usize>,
}

/// People by the words of their names.
#[derive(Default)]
struct People {
    known: Vec<Known>,
    by_word: FxHashMap<u32, Vec<usize>>,
}

/// A mention's own part in the matter.
struct Name {
    parts: Vec<Part>,
    title: Option<Gender>,
    start: usize,
}

/// The mentions of each person, in the order of their first mention.
pub(super) fn people<'a>(text: &Text<'_>, mentions: &[&'a Mention]) -> Vec<Vec<&'a Mention>> {
    let names: Vec<Name> = mentions.iter().map(|m| name(text, m)).collect();
    let mut people = People::default();
    let mut persons: Vec<Option<usize>> = vec![None; names.len()];
    for (person, name) in persons.iter_mut().zip(&names).filter(|(_, name)| name.is_full()) {
        *person = Some(people.find(name).unwrap_or_else(|| people.add(name)));
        people.learn(*person, name);
    }
    for (person, name) in persons.iter_mut().zip(&names) {
        let found = person.or_else(|| people.find(name)).unwrap_or_else(|| people.add(name));
        people.known[found].latest = Some(name.start);
        people.learn(Some(found), name);
        *person = Some(found);
    }
    let mut groups: Vec<Vec<&Mention>> = vec![Vec::new(); people.known.len()];
    for (&mention, person) in mentions.iter().zip(persons) {
        if let Some(person) = person {
            groups[person].push(mention);
        }
    }
    groups.retain(|group| !group.is_empty());
    groups.sort_by_key(|group| group[0].tokens.start);
    groups
}

fn name(text: &Text<'_>, mention: &Mention) -> Name {
    let start = mention.tokens.start;
    let title = start.checked_sub(1).and_then(|before| words::gender_of_title(text.word(before)));
    Name { parts: parts(text, mention), title, start }
}

impl Name {
    /// First name and surname, both written out?
    fn is_full(&self) -> bool {
        self.parts.len() > 1 && self.parts[0].initial.is_none()
    }

    fn gender(&self) -> Option<Gender> {
        let given = self.parts.first().filter(|_| self.is_full());
        self.title.or_else(|| words::gender_of_name(given?.hash))
    }
}

impl People {
    /// The person whom the name fits best; of several the one named last before it, else the first one behind it.
    fn find(&self, name: &Name) -> Option<usize> {
        let last = name.parts.last()?;
        let candidates = self.by_word.get(&last.hash)?.iter().rev().take(MAX_NAMESAKES);
        candidates
            .filter_map(|&person| Some((self.fit(person, name)?, person)))
            .max_by_key(|&(fit, person)| (fit, self.nearness(person)))
            .map(|(_, person)| person)
    }

    fn fit(&self, person: usize, name: &Name) -> Option<u8> {
        let known = &self.known[person];
        if let (Some(a), Some(b)) = (known.gender, name.gender())
            && a != b
        {
            return None;
        }
        fit(&known.parts, &name.parts)
    }

    fn nearness(&self, person: usize) -> (bool, usize) {
        let known = &self.known[person];
        known.latest.map_or((false, usize::MAX - known.first), |latest| (true, latest))
    }

    fn add(&mut self, name: &Name) -> usize {
        self.known.push(Known { parts: Vec::new(), gender: None, first: name.start, latest: None });
        self.known.len() - 1
    }

    /// Takes over what the name says about the person.
    fn learn(&mut self, person: Option<usize>, name: &Name) {
        let Some(person) = person else { return };
        let known = &mut self.known[person];
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

/// How well `name` fits a person of the name `full`, if at all.
fn fit(full: &[Part], name: &[Part]) -> Option<u8> {
    let (surname, first) = (full.last()?, full.first()?);
    match name {
        [] => None,
        [one] if one.hash == surname.hash => Some(3),
        [one] if one.hash == first.hash => Some(2),
        [one] => full.iter().any(|p| p.hash == one.hash).then_some(1),
        _ => same(full, name).then_some(3),
    }
}

/// Are two names of several words one? The words of the shorter one stand in the longer one in order; initials and pet
/// forms stand for first names.
fn same(a: &[Part], b: &[Part]) -> bool {
    let (long, short) = if a.len() >= b.len() { (a, b) } else { (b, a) };
    let mut rest = long.iter();
    short.iter().all(|part| rest.any(|other| matches(*part, *other)))
}

fn matches(a: Part, b: Part) -> bool {
    a.hash == b.hash
        || a.initial == Some(b.letter)
        || b.initial == Some(a.letter)
        || words::are_forms_of_one(a.hash, b.hash)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::names::Kind;

    /// The mentions are those of `expected`, in the order of the text; each line of it is a person.
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
        let groups = people(&text, &mentions.iter().collect::<Vec<_>>());
        let found: Vec<Vec<&str>> = groups
            .iter()
            .map(|group| group.iter().map(|m| text.span(m.tokens.clone()).of(body)).collect())
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn surnames_first_names_initials_and_pet_forms_belong_to_the_full_name() {
        check(
            "Roe spoke. Robert Roe met Jane Doe. Doe and Bob Roe left with J. Doe. Jane sang.",
            &[&["Roe", "Robert Roe", "Bob Roe"], &["Jane Doe", "Doe", "J. Doe", "Jane"]],
        );
    }

    #[test]
    fn namesakes_stay_apart() {
        check(
            "John Doe came. Mrs. Doe followed. Mr. Doe sat down with Peter Doe. Doe spoke.",
            &[&["John Doe", "Doe"], &["Doe"], &["Peter Doe", "Doe"]],
        );
    }

    #[test]
    fn arabic_articles_and_generations_do_not_part() {
        check(
            "Ali al-Doe and John Roe Jr. met. Doe left, Roe stayed.",
            &[&["Ali al-Doe", "Doe"], &["John Roe Jr.", "Roe"]],
        );
    }
}
