//! One run of the indexer, start to end: the only place where the stages meet.
//!
//! walk → plan → read → extract → index, in parallel, with commits every few minutes, so that a run that dies goes on
//! where it was. The same code serves the first run and the thousandth.

mod plan;
mod reading;

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use globset::{Glob, GlobSet, GlobSetBuilder};
use rayon::prelude::*;

use crate::archive::walk::{FileRef, Filter, Found, label, walk};
use crate::article::Article;
use crate::error::{Error, Result};
use crate::index::document::{Documents, documents};
use crate::index::manifest::{self, Manifest, Source};
use crate::index::snapshot::Snapshot;
use crate::index::writer::{Stamp, Writer};
use crate::read;
use crate::report::{Reason, RefusedDate, Report, Skipped};
use plan::{Change, Plan};
pub use reading::{Reading, read_file};

/// A run that dies loses no more than this.
const COMMIT_EVERY: Duration = Duration::from_secs(300);

/// What a batch of a large file is charged with while it waits for the engine, in bytes.
const BATCH: usize = 4 << 20;

/// What a run is to do.
#[derive(Clone, Debug)]
pub struct Options {
    /// Folders or files; none means those that the index remembers.
    pub archives: Vec<PathBuf>,
    /// The index folder.
    pub index: PathBuf,
    /// Worker threads.
    pub threads: usize,
    /// Bytes that the engine may use for what is not yet on disk.
    pub memory: usize,
    /// Globs of files to take; none means all.
    pub include: Vec<String>,
    /// Globs of files to leave out.
    pub exclude: Vec<String>,
    /// Trust no time stamp: compare the content of every file.
    pub checksum: bool,
    /// Go on even if most of what was indexed is gone.
    pub allow_mass_delete: bool,
    /// Say what would be done, and do nothing.
    pub dry_run: bool,
    /// How files are read.
    pub reading: read::Options,
}

/// Hears how far a run is; called from many threads.
pub trait Progress: Sync {
    /// The plan is made: so many files and bytes are to be read.
    fn planned(&self, files: u64, bytes: u64);
    /// A file was done.
    fn done(&self, articles: u64, bytes: u64);
    /// The files are read; the engine puts the index in order.
    fn finishing(&self);
}

/// Brings the index up to date with its archives. `stop` ends the run early: what is complete is committed.
pub fn index(options: &Options, progress: &dyn Progress, stop: &AtomicBool) -> Result<Report> {
    let begun = Instant::now();
    let started = manifest::nanoseconds(SystemTime::now());
    let before = Before::load(&options.index)?;
    let archives = before.archives(&options.archives)?;
    let filter = filter(options)?;
    let plan = Plan::survey(&archives.walked, &filter, &before, options)?;
    plan.refuse_mass_delete(options)?;
    progress.planned(plan.files(), plan.bytes);

    let mut report = Report {
        archives: archives.walked.clone(),
        index: options.index.clone(),
        dry_run: options.dry_run,
        files: plan.counts,
        ..Report::default()
    };
    let mut skipped = plan.unreadable.clone();
    if !options.dry_run && (plan.has_work() || before.is_new()) {
        let stamp = Stamp::new(archives.known, started);
        let job = Job::new(options, &plan, &before, progress, stop, &stamp)?;
        job.process(&archives.walked, &filter)?;
        skipped.extend(job.finish(&mut report)?);
    }
    report.set_skipped(skipped);
    report.seconds = begun.elapsed().as_secs_f64();
    Ok(report)
}

/// The state of the index before the run.
struct Before {
    snapshot: Option<Snapshot>,
    manifest: Manifest,
    stamp: Stamp,
}

/// The archives of a run.
struct Archives {
    /// Walked now.
    walked: Vec<PathBuf>,
    /// These, and those that the index remembers from other runs.
    known: Vec<PathBuf>,
}

impl Before {
    fn load(dir: &Path) -> Result<Self> {
        if !Snapshot::exists(dir) {
            return Ok(Self {
                snapshot: None,
                manifest: Manifest::default(),
                stamp: Stamp::default(),
            });
        }
        let snapshot = Snapshot::open(dir)?;
        let manifest = Manifest::load(&snapshot).map_err(Error::index("read", dir))?;
        let stamp = snapshot.stamp().map_err(Error::index("read", dir))?;
        Ok(Self { snapshot: Some(snapshot), manifest, stamp })
    }

    fn is_new(&self) -> bool {
        self.snapshot.is_none()
    }

