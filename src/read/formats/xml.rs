//! XML without a reader of its own, by the names of its elements (see [`crate::read::fields`]): exports of content
//! management systems, RCV1.

use super::format::RecordContext;
use crate::read::draft::Draft;
use crate::read::fields::{ArticlePart, FieldMap, Fields, join, person_name};
use crate::read::xml::{self, Element};

/// The depth to which articles are searched for.
const MAX_DEPTH: usize = 6;

/// The articles of a document: the elements with a text and a headline, else those with a text and a date.
pub(super) fn drafts(context: &RecordContext<'_>, text: &str) -> Vec<Draft> {
    let (map, tree) = (context.map, xml::parse(text));
    let mut found = Vec::new();
    // A news flash has no headline; its date distinguishes it from other documents.
    for required in [ArticlePart::Title, ArticlePart::Date] {
        if found.is_empty() {
            collect(map, &tree, required, 0, &mut found);
        }
    }
    found
}

/// Adds the articles of elements that have a text and the part `required`.
fn collect(
    map: &FieldMap,
    element: &Element,
    required: ArticlePart,
    depth: usize,
    found: &mut Vec<Draft>,
) {
    let mut fields = Fields::default();
    add_fields(map, element, "", 0, &mut fields);
    if fields.has(ArticlePart::Body) && fields.has(required) {
        let draft = fields.draft();
        if draft.has_text() {
            found.push(draft);
            return;
        }
    }
    if depth < MAX_DEPTH {
        element.elements().for_each(|inner| collect(map, inner, required, depth + 1, found));
    }
}

/// Elements that only group others.
const GROUPING: &[&str] = &[
    "head",
    "header",
    "metadata",
    "meta",
    "body",
    "content",
    "front",
    "info",
    "contributor",
    // TEI
    "teiheader",
    "filedesc",
    "titlestmt",
    "publicationstmt",
    "availability",
];

/// Grouping elements nest this deep at most.
const MAX_GROUPS: u32 = 4;

/// Adds the fields in the child elements, and in those of grouping elements. `path` leads to `element`.
fn add_fields(map: &FieldMap, element: &Element, path: &str, depth: u32, fields: &mut Fields) {
    for (name, value) in element.attributes.iter().filter(|_| depth == 0) {
        fields.add(map, name, vec![value.clone()], 50);
    }
    for inner in element.elements() {
        let below = join(path, &inner.name);
        if map.mapped(&below).is_some() {
            fields.add(map, &below, vec![inner.line()], 0);
            continue;
        }
        let values = match map.part(&inner.name) {
            Some((ArticlePart::Body, _)) => vec![inner.content()],
            Some((part, _)) => values(map, inner, part),
            None => {
                let is_grouping = GROUPING.contains(&inner.name.to_ascii_lowercase().as_str());
                if is_grouping && depth < MAX_GROUPS {
                    add_fields(map, inner, &below, depth + 1, fields);
                } else {
                    add_others(map, inner, &below, 0, fields);
                }
                continue;
            }
        };
        fields.add(map, &inner.name, values, depth * 10);
    }
    // `<text><title/><p/><p/></text>`: the paragraphs are siblings of the headline.
    if depth == 0 && !fields.has(ArticlePart::Body) && element.all("p").next().is_some() {
        let paragraphs: Vec<String> = element.all("p").map(Element::line).collect();
        fields.add(map, "text", vec![paragraphs.join("\n\n")], 0);
    }
}

/// Adds what an element without a usual name holds: its attributes, and its text or the elements in it.
fn add_others(map: &FieldMap, element: &Element, path: &str, depth: usize, fields: &mut Fields) {
    /// Paragraphs belong to the text of an article that was not recognised.
    const TEXT: &[&str] = &["p", "br", "title", "div", "span", "b", "i", "em", "strong", "a"];
    if map.mapped(path).is_some() {
        fields.add(map, path, vec![element.line()], 0);
        return;
    }
    for (name, value) in &element.attributes {
        fields.add_other(&format!("{path}.@{name}"), value);
    }
    let mut inner =
        element.elements().filter(|inner| !TEXT.contains(&inner.name.as_str())).peekable();
    if inner.peek().is_none() {
        fields.add_other(path, &element.line());
    } else if depth < MAX_DEPTH {
        inner.for_each(|inner| {
            add_others(map, inner, &join(path, &inner.name), depth + 1, fields);
        });
    }
}

