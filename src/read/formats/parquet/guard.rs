//! Limits on the memory that a Parquet file may make its decoder allocate. The decoder trusts the sizes and counts in the
//! file; here they are checked first.

use std::io::{Cursor, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};

use bytes::Bytes;
use parquet::errors::ParquetError;
use parquet::file::reader::{ChunkReader, Length};

type Result<T> = std::result::Result<T, ParquetError>;

/// The maximum size of the footer, in bytes.
const MAX_FOOTER: usize = 16 << 20;

/// The maximum size of a page, in bytes, uncompressed. Writers end a page at about a megabyte.
const MAX_PAGE: u64 = 64 << 20;

/// The maximum number of values of a page. A page of empty values has some millions.
const MAX_VALUES: u64 = 16 << 20;

/// The maximum size of the pages of one batch of rows in all columns: bytes, uncompressed, and values.
const MAX_BATCH: u64 = 256 << 20;
const MAX_BATCH_VALUES: u64 = 4 * MAX_VALUES;

/// The sizes of a page are in the first so many bytes of its header.
const HEADER: u64 = 64;

/// What the decoder has read of the current batch; shared by the file and its reader.
#[derive(Debug, Default)]
pub(super) struct Allowance {
    /// Whether pages are being read, rather than the footer.
    pages: AtomicBool,
    bytes: AtomicU64,
    values: AtomicU64,
}

impl Allowance {
    /// Begins a new batch.
    pub(super) fn renew(&self) {
        self.pages.store(true, Relaxed);
        self.bytes.store(0, Relaxed);
        self.values.store(0, Relaxed);
    }

    fn page(&self, header: &[u8]) -> Result<()> {
        let page = Page::read(header).ok_or_else(|| fault("a page has no header"))?;
        let bytes = self.bytes.fetch_add(page.bytes, Relaxed).saturating_add(page.bytes);
        let values = self.values.fetch_add(page.values, Relaxed).saturating_add(page.values);
        let is_small = page.bytes <= MAX_PAGE && page.values <= MAX_VALUES;
        if is_small && bytes <= MAX_BATCH && values <= MAX_BATCH_VALUES {
            Ok(())
        } else {
            Err(fault("it unpacks to far more than it should"))
        }
    }
}

fn fault(what: &str) -> ParquetError {
    ParquetError::General(what.to_owned())
}

/// A Parquet file under an allowance.
pub(super) struct Guarded<R> {
    pub(super) inner: R,
    pub(super) allowance: Arc<Allowance>,
}

impl<R> Guarded<R>
where
    R: ChunkReader,
{
    /// Checks that a range lies within the file.
    fn check_range(&self, start: u64, length: u64) -> Result<()> {
        let end = start.checked_add(length);
        if end.is_some_and(|end| end <= self.inner.len()) {
            Ok(())
        } else {
            Err(fault("it points behind its end"))
        }
    }
}

impl<R: ChunkReader> Length for Guarded<R> {
    fn len(&self) -> u64 {
        self.inner.len()
    }
}

impl<R: ChunkReader> ChunkReader for Guarded<R> {
    type T = std::io::Chain<Cursor<Vec<u8>>, R::T>;

    fn get_read(&self, start: u64) -> Result<Self::T> {
        self.check_range(start, 0)?;
        let mut read = self.inner.get_read(start)?;
        let mut header = Vec::new();
        read.by_ref().take(HEADER).read_to_end(&mut header)?;
        if self.allowance.pages.load(Relaxed) {
            self.allowance.page(&header)?;
        }
        Ok(Cursor::new(header).chain(read))
    }

    fn get_bytes(&self, start: u64, length: usize) -> Result<Bytes> {
        self.check_range(start, length as u64)?;
        let most = if self.allowance.pages.load(Relaxed) { MAX_PAGE as usize } else { MAX_FOOTER };
        if length > most {
            return Err(fault("a part of it is too large"));
        }
        self.inner.get_bytes(start, length)
    }
}

/// The sizes in the header of a page: Thrift's compact protocol, in the field order of all writers.
#[derive(Debug, PartialEq, Eq)]
struct Page {
    /// Uncompressed size.
    bytes: u64,
    values: u64,
}

impl Page {
    fn read(header: &[u8]) -> Option<Self> {
        /// The header of a field of type `i32` with the next field id.
        const NEXT_I32: u8 = 0x15;
        const STRUCT: u8 = 0x0c;
        let mut rest = header;
        let mut number = |expected: u8| -> Option<u64> {
            let (&first, behind) = rest.split_first()?;
            rest = behind;
            (first == expected).then(|| varint(&mut rest))?
        };
        let _kind = number(NEXT_I32)?;
        let unpacked = number(NEXT_I32)?;
        let packed = number(NEXT_I32)?;
        // In zigzag encoding, negative numbers are odd.
        if unpacked % 2 == 1 || packed % 2 == 1 {
            return None;
        }
        if rest.first() == Some(&NEXT_I32) {
            rest = &rest[1..];
            let _checksum = varint(&mut rest)?;
        }
        let (&kind, behind) = rest.split_first()?;
        let counted = kind & 0x0f == STRUCT && behind.first() == Some(&NEXT_I32);
        let values = if counted { varint(&mut &behind[1..])? / 2 } else { 0 };
        Some(Self { bytes: unpacked / 2, values })
    }
}

fn varint(rest: &mut &[u8]) -> Option<u64> {
    let mut value = 0u64;
    for shift in (0..35).step_by(7) {
        let (&byte, behind) = rest.split_first()?;
        *rest = behind;
        value |= u64::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Some(value);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_of_pages_are_read() {
        let header = [0x15, 0, 0x15, 0x80, 0x10, 0x15, 0x14, 0x2c, 0x15, 0x08, 0x15, 0];
        assert_eq!(Page::read(&header), Some(Page { bytes: 1024, values: 4 }));
        let checked = [0x15, 0, 0x15, 0x14, 0x15, 0x14, 0x15, 0x07, 0x1c, 0x15, 0x08];
        assert_eq!(Page::read(&checked), Some(Page { bytes: 10, values: 4 }));
        assert_eq!(Page::read(&header[..6]), None);
        assert_eq!(Page::read(&[0x15, 0, 0x15, 0x01, 0x15, 0x14, 0x2c, 0]), None);
    }

    #[test]
    fn allowances_are_limited() {
        let allowance = Allowance::default();
        // 40 MB and two values.
        let header = [0x15, 0, 0x15, 0x80, 0x80, 0x80, 0x28, 0x15, 0x14, 0x2c, 0x15, 0x04];
        allowance.renew();
        let pages = (0..10).take_while(|_| allowance.page(&header).is_ok()).count();
        assert_eq!(pages, 6);
        allowance.renew();
        assert!(allowance.page(&header).is_ok());
    }
}
