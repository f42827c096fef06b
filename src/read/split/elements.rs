//! Elements of XML or SGML that are records. What precedes the first is the head of the file.

use super::{MAX_HEAD, Piece, PieceSink, cut_in_record, pass_beginning};
use crate::read::closing;
use crate::read::limits::MAX_RECORD;
use crate::read::window::Window;

pub(super) fn split(window: &mut Window<'_>, names: &[&str], sink: &mut PieceSink<'_>) {
    let Some((at, name)) = first_start_tag(window, names) else {
        let _ = without_records(window).map(sink);
        return;
    };
    let head = window.take(at);
    let mut list = List::of(name, &head);
    if sink(Piece::Head(head)).is_break() {
        return;
    }
    while list.skip_to_record(window) {
        let begin = window.position();
        let flow = match list.record(window) {
            Record::Whole(bytes) => sink(Piece::Record(bytes, begin)),
            Record::Cut(bytes) => {
                let flow = sink(Piece::Record(bytes, begin));
                if flow.is_continue() {
                    let _ = sink(cut_in_record(window, begin));
                }
                return;
            }
            Record::TooLarge => {
                let flow = pass_beginning(window.beginning().to_vec(), begin, sink);
                window.skip(MAX_RECORD);
                skip_past_end(window, list.close.as_bytes());
                flow
            }
        };
        if flow.is_break() {
            return;
        }
    }
    if let Some(root) = list.root.filter(|_| !list.is_closed) {
        let _ = sink(Piece::Cut { at: window.end(), what: closing::not_closed(&root) });
    }
}

/// What is to be told of a source that has no record.
fn without_records(window: &Window<'_>) -> Option<Piece> {
    if !window.has_ended() {
        return Some(Piece::TooLarge(window.position()));
    }
    let what = closing::unclosed_root(window.rest())?;
    Some(Piece::Cut { at: window.end(), what })
}

/// The elements of one name, and the element around them.
struct List<'n> {
    name: &'n str,
    /// How the end tag of a record begins.
    close: String,
    /// The element around the records, if there is one.
    root: Option<String>,
    /// Whether that has been closed.
    is_closed: bool,
}

impl<'n> List<'n> {
    fn of(name: &'n str, head: &[u8]) -> Self {
        let root = closing::root_name(head);
        Self { name, close: format!("</{name}"), root, is_closed: false }
    }

    /// Skips what stands between two records. Returns false if there is no other.
    fn skip_to_record(&mut self, window: &mut Window<'_>) -> bool {
        loop {
            if let Some(at) = start_tag_in(window.rest(), self.name) {
                window.skip(at as u64);
                return true;
            }
            // Between records only the beginning of a tag is kept.
            let mut keep = self.name.len() + 2;
            if let Some(root) = &self.root {
                self.is_closed |= closing::has_end_tag(window.rest(), root);
                keep = keep.max(root.len() + 3);
            }
            window.discard_but(keep);
            if !window.fill() {
                return false;
            }
        }
    }

    /// The record at the start of the window.
    fn record(&self, window: &mut Window<'_>) -> Record {
        match end_tag(window, self.close.as_bytes()) {
            Some(at) => match window.find(b">", at) {
                Some(end) => Record::Whole(window.take(end + 1)),
                None => Record::Cut(window.take(at + self.close.len())),
            },
            None if window.has_ended() => Record::Cut(window.take(usize::MAX)),
            None => Record::TooLarge,
        }
    }
}

/// What begins with the start tag of a record.
enum Record {
    Whole(Vec<u8>),
    /// The source ends in it.
    Cut(Vec<u8>),
    /// It is over the limit, and stays in the window.
    TooLarge,
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
            Some(b) if closing::is_name_end(*b) => return Some(at),
            Some(_) => from = next,
            None => return None,
        }
    }
}

/// Skips all up to the end tag and with it.
fn skip_past_end(window: &mut Window<'_>, close: &[u8]) {
    while window.skip_to(close) {
        window.skip(close.len() as u64);
        window.ensure(1);
        if window.rest().first().is_none_or(|byte| closing::is_name_end(*byte)) {
            return;
        }
    }
}

/// The offset of the first start tag of one of `names`, and its name.
fn first_start_tag<'n>(window: &mut Window<'_>, names: &[&'n str]) -> Option<(usize, &'n str)> {
    loop {
        let found =
            names.iter().filter_map(|name| Some((start_tag_in(window.rest(), name)?, *name)));
        if let Some(first) = found.min() {
            return Some(first);
        }
        if window.rest().len() > MAX_HEAD || !window.fill() {
            return None;
        }
    }
}

/// The offset of the first start tag of `name`.
fn start_tag_in(bytes: &[u8], name: &str) -> Option<usize> {
    let tag = format!("<{name}");
    let mut found = memchr::memmem::find_iter(bytes, tag.as_bytes());
    found.find(|at| bytes.get(at + tag.len()).is_some_and(|b| closing::is_name_end(*b)))
}
