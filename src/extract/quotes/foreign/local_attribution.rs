//! The cue and speaker of a quoted span, from the words next to it.

use std::ops::Range;

use super::lexicon::{Lexicon, WordRole};
use super::name_mentions::{NameMention, NameMentions};
use crate::extract::quotes::units::Units;
use crate::extract::quotes::word_class::Class;
use crate::text::Text;

/// Units before a quoted span in which its cue is looked for, and before a cue in which a name is.
const REACH: usize = 16;

/// Words from a quoted span to the verb after it, with auxiliaries and pronouns: *a*, *a-t-il*, *hat er*.
const MAX_TO_VERB: usize = 3;

/// Units after a verb in which the name of its subject is looked for.
const MAX_TO_NAME: usize = 8;

/// Names of a paragraph among which an antecedent is looked for.
const MAX_ANTECEDENTS: usize = 24;

/// Most units of a sentence that has nothing but a quoted span.
const MAX_LENGTH_ALONE: usize = 6;

/// The attribution of a quoted span.
pub(super) struct LocalAttribution {
    /// The cue; `None` for a span that continues the one before it.
    pub(super) cue: Option<usize>,
    /// The speaker's name, if it is unambiguous.
    pub(super) speaker: Option<NameMention>,
}

/// Attributes the quoted spans of one text.
pub(super) struct LocalAttributor<'a> {
    text: &'a Text<'a>,
    units: &'a Units,
    names: &'a NameMentions,
    lexicon: &'a Lexicon,
    /// The first unit of each paragraph.
    paragraphs: Vec<usize>,
}

impl<'a> LocalAttributor<'a> {
    pub(super) fn new(
        text: &'a Text<'a>,
        units: &'a Units,
        names: &'a NameMentions,
        lexicon: &'a Lexicon,
    ) -> Self {
        let sentences = units.sentences.iter().zip(&units.opens_paragraph);
        let opening = sentences.filter(|&(_, &opens)| opens);
        let paragraphs = opening.map(|(sentence, _)| sentence.start).collect();
        Self { text, units, names, lexicon, paragraphs }
    }

    fn role(&self, at: usize) -> Option<WordRole> {
        let unit = self.units.all.get(at)?;
        let is_word = unit.class != Class::Quoted && !unit.class.is_mark();
        is_word.then(|| self.lexicon.role(self.text.word(unit.start as usize), unit.key))?
    }

    /// The attribution of the quoted span of unit `at`; `last` is the span attributed last, with its speaker.
    pub(super) fn read(
        &self,
        at: usize,
        last: Option<&(usize, NameMention)>,
    ) -> Option<LocalAttribution> {
        if let Some(cue) = self.cue_after(at) {
            let speaker = self.subject(at, cue, last);
            return Some(LocalAttribution { cue: Some(cue), speaker });
        }
        if let Some(cue) = self.cue_before(at) {
            let antecedent = || self.antecedent(self.units.sentence(at).start, last);
            let speaker = self.name_after(cue, at).or_else(|| self.name_before(cue));
            let speaker = speaker.or_else(|| self.has_pronoun(cue, at).then(antecedent).flatten());
            return Some(LocalAttribution { cue: Some(cue), speaker });
        }
        // *"…", dijo NAME. "…"*
        let (before, speaker) = last?;
        let sentence = self.units.sentence(at);
        let is_alone = sentence.len() <= MAX_LENGTH_ALONE
            && sentence.clone().all(|j| j == at || self.units.class(j).is_mark());
        let is_near = self.paragraph(at).contains(before) && at - before <= REACH;
        (is_alone && is_near)
            .then(|| LocalAttribution { cue: None, speaker: Some(speaker.clone()) })
    }

    /// The cue after a quoted span: *"…", ha detto*; *"…", selon*.
    fn cue_after(&self, at: usize) -> Option<usize> {
        let mut words = 0;
        for j in at + 1..self.units.all.len().min(at + 1 + 2 * MAX_TO_VERB) {
            match self.units.class(j) {
                Class::Comma | Class::Dash => continue,
                class if class.is_mark() || class == Class::Quoted => return None,
                _ => {}
            }
            match self.role(j) {
                Some(role) if role.is_cue() => return Some(j),
                _ if self.units.all[j].capital => return None,
                _ => words += 1,
            }
            if words == MAX_TO_VERB {
                return None;
            }
        }
        None
    }

    /// The cue before a quoted span with a colon or comma between: *NAME dijo: "…"*.
    fn cue_before(&self, at: usize) -> Option<usize> {
        let first = self.units.sentence(at).start.max(at.saturating_sub(REACH));
        let mark = at.checked_sub(1).filter(|&mark| mark > first)?;
        if !matches!(self.units.class(mark), Class::Colon | Class::Comma) {
            return None;
        }
        let mut before = (first..mark).rev().take_while(|&j| self.units.class(j) != Class::Quoted);
        before.find(|&j| self.is_cue(j))
    }

