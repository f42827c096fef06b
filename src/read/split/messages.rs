//! The messages of an mbox. Each begins with a `From ` line: the envelope's sender and date above the header of the message.
//! A paragraph of a text may begin with the word *From* as well; it is no such line.

use super::{PieceSink, pass_beginning};
use crate::read::window::Window;

/// The opening of a line that may be a `From ` line, behind the end of the line before.
const OPENING: &[u8] = b"\nFrom ";

/// The most bytes of a `From ` line and the first line of the header below it.
const MAX_LINES: usize = 2000;

/// Splits an mbox into messages.
pub(super) fn split(window: &mut Window<'_>, sink: &mut PieceSink<'_>) {
    loop {
        let at = window.position();
        let end = end_of_message(window);
        let flow = if end.is_none() && !window.has_ended() {
            let flow = pass_beginning(window.beginning().to_vec(), at, sink);
            skip_message(window);
            flow
        } else {
            let message = window.take(end.unwrap_or(usize::MAX));
            if message.is_empty() {
                return;
            }
            sink(super::Piece::Record(message, at))
        };
        if flow.is_break() {
            return;
        }
    }
}

/// Where the next message begins; `None` if that is not within the size of a record.
fn end_of_message(window: &mut Window<'_>) -> Option<usize> {
    let mut from = 0;
    loop {
        let line = window.find(OPENING, from)? + 1;
        if is_from_line(window, line) {
            return Some(line);
        }
        from = line;
    }
}

/// Discards the rest of a message that is over the limit.
fn skip_message(window: &mut Window<'_>) {
    while window.skip_to(OPENING) {
        window.skip(1);
        if is_from_line(window, 0) {
            return;
        }
    }
}

/// Whether the line that begins at the unread byte `at` with `From ` is followed by a header, and states a sender's
/// address or a date with its time (RFC 4155, and what mail programs write in its place).
fn is_from_line(window: &mut Window<'_>, at: usize) -> bool {
    window.ensure(at + MAX_LINES);
    let rest = &window.rest()[at..];
    let mut lines = rest[..rest.len().min(MAX_LINES)].split(|byte| *byte == b'\n');
    let (Some(line), Some(below)) = (lines.next(), lines.next()) else { return false };
    let mut words = line[b"From ".len()..].split(u8::is_ascii_whitespace).filter(|w| !w.is_empty());
    let has_address = words.next().is_some_and(|sender| sender.contains(&b'@'));
    (has_address || states_time(line)) && is_header(below)
}

/// Whether a line has a time of day and a year.
fn states_time(line: &[u8]) -> bool {
    let is_time = |word: &[u8]| {
        let mut groups = word.split(|byte| *byte == b':');
        groups.clone().count() >= 2 && groups.all(|group| group.len() == 2 && is_number(group))
    };
    let mut words = line.split(u8::is_ascii_whitespace);
    words.clone().any(is_time) && words.any(|word| word.len() == 4 && is_number(word))
}

fn is_number(word: &[u8]) -> bool {
    word.iter().all(u8::is_ascii_digit)
}

/// Whether a line is the first of a header: `Name: value`, or an escaped `From ` line.
fn is_header(line: &[u8]) -> bool {
    let name = line.iter().position(|byte| *byte == b':').map(|colon| &line[..colon]);
    let is_name = |name: &[u8]| !name.is_empty() && name.iter().all(u8::is_ascii_graphic);
    name.is_some_and(is_name) || line.starts_with(b">From ")
}
