//! The article as `extract` prints it: JSON with offsets in Unicode code points. Not the domain type: what others
//! parse changes only on purpose.

use std::cell::Cell;

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use serde_json::{Map, Value, json};

use crate::article::{
    Article, ContentDigest, Country, Dateline, Entity, License, MetadataValue, Origin, Person,
    Quotation, Span, Tag,
};

/// One article as a JSON object.
pub(crate) fn article(article: &Article) -> Value {
    serde_json::to_value(ArticleJson::of(article)).unwrap_or_default()
}

/// An article as a JSON object, whose fields are in the order of their names. One of many quotations is written without a tree of
/// values.
pub(crate) struct ArticleJson<'a> {
    article: &'a Article,
    /// Its score, and snippets of it.
    found: Option<(f32, Vec<String>)>,
}

impl<'a> ArticleJson<'a> {
    /// An article by itself.
    pub(crate) fn of(article: &'a Article) -> Self {
        Self { article, found: None }
    }

    /// An article that was found, with its score and snippets.
    pub(crate) fn found(article: &'a Article, score: f32, snippets: Vec<String>) -> Self {
        Self { article, found: Some((score, snippets)) }
    }
}

impl Serialize for ArticleJson<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (article, found) = (self.article, self.found.as_ref());
        let points = CodePoints::new(&article.body);
        let span = |s: Span| json!([points.at(s.start), points.at(s.end)]);
        let spans = |list: &[Span]| list.iter().map(|&s| span(s)).collect::<Vec<_>>();
        let entity = |e: &Entity| json!({ "name": e.name, "mentions": spans(&e.mentions) });
        let mut map = serializer.serialize_map(None)?;
        let agencies = article.agencies.iter().map(|agency| &agency.name);
        map.serialize_entry("agencies", &Each::of(agencies))?;
        map.serialize_entry("body", &article.body)?;
        map.serialize_entry("byline", &Each::of(article.byline.iter().map(|b| &b.name)))?;
        let country =
            |c: &Country| json!({ "code": c.code.to_string(), "mentions": c.mentions.len() });
        map.serialize_entry("countries", &Each::of(article.countries.iter().map(country)))?;
        map.serialize_entry(
            "dateline",
            &article.dateline.as_ref().map(|d| dateline(d, article, &points)),
        )?;
        map.serialize_entry("desk", &article.desk.map(|d| d.of(&article.body)))?;
        map.serialize_entry("digest", &ContentDigest::of(article).to_string())?;
        map.serialize_entry("focus", &article.focus.map(|c| c.to_string()))?;
        map.serialize_entry("id", &article.id)?;
        map.serialize_entry("keywords", &article.keywords)?;
        map.serialize_entry("language", &article.language)?;
        map.serialize_entry("license", &article.license.as_ref().map(|l| license(l, article)))?;
        map.serialize_entry("metadata", &metadata(article))?;
        map.serialize_entry("organisations", &Each::of(article.organisations.iter().map(entity)))?;
        map.serialize_entry("path", &article.path)?;
        let person = |p: &Person| {
            json!({
                "name": p.name, "role": p.role, "mentions": spans(&p.mentions),
            })
        };
        map.serialize_entry("people", &Each::of(article.people.iter().map(person)))?;
        map.serialize_entry("places", &Each::of(article.places.iter().map(entity)))?;
        let published = article.published.as_ref().map(|p| match &p.time {
            Some(time) => format!("{}T{time}", p.date),
            None => p.date.to_string(),
        });
        map.serialize_entry("published", &published)?;
        let quotation = |q: &Quotation| {
            json!({
                "speaker": q.speaker,
                "source": q.source.map(span),
                "cue": q.cue.map(|c| c.of(&article.body)),
                "span": span(q.span),
                "kind": q.kind.as_str(),
                "confidence": q.confidence,
            })
        };
        map.serialize_entry("quotes", &Each::of(article.quotes.iter().map(quotation)))?;
        map.serialize_entry("recognition", &json!(article.recognition))?;
        if let Some((score, _)) = found {
            map.serialize_entry("score", &json!(score))?;
        }
        map.serialize_entry("section", &article.section)?;
        if let Some((_, snippets)) = found {
            map.serialize_entry("snippets", snippets)?;
        }
        map.serialize_entry("status", &article.status)?;
        let tag = |t: &Tag| json!({ "kind": t.kind, "name": t.name, "code": t.code });
        map.serialize_entry("tags", &Each::of(article.tags.iter().map(tag)))?;
        map.serialize_entry("title", &article.title)?;
        map.serialize_entry("url", &article.url)?;
        map.end()
    }
}

