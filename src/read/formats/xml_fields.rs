//! XML of other kinds, by elements of usual names (see [`crate::read::fields`]): exports of content systems, RCV1, Factiva.

use super::Source;
use crate::article::TagKind;
use crate::read::draft::Draft;
use crate::read::fields::{Fields, Part};
use crate::read::wrapped;
use crate::read::xml::{self, Element};

/// Articles are looked for so deep.
const DEPTH: usize = 6;

/// The articles of a document: its elements that have a headline and a text, else those with a text and a date.
pub(crate) fn drafts(source: &Source<'_>, text: &str) -> Vec<Draft> {
    let tree = xml::parse(text);
    let mut found = Vec::new();
    // A news flash has no headline; its date tells it from other documents.
    for beside in [Part::Title, Part::Date] {
        if found.is_empty() {
            collect(source, &tree, beside, 0, &mut found);
        }
    }
    found
}

/// The elements that state a text and, beside it, another part.
fn collect(
    source: &Source<'_>,
    element: &Element,
    beside: Part,
    depth: usize,
    found: &mut Vec<Draft>,
) {
    let mut fields = Fields::default();
    fields_of(source, element, 0, &mut fields);
    if fields.has(Part::Body) && fields.has(beside) {
        let draft = fields.draft();
        if draft.has_text() {
            found.push(draft);
            return;
        }
    }
    if depth < DEPTH {
        element.elements().for_each(|inner| collect(source, inner, beside, depth + 1, found));
    }
}

/// The fields that the elements directly inside state; of grouping elements, what is inside those.
fn fields_of(source: &Source<'_>, element: &Element, depth: u32, fields: &mut Fields) {
    let map = &source.options.map;
    for (name, value) in element.attributes.iter().filter(|_| depth == 0) {
        fields.add(map, name, vec![value.clone()], 50);
    }
    for inner in element.elements() {
        let values = match map.part(&inner.name) {
            Some((Part::Body, _)) => vec![inner.content()],
            Some((part, _)) => values(source, inner, part),
            None => {
                let grouping = matches!(
                    inner.name.to_ascii_lowercase().as_str(),
                    "head"
                        | "header"
                        | "metadata"
                        | "meta"
                        | "body"
                        | "content"
                        | "front"
                        | "info"
                        | "contributor"
                );
                if grouping && depth < 2 {
                    fields_of(source, inner, depth + 1, fields);
                }
                continue;
            }
        };
        fields.add(map, &inner.name, values, depth * 10);
    }
    // `<text><title/><p/><p/></text>`: the paragraphs stand beside the headline.
    if depth == 0 && !fields.has(Part::Body) && element.all("p").next().is_some() {
        let paragraphs: Vec<String> = element.all("p").map(Element::line).collect();
        fields.add(map, "text", vec![paragraphs.join("\n\n")], 0);
    }
}

/// The values of a field: its text, or the items of a list (`<authors><author/><author/></authors>`).
fn values(source: &Source<'_>, field: &Element, part: Part) -> Vec<String> {
    let is_item =
        |item: &Element| source.options.map.part(&item.name).is_some_and(|(own, _)| own == part);
    if field.elements().next().is_some() && field.elements().all(is_item) {
        field.elements().map(Element::line).collect()
    } else {
        // `<publisher><name/><address/></publisher>`
        let name = field.at("name").or_else(|| field.at("label"));
        vec![name.unwrap_or(field).line()]
    }
}

/// The article of a record of Factiva.
pub(crate) fn factiva(_: &Source<'_>, text: &str) -> Vec<Draft> {
    let tree = xml::parse(text);
    let Some(article) = tree.at("article") else { return Vec::new() };
    let mut draft = Draft::default();
    let line = |name: &str| article.find(name).map(Element::line).unwrap_or_default();
    draft.id(&line("accessionNo"));
    draft.title("headline", &line("headline"));
    draft.language("baseLanguage", &line("baseLanguage"));
    draft.rights("copyright", &line("copyright"));
    draft.byline("byline", &line("byline"));
    draft.byline("author", &line("author"));
    draft.credit("credit", &line("credit"));
    draft.publisher("sourceName", &line("sourceName"));
    draft.section(&line("sectionName"));
    if let Some(date) = article.find("publicationDate") {
        draft.date("publicationDate", &date.line());
    }
    let kinds = [
        ("company", TagKind::Organisation),
        ("region", TagKind::Place),
        ("newsSubject", TagKind::Subject),
        ("industry", TagKind::Subject),
        ("person", TagKind::Person),
    ];
    for (name, kind) in kinds {
        for tag in article.find_all(name) {
            draft.tag(kind, tag.at("name").map(Element::line).as_deref(), tag.attribute("code"));
        }
    }
    let parts = ["leadParagraph", "tailParagraphs", "tailParagraph", "corrections"];
    let parts = parts.iter().flat_map(|name| article.all(name)).map(paragraphs);
    draft.body(parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n\n"));
    vec![draft].into_iter().filter(Draft::has_any).collect()
}

/// `paragraph` elements, or lines.
fn paragraphs(part: &Element) -> String {
    let inner: Vec<String> =
        part.all("paragraph").map(Element::line).filter(|line| !line.is_empty()).collect();
    if inner.is_empty() { wrapped::paragraphs(&part.raw()) } else { inner.join("\n\n") }
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
