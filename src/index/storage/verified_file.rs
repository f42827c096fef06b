//! Files whose every block has a checksum, verified when the block is first read.
//!
//! A file is what tantivy wrote, then a trailer: the CRC-32 of each block, the length of what tantivy wrote, and a
//! checksum of the trailer itself. So no file of checksums can be lost or be that of another commit, and the trailer is
//! durable when the file is.
//!
//! tantivy has one checksum a file, which only a reading of the whole file can verify: too much for a program that opens an
//! index to answer one query. Blocks are verified as they are read, so that a query pays for what it reads and nothing
//! damaged reaches tantivy, whose readers take what they are given as it is: they would answer otherwise, or panic. A piece
//! that tantivy asks for as a whole (a column, the dictionary of a field, the postings of a word) is verified as a whole.
//!
//! That costs 1 to 5 % of the processor time of a query in an index of 41 MB of press releases (the program is started for
//! each query; medians of 100). Where scanned pages fill the dictionary with misread words (an index of 67 MB) it is 2 to 7 %
//! of a search, and up to 1.3 ms, which is a quarter, of the shortest queries. To remember from one process to the next what
//! was verified would save that, and would not see what a disk has lost since: so it is not done.

use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use tantivy::HasLen;
use tantivy::directory::{FileHandle, OwnedBytes};

use super::fault::Fault;

/// Bytes of a block: a store's compressed block is about as long.
const BLOCK: usize = 1 << 14;
/// The last bytes of every file.
const MARK: [u8; 4] = *b"nwdx";
/// Bytes of the trailer behind the checksums: a length, the trailer's checksum, and the mark.
const TAIL: usize = 8 + 4 + MARK.len();

const CUT: &str = "its end is not what was written";
const BROKEN: &str = "what it holds does not have its checksum";

/// The checksums of a file that is being written.
#[derive(Default)]
pub(super) struct BlockSums {
    length: u64,
    current: crc32fast::Hasher,
    trailer: Vec<u8>,
}

impl BlockSums {
    /// Goes on with what was written.
    pub(super) fn update(&mut self, mut written: &[u8]) {
        while !written.is_empty() {
            let room = BLOCK - self.length as usize % BLOCK;
            let (now, later) = written.split_at(room.min(written.len()));
            self.current.update(now);
            self.length += now.len() as u64;
            if now.len() == room {
                self.end_block();
            }
            written = later;
        }
    }

    fn end_block(&mut self) {
        let sum = std::mem::take(&mut self.current).finalize();
        self.trailer.extend(sum.to_le_bytes());
    }

    /// The trailer of the whole file.
    pub(super) fn trailer(mut self) -> Vec<u8> {
        if !self.length.is_multiple_of(BLOCK as u64) {
            self.end_block();
        }
        self.trailer.extend(self.length.to_le_bytes());
        let sum = crc32fast::hash(&self.trailer);
        self.trailer.extend(sum.to_le_bytes());
        self.trailer.extend(MARK);
        self.trailer
    }
}

/// A file that is read through its checksums.
#[derive(Debug)]
pub(super) struct VerifiedFile {
    file: Arc<dyn FileHandle>,
    length: usize,
    /// Of each block, as bytes.
    sums: OwnedBytes,
    /// A bit for each block that was found to be what was written.
    verified: Box<[AtomicU64]>,
    path: PathBuf,
    fault: Fault,
}

impl VerifiedFile {
    /// Reads the trailer of `file`, which is at `path`.
    pub(super) fn open(file: Arc<dyn FileHandle>, path: &Path, fault: &Fault) -> io::Result<Self> {
        let cut = || io::Error::new(io::ErrorKind::InvalidData, CUT);
        let end = file.len();
        let tail = end.checked_sub(TAIL).ok_or_else(cut)?;
        let last = file.read_bytes(tail..end)?;
        let length = usize::try_from(number(&last[..8])).map_err(|_| cut())?;
        let start = length.div_ceil(BLOCK).checked_mul(4).and_then(|sums| tail.checked_sub(sums));
        if last[TAIL - MARK.len()..] != MARK || start != Some(length) {
            return Err(cut());
        }
        let trailer = file.read_bytes(length..tail + 8)?;
        if u64::from(crc32fast::hash(&trailer)) != number(&last[8..12]) {
            return Err(cut());
        }
        let sums = trailer.slice(0..tail - length);
        let words = length.div_ceil(BLOCK).div_ceil(64);
        let verified = (0..words).map(|_| AtomicU64::new(0)).collect();
        Ok(Self { file, length, sums, verified, path: path.to_path_buf(), fault: fault.clone() })
    }

    /// Reads all of it: fails if anything is not what was written.
    pub(super) fn verify_all(&self) -> io::Result<()> {
        (0..self.length.div_ceil(BLOCK)).try_for_each(|block| self.verify(block))
    }

