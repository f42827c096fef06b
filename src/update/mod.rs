//! One run of the indexer, start to end: the only place where the stages meet.
//!
//! walk → plan → read → extract → index, in parallel, with commits every few minutes, so that a run that dies goes on
//! where it was. The same code serves the first run and the thousandth.

mod archives;
mod compare_generations;
mod file_reader;
mod file_writer;
mod job;
mod plan;
mod previous_state;
mod resolve_versions;

pub mod check;
pub mod diff;
pub mod history;

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::time::{Instant, SystemTime};

use crate::error::{Error, Result};
use crate::index::read::integrity;
use crate::index::read::manifest;
use crate::index::read::snapshot::Snapshot;
use crate::index::schema;
use crate::index::schema::commit_metadata::{ArchiveOptions, CommitMetadata};
use crate::index::storage::lock::Lock;
use crate::report::{Report, Stages};
pub use archives::reading;
use archives::{Archives, SelectedArchive};
pub use file_reader::{Reading, read_file};
use history::RunOutcome;
use job::Job;
use plan::Plan;
use previous_state::PreviousState;

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
    /// What of the archives is to be indexed, and how; `None` means what the index remembers, at first all.
    pub selection: Option<ArchiveOptions>,
    /// The moment at which embargoes are looked at; `None`: every embargo counts.
    pub now: Option<jiff::Timestamp>,
    /// What is taken for true of what the index knows.
    pub trust: ChangeDetection,
    /// Go on even if most of what was indexed is gone.
    pub allow_mass_delete: bool,
    /// Say what would be done, and do nothing.
    pub dry_run: bool,
}

/// What a run takes for true of what the index knows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ChangeDetection {
    /// A file of the same size and time stamp is the same.
    #[default]
    TimeStamps,
    /// A file of the same content is the same.
    Content,
    /// Nothing: the index is built again, beside the one that is searched meanwhile.
    Rebuild,
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
    let watch = RunContext::new(options, progress, stop)?;
    archives::check_given(options, Snapshot::exists(&options.index))?;
    if options.dry_run {
        return bring_up_to_date(&watch);
    }
    let _lock = Lock::take(&options.index)?;
    let began = jiff::Timestamp::now();
    match bring_up_to_date(&watch) {
        Ok(report) => {
            let ending =
                if report.interrupted { RunOutcome::Interrupted } else { RunOutcome::Done };
            history::remember(&options.index, began, &report, ending)?;
            Ok(report)
        }
        Err(error) => {
            let seconds = watch.begun.elapsed().as_secs_f64();
            let report = Report { seconds, ..Report::default() };
            let failed = RunOutcome::Failed(error.to_string());
            // The disk that could not take the index may not take this either: the error itself counts.
            let _ = history::remember(&options.index, began, &report, failed);
            Err(error)
        }
    }
}

fn bring_up_to_date(watch: &RunContext<'_>) -> Result<Report> {
    let options = watch.options;
    let mut report =
        Report { index: options.index.clone(), dry_run: options.dry_run, ..Report::default() };

    let before = Stages::time(&mut report.stages.load, || PreviousState::load(options))?;
    let archives = Archives::of(&before, options)?;
    report.archives = archives.chosen.iter().map(SelectedArchive::walked).collect();
    report.rebuilt = before.is_rebuilt() && before.current.is_some() || before.is_lost;
    report.not_compared = before.is_lost.then(|| "the index before could not be opened".to_owned());
    let chosen = &archives.chosen;
    let plan = Stages::time(&mut report.stages.walk, || Plan::survey(chosen, &before, watch))?;
    plan.refuse_mass_delete(options)?;
    report.files = plan.counts;
    if options.dry_run {
        report.plan = plan.listed();
    }
    let mut skipped = plan.unreadable.clone();
    if !options.dry_run && !watch.stopped() {
        before.sweep()?;
        let metadata = CommitMetadata::new(archives.known);
        if plan.has_work() || before.is_rebuilt() || before.metadata != metadata {
            watch.progress.planned(plan.files(), plan.bytes);
            let job = Job::new(watch, &plan, &before, metadata)?;
            Stages::time(&mut report.stages.read, || job.process(chosen))?;
            skipped.extend(job.finish(&mut report)?);
            // The engine may be closed before it has removed what its last merge replaced.
            let after = Snapshot::current(&options.index)?;
            after.iter().try_for_each(integrity::sweep)?;
            report.superseded = superseded(after.as_ref())?;
        } else {
            report.superseded = superseded(before.current.as_ref())?;
        }
    }
    report.interrupted = watch.stopped();
    report.index_bytes = before.target.bytes();
    report.set_skipped(skipped);
    report.seconds = watch.begun.elapsed().as_secs_f64();
    Ok(report)
}

/// Articles that searches leave out, as higher versions of their items are there.
fn superseded(snapshot: Option<&Snapshot>) -> Result<u64> {
    let Some(snapshot) = snapshot else { return Ok(0) };
    let count = snapshot.count(schema::Kind::Superseded);
    count.map(|count| count as u64).map_err(Error::index("read", snapshot.dir()))
}

/// What every stage of a run has at hand.
struct RunContext<'a> {
    options: &'a Options,
    progress: &'a dyn Progress,
    stop: &'a AtomicBool,
    pool: rayon::ThreadPool,
    begun: Instant,
    /// When the run began, in nanoseconds since 1970.
    started: i64,
}

impl<'a> RunContext<'a> {
    fn new(options: &'a Options, progress: &'a dyn Progress, stop: &'a AtomicBool) -> Result<Self> {
        let threads = options.threads.max(1);
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .map_err(|e| Error::Usage(format!("cannot start {threads} threads: {e}")))?;
        let started = manifest::nanoseconds(SystemTime::now());
        Ok(Self { options, progress, stop, pool, begun: Instant::now(), started })
    }

    fn stopped(&self) -> bool {
        self.stop.load(Relaxed)
    }
}
