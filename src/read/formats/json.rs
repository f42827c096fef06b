//! JSON: an article, or a list of them, by the usual names of fields (see [`crate::read::fields`]). Articles may lie in a
//! list inside an object (`{"articles": […]}`), and their fields in an object inside (`fields`, `_source`).

use serde_json::{Map, Value};

use super::Source;
use crate::read::draft::Draft;
use crate::read::fields::{Fields, Part};

/// Lists of articles are looked for so deep.
const MAX_DEPTH: usize = 5;

/// The articles of one value of JSON.
pub(crate) fn drafts(source: &Source<'_>, text: &str) -> Vec<Draft> {
    let mut found = Vec::new();
    if let Ok(value) = serde_json::from_str::<Value>(text.trim()) {
        collect(source, &value, 0, &mut found);
    }
    found
}

fn collect(source: &Source<'_>, value: &Value, depth: usize, found: &mut Vec<Draft>) {
    match value {
        Value::Array(items) if depth < MAX_DEPTH => {
            for item in items {
                collect(source, item, depth + 1, found);
            }
        }
        Value::Object(object) => {
            if super::ninjs::is_item(object) {
                found.extend(super::ninjs::draft(object));
                return;
            }
            let fields = fields(source, object);
            // A feed has a title and a description, too: a list of objects inside is what counts.
            match list(object).filter(|_| depth < MAX_DEPTH) {
                Some(inner) if !has_text(object) => {
                    let from = found.len();
                    collect(source, inner, depth + 1, found);
                    found[from..].iter_mut().for_each(|draft| inherit(draft, object));
                }
                _ if fields.has(Part::Body) || fields.has(Part::Title) => {
                    let draft = fields.draft();
                    if draft.has_text() || draft.article.title.is_some() {
                        found.push(draft);
                    }
                }
                _ => {}
            }
        }
        _ => {}
    }
}

/// What the object around a list states for all that is in it: language and rights; in a JSON Feed, writers too.
fn inherit(draft: &mut Draft, outer: &Map<String, Value>) {
    let each = |draft: &mut Draft, names: &[&str], set: fn(&mut Draft, &str, &str)| {
        for name in names {
            for value in outer.get(*name).map(strings).unwrap_or_default() {
                set(draft, name, &value);
            }
        }
    };
    each(draft, &["language", "lang"], Draft::language);
    if draft.article.stated.rights.is_empty() {
        each(draft, &["copyright", "rights", "license"], Draft::rights);
    }
    let version = outer.get("version").and_then(Value::as_str).unwrap_or_default();
    if version.contains("jsonfeed.org") {
        each(draft, &["title"], Draft::publisher);
        if draft.article.stated.bylines.is_empty() {
            each(draft, &["authors", "author"], Draft::byline);
        }
    }
}

/// Does the object have a text of its own, longer than a description?
fn has_text(object: &Map<String, Value>) -> bool {
    const TEXTS: &[&str] =
        &["body", "text", "content", "articleBody", "maintext", "body_text", "article", "fulltext"];
    TEXTS.iter().any(|name| object.get(*name).is_some_and(Value::is_string))
}

/// The list of articles in an object.
fn list(object: &Map<String, Value>) -> Option<&Value> {
    const LISTS: &[&str] = &[
        "articles",
        "items",
        "item",
        "results",
        "docs",
        "documents",
        "entries",
        "stories",
        "posts",
        "news",
        "hits",
        "data",
        "response",
        "value",
        "records",
        "rows",
        "feed",
        "content_items",
    ];
    LISTS.iter().find_map(|name| {
        let inner = object.get(*name)?;
        let objects = |value: &Value| match value {
            Value::Array(items) => items.first().is_some_and(Value::is_object),
            Value::Object(_) => true,
            _ => false,
        };
        objects(inner).then_some(inner)
    })
}

/// Objects that hold fields of the article around them.
pub(crate) const INNER: &[&str] =
    &["fields", "_source", "attributes", "metadata", "meta", "article", "thread"];

/// The fields of an object and of those that hold fields in it.
fn fields(source: &Source<'_>, object: &Map<String, Value>) -> Fields {
    /// A field further in is a worse source than any further out.
    const PENALTY: u32 = 100;
    let mut fields = Fields::default();
    add(source, object, 0, &mut fields);
    for name in INNER {
        if let Some(Value::Object(inner)) = object.get(*name) {
            add(source, inner, PENALTY, &mut fields);
        }
    }
    fields
}

fn add(source: &Source<'_>, object: &Map<String, Value>, penalty: u32, fields: &mut Fields) {
    for (name, value) in object {
        let map = &source.options.map;
        if let Some((part, _)) = map.part(name) {
            let values = if part == Part::Body { texts(value) } else { strings(value) };
            fields.add(map, name, values, penalty);
        }
    }
}

/// What names an object that stands for a text or a name, the best first.
pub(crate) const NAMING: &[&str] = &[
    "by",
    "byline",
    "name",
    "value",
    "main",
    "original",
    "text",
    "rendered",
    "title",
    "display_name",
    "displayName",
    "full_name",
    "fullName",
    "content",
    "city",
    "#text",
    "_",
    "$t",
    "@value",
    "url",
    "code",
];

/// The strings that a value states: itself, its items, or what names an object.
pub(crate) fn strings(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![text.clone()],
        Value::Number(number) => vec![number.to_string()],
        Value::Array(items) => items.iter().flat_map(strings).collect(),
        Value::Object(object) => {
            let named = NAMING.iter().find_map(|name| {
                object.get(*name).filter(|value| value.is_string() || value.is_object())
            });
            named.map(strings).unwrap_or_default()
        }
        Value::Null | Value::Bool(_) => Vec::new(),
    }
}

/// The paragraphs that a value states; of typed blocks only those of text.
fn texts(value: &Value) -> Vec<String> {
    const NO_TEXT: &[&str] = &[
        "title",
        "kicker",
        "byline",
        "author_info",
        "date",
        "image",
        "video",
        "gallery",
        "tweet",
        "instagram_post",
        "youtube",
        "ad",
        "photo",
        "caption",
        "deck",
        "headline",
    ];
    match value {
        Value::Array(items) => items
            .iter()
            .filter(|item| {
                let kind = item.get("type").and_then(Value::as_str);
                kind.is_none_or(|kind| !NO_TEXT.contains(&kind))
            })
            .flat_map(texts)
            .collect(),
        Value::Object(object) => {
            let inner = ["content", "value", "text", "rendered", "html", "paragraphs", "body"];
            inner.iter().find_map(|name| object.get(*name)).map(texts).unwrap_or_default()
        }
        _ => strings(value),
    }
}

#[cfg(test)]
mod tests {
    use crate::read;

    #[test]
    fn what_stands_around_a_list_holds_for_all_in_it() {
        let feed = r#"{"version": "https://jsonfeed.org/version/1.1", "title": "Harbour Gazette", "language": "nb",
            "authors": [{"name": "Jane Doe"}], "items": [
            {"id": "2", "title": "River", "content_text": "The river rose.", "authors": [{"name": "John Roe"}]},
            {"id": "1", "content_html": "<p>It rained.</p>", "language": "en"}]}"#;
        let articles = read::parse(feed.as_bytes(), "feed.json").unwrap();
        let writers = |at: usize| articles[at].stated.bylines[0].text.as_str();
        assert_eq!((writers(0), writers(1)), ("John Roe", "Jane Doe"));
        let language = |at: usize| articles[at].language.as_deref();
        assert_eq!((language(0), language(1)), (Some("nb"), Some("en")));
        assert_eq!(articles[0].stated.publishers[0].text, "Harbour Gazette");
    }
}
