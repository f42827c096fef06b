//! Who says some words between marks, by the verb of speech next to them.

use std::ops::Range;

use super::named::{Named, Names};
use super::words::{Lexicon, Role};
use crate::extract::quotes::units::Units;
use crate::extract::quotes::word_class::Class;
use crate::text::Text;

/// Units before words between marks that are looked at for a verb, and behind it for a name.
const REACH: usize = 16;

/// Words that may stand between words between marks and the verb behind them: *a*, *a-t-il*, *hat er*.
const TO_VERB: usize = 3;

/// Units between a verb and the name of its subject.
const TO_NAME: usize = 8;

/// Names of a paragraph that are looked at for the one whom a pronoun means.
const NAMES_BEFORE: usize = 24;

/// Units of a sentence that is nothing but words between marks.
const LONGEST_ALONE: usize = 6;

/// By what some words are attributed, and to whom.
pub(super) struct Said {
    /// The verb; `None` for words that go on with those before.
    pub(super) cue: Option<usize>,
    /// Who says them, if that is sure.
    pub(super) speaker: Option<Named>,
}

/// Reads what stands around words between marks.
pub(super) struct Reader<'a> {
    text: &'a Text<'a>,
    units: &'a Units,
    names: &'a Names,
    lexicon: &'a Lexicon,
    /// The first unit of each paragraph.
    paragraphs: Vec<usize>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(
        text: &'a Text<'a>,
        units: &'a Units,
        names: &'a Names,
        lexicon: &'a Lexicon,
    ) -> Self {
        let sentences = units.sentences.iter().zip(&units.opens_paragraph);
        let opening = sentences.filter(|&(_, &opens)| opens);
        let paragraphs = opening.map(|(sentence, _)| sentence.start).collect();
        Self { text, units, names, lexicon, paragraphs }
    }

    fn role(&self, at: usize) -> Option<Role> {
        let unit = self.units.all.get(at)?;
        let is_word = unit.class != Class::Quoted && !unit.class.is_mark();
        is_word.then(|| self.lexicon.role(self.text.word(unit.start as usize), unit.key))?
    }

    /// Who says the words between marks of unit `at`? `last` is who was quoted last, and where.
    pub(super) fn said(&self, at: usize, last: Option<&(usize, Named)>) -> Option<Said> {
        if let Some(cue) = self.cue_behind(at) {
            let speaker = self.subject(at, cue, last);
            return Some(Said { cue: Some(cue), speaker });
        }
        if let Some(cue) = self.cue_before(at) {
            let speaker = self.behind(cue, at).or_else(|| self.before(cue)).or_else(|| {
                let is_pronoun = self.pronoun_near(cue, at);
                is_pronoun.then(|| self.meant(self.units.sentence(at).start, last)).flatten()
            });
            return Some(Said { cue: Some(cue), speaker });
        }
        // *"…", dijo NAME. "…"*
        let (before, speaker) = last?;
        let sentence = self.units.sentence(at);
        let is_alone = sentence.len() <= LONGEST_ALONE
            && sentence.clone().all(|j| j == at || self.units.class(j).is_mark());
        let is_near = self.paragraph(at).contains(before) && at - before <= REACH;
        (is_alone && is_near).then(|| Said { cue: None, speaker: Some(speaker.clone()) })
    }

    /// The verb behind: *"…", ha detto*; *"…", selon*.
    fn cue_behind(&self, at: usize) -> Option<usize> {
        let mut words = 0;
        for j in at + 1..self.units.all.len().min(at + 1 + 2 * TO_VERB) {
            match self.units.class(j) {
                Class::Comma | Class::Dash => continue,
                class if class.is_mark() || class == Class::Quoted => return None,
                _ => {}
            }
            match self.role(j) {
                Some(Role::Verb | Role::According) => return Some(j),
                _ if self.units.all[j].capital => return None,
                _ => words += 1,
            }
            if words == TO_VERB {
                return None;
            }
        }
        None
    }

    /// The verb before a colon or comma: *NAME dijo: "…"*.
    fn cue_before(&self, at: usize) -> Option<usize> {
        let first = self.units.sentence(at).start.max(at.saturating_sub(REACH));
        let mark = at.checked_sub(1).filter(|&mark| mark > first)?;
        if !matches!(self.units.class(mark), Class::Colon | Class::Comma) {
            return None;
        }
        let is_cue = |&j: &usize| matches!(self.role(j), Some(Role::Verb | Role::According));
        (first..mark).rev().take_while(|&j| self.units.class(j) != Class::Quoted).find(is_cue)
    }

    /// Whom the verb `cue` behind the words between marks of unit `at` has as its subject.
    fn subject(&self, at: usize, cue: usize, last: Option<&(usize, Named)>) -> Option<Named> {
        let end = self.units.all.len();
        if let Some(named) = self.behind(cue, end) {
            return Some(named);
        }
        let is_said_of_others = (cue + 1..end.min(cue + 4))
            .take_while(|&j| !self.units.class(j).is_mark())
            .any(|j| !matches!(self.role(j), Some(Role::Pronoun | Role::Preposition)));
        if is_said_of_others && !self.pronoun_near(cue, end) {
            return None;
        }
        // *NAME, "…", dedi*
        let sentence = self.units.sentence(at);
        let own = sentence.start.max(at.saturating_sub(REACH))..at;
        let own = self.names.backwards(own).next().cloned();
        own.or_else(|| self.meant(sentence.start.max(self.paragraph(at).start), last))
    }

    /// Does a pronoun stand behind the verb, or right before it?
    fn pronoun_near(&self, cue: usize, end: usize) -> bool {
        let is_pronoun = |j: usize| self.role(j) == Some(Role::Pronoun);
        let joined = self.text.word(self.units.all[cue].start as usize).contains('-');
        joined || (cue.saturating_sub(2)..end.min(cue + 3)).any(is_pronoun)
    }

    /// The name, or the role of somebody named, behind the verb `cue` and before unit `end`.
    fn behind(&self, cue: usize, end: usize) -> Option<Named> {
        let mut bearer = None;
        for j in cue + 1..end.min(cue + 1 + TO_NAME) {
            let unit = self.units.all.get(j)?;
            if unit.class.is_mark() || unit.class == Class::Quoted {
                break;
            }
            if let Some(named) = self.names.within(j..j + 1) {
                return Some(named.clone());
            }
            match self.role(j) {
                Some(Role::Preposition | Role::Pronoun) => break,
                None if bearer.is_none() && unit.end == unit.start + 1 => {
                    bearer = self.names.bearer(unit.key).filter(|_| self.is_noun(j));
                }
                _ => {}
            }
        }
        bearer.cloned()
    }

    /// Can the word be a role? Articles and the like are short.
    fn is_noun(&self, at: usize) -> bool {
        let unit = self.units.all[at];
        self.text.word(unit.start as usize).chars().count() > 3
    }

    /// The name before the verb `cue`: *NAME, secretaria de Minas, dijo*.
    fn before(&self, cue: usize) -> Option<Named> {
        let sentence = self.units.sentence(cue);
        let own = sentence.start.max(cue.saturating_sub(REACH))..cue;
        let is_subject = |named: &&Named| {
            let before = named.units.start.checked_sub(1).filter(|&j| j >= sentence.start);
            let small = before.is_some_and(|j| {
                !self.units.all[j].capital
                    && !self.units.class(j).is_mark()
                    && self.text.word(self.units.all[j].start as usize).chars().count() <= 3
            });
            self.names.is_sure(named) || !small
        };
        self.names.backwards(own).find(is_subject).cloned()
    }

    /// Whom a pronoun, or a verb without a subject, means: who was quoted last in the paragraph, or the only one named in
    /// it or in the one before, up to unit `until`.
    fn meant(&self, until: usize, last: Option<&(usize, Named)>) -> Option<Named> {
        let paragraph = self.paragraph(until);
        if let Some((_, speaker)) = last.filter(|(at, _)| paragraph.contains(at)) {
            return Some(speaker.clone());
        }
        let own = paragraph.start..until;
        let speaks = |j: usize| matches!(self.role(j), Some(Role::Verb | Role::According));
        let is_open = own.len() <= REACH && !own.clone().any(speaks);
        self.only(own).or_else(|| {
            is_open.then(|| self.only(self.paragraph(paragraph.start.saturating_sub(1))))?
        })
    }

    /// The only person named among these units.
    fn only(&self, range: Range<usize>) -> Option<Named> {
        let sure = |named: &&Named| self.names.is_sure(named);
        let any = self.names.backwards(range.clone()).take(NAMES_BEFORE).any(|n| sure(&n));
        let mut names = self
            .names
            .backwards(range)
            .take(NAMES_BEFORE)
            .filter(|named| !any || self.names.is_sure(named));
        let first = names.next()?;
        names.all(|named| named.party == first.party).then(|| first.clone())
    }

    /// The units of the paragraph that unit `at` is in.
    fn paragraph(&self, at: usize) -> Range<usize> {
        let next = self.paragraphs.partition_point(|&start| start <= at);
        let start = next.checked_sub(1).map_or(0, |own| self.paragraphs[own]);
        start..self.paragraphs.get(next).copied().unwrap_or(self.units.all.len())
    }
}
