//! The form of datelines: places, date and agency in any order that agencies print them, up to the dash, colon or full
//! stop before the story. Whether the words name a place is decided in [`super::evidence`].

mod agency;
mod marks;
mod name;
mod parser;
mod parts;

pub(super) use self::marks::is_correspondent;
pub(super) use self::parts::{Candidate, Ending, PrintedName, Separator};

use self::marks::{is_and, opens_correspondent};
use self::parser::Parser;
use crate::article::Span;
use crate::calendar::printed;
use crate::text::Text;

/// The dateline candidate whose first token is `start`.
pub(super) fn parse(text: &Text<'_>, start: usize) -> Option<Candidate> {
    if text.word(start).eq_ignore_ascii_case("by") {
        return None;
    }
    let start = behind_correspondent(text, start);
    let mut parser = Parser::new(text, start);
    parser.leading_agency();
    parser.elements()?;
    let first = parser.names.first().map_or(u32::MAX, |name| name.span.start);
    Some(Candidate {
        span: Span { start: text.tokens[start].start, end: parser.last_end },
        date: parser.date.map(|(date, _)| date),
        date_leads: parser.date.is_some_and(|(_, at)| at < first),
        names: parser.names,
        has_weekday: parser.has_weekday,
        is_dated_vaguely: parser.is_dated_vaguely,
        agency: parser.agency,
        ending: parser.ending?,
        story: parser.at,
    })
}

/// The token behind the words for the correspondent before the place, or `start`: `DAL NOSTRO CORRISPONDENTE MADRID -`.
fn behind_correspondent(text: &Text<'_>, start: usize) -> usize {
    const MOST_WORDS: usize = 5;
    let last = text.tokens.len().min(start + MOST_WORDS);
    let is_last = |&at: &usize| is_correspondent(text.word(at));
    let opens = start < last && opens_correspondent(text.word(start));
    (start..last)
        .rfind(is_last)
        .filter(|&at| opens && at + 1 < text.tokens.len())
        .map_or(start, |at| at + 1)
}

impl Parser<'_, '_> {
    /// Parses elements and separators up to the ending.
    fn elements(&mut self) -> Option<()> {
        let mut separator = Separator::First;
        loop {
            self.element(separator)?;
            if self.ending.is_some() {
                return Some(());
            }
            separator = self.separator()?;
            if self.ending.is_some() {
                return Some(());
            }
        }
    }

    /// Parses a date, day of the week, agency or name.
    fn element(&mut self, separator: Separator) -> Option<()> {
        if self.at >= self.limit {
            return None;
        }
        if separator != Separator::First && self.dated_vaguely() {
            return Some(());
        }
        let before_date = self.at;
        self.at = self.behind_word_of_date(self.at);
        let may_be_date = printed::may_begin(self.text, self.at);
        if may_be_date
            && self.date.is_none()
            && let Some((date, behind)) = printed::date(self.text, self.at)
            && behind <= self.limit
        {
            self.take_date(date, self.at, behind);
            return Some(());
        }
        if may_be_date && printed::is_weekday(self.word(self.at)) {
            self.has_weekday = true;
            self.advance(self.at + 1);
            return Some(());
        }
        self.at = before_date;
        if matches!(self.word(self.at), "(" | "[" | "/") {
            return self.bracket();
        }
        if separator != Separator::First
            && self.agency.is_none()
            && !self.is_state(self.at)
            && let Some(end) = self.bare_agency(self.at)
        {
            self.take_agency(self.at, end);
            return Some(());
        }
        self.name(separator)
    }

