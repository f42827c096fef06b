//! A member of a container while it is read: where it is in the packed bytes, and whether it ended as it should.

use std::cell::Cell;
use std::fmt;
use std::io::{self, BufRead, BufReader, Read};
use std::rc::Rc;

use super::BUFFER;
use crate::archive::budget::{Budget, Limit};

/// Why a container, or a member, was not unpacked to its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The budget of the file on the disk is spent.
    OverLimit(Limit),
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

/// How far the packed bytes of a container were read, and what its file may still unpack.
#[derive(Debug)]
pub(super) struct Counts<'b> {
    packed: Cell<u64>,
    /// Whether more packed bytes were asked for than there are.
    met_end: Cell<bool>,
    pub(super) budget: &'b Budget<'b>,
}

impl<'b> Counts<'b> {
    /// `packed` is 0 for a container that is read in order, and the size of one that is not.
    pub(super) fn new(packed: u64, budget: &'b Budget<'b>) -> Rc<Self> {
        Rc::new(Self { packed: Cell::new(packed), met_end: Cell::new(false), budget })
    }

    /// The packed bytes that were used.
    pub(super) fn packed(&self) -> u64 {
        self.packed.get()
    }

    /// Whether more packed bytes were asked for than there are.
    pub(super) fn met_end(&self) -> bool {
        self.met_end.get()
    }

    /// The fault of a container that cannot be decoded at this place.
    pub(super) fn broken(&self, why: &dyn fmt::Display) -> Fault {
        Fault::Broken { at: self.packed(), why: why.to_string() }
    }
}

/// Packed bytes that are counted as they are used.
pub(super) struct Counted<'b, R> {
    inner: R,
    counts: Rc<Counts<'b>>,
}

impl<'b, R> Counted<'b, R> {
    pub(super) fn new(inner: R, counts: &Rc<Counts<'b>>) -> Self {
        Self { inner, counts: Rc::clone(counts) }
    }
}

impl<R: BufRead> Read for Counted<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let available = self.inner.fill_buf()?;
        let count = available.len().min(buffer.len());
        buffer[..count].copy_from_slice(&available[..count]);
        if available.is_empty() && !buffer.is_empty() {
            self.counts.met_end.set(true);
        }
        self.consume(count);
        Ok(count)
    }
}

impl<R: BufRead> BufRead for Counted<'_, R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.inner.fill_buf()
    }

    fn consume(&mut self, count: usize) {
        self.counts.packed.set(self.counts.packed.get() + count as u64);
        self.inner.consume(count);
    }
}

/// A member while it is read.
pub struct Member<'a> {
    unpacked: BufReader<Unpacked<'a>>,
}

impl<'a> Member<'a> {
    pub(super) fn new(decoder: impl Read + 'a, counts: &Rc<Counts<'a>>) -> Self {
        Self::of(Box::new(decoder), counts, None, None)
    }

    /// A member that must have so many bytes.
    pub(super) fn of_size(size: u64, content: impl Read + 'a, counts: &Rc<Counts<'a>>) -> Self {
        Self::of(Box::new(content), counts, Some(size), None)
    }

    /// A member that begins at a byte of a container whose bytes are not read in order.
    pub(super) fn at(byte: u64, content: impl Read + 'a, counts: &Rc<Counts<'a>>) -> Self {
        Self::of(Box::new(content), counts, None, Some(byte))
    }

    fn of(
        decoder: Box<dyn Read + 'a>,
        counts: &Rc<Counts<'a>>,
        missing: Option<u64>,
        begins_at: Option<u64>,
    ) -> Self {
        let counts = Rc::clone(counts);
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
    counts: Rc<Counts<'a>>,
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
        let read = match self.decoder.read(buffer) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => return Err(error),
            Err(error) => return Ok(Err(self.broken(&error))),
            Ok(read) => read as u64,
        };
        if let Err(limit) = self.counts.budget.take_bytes(read) {
            return Ok(Err(Fault::OverLimit(limit)));
        }
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
