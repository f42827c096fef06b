//! Rows as CSV (RFC 4180) below a line of names. What a spreadsheet would take for a formula is made a text there.

use std::borrow::Cow;
use std::io::{self, Write};

use csv::{ErrorKind, Writer};

use super::{Cell, Column, Exporter, Kind, Row};
use crate::answer::printable::printable;

/// What becomes of the texts of a table; numbers are numbers in each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CsvTexts {
    /// They are given byte for byte.
    Exact,
    /// One that a spreadsheet would run gets an apostrophe before it, which says that it is a text.
    Spreadsheet,
    /// As in a spreadsheet, with stand-ins for what would move a terminal.
    Screen,
}

/// A table that is being written.
pub(crate) struct Csv<W: Write> {
    writer: Writer<W>,
    texts: CsvTexts,
    kinds: Vec<Kind>,
    query: Option<String>,
    rows: u64,
}

impl<W: Write> Csv<W> {
    /// A table with these columns, and the query as the last one.
    pub(crate) fn new(
        to: W,
        columns: &[Column],
        query: Option<&str>,
        texts: CsvTexts,
    ) -> io::Result<Self> {
        let mut writer = Writer::from_writer(to);
        let names = columns.iter().filter(|c| c.kind != Kind::Body).map(|c| c.name.as_ref());
        let names = names.chain(query.map(|_| "query")).map(|name| texts.given(name));
        writer.write_record(names.map(|name| name.into_owned().into_bytes())).map_err(failed)?;
        let kinds = columns.iter().map(|column| column.kind).collect();
        let query = query.map(|query| texts.given(query).into_owned());
        Ok(Self { writer, texts, kinds, query, rows: 0 })
    }
}

impl<W: Write> Exporter for Csv<W> {
    fn row(&mut self, row: &dyn Row) -> io::Result<()> {
        for (cell, &kind) in row.cells().into_iter().zip(&self.kinds) {
            if kind != Kind::Body {
                self.writer.write_field(field(cell, kind, self.texts)).map_err(failed)?;
            }
        }
        if let Some(query) = &self.query {
            self.writer.write_field(query).map_err(failed)?;
        }
        self.writer.write_record(None::<&[u8]>).map_err(failed)?;
        self.rows += 1;
        Ok(())
    }

    fn finish(&mut self) -> io::Result<u64> {
        self.writer.flush()?;
        Ok(self.rows)
    }
}

/// The error of the writer below, whose kind tells a closed pipe from a full disk.
fn failed(error: csv::Error) -> io::Error {
    match error.into_kind() {
        ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

fn field(cell: Cell, kind: Kind, texts: CsvTexts) -> String {
    match (cell, kind) {
        (Cell::Text(text), _) => texts.given(&text.unwrap_or_default()).into_owned(),
        (Cell::Texts(several), _) => texts.given(&several.join("; ")).into_owned(),
        (Cell::Count(n), _) => n.to_string(),
        (Cell::Real(n), Kind::Real(decimals)) => format!("{n:.decimals$}"),
        (Cell::Real(n), _) => n.to_string(),
    }
}

impl CsvTexts {
    fn given(self, text: &str) -> Cow<'_, str> {
        match self {
            Self::Exact => Cow::Borrowed(text),
            Self::Spreadsheet => as_text(text),
            Self::Screen => Cow::Owned(printable(&as_text(text)).into_owned()),
        }
    }
}

/// The text with an apostrophe before it if a spreadsheet would take it for a formula (OWASP, "CSV Injection").
fn as_text(text: &str) -> Cow<'_, str> {
    let is_formula =
        text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    if is_formula && !is_negative_number(text) {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// Whether a value that articles state is a number below zero.
fn is_negative_number(text: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    text.strip_prefix('-').is_some_and(|number| match number.split_once('.') {
        Some((whole, fraction)) => digits(whole) && digits(fraction),
        None => digits(number),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_become_texts_and_numbers_stay() {
        let formulas =
            ["=1+1", "+1", "-1+1", "@SUM(A1)", "\tx", "\rx", "\nx", "＝1", "＠x", "-", "-5.", "-a"];
        for text in formulas {
            assert_eq!(CsvTexts::Spreadsheet.given(text), format!("'{text}"));
            assert_eq!(CsvTexts::Exact.given(text), text);
        }
        for text in ["", "1 = 1", "a-b", "-12", "-0.5", "'=1"] {
            assert_eq!(CsvTexts::Spreadsheet.given(text), text);
        }
        assert_eq!(CsvTexts::Screen.given("=\u{1b}[2J"), "'=␛[2J");
        assert_eq!(field(Cell::Real(-1.5), Kind::Real(2), CsvTexts::Spreadsheet), "-1.50");
    }
}
