//! Writing an index: whole files at a time, in commits that hold articles and manifest together. A run that dies leaves
//! its last commit.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tantivy::indexer::{LogMergePolicy, UserOperation};
use tantivy::store::{Compressor, ZstdCompressor};
use tantivy::{Index, IndexSettings, IndexWriter, TantivyDocument, TantivyError, Term};

use super::memory_budget::{Awaited, Budget, Charged};
use crate::article::{Article, Item};
use crate::atomic_file;
use crate::error::{Error, Result};
use crate::failpoint;
use crate::index::read::manifest;
use crate::index::schema::document;
use crate::index::schema::{fields, schema};
use crate::index::storage::directory::{Fault, IndexDirectory};
use crate::index::storage::generation::Generation;
use crate::index::tokenize;
use crate::manifest::commit_metadata::CommitMetadata;
use crate::manifest::files::FileEntry;
use crate::manifest::journal::{Change, Journal};

/// Documents that are with the engine hold at most this share of the memory budget.
const QUEUE_SHARE: usize = 8;
/// Small files go to the engine together: so many bytes of text, or so many documents. Who brings them waits until the
/// engine is done with them: as many threads want to run as there are processors, and each keeps a processor's caches for
/// as long as a batch takes.
const GATHERED: usize = 3 << 20;
/// Towards the end of a run it is less, down to this, so that no thread is left to do much alone.
const GATHERED_AT_END: usize = 1 << 18;
const GATHERED_DOCUMENTS: usize = 10_000;
/// A segment with more deleted documents than this is merged soon.
const MAX_DELETED: f32 = 0.2;

/// Documents and terms that are added and deleted in one step. Deletions take effect before additions.
#[derive(Debug, Default)]
pub struct Batch {
    deleted: Vec<Term>,
    added: Vec<TantivyDocument>,
    changes: Vec<Change>,
    is_unresolved: bool,
}

impl Batch {
    /// Without documents yet; `changes` are for the journal, and `is_unresolved` says whether the batch leaves the
    /// versions of items unresolved.
    pub fn new(changes: Vec<Change>, is_unresolved: bool) -> Self {
        Self { changes, is_unresolved, ..Self::default() }
    }

    /// Adds an article that was read from `file`, with its quotations.
    pub fn add(&mut self, article: &Article, file: &str) {
        self.added.extend(document::documents(article, file));
    }

    /// Adds an article that a higher version of its item replaces; `digest` is the one that it had as a current one.
    pub fn add_superseded(&mut self, article: &Article, digest: u64, file: &str) {
        self.added.push(document::superseded(article, digest, file));
    }

    /// Adds a notice in `file` that an item gives no article.
    pub fn add_notice(&mut self, item: Item, file: &str) {
        self.added.push(document::notice(item, file));
    }

    /// Deletes the article or notice of that key.
    pub fn delete(&mut self, key: u64) {
        self.deleted.push(Term::from_field_u64(fields().key, key));
    }

    /// Adds a file's entry in the manifest; if it `replaces` one, that is deleted.
    pub fn put_entry(&mut self, file: &str, entry: &FileEntry, replaces: bool) {
        if replaces {
            self.deleted.push(Term::from_field_text(fields().file, file));
        }
        self.added.push(manifest::document(entry, file));
    }

    /// Deletes a file's entry and all that was read from it.
    pub fn delete_file(&mut self, file: &str) {
        self.deleted.extend(
            [fields().source, fields().file].map(|field| Term::from_field_text(field, file)),
        );
    }

    fn is_empty(&self) -> bool {
        self.deleted.is_empty() && self.added.is_empty()
    }

    fn append(&mut self, mut other: Self) {
        self.deleted.append(&mut other.deleted);
        self.added.append(&mut other.added);
        self.changes.append(&mut other.changes);
        self.is_unresolved |= other.is_unresolved;
    }
}

/// An index that is being written.
pub struct Writer {
    /// One caller at a time: the engine numbers operations and queues deletes in two steps, and when two callers
    /// interleave, a file's delete can fall upon the very documents that replace it.
    engine: Mutex<Engine>,
    gathered: Mutex<Gathered>,
    budget: Arc<Budget>,
    threads: usize,
    fault: Fault,
    dir: PathBuf,
}

/// Batches of whole files, and their bytes of text.
#[derive(Default)]
struct Gathered {
    batch: Batch,
    bytes: usize,
    /// Bytes that the run is expected to bring yet.
    expected: usize,
}

impl Gathered {
    fn add(&mut self, batch: Batch, bytes: usize) {
        self.batch.append(batch);
        self.bytes += bytes;
        self.expected = self.expected.saturating_sub(bytes);
    }

    /// Is it enough for one of so many threads?
    fn is_full(&self, threads: usize) -> bool {
        let share = self.expected / (2 * threads);
        self.bytes >= share.clamp(GATHERED_AT_END, GATHERED)
            || self.batch.added.len() >= GATHERED_DOCUMENTS
    }

