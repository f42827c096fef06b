//! The part of a run that reads and writes.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::archives::SelectedArchive;
use super::compare_generations::{self, Compared};
use super::file_writer::FileWriter;
use super::plan::{self, Change, Plan};
use super::previous_state::PreviousState;
use super::resolve_versions;
use super::{Reading, RunContext, history, read_file};
use crate::archive::walk::FileRef;
use crate::error::{Error, Result};
use crate::failpoint;
use crate::manifest::commit_metadata::CommitMetadata;
use crate::manifest::files::FileEntry;
use crate::manifest::journal;
use crate::manifest::stored_version::StoredVersion;
use crate::query::engine::writing::{Batch, Commit, IndexWriter, WriterOptions};
use crate::read;
use crate::report::{ArticleCounts, RefusedDate, Report, Skipped, Stages};

/// A run that is killed loses no more work than this.
const COMMIT_EVERY: Duration = Duration::from_secs(300);

/// A run while it reads and writes.
pub(super) struct Job<'a> {
    pub(super) writer: Box<dyn IndexWriter>,
    context: &'a RunContext<'a>,
    plan: &'a Plan,
    previous: &'a PreviousState,
    metadata: CommitMetadata,
    last_commit: Mutex<Instant>,
    failure: Mutex<Option<Error>>,
    tally: Mutex<Tally>,
    bytes: AtomicU64,
}

/// What is counted while files are read.
#[derive(Default)]
pub(super) struct Tally {
    pub(super) articles: u64,
    pub(super) quotations: u64,
    pub(super) changes: ArticleCounts,
    pub(super) skipped: Vec<Skipped>,
    withheld: BTreeMap<&'static str, u64>,
    refused_dates: Vec<RefusedDate>,
    /// Seconds.
    committing: f64,
}