    fn is_cue(&self, at: usize) -> bool {
        self.role(at).is_some_and(WordRole::is_cue)
    }

    /// The subject of the cue after the quoted span of unit `at`.
    fn subject(
        &self,
        at: usize,
        cue: usize,
        last: Option<&(usize, NameMention)>,
    ) -> Option<NameMention> {
        let end = self.units.all.len();
        if let Some(name) = self.name_after(cue, end) {
            return Some(name);
        }
        let has_other_subject = (cue + 1..end.min(cue + 4))
            .take_while(|&j| !self.units.class(j).is_mark())
            .any(|j| !matches!(self.role(j), Some(WordRole::Pronoun | WordRole::Preposition)));
        if has_other_subject && !self.has_pronoun(cue, end) {
            return None;
        }
        // *NAME, "…", dedi*
        let sentence = self.units.sentence(at);
        let own = sentence.start.max(at.saturating_sub(REACH))..at;
        let own = self.names.backwards(own).next().cloned();
        own.or_else(|| self.antecedent(sentence.start.max(self.paragraph(at).start), last))
    }

    /// Whether a pronoun stands next to the cue or is attached to it.
    fn has_pronoun(&self, cue: usize, end: usize) -> bool {
        let is_pronoun = |j: usize| self.role(j) == Some(WordRole::Pronoun);
        let has_hyphen = self.text.word(self.units.all[cue].start as usize).contains('-');
        has_hyphen || (cue.saturating_sub(2)..end.min(cue + 3)).any(is_pronoun)
    }

    /// The name after the cue and before unit `end`, or a name of the only person with the role that stands there.
    fn name_after(&self, cue: usize, end: usize) -> Option<NameMention> {
        let mut bearer = None;
        for j in cue + 1..end.min(cue + 1 + MAX_TO_NAME) {
            let unit = self.units.all.get(j)?;
            if unit.class.is_mark() || unit.class == Class::Quoted {
                break;
            }
            if let Some(name) = self.names.overlapping(j..j + 1) {
                return Some(name.clone());
            }
            match self.role(j) {
                Some(WordRole::Preposition | WordRole::Pronoun) => break,
                None if bearer.is_none() && unit.end == unit.start + 1 => {
                    bearer = self.names.bearer(unit.key).filter(|_| self.is_long_word(j));
                }
                _ => {}
            }
        }
        bearer.cloned()
    }

    /// Whether the word is too long to be an article or preposition.
    fn is_long_word(&self, at: usize) -> bool {
        self.text.word(self.units.all[at].start as usize).chars().count() > 3
    }

    /// The name before the cue: *NAME, secretaria de Minas, dijo*.
    fn name_before(&self, cue: usize) -> Option<NameMention> {
        let sentence = self.units.sentence(cue);
        let own = sentence.start.max(cue.saturating_sub(REACH))..cue;
        let is_subject = |name: &&NameMention| {
            let before = name.units.start.checked_sub(1).filter(|&j| j >= sentence.start);
            let follows_short_word = before.is_some_and(|j| {
                !self.units.all[j].capital
                    && !self.units.class(j).is_mark()
                    && !self.is_long_word(j)
            });
            self.names.is_certain(name) || !follows_short_word
        };
        self.names.backwards(own).find(is_subject).cloned()
    }

    /// The antecedent of a pronoun or of a verb without a subject: the speaker quoted last in the paragraph, or the only
    /// person named in it up to unit `until`, or else in the one before.
    fn antecedent(&self, until: usize, last: Option<&(usize, NameMention)>) -> Option<NameMention> {
        let paragraph = self.paragraph(until);
        if let Some((_, speaker)) = last.filter(|(at, _)| paragraph.contains(at)) {
            return Some(speaker.clone());
        }
        let own = paragraph.start..until;
        let has_no_cue = own.len() <= REACH && !own.clone().any(|j| self.is_cue(j));
        self.only_person(own).or_else(|| {
            has_no_cue
                .then(|| self.only_person(self.paragraph(paragraph.start.saturating_sub(1))))?
        })
    }

    /// The only person named among these units; names that are not certainly a person's count where there is no other.
    fn only_person(&self, range: Range<usize>) -> Option<NameMention> {
        let names = || self.names.backwards(range.clone()).take(MAX_ANTECEDENTS);
        let has_certain = names().any(|name| self.names.is_certain(name));
        let mut names = names().filter(|name| !has_certain || self.names.is_certain(name));
        let first = names.next()?;
        names.all(|name| name.person == first.person).then(|| first.clone())
    }

    /// The units of the paragraph that unit `at` is in.
    fn paragraph(&self, at: usize) -> Range<usize> {
        let next = self.paragraphs.partition_point(|&start| start <= at);
        let start = next.checked_sub(1).map_or(0, |own| self.paragraphs[own]);
        start..self.paragraphs.get(next).copied().unwrap_or(self.units.all.len())
    }
}
