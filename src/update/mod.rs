//! One run of the indexer, start to end: the only place where the stages meet.
//!
//! walk → plan → read → extract → write, in parallel, with commits every few minutes: the run after a killed one goes on
//! from its last commit. The first run and all later ones take the same path.

mod archives;
mod compare_generations;
mod file_reader;
mod file_writer;
mod item_versions;
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

use crate::engine;
use crate::error::{Error, Result};
use crate::manifest::commit_metadata::{ArchiveOptions, CommitMetadata};
use crate::manifest::files::nanoseconds;
use crate::query::engine::writing::WritableIndex;
use crate::report::{Report, Stages};
pub use archives::reading;
use archives::{Archives, SelectedArchive};
pub use file_reader::{Reading, read_file};
use history::RunOutcome;
use job::Job;
use plan::Plan;
use previous_state::PreviousState;

/// Options of a run.
#[derive(Clone, Debug)]
pub struct Options {
    /// Folders or files; none means those that the index remembers.
    pub archives: Vec<PathBuf>,
    /// The index folder.
    pub index: PathBuf,
    /// Worker threads.
    pub threads: usize,
    /// Bytes that the engine may use for what is not yet stored.
    pub memory: usize,
    /// Options of the archives; `None` means those that the index remembers, at first the default.
    pub selection: Option<ArchiveOptions>,
    /// The moment for which embargoes are judged; `None`: every embargo holds.
    pub now: Option<jiff::Timestamp>,
    /// How it is found out which files changed.
    pub change_detection: ChangeDetection,
    /// Whether to go on even if most of what was indexed is gone.
    pub allow_mass_delete: bool,
    /// Whether only to report what would be done.
    pub dry_run: bool,
}

/// How a run finds out whether a file changed since it was indexed.
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

/// Receives the progress of a run, from many threads.
pub trait Progress: Sync {
    /// The plan is made: the number of files and bytes to be read.
    fn planned(&self, files: u64, bytes: u64);
    /// A file was read, or left out.
    fn done(&self, articles: u64, bytes: u64);
    /// All files are read; what is left is to commit and to merge.
    fn finishing(&self);
}

/// Brings the index up to date with its archives. `stop` ends the run early: what is complete is committed.
pub fn index(options: &Options, progress: &dyn Progress, stop: &AtomicBool) -> Result<Report> {
    let index = engine::writable(&options.index);
    let context = RunContext::new(&*index, options, progress, stop)?;
    archives::check_given(options, index.exists())?;
    if options.dry_run {
        return bring_up_to_date(&context);
    }
    let _lock = index.lock()?;
    let began = jiff::Timestamp::now();
    match bring_up_to_date(&context) {
        Ok(report) => {
            let outcome =
                if report.interrupted { RunOutcome::Interrupted } else { RunOutcome::Done };
            history::remember(index.folder(), began, &report, outcome)?;
            Ok(report)
        }
        Err(error) => {
            let seconds = context.begun.elapsed().as_secs_f64();
            let report = Report { seconds, ..Report::default() };
            let failed = RunOutcome::Failed(error.to_string());
            // The disk that could not take the index may not take this either: the error itself counts.
            let _ = history::remember(index.folder(), began, &report, failed);
            Err(error)
        }
    }
}

fn bring_up_to_date(context: &RunContext<'_>) -> Result<Report> {
    let (options, index) = (context.options, context.index);
    let mut report =
        Report { index: options.index.clone(), dry_run: options.dry_run, ..Report::default() };

    let previous = Stages::time(&mut report.stages.load, || PreviousState::load(index, options))?;
    let archives = Archives::of(&previous, options)?;
    report.archives = archives.selected.iter().map(SelectedArchive::walked).collect();
    report.rebuilt = previous.is_rebuilt() && previous.current.is_some() || previous.is_lost;
    report.not_compared =
        previous.is_lost.then(|| "the index before could not be opened".to_owned());
    let selected = &archives.selected;
    let plan =
        Stages::time(&mut report.stages.walk, || Plan::survey(selected, &previous, context))?;
    plan.refuse_mass_delete(options)?;
    report.files = plan.counts;
    if options.dry_run {
        report.plan = plan.listed();
    }
    let mut skipped = plan.unreadable.clone();
    if !options.dry_run && !context.stopped() {
        previous.sweep(index)?;
        let metadata = CommitMetadata::new(archives.known);
        let mut current = previous.current.clone();
        if plan.has_work() || previous.is_rebuilt() || previous.metadata != metadata {
            context.progress.planned(plan.files(), plan.bytes);
            let job = Job::new(context, &plan, &previous, metadata)?;
            Stages::time(&mut report.stages.read, || job.process(selected))?;
            skipped.extend(job.finish(&mut report)?);
            current = index.current()?;
        }
        report.superseded = current.map_or(Ok(0), |commit| commit.count_superseded())?;
    }
    report.interrupted = context.stopped();
    report.index_bytes = index.bytes(previous.target);
    report.set_skipped(skipped);
    report.seconds = context.begun.elapsed().as_secs_f64();
    Ok(report)
}

/// What every stage of a run shares.
struct RunContext<'a> {
    index: &'a dyn WritableIndex,
    options: &'a Options,
    progress: &'a dyn Progress,
    stop: &'a AtomicBool,
    pool: rayon::ThreadPool,
    begun: Instant,
    /// When the run began, in nanoseconds since 1970.
    started: i64,
}

impl<'a> RunContext<'a> {
    fn new(
        index: &'a dyn WritableIndex,
        options: &'a Options,
        progress: &'a dyn Progress,
        stop: &'a AtomicBool,
    ) -> Result<Self> {
        let threads = options.threads.max(1);
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .map_err(|e| Error::Usage(format!("cannot start {threads} threads: {e}")))?;
        let started = nanoseconds(SystemTime::now());
        Ok(Self { index, options, progress, stop, pool, begun: Instant::now(), started })
    }

    fn stopped(&self) -> bool {
        self.stop.load(Relaxed)
    }
}
