//! From the words that name the source to the person or organisation of the article that they mean. A source that
//! means nobody whom the article names stays unresolved.

use std::cell::OnceCell;
use std::ops::Range;

use super::attribute::Attribution;
use super::gender::{self, Gender};
use super::inflection;
use super::source;
use super::units::Units;
use super::word_class::Class;
use crate::article::{Article, Person, Span};
use crate::text::Text;
use crate::text::word_key::key_of;

/// Sentences that a pronoun looks back.
const PRONOUN_REACH: u32 = 4;

/// Mentions that a pronoun looks back.
const PRONOUN_MENTIONS: usize = 24;

/// Words before a name and behind it that may be its bearer's role.
const ROLE_REACH: usize = 8;

/// Persons whom one role noun may mean: the first ones that bear it.
const ROLE_BEARERS: usize = 6;

const HE: &[u32] = &[
    key_of("he"),
    key_of("his"),
    key_of("him"),
    key_of("himself"),
    key_of("he'd"),
    key_of("he'll"),
];
const SHE: &[u32] = &[
    key_of("she"),
    key_of("her"),
    key_of("hers"),
    key_of("herself"),
    key_of("she'd"),
    key_of("she'll"),
];
const IT: &[u32] = &[key_of("it"), key_of("its")];

/// Somebody who can be meant.
#[derive(Debug)]
struct Party {
    name: String,
    is_person: bool,
    gender: Option<Gender>,
}

/// A name in the text.
#[derive(Clone, Copy, Debug)]
struct Named {
    span: Span,
    party: usize,
    /// Unit of its last word.
    unit: usize,
    /// Is it the first name of its sentence, or the one before its verb?
    is_subject: bool,
}

/// Nouns, and words before them, that were said of somebody: `minister`, `Iraqi`. Stems and parties.
#[derive(Debug, Default)]
struct Roles {
    /// In the order of the text.
    said: Vec<(u32, usize)>,
    /// By stem, each with few parties: put in order when the first role is looked for.
    ordered: OnceCell<Vec<(u32, usize)>>,
}

impl Roles {
    /// The parties of whom the word with this stem was said, the first ones first.
    fn bearers(&self, stem: u32) -> impl Iterator<Item = usize> + '_ {
        let ordered = self.ordered.get_or_init(|| {
            let mut ordered = self.said.clone();
            ordered.sort_by_key(|&(stem, _)| stem);
            let mut kept: Vec<(u32, usize)> = Vec::with_capacity(ordered.len());
            for (stem, party) in ordered {
                let of_stem = kept.iter().rev().take_while(|&&(other, _)| other == stem);
                let mut of_stem = of_stem.take(ROLE_BEARERS);
                let is_known = of_stem.by_ref().any(|&(_, other)| other == party);
                if !is_known
                    && kept.len().checked_sub(ROLE_BEARERS).is_none_or(|i| kept[i].0 != stem)
                {
                    kept.push((stem, party));
                }
            }
            kept
        });
        let first = ordered.partition_point(|&(other, _)| other < stem);
        ordered[first..]
            .iter()
            .take_while(move |&&(other, _)| other == stem)
            .map(|&(_, party)| party)
    }
}

/// Who can be meant, and who was meant last.
#[derive(Debug)]
pub(crate) struct Speakers {
    parties: Vec<Party>,
    /// In the order of the text.
    named: Vec<Named>,
    roles: Roles,
    /// The last one resolved, and the sentence.
    last: Option<(usize, u32)>,
}

/// A speaker and how sure it is, 0 to 1.
pub(crate) type Resolved = (String, f32);

impl Speakers {
    /// Everybody whom the article names, and `unlisted` persons.
    pub(crate) fn new(
        text: &Text<'_>,
        units: &Units,
        article: &Article,
        unlisted: &[Person],
    ) -> Self {
        let mut speakers = Self {
            parties: Vec::with_capacity(article.people.len() + article.organisations.len()),
            named: Vec::new(),
            roles: Roles::default(),
            last: None,
        };
        for person in article.people.iter().chain(unlisted) {
            let given = person.name.split(' ').next().unwrap_or_default();
            let gender = gender::of_given_name(given);
            speakers.add(text, units, &person.name, true, gender, &person.mentions);
        }
        for entity in &article.organisations {
            speakers.add(text, units, &entity.name, false, None, &entity.mentions);
        }
        speakers.named.sort_by_key(|named| named.span.start);
        speakers.learn(units);
        speakers
    }

