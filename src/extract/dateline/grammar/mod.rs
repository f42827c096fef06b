//! What a dateline looks like: places, date and agency in any order that agencies print them, up to the dash, colon
//! or full stop before the story. Form only: whether the words name a place, [`super::evidence`] judges.

mod agency;
mod marks;
mod name;

use crate::article::{PartialDate, Span};
use crate::calendar::printed;
use crate::text::segmentation::{Shape, Text};

use self::marks::{is_and, is_dash};

/// A dateline is over by then.
const MAX_TOKENS: usize = 48;

/// What parts the dateline from the story.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ending {
    /// `-`, `–`, `—`, `--`, `_`, with or without a full stop before it.
    Dash,
    /// `:`
    Colon,
    /// A full stop behind a date or an agency.
    Stop,
    /// Nothing but the closing bracket of the agency.
    Bracket,
    /// The end of the line.
    Line,
}

/// What stands before a name in a dateline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Joint {
    /// It is the first.
    First,
    /// `CONCORD, Mass.`
    Comma,
    /// `Salem (Oregon)`
    Bracket,
    /// `OSLO and BERGEN`
    And,
    /// `WASHINGTON/BEIJING`
    Stroke,
}

/// A place or what qualifies it, as printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Name {
    /// Its words.
    pub(super) span: Span,
    /// What stands before it.
    pub(super) joint: Joint,
}

/// An agency as printed, without brackets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Printed {
    /// Its words.
    pub(super) span: Span,
    /// Is it one of the table?
    pub(super) known: bool,
}

/// The parts of something that has the form of a dateline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Parts {
    /// All of it, without what ends it.
    pub(super) span: Span,
    /// Places and qualifiers in the order printed.
    pub(super) names: Vec<Name>,
    /// Day and month, perhaps the year.
    pub(super) date: Option<PartialDate>,
    /// The date stands before the first name.
    pub(super) date_leads: bool,
    /// A day of the week stands there.
    pub(super) weekday: bool,
    /// The agency, if one is printed.
    pub(super) agency: Option<Printed>,
    /// What ends it.
    pub(super) ending: Ending,
    /// The first token of the story.
    pub(super) story: usize,
}

/// Reads the dateline whose first token is `start`, if there is something like it.
pub(super) fn parse(text: &Text<'_>, start: usize) -> Option<Parts> {
    if text.word(start).eq_ignore_ascii_case("by") {
        return None;
    }
    let mut reader = Reader::new(text, start);
    reader.leading_agency();
    reader.elements()?;
    let first = reader.names.first().map_or(u32::MAX, |name| name.span.start);
    Some(Parts {
        span: Span { start: text.tokens[start].start, end: reader.last_end },
        date: reader.date.map(|(date, _)| date),
        date_leads: reader.date.is_some_and(|(_, at)| at < first),
        names: reader.names,
        weekday: reader.weekday,
        agency: reader.agency,
        ending: reader.ending?,
        story: reader.at,
    })
}

struct Reader<'t, 'a> {
    text: &'t Text<'a>,
    at: usize,
    /// The dateline must end before this token.
    limit: usize,
    /// The last byte read as part of the dateline.
    last_end: u32,
    names: Vec<Name>,
    /// The date, and its first byte.
    date: Option<(PartialDate, u32)>,
    weekday: bool,
    agency: Option<Printed>,
    /// Inside `(Boston, MA) –`.
    wrapped: bool,
    /// All in small letters: `cedar rapids, may 9 -`.
    lower: bool,
    ending: Option<Ending>,
}

impl<'t, 'a> Reader<'t, 'a> {
    fn new(text: &'t Text<'a>, start: usize) -> Self {
        Self {
            text,
            at: start,
            limit: paragraph_limit(text, start),
            last_end: text.tokens[start].start,
            names: Vec::new(),
            date: None,
            weekday: false,
            agency: None,
            wrapped: false,
            lower: false,
            ending: None,
        }
    }

