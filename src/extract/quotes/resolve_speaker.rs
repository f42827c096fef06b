//! Resolves the source of an attribution to a person or organisation that the article names. Other sources stay
//! unresolved.

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
use crate::text::word_key::{key_of, keys_of};

/// Sentences before a pronoun in which its antecedent is looked for.
const PRONOUN_SENTENCES: u32 = 4;

/// Mentions before a pronoun or role among which the antecedent is looked for.
const PRONOUN_MENTIONS: usize = 24;

/// Units after a name that are read as an apposition.
const ROLE_REACH: usize = 8;

/// Most referents kept for one role word: the first ones.
const MAX_BEARERS: usize = 6;

const HE: &[u32] = &keys_of(["he", "his", "him", "himself", "he'd", "he'll"]);
const SHE: &[u32] = &keys_of(["she", "her", "hers", "herself", "she'd", "she'll"]);
const IT: &[u32] = &keys_of(["it", "its"]);

/// A person or organisation that the article names.
#[derive(Debug)]
struct Referent {
    name: String,
    is_person: bool,
    gender: Option<Gender>,
}

/// A mention of a referent by name.
#[derive(Clone, Copy, Debug)]
struct NameMention {
    span: Span,
    referent: usize,
    /// Unit of its last word.
    unit: usize,
    /// Whether it is the first name of its sentence, or stands right before a finite verb.
    is_subject: bool,
}

/// Stems of the words of roles, as in `Iraqi minister`, with the referents that bear them.
#[derive(Debug, Default)]
struct RoleWords {
    /// In the order of the text.
    found: Vec<(u32, usize)>,
    /// By stem, each with up to [`MAX_BEARERS`] referents; built at the first look-up.
    ordered: OnceCell<Vec<(u32, usize)>>,
}

impl RoleWords {
    /// The referents with this stem in their roles, in the order of the text.
    fn bearers(&self, stem: u32) -> impl Iterator<Item = usize> + '_ {
        let ordered = self.ordered.get_or_init(|| {
            let mut ordered = self.found.clone();
            ordered.sort_by_key(|&(stem, _)| stem);
            let mut kept: Vec<(u32, usize)> = Vec::with_capacity(ordered.len());
            for (stem, referent) in ordered {
                let of_stem = kept.iter().rev().take_while(|&&(other, _)| other == stem);
                let mut of_stem = of_stem.take(MAX_BEARERS);
                let is_known = of_stem.by_ref().any(|&(_, other)| other == referent);
                if !is_known
                    && kept.len().checked_sub(MAX_BEARERS).is_none_or(|i| kept[i].0 != stem)
                {
                    kept.push((stem, referent));
                }
            }
            kept
        });
        let first = ordered.partition_point(|&(other, _)| other < stem);
        ordered[first..]
            .iter()
            .take_while(move |&&(other, _)| other == stem)
            .map(|&(_, referent)| referent)
    }
}

/// Resolves sources in the order of the text.
#[derive(Debug)]
pub(crate) struct SpeakerResolver {
    referents: Vec<Referent>,
    /// In the order of the text.
    mentions: Vec<NameMention>,
    roles: RoleWords,
    /// The last speaker, and the sentence of the source.
    last: Option<(usize, u32)>,
}

/// A speaker's name and the confidence in it, 0 to 1.
pub(crate) type ResolvedSpeaker = (String, f32);

