//! Who is named in a text of another language: the persons that are known already, and runs of capitalised words.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::words::{Lexicon, Role};
use crate::article::{Article, Person, Span};
use crate::extract::quotes::gender;
use crate::extract::quotes::units::Units;
use crate::extract::quotes::word_class::Class;
use crate::text::Text;
use crate::text::word_key::key_of;

/// Small words within names.
const PARTICLES: &[u32] = &[
    key_of("de"),
    key_of("del"),
    key_of("della"),
    key_of("di"),
    key_of("da"),
    key_of("das"),
    key_of("do"),
    key_of("dos"),
    key_of("du"),
    key_of("la"),
    key_of("von"),
    key_of("van"),
    key_of("der"),
    key_of("den"),
    key_of("bin"),
    key_of("y"),
    key_of("e"),
];

/// Particles in a row within a name: *de la*, *von der*.
const MOST_PARTICLES: usize = 2;

/// Letters of an article or a pronoun that opens a sentence.
const LONGEST_ARTICLE: usize = 3;

/// Units of the longest run that can be a name.
const LONGEST: usize = 9;

/// Units before and behind a name in which a word tells its bearer's role: *la ministra de Minas, Ana Luz Rey*.
const ROLE_REACH: usize = 5;

/// Somebody who is named.
#[derive(Debug)]
struct Party {
    name: String,
    /// Was the name known, or does it begin with a given name?
    is_sure: bool,
    /// Was it found here?
    is_new: bool,
    /// Where in [`Names::all`] it stands first.
    first: usize,
}

/// A name in the text.
#[derive(Clone, Debug)]
pub(super) struct Named {
    pub(super) units: Range<usize>,
    pub(super) party: usize,
}

/// Everybody who is named, and where.
#[derive(Debug)]
pub(super) struct Names {
    parties: Vec<Party>,
    /// In the order of the text.
    all: Vec<Named>,
    /// By words said next to a name: the one of whom they were said; `None` if there are several.
    roles: FxHashMap<u32, Option<usize>>,
}

impl Names {
    /// Reads the whole text once.
    pub(super) fn new(
        text: &Text<'_>,
        units: &Units,
        article: &Article,
        lexicon: Option<&Lexicon>,
    ) -> Self {
        let mut names = Self { parties: Vec::new(), all: Vec::new(), roles: FxHashMap::default() };
        for person in &article.people {
            let party = names.add(person.name.clone(), true, false);
            for mention in &person.mentions {
                let units = units_of(text, units, *mention);
                names.all.extend((!units.is_empty()).then_some(Named { units, party }));
            }
        }
        names.all.sort_by_key(|named| named.units.start);
        let entities = article.organisations.iter().chain(&article.places);
        let mut others: Vec<Span> =
            entities.flat_map(|entity| entity.mentions.iter().copied()).collect();
        others.sort_unstable();
        names.add_runs(text, units, lexicon, &others);
        for (i, named) in names.all.iter().enumerate().rev() {
            names.parties[named.party].first = i;
        }
        names.learn_roles(text, units, lexicon);
        names
    }

    fn add(&mut self, name: String, is_sure: bool, is_new: bool) -> usize {
        self.parties.push(Party { name, is_sure, is_new, first: 0 });
        self.parties.len() - 1
    }

    /// The runs of capitalised words that no known name covers: those of two words and more name somebody, one word
    /// somebody named before or behind by that word and others.
    fn add_runs(
        &mut self,
        text: &Text<'_>,
        units: &Units,
        lexicon: Option<&Lexicon>,
        others: &[Span],
    ) {
        let runs: Vec<Range<usize>> = runs(text, units, lexicon)
            .into_iter()
            .filter(|run| self.within(run.clone()).is_none())
            .filter(|run| {
                let span = text.span(units.tokens(run.clone()));
                let behind = others.partition_point(|other| other.start <= span.start);
                others[..behind].last().is_none_or(|other| other.end < span.end)
            })
            .filter_map(|run| without_title(text, units, lexicon, run))
            .collect();
        let mut by_word: FxHashMap<u32, Option<usize>> = FxHashMap::default();
        for named in &self.all {
            learn(&mut by_word, units, named);
        }
        let mut by_name: FxHashMap<String, usize> = FxHashMap::default();
        let mut found = Vec::new();
        for run in runs.iter().filter(|run| run.len() > 1) {
            let name = text.span(units.tokens(run.clone())).of(text.body).replace('\n', " ");
            let party = *by_name.entry(name).or_insert_with_key(|name| {
                self.add(name.clone(), is_given_name(text, units, run.start), true)
            });
            let named = Named { units: run.clone(), party };
            learn(&mut by_word, units, &named);
            found.push(named);
        }
        for run in runs.into_iter().filter(|run| run.len() == 1) {
            if let Some(&Some(party)) = by_word.get(&units.all[run.start].key) {
                found.push(Named { units: run, party });
            }
        }
        self.all.extend(found);
        self.all.sort_by_key(|named| named.units.start);
    }