    fn verify(&self, block: usize) -> io::Result<()> {
        if self.is_verified(block) {
            return Ok(());
        }
        let start = block * BLOCK;
        self.note(block, &self.file.read_bytes(start..self.length.min(start + BLOCK))?)
    }

    fn is_verified(&self, block: usize) -> bool {
        self.verified[block / 64].load(Relaxed) & 1 << (block % 64) != 0
    }

    /// Notes that a block is what was written; fails if what it holds is not.
    fn note(&self, block: usize, bytes: &[u8]) -> io::Result<()> {
        if u64::from(crc32fast::hash(bytes)) != number(&self.sums[4 * block..4 * block + 4]) {
            return Err(io::Error::new(io::ErrorKind::InvalidData, BROKEN));
        }
        self.verified[block / 64].fetch_or(1 << (block % 64), Relaxed);
        Ok(())
    }

    fn read(&self, range: Range<usize>) -> io::Result<OwnedBytes> {
        if range.start > range.end || range.end > self.length {
            return Err(io::Error::new(io::ErrorKind::InvalidData, CUT));
        }
        let (first, end) = (range.start / BLOCK, range.end.div_ceil(BLOCK));
        if range.is_empty() || (first..end).all(|block| self.is_verified(block)) {
            return self.file.read_bytes(range);
        }
        // Whole blocks at once: what is verified need not be read again.
        let start = first * BLOCK;
        let bytes = self.file.read_bytes(start..self.length.min(end * BLOCK))?;
        for (block, bytes) in (first..end).zip(bytes.chunks(BLOCK)) {
            if !self.is_verified(block) {
                self.note(block, bytes)?;
            }
        }
        Ok(bytes.slice(range.start - start..range.end - start))
    }
}

/// A number in little-endian bytes.
fn number(bytes: &[u8]) -> u64 {
    bytes.iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte))
}

impl HasLen for VerifiedFile {
    fn len(&self) -> usize {
        self.length
    }
}

impl FileHandle for VerifiedFile {
    fn read_bytes(&self, range: Range<usize>) -> io::Result<OwnedBytes> {
        self.read(range).inspect_err(|error| self.fault.note_unreadable(&self.path, error))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A file as it is written, in pieces of that length.
    fn written(content: &[u8], piece: usize) -> Vec<u8> {
        let mut sums = BlockSums::default();
        content.chunks(piece).for_each(|piece| sums.update(piece));
        [content, &sums.trailer()].concat()
    }

    fn open(file: Vec<u8>, fault: &Fault) -> io::Result<VerifiedFile> {
        VerifiedFile::open(Arc::new(OwnedBytes::new(file)), Path::new("f"), fault)
    }

    #[test]
    fn what_was_written_is_read() {
        for length in [0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 70 * BLOCK + 5] {
            let content: Vec<u8> = (0..length).map(|i| (i % 251) as u8).collect();
            let file = open(written(&content, 1000), &Fault::default()).unwrap();
            assert_eq!(file.len(), length);
            assert_eq!(file.read_bytes(0..length).unwrap().as_slice(), content);
            let end = length / 2..length;
            assert_eq!(file.read_bytes(end.clone()).unwrap().as_slice(), &content[end]);
            file.verify_all().unwrap();
            assert!(file.read_bytes(0..length + 1).is_err());
        }
    }

    #[test]
    fn a_damaged_block_is_no_answer_and_others_are() {
        let content = vec![7; 3 * BLOCK];
        let mut damaged = written(&content, BLOCK);
        damaged[BLOCK + 9] ^= 4;
        let fault = Fault::default();
        let file = open(damaged, &fault).unwrap();
        assert!(file.read_bytes(0..BLOCK).is_ok() && file.read_bytes(2 * BLOCK..3 * BLOCK).is_ok());
        assert!(fault.error().is_none());
        for range in [BLOCK..BLOCK + 1, 0..3 * BLOCK, BLOCK - 1..BLOCK + 1] {
            assert!(file.read_bytes(range).is_err());
        }
        let message = fault.error().unwrap().to_string();
        assert_eq!(message, format!("f is damaged: {BROKEN}"));
    }

    #[test]
    fn no_cut_and_no_flipped_bit_passes() {
        let whole = written(&vec![7; BLOCK + 40], 100);
        let is_sound = |bytes: Vec<u8>| {
            open(bytes, &Fault::default()).and_then(|file| file.verify_all()).is_ok()
        };
        assert!(is_sound(whole.clone()));
        for at in (0..BLOCK).step_by(509).chain(BLOCK..whole.len()) {
            assert!(!is_sound(whole[..at].to_vec()), "cut to {at}");
            let mut flipped = whole.clone();
            flipped[at] ^= 1 << (at % 8);
            assert!(!is_sound(flipped), "a bit of byte {at}");
        }
    }
}
