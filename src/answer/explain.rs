//! The clauses of a query with what each finds.

use serde_json::{Value, json};

use super::export::{Cell, Column, Kind, Row, column};
use super::{Answer, warnings};
use crate::article::{Span, json};
use crate::query::{Explained, Warning};

/// A query, clause by clause.
pub(crate) struct Explanation<'a> {
    /// The query as typed.
    pub(crate) query: &'a str,
    /// Its outermost clause.
    pub(crate) clause: &'a Explained,
    /// What was not understood.
    pub(crate) warnings: &'a [Warning],
}

/// A clause and those below it, each with its depth, in the order of the query.
pub(crate) fn outline<'a, T>(root: &'a T, parts: impl Fn(&'a T) -> &'a [T]) -> Vec<(usize, &'a T)> {
    let mut rows = Vec::new();
    let mut waiting = vec![(0, root)];
    while let Some((depth, clause)) = waiting.pop() {
        rows.push((depth, clause));
        waiting.extend(parts(clause).iter().rev().map(|part| (depth + 1, part)));
    }
    rows
}

impl Answer for Explanation<'_> {
    fn json(&self) -> Value {
        json!({
            "query": self.query,
            "understood": self.clause.clause,
            "total": self.clause.count,
            "clause": tree(self.clause, self.query),
            "warnings": warnings(self.warnings),
        })
    }

    fn columns(&self) -> Vec<Column> {
        vec![
            column("depth", Kind::Count),
            column("role", Kind::Text),
            column("clause", Kind::Text),
            column("count", Kind::Count),
        ]
    }

    fn rows(&self) -> impl Iterator<Item = impl Row> {
        let row = |(depth, clause)| ClauseRow { depth, clause, query: self.query };
        outline(self.clause, |c| &c.parts).into_iter().map(row)
    }
}

/// A clause at a depth of the query.
struct ClauseRow<'a> {
    depth: usize,
    clause: &'a Explained,
    query: &'a str,
}

impl Row for ClauseRow<'_> {
    fn json(&self) -> Value {
        let mut value = object(self.clause, self.query);
        value["depth"] = self.depth.into();
        value
    }

    fn cells(&self) -> Vec<Cell> {
        vec![
            Cell::Count(self.depth as u64),
            Cell::text(self.clause.role),
            Cell::text(&self.clause.clause),
            Cell::Count(self.clause.count),
        ]
    }
}

fn tree(clause: &Explained, query: &str) -> Value {
    let mut value = object(clause, query);
    value["parts"] = clause.parts.iter().map(|part| tree(part, query)).collect();
    value
}

/// A clause without its parts; its span in code points of the query.
fn object(clause: &Explained, query: &str) -> Value {
    let end = clause.span.end.min(query.len());
    let span = Span { start: clause.span.start.min(end) as u32, end: end as u32 };
    json!({
        "clause": clause.clause,
        "role": clause.role,
        "span": json::spans(query, &[span])[0],
        "count": clause.count,
    })
}