    /// Parses what follows an element: a separator, or the ending.
    fn separator(&mut self) -> Option<Separator> {
        let at = self.at;
        let word = self.word(at);
        if word == ")" && self.in_brackets {
            self.in_brackets = false;
            self.advance(at + 1);
            return self.separator();
        }
        match word {
            "," | ";" | "،" => {
                self.at = at + 1;
                // `Denver, Colo., --`
                if self.is_dash(self.at) { self.dash() } else { Some(Separator::Comma) }
            }
            _ if is_and(word) => {
                self.at = at + 1;
                Some(Separator::And)
            }
            "/" if self.bracketed(at).is_some_and(|(inner, behind)| {
                self.is_agency(inner.clone()) || self.is_agency_in_slashes(inner, behind)
            }) =>
            {
                Some(Separator::Bracket)
            }
            // `… CA / ACCESSWIRE / May 3, 2020 / The …`
            "/" if self.has_known_agency() && self.date.is_some() => {
                Some(self.end(Ending::Dash, at + 1))
            }
            "/" => {
                self.at = at + 1;
                Some(Separator::Slash)
            }
            "(" | "[" => Some(Separator::Bracket),
            ":" => Some(self.end(Ending::Colon, at + 1)),
            "." => self.full_stop(),
            _ if self.is_dash(at) => self.dash(),
            _ if at < self.limit && self.starts_date(at) => Some(Separator::Comma),
            _ if self.agency_before_dash(at).is_some() => Some(Separator::Comma),
            _ if self.has_known_agency() && self.closes_bracket(at) => {
                Some(self.end(Ending::Bracket, at))
            }
            _ if at >= self.limit || self.text.opens_line(at) => Some(self.end(Ending::Line, at)),
            _ => None,
        }
    }

    /// Ends the dateline; the story begins at token `story`. The separator that it returns is never used.
    fn end(&mut self, ending: Ending, story: usize) -> Separator {
        self.ending = Some(ending);
        self.at = story;
        Separator::First
    }

    /// Parses a full stop and what follows it: `.-`, `. /TASS/.`, `BOSTON. M. A, Jan. 9. The`.
    fn full_stop(&mut self) -> Option<Separator> {
        let next = self.at + 1;
        let ocr_dash = self.word(next) == "?" && !self.text.tokens[next].spaced;
        if self.is_dash(next) {
            self.at = next;
            return self.dash();
        }
        if ocr_dash {
            return Some(self.end(Ending::Dash, next + 1));
        }
        if matches!(self.word(next), "," | "(" | "[" | "/") {
            self.at = next + usize::from(self.word(next) == ",");
            return Some(Separator::Comma);
        }
        if self.date.is_some() || self.has_known_agency() {
            return Some(self.end(Ending::FullStop, next));
        }
        self.at = next;
        Some(Separator::Comma)
    }

    /// Parses a dash. It ends the dateline unless a date or an agency follows: `TUNIS – 4 March 2019:`, `TEHRAN - IRNA -`.
    fn dash(&mut self) -> Option<Separator> {
        let mut next = self.at;
        while self.is_dash(next) {
            next += 1;
        }
        if self.names.is_empty() && self.date.is_none() {
            return None;
        }
        // `NEW YORK--(BUSINESS WIRE)--`
        if self.agency.is_none()
            && self.bracketed(next).is_some_and(|(inner, _)| self.is_agency(inner))
        {
            self.at = next;
            return Some(Separator::Bracket);
        }
        if self.date.is_none()
            && let Some((date, behind)) = printed::date(self.text, next)
            && (matches!(self.word(behind), ":" | "(" | "/") || self.is_dash(behind))
        {
            self.take_date(date, next, behind);
            return self.separator();
        }
        // `HARTFORD, Conn. - June 17`, and the story in the next line.
        if self.date.is_none()
            && self.names.len() > 1
            && let Some((date, behind)) = printed::date(self.text, next)
            && behind < self.text.tokens.len()
            && self.text.opens_line(behind)
        {
            self.take_date(date, next, behind);
            return Some(self.end(Ending::Dash, behind));
        }
        if self.agency.is_none()
            && let Some(end) = self.bare_agency(next)
            && (self.is_dash(end) || matches!(self.word(end), ":" | "."))
        {
            self.take_agency(next, end);
            return self.separator();
        }
        Some(self.end(Ending::Dash, next))
    }
}
