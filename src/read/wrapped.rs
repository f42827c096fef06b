//! Converts hard-wrapped text to paragraphs: the lines of a paragraph are joined, deliberate line breaks are kept.

use crate::text::BREAKING_MARKS;

/// In a text with longer lines, in bytes, each line is a paragraph.
const MAX_WIDTH: usize = 140;

/// `text` with the lines of each paragraph joined and paragraphs separated by an empty line.
pub(super) fn paragraphs(text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    let width = lines.iter().map(|line| line.len()).max().unwrap_or(0);
    let mut out = String::with_capacity(text.len());
    let mut before: Option<&str> = None;
    for line in lines {
        let words = line.trim_start();
        if words.is_empty() {
            before = None;
            continue;
        }
        if !out.is_empty() {
            out.push_str(separator(before, line, width));
        }
        out.push_str(words);
        before = Some(line);
    }
    out
}

/// The separator between a line and the line before it.
fn separator(before: Option<&str>, line: &str, width: usize) -> &'static str {
    let Some(before) = before else { return "\n\n" };
    let indent = |line: &str| line.len() - line.trim_start().len();
    if is_row(before) && is_row(line) {
        return "\n";
    }
    if width > MAX_WIDTH || indent(line) >= indent(before) + 2 {
        return "\n\n";
    }
    if is_broken(before) {
        return "\n";
    }
    let first = line.split_whitespace().next().unwrap_or_default();
    // The first word would have fitted on the line before: the break is deliberate.
    let deliberate = before.len() + 1 + first.len() + 2 < width;
    match (deliberate, before.ends_with(['.', '!', '?', '"', '\'', ')'])) {
        (false, _) => " ",
        (true, true) => "\n\n",
        (true, false)
            if before.trim_start().contains("   ") || line.trim_start().contains("   ") =>
        {
            "\n"
        }
        (true, false) if before.len() * 4 > width * 3 => " ",
        (true, false) => "\n",
    }
}

/// Whether a line ends in the middle of a word. The break is kept, as only the end of a line tells such a hyphen from another.
fn is_broken(line: &str) -> bool {
    line.strip_suffix(BREAKING_MARKS).is_some_and(|word| word.ends_with(char::is_alphabetic))
}

/// Whether a line is a table row: `Harbour;12;3;.800`.
fn is_row(line: &str) -> bool {
    const CELLS: usize = 3;
    line.split(';').skip(1).filter(|cell| !cell.starts_with(char::is_whitespace)).count() >= CELLS
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        assert_eq!(paragraphs(text), expected, "{text}");
    }

    #[test]
    fn lines_are_joined() {
        check("The river rose on\nMonday.\n\nIt fell.", "The river rose on Monday.\n\nIt fell.");
        check(
            "The river rose on Monday\nand fell.\n    It rose again on\nTuesday.",
            "The river rose on Monday and fell.\n\nIt rose again on Tuesday.",
        );
        check(
            "The river rose on Monday,\nhe said.\nIt fell.",
            "The river rose on Monday, he said.\n\nIt fell.",
        );
        check("The corpora-\ntion gave no\nrelief.", "The corpora-\ntion gave no relief.");
        check("Harbour;12;3;.800\nAirport;10;5;.667", "Harbour;12;3;.800\nAirport;10;5;.667");
    }
}
