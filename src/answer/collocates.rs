//! Words that stand near matches, with the strength of the attraction.

use serde_json::{Value, json};

use super::Answer;
use super::export::{Cell, Column, Kind, Row, column, object};
use crate::query::{Collocate, Request};

/// Columns of the rows.
static COLUMNS: [Column; 4] = [
    column("word", Kind::Text),
    column("near", Kind::Count),
    column("elsewhere", Kind::Count),
    column("log_likelihood", Kind::Real(2)),
];

/// The words near the matches of a query.
pub(crate) struct Collocates<'a> {
    /// What was asked for.
    pub(crate) request: &'a Request,
    /// The query as it was understood.
    pub(crate) understood: &'a str,
    /// How many words away they may stand.
    pub(crate) window: usize,
    /// The words, most attracted first.
    pub(crate) words: &'a [Collocate],
}

impl Answer for Collocates<'_> {
    fn json(&self) -> Value {
        json!({
            "query": self.request.query,
            "window": self.window,
            "words": self.words.iter().map(Row::json).collect::<Vec<_>>(),
        })
    }

    fn columns(&self) -> Vec<Column> {
        COLUMNS.to_vec()
    }

    fn rows(&self) -> impl Iterator<Item = impl Row> {
        self.words.iter()
    }

    fn query(&self) -> Option<String> {
        Some(self.understood.to_owned())
    }
}

impl Row for Collocate {
    fn json(&self) -> Value {
        object(&COLUMNS, self.cells())
    }

    fn cells(&self) -> Vec<Cell> {
        vec![
            Cell::text(&self.word),
            Cell::Count(self.near),
            Cell::Count(self.elsewhere),
            Cell::Real(self.log_likelihood),
        ]
    }
}
