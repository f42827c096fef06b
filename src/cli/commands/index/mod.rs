//! `newsdex index`: runs the indexer, shows how far it is, and ends with a summary.

mod metrics;
mod priority;
mod summary;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::cli::args::{Global, IndexArgs};
use crate::cli::output::{Out, counted};
use crate::cli::{Ended, FAILED, Outcome};
use crate::error::{Error, Result};
use crate::report::Report;
use crate::update::{self, ChangeDetection, Options, Progress};

/// Runs the command.
pub(crate) fn run(args: &IndexArgs, global: &Global, out: &mut Out) -> Ended {
    if args.low_priority {
        priority::lower(args.quiet)?;
    }
    let options = options(args, global);
    let bar = Bar::new(args.quiet);
    let report = update::index(&options, &bar, &*stop_on_signal()?);
    bar.clear();
    if let Some(path) = &args.metrics {
        let code = report.as_ref().map_or(FAILED, |report| outcome(report).code());
        metrics::write(path, report.as_ref().ok(), code)?;
    }
    if let Some(path) = &args.report {
        write_report(path, &report)?;
    }
    let report = report?;
    if !args.quiet {
        summary::show(&report, global, out)?;
    }
    Ok(outcome(&report))
}

/// A run that failed leaves a report, too: an older one would be taken for its own.
fn write_report(path: &Path, report: &Result<Report>) -> Result<()> {
    let failed = |error: &Error| Report { failure: Some(error.to_string()), ..Report::default() };
    let text = match report {
        Ok(report) => serde_json::to_vec_pretty(report),
        Err(error) => serde_json::to_vec_pretty(&failed(error)),
    };
    text.map_err(std::io::Error::from)
        .and_then(|text| std::fs::write(path, text))
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
        index: global.index.clone(),
        threads: args.threads.unwrap_or_else(cores),
        memory: args.memory,
        selection: args.selection(),
        now: Some(jiff::Timestamp::now()),
        trust: match args {
            IndexArgs { rebuild: true, .. } => ChangeDetection::Rebuild,
            IndexArgs { checksum: true, .. } => ChangeDetection::Content,
            _ => ChangeDetection::TimeStamps,
        },
        allow_mass_delete: args.allow_mass_delete,
        dry_run: args.dry_run,
    }
}

pub(crate) fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// A flag that the first SIGINT or SIGTERM raises; a second one ends the program at once.
pub(crate) fn stop_on_signal() -> Result<Arc<AtomicBool>> {
    let stop = Arc::new(AtomicBool::new(false));
    let flag = Arc::clone(&stop);
    ctrlc::set_handler(move || {
        if flag.swap(true, Relaxed) {
            std::process::abort();
        }
        crate::cli::warn("stopping: committing what is complete (once more: at once)");
    })
    .map_err(|e| Error::Usage(format!("cannot listen for signals: {e}")))?;
    Ok(stop)
}

/// The progress bar; draws on a terminal only.
pub(crate) struct Bar {
    drawn: ProgressBar,
    articles: AtomicU64,
    files: AtomicU64,
}

impl Bar {
    pub(crate) fn new(quiet: bool) -> Self {
        let target = if quiet {
            ProgressDrawTarget::hidden()
        } else {
            ProgressDrawTarget::stderr_with_hz(8)
        };
        let bar = ProgressBar::with_draw_target(None, target);
        bar.set_message("looking at the archive");
        bar.enable_steady_tick(Duration::from_millis(120));
        Self { drawn: bar, articles: AtomicU64::new(0), files: AtomicU64::new(0) }
    }

    pub(crate) fn clear(&self) {
        self.drawn.finish_and_clear();
    }
}

impl Progress for Bar {
    fn planned(&self, files: u64, bytes: u64) {
        let style = "{bar:24} {percent:>3}%  {msg}  {binary_bytes_per_sec}  {eta} left";
        self.drawn.set_length(bytes);
        self.drawn.set_style(
            ProgressStyle::with_template(style).unwrap_or_else(|_| ProgressStyle::default_bar()),
        );
        self.drawn.set_message(counted(files, "file"));
    }

    fn done(&self, articles: u64, bytes: u64) {
        let articles = self.articles.fetch_add(articles, Relaxed) + articles;
        let files = self.files.fetch_add(1, Relaxed) + 1;
        self.drawn.inc(bytes);
        if files.is_multiple_of(64) {
            self.drawn.set_message(format!(
                "{}, {}",
                counted(files, "file"),
                counted(articles, "article")
            ));
        }
    }

    fn finishing(&self) {
        let style = ProgressStyle::with_template("{spinner} {msg}");
        self.drawn.set_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()));
        self.drawn.set_message("writing the index");
    }
}
