//! Rows of CSV, whose quoted fields may span lines. The first row is the head.

use super::{Piece, PieceSink, pass_beginning};
use crate::read::limits::MAX_RECORD;
use crate::read::window::Window;

/// A longer row, in bytes, has an unclosed quotation mark; it ends with its first line.
const MAX_ROW: usize = 8 << 20;

pub(super) fn split(window: &mut Window<'_>, sink: &mut PieceSink<'_>) {
    let (mut head, mut is_first, mut open_row) = (Vec::new(), true, None);
    loop {
        let at = window.position();
        let (end, too_large) = match row_end(window) {
            RowEnd::None => break,
            RowEnd::At(end) => (end, false),
            RowEnd::Quoted(first_line) => {
                open_row = open_row.or(Some(at));
                (first_line, false)
            }
            RowEnd::TooLarge(first_line) => (first_line, true),
        };
        if end == 0 {
            let flow = pass_beginning(window.beginning().to_vec(), at, sink);
            window.skip_past(b"\n");
            if flow.is_break() {
                return;
            }
            continue;
        }
        let row = window.take(end);
        if row.trim_ascii().is_empty() {
            continue;
        }
        let piece = if !is_first {
            Piece::Record(row, at)
        } else if head.is_empty() && names_delimiter(&row) {
            head = row;
            continue;
        } else {
            is_first = false;
            head.extend(row);
            Piece::Head(std::mem::take(&mut head))
        };
        if sink(piece).is_break() || too_large && sink(Piece::TooLarge(at)).is_break() {
            return;
        }
    }
    if let Some(begin) = open_row {
        let what = format!("a quotation mark is not closed in the row that begins at byte {begin}");
        let _ = sink(Piece::Cut { at: window.end(), what });
    }
}

/// Whether a first row is the one in which spreadsheets name the delimiter: `sep=;`.
fn names_delimiter(row: &[u8]) -> bool {
    let row = row.strip_prefix(b"\xef\xbb\xbf").unwrap_or(row).trim_ascii_end();
    let row = row.strip_prefix(b"\"").unwrap_or(row);
    row.len() < 8 && row.get(..4).is_some_and(|name| name.eq_ignore_ascii_case(b"sep="))
}

/// Where the row at the start of a window ends.
enum RowEnd {
    /// The source has ended.
    None,
    At(usize),
    /// The source ends in a quoted field. The row is its first line, up to this offset.
    Quoted(usize),
    /// The row is over the limit; its first line ends at this offset, or at 0 if that is too long as well.
    TooLarge(usize),
}

fn row_end(window: &mut Window<'_>) -> RowEnd {
    let (mut at, mut quoted, mut closed_at, mut first_line) = (0, false, usize::MAX, None);
    loop {
        if let Some(found) = memchr::memchr2(b'"', b'\n', &window.rest()[at..]) {
            let place = at + found;
            at = place + 1;
            if window.rest()[place] == b'\n' {
                first_line = first_line.or(Some(at));
                if !quoted {
                    return RowEnd::At(at);
                }
            } else if quoted {
                (quoted, closed_at) = (false, at);
            } else {
                // Two quotation marks in a quoted field are one of its text.
                quoted = closed_at == place || opens_field(&window.rest()[..place]);
            }
        } else {
            at = window.rest().len();
            if !window.fill() {
                return match (at, quoted) {
                    (0, _) => RowEnd::None,
                    (_, false) => RowEnd::At(at),
                    (_, true) => RowEnd::Quoted(first_line.unwrap_or(at)),
                };
            }
        }
        if quoted && at > MAX_ROW && first_line.is_some() || at as u64 > MAX_RECORD {
            return RowEnd::TooLarge(first_line.unwrap_or(0));
        }
    }
}

/// Whether a quotation mark behind these bytes of a row opens a field. In the middle of a field it is part of its text.
fn opens_field(before: &[u8]) -> bool {
    let before = before.strip_prefix(b"\xef\xbb\xbf").unwrap_or(before);
    before.last().is_none_or(|byte| matches!(byte, b',' | b';' | b'\t' | b'|' | b' '))
}
