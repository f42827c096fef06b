//! A run while it reads and writes.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Mutex, MutexGuard, PoisonError};
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
use crate::index::read::manifest::{self, Source};
use crate::index::read::snapshot::Snapshot;
use crate::index::read::stored_state::{self, StoredVersion};
use crate::index::schema::commit_metadata::CommitMetadata;
use crate::index::storage::generation::{self, Generation};
use crate::index::write::journal;
use crate::index::write::writer::{Batch, Writer};
use crate::read;
use crate::report::{ArticleCounts, RefusedDate, Report, Skipped, Stages};

/// A run that dies loses no more than this.
const COMMIT_EVERY: Duration = Duration::from_secs(300);

/// A run while it reads and writes.
pub(super) struct Job<'a> {
    pub(super) writer: Writer,
    watch: &'a RunContext<'a>,
    plan: &'a Plan,
    before: &'a PreviousState,
    metadata: CommitMetadata,
    last_commit: Mutex<Instant>,
    failure: Mutex<Option<Error>>,
    tally: Mutex<Tally>,
    bytes: AtomicU64,
}

/// What is counted and named while files are read.
#[derive(Default)]
pub(super) struct Tally {
    pub(super) articles: u64,
    pub(super) quotations: u64,
    pub(super) changes: ArticleCounts,
    pub(super) skipped: Vec<Skipped>,
    withheld: BTreeMap<&'static str, u64>,
    refused_dates: Vec<RefusedDate>,
    committing: f64,
}

impl<'a> Job<'a> {
    pub(super) fn new(
        watch: &'a RunContext<'a>,
        plan: &'a Plan,
        before: &'a PreviousState,
        metadata: CommitMetadata,
    ) -> Result<Self> {
        let options = watch.options;
        let mut writer = Writer::open(&before.target, options.threads.max(1), options.memory)?;
        // What is built again is compared when it is whole.
        if !(before.is_rebuilt() && before.current.is_some() || before.is_lost) {
            writer = writer.with_journal(history::open_journal(&options.index)?);
        }
        writer.set_unsettled(before.is_unsettled);
        writer.expect(plan.bytes);
        let job = Self {
            writer,
            watch,
            plan,
            before,
            metadata,
            last_commit: Mutex::new(Instant::now()),
            failure: Mutex::new(None),
            tally: Mutex::default(),
            bytes: AtomicU64::new(0),
        };
        if before.current.is_none() {
            // Nobody searches the first generation yet: it may be seen while it grows.
            job.commit()?;
            before.target.make_current()?;
        }
        Ok(job)
    }

    /// Reads and writes every file that the plan finds worth it, then takes out what is gone.
    pub(super) fn process(&self, archives: &[SelectedArchive]) -> Result<()> {
        self.plan.each(archives, self.before, self.watch, |archive, file, change| {
            self.take(archive, file, change);
        })?;
        for key in &self.plan.gone {
            if self.stopped() {
                break;
            }
            self.remove(key)?;
        }
        lock(&self.failure).take().map_or(Ok(()), Err)
    }

    pub(super) fn stopped(&self) -> bool {
        self.watch.stopped() || lock(&self.failure).is_some()
    }

