//! Sorting of lines. If few are asked for, only so many are kept. Beyond a bound of memory, sorted runs are written to an
//! anonymous temporary file and merged from there.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::ops::ControlFlow;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::line::Line;
use crate::query::engine::unread::Place;

/// Bytes of lines in memory.
const MAX_BUFFERED: usize = 64 << 20;
/// Bytes that a line takes beside its key and its text.
const OVERHEAD: usize = 128;
/// Lines beyond twice those asked for that are buffered before the others are dropped.
const SPARE: usize = 256;
/// Bytes of a run that are read at once.
const CHUNK: usize = 128 << 10;

/// Where a line stands in an order.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct LineKey {
    /// The [`key`](super::line::LineOrder::key) of the order.
    pub(super) key: Vec<u8>,
    /// The place of its hit.
    pub(super) place: Place,
    /// Its number among the lines of the hit.
    pub(super) number: u32,
}

/// A serialised line with its key.
#[derive(Debug)]
pub(super) struct Entry {
    key: LineKey,
    line: Vec<u8>,
}

impl Entry {
    /// Of a line.
    pub(super) fn new(key: LineKey, line: &Line) -> io::Result<Self> {
        Ok(Self { key, line: postcard::to_stdvec(line).map_err(io::Error::other)? })
    }
}

/// Sorts lines and gives the first of them.
pub(super) struct LineSorter {
    /// Most lines to give.
    limit: usize,
    /// No line with a greater key is among the first.
    last: Option<Arc<LineKey>>,
    bound: usize,
    buffered: Vec<Entry>,
    bytes: usize,
    file: Option<File>,
    /// The end of each run in the file.
    ends: Vec<u64>,
}

impl LineSorter {
    /// Without lines; it will give the first `limit`.
    pub(super) fn new(limit: usize) -> Self {
        Self::within(MAX_BUFFERED, limit)
    }

    fn within(bound: usize, limit: usize) -> Self {
        let (buffered, bytes, file, ends) = (Vec::new(), 0, None, Vec::new());
        Self { limit, last: None, bound, buffered, bytes, file, ends }
    }

    /// A key such that no line with a greater one is among the first, once that is known.
    pub(super) fn last(&self) -> Option<Arc<LineKey>> {
        self.last.clone()
    }

    /// Adds a line.
    pub(super) fn push(&mut self, entry: Entry) -> io::Result<()> {
        self.bytes += entry.key.key.len() + entry.line.len() + OVERHEAD;
        self.buffered.push(entry);
        if self.buffered.len() >= self.limit.saturating_mul(2).saturating_add(SPARE) {
            self.drop_others();
        }
        if self.bytes > self.bound { self.spill() } else { Ok(()) }
    }

    /// Drops the buffered lines that are not among the first.
    fn drop_others(&mut self) {
        self.sort();
        self.buffered.truncate(self.limit);
        let bytes = |entry: &Entry| entry.key.key.len() + entry.line.len() + OVERHEAD;
        self.bytes = self.buffered.iter().map(bytes).sum();
        self.last = self.buffered.last().map(|last| Arc::new(last.key.clone()));
    }

    fn sort(&mut self) {
        self.buffered.sort_unstable_by(|a, b| a.key.cmp(&b.key));
    }

    /// Writes the buffered lines as a run.
    fn spill(&mut self) -> io::Result<()> {
        self.sort();
        let file = match &mut self.file {
            Some(file) => file,
            none => none.insert(tempfile::tempfile()?),
        };
        let mut out = io::BufWriter::with_capacity(CHUNK, file);
        for entry in self.buffered.drain(..) {
            let key = postcard::to_stdvec(&entry.key).map_err(io::Error::other)?;
            for part in [&key, &entry.line] {
                out.write_all(&(part.len() as u32).to_le_bytes())?;
                out.write_all(part)?;
            }
        }
        self.ends.push(out.stream_position()?);
        self.bytes = 0;
        Ok(())
    }

