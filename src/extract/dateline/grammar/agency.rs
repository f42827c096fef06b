//! Parsing of agencies in a dateline: in brackets or slashes, before the place, or between commas.

use std::ops::Range;

use super::parser::Parser;
use super::parts::{PrintedAgency, PrintedName, Separator};
use crate::calendar::printed;
use crate::extract::gazetteer;
use crate::tables::agencies;
use crate::text::Shape;
use crate::text::name_key::key;

impl Parser<'_, '_> {
    /// Parses an agency before the first place: `(ANSA) - Rome`, `/TASS/ Moscow`, `AFP.- London`, `XYZ News, 25 March`.
    pub(super) fn leading_agency(&mut self) {
        let opened = matches!(self.word(self.at), "(" | "[" | "/");
        let bracketed = if opened { self.bracketed(self.at) } else { None };
        let found = bracketed
            .filter(|(inner, _)| self.is_agency(inner.clone()))
            .or_else(|| self.bare_agency(self.at).map(|end| (self.at..end, end)));
        let Some((inner, behind)) = found else {
            if !self.unknown_leading_agency() {
                self.in_brackets = opened;
                self.at += usize::from(opened);
            }
            return;
        };
        let next = self.skip_separators(behind);
        if next > behind || opened {
            self.take_agency(inner.start, inner.end);
            self.advance(behind);
            self.at = next;
        }
    }

    /// Parses an agency that the table lacks, a word in capitals before a dash: `(XNA) - Rome`. Whether there is one.
    fn unknown_leading_agency(&mut self) -> bool {
        let Some((inner, behind)) = self.bracketed(self.at) else { return false };
        let in_capitals = inner.len() == 1 && self.shape(inner.start) == Some(Shape::Upper);
        if !in_capitals || !self.is_dash(behind) {
            return false;
        }
        self.agency = Some(PrintedAgency { span: self.text.span(inner), known: false });
        self.advance(behind);
        self.at = self.skip_separators(behind);
        true
    }

    /// The first token from `at` on that is no full stop, comma, colon or dash.
    fn skip_separators(&self, mut at: usize) -> usize {
        while matches!(self.word(at), "." | "," | ":") || self.is_dash(at) {
            at += 1;
        }
        at
    }

    /// Parses a bracket, which holds the agency, the date or the region.
    pub(super) fn bracket(&mut self) -> Option<()> {
        let (mut inner, behind) = self.bracketed(self.at)?;
        // `(Wolff.)`
        inner.end -= usize::from(inner.len() == 2 && self.word(inner.end - 1) == ".");
        if let Some((date, end)) = printed::date(self.text, inner.start)
            && end == inner.end
            && self.date.is_none()
        {
            self.take_date(date, inner.start, end);
        } else if self.agency.is_none() {
            let span = self.text.span(inner.clone());
            let known = self.is_agency(inner.clone());
            if known {
                self.date_within(inner.clone());
            }
            if known || self.date.is_some() || !self.may_be_region(inner) {
                self.agency = Some(PrintedAgency { span, known });
            } else {
                self.names.push(PrintedName { span, separator: Separator::Bracket });
            }
        }
        self.advance(behind);
        Some(())
    }

    /// Adds the date at the end of a bracket: `(Newswire - Jan. 5, 2015)`.
    fn date_within(&mut self, inner: Range<usize>) {
        let mut dates = inner.clone().filter_map(|i| Some((i, printed::date(self.text, i)?)));
        if self.date.is_none()
            && let Some((at, (date, _))) = dates.find(|(_, (_, end))| *end == inner.end)
        {
            self.take_date(date, at, inner.end);
        }
    }

    /// Whether the tokens may be a region, in title case without punctuation: `(Oregon)`, not `(XNA)`.
    fn may_be_region(&self, inner: Range<usize>) -> bool {
        inner.clone().all(|i| self.shape(i) == Some(Shape::Capital)) && inner.len() <= 3
    }