    pub(super) fn tally(&self) -> MutexGuard<'_, Tally> {
        lock(&self.tally)
    }

    /// What the index has of a file.
    pub(super) fn held(&self, key: &str) -> Result<Vec<StoredVersion>> {
        let Some(base) = &self.before.base else { return Ok(Vec::new()) };
        stored_state::of_file(base, key).map_err(Error::index("read", base.dir()))
    }

    /// Did searches find the article of that key before the run? Gives its digest.
    pub(super) fn found_before(&self, key: u64) -> Result<Option<u64>> {
        let Some(base) = &self.before.base else { return Ok(None) };
        let held = stored_state::of_key(base, key).map_err(Error::index("read", base.dir()))?;
        Ok(held.filter(StoredVersion::is_found).map(|held| held.digest))
    }

    /// Has the index this very entry of the file `key`?
    pub(super) fn knows(&self, key: &str, entry: &Source) -> Result<bool> {
        let Some(base) = &self.before.base else { return Ok(false) };
        let known = manifest::source(base, key).map_err(Error::index("read", base.dir()))?;
        Ok(known.as_ref() == Some(entry))
    }

    /// Notes in `batch` that an article was changed or removed, as long as the journal has room for what it was.
    pub(super) fn note(
        &self,
        batch: &mut Batch,
        kind: journal::Kind,
        held: &StoredVersion,
    ) -> Result<()> {
        let base = self.before.base.as_ref().filter(|_| self.writer.keeps_journal());
        let Some(base) = base else { return Ok(()) };
        let record = base.record(held.address).map_err(Error::index("read", base.dir()))?;
        batch.note_before(kind, record);
        Ok(())
    }

    /// A file was done with.
    pub(super) fn done(&self, articles: u64, bytes: u64) {
        self.bytes.fetch_add(bytes, Relaxed);
        self.watch.progress.done(articles, bytes);
    }

    fn take(&self, archive: &SelectedArchive, file: &FileRef, change: &Change) {
        if self.stopped() {
            return;
        }
        let outcome = match change {
            Change::Same => Ok(()),
            Change::Touched(entry) => self.enter(&file.key, entry),
            Change::New => self.read(archive, file, false),
            Change::Changed => self.read(archive, file, true),
        };
        if let Err(error) = outcome.and_then(|()| self.commit_if_due()) {
            lock(&self.failure).get_or_insert(error);
        }
    }

    fn enter(&self, key: &str, entry: &Source) -> Result<()> {
        let mut batch = Batch::default();
        batch.enter(key, entry, true);
        self.writer.write_whole(batch, 0)
    }

    /// Takes out a file that is gone.
    fn remove(&self, key: &str) -> Result<()> {
        let mut batch = Batch::default();
        batch.take_out_file(key);
        for held in self.held(key)? {
            self.note_gone(&mut batch, &held)?;
        }
        self.writer.write(batch, 0)
    }

    /// Says of something that is taken out what that means to those who search.
    pub(super) fn note_gone(&self, batch: &mut Batch, held: &StoredVersion) -> Result<()> {
        if held.item.is_some() {
            batch.unsettle();
        }
        if held.is_found() {
            self.note(batch, journal::Kind::Removed, held)?;
            self.tally().changes.removed += 1;
        }
        Ok(())
    }

    fn read(&self, archive: &SelectedArchive, file: &FileRef, known: bool) -> Result<()> {
        let source = plan::source(file, archive.versions, self.watch.started);
        let mut target = FileWriter::new(self, file, source, known)?;
        let opened = read::open(file).and_then(|mut opened| {
            let (hash, size) = plan::content_hash(&mut opened)?;
            Ok((opened, hash, size))
        });
        match opened {
            Ok((opened, hash, size)) => {
                target.source.hash = hash;
                target.source.size = size;
                let reading = self.read_into(&mut target, opened, &archive.reading)?;
                target.finish(reading)
            }
            Err(reason) => {
                target.leave(&reason);
                Ok(())
            }
        }
    }

    fn read_into(
        &self,
        target: &mut FileWriter<'_, '_>,
        opened: read::Opened,
        reading: &read::Options,
    ) -> Result<Reading> {
        let (file, mut failure) = (target.file, None);
        let mut done =
            read_file(file, opened, reading, &mut |articles| match target.take(&articles) {
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

    /// Commits, lets searches see what was built again, and fills in the report. Gives the files that were skipped.
    pub(super) fn finish(self, report: &mut Report) -> Result<Vec<Skipped>> {
        self.watch.progress.finishing();
        self.commit()?;
        if self.writer.is_unsettled() && !self.watch.stopped() {
            let committed = Snapshot::of_generation(&self.before.target)?;
            Stages::time(&mut report.stages.settle, || {
                resolve_versions::settle(&self, &committed)
            })?;
            self.commit()?;
        }
        Stages::time(&mut report.stages.merge, || self.writer.finish())?;
        let mut tally = self.tally.into_inner().unwrap_or_else(PoisonError::into_inner);
        if let Some(old) = self.before.current.as_ref().filter(|_| self.before.is_rebuilt())
            && !self.watch.stopped()
        {
            match note_rebuilt(old, &self.before.target)? {
                Compared::Whole(counts) => tally.changes = counts,
                Compared::Not(why) => {
                    tally.changes = ArticleCounts::default();
                    report.not_compared = Some(why.to_owned());
                }
            }
            self.before.target.make_current()?;
            generation::sweep(&self.watch.options.index, &[&self.before.target])?;
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

/// Notes what is other in the generation `new` than in the one that was searched before.
fn note_rebuilt(old: &Snapshot, new: &Generation) -> Result<Compared> {
    let dir = new.index();
    let mut journal = history::open_journal(dir)?;
    let compared = compare_generations::compare(old, &Snapshot::of_generation(new)?, &mut journal)?;
    journal.sync().map_err(Error::io("write a journal of", dir))?;
    failpoint::reached("compared");
    Ok(compared)
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
