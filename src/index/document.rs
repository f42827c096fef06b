//! An article as the documents of the index, and back: the article itself, and one document for each quotation.

use std::collections::BTreeSet;

use tantivy::TantivyDocument;
use tantivy::schema::{Field, Value};

use super::analyze::tagged;
use super::schema::{Fields, Kind, UNKNOWN, fields};
use crate::article::{Article, CountryCode, PartialDate};

/// The documents of `article`, whose file has the key `source`: itself, then its quotations.
pub fn documents(article: &Article, source: &str) -> Vec<TantivyDocument> {
    let f = fields();
    let shared = Shared::new(article);
    let mut documents = vec![article_document(article, source, &shared, f)];
    for (ordinal, quote) in article.quotes.iter().enumerate() {
        let mut d = base(Kind::Quote, source, article, &shared, f);
        d.add_u64(f.ordinal, ordinal as u64);
        d.add_text(f.said, tagged(quote.span.of(&article.body), article.language.as_deref()));
        d.add_f64(f.confidence, f64::from(quote.confidence));
        add(&mut d, f, "speaker", quote.speaker.as_deref());
        add(&mut d, f, "quote", [quote.kind.as_str()]);
        documents.push(d);
    }
    documents
}

/// The article that an article document holds.
pub fn article(document: &TantivyDocument) -> Option<Article> {
    let record = document.get_first(fields().record)?;
    postcard::from_bytes(record.as_bytes()?).ok()
}

/// A number for an article's id: the same in every index.
pub fn key(id: &str) -> u64 {
    let hash = blake3::hash(id.as_bytes());
    u64::from_le_bytes(hash.as_bytes().first_chunk().copied().unwrap_or_default())
}

fn article_document(
    article: &Article,
    source: &str,
    shared: &Shared<'_>,
    f: &Fields,
) -> TantivyDocument {
    let language = article.language.as_deref();
    let mut d = base(Kind::Article, source, article, shared, f);
    d.add_text(f.id, &article.id);
    if let Ok(record) = postcard::to_stdvec(article) {
        d.add_bytes(f.record, &record);
    }
    d.add_text(f.title, tagged(article.title.as_deref().unwrap_or_default(), language));
    d.add_text(f.body, tagged(&article.body, language));
    d.add_text(f.lead, tagged(lead(article), language));
    d.add_u64(f.words, super::analyze::words(&article.body).count() as u64);
    add(&mut d, f, "speaker", article.quotes.iter().filter_map(|q| q.speaker.as_deref()));
    add(&mut d, f, "quote", article.quotes.iter().map(|q| q.kind.as_str()));
    add(&mut d, f, "person", article.people.iter().map(|p| p.name.as_str()));
    add(&mut d, f, "role", article.people.iter().filter_map(|p| p.role.as_deref()));
    add(&mut d, f, "organisation", article.organisations.iter().map(|e| e.name.as_str()));
    add(&mut d, f, "place", article.places.iter().map(|e| e.name.as_str()));
    add(&mut d, f, "byline", article.byline.iter().map(|b| b.name.as_str()));
    add(&mut d, f, "keyword", article.keywords.iter().map(String::as_str));
    add(&mut d, f, "year", shared.year.as_deref());
    add(&mut d, f, "month", shared.month.as_deref());
    add(&mut d, f, "day", shared.day.as_deref());
    let places = article.dateline.iter().flat_map(|d| &d.places);
    add(&mut d, f, "city", places.map(|p| p.name.as_str()));
    add(&mut d, f, "section", article.section.as_deref());
    add(&mut d, f, "folder", shared.folders.iter().copied());
    add(&mut d, f, "has", parts(article));
    d
}

/// What an article and its quotations have in common.
struct Shared<'a> {
    key: u64,
    days: Option<(i64, i64)>,
    year: Option<String>,
    month: Option<String>,
    day: Option<String>,
    from: Vec<&'a str>,
    folders: Vec<&'a str>,
}

