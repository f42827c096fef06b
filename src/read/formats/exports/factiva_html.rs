//! HTML of Factiva: tables of codes and values, or a header with fields in lines above the paragraphs.

use super::factiva_codes::CodedArticle;
use super::factiva_lines::has_by;
use super::{LineEnds, date_line, is_copyright};
use crate::read::draft::Draft;
use crate::read::{language, markup};

/// How the class of an article begins.
const CLASS: &str = "class=\"article";

/// Whether a page has articles of Factiva, whose class names begin with a language: `article enArticle`.
pub(super) fn is_page(html: &str) -> bool {
    memchr::memmem::find_iter(html.as_bytes(), CLASS).any(|at| {
        let name = html[at + CLASS.len()..].trim_start();
        name.get(..2).is_some_and(|code| code.bytes().all(|b| b.is_ascii_lowercase()))
            && name[2..].starts_with("Article")
    })
}

/// The articles of a page.
pub(super) fn drafts(html: &str) -> Vec<Draft> {
    let is_article = |part: &&str| part.contains("articleParagraph") || part.contains("Headline");
    let articles = parts(html).into_iter().filter(is_article);
    let drafts = articles.map(|part| coded(part).unwrap_or_else(|| with_header(part)));
    drafts.filter(Draft::has_any).collect()
}

/// The parts of a page that begin with an element of the class `article`.
fn parts(html: &str) -> Vec<&str> {
    let is_class = |at: &usize| html[at + CLASS.len()..].starts_with([' ', '"']);
    let starts: Vec<usize> = html.match_indices(CLASS).map(|(at, _)| at).filter(is_class).collect();
    let ends = starts.iter().skip(1).copied().chain([html.len()]);
    starts.iter().zip(ends).map(|(start, end)| &html[*start..end]).collect()
}

/// The article in a table of codes and values; `None` if there is no code.
fn coded(part: &str) -> Option<Draft> {
    let mut article = CodedArticle::default();
    for row in part.split("<tr").skip(1) {
        let (Some(name), value) = cells(row) else { continue };
        article.add_cell(markup::text(name).trim(), &markup::text(value.unwrap_or_default()));
    }
    (!article.is_empty()).then(|| article.draft(LineEnds::Deliberate))
}

/// The first cell of a row, and the cells behind it.
fn cells(row: &str) -> (Option<&str>, Option<&str>) {
    let mut cells = row.splitn(3, "<td").skip(1).map(|cell| {
        let content = cell.find('>').map_or("", |end| &cell[end + 1..]);
        content.find("</tr>").map_or(content, |end| &content[..end])
    });
    (cells.next(), cells.next())
}

/// The article below a header.
fn with_header(part: &str) -> Draft {
    let mut draft = Draft::default();
    let title = part.split_once("Headline").and_then(|(_, rest)| rest.split_once('>'));
    if let Some((_, title)) = title {
        draft.title("headline", &markup::text(title.split("</").next().unwrap_or_default()));
    }
    let mut paragraphs = part.split("articleParagraph");
    let head = markup::text(paragraphs.next().unwrap_or_default());
    head.lines().map(str::trim).for_each(|line| read_header_line(line, &mut draft));
    let paragraphs: Vec<String> = paragraphs
        .filter_map(|rest| rest.split_once('>'))
        .map(|(_, rest)| markup::text(rest.split("</p>").next().unwrap_or_default()))
        .filter(|text| !text.is_empty())
        .collect();
    draft.body(paragraphs.join("\n\n"));
    draft
}

/// Reads a line of the header.
fn read_header_line(line: &str, draft: &mut Draft) {
    /// A longer line, in bytes, is none of the fields that are read.
    const LONGEST: usize = 120;
    if line.len() > LONGEST {
    } else if has_by(line) {
        draft.byline("byline", line);
    } else if is_copyright(line) {
        draft.rights("copyright", line);
    } else if date_line(line).is_some() {
        draft.date("date", line);
    } else if let Some(code) = language::named(line) {
        draft.language("language", code);
    }
}
