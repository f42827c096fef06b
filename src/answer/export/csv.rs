//! Rows as CSV (RFC 4180) below a line of names.

use std::io::{self, Write};

use csv::{ErrorKind, Writer};

use super::{Cell, Column, Exporter, Kind, Row};

/// A table that is being written.
pub(crate) struct Csv<W: Write> {
    writer: Writer<W>,
    kinds: Vec<Kind>,
    query: Option<String>,
    rows: u64,
}

impl<W: Write> Csv<W> {
    /// A table with these columns, and the query as the last one.
    pub(crate) fn new(to: W, columns: &[Column], query: Option<&str>) -> io::Result<Self> {
        let mut writer = Writer::from_writer(to);
        let names = columns.iter().filter(|c| c.kind != Kind::Body).map(|c| c.name.as_ref());
        writer.write_record(names.chain(query.map(|_| "query"))).map_err(failed)?;
        let kinds = columns.iter().map(|column| column.kind).collect();
        Ok(Self { writer, kinds, query: query.map(str::to_owned), rows: 0 })
    }
}

impl<W: Write> Exporter for Csv<W> {
    fn row(&mut self, row: &dyn Row) -> io::Result<()> {
        for (cell, &kind) in row.cells().into_iter().zip(&self.kinds) {
            if kind != Kind::Body {
                self.writer.write_field(field(cell, kind)).map_err(failed)?;
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

fn field(cell: Cell, kind: Kind) -> String {
    match (cell, kind) {
        (Cell::Text(text), _) => text.unwrap_or_default(),
        (Cell::Texts(texts), _) => texts.join("; "),
        (Cell::Count(n), _) => n.to_string(),
        (Cell::Real(n), Kind::Real(decimals)) => format!("{n:.decimals$}"),
        (Cell::Real(n), _) => n.to_string(),
    }
}