    fn add(
        &mut self,
        text: &Text<'_>,
        units: &Units,
        name: &str,
        is_person: bool,
        gender: Option<Gender>,
        mentions: &[Span],
    ) {
        let party = self.parties.len();
        self.parties.push(Party { name: name.to_owned(), is_person, gender });
        for &span in mentions {
            let ends = |unit: &super::unit::Unit| {
                text.tokens.get(unit.end as usize - 1).is_some_and(|token| token.end < span.end)
            };
            let unit = units.all.partition_point(ends);
            if unit < units.all.len() {
                self.named.push(Named { span, party, unit, is_subject: false });
            }
        }
    }

    /// What stands around the names: who is the subject, which titles tell the gender, and which roles they have.
    fn learn(&mut self, units: &Units) {
        let mut sentence = u32::MAX;
        for named in &mut self.named {
            let own = units.sentence_of[named.unit];
            let verb = units.class(named.unit + 1);
            named.is_subject = own != sentence || verb.is_finite();
            sentence = own;
            let party = &mut self.parties[named.party];
            if !party.is_person {
                continue;
            }
            for unit in role_words(units, named.unit) {
                let unit = units.all[unit];
                party.gender = gender::of_title(unit.key).or(party.gender);
                self.roles.said.push((unit.stem, named.party));
            }
        }
    }

    /// Who is meant by the source of `attribution`, and how surely.
    pub(crate) fn of(
        &mut self,
        text: &Text<'_>,
        units: &Units,
        attribution: &Attribution,
    ) -> Option<Resolved> {
        let head = attribution.source?;
        let (party, sure) = self.resolve(text, units, head)?;
        self.last = Some((party, units.sentence_of[head]));
        Some((self.parties[party].name.clone(), sure))
    }

    fn resolve(&self, text: &Text<'_>, units: &Units, head: usize) -> Option<(usize, f32)> {
        let phrase = source::phrase(units, head);
        match units.class(head) {
            Class::Wh => {
                let before =
                    (head.saturating_sub(2)..head).rev().find(|&j| !units.class(j).is_mark())?;
                self.named_at(text, units, before..before + 1).map(|party| (party, 0.85))
            }
            Class::Pronoun | Class::Possessive => self.pronoun(units, head),
            _ => match self.named_at(text, units, head..head + 1) {
                Some(party) => Some((party, 0.95)),
                None => self
                    .titled(text, units, head)
                    .or_else(|| self.apposition(units, head).or_else(|| self.role(units, phrase))),
            },
        }
    }

    /// Whose name covers one of these units? The last, if several do.
    fn named_at(&self, text: &Text<'_>, units: &Units, range: Range<usize>) -> Option<usize> {
        let span = text.span(units.tokens(range));
        let at = self.named.partition_point(|named| named.span.start < span.end);
        let named = self.named[..at].last()?;
        named.span.overlaps(span).then_some(named.party)
    }

    /// *Secretary of State Jane Doe said*.
    fn titled(&self, text: &Text<'_>, units: &Units, head: usize) -> Option<(usize, f32)> {
        let of = source::of_phrase(units, head + 1)?;
        if !units.all[head].capital || !units.all[of.start].capital {
            return None;
        }
        let party = self.named_at(text, units, of.end - 1..of.end)?;
        let is_titled = self.parties[party].is_person
            && self.named_at(text, units, of.start..of.start + 1) != Some(party);
        is_titled.then_some((party, 0.9))
    }

    /// *Her campaign manager, Jane Doe, said*.
    fn apposition(&self, units: &Units, head: usize) -> Option<(usize, f32)> {
        if units.class(head + 1) != Class::Comma {
            return None;
        }
        let at = self.named.partition_point(|named| named.unit <= head);
        let named = self.named.get(at)?;
        let is_next = source::phrase(units, named.unit).start == head + 2;
        (is_next && self.parties[named.party].is_person).then_some((named.party, 0.9))
    }

