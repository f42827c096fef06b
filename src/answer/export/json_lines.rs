//! Rows as JSON Lines: an object a line.

use std::io::{self, Write};

use super::json::write_line;
use super::{Exporter, Row};

/// Lines that are being written.
pub(crate) struct JsonLines<W: Write> {
    to: W,
    query: Option<String>,
    rows: u64,
}

impl<W: Write> JsonLines<W> {
    /// Lines that each name the query, if there is one.
    pub(crate) fn new(to: W, query: Option<&str>) -> Self {
        Self { to, query: query.map(str::to_owned), rows: 0 }
    }
}

impl<W: Write> Exporter for JsonLines<W> {
    fn row(&mut self, row: &dyn Row) -> io::Result<()> {
        let mut object = row.json();
        if let Some(query) = &self.query {
            object["query"] = query.as_str().into();
        }
        self.rows += 1;
        write_line(&mut self.to, &object)
    }

    fn finish(&mut self) -> io::Result<u64> {
        self.to.flush()?;
        Ok(self.rows)
    }
}
