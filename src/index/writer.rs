//! Writing an index: whole files at a time, in commits that hold articles and manifest together. One writer at a time;
//! a run that dies leaves its last commit.

use std::fs::File;
use std::io::{Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, PoisonError};

use serde::{Deserialize, Serialize};
use tantivy::directory::MmapDirectory;
use tantivy::indexer::{LogMergePolicy, UserOperation};
use tantivy::schema::Document;
use tantivy::{Index, IndexWriter, TantivyDocument, Term};

use super::schema::{fields, schema};
use super::{analyze, schema as layout};
use crate::error::{Error, Result};

/// Documents that wait for the engine hold at most this share of the memory budget.
const QUEUE_SHARE: usize = 8;
/// A segment with more deleted documents than this is merged soon.
const MAX_DELETED: f32 = 0.2;

/// What a commit says about itself, beside the documents.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// Version of the program.
    pub program: String,
    /// [`layout::VERSION`].
    pub schema: u32,
    /// Folders that were indexed, as absolute paths.
    pub archives: Vec<PathBuf>,
    /// When the run began, in nanoseconds since 1970: files changed since then are looked at more closely.
    pub started: i64,
}

/// An index that is being written.
pub struct Writer {
    /// One caller at a time: the engine numbers operations and queues deletes in two steps, and when two callers
    /// interleave, a file's delete can fall upon the very documents that replace it.
    engine: Mutex<IndexWriter<Charged>>,
    budget: Arc<Budget>,
    dir: PathBuf,
    _lock: Lock,
}

impl Writer {
    /// Opens the index in `dir` for writing, or makes it. `threads` build segments within `memory` bytes.
    pub fn open(dir: &Path, threads: usize, memory: usize) -> Result<Self> {
        std::fs::create_dir_all(dir).map_err(Error::io("create", dir))?;
        let lock = Lock::take(dir)?;
        let engine = engine(dir, threads, memory).map_err(Error::index("write", dir))?;
        let budget = Arc::new(Budget::new(memory / QUEUE_SHARE));
        Ok(Self { engine: Mutex::new(engine), budget, dir: dir.to_path_buf(), _lock: lock })
    }

    /// Adds what was read from a file that the index does not know; waits while too much is queued.
    pub fn add(&self, documents: Vec<TantivyDocument>, bytes: usize) -> Result<()> {
        let adds = self.charged(documents, bytes);
        self.with_engine(|engine| engine.run(adds).map(drop))
    }

    /// Puts `documents` in the place of whatever was read from the file `key` before; waits while too much is queued.
    pub fn replace(&self, key: &str, documents: Vec<TantivyDocument>, bytes: usize) -> Result<()> {
        let mut operations: Vec<_> = terms(key).map(UserOperation::Delete).into();
        operations.extend(self.charged(documents, bytes));
        self.with_engine(|engine| engine.run(operations).map(drop))
    }

    fn charged(
        &self,
        documents: Vec<TantivyDocument>,
        bytes: usize,
    ) -> Vec<UserOperation<Charged>> {
        let mut permit = Some(self.budget.take(bytes));
        documents
            .into_iter()
            .map(|document| UserOperation::Add(Charged { document, _permit: permit.take() }))
            .collect()
    }

    /// Puts `document` in the place of the manifest's entry of the file `key`; what was read from it stays.
    pub fn touch(&self, key: &str, document: TantivyDocument) -> Result<()> {
        let delete = UserOperation::Delete(Term::from_field_text(fields().file, key));
        let add = UserOperation::Add(Charged { document, _permit: None });
        self.with_engine(|engine| engine.run([delete, add]).map(drop))
    }

    /// Takes out the file `key` and all that was read from it.
    pub fn delete(&self, key: &str) -> Result<()> {
        self.with_engine(|engine| {
            for term in terms(key) {
                engine.delete_term(term);
            }
            Ok(())
        })
    }

    /// Makes everything so far durable and visible.
    pub fn commit(&self, stamp: &Stamp) -> Result<()> {
        let mut engine = self.engine.lock().unwrap_or_else(PoisonError::into_inner);
        let payload = serde_json::to_string(stamp).unwrap_or_default();
        let commit = |engine: &mut IndexWriter<Charged>| {
            let mut prepared = engine.prepare_commit()?;
            prepared.set_payload(&payload);
            prepared.commit()
        };
        commit(&mut engine).map_err(Error::index("commit", &self.dir))?;
        sync(&self.dir)
    }

    /// Waits until the engine has merged what it wants to merge, and closes the index.
    pub fn finish(self) -> Result<()> {
        let engine = self.engine.into_inner().unwrap_or_else(PoisonError::into_inner);
        engine.wait_merging_threads().map_err(Error::index("merge", &self.dir))?;
        sync(&self.dir)
    }

