//! Colours of words on a line that is put together. A colour is marked by a number that is drawn for this run, so that no text
//! of an archive holds a mark; marks become escape sequences where a line is printed, and nothing else does.

use std::borrow::Cow;
use std::fmt::{Display, Write};
use std::hash::{BuildHasher, RandomState};
use std::sync::LazyLock;

use anstyle::{AnsiColor, Reset, Style};

use crate::answer::printable::printable;

/// The role of a word on the screen; each has its colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// A headline or the name of a section.
    Title,
    /// What the query matched.
    Match,
    /// Ids, dates, labels.
    Dim,
    /// People and speakers.
    Person,
    /// Places and countries.
    Place,
    /// Agencies, bylines, licenses.
    Source,
    /// Bars and numbers.
    Bar,
}

impl Role {
    /// All of them, in the order of their numbers.
    const ALL: [Self; 7] =
        [Self::Title, Self::Match, Self::Dim, Self::Person, Self::Place, Self::Source, Self::Bar];

    fn style(self) -> Style {
        let color = |color: AnsiColor| Style::new().fg_color(Some(color.into()));
        match self {
            Self::Title => Style::new().bold(),
            Self::Match => color(AnsiColor::Yellow).bold(),
            Self::Dim => Style::new().dimmed(),
            Self::Person => color(AnsiColor::Cyan),
            Self::Place => color(AnsiColor::Green),
            Self::Source => color(AnsiColor::Magenta),
            Self::Bar => color(AnsiColor::Blue),
        }
    }
}

/// What all marks begin with; a digit follows, the number of a role or [`END`].
static MARK: LazyLock<String> =
    LazyLock::new(|| format!("\u{1b}{:020}", RandomState::new().hash_one(())));

/// The digit of the mark behind a coloured text.
const END: usize = Role::ALL.len();

/// The text between the marks of its colour.
pub(super) fn marked(role: Role, text: impl Display) -> String {
    let mark = &*MARK;
    format!("{mark}{}{text}{mark}{END}", role as usize)
}

/// The line as it is printed where colours are: its texts without what would move a terminal, its marks as escape sequences.
pub(super) fn printed(line: &str) -> Cow<'_, str> {
    if !line.contains(MARK.as_str()) {
        return printable(line);
    }
    let mut printed = String::with_capacity(line.len());
    for (mark, text) in texts(line) {
        // Writing to a string does not fail.
        _ = match mark.map(|digit| Role::ALL.get(digit)) {
            None => Ok(()),
            Some(Some(role)) => write!(printed, "{}", role.style()),
            Some(None) => write!(printed, "{Reset}"),
        };
        printed.push_str(&printable(text));
    }
    Cow::Owned(printed)
}

/// The line as it is printed where no colours are.
pub(super) fn uncoloured(line: &str) -> Cow<'_, str> {
    if !line.contains(MARK.as_str()) {
        return printable(line);
    }
    texts(line).fold(Cow::default(), |line, (_, text)| line + printable(text))
}

/// The texts of a line, each with the digit of the mark before it.
fn texts(line: &str) -> impl Iterator<Item = (Option<usize>, &str)> {
    line.split(MARK.as_str()).enumerate().map(|(nth, part)| {
        let digit = part.get(..1).filter(|_| nth > 0).and_then(|digit| digit.parse().ok());
        (digit, &part[usize::from(digit.is_some())..])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_are_in_the_order_of_their_numbers() {
        for (number, role) in Role::ALL.into_iter().enumerate() {
            assert_eq!(role as usize, number);
        }
    }

    #[test]
    fn only_marks_become_escape_sequences() {
        let line = format!("\u{1b}[31m{}\u{1b}[0m", marked(Role::Person, "Lind\u{1b}[2J"));
        assert_eq!(printed(&line), "␛[31m\u{1b}[36mLind␛[2J\u{1b}[0m␛[0m");
        assert_eq!(uncoloured(&line), "␛[31mLind␛[2J␛[0m");
        assert_eq!(printed("plain"), "plain");
    }
}
