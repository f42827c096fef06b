//! `newsdex extract`: articles and their annotations as JSON Lines, without an index.

use std::io;
use std::ops::ControlFlow;
use std::sync::mpsc;
use std::thread;

use rayon::prelude::*;

use crate::answer::export::JsonLine;
use crate::archive::walk::{FileRef, Filter, default_name, walk};
use crate::article::Article;
use crate::article::json::ArticleJson;
use crate::cli::args::ExtractArgs;
use crate::cli::exit::{CommandResult, Outcome, warn};
use crate::cli::output::Out;
use crate::error::Error;
use crate::read::{self, Lost, Opened};
use crate::report::Reason;
use crate::update::{InFlight, Reading, ReadingContext, read_file, reading};

/// Small files annotated at once: enough to keep all cores at work, few enough to hold in memory.
const BATCH: usize = 256;

/// Bytes of records in them; larger files are read one by one, their records on all cores.
const BATCH_BYTES: usize = 1 << 20;

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
    let in_flight = InFlight::default();
    let mut printer = Printer { options, pool, in_flight, out, skipped: false };
    let follow_links_outside = args.reading.follow_links_outside;
    let filter = Filter { follow_links_outside, ..Filter::default() };
    for root in &args.paths {
        let mut batch = Batch::default();
        for found in walk(root, &default_name(root), &filter)? {
            let opened =
                found.map_err(|left| (left.path, left.why.into())).and_then(
                    |file| match read::open(&file) {
                        Ok(opened) => Ok((file, opened)),
                        Err(reason) => Err((file.path, reason)),
                    },
                );
            match opened {
                Ok((file, opened)) if opened.largest_record() >= BATCH_BYTES => {
                    printer.batch(std::mem::take(&mut batch))?;
                    printer.large(&file, &opened)?;
                }
                Ok((file, opened)) => {
                    if !batch.has_room(&opened) {
                        printer.batch(std::mem::take(&mut batch))?;
                    }
                    batch.add(file, opened);
                }
                Err((path, why)) => printer.skip(&path.display().to_string(), &why),
            }
        }
        printer.batch(batch)?;
    }
    for pair in printer.options.map.unused() {
        warn(&format!("--map {pair}: no record has this field"));
    }
    Ok(if printer.skipped { Outcome::Skipped } else { Outcome::Done })
}

/// Small files that are read together.
#[derive(Default)]
struct Batch {
    files: Vec<(FileRef, Opened)>,
    bytes: usize,
}

impl Batch {
    fn has_room(&self, opened: &Opened) -> bool {
        self.files.len() < BATCH && self.bytes + opened.largest_record() <= BATCH_BYTES
    }

    fn add(&mut self, file: FileRef, opened: Opened) {
        self.bytes += opened.largest_record();
        self.files.push((file, opened));
    }
}

struct Printer<'o> {
    options: read::Options,
    pool: rayon::ThreadPool,
    in_flight: InFlight,
    out: &'o mut Out,
    skipped: bool,
}

impl Printer<'_> {
    fn batch(&mut self, batch: Batch) -> io::Result<()> {
        let (options, in_flight) = (&self.options, &self.in_flight);
        let lines_of = |(number, (file, opened)): (usize, &(FileRef, Opened))| {
            let mut lines = Vec::new();
            let done = read_one(file, opened, options, in_flight, &mut |articles| {
                lines.extend(articles.iter().map(line));
                ControlFlow::Continue(())
            });
            (number, lines, done)
        };
        let files = batch.files;
        // A bridge gives a thread one file at a time, also while it waits for others: see [`InFlight`].
        let mut read: Vec<_> =
            self.pool.install(|| files.iter().enumerate().par_bridge().map(lines_of).collect());
        read.sort_unstable_by_key(|(number, ..)| *number);
        for ((file, _), (_, lines, done)) in files.iter().zip(read) {
            lines.iter().try_for_each(|line| self.out.json_line(line))?;
            self.report(file, &done);
        }
        Ok(())
    }

    /// Prints what a large file gives while it is read.
    fn large(&mut self, file: &FileRef, opened: &Opened) -> io::Result<()> {
        let (sender, batches) = mpsc::sync_channel::<Vec<JsonLine>>(0);
        let (pool, options, out) = (&self.pool, &self.options, &mut *self.out);
        let in_flight = &self.in_flight;
        let (printed, done) = thread::scope(|scope| {
            let reader = scope.spawn(move || {
                pool.install(|| {
                    read_one(file, opened, options, in_flight, &mut |articles| {
                        let lines = articles.par_iter().map(line).collect();
                        // The printer is gone where nobody reads on.
                        match sender.send(lines) {
                            Ok(()) => ControlFlow::Continue(()),
                            Err(_) => ControlFlow::Break(()),
                        }
                    })
                })
            });
            let printed = batches.iter().flatten().try_for_each(|line| out.json_line(&line));
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
    opened: &Opened,
    options: &read::Options,
    in_flight: &InFlight,
    sink: &mut (dyn FnMut(Vec<Article>) -> ControlFlow<()> + Send),
) -> Reading {
    let _pass = in_flight.records(opened);
    read_file(
        file,
        opened,
        ReadingContext { options, in_flight, has_stopped: &|| false },
        None,
        sink,
    )
}

fn line(article: &Article) -> JsonLine {
    JsonLine::of(&ArticleJson::of(article))
}
