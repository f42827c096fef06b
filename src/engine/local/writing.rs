//! An index on this machine as runs read and write it.

use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use crate::atomic_file;
use crate::error::{Error, Result};
use crate::index::read::snapshot::Snapshot;
use crate::index::read::{integrity, manifest, stored_state};
use crate::index::schema::Kind;
use crate::index::storage::generation::{self, Generation};
use crate::index::storage::lock::Lock;
use crate::index::write::writer::{self, Writer};
use crate::manifest::commit_metadata::CommitMetadata;
use crate::manifest::files::{FileEntry, Fingerprints};
use crate::manifest::findings::Findings;
use crate::manifest::record::StoredArticle;
use crate::manifest::stored_version::StoredVersion;
use crate::query::engine::writing::{
    Batch, Commit, IndexWriter, Operation, WritableIndex, WriteLock, WriterOptions,
};

/// The folder of an index.
#[derive(Debug)]
pub struct LocalIndex {
    dir: PathBuf,
}

impl LocalIndex {
    /// The index in `dir`, which need not exist yet.
    pub fn at(dir: &Path) -> Self {
        Self { dir: dir.to_path_buf() }
    }
}

impl WriteLock for Lock {}

impl WritableIndex for LocalIndex {
    fn folder(&self) -> &Path {
        &self.dir
    }

    fn exists(&self) -> bool {
        Snapshot::exists(&self.dir)
    }

    fn lock(&self) -> Result<Box<dyn WriteLock>> {
        Ok(Box::new(Lock::take(&self.dir)?))
    }

    fn lock_to_read(&self) -> Result<Box<dyn WriteLock>> {
        Ok(Box::new(Lock::take_to_read(&self.dir)?))
    }

    fn is_locked(&self) -> bool {
        matches!(Lock::take_to_read(&self.dir), Err(Error::Locked { .. }))
    }

    fn current_generation(&self) -> Result<Option<u32>> {
        Ok(Generation::current(&self.dir)?.map(|generation| generation.number()))
    }

    fn current(&self) -> Result<Option<Arc<dyn Commit>>> {
        Ok(Snapshot::current(&self.dir)?.map(|snapshot| Arc::new(snapshot) as Arc<dyn Commit>))
    }

    fn newest_commit(&self, generation: u32) -> Result<Option<Arc<dyn Commit>>> {
        let generation = Generation::of(&self.dir, generation);
        if !generation.path().is_dir() {
            return Ok(None);
        }
        Ok(Some(Arc::new(Snapshot::of_generation(&generation)?)))
    }

    fn unused_generation(&self) -> u32 {
        generation::unused(&self.dir)
    }

    fn open_writer(&self, generation: u32, options: WriterOptions) -> Result<Box<dyn IndexWriter>> {
        let generation = Generation::of(&self.dir, generation);
        let mut writer = Writer::open(&generation, options.threads, options.memory)?;
        if let Some(journal) = options.journal {
            writer = writer.with_journal(journal);
        }
        writer.set_unresolved(options.is_unresolved);
        writer.expect(options.expected);
        Ok(Box::new(LocalWriter { writer, generation }))
    }

    fn make_current(&self, generation: u32) -> Result<()> {
        let generation = Generation::of(&self.dir, generation);
        generation.make_current()?;
        generation::sweep(&self.dir, &[generation]).map(drop)
    }

    fn sweep(&self, kept: &[u32]) -> Result<()> {
        atomic_file::sweep(&self.dir).map_err(Error::io("sweep", &self.dir))?;
        let kept: Vec<_> = kept.iter().map(|number| Generation::of(&self.dir, *number)).collect();
        generation::sweep(&self.dir, &kept)?;
        kept.iter().try_for_each(integrity::sweep)
    }

    fn bytes(&self, generation: u32) -> u64 {
        Generation::of(&self.dir, generation).bytes()
    }

    fn examine(&self) -> Result<Findings> {
        match Snapshot::open(&self.dir) {
            Ok(snapshot) => integrity::examine(&snapshot),
            Err(Error::Damaged { path, .. }) => {
                Ok(Findings { damaged: vec![path], ..Findings::default() })
            }
            Err(error) => Err(error),
        }
    }

    fn remove_orphans(&self, findings: &Findings) -> Result<()> {
        for path in &findings.orphans {
            let removed = if path.is_dir() {
                atomic_file::remove_folder(path)
            } else {
                atomic_file::remove_file(path)
            };
            removed.map_err(Error::io("remove", path))?;
        }
        Ok(())
    }
}