    fn take(&mut self) -> (Batch, usize) {
        (std::mem::take(&mut self.batch), std::mem::take(&mut self.bytes))
    }
}

struct Engine {
    writer: IndexWriter<Charged>,
    journal: Option<Journal>,
    /// Goes with the operations, so that each commit says of itself what holds.
    is_unresolved: bool,
}

impl Writer {
    /// Opens a generation of an index for writing, or makes it. `threads` build segments within `memory` bytes. The
    /// caller holds the lock of the index.
    pub fn open(generation: &Generation, threads: usize, memory: usize) -> Result<Self> {
        let dir = generation.path();
        atomic_file::create_folder(&dir).map_err(Error::io("create", &dir))?;
        let folder = IndexDirectory::open_for_writing(&dir).map_err(Error::index("write", &dir))?;
        let fault = folder.fault();
        let writer =
            engine(folder, threads, memory).map_err(|e| failed(&fault, "write", &dir, e))?;
        let budget = Arc::new(Budget::new(memory / QUEUE_SHARE));
        let engine = Mutex::new(Engine { writer, journal: None, is_unresolved: false });
        Ok(Self { engine, gathered: Mutex::default(), budget, threads, fault, dir })
    }

    /// Lets changes be noted in `journal`.
    #[must_use]
    pub fn with_journal(self, journal: Journal) -> Self {
        self.lock().journal = Some(journal);
        self
    }

    /// Says how many bytes of text are to come, by and large.
    pub fn expect(&self, bytes: u64) {
        self.gathered().expected = usize::try_from(bytes).unwrap_or(usize::MAX);
    }

    /// Is there room in the journal for what articles were before?
    pub fn keeps_journal(&self) -> bool {
        self.lock().journal.as_ref().is_some_and(|journal| !journal.is_full())
    }

    /// Is it to be settled which versions of items count?
    pub fn is_unresolved(&self) -> bool {
        self.lock().is_unresolved
    }

    /// Lets the next commits say so, or no longer.
    pub fn set_unresolved(&self, unresolved: bool) {
        self.lock().is_unresolved = unresolved;
    }

    /// As [`Writer::write`], at the next commit or before, together with other files: for all that is to become of one file.
    pub fn write_whole(&self, batch: Batch, bytes: usize) -> Result<()> {
        let mut gathered = self.gathered();
        gathered.add(batch, bytes);
        if !gathered.is_full(self.threads) {
            return Ok(());
        }
        let (batch, bytes) = gathered.take();
        drop(gathered);
        self.hand_over(batch, bytes)?.map_or(Ok(()), |done| done.wait(&self.fault))
    }

    fn write_gathered(&self) -> Result<()> {
        let (batch, bytes) = self.gathered().take();
        self.write(batch, bytes)
    }

    fn gathered(&self) -> MutexGuard<'_, Gathered> {
        self.gathered.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Does what `batch` says, in one step: a commit has all of it or nothing. `bytes` of text are charged to the
    /// memory budget until the engine is done with them; the call waits until so many are free.
    pub fn write(&self, batch: Batch, bytes: usize) -> Result<()> {
        self.hand_over(batch, bytes).map(drop)
    }

    fn hand_over(&self, batch: Batch, bytes: usize) -> Result<Option<Awaited>> {
        if batch.is_empty() {
            return Ok(None);
        }
        let (permit, done) = self.budget.take(bytes, &self.fault)?;
        let mut operations: Vec<_> = batch.deleted.into_iter().map(UserOperation::Delete).collect();
        operations.extend(Charged::all(batch.added, permit).map(UserOperation::Add));
        failpoint::reached("operation");
        let mut engine = self.lock();
        engine.is_unresolved |= batch.is_unresolved;
        for change in batch.changes {
            self.note(&mut engine, change)?;
        }
        let outcome = engine.writer.run(operations);
        outcome.map_err(|e| failed(&self.fault, "write", &self.dir, e))?;
        Ok(Some(done))
    }

    fn note(&self, engine: &mut Engine, change: Change) -> Result<()> {
        let Some(journal) = &mut engine.journal else { return Ok(()) };
        journal
            .note(change)
            .map_err(|e| out_of_space(Error::io("write a journal of", &self.dir)(e)))
    }

    /// Makes everything so far durable and visible.
    pub fn commit(&self, metadata: &CommitMetadata) -> Result<()> {
        self.write_gathered()?;
        let mut engine = self.lock();
        if let Some(journal) = &mut engine.journal {
            journal
                .sync()
                .map_err(|e| out_of_space(Error::io("write a journal of", &self.dir)(e)))?;
        }
        failpoint::reached("commit");
        let metadata = CommitMetadata { unresolved: engine.is_unresolved, ..metadata.clone() };
        let payload = serde_json::to_string(&metadata).unwrap_or_default();
        let commit = |writer: &mut IndexWriter<Charged>| {
            let mut prepared = writer.prepare_commit()?;
            prepared.set_payload(&payload);
            failpoint::reached("prepared");
            prepared.commit()
        };
        let committed = commit(&mut engine.writer);
        committed.map_err(|e| failed(&self.fault, "commit", &self.dir, e))?;
        failpoint::reached("committed");
        atomic_file::sync_folder(&self.dir).map_err(Error::io("sync", &self.dir))?;
        failpoint::reached("acknowledged");
        Ok(())
    }

