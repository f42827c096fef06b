//! Press releases as AsiaNet distributes them: `Source:`, `MEDIA RELEASE PR…`, a headline over some lines, the text.

use super::Source;
use crate::read::draft::{self, Draft};
use crate::read::wrapped;

/// Lines in which the mark of a release stands.
const HEAD: usize = 8;

/// Does a text begin as a release?
pub(crate) fn is_one(text: &str) -> bool {
    text.lines().take(HEAD).any(|line| mark(line).is_some())
}

/// The number of a release.
fn mark(line: &str) -> Option<&str> {
    let number = line.trim().strip_prefix("MEDIA RELEASE")?.trim_start().strip_prefix("PR")?;
    (!number.is_empty() && number.bytes().all(|b| b.is_ascii_digit())).then_some(number)
}

/// The release of a file.
pub(crate) fn drafts(_: &Source<'_>, text: &str) -> Vec<Draft> {
    let mut draft = Draft::default();
    let mut lines = text.lines();
    for line in lines.by_ref().take(HEAD) {
        if let Some(source) = line.strip_prefix("Source:") {
            draft.publisher("Source", source);
        }
        if let Some(number) = mark(line) {
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
