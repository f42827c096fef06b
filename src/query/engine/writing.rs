//! What a run needs of an index: the commits that it compares with ([`Commit`]), and a writer ([`IndexWriter`]) that takes
//! whole files in [`Batch`]es. Plain data goes in and out, so that a run is the same for every engine.
//!
//! An index has generations, numbered from 1. Searches see one of them; a rebuild fills the next and then makes it the
//! current one.

use std::ops::RangeInclusive;
use std::path::Path;
use std::sync::Arc;

use crate::article::{Article, Item};
use crate::error::Result;
use crate::manifest::commit_metadata::CommitMetadata;
use crate::manifest::files::{FileEntry, Fingerprints};
use crate::manifest::findings::Findings;
use crate::manifest::journal::{Change, Journal, Kind};
use crate::manifest::record::StoredArticle;
use crate::manifest::stored_version::StoredVersion;

/// An index as runs see it. It need not exist yet.
pub trait WritableIndex: Sync {
    /// The folder on this machine where runs keep their records and journals. It exists while the lock is held.
    fn folder(&self) -> &Path;

    /// Whether there is an index, be it damaged.
    fn exists(&self) -> bool;

    /// Keeps other writers away until the value is dropped, or fails naming the writer that is at work.
    fn lock(&self) -> Result<Box<dyn WriteLock>>;

    /// Keeps writers away as [`Self::lock`] does, from an index that is only read; it may lie where nothing can be written.
    fn lock_to_read(&self) -> Result<Box<dyn WriteLock>>;

    /// Whether a writer is at work.
    fn is_locked(&self) -> bool;

    /// The number of the generation that searches see; `None` if there is no index yet.
    fn current_generation(&self) -> Result<Option<u32>>;

    /// The newest commit that searches see, whatever version of the program wrote it; `None` if there is no index yet.
    fn current(&self) -> Result<Option<Arc<dyn Commit>>>;

    /// The newest commit of a generation; `None` if there is no such generation.
    fn newest_commit(&self, generation: u32) -> Result<Option<Arc<dyn Commit>>>;

    /// A number that no generation has: for an index that cannot say which is current.
    fn unused_generation(&self) -> u32;

    /// Opens a generation for writing, or creates it. The caller holds the lock.
    fn open_writer(&self, generation: u32, options: WriterOptions) -> Result<Box<dyn IndexWriter>>;

    /// Lets searches see that generation from now on, in one step, and removes the others.
    fn make_current(&self, generation: u32) -> Result<()>;

    /// Removes what killed runs left: generations other than those, and in those what belongs to no commit.
    fn sweep(&self, kept: &[u32]) -> Result<()>;

    /// Bytes that a generation takes; 0 if it does not exist.
    fn bytes(&self, generation: u32) -> u64;

    /// Compares what the index holds with its checksums and its manifest. The caller holds the lock.
    fn examine(&self) -> Result<Findings>;

    /// Removes [`Findings::orphans`]. The caller holds the lock.
    fn remove_orphans(&self, findings: &Findings) -> Result<()>;
}

/// Held by the one writer of an index.
pub trait WriteLock {}

/// One commit, as the next run compares with it. All answers of one value are of the same commit.
pub trait Commit: Send + Sync {
    /// The generation that it belongs to.
    fn generation(&self) -> u32;

    /// What it says about itself.
    fn metadata(&self) -> Result<CommitMetadata>;

    /// The fingerprints of all files.
    fn fingerprints(&self) -> Result<Fingerprints>;

    /// The entries of these files, in this order: of as many at once as the caller has.
    fn file_entries(&self, files: &[&str]) -> Result<Vec<Option<FileEntry>>>;

    /// The keys and the entries of the files that are damaged, if this version of the program wrote the commit.
    fn damaged_files(&self) -> Result<Vec<(String, FileEntry)>>;

    /// Calls `each` with the key and the entry of every file, in no order.
    fn for_each_file(&self, each: &mut dyn FnMut(&str, &FileEntry)) -> Result<()>;

    /// All that was read from a file: current and superseded articles, and notices.
    fn versions_of_file(&self, file: &str) -> Result<Vec<StoredVersion>>;

    /// The article or notice of that key.
    fn version(&self, key: u64) -> Result<Option<StoredVersion>>;

    /// The current articles whose keys are in `keys`.
    fn articles(&self, keys: RangeInclusive<u64>) -> Result<Vec<StoredVersion>>;

    /// All versions of the items whose ids are in `items`: current and superseded articles, and notices.
    fn versions_of_items(&self, items: RangeInclusive<u64>) -> Result<Vec<StoredVersion>>;

    /// Number of current articles.
    fn count_articles(&self) -> Result<u64>;

    /// Number of superseded articles.
    fn count_superseded(&self) -> Result<u64>;

    /// Number of versions of items: current and superseded articles, and notices.
    fn count_versions_of_items(&self) -> Result<u64>;

    /// The article of a [`StoredVersion::handle`] of this commit.
    fn stored_article(&self, handle: u64) -> Result<StoredArticle>;

    /// Whether its content is what was written.
    fn is_intact(&self) -> bool;
}

