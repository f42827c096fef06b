//! Opening a file of an archive: small files are read at once, larger ones in chunks.

use std::fs::File;
use std::io::{BufRead, BufReader, Seek};

use bytes::Bytes;

use crate::archive::walk::FileRef;
use crate::report::Reason;

/// Files up to this size, in bytes, are read at once.
const MAX_SMALL: u64 = 16 << 20;

/// Bytes read at a time from larger files.
pub(super) const BUFFER: usize = 256 << 10;

/// A file that is about to be read.
#[derive(Debug)]
pub enum Opened {
    /// All its bytes.
    Small(Bytes),
    /// Too large to be read at once.
    Large(File),
}

/// Opens `file`, and reads it if it is small.
pub fn open(file: &FileRef) -> Result<Opened, Reason> {
    if file.size <= MAX_SMALL {
        std::fs::read(&file.path).map(|bytes| Opened::Small(bytes.into())).map_err(unreadable)
    } else {
        File::open(&file.path).map(Opened::Large).map_err(unreadable)
    }
}

impl Opened {
    /// Passes all bytes to `take` without holding a large file in memory. Returns their number.
    pub fn feed(&mut self, take: &mut dyn FnMut(&[u8])) -> Result<u64, Reason> {
        let file = match self {
            Self::Small(bytes) => {
                take(bytes);
                return Ok(bytes.len() as u64);
            }
            Self::Large(file) => file,
        };
        let mut reader = BufReader::with_capacity(BUFFER, &*file);
        let mut length = 0;
        loop {
            let chunk = reader.fill_buf().map_err(unreadable)?;
            if chunk.is_empty() {
                break;
            }
            take(chunk);
            let used = chunk.len();
            length += used as u64;
            reader.consume(used);
        }
        file.rewind().map_err(unreadable)?;
        Ok(length)
    }
}

#[expect(clippy::needless_pass_by_value, reason = "`map_err` passes it by value")]
pub(super) fn unreadable(error: std::io::Error) -> Reason {
    Reason::Unreadable(error.to_string())
}
