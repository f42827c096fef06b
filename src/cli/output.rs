//! Where screens go: colours on a terminal only, a width to fit, and silence when the reader of a pipe has seen enough.

use std::fmt::Display;
use std::io::{self, BufWriter, IsTerminal, StdoutLock, Write};

use anstyle::{AnsiColor, Style};

use super::args::When;

/// Width of what is printed where there is no terminal.
const PIPE_WIDTH: usize = 100;

/// What a word on the screen is; each has its colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
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

/// A CSV writer to standard output.
pub type CsvWriter<'a> = csv::Writer<&'a mut BufWriter<StdoutLock<'static>>>;

/// Standard output as the commands use it.
pub struct Out {
    writer: BufWriter<StdoutLock<'static>>,
    colour: bool,
    width: usize,
}

impl Out {
    /// Standard output; colours as asked for.
    pub fn new(when: When) -> Self {
        let stdout = io::stdout();
        let terminal = stdout.is_terminal();
        let colour = match when {
            When::Always => true,
            When::Never => false,
            When::Auto => terminal && std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty()),
        };
        let size = terminal_size::terminal_size().filter(|_| terminal);
        let width = size.map_or(PIPE_WIDTH, |(width, _)| usize::from(width.0).clamp(40, 140));
        Self { writer: BufWriter::new(stdout.lock()), colour, width }
    }

    /// Columns to fit.
    pub fn width(&self) -> usize {
        self.width
    }

    /// `text` in the colour of `role`, if there are colours.
    pub fn paint(&self, role: Role, text: impl Display) -> String {
        if !self.colour {
            return text.to_string();
        }
        let style = role.style();
        format!("{style}{text}{style:#}")
    }

    /// Prints a line.
    pub fn line(&mut self, text: impl Display) -> io::Result<()> {
        writeln!(self.writer, "{text}")
    }

    /// Prints a value as a line of JSON.
    pub fn json(&mut self, value: &serde_json::Value) -> io::Result<()> {
        serde_json::to_writer(&mut self.writer, value)?;
        self.writer.write_all(b"\n")
    }

    /// Prints a value as JSON for people and programs.
    pub fn pretty_json(&mut self, value: &serde_json::Value) -> io::Result<()> {
        serde_json::to_writer_pretty(&mut self.writer, value)?;
        self.writer.write_all(b"\n")
    }

    /// A CSV writer whose first record is `header`.
    pub fn csv(&mut self, header: &[&str]) -> Result<CsvWriter<'_>, csv::Error> {
        let mut csv = csv::Writer::from_writer(&mut self.writer);
        csv.write_record(header)?;
        Ok(csv)
    }

    /// Hands everything to the system.
    pub fn flush(&mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

/// A number with commas between the thousands.
pub fn thousands(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// `1 article`, `2 articles`.
pub fn counted(n: u64, noun: &str) -> String {
    format!("{} {noun}{}", thousands(n), if n == 1 { "" } else { "s" })
}

/// A word as it is typed in a shell.
pub(super) fn shell_word(word: &str) -> String {
    if is_plain(word) { word.to_owned() } else { format!("'{}'", word.replace('\'', "'\\''")) }
}

/// Needs a word no quotes, in a shell or elsewhere?
pub(super) fn is_plain(word: &str) -> bool {
    !word.is_empty() && word.chars().all(|c| c.is_alphanumeric() || "/.-_=:,+@%".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_well() {
        assert_eq!(thousands(1_234_567), "1,234,567");
        assert_eq!(thousands(123), "123");
        assert_eq!(counted(1, "article"), "1 article");
        assert_eq!(counted(1000, "file"), "1,000 files");
    }
}
