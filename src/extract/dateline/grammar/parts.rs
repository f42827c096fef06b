//! A dateline candidate and its parts.

use crate::article::{PartialDate, Span};

/// The mark between dateline and story.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ending {
    /// `-`, `–`, `—`, `--`, `_`, with or without a full stop before it.
    Dash,
    /// `:`
    Colon,
    /// A full stop after a date or an agency.
    FullStop,
    /// Only the closing bracket of the agency.
    Bracket,
    /// The end of the line.
    Line,
}

/// The mark or word before a name in a dateline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Separator {
    /// None: the name is the first.
    First,
    /// `CONCORD, Mass.`
    Comma,
    /// `Salem (Oregon)`
    Bracket,
    /// `OSLO and BERGEN`
    And,
    /// `WASHINGTON/BEIJING`
    Slash,
}

/// A place or its qualifier, as printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PrintedName {
    pub(crate) span: Span,
    /// What separates it from the name before it.
    pub(crate) separator: Separator,
}

/// An agency as printed, without brackets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PrintedAgency {
    pub(crate) span: Span,
    /// Whether the table of agencies has it.
    pub(crate) known: bool,
}

/// A text that has the form of a dateline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Candidate {
    /// The whole candidate, without its ending.
    pub(crate) span: Span,
    /// Places and qualifiers in the order printed.
    pub(crate) names: Vec<PrintedName>,
    /// Day and month, perhaps the year.
    pub(crate) date: Option<PartialDate>,
    /// Whether the date precedes the first name.
    pub(crate) date_leads: bool,
    /// Whether a day of the week is printed.
    pub(crate) has_weekday: bool,
    /// Whether only the day or the month of the date is printed.
    pub(crate) is_dated_vaguely: bool,
    /// The agency, if one is printed.
    pub(crate) agency: Option<PrintedAgency>,
    /// The mark that ends the candidate.
    pub(crate) ending: Ending,
    /// The first token of the story.
    pub(crate) story: usize,
}
