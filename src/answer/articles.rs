//! Articles that were found: a page of them, articles like one, and their rows.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use serde_json::{Value, json};

use super::export::{Cell, Column, Kind, Row, column};
use super::{Answer, facets, one_line, warnings};
use crate::article::CountryCode;
use crate::article::json::{self, ArticleJson, Each};
use crate::query::{Fragment, Hit, Page, Request};

/// Columns of the rows.
pub(crate) static COLUMNS: [Column; 16] = [
    column("id", Kind::Text),
    column("published", Kind::Text),
    column("title", Kind::Text),
    column("agencies", Kind::Texts),
    column("byline", Kind::Texts),
    column("dateline", Kind::Texts),
    column("from", Kind::Texts),
    column("countries", Kind::Texts),
    column("about", Kind::Text),
    column("people", Kind::Texts),
    column("speakers", Kind::Texts),
    column("license", Kind::Text),
    column("language", Kind::Text),
    column("words", Kind::Count),
    column("url", Kind::Text),
    column("body", Kind::Body),
];

/// A page of articles as a JSON object, whose fields are in the order of their names.
pub(crate) struct PageJson<'a> {
    /// What was asked for.
    pub(crate) request: &'a Request,
    /// What was found.
    pub(crate) page: &'a Page,
}

impl Serialize for PageJson<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { request, page } = self;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("facets", &facets::counts(&page.facets))?;
        map.serialize_entry("hits", &Each::of(page.hits.iter().map(hit)))?;
        map.serialize_entry("offset", &request.offset)?;
        map.serialize_entry("query", &request.query)?;
        map.serialize_entry("total", &page.total)?;
        map.serialize_entry("warnings", &warnings(&page.warnings))?;
        map.end()
    }
}

/// A hit as a JSON object: the article as `extract` prints it, with score and snippets.
fn hit(hit: &Hit) -> ArticleJson<'_> {
    let text = |f: &Fragment| one_line(f.span.of(&hit.article.body));
    ArticleJson::found(&hit.article, hit.score, hit.fragments.iter().map(text).collect())
}

/// Articles like one.
pub(crate) struct Similar<'a> {
    /// Its id.
    pub(crate) id: &'a str,
    /// The articles, most similar first.
    pub(crate) hits: &'a [Hit],
}

impl Answer for Similar<'_> {
    fn json(&self) -> Value {
        json!({ "id": self.id, "hits": self.hits.iter().map(hit).collect::<Vec<_>>() })
    }

    fn columns(&self) -> Vec<Column> {
        COLUMNS.to_vec()
    }

    fn rows(&self) -> impl Iterator<Item = impl Row> {
        self.hits.iter().map(ArticleRow)
    }

    fn query(&self) -> Option<String> {
        Some(format!("similar {}", self.id))
    }
}

/// The article of a hit as a row.
pub(crate) struct ArticleRow<'a>(pub(crate) &'a Hit);

impl Row for ArticleRow<'_> {
    fn json(&self) -> Value {
        json::article(&self.0.article)
    }

    fn cells(&self) -> Vec<Cell> {
        let a = &self.0.article;
        let places = || a.dateline.iter().flat_map(|d| &d.places);
        let mut speakers: Vec<_> = a.quotes.iter().filter_map(|q| q.speaker.as_deref()).collect();
        speakers.sort_unstable();
        vec![
            Cell::text(&a.id),
            Cell::date(a.published.as_ref().map(|p| p.date)),
            Cell::Text(a.title.as_deref().map(one_line)),
            Cell::texts(a.agencies.iter().map(|x| x.name.as_str())),
            Cell::texts(a.byline.iter().map(|x| x.name.as_str())),
            Cell::texts(places().map(|p| p.name.as_str())),
            Cell::texts(places().filter_map(|p| p.country.as_ref()).map(CountryCode::as_str)),
            Cell::texts(a.countries.iter().map(|c| c.code.as_str())),
            Cell::Text(a.focus.map(|c| c.to_string())),
            Cell::texts(a.people.iter().map(|p| p.name.as_str())),
            Cell::texts(speakers),
            Cell::Text(a.license.as_ref().map(|l| l.spdx.clone())),
            Cell::Text(a.language.clone()),
            Cell::Count(a.body.split_whitespace().count() as u64),
            Cell::Text(a.url.clone()),
            Cell::text(&a.body),
        ]
    }
}
