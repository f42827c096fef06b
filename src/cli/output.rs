//! Standard output: lines with colours on a terminal only, a width to fit, and answers in every form.

use std::fmt::Display;
#[cfg(feature = "parquet")]
use std::fs::File;
use std::io::{self, BufWriter, IsTerminal, StdoutLock, Write};

use anstyle::{AnsiColor, Style};

use super::args::When;
use super::exit::Failure;
use super::form::{Export, Form};
#[cfg(feature = "parquet")]
use super::screen::counted;
use crate::answer::Answer;
#[cfg(feature = "parquet")]
use crate::answer::export::Parquet;
use crate::answer::export::{Column, Csv, Exporter, JsonLines};
use crate::error::Error;

/// Width of what is printed where there is no terminal.
const PIPE_WIDTH: usize = 100;

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

/// Standard output as the commands use it.
pub(super) struct Out {
    writer: BufWriter<StdoutLock<'static>>,
    colour: bool,
    width: usize,
}

impl Out {
    /// Standard output; colours as asked for.
    pub(super) fn new(when: When) -> Self {
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
    pub(super) fn width(&self) -> usize {
        self.width
    }

    /// `text` in the colour of `role`, if there are colours.
    pub(super) fn paint(&self, role: Role, text: impl Display) -> String {
        if !self.colour {
            return text.to_string();
        }
        let style = role.style();
        format!("{style}{text}{style:#}")
    }

    /// Prints a line.
    pub(super) fn line(&mut self, text: impl Display) -> io::Result<()> {
        writeln!(self.writer, "{text}")
    }

    /// Prints a value as a line of JSON.
    pub(super) fn json(&mut self, value: &serde_json::Value) -> io::Result<()> {
        serde_json::to_writer(&mut self.writer, value)?;
        self.writer.write_all(b"\n")
    }

    /// Prints a value as JSON for people and programs.
    pub(super) fn pretty_json(&mut self, value: &serde_json::Value) -> io::Result<()> {
        serde_json::to_writer_pretty(&mut self.writer, value)?;
        self.writer.write_all(b"\n")
    }

    /// Prints an answer in its form; for people by `screen`.
    pub(super) fn answer(
        &mut self,
        answer: &impl Answer,
        form: Form<'_>,
        screen: impl FnOnce(&mut Self) -> io::Result<()>,
    ) -> Result<(), Failure> {
        match form {
            Form::Screen => Ok(screen(self)?),
            Form::Json => Ok(self.pretty_json(&answer.json())?),
            Form::Rows(export) => {
                let query = answer.query();
                self.export(export, &answer.columns(), query.as_deref(), |exporter| {
                    Ok(answer.rows().try_for_each(|row| exporter.row(&row))?)
                })
            }
        }
    }

    /// Exports the rows that `write` passes to the exporter. After writing a file, prints its number of rows.
    pub(super) fn export(
        &mut self,
        export: Export<'_>,
        columns: &[Column],
        query: Option<&str>,
        write: impl FnOnce(&mut dyn Exporter) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        match export {
            Export::JsonLines => {
                write_rows(JsonLines::new(&mut self.writer, query), write)?;
            }
            Export::Csv => {
                write_rows(Csv::new(&mut self.writer, columns, query)?, write)?;
            }
            #[cfg(not(feature = "parquet"))]
            Export::Parquet(_) => return Err(Error::NotBuilt { feature: "parquet" }.into()),
            #[cfg(feature = "parquet")]
            Export::Parquet(path) => {
                let rows = File::create(path)
                    .and_then(|file| Parquet::new(file, columns, query))
                    .map_err(Failure::from)
                    .and_then(|exporter| write_rows(exporter, write))
                    .map_err(|failure| match failure {
                        Failure::Output(error) => Error::io("write", path)(error).into(),
                        Failure::Library(error) => Failure::Library(error),
                    })?;
                self.line(format_args!("{} in {}", counted(rows, "row"), path.display()))?;
            }
        }
        Ok(())
    }

    /// Writes everything that is buffered.
    pub(super) fn flush(&mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

/// Calls `write` and finishes the export; returns the number of rows.
fn write_rows(
    mut exporter: impl Exporter,
    write: impl FnOnce(&mut dyn Exporter) -> Result<(), Failure>,
) -> Result<u64, Failure> {
    write(&mut exporter)?;
    Ok(exporter.finish()?)
}
