//! The strings in a value of JSON, for all formats whose records are JSON.

use serde_json::{Map, Value};

use crate::read::fields::person_name;

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
    "$date",
    "$numberLong",
    "url",
    "code",
];

/// Those of [`NAMING`] that hold the whole name of a person.
const WHOLE_NAMES: &[&str] = &[
    "by",
    "byline",
    "name",
    "original",
    "text",
    "display_name",
    "displayName",
    "full_name",
    "fullName",
];

/// The strings of a value: itself, those of its items, or the name of an object. Given and family names, or the numbers of
/// a date, are put together.
pub(super) fn strings(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![text.clone()],
        Value::Number(number) => vec![number.to_string()],
        Value::Array(items) => items.iter().flat_map(strings).collect(),
        Value::Object(object) => {
            if let Some(whole) = person(object).or_else(|| date(object)) {
                return vec![whole];
            }
            let named = NAMING.iter().find_map(|name| {
                object.get(*name).filter(|value| value.is_string() || value.is_object())
            });
            named.map(strings).unwrap_or_default()
        }
        Value::Null | Value::Bool(_) => Vec::new(),
    }
}

/// The name of a person whose names are fields of their own: `{"given": "Ann", "family": "Poe"}`.
fn person(object: &Map<String, Value>) -> Option<String> {
    if WHOLE_NAMES.iter().any(|name| object.get(*name).is_some_and(Value::is_string)) {
        return None;
    }
    let text = |value: &Value| value.as_str().map(str::to_owned);
    person_name(object.iter().map(|(name, value)| (name.as_str(), text(value))))
}

/// The date of bibliographic exports (CSL-JSON): `{"date-parts": [[2019, 3, 1]]}`.
fn date(object: &Map<String, Value>) -> Option<String> {
    let first = object.get("date-parts")?.as_array()?.first()?.as_array()?;
    let parts = first.iter().take(3).map(|part| strings(part).concat());
    Some(parts.map(|part| format!("{part:0>2}")).collect::<Vec<_>>().join("-"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn objects_have_one_name() {
        for (json, expected) in [
            (r#"{"given": "Ann", "family": "Poe"}"#, "Ann Poe"),
            (r#"{"title": "Dr", "first_name": "Ann", "last_name": "Poe"}"#, "Ann Poe"),
            (r#"{"@type": "Person", "givenName": "Ann", "familyName": "Poe"}"#, "Ann Poe"),
            (r#"{"name": "A. Poe", "firstName": "Ann", "lastName": "Poe"}"#, "A. Poe"),
            (r#"{"name": {"first": "Ann", "last": "Poe"}}"#, "Ann Poe"),
            (r#"{"last": "Poe"}"#, "Poe"),
            (r#"{"date-parts": [[2019, 3, 1]]}"#, "2019-03-01"),
            (r#"{"date-parts": [["2019", "3"]]}"#, "2019-03"),
            (r#"{"$date": {"$numberLong": "1551398400000"}}"#, "1551398400000"),
            (r#"{"date-parts": []}"#, ""),
        ] {
            assert_eq!(strings(&serde_json::from_str(json).unwrap()).concat(), expected, "{json}");
        }
    }
}