impl<'a> Shared<'a> {
    fn new(article: &'a Article) -> Self {
        let date = article.published.as_ref().map(|p| p.date);
        let places = article.dateline.iter().flat_map(|d| &d.places);
        let at = |year, month, day| PartialDate { year, month, day }.to_string();
        Self {
            key: key(&article.id),
            days: date.and_then(days),
            year: date.and_then(|d| d.year).map(|y| format!("{y:04}")),
            month: date.filter(|d| d.month.is_some()).map(|d| at(d.year, d.month, None)),
            day: date.filter(|d| d.day.is_some()).map(|d| at(d.year, d.month, d.day)),
            from: places.filter_map(|p| p.country.as_ref()).map(CountryCode::as_str).collect(),
            folders: article.path.match_indices('/').map(|(at, _)| &article.path[..at]).collect(),
        }
    }
}

/// What an article's document and those of its quotations both have.
fn base(
    kind: Kind,
    source: &str,
    article: &Article,
    shared: &Shared<'_>,
    f: &Fields,
) -> TantivyDocument {
    let mut d = TantivyDocument::default();
    d.add_u64(f.kind, kind as u64);
    d.add_text(f.source, source);
    d.add_u64(f.key, shared.key);
    if let Some((first, last)) = shared.days {
        d.add_i64(f.date, first);
        d.add_i64(f.date_end, last);
    }
    add(&mut d, f, "agency", article.agencies.iter().map(|a| a.name.as_str()));
    add(&mut d, f, "country", article.countries.iter().map(|c| c.code.as_str()));
    add(&mut d, f, "about", article.focus.as_ref().map(CountryCode::as_str));
    add(&mut d, f, "from", shared.from.iter().copied());
    add(&mut d, f, "license", [article.license.as_ref().map_or(UNKNOWN, |l| l.spdx.as_str())]);
    add(&mut d, f, "language", article.language.as_deref());
    d
}

/// Adds the values of a facet, none of them twice.
fn add<'a>(
    document: &mut TantivyDocument,
    fields: &Fields,
    facet: &str,
    values: impl IntoIterator<Item = &'a str>,
) {
    let Some(field) = fields.facet(facet) else { return };
    let distinct: BTreeSet<_> = values.into_iter().filter(|v| !v.is_empty()).collect();
    add_all(document, field, distinct);
}

fn add_all(document: &mut TantivyDocument, field: Field, values: BTreeSet<&str>) {
    for value in values {
        document.add_text(field, value);
    }
}

/// First and last day of a date as `YYYYMMDD`; `None` without a year.
pub fn days(date: PartialDate) -> Option<(i64, i64)> {
    let year = i64::from(date.year?);
    let number = |month: u8, day: u8| year * 10_000 + i64::from(month) * 100 + i64::from(day);
    Some(match (date.month, date.day) {
        (Some(month), Some(day)) => (number(month, day), number(month, day)),
        (Some(month), None) => (number(month, 1), number(month, 31)),
        _ => (number(1, 1), number(12, 31)),
    })
}

/// The first paragraph below the headline.
pub fn lead(article: &Article) -> &str {
    let from = article.title_span.map_or(0, |span| span.end as usize);
    let rest = article.body.get(from..).unwrap_or_default().trim_start();
    let rest = if rest.is_empty() { article.body.trim_start() } else { rest };
    rest.lines()
        .find(|line| line.len() > 60)
        .unwrap_or_else(|| rest.lines().next().unwrap_or_default())
}

fn parts(article: &Article) -> Vec<&'static str> {
    [
        ("title", article.title.is_some()),
        ("date", article.published.is_some()),
        ("dateline", article.dateline.is_some()),
        ("agency", !article.agencies.is_empty()),
        ("byline", !article.byline.is_empty()),
        ("people", !article.people.is_empty()),
        ("quotes", !article.quotes.is_empty()),
        ("country", !article.countries.is_empty()),
        ("license", article.license.is_some()),
    ]
    .into_iter()
    .filter_map(|(name, present)| present.then_some(name))
    .collect()
}
