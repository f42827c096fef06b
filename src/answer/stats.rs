//! Totals of an index.

use serde_json::{Map, Value, json};

use crate::query::{FacetStats, Stats};

/// The totals as a JSON object.
pub(crate) fn json(stats: &Stats) -> Value {
    let field = |f: &FacetStats| {
        (f.facet.name().to_owned(), json!({ "articles": f.articles, "distinct": f.distinct }))
    };
    json!({
        "articles": stats.articles,
        "quotations": stats.quotations,
        "files": stats.sources,
        "words": stats.words,
        "first": stats.dates.map(|(first, _)| first.to_string()),
        "last": stats.dates.map(|(_, last)| last.to_string()),
        "fields": stats.facets.iter().map(field).collect::<Map<_, _>>(),
    })
}
