//! Lines of a concordance: matches with the words around them.

use serde_json::{Value, json};

use super::export::{Cell, Column, Kind, Row, column, object};
use super::warnings;
use crate::query::{Line, Page, Request};

/// Columns of the rows.
pub(crate) static COLUMNS: [Column; 5] = [
    column("article", Kind::Text),
    column("date", Kind::Text),
    column("left", Kind::Text),
    column("match", Kind::Text),
    column("right", Kind::Text),
];

/// A page of lines as a JSON object: `lines` of `total`, in the articles of `page`.
pub(crate) fn page(request: &Request, page: &Page, lines: &[Line], total: u64) -> Value {
    json!({
        "query": request.query,
        "articles": page.total,
        "total": total,
        "lines": lines.iter().map(Row::json).collect::<Vec<_>>(),
        "warnings": warnings(&page.warnings),
    })
}

impl Row for Line {
    fn json(&self) -> Value {
        object(&COLUMNS, self.cells())
    }

    fn cells(&self) -> Vec<Cell> {
        vec![
            Cell::text(&self.article),
            Cell::date(self.date),
            Cell::text(&self.left),
            Cell::text(&self.keyword),
            Cell::text(&self.right),
        ]
    }
}
