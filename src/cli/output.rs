//! Standard output: lines with colours on a terminal only, a width to fit, and answers in every form. Here alone it is written
//! to, so that nothing of a text reaches a terminal but what can be printed.

use std::fmt::Display;
#[cfg(feature = "parquet")]
use std::fs::File;
use std::io::{self, BufWriter, IsTerminal, StdoutLock, Write};

use super::args::When;
pub(super) use super::colours::Role;
use super::colours::{marked, printed, uncoloured};
use super::exit::Failure;
use super::form::{Export, Form};
#[cfg(feature = "parquet")]
use super::screen::counted;
use crate::answer::Answer;
#[cfg(feature = "parquet")]
use crate::answer::export::Parquet;
use crate::answer::export::{Column, Csv, CsvTexts, Exporter, JsonLine, JsonLines, json};
use crate::error::Error;

/// Width of what is printed where there is no terminal.
const PIPE_WIDTH: usize = 100;

/// Standard output as the commands use it.
pub(super) struct Out {
    writer: BufWriter<StdoutLock<'static>>,
    terminal: bool,
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
        Self { writer: BufWriter::new(stdout.lock()), terminal, colour, width }
    }

    /// Columns to fit.
    pub(super) fn width(&self) -> usize {
        self.width
    }

    /// `text` in the colour of `role`, if there are colours: a part of a line to print.
    pub(super) fn paint(&self, role: Role, text: impl Display) -> String {
        if self.colour { marked(role, text) } else { text.to_string() }
    }

    /// Prints a line: colours as painted, and stand-ins for characters of its texts that would move a terminal.
    pub(super) fn line(&mut self, text: impl Display) -> io::Result<()> {
        let text = text.to_string();
        let line = if self.colour { printed(&text) } else { uncoloured(&text) };
        self.writer.write_all(line.as_bytes())?;
        self.writer.write_all(b"\n")
    }

    /// Prints lines of the program's own as they are: scripts and pages for other programs.
    pub(super) fn own_text(&mut self, text: &str) -> io::Result<()> {
        self.writer.write_all(text.trim_end().as_bytes())?;
        self.writer.write_all(b"\n")
    }

    /// Prints a value as a line of JSON.
    pub(super) fn json(&mut self, value: &serde_json::Value) -> io::Result<()> {
        json::write_line(&mut self.writer, value)
    }

    /// Prints a line of JSON.
    pub(super) fn json_line(&mut self, line: &JsonLine) -> io::Result<()> {
        self.writer.write_all(line.as_str().as_bytes())?;
        self.writer.write_all(b"\n")
    }

    /// Prints a value as JSON for people and programs.
    pub(super) fn pretty_json(&mut self, value: &impl serde::Serialize) -> io::Result<()> {
        json::write_pretty(&mut self.writer, value)
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
            Export::Csv { raw } => {
                let texts = match (raw, self.terminal) {
                    (true, _) => CsvTexts::Exact,
                    (false, true) => CsvTexts::Screen,
                    (false, false) => CsvTexts::Spreadsheet,
                };
                write_rows(Csv::new(&mut self.writer, columns, query, texts)?, write)?;
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
                        other => other,
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
