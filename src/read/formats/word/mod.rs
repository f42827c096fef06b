//! Documents of word processors: DOCX and RTF. A document is a download of a news database, or one article: a press release,
//! a manuscript.

mod composer;
mod docx;
mod rtf;
mod rtf_tokens;
mod rtf_words;

use super::exports::{self, LineEnds};
use super::format::RecordContext;
use super::text;
use crate::article::Span;
use crate::calendar::stated;
use crate::read::draft::Draft;
use crate::read::fields::OtherFields;
use rtf_tokens::{Token, Tokens};

/// A document as it is printed, with the properties that its file states.
#[derive(Debug, Default)]
struct Document {
    paragraphs: Vec<Paragraph>,
    /// The title among its properties, which is often that of a template or the name of a file.
    title: Option<String>,
    /// The author among its properties, who is often whoever has typed it.
    author: Option<String>,
    /// When it was made, which is often the day of its template.
    created: Option<String>,
    keywords: Option<String>,
}

/// A paragraph with text, or a row of a table.
#[derive(Debug)]
struct Paragraph {
    text: String,
    role: Role,
}

/// What the style of a paragraph says of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Role {
    /// The title of the document.
    Title,
    /// A heading of the highest level.
    Heading,
    #[default]
    Text,
}

/// The articles of a document of Word.
pub(super) fn docx_drafts(_: &RecordContext<'_>, bytes: &[u8]) -> Vec<Draft> {
    drafts(&docx::document(bytes))
}

/// The articles of an RTF document.
pub(super) fn rtf_drafts(_: &RecordContext<'_>, bytes: &[u8]) -> Vec<Draft> {
    drafts(&rtf::document(bytes))
}

/// Whether an RTF document ends within a group.
pub(in crate::read) fn has_open_group(bytes: &[u8]) -> bool {
    let mut depth = 0usize;
    for token in Tokens::new(bytes) {
        match token {
            Token::Open => depth += 1,
            Token::Close => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    depth > 0
}

fn drafts(document: &Document) -> Vec<Draft> {
    let mut text = String::new();
    for paragraph in &document.paragraphs {
        text.push_str(if text.is_empty() { "" } else { "\n\n" });
        text.push_str(&paragraph.text);
    }
    if exports::is_download(&text) {
        return exports::articles(&text, LineEnds::Deliberate);
    }
    let draft = article(text, document);
    if draft.has_any() { vec![draft] } else { Vec::new() }
}

/// The article that a document is.
fn article(text: String, document: &Document) -> Draft {
    let title = title(document);
    let mut draft = text::draft(text);
    if let Some((title, field)) = title {
        let place = draft.article.body.find(title);
        draft.article.title_span = place.map(|at| Span::new(at, at + title.len()));
        draft.article.title = Some(title.to_owned());
        draft.article.title_field = draft.article.title_span.is_none().then(|| field.to_owned());
    }
    if let Some(keywords) = &document.keywords {
        draft.keywords(keywords);
    }
    keep_properties(document, &mut draft);
    draft
}

/// Keeps the properties that are neither a writer nor a date of publication: they state who made the file, and when.
fn keep_properties(document: &Document, draft: &mut Draft) {
    let mut others = OtherFields::default();
    let properties =
        [("document.author", &document.author), ("document.created", &document.created)];
    for (name, value) in properties {
        others.add(name, value.as_deref().unwrap_or_default());
    }
    others.move_into(draft);
}

/// The headline of a document, and what states it: a paragraph in the style of titles, or of headings near the top; else the
/// title among its properties, if the text has it near the top; else the first line that is no label.
fn title(document: &Document) -> Option<(&str, &'static str)> {
    /// Paragraphs in which a headline stands.
    const TOP: usize = 10;
    /// Bytes of the longest headline.
    const LONGEST: usize = 300;
    let top = &document.paragraphs[..document.paragraphs.len().min(TOP)];
    let lines = || {
        let lines = top.iter().filter(|one| !is_label(&one.text) && one.text.len() <= LONGEST);
        lines.filter(|one| !one.text.contains('\t'))
    };
    let of_role = |role: Role| lines().find(|one| one.role == role).map(|one| one.text.as_str());
    if let Some(title) = of_role(Role::Title).or_else(|| of_role(Role::Heading)) {
        return Some((title, "style"));
    }
    let stated = document.title.as_deref().map(str::trim).filter(|title| !title.is_empty());
    let is_stated = |one: &&Paragraph| {
        stated.is_some_and(|title| one.text.to_lowercase() == title.to_lowercase())
    };
    if let Some(title) = lines().find(is_stated) {
        return Some((&title.text, "title"));
    }
    // A letterhead stands above `PRESS RELEASE`.
    let below = top.iter().rposition(|one| names_kind(&one.text)).map_or(0, |at| at + 1);
    let first = top[below..].iter().find(|one| !is_label(&one.text))?;
    let is_headline = first.text.len() <= LONGEST && !first.text.ends_with(['.', '”', '"', ':']);
    is_headline.then_some((first.text.as_str(), "first line"))
}

/// Whether a line is no headline: it says what the document is, when it was written, or how its writer is reached.
fn is_label(line: &str) -> bool {
    const NAMES: &[&str] = &[
        "date:", "datum:", "contact:", "kontakt:", "to:", "from:", "tel.", "tel:", "www.", "http",
    ];
    let lower = line.trim().to_lowercase();
    let is_field = NAMES.iter().any(|name| lower.starts_with(name));
    names_kind(line) || is_field || exports::is_date(line) || !line.contains(char::is_alphabetic)
}

/// Whether a line says what the document is, or when it may be published: `PRESS RELEASE`, `For immediate release – 3 March
/// 2021`. A headline may follow that on its line: `Press release: Ferry sails again`.
fn names_kind(line: &str) -> bool {
    const KINDS: &[&str] = &[
        "press release",
        "news release",
        "media release",
        "press statement",
        "media statement",
        "for immediate release",
        "for release",
        "embargo:",
        "embargoed",
        "pressemitteilung",
        "presseinformation",
        "presseerklärung",
        "medienmitteilung",
        "sperrfrist:",
        "communiqué de presse",
        "communique de presse",
        "persbericht",
        "comunicato stampa",
        "nota de prensa",
        "comunicado de prensa",
        "comunicado de imprensa",
        "nota à imprensa",
        "pressmeddelande",
        "pressemeddelelse",
        "pressemelding",
        "lehdistötiedote",
        "komunikat prasowy",
        "пресс-релиз",
    ];
    const LONGEST: usize = 80;
    /// Most words behind the kind that are no headline: a number, a place.
    const MOST_WORDS: usize = 2;
    let lower = line.trim().to_lowercase();
    let rest = KINDS.iter().find_map(|kind| lower.strip_prefix(kind));
    let is_alone =
        |rest: &str| rest.split_whitespace().count() <= MOST_WORDS || stated::day(rest).is_some();
    line.len() <= LONGEST && rest.is_some_and(is_alone)
}

#[cfg(test)]
mod tests;