    /// The words next to names that tell who their bearers are.
    fn learn_roles(&mut self, text: &Text<'_>, units: &Units, lexicon: Option<&Lexicon>) {
        let belongs = |unit: &usize| {
            !matches!(role(text, units, lexicon, *unit), Some(Role::Verb | Role::Preposition))
        };
        for named in &self.all {
            let sentence = units.sentence(named.units.start);
            let before = sentence.start.max(named.units.start.saturating_sub(ROLE_REACH));
            let behind = sentence.end.min(named.units.end + ROLE_REACH);
            let has_comma = units.class(named.units.end) == Class::Comma;
            let behind = if has_comma { named.units.end + 1..behind } else { 0..0 };
            let before = (before..named.units.start).rev().take_while(belongs);
            for unit in before.chain(behind.take_while(belongs)) {
                let bearer = self.roles.entry(units.all[unit].key).or_insert(Some(named.party));
                if *bearer != Some(named.party) {
                    *bearer = None;
                }
            }
        }
    }

    /// The name that covers one of these units.
    pub(super) fn within(&self, range: Range<usize>) -> Option<&Named> {
        let at = self.all.partition_point(|named| named.units.end <= range.start);
        self.all.get(at).filter(|named| named.units.start < range.end)
    }

    /// The names between two units, the last ones first.
    pub(super) fn backwards(&self, range: Range<usize>) -> impl Iterator<Item = &Named> {
        let first = self.all.partition_point(|named| named.units.start < range.start);
        let last = self.all.partition_point(|named| named.units.end <= range.end);
        self.all[first.min(last)..last].iter().rev()
    }

    /// The first name of the only one of whom the word with this key was said.
    pub(super) fn bearer(&self, key: u32) -> Option<&Named> {
        let party = (*self.roles.get(&key)?)?;
        self.all.get(self.parties[party].first)
    }

    /// Is it surely a person's name?
    pub(super) fn is_sure(&self, named: &Named) -> bool {
        self.parties[named.party].is_sure
    }

    /// Those of the parties with these numbers who were not known before, with their mentions.
    pub(super) fn new_people(
        &self,
        text: &Text<'_>,
        units: &Units,
        wanted: &[usize],
    ) -> Vec<Person> {
        let mut mentions: FxHashMap<usize, Vec<Span>> = FxHashMap::default();
        for named in self.all.iter().filter(|named| self.parties[named.party].is_new) {
            let span = text.span(units.tokens(named.units.clone()));
            mentions.entry(named.party).or_default().push(span);
        }
        let mut wanted = wanted.to_vec();
        wanted.sort_unstable();
        wanted.dedup();
        let person = |party: usize| {
            let mentions = mentions.remove(&party)?;
            Some(Person { name: self.parties[party].name.clone(), role: None, mentions })
        };
        wanted.into_iter().filter_map(person).collect()
    }
}

/// Adds the words of a name to those that mean its bearer alone.
fn learn(by_word: &mut FxHashMap<u32, Option<usize>>, units: &Units, named: &Named) {
    for unit in named.units.clone() {
        let bearer = by_word.entry(units.all[unit].key).or_insert(Some(named.party));
        if *bearer != Some(named.party) {
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

/// All runs of capitalised words outside of quotation marks, with particles inside.
fn runs(text: &Text<'_>, units: &Units, lexicon: Option<&Lexicon>) -> Vec<Range<usize>> {
    let is_particle = |i: usize| {
        PARTICLES.contains(&units.all[i].key)
            && role(text, units, lexicon, i) != Some(Role::Preposition)
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
            let next = (end..sentence_end.min(end + MOST_PARTICLES + 1)).find(|&j| !is_particle(j));
            match next {
                Some(next) if is_capital(next) => end = next + 1,
                _ => break,
            }
        }
        if end - at <= LONGEST {
            runs.push(at..end);
        }
        at = end;
    }
    runs
}

/// A run without the title before it, *Ingenieurin | Annemiek Dijkstra*, and without a small word that only opens the
/// sentence: *Ihr | Kollege*.
fn without_title(
    text: &Text<'_>,
    units: &Units,
    lexicon: Option<&Lexicon>,
    run: Range<usize>,
) -> Option<Range<usize>> {
    let word = |unit: usize| text.word(units.all[unit].start as usize);
    // *Segundo* is a given name, too.
    let start = run.start + usize::from(role(text, units, lexicon, run.start).is_some());
    let mut first_names = start..run.end.saturating_sub(1);
    if let Some(given) = first_names.find(|&unit| is_given_name(text, units, unit)) {
        return Some(given..run.end);
    }
    let is_title = |&unit: &usize| lexicon.is_some_and(|lexicon| lexicon.is_title(word(unit)));
    let start = (start..run.end).rev().find(is_title).map_or(start, |title| title + 1);
    let opens = units.sentence(run.start).start == start;
    let is_article = opens && start < run.end && word(start).chars().count() <= LONGEST_ARTICLE;
    let start = start + usize::from(is_article);
    (start < run.end).then_some(start..run.end)
}

/// What a word does next to a quotation.
fn role(text: &Text<'_>, units: &Units, lexicon: Option<&Lexicon>, unit: usize) -> Option<Role> {
    let unit = units.all.get(unit)?;
    lexicon?.role(text.word(unit.start as usize), unit.key)
}

fn is_given_name(text: &Text<'_>, units: &Units, unit: usize) -> bool {
    gender::of_given_name(text.word(units.all[unit].start as usize)).is_some()
}