    /// Who is *he*, *she*, *it*? The likeliest of those named shortly before.
    fn pronoun(&self, units: &Units, head: usize) -> Option<(usize, f32)> {
        let key = units.all[head].key;
        let wanted = if HE.contains(&key) {
            Some(Gender::Male)
        } else if SHE.contains(&key) {
            Some(Gender::Female)
        } else if IT.contains(&key) {
            None
        } else {
            return None;
        };
        let sentence = units.sentence_of[head];
        let until = self.named.partition_point(|named| named.unit < head);
        let mut best: Option<(usize, f32)> = None;
        for (back, named) in self.named[..until].iter().rev().take(PRONOUN_MENTIONS).enumerate() {
            let distance = sentence - units.sentence_of[named.unit];
            if distance > PRONOUN_REACH {
                break;
            }
            let party = &self.parties[named.party];
            if party.is_person != wanted.is_some()
                || party.gender.is_some() && wanted.is_some() && party.gender != wanted
            {
                continue;
            }
            let mut score = -(distance as f32) - 0.1 * back as f32;
            score += if named.is_subject { 1.0 } else { 0.0 };
            score += if party.gender.is_some() { 0.5 } else { 0.0 };
            if let Some((last, said)) = self.last
                && last == named.party
                && sentence.saturating_sub(said) <= 2
            {
                score += 1.5;
            }
            if best.is_none_or(|(_, highest)| score > highest) {
                best = Some((named.party, score));
            }
        }
        if best.is_none()
            && let Some((last, said)) = self.last
            && sentence.saturating_sub(said) <= PRONOUN_REACH
            && self.parties[last].is_person == wanted.is_some()
            && (wanted.is_none() || self.parties[last].gender.is_none_or(|g| Some(g) == wanted))
        {
            return Some((last, 0.6));
        }
        best.map(|(party, score)| (party, (0.7 + 0.08 * score).clamp(0.3, 0.9)))
    }

    /// Who is *the Iraqi foreign minister*, *the ministry*? The one of whom most of the words were said.
    fn role(&self, units: &Units, phrase: Range<usize>) -> Option<(usize, f32)> {
        let head = phrase.end - 1;
        let first = units.all[phrase.start];
        let is_definite = first.key == key_of("the")
            || first.key == key_of("this")
            || first.class == Class::Possessive
            || first.capital
            || first.class == Class::Noun;
        if !is_definite || units.class(head) == Class::Nouns {
            return None;
        }
        let stems = || phrase.clone().map(|j| units.all[j].stem);
        let bears =
            |stem: &u32, party: &usize| self.roles.bearers(*stem).any(|bearer| bearer == *party);
        // *The Iraqi minister* is nobody of whom *Iraqi* was not said.
        let proper: Vec<u32> = phrase
            .clone()
            .filter(|&j| j != head && j != units.sentence(head).start && units.all[j].capital)
            .map(|j| units.all[j].stem)
            .collect();
        let best = self
            .roles
            .bearers(units.all[head].stem)
            .filter(|party| proper.iter().all(|stem| bears(stem, party)))
            .max_by_key(|party| {
                (stems().filter(|stem| bears(stem, party)).count(), std::cmp::Reverse(*party))
            });
        if let Some(party) = best {
            return Some((party, 0.65));
        }
        let only = proper.iter().find_map(|&stem| {
            let mut bearers = self.roles.bearers(stem);
            bearers.next().filter(|_| bearers.next().is_none())
        });
        if let Some(party) = only {
            return Some((party, 0.4));
        }
        let until = self.named.partition_point(|named| named.unit < head);
        let organisation =
            self.named[..until].iter().rev().take(PRONOUN_MENTIONS).find(|named| {
                let party = &self.parties[named.party];
                !party.is_person
                    && party
                        .name
                        .split(' ')
                        .any(|word| inflection::stem(word) == units.all[head].stem)
            })?;
        Some((organisation.party, 0.6))
    }
}

/// The words before a name and in the apposition behind it that tell its bearer's role.
fn role_words(units: &Units, last: usize) -> impl Iterator<Item = usize> {
    let phrase = source::phrase(units, last);
    let mut before = phrase.start..last;
    if let Some(comma) = phrase.start.checked_sub(1)
        && units.class(comma) == Class::Comma
        && comma > 0
        && matches!(units.class(comma - 1), Class::Noun)
    {
        before.start = source::phrase(units, comma - 1).start;
    }
    let behind = if units.class(last + 1) == Class::Comma
        && matches!(
            units.class(last + 2),
            Class::Determiner | Class::Noun | Class::Possessive | Class::Adjective | Class::Name
        ) {
        let end = (last + 2..last + 2 + ROLE_REACH)
            .find(|&j| units.class(j).is_mark() || units.class(j).is_finite())
            .unwrap_or(last + 2);
        last + 2..end
    } else {
        0..0
    };
    before.chain(behind).filter(|&j| {
        let unit = units.all[j];
        matches!(unit.class, Class::Noun | Class::Adjective | Class::Name | Class::NounVerb)
            && !matches!(unit.names, Some(crate::extract::names::Kind::Person))
    })
}
