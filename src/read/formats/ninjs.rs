//! ninjs 1 to 3 (IPTC), the media JSON of AP and the digitalwires JSON of dpa: one family of formats with the same field
//! names in lower case, camel case or snake case, singular or plural.

use serde_json::{Map, Value};

use super::json_values::strings;
use super::nitf;
use crate::article::TagKind;
use crate::read::draft::Draft;
use crate::read::{markup, xml};

/// Whether the object is an item of one of these formats.
pub(super) fn is_item(object: &Map<String, Value>) -> bool {
    let has = |name: &str| get(object, name).is_some();
    let created = has("versioncreated") || has("firstcreated");
    let wrapped =
        object.get("data").is_some_and(|data| data.get("item").is_some_and(Value::is_object));
    wrapped
        || (has("format") && has("articlehtml"))
        || (created && (has("uri") || has("guid") || has("urn") || has("altids")))
        || (has("uri") && (has("bodies") || has("bodyxhtml") || has("headlines")))
        || (has("pubstatus") && has("versioncreated"))
}

/// The value of a field, whatever the case and punctuation of its name.
fn get<'a>(object: &'a Map<String, Value>, name: &str) -> Option<&'a Value> {
    let same = |key: &str| {
        let mut key = key.chars().filter(|c| c.is_alphanumeric()).map(|c| c.to_ascii_lowercase());
        name.chars().all(|c| key.next() == Some(c)) && key.next().is_none()
    };
    object
        .get(name)
        .or_else(|| object.iter().find(|(key, _)| same(key)).map(|(_, value)| value))
        .filter(|v| !v.is_null())
}

/// The article of an item; `None` for pictures and other items without text.
pub(super) fn draft(object: &Map<String, Value>) -> Option<Draft> {
    if let Some(Value::Object(item)) = object.get("data").and_then(|data| data.get("item")) {
        let mut draft = draft(item)?;
        if let Some(Value::Object(beside)) = object.get("nitf") {
            let text = body(beside);
            if text.len() > draft.article.body.len() {
                draft.article.body = text;
            }
        }
        return Some(draft);
    }
    let kind = get(object, "type").and_then(Value::as_str).unwrap_or("text");
    if matches!(
        kind,
        "picture"
            | "photo"
            | "graphic"
            | "video"
            | "audio"
            | "package"
            | "planning"
            | "event"
            | "image"
    ) {
        return None;
    }
    let mut draft = Draft::default();
    item_id(object, &mut draft);
    let mut each = |names: &[&str], set: &mut dyn FnMut(&mut Draft, &str, &str)| {
        for name in names {
            for value in get(object, name).map(strings).unwrap_or_default() {
                set(&mut draft, name, &value);
            }
        }
    };
    for list in ["headlines", "headline"] {
        if let Some(title) = main_of(get(object, list)) {
            each(&[list], &mut |draft, name, _| draft.title(name, &markup::plain(&title)));
        }
    }
    each(&["headline", "title", "name"], &mut |draft, name, value| {
        draft.title(name, &markup::plain(value));
    });
    each(&["altids", "uri", "guid", "urn"], &mut |draft, _, value| draft.id(value));
    each(&["version"], &mut |draft, _, value| draft.version = value.parse().unwrap_or(0));
    each(
        &["datepublished", "versioncreated", "firstcreated", "contentcreated", "updated"],
        &mut |draft, name, value| draft.date(name, value),
    );
    each(&["by", "byline"], &mut |draft, name, value| draft.byline(name, value));
    each(&["dateline"], &mut |draft, name, value| draft.dateline(name, value));
    each(&["datelinelocation", "located"], &mut |draft, name, value| draft.located(name, value));
    each(
        &["creditline", "provider", "source", "infosources", "infosource"],
        &mut |draft, name, value| draft.credit(name, value),
    );
    each(&["copyrightnotice", "usageterms"], &mut |draft, name, value| draft.rights(name, value));
    each(&["copyrightholder"], &mut |draft, name, value| draft.holder(name, value));
    each(&["language"], &mut |draft, name, value| draft.language(name, value));
    each(&["url", "link"], &mut |draft, _, value| draft.url(value));
    each(&["keywords", "keywordnames", "slugline", "slug"], &mut |draft, _, value| {
        draft.keyword(value);
    });
    each(&["section", "currentrubricnames", "rubricnames"], &mut |draft, _, value| {
        draft.section(value);
    });
    each(&["pubstatus"], &mut |draft, _, value| draft.status(value));
    each(&["embargoed", "embargo"], &mut |draft, _, value| draft.embargo(value));
    // The longer list has photographers too.
    if draft.article.stated.bylines.is_empty() {
        let values = get(object, "bylines").map(strings).unwrap_or_default();
        for value in values {
            draft.byline("bylines", &value);
        }
    }
    if let Some(provider) = draft.own_id.as_deref().and_then(provider_of) {
        draft.credit("urn", &provider);
    }
    tags(object, &mut draft);
    draft.body(body(object));
    draft.has_any_or_withdraws().then_some(draft)
}

