//! A member of a container while it is read: where it is in the packed bytes, and whether it ended as it should.

use std::fmt;
use std::io::{self, BufRead, BufReader, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};

use super::{BUFFER, is_bomb};

/// Why a container, or a member, was not unpacked to its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It unpacks to far more than its size.
    Bomb,
    /// It is whole, perhaps, but in a form that is not read; what that is.
    Unsupported(String),
    /// It is damaged.
    Broken {
        /// The packed byte at which that was met.
        at: u64,
        /// The message of the decoder.
        why: String,
    },
}

/// How far the packed bytes of a container were read, and how many bytes that gave.
#[derive(Debug, Default)]
pub(super) struct Counts {
    packed: AtomicU64,
    unpacked: AtomicU64,
    /// Whether more packed bytes were asked for than there are.
    met_end: AtomicBool,
}

impl Counts {
    /// The packed bytes that were used.
    pub(super) fn packed(&self) -> u64 {
        self.packed.load(Relaxed)
    }

    /// Those of a container of so many bytes that are not read in order.
    pub(super) fn of_size(bytes: u64) -> Arc<Self> {
        Arc::new(Self { packed: AtomicU64::new(bytes), ..Self::default() })
    }

    /// Whether more packed bytes were asked for than there are.
    pub(super) fn met_end(&self) -> bool {
        self.met_end.load(Relaxed)
    }

    /// The fault of a container that cannot be decoded at this place.
    pub(super) fn broken(&self, why: &dyn fmt::Display) -> Fault {
        Fault::Broken { at: self.packed(), why: why.to_string() }
    }

    fn is_bomb(&self) -> bool {
        is_bomb(self.packed(), self.unpacked.load(Relaxed))
    }
}

/// Packed bytes that are counted as they are used.
pub(super) struct Counted<R> {
    inner: R,
    counts: Arc<Counts>,
}

impl<R> Counted<R> {
    pub(super) fn new(inner: R, counts: &Arc<Counts>) -> Self {
        Self { inner, counts: Arc::clone(counts) }
    }
}

impl<R: BufRead> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let available = self.inner.fill_buf()?;
        let count = available.len().min(buffer.len());
        buffer[..count].copy_from_slice(&available[..count]);
        if available.is_empty() && !buffer.is_empty() {
            self.counts.met_end.store(true, Relaxed);
        }
        self.consume(count);
        Ok(count)
    }
}

impl<R: BufRead> BufRead for Counted<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.inner.fill_buf()
    }

    fn consume(&mut self, count: usize) {
        self.counts.packed.fetch_add(count as u64, Relaxed);
        self.inner.consume(count);
    }
}

/// A member while it is read.
pub struct Member<'a> {
    unpacked: BufReader<Unpacked<'a>>,
}

impl<'a> Member<'a> {
    pub(super) fn new(decoder: impl Read + 'a, counts: &Arc<Counts>) -> Self {
        Self::of(Box::new(decoder), counts, None, None)
    }

    /// A member that must have so many bytes.
    pub(super) fn of_size(size: u64, content: impl Read + 'a, counts: &Arc<Counts>) -> Self {
        Self::of(Box::new(content), counts, Some(size), None)
    }

    /// A member that begins at a byte of a container whose bytes are not read in order.
    pub(super) fn at(byte: u64, content: impl Read + 'a, counts: &Arc<Counts>) -> Self {
        Self::of(Box::new(content), counts, None, Some(byte))
    }

    fn of(
        decoder: Box<dyn Read + 'a>,
        counts: &Arc<Counts>,
        missing: Option<u64>,
        begins_at: Option<u64>,
    ) -> Self {
        let counts = Arc::clone(counts);
        let unpacked = Unpacked { decoder, counts, missing, begins_at, fault: None };
        Self { unpacked: BufReader::with_capacity(BUFFER, unpacked) }
    }

    /// Reads on to the end of the member, whose checksum stands there. Returns why it ended before.
    pub fn end(&mut self) -> Option<Fault> {
        let _ = io::copy(&mut self.unpacked, &mut io::sink());
        self.unpacked.get_ref().fault.clone()
    }

    /// How many packed bytes of its container were used.
    pub fn packed(&self) -> u64 {
        self.unpacked.get_ref().counts.packed()
    }
}

impl Read for Member<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.unpacked.read(buffer)
    }
}

impl BufRead for Member<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.unpacked.fill_buf()
    }

    fn consume(&mut self, count: usize) {
        self.unpacked.consume(count);
    }
}

/// The bytes of a member. They end at the first fault, which is remembered.
struct Unpacked<'a> {
    decoder: Box<dyn Read + 'a>,
    counts: Arc<Counts>,
    /// Bytes that are still to come, where that is known.
    missing: Option<u64>,
    /// Where it begins in the container, if that is all that is known of its place.
    begins_at: Option<u64>,
    fault: Option<Fault>,
}

impl Unpacked<'_> {
    fn broken(&self, why: &dyn fmt::Display) -> Fault {
        let at = self.begins_at.unwrap_or_else(|| self.counts.packed());
        Fault::Broken { at, why: why.to_string() }
    }

    /// The next bytes, and whether more should come.
    fn decode(&mut self, buffer: &mut [u8]) -> io::Result<Result<usize, Fault>> {
        if self.counts.is_bomb() {
            return Ok(Err(Fault::Bomb));
        }
        let read = match self.decoder.read(buffer) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => return Err(error),
            Err(error) => return Ok(Err(self.broken(&error))),
            Ok(read) => read as u64,
        };
        self.counts.unpacked.fetch_add(read, Relaxed);
        let missing = self.missing.map_or(0, |missing| missing.saturating_sub(read));
        self.missing = self.missing.map(|_| missing);
        if read == 0 && missing > 0 && !buffer.is_empty() {
            return Ok(Err(self.broken(&"it ends in the middle of a member")));
        }
        Ok(Ok(read as usize))
    }
}

impl Read for Unpacked<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.fault.is_some() {
            return Ok(0);
        }
        let decoded = self.decode(buffer)?;
        Ok(decoded.unwrap_or_else(|fault| {
            self.fault = Some(fault);
            0
        }))
    }
}