    fn with_engine(
        &self,
        call: impl FnOnce(&IndexWriter<Charged>) -> tantivy::Result<()>,
    ) -> Result<()> {
        let engine = self.engine.lock().unwrap_or_else(PoisonError::into_inner);
        call(&engine).map_err(Error::index("write", &self.dir))
    }
}

/// Everything that belongs to a file: what was read from it, and its entry in the manifest.
fn terms(key: &str) -> [Term; 2] {
    [fields().source, fields().file].map(|field| Term::from_field_text(field, key))
}

fn engine(dir: &Path, threads: usize, memory: usize) -> tantivy::Result<IndexWriter<Charged>> {
    let directory = MmapDirectory::open(dir)?;
    let mut index = Index::open_or_create(directory, schema().0.clone())?;
    index.set_tokenizers(analyze::tokenizers());
    let engine = index.writer_with_num_threads(threads, memory)?;
    let mut merges = LogMergePolicy::default();
    merges.set_del_docs_ratio_before_merge(MAX_DELETED);
    engine.set_merge_policy(Box::new(merges));
    Ok(engine)
}

/// The folder's own entry must reach the disk too: the engine renames files without that.
fn sync(dir: &Path) -> Result<()> {
    File::open(dir).and_then(|d| d.sync_all()).map_err(Error::io("sync", dir))
}

impl Stamp {
    /// What a commit's payload says.
    pub fn of(payload: Option<&str>) -> Self {
        payload.and_then(|p| serde_json::from_str(p).ok()).unwrap_or_default()
    }

    /// The stamp of this program for a run over `archives` that began at `started`.
    pub fn new(archives: Vec<PathBuf>, started: i64) -> Self {
        let program = env!("CARGO_PKG_VERSION").to_owned();
        Self { program, schema: layout::VERSION, archives, started }
    }
}

/// Held while an index is written. The file stays for ever; only the lock on it counts.
struct Lock {
    _file: File,
}

impl Lock {
    fn take(dir: &Path) -> Result<Self> {
        let path = dir.join("newsdex.lock");
        let mut file = File::options()
            .create(true)
            .truncate(false)
            .read(true)
            .write(true)
            .open(&path)
            .map_err(Error::io("lock", &path))?;
        if file.try_lock().is_err() {
            let mut holder = String::new();
            let _ = file.read_to_string(&mut holder);
            return Err(Error::Usage(format!(
                "another run is writing {}: {}; wait until it is done",
                dir.display(),
                holder.trim()
            )));
        }
        let holder = format!("process {}, since {}\n", std::process::id(), jiff::Timestamp::now());
        let write = |file: &mut File| {
            file.set_len(0)?;
            file.rewind()?;
            file.write_all(holder.as_bytes())
        };
        write(&mut file).map_err(Error::io("lock", &path))?;
        Ok(Self { _file: file })
    }
}

/// Bytes of text that may wait for the engine.
struct Budget {
    left: Mutex<usize>,
    total: usize,
    freed: Condvar,
}

impl Budget {
    fn new(total: usize) -> Self {
        Self { left: Mutex::new(total), total, freed: Condvar::new() }
    }

    /// Waits until `bytes` are free; more than there are at all means all.
    fn take(self: &Arc<Self>, bytes: usize) -> Permit {
        let bytes = bytes.min(self.total);
        let left = self.left.lock().unwrap_or_else(PoisonError::into_inner);
        let mut left = self
            .freed
            .wait_while(left, |left| *left < bytes)
            .unwrap_or_else(PoisonError::into_inner);
        *left -= bytes;
        Permit { budget: Arc::clone(self), bytes }
    }
}

struct Permit {
    budget: Arc<Budget>,
    bytes: usize,
}

impl Drop for Permit {
    fn drop(&mut self) {
        *self.budget.left.lock().unwrap_or_else(PoisonError::into_inner) += self.bytes;
        self.budget.freed.notify_all();
    }
}

/// A document that gives back its share of the budget when the engine takes it from the queue.
struct Charged {
    document: TantivyDocument,
    _permit: Option<Permit>,
}

impl Document for Charged {
    type Value<'a> = <TantivyDocument as Document>::Value<'a>;
    type FieldsValuesIter<'a> = <TantivyDocument as Document>::FieldsValuesIter<'a>;

    fn iter_fields_and_values(&self) -> Self::FieldsValuesIter<'_> {
        self.document.iter_fields_and_values()
    }

    fn into_tantivy_document(self) -> TantivyDocument {
        self.document
    }
}