impl SpeakerResolver {
    /// Takes the people and organisations of the article, and `unlisted` people.
    pub(crate) fn new(
        text: &Text<'_>,
        units: &Units,
        article: &Article,
        unlisted: &[Person],
    ) -> Self {
        let mut resolver = Self {
            referents: Vec::with_capacity(article.people.len() + article.organisations.len()),
            mentions: Vec::new(),
            roles: RoleWords::default(),
            last: None,
        };
        for person in article.people.iter().chain(unlisted) {
            let given = person.name.split(' ').next().unwrap_or_default();
            let gender = gender::of_given_name(given);
            resolver.add(text, units, &person.name, true, gender, &person.mentions);
        }
        for entity in &article.organisations {
            resolver.add(text, units, &entity.name, false, None, &entity.mentions);
        }
        resolver.mentions.sort_by_key(|mention| mention.span.start);
        resolver.read_contexts(units);
        resolver
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
        let referent = self.referents.len();
        self.referents.push(Referent { name: name.to_owned(), is_person, gender });
        for &span in mentions {
            let ends = |unit: &super::unit::Unit| {
                text.tokens.get(unit.end as usize - 1).is_some_and(|token| token.end < span.end)
            };
            let unit = units.all.partition_point(ends);
            if unit < units.all.len() {
                self.mentions.push(NameMention { span, referent, unit, is_subject: false });
            }
        }
    }

    /// Reads subject positions, genders by title, and roles from the words around the names.
    fn read_contexts(&mut self, units: &Units) {
        let mut sentence = u32::MAX;
        for mention in &mut self.mentions {
            let own = units.sentence_of[mention.unit];
            let verb = units.class(mention.unit + 1);
            mention.is_subject = own != sentence || verb.is_finite();
            sentence = own;
            let referent = &mut self.referents[mention.referent];
            if !referent.is_person {
                continue;
            }
            for unit in role_words(units, mention.unit) {
                let unit = units.all[unit];
                referent.gender = gender::of_title(unit.key).or(referent.gender);
                self.roles.found.push((unit.stem, mention.referent));
            }
        }
    }

    /// Returns the speaker of `attribution`.
    pub(crate) fn resolve(
        &mut self,
        text: &Text<'_>,
        units: &Units,
        attribution: &Attribution,
    ) -> Option<ResolvedSpeaker> {
        let head = attribution.source?;
        let (referent, confidence) = self.resolve_head(text, units, head)?;
        self.last = Some((referent, units.sentence_of[head]));
        Some((self.referents[referent].name.clone(), confidence))
    }

    /// The referent of the noun phrase with this head, and the confidence in it.
    fn resolve_head(&self, text: &Text<'_>, units: &Units, head: usize) -> Option<(usize, f32)> {
        let phrase = source::phrase_ending_at(units, head);
        match units.class(head) {
            Class::Wh => {
                let before =
                    (head.saturating_sub(2)..head).rev().find(|&j| !units.class(j).is_mark())?;
                self.referent_at(text, units, before..before + 1).map(|referent| (referent, 0.85))
            }
            Class::Pronoun | Class::Possessive => self.pronoun(units, head),
            _ => match self.referent_at(text, units, head..head + 1) {
                Some(referent) => Some((referent, 0.95)),
                None => self
                    .titled(text, units, head)
                    .or_else(|| self.apposition(units, head).or_else(|| self.role(units, phrase))),
            },
        }
    }

    /// The referent whose name covers one of these units, the last if several do.
    fn referent_at(&self, text: &Text<'_>, units: &Units, range: Range<usize>) -> Option<usize> {
        let span = text.span(units.tokens(range));
        let at = self.mentions.partition_point(|mention| mention.span.start < span.end);
        let mention = self.mentions[..at].last()?;
        mention.span.overlaps(span).then_some(mention.referent)
    }

    /// The person named after a title with *of*: *Secretary of State Jane Doe said*.
    fn titled(&self, text: &Text<'_>, units: &Units, head: usize) -> Option<(usize, f32)> {
        let of = source::of_phrase(units, head + 1)?;
        if !units.all[head].capital || !units.all[of.start].capital {
            return None;
        }
        let referent = self.referent_at(text, units, of.end - 1..of.end)?;
        let is_titled = self.referents[referent].is_person
            && self.referent_at(text, units, of.start..of.start + 1) != Some(referent);
        is_titled.then_some((referent, 0.9))
    }

    /// The person named in the apposition: *Her campaign manager, Jane Doe, said*.
    fn apposition(&self, units: &Units, head: usize) -> Option<(usize, f32)> {
        if units.class(head + 1) != Class::Comma {
            return None;
        }
        let at = self.mentions.partition_point(|mention| mention.unit <= head);
        let mention = self.mentions.get(at)?;
        let is_next = source::phrase_ending_at(units, mention.unit).start == head + 2;
        (is_next && self.referents[mention.referent].is_person).then_some((mention.referent, 0.9))
    }

