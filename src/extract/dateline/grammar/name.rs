//! Parsing of place names in a dateline: capitalised words with particles, abbreviations, and a dash without blanks.

use super::marks::{is_abbreviation, is_and, is_particle};
use super::parser::Parser;
use super::parts::{Ending, PrintedName, Separator};
use crate::article::Span;
use crate::calendar::printed;
use crate::text::Shape;

/// Most words of a place name.
const MAX_WORDS: usize = 6;

/// What is left of a dash that was decoded as Latin-1: the first of its three bytes in UTF-8.
const DAMAGED_DASH: char = 'â';

/// Rivers in names of towns: `Frankfurt/Main`.
const RIVERS: &[&str] = &[
    "Main", "Oder", "Saale", "Spree", "Neckar", "Donau", "Ruhr", "Rhein", "Wied", "Weser", "Mosel",
    "Lahn", "Aller", "M.", "O.",
];

impl Parser<'_, '_> {
    /// Parses a name.
    pub(super) fn name(&mut self, separator: Separator) -> Option<()> {
        // `DUBAI, the United Arab Emirates`
        let is_article =
            separator == Separator::Comma && self.word(self.at).eq_ignore_ascii_case("the");
        let start = self.at + usize::from(is_article && self.opens_name(self.at + 1));
        self.in_lower_case |= separator == Separator::First && self.is_lower_case_dateline(start);
        if !self.opens_name(start) {
            return None;
        }
        if let Some(dash) = self.dash_within(start) {
            self.name_before(start, dash, separator);
            return Some(());
        }
        let mut end = start + 1;
        let mut words = 1;
        while end < self.limit
            && words <= MAX_WORDS
            && !self.text.opens_line(end)
            && !self.starts_date(end)
            && self.agency_before_dash(end).is_none()
        {
            if self.opens_name(end) && self.text.tokens[end].spaced {
                if let Some(dash) = self.dash_within(end) {
                    self.name_before(start, dash, separator);
                    return Some(());
                }
                end += 1;
            } else if let Some(next) = self.word_after_particles(end) {
                end = next + 1;
            } else if self.shape(end) == Some(Shape::Clitic) && self.is_before_mark(end + 1) {
                // `ST. JOHN'S, Newfoundland`
                end += 1;
                continue;
            } else if self.is_apostrophe_within(end) {
                end += 2;
                continue;
            } else if self.word(end) == "."
                && is_abbreviation(self.word(end - 1))
                && self.opens_name(end + 1)
            {
                end += 1;
                continue;
            } else {
                break;
            }
            words += 1;
        }
        if words > MAX_WORDS {
            return None;
        }
        if self.is_river(end) {
            end += 2;
        }
        self.names.push(PrintedName { span: self.text.span(start..end), separator });
        self.advance(end);
        Some(())
    }

    /// Whether a name in lower case and a comma stand before a date: `cedar rapids, may 9 -`.
    fn is_lower_case_dateline(&self, at: usize) -> bool {
        let comma = (at + 1..(at + 5).min(self.limit)).find(|&i| self.word(i) == ",");
        comma.is_some_and(|comma| {
            let is_lower = |i| {
                let word = self.word(i);
                self.shape(i) == Some(Shape::Lower) && !is_particle(word) && !is_and(word)
            };
            (at..comma).any(is_lower)
                && (at..comma).all(|i| self.shape(i) != Some(Shape::Mark))
                && printed::date(self.text, comma + 1).is_some()
        })
    }

    /// Whether the token may open a name: it has a capital, or its script has none.
    fn opens_name(&self, at: usize) -> bool {
        match self.shape(at) {
            Some(Shape::Capital | Shape::Upper) => true,
            Some(Shape::Lower) => {
                self.in_lower_case || !self.word(at).starts_with(|c: char| c.is_lowercase())
            }
            _ => false,
        }
    }

    /// The token after one or two particles, if it may be part of a name: `Andes` in `San Martín de los Andes`.
    fn word_after_particles(&self, at: usize) -> Option<usize> {
        let next = (at..self.limit.min(at + 3)).find(|&i| !is_particle(self.word(i)))?;
        (next > at && next < self.limit && self.opens_name(next)).then_some(next)
    }

    /// Whether a comma, a bracket or a dash stands at token `at`.
    fn is_before_mark(&self, at: usize) -> bool {
        self.is_dash(at) || matches!(self.word(at), "," | "(" | "/")
    }

    /// Whether the token is a grave accent in the place of an apostrophe within a name.
    fn is_apostrophe_within(&self, at: usize) -> bool {
        self.word(at) == "`"
            && !self.text.tokens[at].spaced
            && self.opens_name(at + 1)
            && !self.text.tokens[at + 1].spaced
    }

    /// Whether a slash and the name of a river stand at token `at`: `Frankfurt/Main` is one place.
    fn is_river(&self, at: usize) -> bool {
        self.word(at) == "/"
            && RIVERS.iter().any(|river| river.eq_ignore_ascii_case(self.word(at + 1)))
    }

    /// The byte of the dash within token `at`: `LONDON-The`, or in damaged text `LONDONâ The`.
    fn dash_within(&self, at: usize) -> Option<u32> {
        let word = self.word(at);
        if let Some(left) = word.strip_suffix(DAMAGED_DASH) {
            let in_capitals = left.len() >= 3 && left.bytes().all(|b| b.is_ascii_uppercase());
            return in_capitals.then(|| self.text.tokens[at].start + left.len() as u32);
        }
        let (left, right) = word.split_once('-')?;
        let in_capitals = left.len() >= 4 && left.chars().all(char::is_uppercase);
        let opens_sentence = right.chars().skip(1).any(char::is_lowercase) && right.len() > 1;
        (in_capitals && opens_sentence && right.starts_with(char::is_uppercase))
            .then(|| self.text.tokens[at].start + left.len() as u32)
    }

    /// Adds the name from token `start` up to a dash within a token, at byte `dash`, which ends the dateline.
    fn name_before(&mut self, start: usize, dash: u32, separator: Separator) {
        let span = Span { start: self.text.tokens[start].start, end: dash };
        self.names.push(PrintedName { span, separator });
        self.last_end = dash;
        while self.text.tokens[self.at].end <= dash {
            self.at += 1;
        }
        self.at += usize::from(self.word(self.at).ends_with(DAMAGED_DASH));
        self.ending = Some(Ending::Dash);
    }
}