    /// Calls `each` for the first lines, in order.
    pub(super) fn for_each(
        mut self,
        each: &mut dyn FnMut(Line) -> ControlFlow<()>,
    ) -> io::Result<()> {
        let mut left = self.limit;
        let mut call = |line: &[u8]| {
            if left == 0 {
                return Ok(ControlFlow::Break(()));
            }
            left -= 1;
            postcard::from_bytes(line).map(&mut *each).map_err(io::Error::other)
        };
        if self.file.is_some() {
            self.spill()?;
        }
        let Some(mut file) = self.file.take() else {
            self.sort();
            for entry in &self.buffered {
                if call(&entry.line)?.is_break() {
                    break;
                }
            }
            return Ok(());
        };
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        let mut runs: Vec<_> = starts.zip(&self.ends).map(|(at, &end)| Run::new(at, end)).collect();
        let mut next = BinaryHeap::new();
        for (n, run) in runs.iter_mut().enumerate() {
            next.extend(run.next(&mut file)?.map(|entry| Reverse((entry.key, n, entry.line))));
        }
        while let Some(Reverse((_, n, line))) = next.pop() {
            if call(&line)?.is_break() {
                break;
            }
            next.extend(runs[n].next(&mut file)?.map(|e| Reverse((e.key, n, e.line))));
        }
        Ok(())
    }
}

/// A sorted run in the file.
struct Run {
    at: u64,
    end: u64,
    read: Vec<u8>,
    used: usize,
}

impl Run {
    fn new(at: u64, end: u64) -> Self {
        Self { at, end, read: Vec::new(), used: 0 }
    }

    /// The next entry.
    fn next(&mut self, file: &mut File) -> io::Result<Option<Entry>> {
        if self.at == self.end && self.used == self.read.len() {
            return Ok(None);
        }
        let key = postcard::from_bytes(&self.part(file)?).map_err(io::Error::other)?;
        Ok(Some(Entry { key, line: self.part(file)? }))
    }

    /// A length and as many bytes.
    fn part(&mut self, file: &mut File) -> io::Result<Vec<u8>> {
        let mut length = [0; 4];
        length.copy_from_slice(self.take(file, 4)?);
        Ok(self.take(file, u32::from_le_bytes(length) as usize)?.to_vec())
    }

    /// The next bytes of the run.
    fn take(&mut self, file: &mut File, bytes: usize) -> io::Result<&[u8]> {
        if self.read.len() - self.used < bytes {
            self.read.drain(..self.used);
            self.used = 0;
            let more = (self.end - self.at).min(CHUNK.max(bytes) as u64);
            file.seek(SeekFrom::Start(self.at))?;
            let read = file.take(more).read_to_end(&mut self.read)?;
            self.at += read as u64;
        }
        let taken = self.read.get(self.used..self.used + bytes);
        self.used += bytes;
        taken.ok_or_else(|| io::ErrorKind::UnexpectedEof.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Span;

    fn line(n: u32) -> Line {
        let text = |name: &str| format!("{name} {n}");
        Line {
            article: text("article"),
            date: None,
            quote: None,
            span: Span { start: n, end: n },
            left: text("left"),
            keyword: text("keyword"),
            right: "wide ".repeat(n as usize % 7),
        }
    }

    fn sorted(bound: usize, limit: usize, count: u32) -> Vec<Line> {
        let mut sorter = LineSorter::within(bound, limit);
        for n in 0..count {
            let key = LineKey {
                key: vec![(n * 31 % 17) as u8],
                place: Place([u64::from(n / 3), 0, 0, 0]),
                number: n % 3,
            };
            if sorter.last().is_none_or(|last| key <= *last) {
                sorter.push(Entry::new(key, &line(n)).unwrap()).unwrap();
            }
        }
        let mut lines = Vec::new();
        sorter
            .for_each(&mut |line| {
                lines.push(line);
                ControlFlow::Continue(())
            })
            .unwrap();
        lines
    }

    #[test]
    fn runs_are_merged_as_if_they_were_one() {
        let mut expected: Vec<_> = (0..2000).map(line).collect();
        expected.sort_by_key(|line| line.span.start * 31 % 17);
        for bound in [usize::MAX, 1000] {
            assert_eq!(sorted(bound, usize::MAX, 2000), expected);
            for limit in [1, 40, 700, 2000, 3000] {
                let first = &expected[..limit.min(2000)];
                assert_eq!(sorted(bound, limit, 2000), first, "{limit} within {bound}");
            }
        }
        assert_eq!(sorted(1, usize::MAX, 100).len(), 100);
        assert_eq!(sorted(1, usize::MAX, 0), []);
        assert_eq!(sorted(1, 0, 100), []);
    }
}