/// A list whose items are made one after the other.
pub(crate) struct Each<I>(Cell<Option<I>>);

impl<I: Iterator<Item: Serialize>> Each<I> {
    /// Of these items; it can be written once.
    pub(crate) fn of(items: I) -> Self {
        Self(Cell::new(Some(items)))
    }
}

impl<I: Iterator<Item: Serialize>> Serialize for Each<I> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.take().into_iter().flatten())
    }
}

fn dateline(dateline: &Dateline, article: &Article, points: &CodePoints<'_>) -> Value {
    let Dateline { span, origin, places, date, agency: _ } = dateline;
    json!({
        "text": span.of(&article.body),
        "span": (!span.is_empty()).then(|| [points.at(span.start), points.at(span.end)]),
        "field": match origin { Origin::Field(name) => Some(name), _ => None },
        "places": places.iter().map(|p| json!({
            "name": p.name,
            "country": p.country.map(|c| c.to_string()),
            "geoname": p.geoname,
            "coordinates": p.coordinates,
        })).collect::<Vec<_>>(),
        "date": date.map(|date| date.to_string()),
    })
}

fn license(license: &License, article: &Article) -> Value {
    json!({
        "spdx": license.spdx,
        "text": match &license.origin {
            Origin::Text(span) => Some(span.of(&article.body)),
            Origin::Field(name) => Some(stated(article, name)),
            _ => None,
        },
        "holder": license.holder,
    })
}

/// The values of each other field of the file.
fn metadata(article: &Article) -> Map<String, Value> {
    let mut values = Map::new();
    for MetadataValue { name, value } in &article.metadata {
        if let Value::Array(list) = values.entry(name).or_insert_with(|| json!([])) {
            list.push(json!(value));
        }
    }
    values
}

/// What the field that states the terms says.
fn stated<'a>(article: &'a Article, field: &'a str) -> &'a str {
    let notes = article.stated.rights.iter().chain(&article.stated.holders);
    notes.into_iter().find(|note| note.field == field).map_or(field, |note| &note.text)
}

/// Spans of a text in code points.
pub(crate) fn spans(text: &str, spans: &[Span]) -> Vec<[u32; 2]> {
    let points = CodePoints::new(text);
    spans.iter().map(|s| [points.at(s.start), points.at(s.end)]).collect()
}

/// Byte offsets of a text to code points, in constant time for ASCII texts.
struct CodePoints<'a> {
    text: &'a str,
    ascii: bool,
    /// Code points before every 64th byte.
    marks: Vec<u32>,
}

impl<'a> CodePoints<'a> {
    fn new(text: &'a str) -> Self {
        let ascii = text.is_ascii();
        let mut marks = Vec::new();
        if !ascii {
            let mut count = 0;
            for (i, &byte) in text.as_bytes().iter().enumerate() {
                if i % 64 == 0 {
                    marks.push(count);
                }
                count += u32::from(!is_continuation(byte));
            }
            if text.len().is_multiple_of(64) {
                marks.push(count);
            }
        }
        Self { text, ascii, marks }
    }

    fn at(&self, byte: u32) -> u32 {
        if self.ascii {
            return byte;
        }
        let from = byte as usize / 64;
        let tail = &self.text.as_bytes()[from * 64..byte as usize];
        self.marks[from] + tail.iter().filter(|&&b| !is_continuation(b)).count() as u32
    }
}

fn is_continuation(byte: u8) -> bool {
    byte & 0xc0 == 0x80
}
