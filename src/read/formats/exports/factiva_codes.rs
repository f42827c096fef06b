//! Articles of Factiva with codes before the fields: `HD` the headline, `BY` the writer, `LP` and `TD` the text, `AN` the
//! number. A code stands alone in its line or before the value; in tables of Word and RTF a tab parts them.

use super::LineEnds;
use super::factiva_lines::accession_number;
use crate::article::TagKind;
use crate::read::draft::Draft;
use crate::read::limits::MAX_ARTICLES;

/// The codes: first those above the text, then the text, then those below it.
const CODES: &[&str] = &[
    "SE", "HD", "CR", "BY", "WC", "PD", "ET", "SN", "SC", "ED", "PG", "VOL", "LA", "CY", "CX",
    "LP", "TD", "ART", "CT", "RF", "CO", "IN", "NS", "RE", "DE", "IPC", "IPD", "PUB", "AN",
];

/// Whether a text, or the beginning of one, is a download of Factiva with codes.
pub(super) fn is_download(text: &str) -> bool {
    const MOST_LINES: usize = 40;
    let mut lines = text.lines();
    let opens = |line: &str| code(line).is_some_and(|(code, _)| code == "HD");
    while lines.by_ref().any(opens) {
        let codes = lines.clone().take(MOST_LINES).filter_map(code);
        if codes.filter(|(code, _)| matches!(*code, "WC" | "PD" | "SN" | "LA" | "CY")).count() > 2 {
            return true;
        }
    }
    false
}

/// The code and the value of a line.
fn code(line: &str) -> Option<(&'static str, &str)> {
    let line = line.trim_end();
    let start = line.trim_start();
    let end = start.find(|c: char| !c.is_ascii_uppercase()).unwrap_or(start.len());
    let code = CODES.iter().find(|code| **code == &start[..end])?;
    let value = &start[end..];
    (value.is_empty() || value.starts_with(char::is_whitespace)).then(|| (*code, value.trim()))
}

/// The articles of a download.
pub(super) fn drafts(lines: &[&str], line_ends: LineEnds) -> Vec<Draft> {
    let mut articles: Vec<CodedArticle> = Vec::new();
    for line in lines {
        let last = articles.last_mut();
        match (code(line), last) {
            (Some((code @ ("SE" | "HD"), value)), last)
                if last.as_ref().is_none_or(|article| article.may_end_before(code, line)) =>
            {
                if articles.len() == MAX_ARTICLES {
                    break;
                }
                articles.push(CodedArticle::beginning(code, value, line));
            }
            (Some((code, value)), Some(article)) if article.may_go_on_with(code, line) => {
                article.add(code, value);
            }
            (_, Some(article)) => article.go_on(line),
            (_, None) => {}
        }
    }
    let drafts = articles.into_iter().map(|article| article.draft(line_ends));
    drafts.filter(Draft::has_any).collect()
}

/// The fields of an article.
#[derive(Debug, Default)]
pub(super) struct CodedArticle {
    fields: Vec<(&'static str, String)>,
    /// Whether a single space parts codes from values.
    is_spaced: bool,
}

/// Where a code stands in an article.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    #[default]
    AboveText,
    Lead,
    Text,
    BelowText,
}

impl CodedArticle {
    fn beginning(code: &'static str, value: &str, line: &str) -> Self {
        let is_spaced = !is_parted(code, line);
        Self { fields: vec![(code, value.to_owned())], is_spaced }
    }

    /// Whether it has no field.
    pub(super) fn is_empty(&self) -> bool {
        self.fields.is_empty()
    }

    /// Adds a field of that code, if there is such a code.
    pub(super) fn add_cell(&mut self, name: &str, value: &str) {
        if let Some(code) = CODES.iter().find(|code| **code == name) {
            self.add(code, value);
        }
    }

    fn add(&mut self, code: &'static str, value: &str) {
        self.fields.push((code, value.to_owned()));
    }

    /// Whether another article may begin with `code` in a line.
    fn may_end_before(&self, code: &str, line: &str) -> bool {
        let is_below_text = self.place() == Place::BelowText;
        self.has(code) && (is_below_text || is_parted(code, line))
            || is_below_text && self.has("AN")
    }

    /// Whether a line goes on with `code`: each stands once, those above the text above it. Behind a text, where a line may begin
    /// with a word in capitals, more than a space parts the code from its value, or the value looks like one.
    fn may_go_on_with(&self, code: &str, line: &str) -> bool {
        let behind = &line.trim()[code.len()..];
        let is_above_text = self.place() == Place::AboveText;
        let is_list = behind.contains(" : ") || behind.contains(" | ");
        let is_number = code == "AN" && accession_number(behind).is_some();
        let is_second_part = self.is_spaced && code == "TD" && self.place() == Place::Lead;
        let is_code =
            is_parted(code, line) || is_above_text || is_list || is_number || is_second_part;
        is_code && !self.has(code) && place(code) >= self.place()
    }

    fn has(&self, code: &str) -> bool {
        self.fields.iter().any(|(known, _)| *known == code)
    }

    /// Where the last code stands.
    fn place(&self) -> Place {
        self.fields.last().map_or(Place::AboveText, |(code, _)| place(code))
    }

    fn go_on(&mut self, line: &str) {
        if let Some((_, value)) = self.fields.last_mut() {
            value.push('\n');
            value.push_str(line);
        }
    }

    /// The article.
    pub(super) fn draft(self, line_ends: LineEnds) -> Draft {
        let mut draft = Draft::default();
        let mut texts: Vec<&str> = Vec::new();
        for (code, value) in &self.fields {
            match *code {
                "HD" => draft.title("HD", value),
                "BY" => draft.byline("BY", value),
                "PD" => draft.date("PD", value),
                "SN" => draft.publisher("SN", value),
                "CR" => draft.credit("CR", value),
                "LA" => draft.language("LA", value),
                "CY" => draft.rights("CY", value),
                "SE" => draft.section(value),
                "LP" | "TD" | "ART" => texts.push(value.trim()),
                "AN" => {
                    draft.id(value.lines().find_map(accession_number).unwrap_or_default());
                }
                "CO" => add_tags(&mut draft, TagKind::Organisation, value),
                "RE" => add_tags(&mut draft, TagKind::Place, value),
                "IN" | "NS" => add_tags(&mut draft, TagKind::Subject, value),
                _ => {}
            }
        }
        draft.body(line_ends.paragraphs(texts.join("\n\n").trim().to_owned()));
        draft
    }
}

/// Whether a code stands alone in its line, or more than a space parts it from its value.
fn is_parted(code: &str, line: &str) -> bool {
    let behind = &line.trim()[code.len()..];
    behind.is_empty() || behind.starts_with(['\t', '\u{a0}']) || behind.starts_with("  ")
}

fn place(code: &str) -> Place {
    let at = |code: &str| CODES.iter().position(|known| *known == code).unwrap_or(CODES.len());
    match at(code) {
        place if place < at("LP") => Place::AboveText,
        _ if code == "LP" => Place::Lead,
        place if place < at("CT") => Place::Text,
        _ => Place::BelowText,
    }
}

/// Adds tags in the form `gport : Ports | gcat : Politics`.
fn add_tags(draft: &mut Draft, kind: TagKind, value: &str) {
    for entry in value.split(['|', '\n']).map(str::trim).filter(|entry| !entry.is_empty()) {
        let (code, name) = entry.split_once(" : ").map_or((None, entry), |(c, n)| (Some(c), n));
        draft.tag(kind, Some(name.trim()), code.map(str::trim));
    }
}
