//! One run of the indexer, start to end: the only place where the stages meet.
//!
//! walk → plan → read → extract → write, in parallel, with commits every few minutes: the run after a killed one goes on
//! from its last commit. The first run and all later ones take the same path.

mod context;
mod options;

mod archive_names;
mod archives;
mod mass_delete;
mod moved_archives;
mod plan;
mod previous_state;

mod file_reader;
mod file_writer;
mod finish;
mod in_flight;
mod job;
mod last_good_version;
mod read_files;

mod compare_generations;
mod item_versions;
mod resolve_versions;

pub mod check;
pub mod diff;
pub mod history;

use std::sync::atomic::AtomicBool;

use crate::engine;
use crate::error::Result;
use crate::manifest::commit_metadata::CommitMetadata;
use crate::manifest::known_archives;
use crate::report::{Report, Stages};
pub use archives::reading;
use archives::{Archives, SelectedArchive};
use context::RunContext;
pub use file_reader::{Reading, ReadingContext, read_file};
use history::RunOutcome;
pub use in_flight::InFlight;
use job::Job;
pub use options::{ChangeDetection, Options, Progress};
use plan::Plan;
use previous_state::PreviousState;

/// Brings the index up to date with its archives. `stop` ends the run early: what is complete is committed.
pub fn index(options: &Options, progress: &dyn Progress, stop: &AtomicBool) -> Result<Report> {
    let index = engine::writable(&options.index);
    known_archives::refuse_newer_index(index.folder())?;
    let context = RunContext::new(&*index, options, progress, stop)?;
    archives::check_given(options, index.exists())?;
    if options.dry_run {
        return bring_up_to_date(&context);
    }
    let _lock = index.lock()?;
    if options.change_detection == ChangeDetection::Rebuild {
        history::mend(index.folder())?;
    }
    history::begin(index.folder(), jiff::Timestamp::now())?;
    match bring_up_to_date(&context) {
        Ok(report) => {
            let outcome =
                if report.interrupted { RunOutcome::Interrupted } else { RunOutcome::Done };
            history::remember(index.folder(), &report, outcome)?;
            Ok(report)
        }
        Err(error) => {
            let seconds = context.begun.elapsed().as_secs_f64();
            let report = Report { seconds, ..Report::default() };
            let failed = RunOutcome::Failed(error.to_string());
            // The disk that could not take the index may not take this either: the error itself counts.
            let _ = history::remember(index.folder(), &report, failed);
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
    report.not_compared = previous.is_lost.then(|| "the index before was damaged".to_owned());
    let selected = &archives.selected;
    let plan =
        Stages::time(&mut report.stages.walk, || Plan::survey(selected, &previous, context))?;
    mass_delete::refuse(&plan, selected, &previous, context)?;
    report.files = plan.counts;
    if options.dry_run {
        report.plan = plan.listed();
    }
    let mut skipped = plan.unreadable.clone();
    skipped.extend(plan.damaged.iter().cloned());
    if !options.dry_run && !context.stopped() {
        previous.sweep(index)?;
        let metadata = CommitMetadata::new(archives.known);
        let mut current = previous.current.clone();
        if plan.has_work() || previous.is_rebuilt() || previous.metadata != metadata {
            context.progress.planned(plan.files(), plan.bytes);
            let job = Job::new(context, &plan, &previous, &metadata)?;
            Stages::time(&mut report.stages.read, || job.read_files(selected))?;
            skipped.extend(job.finish(&mut report)?);
            if report.articles > 0 {
                report.unused_maps = unused_maps(selected);
            }
            current = index.current()?;
        }
        known_archives::keep(index.folder(), &metadata)?;
        report.superseded = current.map_or(Ok(0), |commit| commit.count_superseded())?;
    }
    report.interrupted = context.stopped();
    report.index_bytes = index.bytes(previous.target);
    report.set_skipped(skipped);
    report.seconds = context.begun.elapsed().as_secs_f64();
    Ok(report)
}

/// The fields of `--map` that no record of the run had, as they were typed.
fn unused_maps(archives: &[SelectedArchive]) -> Vec<String> {
    let unused = archives.iter().flat_map(|archive| archive.reading.map.unused());
    unused.map(str::to_owned).collect()
}