    fn word(&self, at: usize) -> &'a str {
        if at < self.limit { self.text.word(at) } else { "" }
    }

    fn shape(&self, at: usize) -> Option<Shape> {
        (at < self.limit).then(|| self.text.tokens[at].shape)
    }

    fn advance(&mut self, to: usize) {
        self.at = to;
        self.last_end = self.text.tokens[to - 1].end;
    }

    /// Keeps the date whose first token is `at` and goes behind it.
    fn take_date(&mut self, date: PartialDate, at: usize, behind: usize) {
        self.date = Some((date, self.text.tokens[at].start));
        self.advance(behind);
    }

    /// Keeps the known agency of these tokens and goes behind it.
    fn take_agency(&mut self, at: usize, behind: usize) {
        self.agency = Some(Printed { span: self.text.span(at..behind), known: true });
        self.advance(behind);
    }

    fn knows_agency(&self) -> bool {
        self.agency.is_some_and(|agency| agency.known)
    }

    fn is_dash(&self, at: usize) -> bool {
        is_dash(self.word(at))
    }

    /// A date or a day of the week without a comma before it.
    fn starts_time(&self, at: usize) -> bool {
        printed::may_begin(self.text, at)
            && (printed::is_weekday(self.word(at))
                || (self.date.is_none() && printed::date(self.text, at).is_some()))
    }

    /// Reads element by element until something ends the dateline.
    fn elements(&mut self) -> Option<()> {
        let mut joint = Joint::First;
        loop {
            self.element(joint)?;
            if self.ending.is_some() {
                return Some(());
            }
            joint = self.separator()?;
            if self.ending.is_some() {
                return Some(());
            }
        }
    }

    /// One date, weekday, agency or name.
    fn element(&mut self, joint: Joint) -> Option<()> {
        if self.at >= self.limit {
            return None;
        }
        let timed = printed::may_begin(self.text, self.at);
        if timed
            && self.date.is_none()
            && let Some((date, behind)) = printed::date(self.text, self.at)
            && behind <= self.limit
        {
            self.take_date(date, self.at, behind);
            return Some(());
        }
        if timed && printed::is_weekday(self.word(self.at)) {
            self.weekday = true;
            self.advance(self.at + 1);
            return Some(());
        }
        if matches!(self.word(self.at), "(" | "[" | "/") {
            return self.bracket();
        }
        if joint != Joint::First
            && self.agency.is_none()
            && let Some(end) = self.bare_agency(self.at)
        {
            self.take_agency(self.at, end);
            return Some(());
        }
        self.name(joint)
    }

    /// What stands behind an element: another element's joint, or the end.
    fn separator(&mut self) -> Option<Joint> {
        let at = self.at;
        let word = self.word(at);
        if word == ")" && self.wrapped {
            self.wrapped = false;
            self.advance(at + 1);
            return self.separator();
        }
        match word {
            "," | ";" | "،" => {
                self.at = at + 1;
                // `Denver, Colo., --`: a comma too many.
                if self.is_dash(self.at) { self.dash() } else { Some(Joint::Comma) }
            }
            _ if is_and(word) => {
                self.at = at + 1;
                Some(Joint::And)
            }
            "/" if self.bracketed(at).is_some_and(|(inner, behind)| {
                self.is_agency(inner.clone()) || self.is_between_strokes(inner, behind)
            }) =>
            {
                Some(Joint::Bracket)
            }
            // `… CA / ACCESSWIRE / May 3, 2020 / The …`
            "/" if self.knows_agency() && self.date.is_some() => {
                Some(self.end(Ending::Dash, at + 1))
            }
            "/" => {
                self.at = at + 1;
                Some(Joint::Stroke)
            }
            "(" | "[" => Some(Joint::Bracket),
            ":" => Some(self.end(Ending::Colon, at + 1)),
            "." => self.full_stop(),
            _ if self.is_dash(at) => self.dash(),
            _ if at < self.limit && self.starts_time(at) => Some(Joint::Comma),
            _ if self.knows_agency() && self.closes_bracket(at) => {
                Some(self.end(Ending::Bracket, at))
            }
            _ if at >= self.limit || self.text.opens_line(at) => Some(self.end(Ending::Line, at)),
            _ => None,
        }
    }

    /// Ends the dateline; the story begins at token `story`.
    fn end(&mut self, ending: Ending, story: usize) -> Joint {
        self.ending = Some(ending);
        self.at = story;
        Joint::First
    }

    /// `.-`, `. /TASS/.`, `BOSTON. M. A, Jan. 9. The`.
    fn full_stop(&mut self) -> Option<Joint> {
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
            return Some(Joint::Comma);
        }
        if self.date.is_some() || self.knows_agency() {
            return Some(self.end(Ending::Stop, next));
        }
        self.at = next;
        Some(Joint::Comma)
    }

    /// A dash ends it, unless the date or the agency stands behind: `TUNIS – 4 March 2019:`, `TEHRAN - IRNA -`.
    fn dash(&mut self) -> Option<Joint> {
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
            return Some(Joint::Bracket);
        }
        if self.date.is_none()
            && let Some((date, behind)) = printed::date(self.text, next)
            && (matches!(self.word(behind), ":" | "(" | "/") || self.is_dash(behind))
        {
            self.take_date(date, next, behind);
            return self.separator();
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

/// The first token that a dateline at `start` cannot reach: the next paragraph, or the third line.
fn paragraph_limit(text: &Text<'_>, start: usize) -> usize {
    let last = text.tokens.len().min(start + MAX_TOKENS);
    let mut breaks = 0;
    for i in start + 1..last {
        let gap = text.tokens[i - 1].end as usize..text.tokens[i].start as usize;
        let lines = memchr::memchr_iter(b'\n', &text.body.as_bytes()[gap]).count();
        breaks += lines;
        if lines > 1 || breaks > 1 {
            return i;
        }
    }
    last
}
