//! Time, memory and index size of a run of newsdex, compared with tantivy alone on the same files, and the speed of each
//! extractor. Each run is a process of its own.
//!
//! `cargo bench --bench pipeline -- [--articles N] [--rounds N] [--archive DIR]`: DIR is an archive to use instead of
//! the generated one.

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
    let args = Args::parse();
    if let [flag, program, archive, index] = args.0.as_slice()
        && flag == "--child"
    {
        return child(program, Path::new(archive), Path::new(index));
    }
    let (articles, rounds) = (args.number("--articles", 20_000)?, args.number("--rounds", 3)?);
    let scratch = tempfile::tempdir()?;
    let archive = args.option("--archive").map_or(scratch.path().join("archive"), PathBuf::from);
    if args.option("--archive").is_none() {
        corpus::write(&archive, articles)?;
    }
    let extraction = measure_extraction(&archive)?;
    compare(&archive, scratch.path(), &extraction, rounds)
}

/// Measures and prints the speed of each extractor on one core.
fn measure_extraction(archive: &Path) -> Outcome<Extraction> {
    let articles = articles(archive)?;
    let bytes: usize = articles.iter().map(|a| a.body.len()).sum();
    let words: usize = articles.iter().map(|a| a.body.split_ascii_whitespace().count()).sum();
    println!("{} articles, {:.1} MB, {words} words", articles.len(), bytes as f64 / 1e6);
    let warm_up = &articles[..articles.len().min(4_000)];
    warm_up.iter().cloned().for_each(|mut article| extract::annotate(&mut article));

    let mut times: Vec<(&str, Duration)> = Vec::new();
    for mut article in articles {
        let mut last = Instant::now();
        extract::annotate_observed(&mut article, |extractor| {
            let now = Instant::now();
            match times.iter_mut().find(|(name, _)| *name == extractor) {
                Some((_, time)) => *time += now - last,
                None => times.push((extractor, now - last)),
            }
            last = now;
        });
    }
    let all: Duration = times.iter().map(|(_, time)| *time).sum();
    println!("{:<28} {:>8} {:>8} {:>12}", "extraction, one core", "seconds", "MB/s", "M words/s");
    for (name, time) in times.iter().chain([&("everything", all)]) {
        let seconds = time.as_secs_f64();
        println!(
            "{name:<28} {seconds:>8.2} {:>8.1} {:>12.2}",
            bytes as f64 / 1e6 / seconds,
            words as f64 / 1e6 / seconds
        );
    }
    let facets =
        times.iter().filter(|(name, _)| FACETS.contains(name)).map(|(_, time)| *time).sum();
    Ok(Extraction { bytes: bytes as u64, facets })
}

/// The extractors of metadata other than people and quotations.
const FACETS: [&str; 7] =
    ["language", "dateline", "license", "agency", "byline", "dates", "countries"];

/// The measurement of the extraction.
struct Extraction {
    /// Bytes of all article bodies.
    bytes: u64,
    /// Time of [`FACETS`].
    facets: Duration,
}

fn articles(archive: &Path) -> Outcome<Vec<newsdex::article::Article>> {
    let filter = Filter::default();
    Ok(walk(archive, "archive", &filter)?
        .flatten()
        .filter_map(|file| read::parse(&std::fs::read(&file.path).ok()?, &file.key).ok())
        .flatten()
        .collect())
}

