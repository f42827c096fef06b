//! Splits a crawl into its records. Each states its length; where that is not true, the record ends at the next one.

use super::{field, is_success, is_text};
use crate::read::limits::MAX_RECORD;
use crate::read::split::{Piece, PieceSink, cut_in_record};
use crate::read::window::Window;

/// The maximum length of a header block, in bytes.
const MAX_HEADER: usize = 64 << 10;

/// The most empty lines behind a record, in bytes.
const MAX_GAP: usize = 64;

/// Bytes in which the header behind a version line shows that it is one.
const OPENING: usize = 1 << 10;

/// Passes on the records of a crawl; those that cannot hold an article are skipped.
pub(in crate::read::formats) fn split(window: &mut Window<'_>, sink: &mut PieceSink<'_>) {
    let mut is_garbage = false;
    loop {
        skip_white_space(window);
        let begin = window.position();
        let Some(line_end) = window.find(b"\n", 0) else {
            if !window.rest().is_empty() {
                let _ = sink(cut_in_record(window, begin));
            }
            return;
        };
        let line = window.rest()[..line_end].trim_ascii();
        let flow = if line.starts_with(b"WARC/") {
            warc_record(window, sink)
        } else if let Some(length) = arc_length(line) {
            let is_wanted = !line.starts_with(b"filedesc:") && !line.starts_with(b"dns:");
            arc_record(window, line_end + 1, length, is_wanted, sink)
        } else {
            // Garbage between records: go on after its line.
            window.skip(line_end as u64 + 1);
            let is_first = !std::mem::replace(&mut is_garbage, true);
            if is_first && sink(Piece::Broken(begin)).is_break() {
                return;
            }
            continue;
        };
        is_garbage = false;
        if flow.is_none() {
            return;
        }
    }
}

fn skip_white_space(window: &mut Window<'_>) {
    loop {
        let count = window.rest().iter().take_while(|b| b.is_ascii_whitespace()).count();
        window.skip(count as u64);
        if !window.rest().is_empty() || !window.fill() {
            return;
        }
    }
}

/// Passes on the record at the start of the window; `None` ends the file.
fn warc_record(window: &mut Window<'_>, sink: &mut PieceSink<'_>) -> Option<()> {
    let begin = window.position();
    let Some(header) = header(window) else {
        let _ = sink(cut_in_record(window, begin));
        return None;
    };
    let stated = field(&header, "Content-Length").and_then(|n| n.parse().ok());
    let is_wanted = is_wanted(&header);
    let length = stated.unwrap_or(0);
    let is_true = length <= MAX_RECORD && is_followed(window, length as usize);
    let end = if is_true { Some(length as usize) } else { next_record(window) };
    if end.is_none() && !window.has_ended() && length > MAX_RECORD {
        return large_block(window, header, length, is_wanted, sink);
    }
    let is_cut = end.is_none() && (window.rest().len() as u64) < length;
    let end = end.unwrap_or(length as usize);
    if is_wanted {
        let mut record = header;
        record.extend(window.take(end));
        resume(sink(Piece::Record(record, begin)))?;
    } else {
        window.skip(end as u64);
    }
    if is_cut {
        let _ = sink(cut_in_record(window, begin));
        return None;
    }
    if is_true { Some(()) } else { resume(sink(Piece::Broken(begin))) }
}

fn resume(flow: std::ops::ControlFlow<()>) -> Option<()> {
    flow.is_continue().then_some(())
}

/// Whether another record, or the end of the source, follows `length` bytes.
fn is_followed(window: &mut Window<'_>, length: usize) -> bool {
    window.ensure(length + MAX_GAP);
    let Some(rest) = window.rest().get(length..) else { return false };
    let rest = rest.trim_ascii_start();
    rest.starts_with(b"WARC/") || rest.is_empty() && window.has_ended()
}

/// The offset of the next record, within the size of one.
fn next_record(window: &mut Window<'_>) -> Option<usize> {
    let mut from = 0;
    loop {
        let at = window.find(b"\nWARC/", from)? + 1;
        window.ensure(at + OPENING);
        if opens_record(&window.rest()[at..]) {
            return Some(at);
        }
        from = at;
    }
}

/// Whether a header of a record stands here.
fn opens_record(bytes: &[u8]) -> bool {
    let opening = &bytes[..bytes.len().min(OPENING)];
    let is_version = matches!(opening.get(5..7), Some([b'0' | b'1', b'.']));
    is_version && memchr::memmem::find(opening, b"WARC-Type").is_some()
}

/// Passes on the beginning of a block that is over the limit and stands behind `header`, and skips the rest, up to the next
/// record: its length may be wrong.
fn large_block(
    window: &mut Window<'_>,
    header: Vec<u8>,
    length: u64,
    is_wanted: bool,
    sink: &mut PieceSink<'_>,
) -> Option<()> {
    let begin = window.position() - header.len() as u64;
    window.ensure(MAX_HEADER);
    let is_article = is_wanted && is_page(window.rest());
    if is_article {
        let mut record = header;
        record.extend_from_slice(window.beginning());
        resume(sink(Piece::Record(record, begin)))?;
    }
    let end = window.position().saturating_add(length);
    while window.position() < end {
        let is_found = window.skip_to(b"\nWARC/");
        if !is_found && window.end() < end {
            let _ = sink(cut_in_record(window, begin));
            return None;
        }
        if !is_found {
            break;
        }
        window.skip(1);
        window.ensure(OPENING);
        if opens_record(window.rest()) {
            break;
        }
    }
    // A few empty lines follow a block.
    let is_true = window.position() >= end && window.position() <= end + MAX_GAP as u64;
    let piece = match (is_article, is_true) {
        (true, _) => Piece::TooLarge(begin),
        (false, false) => Piece::Broken(begin),
        (false, true) => return Some(()),
    };
    resume(sink(piece))
}

