//! Words and values that distinguish the articles of two queries.

use serde_json::{Value, json};

use super::export::{Cell, Column, Kind, Row, column, object};
use super::{Answer, warnings};
use crate::article::Facet;
use crate::query::{Comparison, Key};

/// Columns of the rows.
static COLUMNS: [Column; 5] = [
    column("field", Kind::Text),
    column("value", Kind::Text),
    column("first", Kind::Count),
    column("second", Kind::Count),
    column("log_likelihood", Kind::Real(2)),
];

/// Two sets of articles, compared.
pub(crate) struct Compared<'a> {
    /// The queries as typed.
    pub(crate) queries: [&'a str; 2],
    /// Their keys.
    pub(crate) found: &'a Comparison,
}

impl Answer for Compared<'_> {
    fn json(&self) -> Value {
        let facet = |(facet, keys): &(Facet, Vec<Key>)| {
            let values = list(keys);
            json!({ "field": facet.name(), "values": values })
        };
        json!({
            "queries": self.queries,
            "articles": self.found.articles,
            "words": self.found.words,
            "key_words": list(&self.found.key_words),
            "facets": self.found.facets.iter().map(facet).collect::<Vec<_>>(),
            "warnings": self.found.warnings.iter().map(|w| warnings(w)).collect::<Vec<_>>(),
        })
    }

    fn columns(&self) -> Vec<Column> {
        COLUMNS.to_vec()
    }

    fn rows(&self) -> impl Iterator<Item = impl Row> {
        let facets = self.found.facets.iter().map(|(facet, keys)| (facet.name(), keys));
        std::iter::once(("word", &self.found.key_words))
            .chain(facets)
            .flat_map(|(field, keys)| keys.iter().map(move |key| KeyRow { field, key }))
    }
}

/// A key, and the field that it is a value of.
struct KeyRow<'a> {
    field: &'static str,
    key: &'a Key,
}

impl Row for KeyRow<'_> {
    fn json(&self) -> Value {
        object(&COLUMNS, self.cells())
    }

    fn cells(&self) -> Vec<Cell> {
        vec![
            Cell::text(self.field),
            Cell::text(&self.key.value),
            Cell::Count(self.key.first),
            Cell::Count(self.key.second),
            Cell::Real(self.key.log_likelihood),
        ]
    }
}

fn list(keys: &[Key]) -> Value {
    let key = |key: &Key| {
        json!({
            "value": key.value,
            "first": key.first,
            "second": key.second,
            "log_likelihood": key.log_likelihood,
        })
    };
    keys.iter().map(key).collect()
}
