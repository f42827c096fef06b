//! `newsdex index`: runs the indexer with a progress bar, and ends with a summary.

mod metrics;
mod priority;
mod summary;

use std::path::Path;

use crate::answer::export::json::write_pretty;
use crate::cli::args::{Global, IndexArgs};
use crate::cli::exit::{CommandResult, FAILED, Outcome};
use crate::cli::output::Out;
use crate::cli::progress_bar::Bar;
use crate::cli::signals::stop_on_signal;
use crate::error::{Error, Result};
use crate::report::Report;
use crate::update::{self, ChangeDetection, Options};

/// Runs the command.
pub(crate) fn run(args: &IndexArgs, global: &Global, out: &mut Out) -> CommandResult {
    if args.low_priority {
        priority::lower(args.quiet)?;
    }
    let options = options(args, global);
    let bar = Bar::new(args.quiet);
    let report = update::index(&options, &bar, &*stop_on_signal()?);
    bar.clear();
    let written = write_outputs(args, &report);
    let report = report?;
    if !args.quiet {
        summary::show(&report, global, out)?;
    }
    written?;
    Ok(outcome(&report))
}

/// Writes the report and the metrics, each even if the other cannot be written; fails if one cannot.
fn write_outputs(args: &IndexArgs, report: &Result<Report>) -> Result<()> {
    let written = args.report.as_ref().map_or(Ok(()), |path| write_report(path, report));
    let code = match report {
        Ok(report) if written.is_ok() => outcome(report).code(),
        _ => FAILED,
    };
    let measured = args
        .metrics
        .as_ref()
        .map_or(Ok(()), |path| metrics::write(path, report.as_ref().ok(), code));
    written.and(measured)
}

/// Writes the report, of a failed run as well: an older one would be taken for its own.
fn write_report(path: &Path, report: &Result<Report>) -> Result<()> {
    let failed = |error: &Error| Report { failure: Some(error.to_string()), ..Report::default() };
    let mut text = Vec::new();
    match report {
        Ok(report) => write_pretty(&mut text, report),
        Err(error) => write_pretty(&mut text, &failed(error)),
    }
    .and_then(|()| std::fs::write(path, text))
    .map_err(Error::io("write the report", path))
}

fn outcome(report: &Report) -> Outcome {
    if report.interrupted {
        Outcome::Interrupted
    } else if report.skipped.iter().any(|file| file.is_fault) {
        Outcome::Skipped
    } else {
        Outcome::Done
    }
}

fn options(args: &IndexArgs, global: &Global) -> Options {
    Options {
        archives: args.archives.clone(),
        name: args.name.clone(),
        moved_from: args.moved_from.clone(),
        index: global.index.clone(),
        threads: args.threads.unwrap_or_else(cores),
        memory: args.memory,
        selection: args.selection(),
        now: Some(jiff::Timestamp::now()),
        change_detection: match args {
            IndexArgs { rebuild: true, .. } => ChangeDetection::Rebuild,
            IndexArgs { checksum: true, .. } => ChangeDetection::Content,
            _ => ChangeDetection::TimeStamps,
        },
        allow_mass_delete: args.allow_mass_delete,
        accept_damaged: args.accept_damaged,
        dry_run: args.dry_run,
    }
}

/// Threads to use if no number is typed.
pub(crate) fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}
