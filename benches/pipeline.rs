//! How fast the whole of newsdex is beside tantivy alone, on the same files, in turn, in processes of their own.
//!
//! `cargo bench --bench pipeline -- [--articles N] [--rounds N] [--archive DIR]`: DIR is an archive to use in the place
//! of the generated one.

#![expect(clippy::print_stdout, reason = "a benchmark prints its table")]

mod corpus;
mod program;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use newsdex::archive::walk::{Filter, walk};
use newsdex::{extract, read};
use tantivy::schema::{IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions};
use tantivy::{Index, doc};

use self::program::{Args, MEMORY, Outcome, make_index};

fn main() -> Outcome<()> {
    let args = Args::typed();
    if let [flag, side, archive, index] = args.0.as_slice()
        && flag == "--child"
    {
        return child(side, Path::new(archive), Path::new(index));
    }
    let (articles, rounds) = (args.number("--articles", 20_000)?, args.number("--rounds", 3)?);
    let scratch = tempfile::tempdir()?;
    let archive = args.option("--archive").map_or(scratch.path().join("archive"), PathBuf::from);
    if args.option("--archive").is_none() {
        corpus::write(&archive, articles)?;
    }
    let extraction = stages(&archive)?;
    compare(&archive, scratch.path(), &extraction, rounds)
}

/// Prints the speed of the extraction on one core, extractor by extractor; gives the bytes of the archive.
fn stages(archive: &Path) -> Outcome<Extraction> {
    let texts = texts(archive)?;
    let bytes: usize = texts.iter().map(|a| a.body.len()).sum();
    let words: usize = texts.iter().map(|a| a.body.split_ascii_whitespace().count()).sum();
    println!("{} articles, {:.1} MB, {words} words", texts.len(), bytes as f64 / 1e6);
    let sample = &texts[..texts.len().min(4_000)];
    sample.iter().cloned().for_each(|mut article| extract::annotate(&mut article));

    let mut spent: Vec<(&str, Duration)> = Vec::new();
    for mut article in texts {
        let mut last = Instant::now();
        extract::annotate_observed(&mut article, |extractor| {
            let now = Instant::now();
            match spent.iter_mut().find(|(name, _)| *name == extractor) {
                Some((_, time)) => *time += now - last,
                None => spent.push((extractor, now - last)),
            }
            last = now;
        });
    }
    let all: Duration = spent.iter().map(|(_, time)| *time).sum();
    println!("{:<28} {:>8} {:>8} {:>12}", "extraction, one core", "seconds", "MB/s", "M words/s");
    for (name, time) in spent.iter().chain([&("everything", all)]) {
        let seconds = time.as_secs_f64();
        println!(
            "{name:<28} {seconds:>8.2} {:>8.1} {:>12.2}",
            bytes as f64 / 1e6 / seconds,
            words as f64 / 1e6 / seconds
        );
    }
    let facets =
        spent.iter().filter(|(name, _)| FACETS.contains(name)).map(|(_, time)| *time).sum();
    Ok(Extraction { bytes: bytes as u64, facets })
}

/// The extractors that say where, when, from whom and under which terms.
const FACETS: [&str; 7] =
    ["language", "dateline", "license", "agency", "byline", "dates", "countries"];

/// What was measured of the extraction.
struct Extraction {
    /// Of text.
    bytes: u64,
    /// Time of [`FACETS`].
    facets: Duration,
}

fn texts(archive: &Path) -> Outcome<Vec<newsdex::article::Article>> {
    let filter = Filter::default();
    Ok(walk(archive, &filter)?
        .flatten()
        .filter_map(|file| read::parse(&std::fs::read(&file.path).ok()?, &file.key).ok())
        .flatten()
        .collect())
}

