//! Exports of MediaWiki, such as those of Wikinews: pages of the main namespace that are no redirects, in their latest
//! revision.

mod templates;
mod wikitext;

use super::format::RecordContext;
use crate::read::draft::Draft;
use crate::read::limits::{self, MAX_TEXT};
use crate::read::xml::{self, Element};

/// The article of a page.
pub(super) fn drafts(context: &RecordContext<'_>, text: &str) -> Vec<Draft> {
    let tree = xml::parse(text);
    tree.at("page").and_then(|page| draft(page, context)).into_iter().collect()
}

fn draft(page: &Element, context: &RecordContext<'_>) -> Option<Draft> {
    let line = |name: &str| page.at(name).map(Element::line).unwrap_or_default();
    if !matches!(line("ns").as_str(), "0" | "") || page.at("redirect").is_some() {
        return None;
    }
    let revision =
        page.all("revision").max_by_key(|revision| revision.at("timestamp").map(Element::line))?;
    let mut source = revision.at("text")?.raw();
    // Its text is cut further on: what is far behind that need not be parsed.
    limits::cut(&mut source, 2 * MAX_TEXT);
    let opening = source.trim_start().get(..9).unwrap_or_default();
    if opening.eq_ignore_ascii_case("#redirect") {
        return None;
    }
    let mut draft = Draft::default();
    draft.id(&line("id"));
    draft.title("title", &line("title"));
    let parsed = wikitext::parse(&source);
    for date in &parsed.dates {
        draft.date("{{date}}", date);
    }
    for place in &parsed.places {
        draft.located("{{byline}}", place);
    }
    parsed.categories.iter().for_each(|category| draft.keyword(category));
    let head = context.head.tree();
    if let Some(language) = head.find("mediawiki").and_then(|wiki| wiki.attribute("lang")) {
        draft.language("xml:lang", language);
    }
    if let Some(site) = head.find("sitename") {
        draft.publisher("sitename", &site.line());
    }
    let base = head.find("base").map(Element::line).unwrap_or_default();
    if let Some((root, _)) = base.rsplit_once('/') {
        draft.url(&format!("{root}/{}", line("title").replace(' ', "_")));
    }
    draft.body(parsed.text);
    draft.has_text().then_some(draft)
}
