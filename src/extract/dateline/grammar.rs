//! What a dateline looks like: places, date and agency in any order that agencies print them, up to the dash, colon
//! or full stop before the story. Form only: whether the words name a place, [`super::evidence`] judges.

use std::ops::Range;

use crate::article::{PartialDate, Span};
use crate::extract::agency::table;
use crate::extract::dates::calendar;
use crate::extract::text::{Shape, Text};

/// A dateline is over by then.
const MAX_TOKENS: usize = 48;

/// A place has no more words: `San Cristóbal de las Casas`.
const MAX_WORDS: usize = 6;

/// What parts the dateline from the story.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
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
pub enum Joint {
    /// It is the first.
    First,
    /// `CHATHAM, Mass.`
    Comma,
    /// `Salem (Oregon)`
    Bracket,
    /// `SYDNEY and KUALA LUMPUR`
    And,
    /// `WASHINGTON/BEIJING`
    Stroke,
}

/// A place or what qualifies it, as printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Name {
    /// Its words.
    pub span: Span,
    /// What stands before it.
    pub joint: Joint,
}

/// The parts of something that has the form of a dateline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parts {
    /// All of it, without what ends it.
    pub span: Span,
    /// Places and qualifiers in the order printed.
    pub names: Vec<Name>,
    /// Day and month, perhaps the year.
    pub date: Option<PartialDate>,
    /// A day of the week stands there.
    pub weekday: bool,
    /// The agency as printed, without brackets.
    pub agency: Option<Span>,
    /// Is it one of the table?
    pub agency_known: bool,
    /// What ends it.
    pub ending: Ending,
    /// The first token of the story.
    pub story: usize,
}

