//! A window over a source that is read in chunks. Memory is bounded by the largest record.

use std::io::{self, BufRead, Read};

use super::limits::MAX_RECORD;

/// Bytes read at a time.
const CHUNK: usize = 256 << 10;

/// A buffer over a source: it grows while a record is searched, and bytes before `from` are discarded.
pub(super) struct Window<'s> {
    source: &'s mut dyn BufRead,
    bytes: Vec<u8>,
    /// Where the unread bytes begin in `bytes`.
    from: usize,
    /// The byte of the source that `bytes` begin with.
    offset: u64,
    ended: bool,
    failure: Option<io::Error>,
}

impl<'s> Window<'s> {
    pub(super) fn new(source: &'s mut dyn BufRead) -> Self {
        Self { source, bytes: Vec::new(), from: 0, offset: 0, ended: false, failure: None }
    }

    /// The error with which the source ended, if any.
    pub(super) fn finish(self) -> io::Result<()> {
        self.failure.map_or(Ok(()), Err)
    }

    /// Whether the source has ended.
    pub(super) fn has_ended(&self) -> bool {
        self.ended
    }

    /// The byte of the source at which the unread bytes begin.
    pub(super) fn position(&self) -> u64 {
        self.offset + self.from as u64
    }

    /// The byte of the source up to which it was read.
    pub(super) fn end(&self) -> u64 {
        self.offset + self.bytes.len() as u64
    }

    /// The unread bytes that are in memory.
    pub(super) fn rest(&self) -> &[u8] {
        &self.bytes[self.from..]
    }

    /// Reads more bytes. Returns false at the end of the source.
    pub(super) fn fill(&mut self) -> bool {
        if self.ended {
            return false;
        }
        if self.from > CHUNK && self.from * 2 > self.bytes.len() {
            self.bytes.drain(..self.from);
            self.offset += self.from as u64;
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

    /// The offset of `needle` at or after `from`; `None` if it is not within the size of a record.
    pub(super) fn find(&mut self, needle: &[u8], from: usize) -> Option<usize> {
        let mut at = from;
        loop {
            let rest = self.rest();
            if let Some(found) = rest.get(at..).and_then(|rest| memchr::memmem::find(rest, needle))
            {
                return Some(at + found);
            }
            at = rest.len().saturating_sub(needle.len()).max(from);
            if rest.len() as u64 > MAX_RECORD || !self.fill() {
                return None;
            }
        }
    }

    /// Reads on until `length` unread bytes are in memory. Returns false if there are not so many.
    pub(super) fn ensure(&mut self, length: usize) -> bool {
        while self.rest().len() < length && self.fill() {}
        self.rest().len() >= length
    }

    /// The next `length` bytes, or as many as there are.
    pub(super) fn take(&mut self, length: usize) -> Vec<u8> {
        self.ensure(length);
        let length = length.min(self.rest().len());
        if self.from == 0 && length * 2 > self.bytes.len() {
            // A large record is not copied.
            self.offset += length as u64;
            let rest = self.bytes.split_off(length);
            return std::mem::replace(&mut self.bytes, rest);
        }
        let taken = self.rest()[..length].to_vec();
        self.from += length;
        taken
    }

    /// The beginning of a record that is over the limit. It stays in the window.
    pub(super) fn beginning(&self) -> &[u8] {
        &self.rest()[..self.rest().len().min(MAX_RECORD as usize)]
    }

    /// Discards the next `length` bytes.
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

    /// Discards all bytes before the next `needle`. Returns false if there is none: then all are discarded.
    pub(super) fn skip_to(&mut self, needle: &[u8]) -> bool {
        loop {
            if let Some(found) = memchr::memmem::find(self.rest(), needle) {
                self.skip(found as u64);
                return true;
            }
            self.discard_but(needle.len() - 1);
            if !self.fill() {
                self.discard_but(0);
                return false;
            }
        }
    }

    /// Discards all bytes up to the next `needle` and with it.
    pub(super) fn skip_past(&mut self, needle: &[u8]) {
        if self.skip_to(needle) {
            self.skip(needle.len() as u64);
        }
    }

    /// Discards all bytes in memory but the last `count`.
    pub(super) fn discard_but(&mut self, count: usize) {
        self.from = self.bytes.len().saturating_sub(count).max(self.from);
    }
}