/// Whether the block of a response is a page, rather than a picture or a film.
fn is_page(block: &[u8]) -> bool {
    let media = field(&block[..block.len().min(MAX_HEADER)], "Content-Type");
    is_success(block) && media.is_some_and(is_text)
}

fn arc_record(
    window: &mut Window<'_>,
    header: usize,
    length: u64,
    is_wanted: bool,
    sink: &mut PieceSink<'_>,
) -> Option<()> {
    let begin = window.position();
    let header = window.take(header);
    let end = window.position().saturating_add(length);
    if is_wanted {
        let mut record = header;
        record.extend(window.take(length.min(MAX_RECORD) as usize));
        resume(sink(Piece::Record(record, begin)))?;
        if length > MAX_RECORD {
            resume(sink(Piece::TooLarge(begin)))?;
        }
    }
    window.skip(end - window.position());
    if window.position() < end {
        let _ = sink(cut_in_record(window, begin));
        return None;
    }
    Some(())
}

/// Takes a header block, up to and with its empty line.
fn header(window: &mut Window<'_>) -> Option<Vec<u8>> {
    let (mut at, mut end) = (0, None);
    while end.is_none() && at < MAX_HEADER {
        let next = window.find(b"\n", at)?;
        if window.rest()[at..next].trim_ascii().is_empty() {
            end = Some(next + 1);
        }
        at = next + 1;
    }
    Some(window.take(end.unwrap_or(at)))
}

fn is_wanted(header: &[u8]) -> bool {
    let kind = field(header, "WARC-Type").unwrap_or_default();
    let media = field(header, "Content-Type").unwrap_or_default();
    match kind {
        "response" => !media.starts_with("text/dns"),
        "conversion" => is_text(media),
        // Crawlers store their logs as resources too.
        "resource" => {
            let target = field(header, "WARC-Target-URI").unwrap_or_default();
            is_text(media) && target.trim_start_matches('<').starts_with("http")
        }
        _ => false,
    }
}

/// The length at the end of an ARC header line: `URL IP date type length`.
fn arc_length(line: &[u8]) -> Option<u64> {
    let line = std::str::from_utf8(line).ok()?;
    let mut words = line.rsplit(' ');
    let length: i64 = words.next()?.parse().ok()?;
    let is_date = |word: &str| word.len() >= 12 && word.bytes().all(|b| b.is_ascii_digit());
    let has_date = words.skip(1).any(is_date);
    (has_date && (line.contains("://") || line.starts_with("dns:")))
        .then_some(length.max(0).unsigned_abs())
}

#[cfg(test)]
mod tests {
    use std::ops::ControlFlow;

    use super::*;

    /// A response of this text; its header states a length that is so much too large.
    fn record(text: &str, excess: isize) -> String {
        let length = text.len().saturating_add_signed(excess);
        format!(
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/\r\nContent-Length: {length}\r\n\r\n{text}\r\n\r\n"
        )
    }

    /// The last word of each record, and what else is told.
    #[track_caller]
    fn check(crawl: &str, words: &[&str], told: &[&str]) {
        let (mut seen, mut said) = (Vec::new(), Vec::new());
        let sink = &mut |piece: Piece| {
            match piece {
                Piece::Record(record, _) => {
                    let text = String::from_utf8(record).unwrap();
                    seen.push(text.split_whitespace().last().unwrap().to_owned());
                }
                Piece::Broken(at) => said.push(format!("broken {at}")),
                Piece::TooLarge(at) => said.push(format!("too large {at}")),
                Piece::Cut { what, .. } => said.push(what),
                Piece::Head(_) => {}
            }
            ControlFlow::Continue(())
        };
        let mut source = crawl.as_bytes();
        split(&mut Window::new(&mut source), sink);
        assert_eq!(
            (seen, said),
            (
                words.iter().map(|w| (*w).to_owned()).collect(),
                told.iter().map(|w| (*w).to_owned()).collect()
            ),
            "{crawl}"
        );
    }

    #[test]
    fn records_behind_one_of_a_wrong_length_are_read() {
        let whole = [record("The river", 0), record("rose", 0)].concat();
        check(&whole, &["river", "rose"], &[]);
        for excess in [-4, 6, 30, 1_000, 90_000_000] {
            let crawl =
                [record("The river", excess), record("rose", 0), record("again", 0)].concat();
            check(&crawl, &["river", "rose", "again"], &["broken 0"]);
        }
    }

    #[test]
    fn a_crawl_that_ends_in_the_middle_of_a_record_is_told() {
        let crawl = [record("The river", 0), record("rose again", 0)].concat();
        let begin = record("The river", 0).len();
        let what = format!("it ends in the middle of a record, which begins at byte {begin}");
        check(&crawl[..crawl.len() - 9], &["river", "rose"], &[&what]);
        check(&crawl[..begin + 40], &["river"], &[&what]);
    }

    #[test]
    fn a_page_about_crawls_is_one_record() {
        let page = "A record begins so:\r\n\r\nWARC/1.0\r\nWARC-Type: response\r\n\r\nend";
        check(&[record(page, 0), record("rose", 0)].concat(), &["end", "rose"], &[]);
    }
}