/// How a generation is opened for writing.
#[derive(Debug, Default)]
pub struct WriterOptions {
    /// Threads that index documents.
    pub threads: usize,
    /// Bytes that may be used for what is not yet stored.
    pub memory: usize,
    /// Bytes of text that are about to be written.
    pub expected: u64,
    /// Where changes are noted; `None` if they are not.
    pub journal: Option<Journal>,
    /// Whether the versions of items are unresolved from the start.
    pub is_unresolved: bool,
}

/// A generation that is being written, from many threads. Articles are encoded by the thread that calls.
///
/// A run that dies leaves the last commit. Changes are in the journal, durably, before the commit that has them.
pub trait IndexWriter: Send + Sync {
    /// Writes a batch: a commit has all of it or nothing. `bytes` of text are charged to the memory budget until they are
    /// indexed; the call waits until so many are free.
    fn write(&self, batch: Batch, bytes: usize) -> Result<()>;

    /// Writes a batch that is all of one file, together with other such files, at the next commit at the latest.
    fn write_whole(&self, batch: Batch, bytes: usize) -> Result<()>;

    /// Makes everything written so far durable and visible, in one step.
    fn commit(&self, metadata: &CommitMetadata) -> Result<()>;

    /// Whether the journal takes what articles were before: false if there is none, or it is full.
    fn keeps_journal(&self) -> bool;

    /// Whether it must be resolved which versions of items are current.
    fn is_unresolved(&self) -> bool;

    /// What the next commits say of that.
    fn set_unresolved(&self, unresolved: bool);

    /// Completes merges of what is committed, closes the generation and removes what belongs to no commit.
    fn finish(self: Box<Self>) -> Result<()>;

    /// Closes the generation at once. Merges may be left undone, and files of theirs for the next run to remove.
    fn close(self: Box<Self>) -> Result<()>;
}

/// Operations of one step. Deletions take effect before additions.
#[derive(Debug, Default)]
pub struct Batch {
    /// In the order in which they were asked for.
    pub operations: Vec<Operation>,
    /// For the journal.
    pub changes: Vec<Change>,
    /// Whether it leaves the versions of items unresolved.
    pub is_unresolved: bool,
}

/// An operation on an index.
#[derive(Debug)]
pub enum Operation {
    /// Deletes a file's entry and all that was read from it.
    DeleteFile(String),
    /// Deletes the article or notice of that key.
    DeleteVersion(u64),
    /// Adds an article with its quotations.
    AddArticle {
        /// The file that it was read from.
        file: String,
        /// The article.
        article: Box<Article>,
    },
    /// Adds an article that a higher version of its item replaces: kept, but not searched.
    AddSuperseded {
        /// The file that it was read from.
        file: String,
        /// The article.
        article: Box<Article>,
        /// Its digest as a current article.
        digest: u64,
    },
    /// Adds a notice that an item gives no article.
    AddNotice {
        /// The file that says so.
        file: String,
        /// The item.
        item: Item,
    },
    /// Adds a file's entry in the manifest, or replaces it.
    PutEntry {
        /// The file.
        file: String,
        /// Its entry.
        entry: FileEntry,
        /// Whether the index may have an entry of the file.
        replaces: bool,
    },
}

impl Batch {
    /// Whether it has no operation.
    pub fn is_empty(&self) -> bool {
        self.operations.is_empty()
    }

    /// Adds an article that was read from `file`, with its quotations.
    pub fn add_article(&mut self, article: Article, file: &str) {
        let (file, article) = (file.to_owned(), Box::new(article));
        self.operations.push(Operation::AddArticle { file, article });
    }

    /// Adds an article that a higher version of its item replaces; `digest` is the one that it had as a current one.
    pub fn add_superseded(&mut self, article: Article, digest: u64, file: &str) {
        let (file, article) = (file.to_owned(), Box::new(article));
        self.operations.push(Operation::AddSuperseded { file, article, digest });
    }

    /// Adds a notice in `file` that an item gives no article.
    pub fn add_notice(&mut self, item: Item, file: &str) {
        self.operations.push(Operation::AddNotice { file: file.to_owned(), item });
    }

    /// Adds a file's entry in the manifest, or replaces the one that the index may have.
    pub fn put_entry(&mut self, file: &str, entry: FileEntry, replaces: bool) {
        self.operations.push(Operation::PutEntry { file: file.to_owned(), entry, replaces });
    }

    /// Deletes the article or notice of that key.
    pub fn delete_version(&mut self, key: u64) {
        self.operations.push(Operation::DeleteVersion(key));
    }

    /// Deletes a file's entry and all that was read from it.
    pub fn delete_file(&mut self, file: &str) {
        self.operations.push(Operation::DeleteFile(file.to_owned()));
    }

    /// Notes in the journal that the article `id` is new.
    pub fn note_added(&mut self, id: &str) {
        self.changes.push(Change::added(id));
    }

    /// Notes in the journal an article as it was before it was changed or removed.
    pub fn note_previous(&mut self, kind: Kind, before: StoredArticle) {
        self.changes.push(Change::of(kind, &before.article.id, before.record));
    }
}
