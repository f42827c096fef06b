//! `newsdex extract`: articles and their annotations as JSON Lines, without an index.

use std::io;
use std::ops::ControlFlow;
use std::sync::mpsc;
use std::thread;

use rayon::prelude::*;

use crate::archive::walk::{FileRef, Filter, default_name, walk};
use crate::article::{Article, json};
use crate::cli::args::ExtractArgs;
use crate::cli::exit::{CommandResult, Outcome, warn};
use crate::cli::output::Out;
use crate::error::Error;
use crate::read::{self, Lost};
use crate::report::Reason;
use crate::update::{Reading, read_file, reading};

/// Small files annotated at once: enough to keep all cores at work, few enough to hold in memory.
const BATCH: usize = 256;

/// Batches of lines that may wait to be printed.
const WAITING: usize = 2;

/// Larger files are read one by one, their records on all cores. In bytes.
const LARGE: u64 = 4 << 20;

/// Prints a line for each article below the paths, in the order of the walk.
pub(crate) fn run(args: &ExtractArgs, out: &mut Out) -> CommandResult {
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(args.threads.unwrap_or(0))
        .build()
        .map_err(|e| Error::Usage(format!("cannot start threads: {e}")))?;
    // What is asked for by name is shown, whatever its sender says; its `status` tells.
    let mut selection = args.reading.selection();
    selection.withheld = true;
    let options = reading(&selection, Some(jiff::Timestamp::now()))?;
    let mut printer = Printer { options, pool, out, skipped: false };
    for root in &args.paths {
        let mut batch: Vec<FileRef> = Vec::new();
        for found in walk(root, &default_name(root), &Filter::default())? {
            match found {
                Ok(file) if file.size >= LARGE => {
                    printer.batch(&std::mem::take(&mut batch))?;
                    printer.large(&file)?;
                }
                Ok(file) => {
                    batch.push(file);
                    if batch.len() == BATCH {
                        printer.batch(&std::mem::take(&mut batch))?;
                    }
                }
                Err((path, why)) => printer.skip(&path.display().to_string(), &why),
            }
        }
        printer.batch(&batch)?;
    }
    for pair in printer.options.map.unused() {
        warn(&format!("--map {pair}: no record has this field"));
    }
    Ok(if printer.skipped { Outcome::Skipped } else { Outcome::Done })
}

struct Printer<'o> {
    options: read::Options,
    pool: rayon::ThreadPool,
    out: &'o mut Out,
    skipped: bool,
}

impl Printer<'_> {
    fn batch(&mut self, files: &[FileRef]) -> io::Result<()> {
        let options = &self.options;
        let lines_of = |file: &FileRef| {
            let mut lines = Vec::new();
            let done = read_one(file, options, &mut |articles| {
                lines.extend(articles.iter().map(line));
                ControlFlow::Continue(())
            });
            (lines, done)
        };
        let read: Vec<_> = self.pool.install(|| files.par_iter().map(lines_of).collect());
        for (file, (lines, done)) in files.iter().zip(read) {
            lines.iter().try_for_each(|line| self.out.line(line))?;
            self.report(file, &done);
        }
        Ok(())
    }

    /// Prints what a large file gives while it is read.
    fn large(&mut self, file: &FileRef) -> io::Result<()> {
        let (sender, batches) = mpsc::sync_channel::<Vec<String>>(WAITING);
        let (pool, options, out) = (&self.pool, &self.options, &mut *self.out);
        let (printed, done) = thread::scope(|scope| {
            let reader = scope.spawn(move || {
                pool.install(|| {
                    read_one(file, options, &mut |articles| {
                        let lines = articles.par_iter().map(line).collect();
                        // The printer is gone where nobody reads on.
                        match sender.send(lines) {
                            Ok(()) => ControlFlow::Continue(()),
                            Err(_) => ControlFlow::Break(()),
                        }
                    })
                })
            });
            let printed = batches.iter().flatten().try_for_each(|line| out.line(line));
            drop(batches);
            (printed, reader.join().unwrap_or_default())
        });
        printed?;
        self.report(file, &done);
        Ok(())
    }

    fn report(&mut self, file: &FileRef, done: &Reading) {
        let path = file.path.display().to_string();
        for Lost { key, reason } in &done.lost {
            let inside = key.strip_prefix(file.key.as_str()).unwrap_or(key);
            self.report_lost(&format!("{path}{inside}"), reason);
        }
        for (article, date) in &done.refused_dates {
            warn(&format!("{article}: the date {date} is before 1600 or in the future: refused"));
        }
        if let Some(reason) = &done.failure {
            self.report_lost(&path, reason);
        }
    }

    /// Names what was not read, or not all of it.
    fn report_lost(&mut self, path: &str, reason: &Reason) {
        if reason.is_partial() {
            self.skipped = true;
            warn(&format!("incomplete {path}: {reason}"));
        } else {
            self.skip(path, reason);
        }
    }

    fn skip(&mut self, path: &str, why: &dyn std::fmt::Display) {
        self.skipped = true;
        warn(&format!("skipped {path}: {why}"));
    }
}

fn read_one(
    file: &FileRef,
    options: &read::Options,
    sink: &mut dyn FnMut(Vec<Article>) -> ControlFlow<()>,
) -> Reading {
    match read::open(file) {
        Ok(opened) => read_file(file, opened, options, None, sink),
        Err(reason) => Reading { failure: Some(reason), ..Reading::default() },
    }
}

fn line(article: &Article) -> String {
    json::article(article).to_string()
}
