//! HTML of Europresse, whose class names tell the parts of an article. Older pages have spans and line breaks; newer ones an
//! `article` element with `header`, `section` and `footer`.

use super::is_copyright;
use crate::read::draft::Draft;
use crate::read::markup;

/// The articles of a page.
pub(super) fn drafts(html: &str) -> Vec<Draft> {
    let parts = html.split("class=\"DocPublicationName").skip(1);
    parts.map(draft).filter(Draft::has_any).collect()
}

/// The article in a part of a page that begins behind the class of the paper's name.
fn draft(part: &str) -> Draft {
    let mut draft = Draft::default();
    draft.publisher("DocPublicationName", &content_of_span(part));
    read_headers(part, &mut draft);
    let mut rest = part.split_once("</span>").map_or(part, |(_, rest)| rest);
    if let Some((title, below)) = title(part) {
        draft.title("titreArticleVisu", &markup::text(title));
        rest = below;
        if let Some((writer, text)) = writer(rest) {
            draft.byline("writer", &writer);
            rest = text;
        }
    }
    read_text(rest, &mut draft);
    draft.language("site", "fr");
    draft
}

/// Reads section, date and page from the lines above the headline.
fn read_headers(part: &str, draft: &mut Draft) {
    let headers = part.split("class=\"DocHeader").skip(1);
    let headers: Vec<String> = headers.map(content_of_span).collect();
    draft.date("DocHeader", &headers.join(" "));
    for header in &headers {
        draft.date("DocHeader", header);
    }
}

/// The text of a `span` whose tag ends in `html`.
fn content_of_span(html: &str) -> String {
    let content = html.split_once('>').map_or("", |(_, content)| content);
    markup::text(content.split("</span>").next().unwrap_or_default())
}

/// The headline, and the HTML behind it.
fn title(part: &str) -> Option<(&str, &str)> {
    const CLASS: &str = "itreArticleVisu";
    let at = part.find(CLASS)? + CLASS.len();
    let name_at = part[..at].rfind('<')? + 1;
    let name = part[name_at..].split(|c: char| !c.is_ascii_alphanumeric()).next()?;
    let start = at + part[at..].find('>')? + 1;
    let end = start + end_of_element(&part[start..], name)?;
    Some((&part[start..end], &part[end..]))
}

/// Reads text and rights.
fn read_text(html: &str, draft: &mut Draft) {
    const ENDS: &[&str] = &["Numéro de document", "Document number", "<table", "<aside", "<footer"];
    let end = ENDS.iter().filter_map(|mark| html.find(mark)).min().unwrap_or(html.len());
    let text = markup::text(&html[..end]);
    let footer = html[end..].find("<footer").map(|at| &html[end + at..]);
    let footer = footer.map(|footer| &footer[..footer.find("</footer").unwrap_or(footer.len())]);
    let footer = footer.map(markup::text).unwrap_or_default();
    let (rights, body): (Vec<&str>, Vec<&str>) =
        text.split("\n\n").partition(|block| is_copyright(block));
    for line in rights.into_iter().chain(footer.lines().filter(|line| is_copyright(line))) {
        draft.rights("copyright", line);
    }
    draft.body(body.join("\n\n"));
}

/// The writer in a short line between the headline and the text, and the HTML behind it.
fn writer(html: &str) -> Option<(String, &str)> {
    const MAX_LEN: usize = 80;
    let text_at = ["class=\"DocText", "class=\"docOcurr", "<section", "<p>"];
    let text_at = text_at.iter().find_map(|mark| html.find(mark))?;
    let tag_at = html[..=text_at].rfind('<')?;
    let (above, text) = html.split_at(tag_at);
    let line = markup::text(above);
    let is_name = !line.is_empty() && line.len() <= MAX_LEN && !line.contains(['.', '\n', ':']);
    is_name.then_some((line, text))
}

/// The end of the content of an element, in which others of that name may nest.
fn end_of_element(html: &str, name: &str) -> Option<usize> {
    let (close, open) = (format!("</{name}>"), format!("<{name}"));
    let (mut at, mut depth) = (0, 0);
    loop {
        let end = at + html.get(at..)?.find(&close)?;
        depth += html[at..end].matches(&open).count();
        if depth == 0 {
            return Some(end);
        }
        depth -= 1;
        at = end + close.len();
    }
}
