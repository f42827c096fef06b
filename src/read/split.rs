//! Splits large files into records while they are read: lines, elements of XML or SGML, rows of CSV, objects of JSON,
//! messages of mbox.

use std::io::{self, BufRead};
use std::ops::ControlFlow;

use super::window::{MAX_BYTES, Window};

/// The most bytes before the first record.
const MAX_HEAD: usize = 4 << 20;

/// A longer row of CSV, in bytes, has an unclosed quotation mark; it ends with its first line.
const MAX_ROW: usize = 8 << 20;

/// How a file of a format is split into records.
#[derive(Clone, Copy, Debug)]
pub(super) enum Splitting {
    /// The file is one record.
    Whole,
    /// One record a line.
    Lines,
    /// Elements with one of these names; what precedes the first is the head of the file.
    Elements(&'static [&'static str]),
    /// Rows of CSV, whose quoted fields may span lines; the first row is the head.
    Rows,
    /// Objects of JSON, one after the other, or in an array, whose opening is the head of the file.
    Objects,
    /// Rows of Parquet, which is read from its end by [`super::formats::parquet`].
    Table,
    /// Messages of mbox, each after a line that begins with `From `.
    Messages,
    /// A function of the format.
    Custom(fn(&mut Window<'_>, &mut ByteSink<'_>)),
}

/// Takes the bytes of a record, or with `true` those of the file's head. A break ends the file.
pub(super) type ByteSink<'s> = dyn FnMut(Vec<u8>, bool) -> ControlFlow<()> + 's;

/// Passes the records of `source` to `sink`. The records before an error are passed on.
pub(super) fn split(
    splitting: Splitting,
    source: &mut dyn BufRead,
    sink: &mut ByteSink<'_>,
) -> io::Result<()> {
    let mut window = Window::new(source);
    match splitting {
        // Read at once by the caller.
        Splitting::Whole | Splitting::Table => {}
        Splitting::Lines => lines(&mut window, sink),
        Splitting::Elements(names) => elements(&mut window, names, sink),
        Splitting::Rows => rows(&mut window, sink),
        Splitting::Objects => objects(&mut window, sink),
        Splitting::Messages => messages(&mut window, sink),
        Splitting::Custom(split) => split(&mut window, sink),
    }
    window.finish()
}

fn lines(window: &mut Window<'_>, sink: &mut ByteSink<'_>) {
    loop {
        let end = window.find(b"\n", 0);
        if end.is_none() && !window.has_ended() {
            // The line is longer than a record may be: it is skipped.
            window.discard_but(0);
            continue;
        }
        let line = window.take(end.map_or(usize::MAX, |end| end + 1));
        if line.is_empty() || (!line.trim_ascii().is_empty() && sink(line, false).is_break()) {
            return;
        }
    }
}

fn elements(window: &mut Window<'_>, names: &[&str], sink: &mut ByteSink<'_>) {
    let Some((mut at, name)) = first_start_tag(window, names) else { return };
    if sink(window.take(at), true).is_break() {
        return;
    }
    let end_tag_open = format!("</{name}");
    loop {
        // Text between two records belongs to neither.
        match start_tag(window, name, 0) {
            Some(start) => at = start,
            None => return,
        }
        window.skip(at as u64);
        let end = match end_tag(window, end_tag_open.as_bytes()) {
            Some(end) => window.find(b">", end).map_or(end + end_tag_open.len(), |end| end + 1),
            // A truncated record is kept; one that is too long is skipped.
            None if window.has_ended() => usize::MAX,
            None => {
                window.discard_but(0);
                continue;
            }
        };
        if sink(window.take(end), false).is_break() {
            return;
        }
    }
}

/// The offset of the end tag. That of a longer name does not count: `</DOCNO>` does not close `<DOC>`.
fn end_tag(window: &mut Window<'_>, close: &[u8]) -> Option<usize> {
    let mut from = 0;
    loop {
        let at = window.find(close, from)?;
        let next = at + close.len();
        if window.rest().len() <= next {
            window.fill();
        }
        match window.rest().get(next) {
            Some(b) if is_name_end(*b) => return Some(at),
            Some(_) => from = next,
            None => return None,
        }
    }
}

fn is_name_end(byte: u8) -> bool {
    matches!(byte, b'>' | b'/' | b' ' | b'\t' | b'\r' | b'\n')
}

/// The offset of the first start tag of one of `names`, and its name.
fn first_start_tag<'n>(window: &mut Window<'_>, names: &[&'n str]) -> Option<(usize, &'n str)> {
    loop {
        let found =
            names.iter().filter_map(|name| Some((start_tag_in(window.rest(), name, 0)?, *name)));
        if let Some(first) = found.min() {
            return Some(first);
        }
        if window.rest().len() > MAX_HEAD || !window.fill() {
            return None;
        }
    }
}

fn start_tag(window: &mut Window<'_>, name: &str, from: usize) -> Option<usize> {
    loop {
        if let Some(at) = start_tag_in(window.rest(), name, from) {
            return Some(at);
        }
        // Between records only the beginning of a tag is kept.
        let keep = name.len() + 2;
        window.discard_but(keep);
        if !window.fill() {
            return None;
        }
    }
}