    /// Which archives to walk. An archive is known by its folder's name: where it moved, the new place counts.
    fn archives(&self, given: &[PathBuf]) -> Result<Archives> {
        let mut known = self.stamp.archives.clone();
        if given.is_empty() && known.is_empty() {
            return Err(Error::Usage(
                "no archive is given, and the index remembers none; try: newsdex index ARCHIVE"
                    .into(),
            ));
        }
        if given.is_empty() {
            return Ok(Archives { walked: known.clone(), known });
        }
        let mut walked: Vec<PathBuf> = Vec::new();
        for path in given {
            let path = std::path::absolute(path).map_err(Error::io("find", path))?;
            if walked.contains(&path) {
                continue;
            }
            if let Some(other) = walked.iter().find(|other| label(other) == label(&path)) {
                return Err(Error::Usage(format!(
                    "two archives have the same name: {} and {}; index a folder that holds both",
                    other.display(),
                    path.display()
                )));
            }
            known.retain(|old| label(old) != label(&path));
            known.push(path.clone());
            walked.push(path);
        }
        known.sort();
        Ok(Archives { walked, known })
    }
}

/// A run while it reads and writes.
struct Job<'a> {
    writer: Writer,
    plan: &'a Plan,
    before: &'a Before,
    options: &'a Options,
    progress: &'a dyn Progress,
    stop: &'a AtomicBool,
    stamp: &'a Stamp,
    pool: rayon::ThreadPool,
    last_commit: Mutex<Instant>,
    failure: Mutex<Option<Error>>,
    skipped: Mutex<Vec<Skipped>>,
    withheld: Mutex<BTreeMap<&'static str, u64>>,
    refused_dates: Mutex<Vec<RefusedDate>>,
    articles: AtomicU64,
    quotations: AtomicU64,
    bytes: AtomicU64,
}

impl<'a> Job<'a> {
    fn new(
        options: &'a Options,
        plan: &'a Plan,
        before: &'a Before,
        progress: &'a dyn Progress,
        stop: &'a AtomicBool,
        stamp: &'a Stamp,
    ) -> Result<Self> {
        let threads = options.threads.max(1);
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .map_err(|e| Error::Usage(format!("cannot start {threads} threads: {e}")))?;
        let writer = Writer::open(&options.index, threads, options.memory)?;
        Ok(Self {
            writer,
            plan,
            before,
            options,
            progress,
            stop,
            stamp,
            pool,
            last_commit: Mutex::new(Instant::now()),
            failure: Mutex::new(None),
            skipped: Mutex::new(Vec::new()),
            withheld: Mutex::new(BTreeMap::new()),
            refused_dates: Mutex::new(Vec::new()),
            articles: AtomicU64::new(0),
            quotations: AtomicU64::new(0),
            bytes: AtomicU64::new(0),
        })
    }

    /// Reads and writes every file that the plan finds worth it, then takes out what is gone.
    fn process(&self, archives: &[PathBuf], filter: &Filter) -> Result<()> {
        for root in archives {
            let found = walk(root, filter)?;
            self.pool.install(|| found.par_bridge().for_each(|found| self.take(found)));
        }
        if !self.stopped() {
            for key in &self.plan.gone {
                self.writer.delete(key)?;
            }
        }
        lock(&self.failure).take().map_or(Ok(()), Err)
    }

    fn stopped(&self) -> bool {
        self.stop.load(Relaxed) || lock(&self.failure).is_some()
    }

    fn take(&self, found: Found) {
        let Ok(file) = found else { return };
        if self.stopped() {
            return;
        }
        let outcome = match plan::classify(&file, self.before, self.options) {
            Change::Same => Ok(()),
            Change::Touched(known) => self.touch(&file, known),
            change @ (Change::New | Change::Changed) => self.read(&file, change),
        };
        if let Err(error) = outcome.and_then(|()| self.commit_if_due()) {
            lock(&self.failure).get_or_insert(error);
        }
    }

    fn touch(&self, file: &FileRef, known: manifest::Known) -> Result<()> {
        let source = Source { hash: known.hash, articles: known.articles, ..plan::source(file) };
        self.writer.touch(&file.key, source.document(&file.key))
    }

    fn read(&self, file: &FileRef, change: Change) -> Result<()> {
        let mut target = Target {
            job: self,
            file,
            change,
            source: plan::source(file),
            held: Vec::new(),
            begun: false,
        };
        match self.read_into(&mut target) {
            Ok(failure) => target.finish(failure),
            Err(error) => Err(error),
        }
    }

