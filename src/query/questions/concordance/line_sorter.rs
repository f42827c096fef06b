//! External sorting of lines: beyond a bound of memory, sorted runs are written to an anonymous temporary file and merged
//! from there.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::ops::ControlFlow;

use super::line::Line;

/// Bytes of lines in memory.
const MAX_BUFFERED: usize = 64 << 20;
/// Bytes that a line takes beside its key and its text.
const OVERHEAD: usize = 64;
/// Bytes of a run that are read at once.
const CHUNK: usize = 128 << 10;

/// A serialised line with its sort key.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    key: Vec<u8>,
    line: Vec<u8>,
}

/// Sorts lines; those with the same key stay in the order in which they came.
pub(super) struct LineSorter {
    bound: usize,
    buffered: Vec<Entry>,
    bytes: usize,
    file: Option<File>,
    /// The end of each run in the file.
    ends: Vec<u64>,
}

impl LineSorter {
    /// Without lines.
    pub(super) fn new() -> Self {
        Self::within(MAX_BUFFERED)
    }

    fn within(bound: usize) -> Self {
        Self { bound, buffered: Vec::new(), bytes: 0, file: None, ends: Vec::new() }
    }

    /// Adds a line.
    pub(super) fn push(&mut self, key: Vec<u8>, line: &Line) -> io::Result<()> {
        let line = postcard::to_stdvec(line).map_err(io::Error::other)?;
        self.bytes += key.len() + line.len() + OVERHEAD;
        self.buffered.push(Entry { key, line });
        if self.bytes > self.bound { self.spill() } else { Ok(()) }
    }

    /// Writes the buffered lines as a run.
    fn spill(&mut self) -> io::Result<()> {
        self.buffered.sort_by(|a, b| a.key.cmp(&b.key));
        let file = match &mut self.file {
            Some(file) => file,
            none => none.insert(tempfile::tempfile()?),
        };
        let mut out = io::BufWriter::with_capacity(CHUNK, file);
        for entry in self.buffered.drain(..) {
            for part in [&entry.key, &entry.line] {
                out.write_all(&(part.len() as u32).to_le_bytes())?;
                out.write_all(part)?;
            }
        }
        self.ends.push(out.stream_position()?);
        self.bytes = 0;
        Ok(())
    }

    /// Calls `each` for all lines, in order.
    pub(super) fn for_each(
        mut self,
        each: &mut dyn FnMut(Line) -> ControlFlow<()>,
    ) -> io::Result<()> {
        let mut call =
            |line: &[u8]| postcard::from_bytes(line).map(&mut *each).map_err(io::Error::other);
        if self.file.is_some() {
            self.spill()?;
        }
        let Some(mut file) = self.file else {
            self.buffered.sort_by(|a, b| a.key.cmp(&b.key));
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
        let key = self.part(file)?;
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

    fn sorted(bound: usize, count: u32) -> Vec<Line> {
        let mut sorter = LineSorter::within(bound);
        for n in 0..count {
            sorter.push(vec![(n * 31 % 17) as u8], &line(n)).unwrap();
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
        assert_eq!(sorted(usize::MAX, 2000), expected);
        assert_eq!(sorted(1000, 2000), expected);
        assert_eq!(sorted(1, 100).len(), 100);
        assert_eq!(sorted(1, 0), []);
    }
}
