//! Mentions of people in a text of another language: those of the article's people, and runs of capitalised words.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::lexicon::{Lexicon, WordRole};
use crate::article::{Article, Person, Span};
use crate::extract::quotes::gender;
use crate::extract::quotes::units::Units;
use crate::extract::quotes::word_class::Class;
use crate::text::Text;
use crate::text::word_key::keys_of;

/// Lower-case words inside names.
const PARTICLES: &[u32] = &keys_of([
    "de", "del", "della", "di", "da", "das", "do", "dos", "du", "la", "von", "van", "der", "den",
    "bin", "y", "e",
]);

/// Most particles in a row inside a name: *de la*, *von der*.
const MAX_PARTICLES: usize = 2;

/// Most letters of an article or pronoun that opens a sentence.
const MAX_ARTICLE_LETTERS: usize = 3;

/// Most units of a name.
const MAX_LENGTH: usize = 9;

/// Units before and after a name that are read as its bearer's role: *la ministra de Minas, Ana Luz Rey*.
const ROLE_REACH: usize = 5;

/// A person, or what may be one by the name.
#[derive(Debug)]
struct NamedPerson {
    name: String,
    /// Whether the article lists the person, or the name begins with a given name.
    is_certain: bool,
    /// Whether the article does not list the person.
    is_new: bool,
    /// Index of the first mention in [`NameMentions::all`].
    first: usize,
}

/// A mention of a person by name.
#[derive(Clone, Debug)]
pub(super) struct NameMention {
    pub(super) units: Range<usize>,
    /// Index into [`NameMentions::people`].
    pub(super) person: usize,
}

/// All people named in a text, with their mentions and roles.
#[derive(Debug)]
pub(super) struct NameMentions {
    people: Vec<NamedPerson>,
    /// In the order of the text.
    all: Vec<NameMention>,
    /// The bearer of each role by the keys of its words; `None` if there are several.
    roles: FxHashMap<u32, Option<usize>>,
}

impl NameMentions {
    /// Finds all mentions and roles.
    pub(super) fn new(
        text: &Text<'_>,
        units: &Units,
        article: &Article,
        lexicon: Option<&Lexicon>,
    ) -> Self {
        let mut names = Self { people: Vec::new(), all: Vec::new(), roles: FxHashMap::default() };
        for person in &article.people {
            let index = names.add(person.name.clone(), true, false);
            for mention in &person.mentions {
                let units = units_of(text, units, *mention);
                names
                    .all
                    .extend((!units.is_empty()).then_some(NameMention { units, person: index }));
            }
        }
        names.all.sort_by_key(|mention| mention.units.start);
        let entities = article.organisations.iter().chain(&article.places);
        let mut others: Vec<Span> =
            entities.flat_map(|entity| entity.mentions.iter().copied()).collect();
        others.sort_unstable();
        names.add_runs(text, units, lexicon, &others);
        for (i, mention) in names.all.iter().enumerate().rev() {
            names.people[mention.person].first = i;
        }
        names.index_roles(text, units, lexicon);
        names
    }

    fn add(&mut self, name: String, is_certain: bool, is_new: bool) -> usize {
        self.people.push(NamedPerson { name, is_certain, is_new, first: 0 });
        self.people.len() - 1
    }

    /// Adds the runs of capitalised words outside of known names: runs of several words are people, single words mentions
    /// of the only person with that word in the name.
    fn add_runs(
        &mut self,
        text: &Text<'_>,
        units: &Units,
        lexicon: Option<&Lexicon>,
        others: &[Span],
    ) {
        let runs: Vec<Range<usize>> = runs(text, units, lexicon)
            .into_iter()
            .filter(|run| self.overlapping(run.clone()).is_none())
            .filter(|run| {
                let span = text.span(units.tokens(run.clone()));
                let after = others.partition_point(|other| other.start <= span.start);
                others[..after].last().is_none_or(|other| other.end < span.end)
            })
            .filter_map(|run| without_title(text, units, lexicon, run))
            .collect();
        let mut by_word: FxHashMap<u32, Option<usize>> = FxHashMap::default();
        for mention in &self.all {
            index_words(&mut by_word, units, mention.units.clone(), mention.person);
        }
        let mut by_name: FxHashMap<String, usize> = FxHashMap::default();
        let mut found = Vec::new();
        for run in runs.iter().filter(|run| run.len() > 1) {
            let name = text.span(units.tokens(run.clone())).of(text.body).replace('\n', " ");
            let person = *by_name.entry(name).or_insert_with_key(|name| {
                self.add(name.clone(), is_given_name(text, units, run.start), true)
            });
            index_words(&mut by_word, units, run.clone(), person);
            found.push(NameMention { units: run.clone(), person });
        }
        for run in runs.into_iter().filter(|run| run.len() == 1) {
            if let Some(&Some(person)) = by_word.get(&units.all[run.start].key) {
                found.push(NameMention { units: run, person });
            }
        }
        self.all.extend(found);
        self.all.sort_by_key(|mention| mention.units.start);
    }

    /// Indexes the words next to names as roles.
    fn index_roles(&mut self, text: &Text<'_>, units: &Units, lexicon: Option<&Lexicon>) {
        let belongs = |unit: &usize| {
            !matches!(
                role(text, units, lexicon, *unit),
                Some(WordRole::SpeechVerb | WordRole::Preposition)
            )
        };
        for mention in &self.all {
            let sentence = units.sentence(mention.units.start);
            let before = sentence.start.max(mention.units.start.saturating_sub(ROLE_REACH));
            let after = sentence.end.min(mention.units.end + ROLE_REACH);
            let has_comma = units.class(mention.units.end) == Class::Comma;
            let after = if has_comma { mention.units.end + 1..after } else { 0..0 };
            let before = (before..mention.units.start).rev().take_while(belongs);
            let words = before.chain(after.take_while(belongs));
            index_words(&mut self.roles, units, words, mention.person);
        }
    }

