//! Objects of JSON, one after the other, or in an array, whose opening is the head of the file.

use super::{Piece, PieceSink, cut_in_record, pass_beginning};
use crate::read::cut_json;
use crate::read::limits::MAX_RECORD;
use crate::read::window::Window;

pub(super) fn split(window: &mut Window<'_>, sink: &mut PieceSink<'_>) {
    let mut between = Between::default();
    let first = window.find(b"{", 0).unwrap_or_default();
    let opening = &window.rest()[..first];
    if opening.contains(&b'[') && sink(Piece::Head(opening.to_vec())).is_break() {
        return;
    }
    while between.skip_to_object(window) {
        let at = window.position();
        let mut object = Object::default();
        let piece = match object.end(window) {
            Some(end) => Piece::Record(window.take(end), at),
            None if window.has_ended() => {
                let _ = sink(cut_in_record(window, at));
                return;
            }
            None => {
                let beginning = cut_json::closed(window.beginning().to_vec());
                if pass_beginning(beginning, at, sink).is_break() {
                    return;
                }
                if !object.skip_rest(window) {
                    let _ = sink(cut_in_record(window, at));
                    return;
                }
                continue;
            }
        };
        if sink(piece).is_break() {
            return;
        }
    }
    if between.lists > 0 {
        let what = "a list of JSON is not closed".to_owned();
        let _ = sink(Piece::Cut { at: window.end(), what });
    }
}

/// What stands between objects: the lists that they are in.
#[derive(Default)]
struct Between {
    /// Lists that are open.
    lists: usize,
    is_quoted: bool,
    is_escaped: bool,
}

impl Between {
    /// Skips to the next object. Returns false if there is none.
    fn skip_to_object(&mut self, window: &mut Window<'_>) -> bool {
        loop {
            let object = window.rest().iter().position(|byte| self.begins_object(*byte));
            window.skip(object.unwrap_or(window.rest().len()) as u64);
            if object.is_some() || !window.fill() {
                return object.is_some();
            }
        }
    }

    fn begins_object(&mut self, byte: u8) -> bool {
        if self.is_quoted {
            self.is_quoted = self.is_escaped || byte != b'"';
            self.is_escaped = !self.is_escaped && byte == b'\\';
            return false;
        }
        match byte {
            b'"' => self.is_quoted = true,
            b'[' => self.lists += 1,
            b']' => self.lists = self.lists.saturating_sub(1),
            _ => {}
        }
        byte == b'{'
    }
}

/// An object while its end is searched.
#[derive(Default)]
struct Object {
    depth: usize,
    is_quoted: bool,
    /// Bytes of the window that were searched. An escaped one behind its end counts.
    searched: usize,
}

impl Object {
    /// The offset of its end in the window; `None` if it does not end within the size of a record.
    fn end(&mut self, window: &mut Window<'_>) -> Option<usize> {
        loop {
            if let Some(end) = self.search(window.rest()) {
                return Some(end);
            }
            if self.searched as u64 > MAX_RECORD || !window.fill() {
                return None;
            }
        }
    }

    /// Skips the rest of an object that is too large. Returns false if it does not end.
    fn skip_rest(&mut self, window: &mut Window<'_>) -> bool {
        loop {
            self.searched -= window.rest().len().min(self.searched);
            window.discard_but(0);
            if !window.fill() {
                return false;
            }
            if let Some(end) = self.search(window.rest()) {
                window.skip(end as u64);
                return true;
            }
        }
    }

    fn search(&mut self, bytes: &[u8]) -> Option<usize> {
        let (mut at, mut depth, mut is_quoted) = (self.searched, self.depth, self.is_quoted);
        while let Some(&byte) = bytes.get(at) {
            at += 1;
            match byte {
                b'\\' if is_quoted => at += 1,
                b'"' => is_quoted = !is_quoted,
                b'{' if !is_quoted => depth += 1,
                b'}' if !is_quoted => {
                    depth = depth.saturating_sub(1);
                    if depth == 0 {
                        return Some(at);
                    }
                }
                _ => {}
            }
        }
        (self.searched, self.depth, self.is_quoted) = (at, depth, is_quoted);
        None
    }
}