/// Sets the item's globally unique id. AP's URIs contain access tokens; its `itemid` does not.
fn item_id(object: &Map<String, Value>, draft: &mut Draft) {
    let of_ap = get(object, "altids").and_then(|ids| get(ids.as_object()?, "itemid")?.as_str());
    if let Some(id) = of_ap {
        draft.item_id(&format!("ap:{id}"));
    }
    for uri in ["uri", "guid", "urn"].iter().filter_map(|name| get(object, name)?.as_str()) {
        draft.item_uri(uri);
    }
}

/// The provider that a NewsML URN names: `urn:newsml:dpa.com:20090101:…`.
fn provider_of(urn: &str) -> Option<String> {
    let provider = urn.strip_prefix("urn:newsml:")?.split(':').next()?;
    provider.contains('.').then(|| provider.to_owned())
}

/// The value with the role `main`, else the first. Early drafts of the standard call the role `name`.
fn main_of(list: Option<&Value>) -> Option<String> {
    let items = list?.as_array()?;
    let is_main = |item: &&Value| {
        ["role", "name"].iter().any(|key| item.get(key).and_then(Value::as_str) == Some("main"))
    };
    let main = items.iter().find(is_main);
    main.or(items.first())?.get("value")?.as_str().map(str::to_owned)
}

/// The text: with markup, which has paragraphs, unless it is much shorter than another; else the longest.
fn body(object: &Map<String, Value>) -> String {
    const FIELDS: &[&str] = &[
        "bodyxhtml",
        "bodyhtml5",
        "bodyhtml",
        "articlehtml",
        "bodynitf",
        "bodytext",
        "bodies",
        "body",
        "text",
    ];
    let mut found: Vec<(bool, String)> = Vec::new();
    for name in FIELDS {
        let Some(field) = get(object, name) else { continue };
        for value in values(field).unwrap_or_else(|| strings(field)) {
            found.push((markup::is_marked_up(&value), markup_text(&value)));
        }
    }
    let longest = found.iter().map(|(_, text)| text.len()).max().unwrap_or(0);
    let is_whole = |text: &String| text.len() * 5 >= longest * 4 && !text.is_empty();
    let marked = found.iter().find(|(marked, text)| *marked && is_whole(text));
    let best = marked.or_else(|| found.iter().find(|(_, text)| is_whole(text)));
    if let Some((_, text)) = best {
        text.clone()
    } else {
        let notes = ["descriptiontext", "descriptions", "description", "teaser"];
        let note = notes.iter().filter_map(|name| get(object, name)).flat_map(strings).next();
        note.map(|note| markup::text_or_lines(&note)).unwrap_or_default()
    }
}

/// The values of a list such as `[{"role": "main", "value": "…"}]`, if it is one.
fn values(list: &Value) -> Option<Vec<String>> {
    let value = |item: &Value| item.get("value")?.as_str().map(str::to_owned);
    list.as_array()?.iter().map(value).collect()
}

fn markup_text(value: &str) -> String {
    if value.contains("<nitf") || value.contains("body.content") {
        nitf_text(value)
    } else {
        markup::text_or_lines(value)
    }
}

fn nitf_text(text: &str) -> String {
    nitf::body(&xml::parse(text))
}

fn tags(object: &Map<String, Value>, draft: &mut Draft) {
    const LISTS: &[(&str, TagKind)] = &[
        ("subject", TagKind::Subject),
        ("subjects", TagKind::Subject),
        ("dpasubjectnames", TagKind::Subject),
        ("categories", TagKind::Subject),
        ("person", TagKind::Person),
        ("people", TagKind::Person),
        ("organisation", TagKind::Organisation),
        ("organisations", TagKind::Organisation),
        ("company", TagKind::Organisation),
        ("place", TagKind::Place),
        ("places", TagKind::Place),
        ("geosubjectnames", TagKind::Place),
    ];
    for (name, kind) in LISTS {
        for item in get(object, name).and_then(Value::as_array).into_iter().flatten() {
            let text = |key: &str| item.get(key).and_then(Value::as_str);
            let name = text("name").or(item.as_str());
            let code = text("code").or(text("qcode")).or(text("uri")).or(text("literal"));
            draft.tag(*kind, name, code);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::read;

    #[test]
    fn values_have_a_role_or_a_name() {
        let item = r#"{"uri": "urn:x:1", "versioncreated": "2021-02-27T10:00:00Z",
            "headline": [{"name": "sub", "value": "Slowly"}, {"name": "main", "value": "River rises"}],
            "body": [{"name": "xhtml", "value": "<p>The river rose.</p>"}]}"#;
        let article = &read::parse(item.as_bytes(), "a.json").unwrap()[0];
        assert_eq!(article.title.as_deref(), Some("River rises"));
        assert_eq!(article.body, "The river rose.");
    }
}