/// Reads the dateline whose first token is `start`, if there is something like it.
pub fn parse(text: &Text<'_>, start: usize) -> Option<Parts> {
    if text.word(start).eq_ignore_ascii_case("by") {
        return None;
    }
    let mut reader = Reader::new(text, start);
    reader.leading_agency();
    reader.elements()?;
    let ending = reader.ending?;
    let last = reader.last_end;
    Some(Parts {
        span: Span { start: text.tokens[start].start, end: last },
        names: reader.names,
        date: reader.date,
        weekday: reader.weekday,
        agency: reader.agency,
        agency_known: reader.agency_known,
        ending,
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
    date: Option<PartialDate>,
    weekday: bool,
    agency: Option<Span>,
    agency_known: bool,
    /// Inside `(Washington, DC) –`.
    wrapped: bool,
    /// All in small letters: `sioux falls, april 7 -`.
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
            agency_known: false,
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

    /// `(ANSA) - Rome`, `/TASS/ Moscow`, `AFP.- London`, `XYZ News, 25 March`.
    fn leading_agency(&mut self) {
        let opened = matches!(self.word(self.at), "(" | "[" | "/");
        let (inner, behind) = match self.bracketed(self.at) {
            Some(found) if opened => found,
            _ => match self.bare_agency(self.at) {
                Some(end) => (self.at..end, end),
                None => {
                    self.wrapped = opened;
                    self.at += usize::from(opened);
                    return;
                }
            },
        };
        let span = self.text.span(inner);
        if !table::names_any(span.of(self.text.body)) {
            self.wrapped = opened;
            self.at += usize::from(opened);
            return;
        }
        let parted = self.skip_parting(behind);
        if parted > behind || opened {
            self.agency = Some(span);
            self.agency_known = true;
            self.advance(behind);
            self.at = parted;
        }
    }

    /// Full stops, commas and dashes from `at` on.
    fn skip_parting(&self, mut at: usize) -> usize {
        while matches!(self.word(at), "." | "," | ":") || self.is_dash(at) {
            at += 1;
        }
        at
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
        let timed = calendar::may_begin(self.text, self.at);
        if timed
            && self.date.is_none()
            && let Some((date, behind)) = calendar::date(self.text, self.at)
            && behind <= self.limit
        {
            self.date = Some(date);
            self.advance(behind);
            return Some(());
        }
        if timed && calendar::is_weekday(self.word(self.at)) {
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
            self.agency = Some(self.text.span(self.at..end));
            self.agency_known = true;
            self.advance(end);
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
            "/" if self.bracketed(at).is_some_and(|(inner, _)| self.is_agency(inner)) => {
                Some(Joint::Bracket)
            }
            "/" => {
                self.at = at + 1;
                Some(Joint::Stroke)
            }
            "(" | "[" => Some(Joint::Bracket),
            ":" => self.end(Ending::Colon, at + 1),
            "." => self.full_stop(),
            _ if self.is_dash(at) => self.dash(),
            _ if at < self.limit && self.starts_time(at) => Some(Joint::Comma),
            _ if self.agency_known && self.closes_bracket(at) => self.end(Ending::Bracket, at),
            _ if at >= self.limit || self.text.opens_line(at) => self.end(Ending::Line, at),
            _ => None,
        }
    }

    fn end(&mut self, ending: Ending, story: usize) -> Option<Joint> {
        self.ending = Some(ending);
        self.at = story;
        Some(Joint::First)
    }

    /// `.-`, `. /TASS/.`, `WASHINGTON. D. C, Jan. 15. The`.
    fn full_stop(&mut self) -> Option<Joint> {
        let next = self.at + 1;
        let ocr_dash = self.word(next) == "?" && !self.text.tokens[next].spaced;
        if self.is_dash(next) {
            self.at = next;
            return self.dash();
        }
        if ocr_dash {
            return self.end(Ending::Dash, next + 1);
        }
        if matches!(self.word(next), "," | "(" | "[" | "/") {
            self.at = next + usize::from(self.word(next) == ",");
            return Some(Joint::Comma);
        }
        if self.date.is_some() || self.agency_known {
            return self.end(Ending::Stop, next);
        }
        self.at = next;
        Some(Joint::Comma)
    }

    /// A dash ends it, unless the date or the agency stands behind: `CAIRO – 26 July 2022:`, `TEHRAN - IRNA -`.
    fn dash(&mut self) -> Option<Joint> {
        let mut next = self.at;
        while self.is_dash(next) {
            next += 1;
        }
        if self.names.is_empty() && self.date.is_none() {
            return None;
        }
        if self.date.is_none()
            && let Some((date, behind)) = calendar::date(self.text, next)
            && (matches!(self.word(behind), ":" | "(" | "/") || self.is_dash(behind))
        {
            self.date = Some(date);
            self.advance(behind);
            return self.separator();
        }
        if self.agency.is_none()
            && let Some(end) = self.bare_agency(next)
            && (self.is_dash(end) || matches!(self.word(end), ":" | "."))
        {
            self.agency = Some(self.text.span(next..end));
            self.agency_known = true;
            self.advance(end);
            return self.separator();
        }
        self.end(Ending::Dash, next)
    }

    /// A bracket holds the agency, the date, or the region.
    fn bracket(&mut self) -> Option<()> {
        let (inner, behind) = self.bracketed(self.at)?;
        if let Some((date, end)) = calendar::date(self.text, inner.start)
            && end == inner.end
            && self.date.is_none()
        {
            self.date = Some(date);
        } else if self.agency.is_none() {
            let phrase = self.text.span(inner.clone());
            self.agency_known = self.is_agency(inner.clone());
            if self.agency_known || self.date.is_some() || !self.is_region_like(inner) {
                self.agency = Some(phrase);
            } else {
                self.names.push(Name { span: phrase, joint: Joint::Bracket });
            }
        }
        self.advance(behind);
        Some(())
    }

    /// Title case without a stroke or a dash: `(Oregon)`, not `(XNA)`.
    fn is_region_like(&self, inner: Range<usize>) -> bool {
        inner.clone().all(|i| self.shape(i) == Some(Shape::Capital)) && inner.len() <= 3
    }

    fn is_agency(&self, tokens: Range<usize>) -> bool {
        table::names_any(self.text.span(tokens).of(self.text.body))
    }

    /// The tokens inside the bracket or the strokes that open at `at`, and the token behind them.
    fn bracketed(&self, at: usize) -> Option<(Range<usize>, usize)> {
        const LONGEST: usize = 12;
        let close = match self.word(at) {
            "(" => ")",
            "[" => "]",
            "/" => "/",
            _ => return None,
        };
        let end = (at + 1..(at + LONGEST).min(self.limit)).find(|&i| self.word(i) == close)?;
        (end > at + 1).then_some((at + 1..end, end + 1))
    }

    /// Where the known agency that starts at `at` without brackets ends: `IRNA`, `afrol News`. Only forms that are
    /// no words otherwise: capitals, or several words.
    fn bare_agency(&self, at: usize) -> Option<usize> {
        const LONGEST: usize = 4;
        let shape = self.shape(at)?;
        if !matches!(shape, Shape::Upper | Shape::Capital | Shape::Lower) {
            return None;
        }
        (at + 1..=(at + LONGEST).min(self.limit)).rev().find(|&end| {
            let distinct = end > at + 1 || shape == Shape::Upper || self.is_at_dash_or_comma(end);
            distinct && table::find(self.text.span(at..end).of(self.text.body), None).is_some()
        })
    }

    fn is_at_dash_or_comma(&self, at: usize) -> bool {
        self.is_dash(at) || matches!(self.word(at), "," | ".")
    }

    fn closes_bracket(&self, at: usize) -> bool {
        at > 0 && at < self.limit && matches!(self.text.word(at - 1), ")" | "]" | "/")
    }

    fn is_dash(&self, at: usize) -> bool {
        is_dash(self.word(at))
    }

    /// A date or a day of the week without a comma before it.
    fn starts_time(&self, at: usize) -> bool {
        calendar::may_begin(self.text, at)
            && (calendar::is_weekday(self.word(at))
                || (self.date.is_none() && calendar::date(self.text, at).is_some()))
    }

    /// Reads the words of a name.
    fn name(&mut self, joint: Joint) -> Option<()> {
        let start = self.at;
        self.lower |= joint == Joint::First && self.is_lower_dateline(start);
        if !self.opens_name(start) {
            return None;
        }
        if let Some(cut) = self.glued_dash(start) {
            return self.glued(start, cut, joint);
        }
        let mut end = start + 1;
        let mut words = 1;
        while end < self.limit
            && words <= MAX_WORDS
            && !self.text.opens_line(end)
            && !self.starts_time(end)
        {
            if self.opens_name(end) && self.text.tokens[end].spaced {
                if let Some(cut) = self.glued_dash(end) {
                    return self.glued(start, cut, joint);
                }
                end += 1;
            } else if let Some(next) = self.particles(end) {
                end = next + 1;
            } else if self.word(end) == "."
                && is_saint(self.word(end - 1))
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
        self.names.push(Name { span: self.text.span(start..end), joint });
        self.advance(end);
        Some(())
    }

    /// `sioux falls, april 7 -`: small letters are a name only where a month follows.
    fn is_lower_dateline(&self, at: usize) -> bool {
        let comma = (at + 1..(at + 5).min(self.limit)).find(|&i| self.word(i) == ",");
        comma.is_some_and(|comma| {
            let small = |i| {
                let word = self.word(i);
                self.shape(i) == Some(Shape::Lower) && !is_particle(word) && !is_and(word)
            };
            (at..comma).any(small)
                && (at..comma).all(|i| self.shape(i) != Some(Shape::Mark))
                && calendar::date(self.text, comma + 1).is_some()
        })
    }

    /// A capital, or a letter of a script without capitals.
    fn opens_name(&self, at: usize) -> bool {
        match self.shape(at) {
            Some(Shape::Capital | Shape::Upper) => true,
            Some(Shape::Lower) => {
                self.lower || !self.word(at).starts_with(|c: char| c.is_lowercase())
            }
            _ => false,
        }
    }

    /// The capital behind up to three particles: `de las` in `San Cristóbal de las Casas`.
    fn particles(&self, at: usize) -> Option<usize> {
        let next = (at..self.limit.min(at + 3)).find(|&i| !is_particle(self.word(i)))?;
        (next > at && next < self.limit && self.opens_name(next)).then_some(next)
    }

    /// `Frankfurt/Main` is one place.
    fn is_river(&self, at: usize) -> bool {
        self.word(at) == "/"
            && matches!(
                self.word(at + 1),
                "Main"
                    | "MAIN"
                    | "Oder"
                    | "ODER"
                    | "Saale"
                    | "SAALE"
                    | "Spree"
                    | "Neckar"
                    | "Donau"
                    | "Ruhr"
                    | "Rhein"
                    | "Wied"
                    | "Weser"
                    | "Mosel"
                    | "Lahn"
                    | "Aller"
                    | "M."
                    | "O."
            )
    }

    /// The byte of the dash in `LONDON-The`, which is one token.
    fn glued_dash(&self, at: usize) -> Option<u32> {
        let word = self.word(at);
        let (left, right) = word.split_once('-')?;
        let capitals = left.len() >= 4 && left.chars().all(char::is_uppercase);
        let sentence = right.chars().skip(1).any(char::is_lowercase) && right.len() > 1;
        (capitals && sentence && right.starts_with(char::is_uppercase))
            .then(|| self.text.tokens[at].start + left.len() as u32)
    }

    fn glued(&mut self, start: usize, cut: u32, joint: Joint) -> Option<()> {
        let span = Span { start: self.text.tokens[start].start, end: cut };
        self.names.push(Name { span, joint });
        self.last_end = cut;
        while self.text.tokens[self.at].end <= cut {
            self.at += 1;
        }
        self.ending = Some(Ending::Dash);
        Some(())
    }
}

/// Dashes, and what takes their place on old lines.
pub fn is_dash(word: &str) -> bool {
    matches!(word, "-" | "–" | "—" | "―" | "_" | "−" | "‒" | "‐" | "=" | "\u{96}" | "\u{97}")
}

/// What joins the last of several places.
fn is_and(word: &str) -> bool {
    matches!(
        word,
        "and"
            | "And"
            | "AND"
            | "&"
            | "und"
            | "et"
            | "y"
            | "e"
            | "и"
            | "ve"
            | "og"
            | "och"
            | "dan"
            | "en"
    )
}

/// Words that keep their full stop inside a name and are no abbreviations of [`Text`].
fn is_saint(word: &str) -> bool {
    matches!(
        word,
        "ST" | "STE"
            | "FT"
            | "MT"
            | "STS"
            | "PT"
            | "N"
            | "S"
            | "E"
            | "W"
            | "st"
            | "ft"
            | "mt"
            | "Mt"
    )
}

/// Small words inside the names of places.
fn is_particle(word: &str) -> bool {
    matches!(
        word,
        "de" | "la"
            | "las"
            | "los"
            | "le"
            | "les"
            | "lès"
            | "du"
            | "des"
            | "del"
            | "da"
            | "do"
            | "dos"
            | "das"
            | "di"
            | "della"
            | "of"
            | "the"
            | "on"
            | "upon"
            | "sur"
            | "sous"
            | "am"
            | "an"
            | "im"
            | "in"
            | "der"
            | "ob"
            | "bei"
            | "el"
            | "al"
            | "na"
            | "nad"
            | "aan"
            | "op"
            | "den"
            | "a"
            | "pod"
    )
}

/// The first token that a dateline at `start` cannot reach: the next paragraph, or the third line.
fn paragraph_limit(text: &Text<'_>, start: usize) -> usize {
    let last = text.tokens.len().min(start + MAX_TOKENS);
    let mut breaks = 0;
    for i in start + 1..last {
        let gap = text.tokens[i - 1].end as usize..text.tokens[i].start as usize;
        let lines = text.body.as_bytes()[gap].iter().filter(|&&b| b == b'\n').count();
        breaks += lines;
        if lines > 1 || breaks > 1 {
            return i;
        }
    }
    last
}
