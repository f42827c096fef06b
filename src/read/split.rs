//! Large files of many articles, cut into their records while they are read: lines, elements of XML or SGML, rows of
//! CSV, objects of JSON, messages of mbox. Memory is bounded by the largest record, never by the size of the file.

use std::io::{self, BufRead, Read};
use std::ops::ControlFlow;

use super::MAX_BYTES;

/// Bytes read at once.
const CHUNK: usize = 256 << 10;

/// What stands before the first record is no longer than this, in bytes.
const MAX_HEAD: usize = 4 << 20;

/// A row of CSV that is longer has lost a quotation mark; it ends with its line.
const MAX_ROW: usize = 8 << 20;

/// How records of a format are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cut {
    /// The file is one record.
    Whole,
    /// A record a line.
    Lines,
    /// Elements with one of these names; what stands before the first is the head.
    Elements(&'static [&'static str]),
    /// Rows of CSV, in which quoted fields may run over lines; the first is the head.
    Rows,
    /// Objects of JSON, in an array or one behind the other.
    Objects,
    /// Rows of Parquet, which is read from its end: see [`super::formats::parquet`].
    Table,
    /// Messages behind lines that begin with `From `.
    Messages,
    /// Records of WARC or ARC.
    Captures,
}

/// Takes a record; `true` for what stands before the first.
pub(super) type Each<'e> = dyn FnMut(Vec<u8>, bool) -> ControlFlow<()> + 'e;

/// Hands on the records of `source`. Of a source that fails on the way, what came before is kept.
pub(super) fn cut(cut: Cut, source: &mut dyn BufRead, each: &mut Each<'_>) -> io::Result<()> {
    let mut window = Window { source, bytes: Vec::new(), from: 0, ended: false, failure: None };
    match cut {
        Cut::Whole | Cut::Table => {
            let mut bytes = Vec::new();
            source_whole(&mut window, &mut bytes);
            let _ = each(bytes, false);
        }
        Cut::Lines => lines(&mut window, each),
        Cut::Elements(names) => elements(&mut window, names, each),
        Cut::Rows => rows(&mut window, each),
        Cut::Objects => objects(&mut window, each),
        Cut::Messages => messages(&mut window, each),
        Cut::Captures => super::formats::warc::captures(&mut window, each),
    }
    window.failure.map_or(Ok(()), Err)
}

fn source_whole(window: &mut Window<'_>, bytes: &mut Vec<u8>) {
    while window.fill() && window.bytes.len() as u64 <= MAX_BYTES {}
    bytes.append(&mut window.bytes);
}

/// A part of a source that is looked at, and grows on demand.
pub(super) struct Window<'s> {
    source: &'s mut dyn BufRead,
    bytes: Vec<u8>,
    /// What lies before is done with.
    from: usize,
    ended: bool,
    failure: Option<io::Error>,
}

impl Window<'_> {
    /// What is left to look at so far.
    pub(super) fn rest(&self) -> &[u8] {
        &self.bytes[self.from..]
    }

    /// Reads on; `false` at the end.
    pub(super) fn fill(&mut self) -> bool {
        if self.ended {
            return false;
        }
        if self.from > CHUNK && self.from * 2 > self.bytes.len() {
            self.bytes.drain(..self.from);
            self.from = 0;
        }
        let mut chunk = Read::take(&mut *self.source, CHUNK as u64);
        match chunk.read_to_end(&mut self.bytes) {
            Ok(0) => self.ended = true,
            Ok(_) => {}
            Err(error) => {
                self.ended = true;
                self.failure = Some(error);
            }
        }
        !self.ended
    }

    /// Where `needle` stands at or behind `from`, within the bounds of a record.
    pub(super) fn find(&mut self, needle: &[u8], from: usize) -> Option<usize> {
        let mut at = from;
        loop {
            let rest = self.rest();
            if let Some(found) = rest.get(at..).and_then(|rest| memchr::memmem::find(rest, needle))
            {
                return Some(at + found);
            }
            at = rest.len().saturating_sub(needle.len()).max(from);
            if rest.len() as u64 > MAX_BYTES || !self.fill() {
                return None;
            }
        }
    }

    /// Takes the next `length` bytes, or what there is.
    pub(super) fn take(&mut self, length: usize) -> Vec<u8> {
        while self.rest().len() < length && self.fill() {}
        let length = length.min(self.rest().len());
        let taken = self.rest()[..length].to_vec();
        self.from += length;
        taken
    }

    /// Passes over the next `length` bytes without keeping them.
    pub(super) fn skip(&mut self, mut length: u64) {
        loop {
            let here = length.min(self.rest().len() as u64);
            self.from += here as usize;
            length -= here;
            if length == 0 || !self.fill() {
                return;
            }
        }
    }
}

fn lines(window: &mut Window<'_>, each: &mut Each<'_>) {
    loop {
        let end = window.find(b"\n", 0);
        if end.is_none() && !window.ended {
            // No line of an archive is that long: it is passed over.
            window.from = window.bytes.len();
            continue;
        }
        let line = window.take(end.map_or(usize::MAX, |end| end + 1));
        if line.is_empty() || (!line.trim_ascii().is_empty() && each(line, false).is_break()) {
            return;
        }
    }
}