/// Runs both sides in turn and prints medians and their ratio.
fn compare(archive: &Path, scratch: &Path, extraction: &Extraction, rounds: usize) -> Outcome<()> {
    let bytes = extraction.bytes as f64;
    let mut runs = [Vec::new(), Vec::new()];
    for round in 0..rounds {
        for (side, runs) in ["tantivy", "newsdex"].iter().zip(&mut runs) {
            let index = scratch.join(format!("{side}-{round}"));
            runs.push(measure(side, archive, &index)?);
            std::fs::remove_dir_all(&index)?;
        }
    }
    println!(
        "{:<28} {:>8} {:>8} {:>12} {:>8} {:>12}",
        "whole run, all cores", "seconds", "MB/s", "core seconds", "peak MB", "index ÷ text"
    );
    let mut medians = Vec::new();
    for (side, runs) in ["tantivy alone", "newsdex"].iter().zip(&mut runs) {
        runs.sort_by(|a, b| a.seconds.total_cmp(&b.seconds));
        let run = &runs[runs.len() / 2];
        println!(
            "{side:<28} {:>8.2} {:>8.1} {:>12.2} {:>8.0} {:>12.2}",
            run.seconds,
            bytes / 1e6 / run.seconds,
            run.cores,
            run.peak as f64 / 1e6,
            run.index as f64 / bytes
        );
        medians.push((run.seconds, run.cores));
    }
    let [alone, whole] = medians[..] else { return Ok(()) };
    println!("newsdex takes {:.2} × the time of tantivy alone", whole.0 / alone.0);
    let share = 100.0 * extraction.facets.as_secs_f64() / whole.1;
    println!("{share:.0} % of its time goes to {}", FACETS.join(", "));
    Ok(())
}

struct Run {
    seconds: f64,
    /// Time of all cores together, in seconds; 0 where the system does not tell.
    cores: f64,
    /// Peak resident memory in bytes.
    peak: u64,
    /// Bytes of the index.
    index: u64,
}

fn measure(side: &str, archive: &Path, index: &Path) -> Outcome<Run> {
    let program = std::env::current_exe()?;
    let output = Command::new(program).arg("--child").arg(side).arg(archive).arg(index).output()?;
    let text = String::from_utf8(output.stdout)?;
    let mut numbers = text.split_whitespace();
    let mut next = || {
        numbers
            .next()
            .ok_or_else(|| format!("{side} failed: {}", String::from_utf8_lossy(&output.stderr)))
    };
    Ok(Run {
        seconds: next()?.parse()?,
        cores: next()?.parse()?,
        peak: next()?.parse()?,
        index: next()?.parse()?,
    })
}

/// One side in a process of its own: prints seconds, peak memory and index size.
fn child(side: &str, archive: &Path, index: &Path) -> Outcome<()> {
    std::fs::create_dir_all(index)?;
    let begun = Instant::now();
    match side {
        "tantivy" => tantivy_alone(archive, index)?,
        _ => make_index(archive, index)?,
    }
    let seconds = begun.elapsed().as_secs_f64();
    println!("{seconds} {} {} {}", core_seconds(), peak_memory(), bytes_in(index)?);
    Ok(())
}

fn bytes_in(folder: &Path) -> Outcome<u64> {
    let mut sum = 0;
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let about = entry.metadata()?;
        sum += if about.is_dir() { bytes_in(&entry.path())? } else { about.len() };
    }
    Ok(sum)
}

/// Fields 14 and 15 of proc(5)'s `stat`, in hundredths of a second.
fn core_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let behind_name = stat.rsplit(')').next().unwrap_or_default();
    let ticks = behind_name.split_whitespace().skip(11).take(2);
    ticks.filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() / 100.0
}

fn peak_memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|l| l.starts_with("VmHWM")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|kb| kb.parse::<u64>().ok()).unwrap_or_default() * 1024
}

/// One stored, positional, stemmed field: what a plain full-text index of the same files costs.
fn tantivy_alone(archive: &Path, index: &Path) -> Outcome<()> {
    let mut schema = Schema::builder();
    let indexing = TextFieldIndexing::default()
        .set_tokenizer("en_stem")
        .set_index_option(IndexRecordOption::WithFreqsAndPositions);
    let body = schema
        .add_text_field("body", TextOptions::default().set_indexing_options(indexing) | STORED);
    let index = Index::create_in_dir(index, schema.build())?;
    let threads = std::thread::available_parallelism()?.get();
    let mut writer = index.writer_with_num_threads(threads, MEMORY)?;
    let filter = Filter::default();
    for file in walk(archive, &filter)?.flatten() {
        let bytes = std::fs::read(&file.path)?;
        writer.add_document(doc!(body => String::from_utf8_lossy(&bytes).into_owned()))?;
    }
    writer.commit()?;
    writer.wait_merging_threads()?;
    Ok(())
}
