//! PDF: one article a file, one a page of a newspaper, or the articles of a download of Nexis. What its metadata state counts
//! where it is found in the text, or can be nothing else: many programs write the name of a file as title, and that of whoever
//! sat before them as author.

use std::io::{self, Read, Seek, SeekFrom};

use serde::{Deserialize, Serialize};

use super::exports::{self, LineEnds};
use super::format::RecordContext;
use crate::pdf::process::{self, Failure, Input};
use crate::pdf::{Document, Options, Refusal, Text};
use crate::read::draft::Draft;
use crate::read::split::{Piece, PieceSink};
use crate::read::xml;
use crate::report::Reason;
use crate::text::folded_words;

/// A record: a text of a file, with what the metadata of the file state.
#[derive(Default, Serialize, Deserialize)]
struct Page {
    text: Text,
    lines: Option<String>,
    title: Option<String>,
    author: Option<String>,
    keywords: Option<String>,
    xmp: Option<String>,
    /// Whether it is the page of a newspaper.
    is_of_newspaper: bool,
}

/// Bytes from the end of a file among which its end is marked.
const END: u64 = 32 << 10;

/// Reads the document of a file.
pub(in crate::read) fn document(
    input: Input,
    has_stopped: &dyn Fn() -> bool,
) -> Result<Document, Reason> {
    let options = Options { is_download: exports::is_download, has_stopped };
    process::read(input, options).map_err(|failure| match failure {
        Failure::Refused(Refusal::Stopped) => Reason::Stopped,
        Failure::Refused(Refusal::NoTextLayer) => Reason::NoTextLayer { pages: None },
        Failure::Refused(Refusal::Broken) => {
            Reason::Damaged { at: 0, what: Refusal::Broken.to_string() }
        }
        Failure::Refused(Refusal::Encrypted) => Reason::Container(Refusal::Encrypted.to_string()),
        Failure::OverLimit(what) => Reason::OverLimit { what: what.to_owned(), inside: None },
        Failure::Unreadable(error) => Reason::Unreadable(error.to_string()),
    })
}

/// The answer to [`process::COMMAND`] for the file on `input`.
pub(crate) fn answer(input: &mut dyn io::Read) -> io::Result<Result<Document, Refusal>> {
    process::answer(input, exports::is_download)
}

/// The length of a file, and whether its end is marked.
pub(in crate::read) fn end_of(input: &Input) -> io::Result<(u64, bool)> {
    match input {
        Input::Bytes(bytes) => {
            Ok((bytes.len() as u64, has_end(&bytes[bytes.len().saturating_sub(END as usize)..])))
        }
        Input::File(file) => {
            let (mut file, mut last) = (file, Vec::new());
            let length = file.seek(SeekFrom::End(0))?;
            file.seek(SeekFrom::Start(length.saturating_sub(END)))?;
            file.take(END).read_to_end(&mut last)?;
            file.rewind()?;
            Ok((length, has_end(&last)))
        }
    }
}

fn has_end(last: &[u8]) -> bool {
    memchr::memmem::find(last, b"%%EOF").is_some()
        || memchr::memmem::find(last, b"startxref").is_some()
}

/// What of a document is not read: pages without text, or what is over a limit.
pub(in crate::read) fn left_out(document: &Document) -> Option<Reason> {
    if document.is_cut {
        let what = "it has more than 4,000 pages or 10 million characters".to_owned();
        return Some(Reason::OverLimit { what, inside: None });
    }
    let pages = Some((document.without_text, document.pages));
    // The back of a sheet may be blank.
    (document.without_text * 2 > document.pages).then_some(Reason::NoTextLayer { pages })
}

/// Passes the texts of a document to `sink`, as JSON.
pub(in crate::read) fn records(document: Document, sink: &mut PieceSink<'_>) -> io::Result<()> {
    let is_of_newspaper = document.is_newspaper && document.pages > 1;
    let texts = if document.lines.is_some() { vec![Text::default()] } else { document.texts };
    for text in texts {
        let page = Page {
            text,
            is_of_newspaper,
            lines: document.lines.clone(),
            title: document.title.clone(),
            author: document.author.clone(),
            keywords: document.keywords.clone(),
            xmp: document.xmp.clone(),
        };
        if sink(Piece::Record(serde_json::to_vec(&page)?, 0)).is_break() {
            break;
        }
    }
    Ok(())
}

/// The articles of a record.
pub(super) fn drafts(context: &RecordContext<'_>, text: &str) -> Vec<Draft> {
    let Ok(page) = serde_json::from_str::<Page>(text) else { return Vec::new() };
    match &page.lines {
        Some(lines) => exports::articles(lines, LineEnds::Wrapped),
        None => vec![draft(page, context.key)].into_iter().filter(Draft::has_any).collect(),
    }
}

