//! From which files the index was made: one document a file, in the same commits as what was read from it, so that
//! the two cannot disagree.

use std::time::{SystemTime, UNIX_EPOCH};

use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, SegmentReader, TERMINATED, TantivyDocument, Term};

use super::snapshot::Snapshot;
use crate::index::schema::columns::{Columns, NumberColumn, TextColumn, TimeColumn};
use crate::index::schema::document;
use crate::index::schema::{Kind, fields};

/// One file of the archive as it was when it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Bytes.
    pub size: u64,
    /// Last change in nanoseconds since 1970; 0 if it does not settle whether the file is the same: the file system does
    /// not tell, or the file was changed while the run that read it was under way.
    pub modified: i64,
    /// First 64 bits of the BLAKE3 hash of its content; 0 if it could not be read.
    pub hash: u64,
    /// How many articles it gave.
    pub articles: u64,
    /// Versions of reader and extractor in one number.
    pub versions: u64,
    /// Why it gave none.
    pub skipped: Option<String>,
}

impl Source {
    /// The document of the file `key`.
    pub fn document(&self, key: &str) -> TantivyDocument {
        let f = fields();
        let mut d = TantivyDocument::default();
        d.add_u64(f.kind, Kind::Source as u64);
        d.add_text(f.file, key);
        d.add_u64(f.size, self.size);
        d.add_i64(f.modified, self.modified);
        d.add_u64(f.hash, self.hash);
        d.add_u64(f.articles, self.articles);
        d.add_u64(f.versions, self.versions);
        if let Some(reason) = &self.skipped {
            d.add_text(f.skipped, reason);
        }
        d
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

    /// Its first 64 bits; never 0.
    pub fn finish(&self) -> u64 {
        let hash = self.0.finalize();
        u64::from_le_bytes(hash.as_bytes().first_chunk().copied().unwrap_or_default()).max(1)
    }
}

/// A moment in nanoseconds since 1970, before it negative.
pub fn nanoseconds(time: SystemTime) -> i64 {
    let clip = |n: u128| i64::try_from(n).unwrap_or(i64::MAX);
    match time.duration_since(UNIX_EPOCH) {
        Ok(after) => clip(after.as_nanos()),
        Err(before) => -clip(before.duration().as_nanos()),
    }
}

/// All files that an index was made from, in 16 bytes a file: names as 64-bit hashes, and what tells at a fingerprint
/// whether a file changed as another.
#[derive(Debug, Default)]
pub struct Manifest {
    /// Sorted by the name's hash.
    files: Vec<(u64, u64)>,
}

/// What tells at a fingerprint whether a file changed: size, time stamp and the versions it was read with, as one number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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

impl Manifest {
    /// Reads the manifest of a commit.
    pub fn load(snapshot: &Snapshot) -> tantivy::Result<Self> {
        let mut files = Vec::new();
        for segment in snapshot.searcher().segment_readers() {
            load_segment(segment, &mut files)?;
        }
        files.sort_unstable();
        Ok(Self { files })
    }

    /// Where the file `key` stands, from 0, and what was seen of it.
    pub fn find(&self, key: &str) -> Option<(usize, FileFingerprint)> {
        let key = document::key(key);
        let at = self.files.binary_search_by_key(&key, |file| file.0).ok()?;
        Some((at, FileFingerprint(self.files[at].1)))
    }

    /// Number of files.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Was nothing indexed yet?
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }
}

fn load_segment(segment: &SegmentReader, files: &mut Vec<(u64, u64)>) -> tantivy::Result<()> {
    let columns = Columns::of(segment);
    let Some(file) = columns.text(TextColumn::File)? else { return Ok(()) };
    let mut keys = Vec::with_capacity(file.num_terms());
    let mut names = file.dictionary().stream()?;
    while names.advance() {
        keys.push(document::key_of(names.key()));
    }
    let (size, modified) =
        (columns.number(NumberColumn::Size)?, columns.time(TimeColumn::Modified)?);
    let versions = columns.number(NumberColumn::Versions)?;
    for doc in segment.doc_ids_alive() {
        let Some(&key) = file.ords().first(doc).and_then(|ord| keys.get(ord as usize)) else {
            continue;
        };
        let fingerprint = FileFingerprint::new(
            size.first(doc).unwrap_or_default(),
            modified.first(doc).unwrap_or_default(),
            versions.first(doc).unwrap_or_default(),
        );
        files.push((key, fingerprint.0));
    }
    Ok(())
}

/// What the commit knows of the file `key`.
pub fn source(snapshot: &Snapshot, key: &str) -> tantivy::Result<Option<Source>> {
    let term = Term::from_field_text(fields().file, key);
    for segment in snapshot.searcher().segment_readers() {
        let Some(mut found) =
            segment.inverted_index(term.field())?.read_postings(&term, IndexRecordOption::Basic)?
        else {
            continue;
        };
        while found.doc() != TERMINATED {
            if !segment.is_deleted(found.doc()) {
                return source_at(segment, found.doc()).map(Some);
            }
            found.advance();
        }
    }
    Ok(None)
}

/// Calls `visit` with the key of every file in the index, and what is known of it.
pub fn each_source(
    snapshot: &Snapshot,
    mut visit: impl FnMut(&str, Source),
) -> tantivy::Result<()> {
    for segment in snapshot.searcher().segment_readers() {
        let Some(file) = Columns::of(segment).text(TextColumn::File)? else { continue };
        let mut docs: Vec<(u64, DocId)> = segment
            .doc_ids_alive()
            .filter_map(|doc| Some((file.ords().first(doc)?, doc)))
            .collect();
        docs.sort_unstable();
        let mut docs = docs.into_iter().peekable();
        let mut names = file.dictionary().stream()?;
        let mut ord = 0;
        while names.advance() {
            while let Some((_, doc)) = docs.next_if(|&(of, _)| of == ord) {
                visit(&String::from_utf8_lossy(names.key()), source_at(segment, doc)?);
            }
            ord += 1;
        }
    }
    Ok(())
}

fn source_at(segment: &SegmentReader, doc: DocId) -> tantivy::Result<Source> {
    let columns = Columns::of(segment);
    let number = |column| -> tantivy::Result<u64> {
        Ok(columns.number(column)?.first(doc).unwrap_or_default())
    };
    let skipped = match columns.text(TextColumn::Skipped)? {
        Some(column) => match column.ords().first(doc) {
            Some(ord) => {
                let mut reason = String::new();
                column.ord_to_str(ord, &mut reason)?;
                Some(reason)
            }
            None => None,
        },
        None => None,
    };
    Ok(Source {
        size: number(NumberColumn::Size)?,
        modified: columns.time(TimeColumn::Modified)?.first(doc).unwrap_or_default(),
        hash: number(NumberColumn::Hash)?,
        articles: number(NumberColumn::Articles)?,
        versions: number(NumberColumn::Versions)?,
        skipped,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_glance_tells_sizes_times_and_versions_apart() {
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