    /// The antecedent of *he*, *she* or *it*: the best-scored of the referents named shortly before.
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
        let until = self.mentions.partition_point(|mention| mention.unit < head);
        let mut best: Option<(usize, f32)> = None;
        for (back, mention) in
            self.mentions[..until].iter().rev().take(PRONOUN_MENTIONS).enumerate()
        {
            let distance = sentence - units.sentence_of[mention.unit];
            if distance > PRONOUN_SENTENCES {
                break;
            }
            let referent = &self.referents[mention.referent];
            if referent.is_person != wanted.is_some()
                || referent.gender.is_some() && wanted.is_some() && referent.gender != wanted
            {
                continue;
            }
            let mut score = -(distance as f32) - 0.1 * back as f32;
            score += if mention.is_subject { 1.0 } else { 0.0 };
            score += if referent.gender.is_some() { 0.5 } else { 0.0 };
            if let Some((last, last_sentence)) = self.last
                && last == mention.referent
                && sentence.saturating_sub(last_sentence) <= 2
            {
                score += 1.5;
            }
            if best.is_none_or(|(_, highest)| score > highest) {
                best = Some((mention.referent, score));
            }
        }
        if best.is_none()
            && let Some((last, last_sentence)) = self.last
            && sentence.saturating_sub(last_sentence) <= PRONOUN_SENTENCES
            && self.referents[last].is_person == wanted.is_some()
            && (wanted.is_none() || self.referents[last].gender.is_none_or(|g| Some(g) == wanted))
        {
            return Some((last, 0.6));
        }
        best.map(|(referent, score)| (referent, (0.7 + 0.08 * score).clamp(0.3, 0.9)))
    }

    /// The referent of *the Iraqi foreign minister*, *the ministry*: the one with most of these words in its roles or name.
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
        let bears = |stem: &u32, referent: &usize| {
            self.roles.bearers(*stem).any(|bearer| bearer == *referent)
        };
        // *The Iraqi minister* has to have *Iraqi* among its role words.
        let proper: Vec<u32> = phrase
            .clone()
            .filter(|&j| j != head && j != units.sentence(head).start && units.all[j].capital)
            .map(|j| units.all[j].stem)
            .collect();
        let best = self
            .roles
            .bearers(units.all[head].stem)
            .filter(|referent| proper.iter().all(|stem| bears(stem, referent)))
            .max_by_key(|referent| {
                (stems().filter(|stem| bears(stem, referent)).count(), std::cmp::Reverse(*referent))
            });
        if let Some(referent) = best {
            return Some((referent, 0.65));
        }
        let only = proper.iter().find_map(|&stem| {
            let mut bearers = self.roles.bearers(stem);
            bearers.next().filter(|_| bearers.next().is_none())
        });
        if let Some(referent) = only {
            return Some((referent, 0.4));
        }
        let until = self.mentions.partition_point(|mention| mention.unit < head);
        let organisation =
            self.mentions[..until].iter().rev().take(PRONOUN_MENTIONS).find(|mention| {
                let referent = &self.referents[mention.referent];
                !referent.is_person
                    && referent
                        .name
                        .split(' ')
                        .any(|word| inflection::stem(word) == units.all[head].stem)
            })?;
        Some((organisation.referent, 0.6))
    }
}

/// The units before a name and in the apposition after it that may be words of its bearer's role.
fn role_words(units: &Units, last: usize) -> impl Iterator<Item = usize> {
    let phrase = source::phrase_ending_at(units, last);
    let mut before = phrase.start..last;
    if let Some(comma) = phrase.start.checked_sub(1)
        && units.class(comma) == Class::Comma
        && comma > 0
        && matches!(units.class(comma - 1), Class::Noun)
    {
        before.start = source::phrase_ending_at(units, comma - 1).start;
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