fn elements(window: &mut Window<'_>, names: &[&str], each: &mut Each<'_>) {
    let Some((mut at, name)) = first_open(window, names) else { return };
    if each(window.take(at), true).is_break() {
        return;
    }
    let close = format!("</{name}");
    loop {
        // What stands between the records is not theirs.
        match open(window, name, 0) {
            Some(start) => at = start,
            None => return,
        }
        window.skip(at as u64);
        let end = match closing(window, close.as_bytes()) {
            Some(end) => window.find(b">", end).map_or(end + close.len(), |end| end + 1),
            // Cut off: what is there is kept. Endless: it is no record.
            None if window.ended => usize::MAX,
            None => {
                window.from = window.bytes.len();
                continue;
            }
        };
        if each(window.take(end), false).is_break() {
            return;
        }
    }
}

/// The end tag, which is not that of a longer name: `</DOCNO>` does not end `<DOC>`.
fn closing(window: &mut Window<'_>, close: &[u8]) -> Option<usize> {
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

/// The first start tag of one of `names`, and which.
fn first_open<'n>(window: &mut Window<'_>, names: &[&'n str]) -> Option<(usize, &'n str)> {
    loop {
        let found = names.iter().filter_map(|name| Some((open_in(window.rest(), name, 0)?, *name)));
        if let Some(first) = found.min() {
            return Some(first);
        }
        if window.rest().len() > MAX_HEAD || !window.fill() {
            return None;
        }
    }
}

fn open(window: &mut Window<'_>, name: &str, from: usize) -> Option<usize> {
    loop {
        if let Some(at) = open_in(window.rest(), name, from) {
            return Some(at);
        }
        // Between records there is nothing worth keeping but the start of a tag.
        let keep = name.len() + 2;
        window.from = window.bytes.len().saturating_sub(keep).max(window.from);
        if !window.fill() {
            return None;
        }
    }
}

/// Where `<name` stands, followed by what ends a name.
fn open_in(bytes: &[u8], name: &str, from: usize) -> Option<usize> {
    let tag = format!("<{name}");
    let found = memchr::memmem::find_iter(bytes.get(from..)?, tag.as_bytes());
    found.map(|at| from + at).find(|at| bytes.get(at + tag.len()).is_some_and(|b| is_name_end(*b)))
}

fn rows(window: &mut Window<'_>, each: &mut Each<'_>) {
    let mut first = true;
    loop {
        let Some(end) = row_end(window) else {
            if window.ended {
                return;
            }
            // No row of a table is that long: it is passed over.
            window.from = window.bytes.len();
            continue;
        };
        let row = window.take(end);
        if !row.trim_ascii().is_empty() && each(row, std::mem::take(&mut first)).is_break() {
            return;
        }
    }
}

/// The byte behind the next row; `None` at the end, or where it is endless.
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

fn objects(window: &mut Window<'_>, each: &mut Each<'_>) {
    loop {
        let Some(start) = window.find(b"{", 0) else { return };
        window.skip(start as u64);
        let end = object_end(window);
        if end.is_none() && !window.ended {
            return;
        }
        let object = window.take(end.unwrap_or(usize::MAX));
        if object.is_empty() || each(object, false).is_break() {
            return;
        }
    }
}

/// The byte behind the object that the window begins with.
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

fn messages(window: &mut Window<'_>, each: &mut Each<'_>) {
    loop {
        let end = window.find(b"\nFrom ", 0);
        if end.is_none() && !window.ended {
            window.from = window.bytes.len();
            continue;
        }
        let message = window.take(end.map_or(usize::MAX, |end| end + 1));
        if message.is_empty() || each(message, false).is_break() {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(kind: Cut, text: &str, expected: &[&str]) {
        let mut records = Vec::new();
        let each = &mut |record: Vec<u8>, head: bool| {
            if !head {
                records.push(String::from_utf8(record).unwrap());
            }
            ControlFlow::Continue(())
        };
        cut(kind, &mut text.as_bytes(), each).unwrap();
        let records: Vec<_> = records.iter().map(|record| record.trim()).collect();
        assert_eq!(records, expected, "{text}");
    }

    #[test]
    fn records_are_cut() {
        check(Cut::Lines, "{}\n\n{\"a\":1}", &["{}", "{\"a\":1}"]);
        let items = "<rss><items/><item>a</item> <item x='1'>b</item></rss>";
        check(
            Cut::Elements(&["item", "entry"]),
            items,
            &["<item>a</item>", "<item x='1'>b</item>"],
        );
        check(
            Cut::Elements(&["DOC"]),
            "<DOC><DOCNO>1</DOCNO></DOC><DOC>cut",
            &["<DOC><DOCNO>1</DOCNO></DOC>", "<DOC>cut"],
        );
        check(Cut::Rows, "a,b\n1,\"x\ny\"\n2,z", &["1,\"x\ny\"", "2,z"]);
        check(Cut::Objects, "[{\"a\":\"}\"},\n{\"b\":{}}]", &["{\"a\":\"}\"}", "{\"b\":{}}"]);
        check(Cut::Messages, "From a\n\nx\n\nFrom b\n\ny", &["From a\n\nx", "From b\n\ny"]);
    }
}