    /// Reads a file; gives why it, or the rest of it, could not be read.
    fn read_into(&self, target: &mut Target<'_, '_>) -> Result<Option<Reason>> {
        let opened = read::open(target.file).and_then(|mut opened| {
            let (hash, size) = plan::content_hash(&mut opened)?;
            Ok((opened, hash, size))
        });
        let opened = match opened {
            Ok((opened, hash, size)) => {
                target.source.hash = hash;
                target.source.size = size;
                opened
            }
            Err(reason) => return Ok(Some(reason)),
        };
        let (file, mut failure) = (target.file, None);
        let done = read_file(file, opened, &self.options.reading, &mut |articles| match target
            .take(&articles)
        {
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
        target.source.articles = done.articles;
        // What is under an embargo, or was not read to its end, is looked at again in the next run.
        if done.waits || done.failure == Some(Reason::Stopped) {
            target.source.versions = 0;
        }
        for (kind, count) in &done.withheld {
            *lock(&self.withheld).entry(kind).or_default() += count;
        }
        for (article, date) in done.refused_dates {
            lock(&self.refused_dates).push(RefusedDate { article, date: date.to_string() });
        }
        for (key, reason) in &done.members {
            let inside = key.strip_prefix(file.key.as_str()).unwrap_or(key);
            let path = format!("{}{inside}", file.path.display());
            lock(&self.skipped).push(Skipped::new(path.into(), reason));
        }
        Ok(done.failure)
    }

    fn commit_if_due(&self) -> Result<()> {
        let Ok(mut last) = self.last_commit.try_lock() else { return Ok(()) };
        if last.elapsed() < COMMIT_EVERY {
            return Ok(());
        }
        // What is not yet read keeps its old start: an unfinished run must not vouch for files it has not seen.
        let stamp = Stamp { started: self.before.stamp.started, ..self.stamp.clone() };
        self.writer.commit(&stamp)?;
        *last = Instant::now();
        Ok(())
    }

    /// Commits, and fills in the report. Gives the files that were skipped.
    fn finish(self, report: &mut Report) -> Result<Vec<Skipped>> {
        self.progress.finishing();
        report.interrupted = self.stop.load(Relaxed);
        let started =
            if report.interrupted { self.before.stamp.started } else { self.stamp.started };
        self.writer.commit(&Stamp { started, ..self.stamp.clone() })?;
        self.writer.finish()?;
        report.withheld = self.withheld.into_inner().unwrap_or_else(PoisonError::into_inner);
        report.refused_dates =
            self.refused_dates.into_inner().unwrap_or_else(PoisonError::into_inner);
        report.refused_dates.sort();
        report.articles = self.articles.into_inner();
        report.quotations = self.quotations.into_inner();
        report.bytes = self.bytes.into_inner();
        Ok(self.skipped.into_inner().unwrap_or_else(PoisonError::into_inner))
    }
}

/// A file on its way into the index. What it gives is held until its end; where it gives more than a batch, it is
/// written batch by batch, behind an entry in the manifest that marks it as unfinished.
struct Target<'a, 'j> {
    job: &'a Job<'j>,
    file: &'a FileRef,
    change: Change,
    source: Source,
    held: Documents,
    begun: bool,
}

impl Target<'_, '_> {
    fn take(&mut self, articles: &[Article]) -> Result<()> {
        let key = &self.file.key;
        if !self.held.is_empty() {
            let held = std::mem::take(&mut self.held);
            if !self.begun {
                self.begun = true;
                let unfinished = Source { versions: 0, hash: 0, ..self.source.clone() };
                self.job.writer.replace(key, vec![unfinished.document(key)], 0)?;
            }
            self.job.writer.add(held, BATCH)?;
        }
        for article in articles {
            self.held.extend(documents(article, key));
            self.job.quotations.fetch_add(article.quotes.len() as u64, Relaxed);
        }
        Ok(())
    }

    fn finish(mut self, failure: Option<Reason>) -> Result<()> {
        let (job, key, size) = (self.job, &self.file.key, self.file.size);
        if let Some(reason) = failure.filter(|reason| *reason != Reason::Stopped) {
            self.source.skipped = Some(reason.to_string());
            lock(&job.skipped).push(Skipped::new(self.file.path.clone(), &reason));
        }
        let entry = self.source.document(key);
        let bytes = if self.begun { BATCH } else { size as usize };
        match (self.begun, self.change) {
            (true, _) => {
                job.writer.add(self.held, bytes)?;
                job.writer.touch(key, entry)?;
            }
            (false, change) => {
                self.held.push(entry);
                match change {
                    Change::New => job.writer.add(self.held, bytes)?,
                    _ => job.writer.replace(key, self.held, bytes)?,
                }
            }
        }
        job.articles.fetch_add(self.source.articles, Relaxed);
        job.bytes.fetch_add(size, Relaxed);
        job.progress.done(self.source.articles, size);
        Ok(())
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn filter(options: &Options) -> Result<Filter> {
    Ok(Filter { include: globs(&options.include)?, exclude: globs(&options.exclude)? })
}

fn globs(patterns: &[String]) -> Result<GlobSet> {
    let mut set = GlobSetBuilder::new();
    for pattern in patterns {
        let glob = Glob::new(pattern)
            .map_err(|e| Error::Usage(format!("{pattern} is no file pattern: {}", e.kind())))?;
        set.add(glob);
    }
    set.build().map_err(|e| Error::Usage(format!("too many file patterns: {}", e.kind())))
}
