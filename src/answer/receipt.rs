//! Receipts of results, and whether they still hold.

use std::io;

use serde_json::{Value, json};

use super::Answer;
use super::export::json::write_pretty;
use super::export::{Cell, Column, Kind, Row, column, object};
use crate::query::{Receipt, Verification};

/// Columns of the rows.
static COLUMNS: [Column; 3] =
    [column("name", Kind::Text), column("then", Kind::Text), column("now", Kind::Text)];

/// A receipt as the text of a JSON file.
pub(crate) fn text(receipt: &Receipt) -> io::Result<Vec<u8>> {
    let mut text = Vec::new();
    write_pretty(&mut text, receipt)?;
    Ok(text)
}

/// A receipt, compared with the index of today.
pub(crate) struct Verified<'a> {
    /// The receipt.
    pub(crate) then: &'a Receipt,
    /// What its query gives now.
    pub(crate) found: &'a Verification,
}

impl Answer for Verified<'_> {
    fn json(&self) -> Value {
        json!({
            "query": self.then.query,
            "holds": self.found.holds,
            "moved": self.found.has_moved,
            "differences": self.rows().map(|row| row.json()).collect::<Vec<_>>(),
            "then": self.then,
            "now": self.found.now,
        })
    }

    fn columns(&self) -> Vec<Column> {
        COLUMNS.to_vec()
    }

    fn rows(&self) -> impl Iterator<Item = impl Row> {
        self.found.differences.iter().map(|(name, then, now)| Difference { name, then, now })
    }
}

/// Something that differs.
struct Difference<'a> {
    name: &'static str,
    then: &'a str,
    now: &'a str,
}

impl Row for Difference<'_> {
    fn json(&self) -> Value {
        object(&COLUMNS, self.cells())
    }

    fn cells(&self) -> Vec<Cell> {
        [self.name, self.then, self.now].map(Cell::text).to_vec()
    }
}
