//! Downloads of news databases: Nexis, Nexis Uni, Factiva and Europresse. [`articles`] reads their text from whatever carried
//! it: a text file, HTML, Word, RTF or PDF. Carriers keep the order of lines and, where they know them, paragraphs: an empty
//! line stands between two.

mod europresse;
mod factiva_codes;
mod factiva_html;
mod factiva_lines;
mod nexis;
mod nexis_articles;
mod nexis_fields;
mod nexis_uni;

use super::format::RecordContext;
use crate::calendar::date::{self, Years};
use crate::calendar::month_names;
use crate::calendar::stated::{self, Stated};
use crate::read::draft::Draft;
use crate::read::{markup, wrapped};

/// Whether a text, or the beginning of one, is a download.
pub(in crate::read) fn is_download(text: &str) -> bool {
    nexis_articles::is_download(text)
        || factiva_codes::is_download(text)
        || factiva_lines::is_download(text)
}

/// What the ends of lines are in the text of a carrier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::read) enum LineEnds {
    /// The text is set in lines of a width: those of a paragraph are joined.
    Wrapped,
    /// Only deliberate breaks end lines.
    Deliberate,
}

/// The articles in the text of a download; none if it is not one.
pub(in crate::read) fn articles(text: &str, line_ends: LineEnds) -> Vec<Draft> {
    let lines: Vec<&str> = text.lines().filter(|line| !is_page_number(line)).collect();
    if factiva_codes::is_download(text) {
        factiva_codes::drafts(&lines, line_ends)
    } else if factiva_lines::is_download(text) {
        factiva_lines::drafts(&lines, line_ends)
    } else if nexis_articles::is_download(text) {
        nexis_articles::drafts(&lines, line_ends)
    } else {
        Vec::new()
    }
}

/// Whether a page is a download of Europresse or Factiva.
pub(in crate::read) fn is_page(html: &str) -> bool {
    let europresse = memchr::memmem::find(html.as_bytes(), b"class=\"DocPublicationName");
    europresse.is_some() || factiva_html::is_page(html)
}

/// The articles of a download as text or HTML.
pub(super) fn drafts(_: &RecordContext<'_>, text: &str) -> Vec<Draft> {
    if text.contains("DocPublicationName") {
        europresse::drafts(text)
    } else if factiva_html::is_page(text) {
        factiva_html::drafts(text)
    } else if text.contains('<') && markup::is_marked_up(text) {
        articles(&markup::text(text), LineEnds::Deliberate)
    } else {
        articles(text, LineEnds::Wrapped)
    }
}

impl LineEnds {
    /// The paragraphs of a text, an empty line between two.
    fn paragraphs(self, text: String) -> String {
        match self {
            Self::Wrapped => wrapped::paragraphs(&text),
            Self::Deliberate => text,
        }
    }
}

/// Whether a block is a copyright notice, rather than a paragraph about copyright.
fn is_copyright(block: &str) -> bool {
    const LONGEST: usize = 300;
    const LONGEST_WITHOUT_SENTENCE: usize = 80;
    const RESERVED: &[&str] =
        &["reserved", "réservés", "vorbehalten", "voorbehouden", "riservati", "reservados"];
    let lower = block.to_lowercase();
    let is_year = |word: &str| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit())
    };
    let opens_with_year = || lower.split_whitespace().take(3).any(is_year);
    let is_reserved = || RESERVED.iter().any(|word| lower.contains(word));
    let is_line = || {
        block.len() < LONGEST_WITHOUT_SENTENCE
            && !block.trim_end().ends_with('.')
            && lower.split_whitespace().any(is_year)
    };
    block.len() < LONGEST
        && (lower.starts_with('©')
            || lower.starts_with("(c) ")
            || (lower.starts_with("copyright") || lower.starts_with("copy "))
                && (opens_with_year() || is_reserved() || is_line()))
}

/// Whether a line holds a date and little else.
pub(super) fn is_date(line: &str) -> bool {
    date_line(line).is_some()
}

/// The date of a line that holds a date and little else: a day of the week, a time of day, an edition.
fn date_line(line: &str) -> Option<Stated> {
    /// Most bytes behind the date.
    const MOST_BEHIND: usize = 60;
    let line = line.trim();
    let first = line.split(|c: char| c.is_whitespace() || c == ',').next()?;
    let rest = if month_names::is_weekday(first) { &line[first.len()..] } else { line };
    let rest = rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '.'));
    let rest = rest.strip_prefix("the ").or_else(|| rest.strip_prefix("le ")).unwrap_or(rest);
    let (date, behind) = date::at_head(rest, Years::Full)?;
    (date.year.is_some() && behind.len() <= MOST_BEHIND && !behind.trim_end().ends_with(['.', ':']))
        .then(|| stated::read(line))?
}

/// Whether a line is the number of a page, which carriers put between two: `Page 3 of 12`.
fn is_page_number(line: &str) -> bool {
    const WORDS: &[&str] = &["page", "seite", "pagina", "página", "side", "sida", "strona"];
    const MOST: usize = 120;
    let line = line.trim();
    if line.len() > MOST {
        return false;
    }
    let mut words = line.split_whitespace();
    let is_number = |word: Option<&str>| word.is_some_and(|word| word.parse::<u32>().is_ok());
    let first = words.next().unwrap_or_default().to_lowercase();
    WORDS.contains(&first.as_str())
        && is_number(words.next())
        && words.next().is_some()
        && is_number(words.next())
}

#[cfg(test)]
mod tests;
