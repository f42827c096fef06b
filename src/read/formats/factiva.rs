//! Factiva XML: one `article` element a record.

use super::format::RecordContext;
use crate::article::TagKind;
use crate::read::draft::Draft;
use crate::read::wrapped;
use crate::read::xml::{self, Element};

/// The article of a record of Factiva.
pub(super) fn drafts(_: &RecordContext<'_>, text: &str) -> Vec<Draft> {
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

/// The text of a part: its `paragraph` elements, else its lines.
fn paragraphs(part: &Element) -> String {
    let inner: Vec<String> =
        part.all("paragraph").map(Element::line).filter(|line| !line.is_empty()).collect();
    if inner.is_empty() { wrapped::paragraphs(&part.raw()) } else { inner.join("\n\n") }
}
