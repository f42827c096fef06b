//! JSON: an article or a list of articles, by the names of their fields (see [`crate::read::fields`]). Articles may be in
//! a list inside an object (`{"articles": […]}`), their fields in a nested object (`fields`, `_source`).

use serde_json::{Map, Value};

use super::format::RecordContext;
use super::json_metadata;
use super::json_values::strings;
use super::ninjs;
use crate::read::bounded_json;
use crate::read::draft::Draft;
use crate::read::fields::{ArticlePart, FieldMap, Fields, join};
use crate::read::limits::MAX_ARTICLES;

/// The depth to which lists of articles are searched for.
const MAX_DEPTH: usize = 5;

/// The articles of a JSON value.
pub(super) fn drafts(context: &RecordContext<'_>, text: &str) -> Vec<Draft> {
    let mut found = Vec::new();
    if let Ok(parsed) = bounded_json::parse(text.trim()) {
        collect(context.map, &parsed.value, 0, &mut found);
        if let Some(first) = found.first_mut() {
            first.values_left_out += u64::from(parsed.is_cut);
        }
    }
    found
}

fn collect(map: &FieldMap, value: &Value, depth: usize, found: &mut Vec<Draft>) {
    match value {
        _ if found.len() >= MAX_ARTICLES => {}
        Value::Array(items) if depth < MAX_DEPTH => {
            for item in items {
                collect(map, item, depth + 1, found);
            }
        }
        Value::Object(object) => {
            if ninjs::is_item(object) {
                found.extend(ninjs::draft(object));
                return;
            }
            let fields = fields(map, object);
            // A feed has a title and a description too; its list of objects takes precedence.
            match list(object).filter(|_| depth < MAX_DEPTH) {
                Some(inner) if !has_text(object) => {
                    let from = found.len();
                    collect(map, inner, depth + 1, found);
                    found[from..].iter_mut().for_each(|draft| inherit(draft, object));
                }
                _ if fields.has(ArticlePart::Body) || fields.has(ArticlePart::Title) => {
                    let draft = fields.draft();
                    if draft.has_any() {
                        found.push(draft);
                    }
                }
                _ => {}
            }
        }
        _ => {}
    }
}

/// Adds what the object around a list states for its items: language and rights; in a JSON Feed, writers too.
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

/// Whether the object has a text of its own, not only a description.
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

/// Nested objects that hold fields of the article.
pub(super) const NESTED: &[&str] =
    &["fields", "_source", "attributes", "metadata", "meta", "article", "thread", "_embedded"];

/// The fields of an object and of its nested objects.
fn fields(map: &FieldMap, object: &Map<String, Value>) -> Fields {
    /// A nested field ranks below all fields of the object.
    const PENALTY: u32 = 100;
    let mut fields = Fields::default();
    add(map, object, "", 0, &mut fields);
    for name in NESTED {
        if let Some(Value::Object(inner)) = object.get(*name) {
            add(map, inner, name, PENALTY, &mut fields);
        }
    }
    let text = (!fields.has(ArticlePart::Body)).then(|| unnamed_text(object)).flatten();
    json_metadata::add(map, object, text, &mut fields);
    if let Some(name) = text {
        fields.add_body(name, strings(&object[name]));
    }
    fields
}

fn add(map: &FieldMap, object: &Map<String, Value>, path: &str, penalty: u32, fields: &mut Fields) {
    for (name, value) in object {
        let whole = join(path, name);
        let path = if map.mapped(&whole).is_some() { &whole } else { name };
        if let Some((part, _)) = map.part(path) {
            let values = if part == ArticlePart::Body { paragraphs(value) } else { strings(value) };
            fields.add(map, path, values, penalty);
        }
    }
}

/// The field that holds a list of paragraphs, where no field has a usual name for the text.
fn unnamed_text(object: &Map<String, Value>) -> Option<&str> {
    /// Paragraphs are longer than tags, in bytes on average.
    const LONG: usize = 60;
    let is_text = |value: &Value| {
        let Value::Array(items) = value else { return false };
        let bytes: usize = items.iter().filter_map(Value::as_str).map(str::len).sum();
        items.len() > 1 && items.iter().all(Value::is_string) && bytes >= items.len() * LONG
    };
    object.iter().find(|(_, value)| is_text(value)).map(|(name, _)| name.as_str())
}

/// The paragraphs of a text; of typed blocks only those that hold text.
fn paragraphs(value: &Value) -> Vec<String> {
    const OTHER_TYPES: &[&str] = &[
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
                kind.is_none_or(|kind| !OTHER_TYPES.contains(&kind))
            })
            .flat_map(paragraphs)
            .collect(),
        Value::Object(object) => {
            let inner = ["content", "value", "text", "rendered", "html", "paragraphs", "body"];
            inner.iter().find_map(|name| object.get(*name)).map(paragraphs).unwrap_or_default()
        }
        _ => strings(value),
    }
}

#[cfg(test)]
mod tests {
    use crate::read;

    #[test]
    fn items_inherit_from_the_object_around_the_list() {
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