    /// The first mention that overlaps these units.
    pub(super) fn overlapping(&self, range: Range<usize>) -> Option<&NameMention> {
        let at = self.all.partition_point(|mention| mention.units.end <= range.start);
        self.all.get(at).filter(|mention| mention.units.start < range.end)
    }

    /// The mentions inside these units, the last first.
    pub(super) fn backwards(&self, range: Range<usize>) -> impl Iterator<Item = &NameMention> {
        let first = self.all.partition_point(|mention| mention.units.start < range.start);
        let last = self.all.partition_point(|mention| mention.units.end <= range.end);
        self.all[first.min(last)..last].iter().rev()
    }

    /// The first mention of the only bearer of the role that has a word with this key.
    pub(super) fn bearer(&self, key: u32) -> Option<&NameMention> {
        let person = (*self.roles.get(&key)?)?;
        self.all.get(self.people[person].first)
    }

    /// Whether the name is certainly a person's.
    pub(super) fn is_certain(&self, mention: &NameMention) -> bool {
        self.people[mention.person].is_certain
    }

    /// Those among the people with the indices `wanted` whom the article does not list.
    pub(super) fn new_people(
        &self,
        text: &Text<'_>,
        units: &Units,
        wanted: &[usize],
    ) -> Vec<Person> {
        let mut mentions: FxHashMap<usize, Vec<Span>> = FxHashMap::default();
        for mention in self.all.iter().filter(|mention| self.people[mention.person].is_new) {
            let span = text.span(units.tokens(mention.units.clone()));
            mentions.entry(mention.person).or_default().push(span);
        }
        let mut wanted = wanted.to_vec();
        wanted.sort_unstable();
        wanted.dedup();
        let person = |person: usize| {
            let mentions = mentions.remove(&person)?;
            Some(Person { name: self.people[person].name.clone(), role: None, mentions })
        };
        wanted.into_iter().filter_map(person).collect()
    }
}

/// Adds the person to the words in `index`; a word of several people gets `None`.
fn index_words(
    index: &mut FxHashMap<u32, Option<usize>>,
    units: &Units,
    words: impl Iterator<Item = usize>,
    person: usize,
) {
    for unit in words {
        let bearer = index.entry(units.all[unit].key).or_insert(Some(person));
        if *bearer != Some(person) {
            *bearer = None;
        }
    }
}

/// The units of a span.
fn units_of(text: &Text<'_>, units: &Units, span: Span) -> Range<usize> {
    let byte = |token: u32| text.tokens[token as usize];
    let first = units.all.partition_point(|unit| byte(unit.end - 1).end <= span.start);
    let last = units.all.partition_point(|unit| byte(unit.start).start < span.end);
    first..last.max(first)
}

/// All runs of capitalised words outside quoted spans, with particles inside.
fn runs(text: &Text<'_>, units: &Units, lexicon: Option<&Lexicon>) -> Vec<Range<usize>> {
    let is_particle = |i: usize| {
        PARTICLES.contains(&units.all[i].key)
            && role(text, units, lexicon, i) != Some(WordRole::Preposition)
    };
    let is_capital = |i: usize| {
        units.all.get(i).is_some_and(|unit| {
            unit.capital && unit.class != Class::Quoted && unit.class != Class::Aside
        })
    };
    let mut runs = Vec::new();
    let mut at = 0;
    while at < units.all.len() {
        if !is_capital(at) {
            at += 1;
            continue;
        }
        let sentence_end = units.sentence(at).end;
        let mut end = at + 1;
        loop {
            let next = (end..sentence_end.min(end + MAX_PARTICLES + 1)).find(|&j| !is_particle(j));
            match next {
                Some(next) if is_capital(next) => end = next + 1,
                _ => break,
            }
        }
        if end - at <= MAX_LENGTH {
            runs.push(at..end);
        }
        at = end;
    }
    runs
}

/// The run without a title before the name, *Ingenieurin | Annemiek Dijkstra*, and without an article that opens the
/// sentence: *Ihr | Kollege*. `None` if nothing is left.
fn without_title(
    text: &Text<'_>,
    units: &Units,
    lexicon: Option<&Lexicon>,
    run: Range<usize>,
) -> Option<Range<usize>> {
    let word = |unit: usize| text.word(units.all[unit].start as usize);
    // A role word may be a given name, too: *Segundo*.
    let start = run.start + usize::from(role(text, units, lexicon, run.start).is_some());
    let mut first_names = start..run.end.saturating_sub(1);
    if let Some(given) = first_names.find(|&unit| is_given_name(text, units, unit)) {
        return Some(given..run.end);
    }
    let is_title = |&unit: &usize| lexicon.is_some_and(|lexicon| lexicon.is_title(word(unit)));
    let start = (start..run.end).rev().find(is_title).map_or(start, |title| title + 1);
    let opens = units.sentence(run.start).start == start;
    let is_article = opens && start < run.end && word(start).chars().count() <= MAX_ARTICLE_LETTERS;
    let start = start + usize::from(is_article);
    (start < run.end).then_some(start..run.end)
}

/// The lexicon's role of the word that is unit `unit`.
fn role(
    text: &Text<'_>,
    units: &Units,
    lexicon: Option<&Lexicon>,
    unit: usize,
) -> Option<WordRole> {
    let unit = units.all.get(unit)?;
    lexicon?.role(text.word(unit.start as usize), unit.key)
}

fn is_given_name(text: &Text<'_>, units: &Units, unit: usize) -> bool {
    gender::of_given_name(text.word(units.all[unit].start as usize)).is_some()
}
