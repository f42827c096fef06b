//! From which files the index was made: one document a file, in the same commits as what was read from it, so that
//! the two cannot disagree.

use std::time::{SystemTime, UNIX_EPOCH};

use rustc_hash::FxHashMap;
use tantivy::{SegmentReader, TantivyDocument};

use super::document;
use super::schema::{Kind, fields};
use super::snapshot::Snapshot;

/// One file of the archive as it was when it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Bytes.
    pub size: u64,
    /// Last change in nanoseconds since 1970; 0 if the file system does not tell.
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

/// All files that an index was made from. Names are kept as 64-bit hashes: some 60 bytes a file.
#[derive(Debug, Default)]
pub struct Manifest {
    sources: FxHashMap<u64, Known>,
}

/// What the plan needs of a [`Source`].
#[derive(Clone, Copy, Debug)]
pub struct Known {
    /// Bytes.
    pub size: u64,
    /// Nanoseconds since 1970.
    pub modified: i64,
    /// Of the content.
    pub hash: u64,
    /// How many articles it gave.
    pub articles: u64,
    /// Of reader and extractor.
    pub versions: u64,
}

impl Manifest {
    /// Reads the manifest of a commit.
    pub fn load(snapshot: &Snapshot) -> tantivy::Result<Self> {
        let mut sources = FxHashMap::default();
        each_source(snapshot, |key, known| {
            sources.insert(document::key(key), known);
        })?;
        Ok(Self { sources })
    }

    /// What was known of the file `key`.
    pub fn get(&self, key: &str) -> Option<Known> {
        self.sources.get(&document::key(key)).copied()
    }

    /// Number of files.
    pub fn len(&self) -> usize {
        self.sources.len()
    }

    /// Was nothing indexed yet?
    pub fn is_empty(&self) -> bool {
        self.sources.is_empty()
    }
}

/// Calls `visit` with the key of every file in the index.
pub fn each_source(snapshot: &Snapshot, mut visit: impl FnMut(&str, Known)) -> tantivy::Result<()> {
    for segment in snapshot.searcher().segment_readers() {
        each_in_segment(segment, &mut visit)?;
    }
    Ok(())
}

fn each_in_segment(
    segment: &SegmentReader,
    visit: &mut impl FnMut(&str, Known),
) -> tantivy::Result<()> {
    let columns = segment.fast_fields();
    let Some(file) = columns.str("file")? else { return Ok(()) };
    let (size, modified) = (columns.u64("size")?, columns.i64("modified")?);
    let (hash, versions) = (columns.u64("hash")?, columns.u64("versions")?);
    let articles = columns.u64("articles")?;
    let mut key = String::new();
    for doc in segment.doc_ids_alive() {
        let Some(ord) = file.term_ords(doc).next() else { continue };
        key.clear();
        file.ord_to_str(ord, &mut key)?;
        visit(
            &key,
            Known {
                size: size.first(doc).unwrap_or_default(),
                modified: modified.first(doc).unwrap_or_default(),
                hash: hash.first(doc).unwrap_or_default(),
                articles: articles.first(doc).unwrap_or_default(),
                versions: versions.first(doc).unwrap_or_default(),
            },
        );
    }
    Ok(())
}