/// The values of a field: its text, or those of a list (`<authors><author/><author/></authors>`).
fn values(map: &FieldMap, field: &Element, part: ArticlePart) -> Vec<String> {
    let is_item = |item: &Element| map.part(&item.name).is_some_and(|(own, _)| own == part);
    if field.elements().next().is_some() && field.elements().all(is_item) {
        field.elements().map(Element::line).collect()
    } else {
        // `<publisher><name/><address/></publisher>`
        let name = field.at("name").or_else(|| field.at("label"));
        vec![person(field).unwrap_or_else(|| line_or_attribute(name.unwrap_or(field)))]
    }
}

/// The name of a person whose names are elements of their own.
fn person(field: &Element) -> Option<String> {
    let value = |inner: &Element| Some(inner.line()).filter(|value| !value.is_empty());
    person_name(field.elements().map(|inner| (inner.name.as_str(), value(inner))))
}

/// The text of an element, or the attribute that holds its value in place of it: `<date when="2019-03-01"/>`.
fn line_or_attribute(field: &Element) -> String {
    const VALUES: &[&str] = &["when", "value", "content", "norm", "target", "href"];
    let line = field.line();
    if !line.is_empty() {
        return line;
    }
    VALUES.iter().find_map(|name| field.attribute(name)).unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use crate::read;

    #[test]
    fn a_flash_needs_no_headline() {
        let xml = "<Flash><NewsID>7</NewsID><PublishDateTime>2021-02-27T10:42:33</PublishDateTime><headline/>\
                   <publisher><name>Harbour Press</name><address>Quay 1</address></publisher>\
                   <content>&lt;p&gt;The river rose.&lt;/p&gt;</content></Flash>";
        let article = &read::parse(xml.as_bytes(), "flash.xml").unwrap()[0];
        assert_eq!(article.body, "The river rose.");
        assert_eq!(article.stated.publishers[0].text, "Harbour Press");
        assert_eq!(article.published.as_ref().unwrap().date.to_string(), "2021-02-27");
        let undated = "<config><name/><content>The river rose.</content></config>";
        assert!(read::parse(undated.as_bytes(), "a.xml").is_err());
    }

    #[test]
    fn other_elements_are_kept_under_their_path() {
        let xml = "<item><title>Dam</title><text>It opened.</text>\
            <meta><member id='7'><party>R</party><state>NV</state></member></meta><votes>12</votes></item>";
        let article = &read::parse(xml.as_bytes(), "a.xml").unwrap()[0];
        let found: Vec<_> =
            article.metadata.iter().map(|m| format!("{}={}", m.name, m.value)).collect();
        let expected =
            ["meta.member.@id=7", "meta.member.party=R", "meta.member.state=NV", "votes=12"];
        assert_eq!(found, expected);
    }

    #[test]
    fn names_in_parts_and_values_in_attributes_are_read() {
        let tei = "<TEI><teiHeader><fileDesc><titleStmt><title>River rises</title><author><forename>Jane</forename>\
            <surname>Doe</surname></author></titleStmt><publicationStmt><date when='2019-03-01'/><availability>\
            <licence target='https://creativecommons.org/licenses/by/4.0/'/></availability></publicationStmt></fileDesc>\
            </teiHeader><text><body><p>The river rose.</p></body></text></TEI>";
        let article = &read::parse(tei.as_bytes(), "a.xml").unwrap()[0];
        assert_eq!(article.title.as_deref(), Some("River rises"));
        assert_eq!(article.body, "The river rose.");
        assert_eq!(article.published.as_ref().unwrap().date.to_string(), "2019-03-01");
        assert_eq!(article.stated.bylines[0].text, "Jane Doe");
        assert_eq!(article.stated.rights[0].text, "https://creativecommons.org/licenses/by/4.0/");
    }

    #[test]
    fn lists_and_bare_paragraphs_are_read() {
        let xml = "<text><title>River rises</title><authors><author>Jane Doe</author><author>John Roe</author></authors>\
            <p>The river rose.</p><p>It fell.</p></text>";
        let articles = read::parse(xml.as_bytes(), "a.xml").unwrap();
        assert_eq!(articles[0].body, "The river rose.\n\nIt fell.");
        let writers: Vec<_> =
            articles[0].stated.bylines.iter().map(|note| note.text.as_str()).collect();
        assert_eq!(writers, ["Jane Doe", "John Roe"]);
    }
}
