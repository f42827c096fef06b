//! Reuters-21578, Distribution 1.0: SGML with references to control characters (`&#2;`); topics and places are lists of
//! `D` elements.

use super::format::RecordContext;
use crate::article::TagKind;
use crate::read::draft::Draft;
use crate::read::limits::MAX_ARTICLES;
use crate::read::wrapped;
use crate::read::xml::{self, Element};

/// The article of a record.
pub(super) fn drafts(_: &RecordContext<'_>, text: &str) -> Vec<Draft> {
    let tree = xml::parse(text);
    let stories = tree.outermost("REUTERS").into_iter().map(draft).filter(Draft::has_any);
    stories.take(MAX_ARTICLES).collect()
}

fn draft(story: &Element) -> Draft {
    let mut draft = Draft::default();
    for name in ["NEWID", "OLDID"] {
        draft.id(story.attribute(name).unwrap_or_default());
    }
    let line = |name: &str| story.find(name).map(Element::line).unwrap_or_default();
    draft.title("TITLE", &line("TITLE"));
    draft.date("DATE", &line("DATE"));
    draft.byline("AUTHOR", &line("AUTHOR"));
    draft.language("distribution", "en");
    let kinds = [
        ("TOPICS", TagKind::Subject),
        ("PLACES", TagKind::Place),
        ("PEOPLE", TagKind::Person),
        ("ORGS", TagKind::Organisation),
        ("EXCHANGES", TagKind::Organisation),
        ("COMPANIES", TagKind::Organisation),
    ];
    for (name, kind) in kinds {
        for value in story.at(name).into_iter().flat_map(|list| list.all("D")) {
            draft.tag(kind, Some(&value.line()), None);
        }
    }
    draft.body(body(story));
    draft
}

/// The text, which opens with the dateline, an element of its own.
fn body(story: &Element) -> String {
    let Some(text) = story.at("TEXT") else { return String::new() };
    let dateline = text.at("DATELINE").map(Element::line).unwrap_or_default();
    let words = match text.at("BODY") {
        Some(body) => body.raw(),
        None => text.children.iter().fold(String::new(), |all, child| match child {
            xml::Node::Text(text) => all + text,
            xml::Node::Element(_) => all,
        }),
    };
    let words = words.trim_matches(|c: char| c.is_whitespace() || c == '*');
    let opening = if dateline.is_empty() { String::new() } else { format!("    {dateline} ") };
    wrapped::paragraphs(&format!("{opening}{words}"))
}
