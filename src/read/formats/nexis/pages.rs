//! HTML of Europresse and Factiva.

use super::text::is_copyright;
use crate::read::draft::Draft;
use crate::read::markup;

/// The articles in HTML of Europresse, whose class names tell their parts.
pub(super) fn europresse(html: &str) -> Vec<Draft> {
    let parts = html.split("class=\"DocPublicationName\"").skip(1);
    parts
        .map(|part| {
            let mut draft = Draft::default();
            let inside = |class: &str, from: &str| {
                let start = from.find(&format!("class=\"{class}\""))?;
                let start = start + from[start..].find('>')? + 1;
                Some((start, start + span_end(&from[start..])?))
            };
            let name_end = part.find("</span>").unwrap_or(0);
            draft.publisher(
                "DocPublicationName",
                &markup::text(part.get(1..name_end).unwrap_or_default()),
            );
            let headers: Vec<String> = part
                .split("class=\"DocHeader\">")
                .skip(1)
                .filter_map(|header| header.split("</span>").next())
                .map(markup::text)
                .collect();
            draft.date("DocHeader", &headers.join(" "));
            for header in &headers {
                draft.date("DocHeader", header);
            }
            let mut rest = part;
            if let Some((start, end)) = inside("TitreArticleVisu", part) {
                draft.title("TitreArticleVisu", &markup::text(&part[start..end]));
                rest = &part[end..];
                if let Some((writer, text)) = writer(rest) {
                    draft.byline("writer", &writer);
                    rest = text;
                }
            }
            let end = ["Numéro de document", "Document number", "<table"]
                .iter()
                .filter_map(|mark| rest.find(mark))
                .min();
            let text = markup::text(&rest[..end.unwrap_or(rest.len())]);
            let (rights, body): (Vec<&str>, Vec<&str>) =
                text.split("\n\n").partition(|block| is_copyright(block));
            for line in rights {
                draft.rights("copyright", line);
            }
            draft.language("site", "fr");
            draft.body(body.join("\n\n"));
            draft
        })
        .filter(Draft::has_any)
        .collect()
}

/// The writer in a short line between the headline and the first paragraph, and the HTML after it.
fn writer(html: &str) -> Option<(String, &str)> {
    const MAX_LEN: usize = 60;
    let (above, text) = html.split_at(html.find("<p>")?);
    let line = markup::text(above);
    let is_name = !line.is_empty() && line.len() <= MAX_LEN && !line.contains(['.', '\n', ':']);
    is_name.then_some((line, text))
}

/// The end of a `span` element, which may nest.
fn span_end(html: &str) -> Option<usize> {
    let (mut at, mut depth) = (0, 0);
    loop {
        let close = at + html.get(at..)?.find("</span>")?;
        depth += html[at..close].matches("<span").count();
        if depth == 0 {
            return Some(close);
        }
        depth -= 1;
        at = close + 7;
    }
}

/// The articles in HTML of Factiva: a header with fields in lines, then paragraphs.
pub(super) fn factiva(html: &str) -> Vec<Draft> {
    let parts = html
        .split("class=\"article")
        .skip(1)
        .filter(|part| part.contains("articleParagraph") || part.contains("nHeadline"));
    parts
        .map(|part| {
            let mut draft = Draft::default();
            let after = |mark: &str| {
                part.split_once(mark)
                    .and_then(|(_, rest)| rest.split_once('>'))
                    .map(|(_, rest)| rest)
            };
            if let Some(title) = after("nHeadline") {
                draft.title(
                    "headline",
                    &markup::text(title.split("</span>").next().unwrap_or_default()),
                );
            }
            let paragraphs: Vec<String> = part
                .split("articleParagraph")
                .skip(1)
                .filter_map(|rest| rest.split_once('>'))
                .map(|(_, rest)| markup::text(rest.split("</p>").next().unwrap_or_default()))
                .collect();
            let head = part.split("articleParagraph").next().unwrap_or_default();
            for line in markup::text(head).lines().filter(|line| line.len() < 120) {
                let line = line.trim();
                if let Some(names) = line.strip_prefix("By ") {
                    draft.byline("byline", names);
                } else if is_copyright(line) || line.starts_with('©') {
                    draft.rights("copyright", line);
                } else if line.len() < 40
                    && !line.contains(" words")
                    && line.split_whitespace().count() == 3
                {
                    draft.date("date", line);
                }
                draft.language("language", line);
            }
            draft.body(paragraphs.join("\n\n"));
            draft
        })
        .filter(Draft::has_any)
        .collect()
}
