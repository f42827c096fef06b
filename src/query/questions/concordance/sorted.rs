//! Lines in another order than the one they are found in, within a bound of memory: beyond it, sorted runs of them go to
//! a temporary file without a name, and are merged from there.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::ops::ControlFlow;

use super::Line;

/// Bytes of lines that are held in memory.
const HELD: usize = 64 << 20;
/// What a line takes beside its texts.
const OVERHEAD: usize = 64;
/// Bytes of a run that are read at once.
const CHUNK: usize = 128 << 10;

/// A line in a form that can be written, and what it is sorted by.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    key: Vec<u8>,
    line: Vec<u8>,
}

/// Lines to be sorted. Lines with the same key stay in the order they came in.
pub(super) struct Sorter {
    bound: usize,
    held: Vec<Entry>,
    bytes: usize,
    file: Option<File>,
    /// Where each run ends in the file.
    ends: Vec<u64>,
}

impl Sorter {
    pub(super) fn new() -> Self {
        Self::within(HELD)
    }

    fn within(bound: usize) -> Self {
        Self { bound, held: Vec::new(), bytes: 0, file: None, ends: Vec::new() }
    }

    pub(super) fn push(&mut self, key: Vec<u8>, line: &Line) -> io::Result<()> {
        let line = postcard::to_stdvec(line).map_err(io::Error::other)?;
        self.bytes += key.len() + line.len() + OVERHEAD;
        self.held.push(Entry { key, line });
        if self.bytes > self.bound { self.put_away() } else { Ok(()) }
    }

    /// Writes what is held, as a run.
    fn put_away(&mut self) -> io::Result<()> {
        self.held.sort_by(|a, b| a.key.cmp(&b.key));
        let file = match &mut self.file {
            Some(file) => file,
            none => none.insert(tempfile::tempfile()?),
        };
        let mut out = io::BufWriter::with_capacity(CHUNK, file);
        for entry in self.held.drain(..) {
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
            self.put_away()?;
        }
        let Some(mut file) = self.file else {
            self.held.sort_by(|a, b| a.key.cmp(&b.key));
            for entry in &self.held {
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

/// A sorted stretch of the file.
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

    fn next(&mut self, file: &mut File) -> io::Result<Option<Entry>> {
        if self.at == self.end && self.used == self.read.len() {
            return Ok(None);
        }
        let key = self.part(file)?;
        Ok(Some(Entry { key, line: self.part(file)? }))
    }

    fn part(&mut self, file: &mut File) -> io::Result<Vec<u8>> {
        let mut length = [0; 4];
        length.copy_from_slice(self.take(file, 4)?);
        Ok(self.take(file, u32::from_le_bytes(length) as usize)?.to_vec())
    }

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
        let mut sorter = Sorter::within(bound);
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