fn draft(page: Page, key: &str) -> Draft {
    let Text { page: number, headline, body } = page.text;
    let whole = format!("{}\n\n{body}", headline.as_deref().unwrap_or_default());
    let mut draft = Draft::default();
    if page.is_of_newspaper {
        draft.id(&format!("page-{number}"));
    } else {
        let title = page.title.filter(|title| is_title(title, key, &whole, headline.as_deref()));
        draft.title("Title", title.as_deref().unwrap_or_default());
        let author = page.author.filter(|author| is_named(author, &whole));
        draft.byline("Author", author.as_deref().unwrap_or_default());
        draft.keywords(page.keywords.as_deref().unwrap_or_default());
    }
    publication(&mut draft, page.xmp.as_deref().unwrap_or_default());
    draft.title("headline", headline.as_deref().unwrap_or_default());
    let title = draft.article.title.clone().unwrap_or_default();
    // What else stands out, such as the name of the paper, is text.
    let rest = headline.filter(|headline| !same(headline, &title) && !is_named(headline, &title));
    let body = rest.map_or(body.clone(), |headline| format!("{headline}\n\n{body}"));
    draft.body(without_title(&body, &title));
    draft
}

/// Paragraphs among which the title may stand.
const TOP: usize = 12;

/// The text without its title, if that is one of its first paragraphs.
fn without_title(body: &str, title: &str) -> String {
    let is_title = |(at, paragraph): &(usize, &str)| *at < TOP && same(paragraph, title);
    let mut paragraphs: Vec<&str> = body.split("\n\n").collect();
    let found = paragraphs.iter().copied().enumerate().find(is_title);
    if let Some((at, _)) = found.filter(|_| paragraphs.len() > 1) {
        paragraphs.remove(at);
    }
    paragraphs.join("\n\n")
}

fn same(a: &str, b: &str) -> bool {
    let letters = |text: &str| -> String {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    letters(a) == letters(b)
}

/// Whether a text has these words.
fn is_named(words: &str, text: &str) -> bool {
    let bare = |text: &str| format!(" {} ", folded_words(text).join(" "));
    let words = bare(words);
    words.chars().filter(|c| c.is_alphabetic()).count() >= 4 && bare(text).contains(&words)
}

/// Whether a title in the metadata is one: no name of a file or of a program's window, and one of the first paragraphs, or more
/// of the headline than what stands out. Where nothing stands out, one that is not in the text counts if it has some words.
fn is_title(title: &str, key: &str, text: &str, headline: Option<&str>) -> bool {
    if names_file(title, key) {
        return false;
    }
    let is_paragraph = text.split("\n\n").take(TOP).any(|paragraph| same(paragraph, title));
    is_paragraph
        || match headline {
            Some(headline) => is_named(headline, title),
            None => title.split_whitespace().count() >= 3,
        }
}

/// Whether a title in the metadata is the name of a file, or what a program writes where there is none.
fn names_file(title: &str, key: &str) -> bool {
    const NAMELESS: &[&str] = &[
        "untitled",
        "unbenannt",
        "layout",
        "document",
        "dokument",
        "page",
        "microsoft",
        "powerpoint",
        "slide",
        "print",
        "pdf",
        "sans",
        "template",
    ];
    let has_ending = |word: &str| {
        word.rsplit_once('.').is_some_and(|(stem, ending)| {
            let is_short = (2..=5).contains(&ending.len());
            !stem.is_empty() && is_short && ending.bytes().all(|b| b.is_ascii_alphanumeric())
        })
    };
    let lower = title.trim().to_lowercase();
    let name = key.rsplit('/').next().unwrap_or(key);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let first = lower.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    lower.split_whitespace().last().is_none_or(has_ending)
        || lower.contains(['\\', '/', '_', '\u{fffd}'])
        || NAMELESS.contains(&first)
        || same(title, stem)
}

/// What the PRISM metadata of publishers state: day of publication, and publisher. When a file was made, or changed, is no day
/// of publication.
fn publication(draft: &mut Draft, xmp: &str) {
    let tree = xml::parse(xmp);
    for name in ["publicationDate", "coverDate", "publicationDisplayDate"] {
        if let Some(date) = tree.find(name) {
            draft.date(name, &date.line());
        }
    }
    if let Some(publisher) = tree.find("publicationName") {
        draft.publisher("publicationName", &publisher.line());
    }
}