impl<'a> Job<'a> {
    pub(super) fn new(
        context: &'a RunContext<'a>,
        plan: &'a Plan,
        previous: &'a PreviousState,
        metadata: CommitMetadata,
    ) -> Result<Self> {
        let (options, index) = (context.options, context.index);
        // A rebuild is compared with the previous generation when it is complete.
        let is_compared = previous.is_rebuilt() && previous.current.is_some() || previous.is_lost;
        let journal = (!is_compared).then(|| history::open_journal(index.folder())).transpose()?;
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
            metadata,
            last_commit: Mutex::new(Instant::now()),
            failure: Mutex::new(None),
            tally: Mutex::default(),
            bytes: AtomicU64::new(0),
        };
        if previous.current.is_none() {
            // Nobody searches the first generation yet: it may be seen while it grows.
            job.commit()?;
            index.make_current(previous.target)?;
        }
        Ok(job)
    }

    /// Reads and writes every file that the plan names, then deletes those that are gone.
    pub(super) fn process(&self, archives: &[SelectedArchive]) -> Result<()> {
        self.plan.for_each(archives, self.previous, self.context, |archive, file, change| {
            self.take(archive, file, change);
        })?;
        for file in &self.plan.gone {
            if self.stopped() {
                break;
            }
            self.delete_file(file)?;
        }
        lock(&self.failure).take().map_or(Ok(()), Err)
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

    fn take(&self, archive: &SelectedArchive, file: &FileRef, change: Result<Change>) {
        if self.stopped() {
            return;
        }
        let outcome = change.and_then(|change| match change {
            Change::Same => Ok(()),
            Change::Touched(entry) => self.put_entry(&file.key, entry),
            Change::New => self.read(archive, file, false),
            Change::Changed => self.read(archive, file, true),
        });
        if let Err(error) = outcome.and_then(|()| self.commit_if_due()) {
            lock(&self.failure).get_or_insert(error);
        }
    }

    fn put_entry(&self, file: &str, entry: FileEntry) -> Result<()> {
        let mut batch = Batch::default();
        batch.put_entry(file, entry, true);
        self.writer.write_whole(batch, 0)
    }

    /// Deletes a file that is gone.
    fn delete_file(&self, file: &str) -> Result<()> {
        let mut batch = Batch::default();
        batch.delete_file(file);
        for stored in self.stored_versions(file)? {
            self.note_deleted(&mut batch, &stored)?;
        }
        self.writer.write(batch, 0)
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

    fn read(&self, archive: &SelectedArchive, file: &FileRef, known: bool) -> Result<()> {
        let entry = plan::file_entry(file, archive.versions, self.context.started);
        let mut writer = FileWriter::new(self, file, entry, known)?;
        let opened = read::open(file).and_then(|mut opened| {
            let (hash, size) = plan::content_hash(&mut opened)?;
            Ok((opened, hash, size))
        });
        match opened {
            Ok((opened, hash, size)) => {
                writer.entry.hash = hash;
                writer.entry.size = size;
                let reading = self.read_into(&mut writer, opened, &archive.reading)?;
                writer.finish(reading)
            }
            Err(reason) => {
                writer.leave(&reason);
                Ok(())
            }
        }
    }

    fn read_into(
        &self,
        writer: &mut FileWriter<'_, '_>,
        opened: read::Opened,
        reading: &read::Options,
    ) -> Result<Reading> {
        let (file, mut failure) = (writer.file, None);
        let mut done =
            read_file(file, opened, reading, &mut |articles| match writer.take(articles) {
                Ok(()) if !self.stopped() => ControlFlow::Continue(()),
                Ok(()) => ControlFlow::Break(()),
                Err(error) => {
                    failure = Some(error);
                    ControlFlow::Break(())
                }
            });
        if let Some(error) = failure {
            return Err(error);
        }
        let mut tally = self.tally();
        for (kind, count) in &done.withheld {
            *tally.withheld.entry(kind).or_default() += count;
        }
        for (article, date) in std::mem::take(&mut done.refused_dates) {
            tally.refused_dates.push(RefusedDate { article, date: date.to_string() });
        }
        for (key, reason) in &done.members {
            let inside = key.strip_prefix(file.key.as_str()).unwrap_or(key);
            let path = format!("{}{inside}", file.path.display());
            tally.skipped.push(Skipped::new(path.into(), reason));
        }
        Ok(done)
    }

    fn commit_if_due(&self) -> Result<()> {
        let Ok(mut last) = self.last_commit.try_lock() else { return Ok(()) };
        if last.elapsed() < COMMIT_EVERY {
            return Ok(());
        }
        self.commit()?;
        *last = Instant::now();
        Ok(())
    }

    fn commit(&self) -> Result<()> {
        let begun = Instant::now();
        self.writer.commit(&self.metadata)?;
        self.tally().committing += begun.elapsed().as_secs_f64();
        Ok(())
    }

    /// Commits, lets searches see a rebuild, and fills in the report. Returns the files that were skipped.
    pub(super) fn finish(self, report: &mut Report) -> Result<Vec<Skipped>> {
        self.context.progress.finishing();
        self.commit()?;
        let (previous, index) = (self.previous, self.context.index);
        if self.writer.is_unresolved() && !self.context.stopped() {
            let committed = committed(self.context, previous.target)?;
            Stages::time(&mut report.stages.settle, || {
                resolve_versions::resolve(&self, &*committed)
            })?;
            self.commit()?;
        }
        Stages::time(&mut report.stages.merge, || self.writer.finish())?;
        let mut tally = self.tally.into_inner().unwrap_or_else(PoisonError::into_inner);
        if let Some(old) = previous.current.as_ref().filter(|_| previous.is_rebuilt())
            && !self.context.stopped()
        {
            match compare_rebuild(self.context, &**old, previous.target)? {
                Compared::Whole(counts) => tally.changes = counts,
                Compared::Not(why) => {
                    tally.changes = ArticleCounts::default();
                    report.not_compared = Some(why.to_owned());
                }
            }
            index.make_current(previous.target)?;
        }
        tally.refused_dates.sort();
        report.withheld = tally.withheld;
        report.refused_dates = tally.refused_dates;
        report.articles = tally.articles;
        report.quotations = tally.quotations;
        report.changes = tally.changes;
        report.stages.commit = tally.committing;
        report.bytes = self.bytes.into_inner();
        Ok(tally.skipped)
    }
}

/// Notes in the journal how the generation `new` differs from the one that searches saw before.
fn compare_rebuild(context: &RunContext<'_>, old: &dyn Commit, new: u32) -> Result<Compared> {
    let (index, folder) = (context.index, context.index.folder());
    let mut journal = history::open_journal(folder)?;
    let new = committed(context, new)?;
    let compared = compare_generations::compare(index, old, &*new, &mut journal)?;
    journal.sync().map_err(Error::io("write a journal of", folder))?;
    failpoint::reached("compared");
    Ok(compared)
}

/// The newest commit of a generation that this run has committed.
fn committed(context: &RunContext<'_>, generation: u32) -> Result<Arc<dyn Commit>> {
    context.index.newest_commit(generation)?.ok_or_else(|| {
        let gone = std::io::Error::from(std::io::ErrorKind::NotFound);
        Error::index("read", context.index.folder())(gone)
    })
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
