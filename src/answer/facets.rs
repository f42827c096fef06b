//! Values of a field with their counts.

use serde_json::{Value, json};

use super::export::{Cell, Column, Kind, Row, column};
use super::{Answer, warnings};
use crate::article::Facet;
use crate::query::{FacetCounts, FacetValue, Page, Request, value_query};

/// The values of one field among the matches.
pub(crate) struct ValuesOfFacet<'a> {
    /// What was asked for.
    pub(crate) request: &'a Request,
    /// What matches.
    pub(crate) page: &'a Page,
    /// The values.
    pub(crate) counts: &'a FacetCounts,
}

impl Answer for ValuesOfFacet<'_> {
    fn json(&self) -> Value {
        json!({
            "query": self.request.query,
            "total": self.page.total,
            "facets": counts(&self.page.facets),
            "warnings": warnings(&self.page.warnings),
        })
    }

    fn columns(&self) -> Vec<Column> {
        vec![column(self.counts.facet.name(), Kind::Text), column("count", Kind::Count)]
    }

    fn rows(&self) -> impl Iterator<Item = impl Row> {
        self.counts.values.iter()
    }

    fn query(&self) -> Option<String> {
        Some(self.page.query.to_string())
    }
}

impl Row for FacetValue {
    fn json(&self) -> Value {
        json!({ "value": self.value, "count": self.count })
    }

    fn cells(&self) -> Vec<Cell> {
        vec![Cell::text(&self.value), Cell::Count(self.count)]
    }
}

/// Facets as a JSON list, each value with the query that finds it.
pub(super) fn counts(facets: &[FacetCounts]) -> Value {
    let value = |facet: Facet, value: &FacetValue| {
        json!({
            "value": value.value,
            "count": value.count,
            "query": value_query(facet, &value.value),
        })
    };
    let object = |f: &FacetCounts| {
        json!({
            "field": f.facet.name(),
            "distinct": f.distinct,
            "missing": f.missing,
            "values": f.values.iter().map(|v| value(f.facet, v)).collect::<Vec<_>>(),
        })
    };
    facets.iter().map(object).collect()
}