    /// Whether the tokens name agencies: `AFP/dpa`, `sda reu`, `W. T. B.`; not a party and its state: `R-PA`.
    pub(super) fn is_agency(&self, tokens: Range<usize>) -> bool {
        let printed = self.text.span(tokens).of(self.text.body);
        let is_seat = printed.split_once('-').is_some_and(|(party, state)| {
            let in_capitals = |word: &str| word.bytes().all(|b| b.is_ascii_uppercase());
            matches!(party, "R" | "D" | "I")
                || (in_capitals(party) && state.bytes().all(|b| b.is_ascii_digit()))
        });
        let are_short = || {
            let mut words = printed.split_whitespace();
            words.clone().nth(1).is_some()
                && words.all(|word| word.len() < 5 && agencies::names_any(word))
        };
        let is_spaced = || {
            let letters: String = printed.chars().filter(char::is_ascii_alphabetic).collect();
            printed.contains('.') && letters.len() < 5 && agencies::find(&letters, None).is_some()
        };
        !is_seat && (agencies::names_any(printed) || are_short() || is_spaced())
    }

    /// The end of the known agency at token `at` if a dash, or a colon behind a date, follows it: `SYDNEY, Nov 26 AAP -`.
    pub(super) fn agency_before_dash(&self, at: usize) -> Option<usize> {
        if self.agency.is_some() || self.is_state(at) {
            return None;
        }
        let end = self.bare_agency(at)?;
        (self.is_dash(end) || (self.date.is_some() && self.word(end) == ":")).then_some(end)
    }

    /// Whether the token is the code of a state behind a town rather than an agency: `LEBANON, PA`.
    pub(super) fn is_state(&self, at: usize) -> bool {
        let word = self.word(at);
        self.date.is_none()
            && self.names.len() == 1
            && word.len() == 2
            && !gazetteer::short_form(key(word)).is_empty()
    }

    /// The tokens inside the brackets or slashes that open at `at`, and the token behind.
    pub(super) fn bracketed(&self, at: usize) -> Option<(Range<usize>, usize)> {
        const MAX_TOKENS: usize = 12;
        let close = match self.word(at) {
            "(" => ")",
            "[" => "]",
            "/" => "/",
            _ => return None,
        };
        let end = (at + 1..(at + MAX_TOKENS).min(self.limit)).find(|&i| self.word(i) == close)?;
        (end > at + 1).then_some((at + 1..end, end + 1))
    }

    /// The end of the known agency that starts at token `at` without brackets: `IRNA`, `afrol News`. A single word must
    /// be in capitals or before a separator.
    pub(super) fn bare_agency(&self, at: usize) -> Option<usize> {
        const MAX_TOKENS: usize = 4;
        let shape = self.shape(at)?;
        if !matches!(shape, Shape::Upper | Shape::Capital | Shape::Lower) {
            return None;
        }
        (at + 1..=(at + MAX_TOKENS).min(self.limit)).rev().find(|&end| {
            let is_distinct = end > at + 1 || shape == Shape::Upper || self.is_separator(end);
            is_distinct
                && agencies::find(self.text.span(at..end).of(self.text.body), None).is_some()
        })
    }

    fn is_separator(&self, at: usize) -> bool {
        self.is_dash(at) || matches!(self.word(at), "," | ".")
    }

    /// Whether the tokens are an agency that the table lacks, one word in slashes at the end of the dateline: `МОСКВА, 6
    /// февраля. /ЗЕМЛЯ/.`
    pub(super) fn is_agency_in_slashes(&self, inner: Range<usize>, behind: usize) -> bool {
        self.date.is_some()
            && self.agency.is_none()
            && inner.len() == 1
            && (self.word(behind) == "." || self.is_dash(behind))
    }

    /// Whether the token before `at` closes a bracket.
    pub(super) fn closes_bracket(&self, at: usize) -> bool {
        at > 0 && at < self.limit && matches!(self.text.word(at - 1), ")" | "]" | "/")
    }
}
