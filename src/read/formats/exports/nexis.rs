//! An article of Nexis: paper, date, headline, fields in capitals, text, fields. Those of Nexis Uni have another order
//! ([`nexis_uni`]).

use super::nexis_articles::is_counter;
use super::nexis_fields::{self, Field};
use super::{LineEnds, date_line, is_copyright, nexis_uni};
use crate::calendar::stated;
use crate::read::draft::Draft;

/// The most blocks before the headline: number, paper, date.
const MOST_HEAD_BLOCKS: usize = 14;

/// The order of the parts of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Layout {
    /// With names of fields in capitals.
    Capitals,
    /// Of Nexis Uni: with names of fields as words, and the line `Body`.
    Uni,
}

/// The article in `lines`; without text and headline if there is none.
pub(super) fn draft(lines: &[&str], layout: Layout, line_ends: LineEnds) -> Draft {
    let mut draft = Draft::default();
    let body = match layout {
        Layout::Capitals => with_capitals(lines, &mut draft),
        Layout::Uni => nexis_uni::article(lines, &mut draft),
    };
    draft.body(line_ends.paragraphs(body.join("\n\n")));
    draft
}

/// Reads an article whose fields have names in capitals. Returns the blocks of its text.
fn with_capitals(lines: &[&str], draft: &mut Draft) -> Vec<String> {
    let blocks = blocks(lines, |line| nexis_fields::in_capitals(line).is_some());
    let is_field = |block: &String| nexis_fields::in_capitals(block).is_some();
    let head_end = blocks.iter().position(is_field).unwrap_or(blocks.len()).min(MOST_HEAD_BLOCKS);
    let has_title = blocks.iter().any(|block| {
        nexis_fields::in_capitals(block).is_some_and(|(_, field, _)| field == Field::Title)
    });
    let used = head_in_capitals(&blocks[..head_end], has_title, draft);
    let mut body = Vec::new();
    for block in &blocks[used..] {
        match nexis_fields::in_capitals(block) {
            Some((name, field, value)) => set_field(draft, name, field, value, &mut body),
            None if is_copyright(block) => draft.rights("copyright", block),
            None => body.push(block.clone()),
        }
    }
    body
}

/// Reads paper and date, and the headline unless a field has it. Returns the number of blocks that they take.
fn head_in_capitals(head: &[String], has_title: bool, draft: &mut Draft) -> usize {
    let first_line = |block: &String| block.lines().next().unwrap_or_default().to_owned();
    let is_date = |block: &String| date_line(&first_line(block)).is_some();
    let names_date = |block: &String| stated::read(&first_line(block)).is_some();
    let date = head.iter().position(is_date).or_else(|| head.iter().position(names_date));
    let above = &head[..date.unwrap_or(0)];
    let mut lines = above.iter().flat_map(|block| block.lines()).filter(|line| !is_counter(line));
    if let Some(paper) = lines.find(|line| !set_rights(draft, line)) {
        draft.publisher("publication", paper);
    }
    let below = date.map_or(0, |date| {
        draft.date("date", &first_line(&head[date]));
        date + 1
    });
    if has_title {
        return head.len();
    }
    let title = head[below..].iter().position(|block| !set_rights(draft, block));
    let Some(title) = title.filter(|_| date.is_some()) else { return below };
    draft.title("headline", &head[below + title]);
    below + title + 1
}

/// Adds a block that is a notice of rights. Returns whether it is one.
pub(super) fn set_rights(draft: &mut Draft, block: &str) -> bool {
    let is_reserved = block.to_lowercase().starts_with("all rights reserved");
    if is_copyright(block) {
        draft.rights("copyright", block);
    }
    is_reserved || is_copyright(block)
}

/// Sets the value of a field; texts are added to `body`.
pub(super) fn set_field(
    draft: &mut Draft,
    name: &str,
    field: Field,
    value: &str,
    body: &mut Vec<String>,
) {
    match field {
        Field::Byline => draft.byline(name, value),
        Field::Dateline => draft.dateline(name, value),
        // `FEATURES; Pg. 6`
        Field::Section => draft.section(value.split(';').next().unwrap_or_default()),
        Field::Language => draft.language(name, value),
        Field::Title => draft.title(name, value),
        Field::Keywords => {
            value.split(';').for_each(|word| draft.keyword(without_relevance(word)));
        }
        Field::Url => draft.url(value),
        Field::Id => draft.id(value),
        Field::Highlight | Field::Body if !value.is_empty() => body.push(value.to_owned()),
        Field::Highlight | Field::Body | Field::Length | Field::LoadDate | Field::Other => {}
    }
}

/// A keyword without its relevance: `BRIDGES (90%)`.
fn without_relevance(word: &str) -> &str {
    let word = word.trim();
    let relevance = word.strip_suffix("%)").and_then(|word| word.rsplit_once('('));
    relevance.filter(|(_, share)| share.parse::<u8>().is_ok()).map_or(word, |(word, _)| word.trim())
}

/// Blocks of lines, separated by empty lines; a line that `opens` begins a new block.
pub(super) fn blocks(lines: &[&str], opens: impl Fn(&str) -> bool) -> Vec<String> {
    let mut blocks: Vec<String> = Vec::new();
    let mut is_open = false;
    for line in lines {
        let line = line.trim();
        if line.is_empty() {
            is_open = false;
            continue;
        }
        match blocks.last_mut().filter(|_| is_open && !opens(line)) {
            Some(block) => {
                block.push('\n');
                block.push_str(line);
            }
            None => blocks.push(line.to_owned()),
        }
        is_open = !nexis_fields::opens_body(line) && !nexis_fields::closes_body(line);
    }
    blocks
}