/// Runs both programs in turn, and prints medians and their ratio.
fn compare(archive: &Path, scratch: &Path, extraction: &Extraction, rounds: usize) -> Outcome<()> {
    let bytes = extraction.bytes as f64;
    let mut runs = [Vec::new(), Vec::new()];
    for round in 0..rounds {
        for (program, runs) in ["tantivy", "newsdex"].iter().zip(&mut runs) {
            let index = scratch.join(format!("{program}-{round}"));
            runs.push(measure_run(program, archive, &index)?);
            std::fs::remove_dir_all(&index)?;
        }
    }
    println!(
        "{:<28} {:>8} {:>8} {:>12} {:>8} {:>12}",
        "whole run, all cores", "seconds", "MB/s", "core seconds", "peak MB", "index ÷ text"
    );
    let mut medians = Vec::new();
    for (program, runs) in ["tantivy alone", "newsdex"].iter().zip(&mut runs) {
        runs.sort_by(|a, b| a.seconds.total_cmp(&b.seconds));
        let run = &runs[runs.len() / 2];
        println!(
            "{program:<28} {:>8.2} {:>8.1} {:>12.2} {:>8.0} {:>12.2}",
            run.seconds,
            bytes / 1e6 / run.seconds,
            run.core_seconds,
            run.peak_memory as f64 / 1e6,
            run.index_bytes as f64 / bytes
        );
        medians.push((run.seconds, run.core_seconds));
    }
    let [tantivy, newsdex] = medians[..] else { return Ok(()) };
    println!("newsdex takes {:.2} × the time of tantivy alone", newsdex.0 / tantivy.0);
    let share = 100.0 * extraction.facets.as_secs_f64() / newsdex.1;
    println!("{share:.0} % of its time goes to {}", FACETS.join(", "));
    Ok(())
}

struct Run {
    seconds: f64,
    /// Processor time of all cores; 0 where the system does not provide it.
    core_seconds: f64,
    /// Peak resident memory in bytes.
    peak_memory: u64,
    index_bytes: u64,
}

/// Runs one of the programs in a process of its own, which prints the fields of [`Run`].
fn measure_run(program: &str, archive: &Path, index: &Path) -> Outcome<Run> {
    let mut command = Command::new(std::env::current_exe()?);
    let output = command.arg("--child").arg(program).arg(archive).arg(index).output()?;
    let text = String::from_utf8(output.stdout)?;
    let mut numbers = text.split_whitespace();
    let mut next = || {
        numbers
            .next()
            .ok_or_else(|| format!("{program} failed: {}", String::from_utf8_lossy(&output.stderr)))
    };
    Ok(Run {
        seconds: next()?.parse()?,
        core_seconds: next()?.parse()?,
        peak_memory: next()?.parse()?,
        index_bytes: next()?.parse()?,
    })
}

/// The process of one run: makes the index and prints the fields of [`Run`].
fn child(program: &str, archive: &Path, index: &Path) -> Outcome<()> {
    std::fs::create_dir_all(index)?;
    let start = Instant::now();
    match program {
        "tantivy" => tantivy_alone(archive, index)?,
        _ => make_index(archive, index)?,
    }
    let seconds = start.elapsed().as_secs_f64();
    println!("{seconds} {} {} {}", core_seconds(), peak_memory(), bytes_in(index)?);
    Ok(())
}

fn bytes_in(folder: &Path) -> Outcome<u64> {
    let mut sum = 0;
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let metadata = entry.metadata()?;
        sum += if metadata.is_dir() { bytes_in(&entry.path())? } else { metadata.len() };
    }
    Ok(sum)
}

/// User and system time of this process: fields 14 and 15 of `stat` in proc(5), in hundredths of a second.
fn core_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = stat.rsplit(')').next().unwrap_or_default();
    let ticks = after_name.split_whitespace().skip(11).take(2);
    ticks.filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() / 100.0
}

fn peak_memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|l| l.starts_with("VmHWM")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|kb| kb.parse::<u64>().ok()).unwrap_or_default() * 1024
}

/// Makes a plain full-text index: one stored, stemmed field with positions.
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
    for file in walk(archive, "archive", &filter)?.flatten() {
        let bytes = std::fs::read(&file.path)?;
        writer.add_document(doc!(body => String::from_utf8_lossy(&bytes).into_owned()))?;
    }
    writer.commit()?;
    writer.wait_merging_threads()?;
    Ok(())
}
