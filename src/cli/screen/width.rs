//! Text in columns of a terminal: CJK characters take two of them, combining marks none (Unicode Standard Annex 11).

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::answer::printable::{is_printable, printable};
use crate::cli::colours::uncoloured;

/// Columns of a text as it is printed: without its colours, with stand-ins for what is not printable.
pub(crate) fn width(text: &str) -> usize {
    uncoloured(text).width()
}

/// Columns of a character, or of its stand-in.
fn columns_of(c: char) -> usize {
    match c.width() {
        Some(columns) if is_printable(c) => columns,
        _ => printable(c.encode_utf8(&mut [0; 4])).width(),
    }
}

/// The text, filled up with blanks to `columns`.
pub(crate) fn pad(text: &str, columns: usize) -> String {
    format!("{text}{:1$}", "", columns.saturating_sub(width(text)))
}

/// The text at the right of `columns`.
pub(crate) fn pad_left(text: &str, columns: usize) -> String {
    format!("{:1$}{text}", "", columns.saturating_sub(width(text)))
}

/// The beginning of a text without colours, in at most `columns`.
pub(crate) fn truncate(text: &str, columns: usize) -> &str {
    let end = text.char_indices().scan(0, |used, (at, c)| {
        *used += columns_of(c);
        Some((at, *used))
    });
    let end = end.skip_while(|&(_, used)| used <= columns).map(|(at, _)| at).next();
    &text[..end.unwrap_or(text.len())]
}

/// The end of a text without colours, in at most `columns`.
pub(crate) fn truncate_left(text: &str, columns: usize) -> &str {
    let mut used = 0;
    let start = text.char_indices().rev().take_while(|&(_, c)| {
        used += columns_of(c);
        used <= columns
    });
    &text[start.last().map_or(text.len(), |(at, _)| at)..]
}

/// Breaks a text that may hold colours into lines of `columns`, each after `indent` blanks.
pub(crate) fn wrap(text: &str, columns: usize, indent: usize) -> Vec<String> {
    let room = columns.saturating_sub(indent).max(20);
    let mut lines = vec![" ".repeat(indent)];
    let mut used = 0;
    for word in text.split(' ').filter(|w| !w.is_empty()) {
        let columns = width(word);
        if used > 0 && used + 1 + columns > room {
            lines.push(" ".repeat(indent));
            used = 0;
        }
        if let Some(line) = lines.last_mut() {
            if used > 0 {
                line.push(' ');
                used += 1;
            }
            line.push_str(word);
        }
        used += columns;
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::colours::{Role, marked};

    #[test]
    fn stand_ins_take_the_columns_that_they_are_printed_in() {
        for (text, columns) in [("a\u{1b}[2Jb", 6), ("\u{202e}ab", 10), ("a\tb\u{7f}", 4)] {
            assert_eq!(width(text), columns);
            assert_eq!(truncate(text, columns), text);
            assert_ne!(truncate(text, columns - 1), text);
            assert_eq!(truncate_left(text, columns), text);
        }
    }

    #[test]
    fn cjk_characters_take_two_columns_and_marks_none() {
        let table = [
            ("oil", 3),
            ("東京", 4),
            ("e\u{301}", 1),
            ("ｶﾅ", 2),
            (&*marked(Role::Title, "bold"), 4),
        ];
        for (text, columns) in table {
            assert_eq!(width(text), columns, "{text}");
            assert_eq!(width(&pad(text, 6)), 6, "{text}");
            assert_eq!(width(&pad_left(text, 6)), 6, "{text}");
        }
        assert_eq!(pad("東京", 6), "東京  ");
        assert_eq!(pad_left("東京", 6), "  東京");
    }

    #[test]
    fn texts_are_cut_between_characters() {
        let table = [
            ("harbour", 3, "har", "our"),
            ("東京都", 5, "東京", "京都"),
            ("東", 1, "", ""),
            ("ab", 9, "ab", "ab"),
        ];
        for (text, columns, start, end) in table {
            assert_eq!(truncate(text, columns), start);
            assert_eq!(truncate_left(text, columns), end);
        }
    }

    #[test]
    fn lines_are_broken_between_words() {
        let words = "one two three four five six seven";
        assert_eq!(wrap(words, 22, 2), ["  one two three four", "  five six seven"]);
        assert_eq!(
            wrap("東京都 大阪府 北海道 京都府", 22, 2),
            ["  東京都 大阪府 北海道", "  京都府"]
        );
    }
}
