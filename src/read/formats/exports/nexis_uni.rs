//! An article of Nexis Uni: headline, paper, date, rights, fields, `Body`, text, `Classification`, fields.

use super::date_line;
use super::nexis::{blocks, set_field, set_rights};
use super::nexis_fields::{self, Field, in_any_case};
use crate::read::draft::Draft;

/// A part of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    /// Above the line `Body`.
    Fields,
    /// Above the text of an article without that line.
    FieldsOrText,
    Text,
    Below,
}

/// Reads an article. Returns the blocks of its text.
pub(super) fn article(lines: &[&str], draft: &mut Draft) -> Vec<String> {
    let Some(head_end) = lines.iter().position(|line| ends_head(line)) else { return Vec::new() };
    read_head(&lines[..head_end], draft);
    let lines = without_running_heads(&lines[head_end..], draft.article.title.as_deref());
    let has_mark = lines.iter().any(|line| nexis_fields::opens_body(line));
    let mut part = if has_mark { Part::Fields } else { Part::FieldsOrText };
    let mut body: Vec<String> = Vec::new();
    let mut is_highlight = false;
    for block in blocks(&lines, opens_block) {
        part = part.with(&block);
        let field = in_any_case(&block).filter(|_| part != Part::Text);
        let goes_on = is_highlight && field.is_none();
        is_highlight = field.is_some_and(|(_, field, _)| field == Field::Highlight) || goes_on;
        match (part, field) {
            _ if is_mark(&block) => {}
            (Part::Below, Some((name, field, value))) => {
                set_field(draft, name, field, value, &mut Vec::new());
            }
            (_, Some((name, field, value))) => set_field(draft, name, field, value, &mut body),
            (Part::Text, None) if !set_rights(draft, &block) => body.push(block),
            (Part::Fields, None) if goes_on => body.push(block),
            (_, None) => _ = set_rights(draft, &block),
        }
    }
    body
}

impl Part {
    /// The part that a block is of, which stands behind one of this part.
    fn with(self, block: &str) -> Self {
        let closes = |(_, field, value): (&str, Field, &str)| closes_text(field, value);
        match self {
            Self::Fields | Self::FieldsOrText if nexis_fields::opens_body(block) => Self::Text,
            Self::FieldsOrText if opens_block(block) => Self::FieldsOrText,
            Self::FieldsOrText => Self::Text,
            Self::Text if nexis_fields::closes_body(block) => Self::Below,
            Self::Text if in_any_case(block).is_some_and(closes) => Self::Below,
            same => same,
        }
    }
}

/// Lines without the headline, which heads each page in some carriers.
fn without_running_heads<'t>(lines: &[&'t str], title: Option<&str>) -> Vec<&'t str> {
    let is_running_head = |line: &&str| title.is_some_and(|title| line.trim() == title);
    lines.iter().copied().filter(|line| !is_running_head(line)).collect()
}

/// Whether a line is the first below headline, paper and date.
fn ends_head(line: &str) -> bool {
    let is_field = |(_, field, _): (&str, Field, &str)| {
        matches!(field, Field::Section | Field::Length | Field::Byline | Field::Dateline)
    };
    nexis_fields::opens_body(line) || in_any_case(line).is_some_and(is_field)
}

fn opens_block(line: &str) -> bool {
    is_mark(line) || in_any_case(line).is_some()
}

/// Whether a line stands alone above or below the text.
fn is_mark(line: &str) -> bool {
    nexis_fields::opens_body(line) || nexis_fields::closes_body(line)
}

/// Whether a field stands below the text.
fn closes_text(field: Field, value: &str) -> bool {
    const LONGEST: usize = 60;
    matches!(field, Field::LoadDate | Field::Language) && value.len() <= LONGEST
}

/// Reads headline, paper, date and rights. A list of the documents may stand above.
fn read_head(head: &[&str], draft: &mut Draft) {
    /// Most lines between the date and the first field.
    const MOST_BELOW_DATE: usize = 12;
    /// Placeholders in place of a headline.
    const NO_TITLE: &[&str] = &["No Headline In Original", "No headline in original"];
    let date = (0..head.len()).rev().take(2 * MOST_BELOW_DATE);
    let date = date.into_iter().find(|at| date_line(head[*at]).is_some());
    if let Some(date) = date {
        draft.date("date", head[date]);
    }
    for block in blocks(&head[date.map_or(0, |date| date + 1)..], |_| false) {
        set_rights(draft, &block);
    }
    let above = &head[..date.unwrap_or(head.len())];
    let Some((paper, above)) = last_line(above) else { return };
    draft.publisher("publication", paper);
    let title = title_above(above);
    if !NO_TITLE.contains(&title.as_str()) {
        draft.title("headline", &title);
    }
}

/// The last line with text, and the lines above it.
fn last_line<'l, 't>(lines: &'l [&'t str]) -> Option<(&'t str, &'l [&'t str])> {
    let at = lines.iter().rposition(|line| !line.trim().is_empty())?;
    Some((lines[at].trim(), &lines[..at]))
}

/// The last lines with text that no empty line divides: a headline, where it is long in several lines.
fn title_above(lines: &[&str]) -> String {
    const MOST_LINES: usize = 4;
    let is_blank = |line: &&&str| line.trim().is_empty();
    let mut title: Vec<&str> = lines
        .iter()
        .rev()
        .skip_while(is_blank)
        .take_while(|line| !is_blank(line))
        .take(MOST_LINES)
        .map(|line| line.trim())
        .collect();
    title.reverse();
    title.join(" ")
}
