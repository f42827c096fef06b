//! Stretches of a text as byte offsets, and where its sentences and paragraphs begin.

use serde::{Deserialize, Serialize};

/// A stretch of a text: byte offsets, `[start, end)`, always on character boundaries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// A span of byte offsets as `str` methods give them.
    pub fn new(start: usize, end: usize) -> Self {
        Self { start: start as u32, end: end as u32 }
    }

    /// The span of `slice`, which is a slice of `text`.
    pub fn of_slice(text: &str, slice: &str) -> Self {
        let start = slice.as_ptr() as usize - text.as_ptr() as usize;
        Self::new(start, start + slice.len())
    }

    /// The text that it covers; empty if the span is not one of this text's.
    pub fn of(self, text: &str) -> &str {
        text.get(self.start as usize..self.end as usize).unwrap_or_default()
    }

    /// Whether the two share a byte.
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether `other` lies wholly inside.
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether it has no bytes.
    pub fn is_empty(self) -> bool {
        self.start >= self.end
    }
}

/// Bytes of a text at which sentences and paragraphs begin, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Boundaries {
    /// First bytes of sentences.
    pub sentences: Vec<u32>,
    /// First bytes of paragraphs; a sentence begins there too.
    pub paragraphs: Vec<u32>,
}
