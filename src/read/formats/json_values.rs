//! The strings in a value of JSON, for all formats whose records are JSON.

use serde_json::Value;

/// The fields that hold the text or name of an object, in order of preference.
pub(super) const NAMING: &[&str] = &[
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

/// The strings of a value: itself, those of its items, or the name of an object.
pub(super) fn strings(value: &Value) -> Vec<String> {
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
