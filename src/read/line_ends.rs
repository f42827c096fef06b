//! Carriage returns as line ends, as old Macintosh programs wrote them: read as line feeds.

use std::io::{self, BufRead, Read};

/// Whether the first line of a file that begins with `head` ends with a carriage return alone. Line feeds may come later:
/// they break lines within the cells of a table.
pub(super) fn are_carriage_returns(head: &[u8]) -> bool {
    let Some(at) = memchr::memchr2(b'\r', b'\n', head) else { return false };
    let next = head[at..].iter().find(|byte| **byte != b'\r');
    head[at] == b'\r' && next.is_none_or(|byte| *byte != b'\n')
}

/// Makes line feeds of carriage returns.
pub(super) fn to_line_feeds(bytes: &mut [u8]) {
    for byte in bytes.iter_mut().filter(|byte| **byte == b'\r') {
        *byte = b'\n';
    }
}

/// A source whose carriage returns are read as line feeds.
pub(super) struct LineFeeds<'s> {
    source: &'s mut dyn BufRead,
    bytes: Vec<u8>,
    used: usize,
}

impl<'s> LineFeeds<'s> {
    pub(super) fn new(source: &'s mut dyn BufRead) -> Self {
        Self { source, bytes: Vec::new(), used: 0 }
    }
}

impl Read for LineFeeds<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let available = self.fill_buf()?;
        let count = available.len().min(buffer.len());
        buffer[..count].copy_from_slice(&available[..count]);
        self.consume(count);
        Ok(count)
    }
}

impl BufRead for LineFeeds<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.used == self.bytes.len() {
            let source = self.source.fill_buf()?;
            self.bytes.clear();
            self.bytes.extend_from_slice(source);
            self.used = 0;
            let count = self.bytes.len();
            self.source.consume(count);
            to_line_feeds(&mut self.bytes);
        }
        Ok(&self.bytes[self.used..])
    }

    fn consume(&mut self, count: usize) {
        self.used += count;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_line_end_decides() {
        assert!(are_carriage_returns(b"a;b\r1;\"x\ny\"\r"));
        for other in ["a;b\r\n1;2", "a;b\n1;\"x\ry\"", "a;b\r\r\n1;2", "a;b", ""] {
            assert!(!are_carriage_returns(other.as_bytes()), "{other:?}");
        }
    }

    #[test]
    fn a_source_is_converted_as_it_is_read() {
        let mut text = String::new();
        let mut source = &b"The river\rrose.\r"[..];
        LineFeeds::new(&mut source).read_to_string(&mut text).unwrap();
        assert_eq!(text, "The river\nrose.\n");
    }
}
