//! The state of a run while it reads and writes, shared by all threads. Files are read in [`super::read_files`], and the run
//! is completed in [`super::finish`].

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::context::RunContext;
use super::history;
use super::plan::Plan;
use super::previous_state::PreviousState;
use crate::error::{Error, Result};
use crate::manifest::commit_metadata::CommitMetadata;
use crate::manifest::files::FileEntry;
use crate::manifest::journal;
use crate::manifest::known_archives;
use crate::manifest::stored_version::StoredVersion;
use crate::query::engine::writing::{Batch, IndexWriter, WriterOptions};
use crate::report::{ArticleCounts, RefusedDate, Skipped};

/// A run that is killed loses no more work than this.
const COMMIT_EVERY: Duration = Duration::from_mins(5);

/// A run while it reads and writes.
pub(super) struct Job<'a> {
    pub(super) writer: Box<dyn IndexWriter>,
    pub(super) context: &'a RunContext<'a>,
    pub(super) plan: &'a Plan,
    pub(super) previous: &'a PreviousState,
    metadata: CommitMetadata,
    last_commit: Mutex<Instant>,
    pub(super) failure: Mutex<Option<Error>>,
    pub(super) tally: Mutex<Tally>,
    pub(super) bytes: AtomicU64,
}

/// What is counted while files are read.
#[derive(Default)]
pub(super) struct Tally {
    pub(super) articles: u64,
    pub(super) quotations: u64,
    pub(super) changes: ArticleCounts,
    pub(super) skipped: Vec<Skipped>,
    pub(super) withheld: BTreeMap<&'static str, u64>,
    pub(super) refused_dates: Vec<RefusedDate>,
    pub(super) values_left_out: u64,
    pub(super) headlines_only: Vec<String>,
    /// Seconds.
    pub(super) committing: f64,
}

impl<'a> Job<'a> {
    pub(super) fn new(
        context: &'a RunContext<'a>,
        plan: &'a Plan,
        previous: &'a PreviousState,
        metadata: &CommitMetadata,
    ) -> Result<Self> {
        let (options, index) = (context.options, context.index);
        // A rebuild is compared with the previous generation when it is complete, if that can be opened.
        let is_rebuild = previous.is_rebuilt() && previous.current.is_some() || previous.is_lost;
        let journal = (!is_rebuild).then(|| history::open_journal(index.folder())).transpose()?;
        let writer_options = WriterOptions {
            threads: options.threads.max(1),
            memory: options.memory,
            expected: plan.bytes,
            journal,
            is_unresolved: previous.is_unresolved,
        };
        let job = Self {
            writer: index.open_writer(previous.target, writer_options)?,
            context,
            plan,
            previous,
            metadata: metadata.clone(),
            last_commit: Mutex::new(Instant::now()),
            failure: Mutex::new(None),
            tally: Mutex::default(),
            bytes: AtomicU64::new(0),
        };
        if previous.current.is_none() {
            // Nobody searches the first generation yet: it may be seen while it grows.
            job.writer.commit(&job.metadata)?;
            index.make_current(previous.target)?;
        }
        Ok(job)
    }

    pub(super) fn stopped(&self) -> bool {
        self.context.stopped() || lock(&self.failure).is_some()
    }

    pub(super) fn tally(&self) -> MutexGuard<'_, Tally> {
        lock(&self.tally)
    }

    /// What the index has of a file.
    pub(super) fn stored_versions(&self, file: &str) -> Result<Vec<StoredVersion>> {
        self.previous.base.as_ref().map_or(Ok(Vec::new()), |base| base.versions_of_file(file))
    }

    /// The digest of the article of that key before the run; `None` if searches did not find it.
    pub(super) fn previous_digest(&self, key: u64) -> Result<Option<u64>> {
        let Some(base) = &self.previous.base else { return Ok(None) };
        let stored = base.version(key)?.filter(StoredVersion::is_searched);
        Ok(stored.map(|stored| stored.digest))
    }

    /// Whether the index has this very entry of a file.
    pub(super) fn has_entry(&self, file: &str, entry: &FileEntry) -> Result<bool> {
        let Some(base) = &self.previous.base else { return Ok(false) };
        Ok(base.file_entries(&[file])?.pop().flatten().as_ref() == Some(entry))
    }

    /// Notes in `batch` that an article was changed or removed, as long as the journal takes what it was before.
    pub(super) fn note(
        &self,
        batch: &mut Batch,
        kind: journal::Kind,
        stored: &StoredVersion,
    ) -> Result<()> {
        let base = self.previous.base.as_ref().filter(|_| self.writer.keeps_journal());
        let Some(base) = base else { return Ok(()) };
        batch.note_previous(kind, base.stored_article(stored.handle)?);
        Ok(())
    }

    /// Counts a file as done.
    pub(super) fn done(&self, articles: u64, bytes: u64) {
        self.bytes.fetch_add(bytes, Relaxed);
        self.context.progress.done(articles, bytes);
    }

    /// Notes in `batch` what it means for searches that a version is deleted.
    pub(super) fn note_deleted(&self, batch: &mut Batch, stored: &StoredVersion) -> Result<()> {
        batch.is_unresolved |= stored.item.is_some();
        if stored.is_searched() {
            self.note(batch, journal::Kind::Removed, stored)?;
            self.tally().changes.removed += 1;
        }
        Ok(())
    }

    pub(super) fn commit_if_due(&self) -> Result<()> {
        let Ok(mut last) = self.last_commit.try_lock() else { return Ok(()) };
        if last.elapsed() < COMMIT_EVERY {
            return Ok(());
        }
        self.commit()?;
        *last = Instant::now();
        Ok(())
    }

    pub(super) fn commit(&self) -> Result<()> {
        let begun = Instant::now();
        self.writer.commit(&self.metadata)?;
        if self.previous.current.is_none() || !self.previous.is_rebuilt() {
            known_archives::keep(self.context.index.folder(), &self.metadata)?;
        }
        self.tally().committing += begun.elapsed().as_secs_f64();
        Ok(())
    }
}

pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
