//! The files that an index was made from: one entry a file, in the same commits as what was read from it, so that the
//! two cannot disagree.

use std::time::{SystemTime, UNIX_EPOCH};

use super::record::key;

/// One file of the archive as it was when it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileEntry {
    /// Bytes.
    pub size: u64,
    /// Last change in nanoseconds since 1970; 0 if the time stamp cannot show that the file is the same: the file system
    /// has none, or the file was changed while the run that read it was under way.
    pub modified: i64,
    /// First 64 bits of the BLAKE3 hash of its content; 0 if it could not be read.
    pub hash: u64,
    /// Number of articles that it gave.
    pub articles: u64,
    /// Versions of reader and extractor in one number; 0 if the next run is to read the file again.
    pub versions: u64,
    /// Whether its articles are all that the file was meant to give.
    pub state: FileState,
    /// Why it gave no article, or not all of them.
    pub skipped: Option<String>,
}

/// What the articles that an index has of a file are to that file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(u64)]
pub enum FileState {
    /// All that it gives.
    #[default]
    Whole = 0,
    /// Those of its last good version: it is damaged now.
    Kept = 1,
    /// What could be read of it: it was damaged when it was first seen.
    Incomplete = 2,
}

impl FileState {
    /// Those of damaged files.
    pub const DAMAGED: [Self; 2] = [Self::Kept, Self::Incomplete];

    /// The state of that number.
    pub fn of(number: u64) -> Option<Self> {
        [Self::Whole, Self::Kept, Self::Incomplete]
            .into_iter()
            .find(|state| *state as u64 == number)
    }

    /// The word for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Whole => "whole",
            Self::Kept => "kept",
            Self::Incomplete => "incomplete",
        }
    }
}

/// The hash of a file's content, which may come in parts.
#[derive(Debug, Default)]
pub struct ContentHash(blake3::Hasher);

impl ContentHash {
    /// Goes on with `bytes`.
    pub fn update(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// Goes on with all of `bytes`, which are not held.
    pub fn update_from(&mut self, bytes: impl std::io::Read) -> std::io::Result<()> {
        self.0.update_reader(bytes).map(drop)
    }

    /// Its first 64 bits; never 0.
    pub fn finish(&self) -> u64 {
        let hash = self.0.finalize();
        u64::from_le_bytes(hash.as_bytes().first_chunk().copied().unwrap_or_default()).max(1)
    }
}

/// A moment in nanoseconds since 1970, negative before it.
pub fn nanoseconds(time: SystemTime) -> i64 {
    let clip = |n: u128| i64::try_from(n).unwrap_or(i64::MAX);
    match time.duration_since(UNIX_EPOCH) {
        Ok(after) => clip(after.as_nanos()),
        Err(before) => -clip(before.duration().as_nanos()),
    }
}

/// The fingerprints of all files of a commit, in 16 bytes a file.
#[derive(Debug, Default)]
pub struct Fingerprints {
    /// [`key`] of the file's name and its fingerprint, sorted.
    files: Vec<(u64, FileFingerprint)>,
}

/// Size, time stamp and versions of a file in one number: another one if any of them changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FileFingerprint(u64);

impl FileFingerprint {
    /// Of a file of `size` bytes, changed at `modified`, read with `versions`.
    pub fn new(size: u64, modified: i64, versions: u64) -> Self {
        let mixed = [size, modified.cast_unsigned(), versions]
            .into_iter()
            .fold(0, |sum, part| mix(sum ^ part));
        Self(mixed)
    }
}

/// The finaliser of `SplitMix64` (Steele, Lea and Flood 2014): every bit of the input changes half of the output's.
fn mix(number: u64) -> u64 {
    let mut z = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

impl Fingerprints {
    /// Of files given by the [`key`] of their names.
    pub fn new(mut files: Vec<(u64, FileFingerprint)>) -> Self {
        files.sort_unstable();
        Self { files }
    }

    /// The number of the file of that name, from 0, and its fingerprint.
    pub fn find(&self, file: &str) -> Option<(usize, FileFingerprint)> {
        let at = self.files.binary_search_by_key(&key(file), |file| file.0).ok()?;
        Some((at, self.files[at].1))
    }

    /// Number of files.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether nothing was indexed yet.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fingerprint_depends_on_size_time_and_versions() {
        let same = FileFingerprint::new(10, 20, 30);
        assert_eq!(same, FileFingerprint::new(10, 20, 30));
        for other in [
            FileFingerprint::new(11, 20, 30),
            FileFingerprint::new(10, 21, 30),
            FileFingerprint::new(10, 20, 31),
        ] {
            assert_ne!(same, other);
        }
        assert_ne!(FileFingerprint::new(20, 10, 30), same, "the order counts");
    }
}
