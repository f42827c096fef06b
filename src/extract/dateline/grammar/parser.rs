//! The state of the dateline parser: its position among the tokens, and the parts parsed so far.

use super::marks::is_dash;
use super::parts::{Ending, PrintedAgency, PrintedName};
use crate::article::PartialDate;
use crate::calendar::month_names::month;
use crate::calendar::printed;
use crate::text::{Shape, Text};

/// Most tokens of a dateline.
const MAX_TOKENS: usize = 48;

#[expect(clippy::struct_excessive_bools, reason = "what was met so far, in any order")]
pub(super) struct Parser<'t, 'a> {
    pub(super) text: &'t Text<'a>,
    /// The next token.
    pub(super) at: usize,
    /// The dateline must end before this token.
    pub(super) limit: usize,
    /// The end of the dateline so far, in bytes.
    pub(super) last_end: u32,
    pub(super) names: Vec<PrintedName>,
    /// The date, and its first byte.
    pub(super) date: Option<(PartialDate, u32)>,
    pub(super) has_weekday: bool,
    /// Whether only the day or the month of the date is printed.
    pub(super) is_dated_vaguely: bool,
    pub(super) agency: Option<PrintedAgency>,
    /// Whether the places are in brackets: `(Boston, MA) –`.
    pub(super) in_brackets: bool,
    /// Whether the dateline is in lower case: `cedar rapids, may 9 -`.
    pub(super) in_lower_case: bool,
    pub(super) ending: Option<Ending>,
}

impl<'t, 'a> Parser<'t, 'a> {
    pub(super) fn new(text: &'t Text<'a>, start: usize) -> Self {
        Self {
            text,
            at: start,
            limit: paragraph_limit(text, start),
            last_end: text.tokens[start].start,
            names: Vec::new(),
            date: None,
            has_weekday: false,
            is_dated_vaguely: false,
            agency: None,
            in_brackets: false,
            in_lower_case: false,
            ending: None,
        }
    }

    /// The word of token `at`; empty from the limit on.
    pub(super) fn word(&self, at: usize) -> &'a str {
        if at < self.limit { self.text.word(at) } else { "" }
    }

    pub(super) fn shape(&self, at: usize) -> Option<Shape> {
        (at < self.limit).then(|| self.text.tokens[at].shape)
    }

    /// Moves to token `to`; the dateline reaches up to there.
    pub(super) fn advance(&mut self, to: usize) {
        self.at = to;
        self.last_end = self.text.tokens[to - 1].end;
    }

    /// Adds the date of the tokens `at..behind` and moves behind it.
    pub(super) fn take_date(&mut self, date: PartialDate, at: usize, behind: usize) {
        self.date = Some((date, self.text.tokens[at].start));
        self.advance(behind);
    }

    /// Adds the known agency of the tokens `at..behind` and moves behind it.
    pub(super) fn take_agency(&mut self, at: usize, behind: usize) {
        self.agency = Some(PrintedAgency { span: self.text.span(at..behind), known: true });
        self.advance(behind);
    }

    pub(super) fn has_known_agency(&self) -> bool {
        self.agency.is_some_and(|agency| agency.known)
    }

    pub(super) fn is_dash(&self, at: usize) -> bool {
        is_dash(self.word(at))
    }

    /// Moves behind a date of which only the day or the month is printed: `Londres, 12. —`, `BRISBANE, April -`. Whether
    /// there is one.
    pub(super) fn dated_vaguely(&mut self) -> bool {
        let word = self.word(self.at);
        let is_day = word.parse().is_ok_and(|day: u8| (1..=31).contains(&day))
            && self.word(self.at + 1) == ".";
        let is_month = month(word).is_some()
            && word.len() > 2
            && self.is_dash(self.at + 1)
            && !self.word(self.at + 2).starts_with(|c: char| c.is_ascii_digit());
        let next = self.at + 1 + usize::from(is_day);
        let is_vague = (is_day && (self.is_dash(next) || self.word(next) == "(")) || is_month;
        if is_vague && self.date.is_none() && !self.names.is_empty() {
            self.is_dated_vaguely = true;
            self.advance(self.at + 1);
            return true;
        }
        false
    }

    /// The token behind a word that leads a date, if one follows: `PARIS, le 4 mars 2025`.
    pub(super) fn behind_word_of_date(&self, at: usize) -> usize {
        const WORDS: &[&str] =
            &["le", "den", "am", "a", "el", "il", "em", "the", "on", "d.", "den"];
        let leads = WORDS.contains(&self.word(at)) && printed::date(self.text, at + 1).is_some();
        at + usize::from(leads)
    }

    /// Whether a date or a day of the week begins at token `at`.
    pub(super) fn starts_date(&self, at: usize) -> bool {
        printed::may_begin(self.text, at)
            && (printed::is_weekday(self.word(at))
                || (self.date.is_none() && printed::date(self.text, at).is_some()))
    }
}

/// The first token that a dateline at `start` cannot include: that of the next paragraph, or of the third line.
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