/// The offset at or after `from` of a start tag of `name`.
fn start_tag_in(bytes: &[u8], name: &str, from: usize) -> Option<usize> {
    let tag = format!("<{name}");
    let found = memchr::memmem::find_iter(bytes.get(from..)?, tag.as_bytes());
    found.map(|at| from + at).find(|at| bytes.get(at + tag.len()).is_some_and(|b| is_name_end(*b)))
}

fn rows(window: &mut Window<'_>, sink: &mut ByteSink<'_>) {
    let mut first = true;
    loop {
        let Some(end) = row_end(window) else {
            if window.has_ended() {
                return;
            }
            // The row is longer than a record may be: it is skipped.
            window.discard_but(0);
            continue;
        };
        let row = window.take(end);
        if !row.trim_ascii().is_empty() && sink(row, std::mem::take(&mut first)).is_break() {
            return;
        }
    }
}

/// The offset of the end of the next row; `None` at the end of the source, or if the row is too long.
fn row_end(window: &mut Window<'_>) -> Option<usize> {
    let (mut at, mut quoted, mut first_line) = (0, false, None);
    loop {
        if let Some(found) = memchr::memchr2(b'"', b'\n', &window.rest()[at..]) {
            at += found + 1;
            let is_end = window.rest()[at - 1] == b'\n';
            if is_end && first_line.is_none() {
                first_line = Some(at);
            }
            if is_end && !quoted {
                return Some(at);
            }
            quoted ^= !is_end;
        } else {
            at = window.rest().len();
            if !window.fill() {
                return (at > 0).then_some(if quoted { first_line.unwrap_or(at) } else { at });
            }
        }
        if quoted && at > MAX_ROW && first_line.is_some() {
            return first_line;
        }
        if at as u64 > MAX_BYTES {
            return None;
        }
    }
}

fn objects(window: &mut Window<'_>, sink: &mut ByteSink<'_>) {
    let first = window.find(b"{", 0).unwrap_or_default();
    if window.rest()[..first].contains(&b'[') && sink(window.take(first), true).is_break() {
        return;
    }
    loop {
        let Some(start) = window.find(b"{", 0) else { return };
        window.skip(start as u64);
        let end = object_end(window);
        if end.is_none() && !window.has_ended() {
            return;
        }
        let object = window.take(end.unwrap_or(usize::MAX));
        if object.is_empty() || sink(object, false).is_break() {
            return;
        }
    }
}

/// The offset of the end of the object at the start of the window; `None` if it does not close.
fn object_end(window: &mut Window<'_>) -> Option<usize> {
    let (mut at, mut depth, mut quoted) = (0, 0usize, false);
    loop {
        while let Some(&byte) = window.rest().get(at) {
            at += 1;
            match byte {
                b'\\' if quoted => at += 1,
                b'"' => quoted = !quoted,
                b'{' if !quoted => depth += 1,
                b'}' if !quoted => {
                    depth = depth.saturating_sub(1);
                    if depth == 0 {
                        return Some(at);
                    }
                }
                _ => {}
            }
        }
        if at as u64 > MAX_BYTES || !window.fill() {
            return None;
        }
    }
}

fn messages(window: &mut Window<'_>, sink: &mut ByteSink<'_>) {
    loop {
        let end = window.find(b"\nFrom ", 0);
        if end.is_none() && !window.has_ended() {
            window.discard_but(0);
            continue;
        }
        let message = window.take(end.map_or(usize::MAX, |end| end + 1));
        if message.is_empty() || sink(message, false).is_break() {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(splitting: Splitting, text: &str, expected: &[&str]) {
        let mut records = Vec::new();
        let sink = &mut |record: Vec<u8>, head: bool| {
            if !head {
                records.push(String::from_utf8(record).unwrap());
            }
            ControlFlow::Continue(())
        };
        split(splitting, &mut text.as_bytes(), sink).unwrap();
        let records: Vec<_> = records.iter().map(|record| record.trim()).collect();
        assert_eq!(records, expected, "{text}");
    }

    #[test]
    fn files_are_split_into_records() {
        check(Splitting::Lines, "{}\n\n{\"a\":1}", &["{}", "{\"a\":1}"]);
        let items = "<rss><items/><item>a</item> <item x='1'>b</item></rss>";
        check(
            Splitting::Elements(&["item", "entry"]),
            items,
            &["<item>a</item>", "<item x='1'>b</item>"],
        );
        check(
            Splitting::Elements(&["DOC"]),
            "<DOC><DOCNO>1</DOCNO></DOC><DOC>cut",
            &["<DOC><DOCNO>1</DOCNO></DOC>", "<DOC>cut"],
        );
        check(Splitting::Rows, "a,b\n1,\"x\ny\"\n2,z", &["1,\"x\ny\"", "2,z"]);
        check(Splitting::Objects, "[{\"a\":\"}\"},\n{\"b\":{}}]", &["{\"a\":\"}\"}", "{\"b\":{}}"]);
        check(Splitting::Messages, "From a\n\nx\n\nFrom b\n\ny", &["From a\n\nx", "From b\n\ny"]);
    }
}
