//! Elements of XML or SGML that are records. What precedes the first is the head of the file.

use super::{MAX_HEAD, Piece, PieceSink, cut_in_record};
use crate::read::closing;
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
        let (piece, is_cut) = list.record(window);
        if sink(piece).is_break() {
            return;
        }
        if is_cut {
            let _ = sink(cut_in_record(window, begin));
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

    /// The record at the start of the window, and whether the source ends in it. Such a record is kept.
    fn record(&self, window: &mut Window<'_>) -> (Piece, bool) {
        let begin = window.position();
        match end_tag(window, self.close.as_bytes()) {
            Some(at) => {
                let end = window.find(b">", at);
                let is_cut = end.is_none();
                let length = end.map_or(at + self.close.len(), |end| end + 1);
                (Piece::Record(window.take(length), begin), is_cut)
            }
            None if window.has_ended() => (Piece::Record(window.take(usize::MAX), begin), true),
            None => {
                window.skip_past(self.close.as_bytes());
                (Piece::TooLarge(begin), false)
            }
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
            Some(b) if closing::is_name_end(*b) => return Some(at),
            Some(_) => from = next,
            None => return None,
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
