//! What the objects of JSON hold beside the parts of an article: fields that `--map` names at any depth, and all others under
//! their full path.

use serde_json::{Map, Value};

use super::json::NESTED;
use super::json_values::{NAMING, strings};
use crate::read::fields::{FieldMap, Fields, join};

/// Deeper fields are left out.
const MAX_DEPTH: usize = 8;

/// Adds the fields of the article `object` that its own names, and those of its usual nested objects, do not cover. `text` is
/// a field that holds its text though it has no usual name.
pub(super) fn add(
    map: &FieldMap,
    object: &Map<String, Value>,
    text: Option<&str>,
    fields: &mut Fields,
) {
    for (name, value) in object.iter().filter(|(name, _)| text != Some(name.as_str())) {
        match value {
            Value::Object(inner) if NESTED.contains(&name.as_str()) => {
                for (below, value) in inner {
                    add_field(map, &join(name, below), below, value, fields);
                }
            }
            _ => add_field(map, name, name, value, fields),
        }
    }
}

/// Adds what the field `name` at `path` holds beside a part of the article.
fn add_field(map: &FieldMap, path: &str, name: &str, value: &Value, fields: &mut Fields) {
    if map.mapped(path).is_some() {
        return;
    }
    match (map.part(name), value) {
        (None, _) => add_below(map, path, value, 0, fields),
        // The name of the object is the value of the part; the rest says more of it.
        (Some(_), Value::Object(inner)) => {
            let others = inner.iter().filter(|(name, _)| !NAMING.contains(&name.as_str()));
            others.for_each(|(name, value)| add_below(map, &join(path, name), value, 1, fields));
        }
        (Some(_), _) => {}
    }
}

/// Adds the leaves of `value` under their paths.
fn add_below(map: &FieldMap, path: &str, value: &Value, depth: usize, fields: &mut Fields) {
    if depth > 0 && map.mapped(path).is_some() {
        fields.add(map, path, strings(value), 0);
        return;
    }
    match value {
        Value::Object(inner) if depth < MAX_DEPTH => {
            for (name, value) in inner {
                add_below(map, &join(path, name), value, depth + 1, fields);
            }
        }
        Value::Array(items) if depth < MAX_DEPTH => {
            for item in items {
                add_below(map, path, item, depth + 1, fields);
            }
        }
        Value::String(text) => fields.add_other(path, text),
        Value::Number(number) => fields.add_other(path, &number.to_string()),
        Value::Bool(is) => fields.add_other(path, if *is { "true" } else { "false" }),
        Value::Null | Value::Object(_) | Value::Array(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Article;
    use crate::read;

    fn article(json: &str, map: &[&str]) -> Article {
        let map = FieldMap::parse(&map.iter().map(|&pair| pair.to_owned()).collect::<Vec<_>>());
        let options = read::Options { map: map.unwrap(), ..read::Options::default() };
        let mut articles = read::parse_as(json.as_bytes(), "a.json", &options).unwrap();
        articles.remove(0)
    }

    fn metadata(article: &Article) -> Vec<String> {
        article.metadata.iter().map(|m| format!("{}={}", m.name, m.value)).collect()
    }

    #[test]
    fn other_fields_are_kept_under_their_path() {
        let json = r#"{"title": "Dam", "text": "It opened.", "votes": 7, "isLive": true, "empty": null,
            "member": {"name": "Ida Holm", "party": "R", "terms": [{"state": "NV"}, {"state": "UT"}]},
            "author": {"name": "Jane Doe", "desk": "Water"}, "fields": {"wordcount": "12", "body": "no"}}"#;
        let article = article(json, &[]);
        let mut found = metadata(&article);
        found.sort();
        let expected = [
            "author.desk=Water",
            "fields.wordcount=12",
            "islive=true",
            "member.name=Ida Holm",
            "member.party=R",
            "member.terms.state=NV",
            "member.terms.state=UT",
            "votes=7",
        ];
        assert_eq!(found, expected);
        assert_eq!(article.stated.bylines[0].text, "Jane Doe");
    }

    #[test]
    fn nested_fields_are_mapped() {
        let json = r#"{"title": "Dam", "text": "It opened.", "member": {"name": "Ida Holm", "party": "R"}}"#;
        let article = article(json, &["byline=member.name"]);
        assert_eq!(article.stated.bylines[0].text, "Ida Holm");
        assert_eq!(metadata(&article), ["member.party=R"]);
    }

    #[test]
    fn a_list_of_paragraphs_is_a_text_by_any_name() {
        let paragraph =
            "The dam was opened on Monday, and the water reached the lower fields by noon. ";
        for name in ["body-paragraphs", "alineas"] {
            let json = format!(
                r#"{{"title": "Dam", "{name}": ["{paragraph}", "{paragraph}"], "tags": ["dam", "water"]}}"#
            );
            let article = article(&json, &[]);
            assert_eq!(article.body, format!("{0}\n\n{0}", paragraph.trim()), "{name}");
            assert!(article.metadata.is_empty(), "{name}: {:?}", article.metadata);
        }
    }
}