    /// Waits until the engine has merged what it wants to merge, and closes the index. What could not be merged stays as
    /// it is: the index is whole without.
    pub fn finish(self) -> Result<()> {
        let engine = self.engine.into_inner().unwrap_or_else(PoisonError::into_inner);
        engine
            .writer
            .wait_merging_threads()
            .map_err(|e| failed(&self.fault, "merge", &self.dir, e))?;
        atomic_file::sync_folder(&self.dir).map_err(Error::io("sync", &self.dir))
    }

    fn lock(&self) -> MutexGuard<'_, Engine> {
        self.engine.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The disk's fault says more than the engine's error that follows from it.
fn failed(fault: &Fault, operation: &'static str, dir: &Path, error: TantivyError) -> Error {
    fault.error().map_or_else(|| Error::index(operation, dir)(error), out_of_space)
}

/// Says what to do about a full disk.
pub(crate) fn out_of_space(error: Error) -> Error {
    use std::io::ErrorKind::{FileTooLarge, QuotaExceeded, StorageFull};
    match &error {
        Error::Io { source, .. }
            if matches!(source.kind(), StorageFull | QuotaExceeded | FileTooLarge) =>
        {
            Error::DiskFull(Box::new(error))
        }
        _ => error,
    }
}

/// How articles are stored: a sixth smaller than by the engine's own choice, and as fast, without one more thread than there are
/// processors.
fn settings() -> IndexSettings {
    IndexSettings {
        docstore_compression: Compressor::Zstd(ZstdCompressor { compression_level: Some(1) }),
        docstore_compress_dedicated_thread: false,
        ..IndexSettings::default()
    }
}

fn engine(
    folder: IndexDirectory,
    threads: usize,
    memory: usize,
) -> tantivy::Result<IndexWriter<Charged>> {
    let builder = Index::builder().schema(schema().0.clone()).settings(settings());
    let mut index = builder.open_or_create(folder)?;
    index.set_tokenizers(tokenize::tokenizers());
    let engine = index.writer_with_num_threads(threads, memory)?;
    use_up_the_stamp_of_the_last_commit(&engine)?;
    let mut merges = LogMergePolicy::default();
    merges.set_del_docs_ratio_before_merge(MAX_DELETED);
    engine.set_merge_policy(Box::new(merges));
    Ok(engine)
}

/// The engine gives the first operation of a writer the number of the last commit, and a merge of committed segments
/// carries out, and commits, all deletes up to that number. If the first operation is a delete, and a merge ends before
/// the commit that it belongs to, a run that is killed in between leaves an index without the deleted document, but also
/// without the one that was to replace it: a manifest that does not know a file whose articles are there, so that the
/// next run adds them once more.
fn use_up_the_stamp_of_the_last_commit(engine: &IndexWriter<Charged>) -> tantivy::Result<()> {
    engine.run([]).map(drop)
}

#[cfg(test)]
mod tests {
    use tantivy::doc;
    use tantivy::merge_policy::NoMergePolicy;

    use super::*;

    /// Two segments of a document each.
    fn two_segments() -> Index {
        let mut index = Index::create_in_ram(schema().0.clone());
        index.set_tokenizers(tokenize::tokenizers());
        let mut writer: IndexWriter = index.writer_with_num_threads(1, 15_000_000).unwrap();
        writer.set_merge_policy(Box::new(NoMergePolicy));
        for key in [1_u64, 2] {
            writer.add_document(doc!(fields().key => key)).unwrap();
            writer.commit().unwrap();
        }
        index
    }

    /// Documents after the first operation of a new writer was to delete one, and all segments were merged, but nothing
    /// was committed.
    fn left_by_a_merge(prepare: fn(&IndexWriter<Charged>) -> tantivy::Result<()>) -> u64 {
        let index = two_segments();
        let mut writer = index.writer_with_num_threads::<Charged>(1, 15_000_000).unwrap();
        writer.set_merge_policy(Box::new(NoMergePolicy));
        prepare(&writer).unwrap();
        writer.run([UserOperation::Delete(Term::from_field_u64(fields().key, 1))]).unwrap();
        writer.merge(&index.searchable_segment_ids().unwrap()).wait().unwrap();
        index.reader().unwrap().searcher().num_docs()
    }

    #[test]
    fn a_merge_commits_no_delete_that_is_not_committed() {
        assert_eq!(left_by_a_merge(use_up_the_stamp_of_the_last_commit), 2);
    }

    #[test]
    fn the_engine_by_itself_does() {
        // If this fails, the engine was mended, and `use_up_the_stamp_of_the_last_commit` can go.
        assert_eq!(left_by_a_merge(|_| Ok(())), 1);
    }
}
