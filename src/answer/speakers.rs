//! Quotations by speaker: counts, and a few quotations of each.

use serde_json::{Value, json};

use super::export::{Cell, Column, Kind, Row, column, object};
use super::{Answer, quotations, warnings};
use crate::query::{Quotes, Request, SpeakerGroup};

/// Columns of the rows.
static COLUMNS: [Column; 2] = [column("speaker", Kind::Text), column("count", Kind::Count)];

/// The speakers of the quotations that match.
pub(crate) struct Speakers<'a> {
    /// What was asked for.
    pub(crate) request: &'a Request,
    /// The speakers, most quoted first.
    pub(crate) found: &'a Quotes,
}

impl Answer for Speakers<'_> {
    fn json(&self) -> Value {
        let group = |group: &SpeakerGroup| {
            let mut value = group.json();
            value["quotations"] = quotations::all(&group.hits);
            value
        };
        json!({
            "query": self.request.query,
            "total": self.found.total,
            "speakers": self.found.speakers,
            "unattributed": self.found.unattributed,
            "offset": self.request.offset,
            "groups": self.found.groups.iter().map(group).collect::<Vec<_>>(),
            "warnings": warnings(&self.found.warnings),
        })
    }

    fn columns(&self) -> Vec<Column> {
        COLUMNS.to_vec()
    }

    fn rows(&self) -> impl Iterator<Item = impl Row> {
        self.found.groups.iter()
    }

    fn query(&self) -> Option<String> {
        Some(self.found.query.to_string())
    }
}

impl Row for SpeakerGroup {
    fn json(&self) -> Value {
        object(&COLUMNS, self.cells())
    }

    fn cells(&self) -> Vec<Cell> {
        vec![Cell::text(&self.speaker), Cell::Count(self.count)]
    }
}
