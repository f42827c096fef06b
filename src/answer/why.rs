//! The clauses of a query that one article fulfils, with the places, and those that it does not.

use serde_json::{Value, json};

use super::explain::outline;
use super::export::{Cell, Column, Kind, Row, column};
use super::{Answer, warnings};
use crate::article::{Article, Span, json};
use crate::query::{Warning, Why};

/// Why a query finds an article, or does not.
pub(crate) struct Reasons<'a> {
    /// The query as typed.
    pub(crate) query: &'a str,
    /// The article.
    pub(crate) article: &'a Article,
    /// The outermost clause.
    pub(crate) why: &'a Why,
    /// What was not understood.
    pub(crate) warnings: &'a [Warning],
}

/// The smallest clauses that decide: those that hold if the article is found, else those that it lacks or that
/// exclude it.
pub(crate) fn reasons(why: &Why) -> Vec<&str> {
    let decide = |part: &&Why| part.holds == why.holds;
    if why.parts.is_empty() || why.role == "not" {
        return vec![&why.clause];
    }
    why.parts.iter().filter(decide).flat_map(reasons).collect()
}

impl Answer for Reasons<'_> {
    fn json(&self) -> Value {
        json!({
            "query": self.query,
            "id": self.article.id,
            "found": self.why.holds,
            "because": reasons(self.why),
            "clause": tree(self.why, self.article),
            "warnings": warnings(self.warnings),
        })
    }

    fn columns(&self) -> Vec<Column> {
        vec![
            column("depth", Kind::Count),
            column("role", Kind::Text),
            column("clause", Kind::Text),
            column("holds", Kind::Text),
            column("places", Kind::Count),
        ]
    }

    fn rows(&self) -> impl Iterator<Item = impl Row> {
        let row = |(depth, clause)| ClauseRow { depth, clause, article: self.article };
        outline(self.why, |c| &c.parts).into_iter().map(row)
    }
}

/// A clause at a depth of the query.
struct ClauseRow<'a> {
    depth: usize,
    clause: &'a Why,
    article: &'a Article,
}

impl Row for ClauseRow<'_> {
    fn json(&self) -> Value {
        let mut value = object(self.clause, self.article);
        value["depth"] = self.depth.into();
        value
    }

    fn cells(&self) -> Vec<Cell> {
        vec![
            Cell::Count(self.depth as u64),
            Cell::text(self.clause.role),
            Cell::text(&self.clause.clause),
            Cell::text(self.clause.holds.to_string()),
            Cell::Count(self.clause.places.len() as u64),
        ]
    }
}

fn tree(clause: &Why, article: &Article) -> Value {
    let mut value = object(clause, article);
    value["parts"] = clause.parts.iter().map(|part| tree(part, article)).collect();
    value
}

/// A clause without its parts; its places in code points of the body.
fn object(clause: &Why, article: &Article) -> Value {
    let spans = json::spans(&article.body, &clause.places);
    let place =
        |(span, place): ([u32; 2], &Span)| json!({ "span": span, "text": place.of(&article.body) });
    json!({
        "clause": clause.clause,
        "role": clause.role,
        "holds": clause.holds,
        "places": spans.into_iter().zip(&clause.places).map(place).collect::<Vec<_>>(),
    })
}
