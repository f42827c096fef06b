//! SGML of the TREC collections and similar ones (AP, WSJ, FT, LA Times, AQUAINT, Gigaword). Element names and date
//! formats differ by paper.

use super::format::RecordContext;
use crate::read::draft::Draft;
use crate::read::limits::MAX_ARTICLES;
use crate::read::xml::{self, Element};
use crate::read::{markup, wrapped};

/// The article of a record.
pub(super) fn drafts(_: &RecordContext<'_>, text: &str) -> Vec<Draft> {
    let tree = xml::parse(text);
    tree.elements()
        .filter(|doc| doc.name.eq_ignore_ascii_case("DOC"))
        .map(draft)
        .filter(Draft::has_any)
        .take(MAX_ARTICLES)
        .collect()
}

fn draft(doc: &Element) -> Draft {
    let mut draft = Draft::default();
    let field = |names: &[&str]| {
        let found = names
            .iter()
            .find_map(|name| doc.find(name).or_else(|| doc.find(&name.to_ascii_lowercase())));
        found
            .map(|element| (element.name.clone(), element.line()))
            .filter(|(_, line)| !line.is_empty())
    };
    if let Some((_, number)) = field(&["DOCNO", "DOCID"]) {
        draft.id(&number);
    }
    if let Some(id) = doc.attribute("id") {
        draft.id(id);
    }
    if let Some((name, title)) = field(&["HEADLINE", "HL", "TITLE", "TTL", "HEAD", "TI", "H3"]) {
        draft.title(&name, &title);
    }
    if let Some((name, line)) = field(&["DATE", "DATE_TIME", "DD", "PUBDATE", "DATE1", "DP"]) {
        draft.date(&name, &with_century(&line));
    }
    if let Some(day) = draft.own_id.as_deref().and_then(day_of_number) {
        draft.date("DOCNO", &day);
    }
    if let Some((name, line)) = field(&["BYLINE", "AUTHOR"]) {
        draft.byline(&name, &line);
    }
    if let Some((name, line)) = field(&["DATELINE", "DL"]) {
        draft.dateline(&name, &line);
    }
    if let Some((name, line)) = field(&["SO", "PUB", "SOURCE"]) {
        draft.publisher(&name, &line);
    }
    if let Some((_, line)) = field(&["SECTION", "DOCTYPE"]) {
        draft.section(&line);
    }
    for word in doc.find_all("SUBJECT").chain(doc.find_all("IN")) {
        draft.keywords(&word.line());
    }
    draft.body(body(doc));
    draft
}

/// The lead paragraph and the text; without either, the body.
fn body(doc: &Element) -> String {
    const TEXTS: &[&str] = &["LP", "LEADPARA", "TEXT", "text", "BODY", "body"];
    let mut parts: Vec<String> = Vec::new();
    for name in TEXTS {
        let found = doc.outermost(name);
        if matches!(*name, "BODY" | "body") && !parts.is_empty() {
            break;
        }
        parts.extend(found.into_iter().map(text));
    }
    parts.retain(|part| !part.is_empty());
    parts.join("\n\n")
}

fn text(element: &Element) -> String {
    let blocks = element
        .elements()
        .any(|inner| markup::display(&inner.name.to_ascii_lowercase()) == markup::Display::Block);
    if blocks { element.paragraphs() } else { wrapped::paragraphs(&element.raw()) }
}

/// A date with its century: `910416`, as in the Financial Times, to `19910416`.
fn with_century(date: &str) -> String {
    let is_short = date.len() == 6 && date.bytes().all(|b| b.is_ascii_digit());
    if is_short { format!("19{date}") } else { date.to_owned() }
}

/// The date in a document number: `AP880212-0001`, `LA012990-0001`, `APW19980601.0001`, `AFP_ENG_20020101.0001`.
fn day_of_number(number: &str) -> Option<String> {
    let start = number.find(|c: char| c.is_ascii_digit())?;
    let digits: String = number[start..].chars().take_while(char::is_ascii_digit).collect();
    match (digits.len(), number.get(..start)?) {
        (8, _) => Some(digits),
        (6, "LA") => Some(format!("19{}{}", &digits[4..], &digits[..4])),
        (6, "AP" | "WSJ" | "SJMN91-") => Some(format!("19{digits}")),
        _ => None,
    }
}
