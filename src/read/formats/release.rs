//! Press releases distributed by AsiaNet: `Source:`, `MEDIA RELEASE PR…`, a headline of some lines, the text.

use super::format::RecordContext;
use crate::read::draft::{self, Draft};
use crate::read::wrapped;

/// The number of lines in which the number of a release is searched for.
const HEADER_LINES: usize = 8;

/// Whether a text begins like a release.
pub(in crate::read) fn is_release(text: &str) -> bool {
    text.lines().take(HEADER_LINES).any(|line| release_number(line).is_some())
}

/// The number of a release in its line: `MEDIA RELEASE PR12345`.
fn release_number(line: &str) -> Option<&str> {
    let number = line.trim().strip_prefix("MEDIA RELEASE")?.trim_start().strip_prefix("PR")?;
    (!number.is_empty() && number.bytes().all(|b| b.is_ascii_digit())).then_some(number)
}

/// The release of a file.
pub(super) fn drafts(_: &RecordContext<'_>, text: &str) -> Vec<Draft> {
    let mut draft = Draft::default();
    let mut lines = text.lines();
    for line in lines.by_ref().take(HEADER_LINES) {
        if let Some(source) = line.strip_prefix("Source:") {
            draft.publisher("Source", source);
        }
        if let Some(number) = release_number(line) {
            draft.id(number);
            break;
        }
    }
    let mut headline = Vec::new();
    for line in lines.by_ref() {
        match (draft::line(line), headline.is_empty()) {
            (Some(line), _) => headline.push(line),
            (None, true) => {}
            (None, false) => break,
        }
    }
    draft.title("headline", &headline.join(" "));
    let rest: Vec<&str> = lines.collect();
    draft.body(wrapped::paragraphs(&rest.join("\n")));
    vec![draft]
}
