//! Opening a file of an archive: small files are read at once, larger ones in chunks.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek};
use std::sync::OnceLock;

use bytes::Bytes;

use super::limits::MAX_RECORD;
use crate::archive::budget::Budget;
use crate::archive::container::Container;
use crate::archive::regular_file;
use crate::archive::walk::{FileRef, WhyLeftOut};
use crate::report::Reason;

/// Files up to this size, in bytes, are read at once.
const MAX_SMALL: u64 = MAX_RECORD;

/// Bytes read at a time from larger files.
const BUFFER: usize = 256 << 10;

/// Bytes by which a container is recognised.
const HEAD: u64 = 262;

/// A packed byte may give so many bytes, as far as memory for them is concerned.
const UNPACKED: u64 = 200;

/// A file that is about to be read.
#[derive(Debug)]
pub struct Opened {
    file: File,
    size: u64,
    is_packed: bool,
    /// All its bytes, once they were read; `None` if they are too many.
    content: OnceLock<Option<Bytes>>,
}

/// Opens `file`, which must be a regular file, and reads its first bytes.
pub fn open(file: &FileRef) -> Result<Opened, Reason> {
    let open = || {
        let mut opened = regular_file::open(&file.path)?;
        let size = opened.metadata()?.len();
        let mut head = Vec::new();
        opened.by_ref().take(HEAD).read_to_end(&mut head)?;
        opened.rewind()?;
        let is_packed = Container::detect(&head).is_some();
        Ok(Opened { file: opened, size, is_packed, content: OnceLock::new() })
    };
    open().map_err(unreadable)
}

impl Opened {
    /// Bytes of the largest record that it may hold: for so many there must be memory while it is read.
    pub fn largest_record(&self) -> usize {
        let bytes = if self.is_packed { self.size.saturating_mul(UNPACKED) } else { self.size };
        bytes.min(MAX_RECORD) as usize
    }

    /// Its size when it was opened, in bytes.
    pub(super) fn size(&self) -> u64 {
        self.size
    }

    /// All its bytes, if it is small. They are read once.
    pub fn content(&self) -> Result<Option<Bytes>, Reason> {
        if let Some(content) = self.content.get() {
            return Ok(content.clone());
        }
        let content = self.read().map_err(unreadable)?;
        Ok(self.content.get_or_init(|| content).clone())
    }

    fn read(&self) -> io::Result<Option<Bytes>> {
        if self.size > MAX_SMALL {
            return Ok(None);
        }
        let mut bytes = Vec::with_capacity(self.size as usize + 1);
        // It may have grown since.
        (&self.file).take(MAX_SMALL + 1).read_to_end(&mut bytes)?;
        (&self.file).rewind()?;
        Ok((bytes.len() as u64 <= MAX_SMALL).then(|| bytes.into()))
    }

    /// The file, at its start.
    pub(super) fn at_start(&self) -> Result<File, Reason> {
        let rewound = || {
            let mut file = self.file.try_clone()?;
            file.rewind()?;
            Ok(file)
        };
        rewound().map_err(unreadable)
    }

    /// Passes all bytes to `take` without holding a large file in memory. Returns their number.
    pub fn feed(
        &self,
        has_stopped: &dyn Fn() -> bool,
        take: &mut dyn FnMut(&[u8]),
    ) -> Result<u64, Reason> {
        if let Some(Some(bytes)) = self.content.get() {
            take(bytes);
            return Ok(bytes.len() as u64);
        }
        let mut reader = BufReader::with_capacity(BUFFER, self.at_start()?);
        let mut length = 0;
        while !has_stopped() {
            let chunk = reader.fill_buf().map_err(unreadable)?;
            if chunk.is_empty() {
                return Ok(length);
            }
            take(chunk);
            let used = chunk.len();
            length += used as u64;
            reader.consume(used);
        }
        Err(Reason::Stopped)
    }
}

/// Reads a file as long as its budget is not spent.
pub(super) fn within_budget<'b>(file: File, budget: &'b Budget<'b>) -> impl BufRead + 'b {
    BufReader::with_capacity(BUFFER, WithinBudget { file, budget })
}

struct WithinBudget<'b> {
    file: File,
    budget: &'b Budget<'b>,
}

impl Read for WithinBudget<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.budget.check().map_err(|limit| io::Error::other(limit.to_string()))?;
        self.file.read(buffer)
    }
}

impl From<WhyLeftOut> for Reason {
    fn from(why: WhyLeftOut) -> Self {
        match why {
            WhyLeftOut::Unreadable(why) => Self::Unreadable(why),
            WhyLeftOut::LinkOutside(target) => Self::LinkOutside(target.display().to_string()),
        }
    }
}

#[expect(clippy::needless_pass_by_value, reason = "`map_err` passes it by value")]
pub(super) fn unreadable(error: io::Error) -> Reason {
    Reason::Unreadable(error.to_string())
}
