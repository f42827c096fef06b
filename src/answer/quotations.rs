//! Quotations that were found: a page of them, and their rows.

use serde_json::{Value, json};

use super::export::{Cell, Column, Kind, Row, column};
use super::{one_line, warnings};
use crate::article::Quotation;
use crate::query::{Hit, Page, Request};

/// Columns of the rows.
pub(crate) static COLUMNS: [Column; 11] = [
    column("speaker", Kind::Text),
    column("person", Kind::Text),
    column("quotation", Kind::Text),
    column("kind", Kind::Text),
    column("cue", Kind::Text),
    column("confidence", Kind::Real(2)),
    column("published", Kind::Text),
    column("agencies", Kind::Texts),
    column("title", Kind::Text),
    column("license", Kind::Text),
    column("article", Kind::Text),
];

/// A page of quotations as a JSON object.
pub(crate) fn page(request: &Request, page: &Page) -> Value {
    json!({
        "query": request.query,
        "total": page.total,
        "offset": request.offset,
        "quotations": all(&page.hits),
        "warnings": warnings(&page.warnings),
    })
}

/// Quotations as a JSON list.
pub(super) fn all(hits: &[Hit]) -> Value {
    hits.iter().filter_map(QuotationRow::of).map(|row| row.json()).collect()
}

/// A quotation that was found.
pub(crate) struct QuotationRow<'a> {
    /// The article around it.
    pub(crate) hit: &'a Hit,
    /// The quotation.
    pub(crate) quotation: &'a Quotation,
}

impl<'a> QuotationRow<'a> {
    /// The quotation of a hit, if it is one.
    pub(crate) fn of(hit: &'a Hit) -> Option<Self> {
        Some(Self { hit, quotation: hit.article.quotes.get(hit.quote?)? })
    }

    /// Who says it: by the user's aliases, else by the text.
    fn person(&self) -> Option<&String> {
        self.hit.speaker.as_ref().or(self.quotation.speaker.as_ref())
    }

    fn text(&self) -> &str {
        self.quotation.span.of(&self.hit.article.body)
    }

    fn cue(&self) -> Option<&str> {
        self.quotation.cue.map(|cue| cue.of(&self.hit.article.body))
    }
}

impl Row for QuotationRow<'_> {
    fn json(&self) -> Value {
        let (quotation, article) = (self.quotation, &self.hit.article);
        json!({
            "speaker": quotation.speaker,
            "person": self.person(),
            "text": self.text(),
            "kind": quotation.kind.as_str(),
            "cue": self.cue(),
            "confidence": quotation.confidence,
            "article": article.id,
            "title": article.title,
            "published": article.published.as_ref().map(|p| p.date.to_string()),
            "agencies": article.agencies.iter().map(|a| &a.name).collect::<Vec<_>>(),
            "license": article.license.as_ref().map(|l| &l.spdx),
        })
    }

    fn cells(&self) -> Vec<Cell> {
        let (quotation, article) = (self.quotation, &self.hit.article);
        vec![
            Cell::Text(quotation.speaker.clone()),
            Cell::Text(self.person().cloned()),
            Cell::text(self.text()),
            Cell::text(quotation.kind.as_str()),
            Cell::Text(self.cue().map(str::to_owned)),
            Cell::Real(f64::from(quotation.confidence)),
            Cell::date(article.published.as_ref().map(|p| p.date)),
            Cell::texts(article.agencies.iter().map(|a| a.name.as_str())),
            Cell::Text(article.title.as_deref().map(one_line)),
            Cell::Text(article.license.as_ref().map(|l| l.spdx.clone())),
            Cell::text(&article.id),
        ]
    }
}