/// What `read` gives, or the damage that it met.
fn read<T>(snapshot: &Snapshot, read: impl FnOnce() -> tantivy::Result<T>) -> Result<T> {
    snapshot.guard(|| read().map_err(Error::index("read", snapshot.dir())))
}

/// What is read from a damaged file is an error.
impl Commit for Snapshot {
    fn generation(&self) -> u32 {
        Self::generation(self).map_or(0, Generation::number)
    }

    fn metadata(&self) -> Result<CommitMetadata> {
        self.guard(|| self.commit_metadata())
    }

    fn fingerprints(&self) -> Result<Fingerprints> {
        read(self, || manifest::fingerprints(self.searcher()))
    }

    fn file_entries(&self, files: &[&str]) -> Result<Vec<Option<FileEntry>>> {
        let entry = |file: &&str| manifest::file_entry(self.searcher(), file);
        read(self, || files.par_iter().map(entry).collect())
    }

    fn damaged_files(&self) -> Result<Vec<(String, FileEntry)>> {
        read(self, || manifest::damaged_files(self.searcher()))
    }

    fn for_each_file(&self, each: &mut dyn FnMut(&str, &FileEntry)) -> Result<()> {
        read(self, || manifest::for_each_file(self.searcher(), |file, entry| each(file, &entry)))
    }

    fn versions_of_file(&self, file: &str) -> Result<Vec<StoredVersion>> {
        read(self, || stored_state::of_file(self.searcher(), file))
    }

    fn version(&self, key: u64) -> Result<Option<StoredVersion>> {
        read(self, || stored_state::of_key(self.searcher(), key))
    }

    fn articles(&self, keys: RangeInclusive<u64>) -> Result<Vec<StoredVersion>> {
        read(self, || stored_state::articles(self.searcher(), &keys))
    }

    fn versions_of_items(&self, items: RangeInclusive<u64>) -> Result<Vec<StoredVersion>> {
        read(self, || stored_state::versions_of_items(self.searcher(), &items))
    }

    fn count_articles(&self) -> Result<u64> {
        read(self, || self.count(Kind::Article).map(|count| count as u64))
    }

    fn count_superseded(&self) -> Result<u64> {
        read(self, || self.count(Kind::Superseded).map(|count| count as u64))
    }

    fn count_versions_of_items(&self) -> Result<u64> {
        read(self, || stored_state::count_versions_of_items(self.searcher()))
    }

    fn stored_article(&self, handle: u64) -> Result<StoredArticle> {
        self.guard(|| Self::stored_article(self, handle))
    }

    fn is_intact(&self) -> bool {
        integrity::damaged_files(self).is_ok_and(|files| files.is_empty())
    }
}

/// A generation that is being written.
struct LocalWriter {
    writer: Writer,
    generation: Generation,
}

impl IndexWriter for LocalWriter {
    fn write(&self, batch: Batch, bytes: usize) -> Result<()> {
        self.writer.write(encoded(batch), bytes)
    }

    fn write_whole(&self, batch: Batch, bytes: usize) -> Result<()> {
        self.writer.write_whole(encoded(batch), bytes)
    }

    fn commit(&self, metadata: &CommitMetadata) -> Result<()> {
        self.writer.commit(metadata)
    }

    fn keeps_journal(&self) -> bool {
        self.writer.keeps_journal()
    }

    fn is_unresolved(&self) -> bool {
        self.writer.is_unresolved()
    }

    fn set_unresolved(&self, unresolved: bool) {
        self.writer.set_unresolved(unresolved);
    }

    /// tantivy may be closed before it has removed the segments that its last merge replaced.
    fn finish(self: Box<Self>) -> Result<()> {
        self.writer.finish()?;
        integrity::sweep(&self.generation)
    }

    fn close(self: Box<Self>) -> Result<()> {
        self.writer.close()
    }
}

/// The documents and terms of a batch.
fn encoded(batch: Batch) -> writer::Batch {
    let mut encoded = writer::Batch::new(batch.changes, batch.is_unresolved);
    for operation in batch.operations {
        match operation {
            Operation::DeleteFile(file) => encoded.delete_file(&file),
            Operation::DeleteVersion(key) => encoded.delete(key),
            Operation::AddArticle { file, article } => encoded.add(&article, &file),
            Operation::AddSuperseded { file, article, digest } => {
                encoded.add_superseded(&article, digest, &file);
            }
            Operation::AddNotice { file, item } => encoded.add_notice(item, &file),
            Operation::PutEntry { file, entry, replaces } => {
                encoded.put_entry(&file, &entry, replaces);
            }
        }
    }
    encoded
}
