//! The article as `extract` prints it: JSON with offsets in Unicode code points. Not the domain type: what others
//! parse changes only on purpose.

use serde_json::{Map, Value, json};

use crate::article::{Article, ContentDigest, MetadataValue, Origin, Span};

/// One article as a JSON object.
pub(crate) fn article(article: &Article) -> Value {
    let points = CodePoints::new(&article.body);
    let span = |s: Span| json!([points.at(s.start), points.at(s.end)]);
    let spans = |list: &[Span]| list.iter().map(|&s| span(s)).collect::<Vec<_>>();
    json!({
        "id": article.id,
        "digest": ContentDigest::of(article).to_string(),
        "path": article.path,
        "title": article.title,
        "body": article.body,
        "url": article.url,
        "published": article.published.as_ref().map(|p| match &p.time {
            Some(time) => format!("{}T{time}", p.date),
            None => p.date.to_string(),
        }),
        "language": article.language,
        "dateline": article.dateline.as_ref().map(|d| json!({
            "text": d.span.of(&article.body),
            "span": (!d.span.is_empty()).then(|| span(d.span)),
            "field": match &d.origin { Origin::Field(name) => Some(name), _ => None },
            "places": d.places.iter().map(|p| json!({
                "name": p.name,
                "country": p.country.map(|c| c.to_string()),
                "geoname": p.geoname,
                "coordinates": p.coordinates,
            })).collect::<Vec<_>>(),
            "date": d.date.map(|d| d.to_string()),
        })),
        "agencies": article.agencies.iter().map(|a| &a.name).collect::<Vec<_>>(),
        "byline": article.byline.iter().map(|b| &b.name).collect::<Vec<_>>(),
        "desk": article.desk.map(|d| d.of(&article.body)),
        "people": article.people.iter().map(|p| json!({
            "name": p.name, "role": p.role, "mentions": spans(&p.mentions),
        })).collect::<Vec<_>>(),
        "organisations": article.organisations.iter().map(|e| json!({
            "name": e.name, "mentions": spans(&e.mentions),
        })).collect::<Vec<_>>(),
        "places": article.places.iter().map(|e| json!({
            "name": e.name, "mentions": spans(&e.mentions),
        })).collect::<Vec<_>>(),
        "quotes": article.quotes.iter().map(|q| json!({
            "speaker": q.speaker,
            "source": q.source.map(span),
            "cue": q.cue.map(|c| c.of(&article.body)),
            "span": span(q.span),
            "kind": q.kind.as_str(),
            "confidence": q.confidence,
        })).collect::<Vec<_>>(),
        "countries": article.countries.iter().map(|c| json!({
            "code": c.code.to_string(), "mentions": c.mentions.len(),
        })).collect::<Vec<_>>(),
        "focus": article.focus.map(|c| c.to_string()),
        "license": article.license.as_ref().map(|l| json!({
            "spdx": l.spdx,
            "text": match &l.origin {
                Origin::Text(s) => Some(s.of(&article.body)),
                Origin::Field(name) => Some(stated(article, name)),
                _ => None,
            },
            "holder": l.holder,
        })),
        "keywords": article.keywords,
        "section": article.section,
        "tags": article.tags.iter().map(|t| json!({
            "kind": t.kind, "name": t.name, "code": t.code,
        })).collect::<Vec<_>>(),
        "recognition": article.recognition,
        "status": article.status,
        "metadata": metadata(article),
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
