//! A person of the archive: names, roles, countries, people named together with them, quotations.

use serde_json::{Value, json};

use super::export::{Cell, Column, Kind, Row, column, object};
use super::{Answer, warnings};
use crate::article::PartialDate;
use crate::query::{FacetValue, People, Request};

/// Columns of the rows.
static COLUMNS: [Column; 7] = [
    column("list", Kind::Text),
    column("value", Kind::Text),
    column("articles", Kind::Count),
    column("first", Kind::Text),
    column("last", Kind::Text),
    column("name", Kind::Text),
    column("id", Kind::Text),
];

/// The person of a name.
pub(crate) struct Person<'a> {
    /// The name that was asked for.
    pub(crate) name: &'a str,
    /// In which articles.
    pub(crate) request: &'a Request,
    /// What these say.
    pub(crate) found: &'a People,
}

impl Answer for Person<'_> {
    fn json(&self) -> Value {
        let found = self.found;
        let date = |date: Option<PartialDate>| date.map(|d| d.to_string());
        let values = |values: &[FacetValue]| -> Value {
            values.iter().map(|v| json!({ "value": v.value, "articles": v.count })).collect()
        };
        json!({
            "name": self.name,
            "query": self.request.query,
            "articles": found.articles,
            "quotations": found.quotations,
            "names": found.forms.iter().map(|f| json!({
                "value": f.name, "person": f.person, "articles": f.articles,
            })).collect::<Vec<_>>(),
            "roles": found.roles.iter().map(|r| json!({
                "value": r.role,
                "name": r.name,
                "articles": r.articles,
                "first": date(r.first),
                "last": date(r.last),
            })).collect::<Vec<_>>(),
            "countries": values(&found.countries),
            "named_with": values(&found.others),
            "latest": found.latest.iter().map(|said| json!({
                "speaker": said.speaker,
                "text": said.text,
                "kind": said.kind.as_str(),
                "published": date(said.published),
                "article": said.article,
            })).collect::<Vec<_>>(),
            "similar": values(&found.similar),
            "warnings": warnings(&found.warnings),
        })
    }

    fn columns(&self) -> Vec<Column> {
        COLUMNS.to_vec()
    }

    /// All lists one below the other.
    fn rows(&self) -> impl Iterator<Item = impl Row> {
        let found = self.found;
        let names = found.forms.iter().map(|form| Entry {
            name: Some(&form.person),
            ..Entry::new("name", &form.name, form.articles)
        });
        let roles = found.roles.iter().map(|span| Entry {
            first: span.first,
            last: span.last,
            name: Some(&span.name),
            ..Entry::new("role", &span.role, span.articles)
        });
        let latest = found.latest.iter().map(|said| Entry {
            first: said.published,
            last: said.published,
            name: Some(&said.speaker),
            id: Some(&said.article),
            ..Entry::new("quotation", &said.text, 1)
        });
        names
            .chain(roles)
            .chain(found.countries.iter().map(|v| Entry::new("country", &v.value, v.count)))
            .chain(found.others.iter().map(|v| Entry::new("named with", &v.value, v.count)))
            .chain(latest)
            .chain(found.similar.iter().map(|v| Entry::new("similar", &v.value, v.count)))
    }
}

/// An entry of one of the lists.
struct Entry<'a> {
    list: &'static str,
    value: &'a str,
    articles: u64,
    first: Option<PartialDate>,
    last: Option<PartialDate>,
    name: Option<&'a str>,
    id: Option<&'a str>,
}

impl<'a> Entry<'a> {
    fn new(list: &'static str, value: &'a str, articles: u64) -> Self {
        Self { list, value, articles, first: None, last: None, name: None, id: None }
    }
}

impl Row for Entry<'_> {
    /// Without what is not known.
    fn json(&self) -> Value {
        let mut object = object(&COLUMNS, self.cells());
        if let Some(object) = object.as_object_mut() {
            object.retain(|_, value| !value.is_null());
        }
        object
    }

    fn cells(&self) -> Vec<Cell> {
        vec![
            Cell::text(self.list),
            Cell::text(self.value),
            Cell::Count(self.articles),
            Cell::date(self.first),
            Cell::date(self.last),
            Cell::Text(self.name.map(str::to_owned)),
            Cell::Text(self.id.map(str::to_owned)),
        ]
    }
}
