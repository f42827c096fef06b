//! How fast the whole of newsdex is beside tantivy alone, on the same files, in turn, in processes of their own.
//!
//! `cargo bench --bench pipeline -- [--articles N] [--rounds N] [--archive DIR]`: DIR is an archive to use in the place
//! of the generated one.

#![expect(clippy::print_stdout, reason = "a benchmark prints its table")]

mod corpus;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use newsdex::archive::walk::{Filter, walk};
use newsdex::extract::text::Text;
use newsdex::extract::{names, people, quotes};
use newsdex::run::{self, Options, Progress};
use newsdex::{extract, read};
use tantivy::schema::{IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions};
use tantivy::{Index, doc};

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

const MEMORY: usize = 256 << 20;

fn main() -> Outcome<()> {
    let args: Vec<String> = std::env::args().skip(1).filter(|a| a != "--bench").collect();
    if let [flag, side, archive, index] = args.as_slice()
        && flag == "--child"
    {
        return child(side, Path::new(archive), Path::new(index));
    }
    let option = |name: &str| {
        args.iter().position(|a| a == name).and_then(|i| args.get(i + 1)).map(String::as_str)
    };
    let rounds: usize = option("--rounds").unwrap_or("3").parse()?;
    let articles: usize = option("--articles").unwrap_or("20000").parse()?;
    let scratch = tempfile::tempdir()?;
    let archive = option("--archive").map_or(scratch.path().join("archive"), PathBuf::from);
    if option("--archive").is_none() {
        corpus::write(&archive, articles)?;
    }
    let bytes = stages(&archive)?;
    compare(&archive, scratch.path(), bytes, rounds)
}

/// Prints the speed of the extraction on one core, stage by stage; gives the bytes of the archive.
fn stages(archive: &Path) -> Outcome<u64> {
    let texts = texts(archive)?;
    let bytes: usize = texts.iter().map(|a| a.body.len()).sum();
    let words: usize = texts.iter().map(|a| a.body.split_ascii_whitespace().count()).sum();
    println!("{} articles, {:.1} MB, {words} words", texts.len(), bytes as f64 / 1e6);
    let report = |what: &str, begun: Instant| {
        let seconds = begun.elapsed().as_secs_f64();
        let (rate, speed) = (bytes as f64 / 1e6 / seconds, words as f64 / 1e6 / seconds);
        println!("{what:<28} {rate:>7.1} MB/s {speed:>7.2} million words/s, one core");
    };
    let sample = &texts[..texts.len().min(4_000)];
    drop(sample.iter().cloned().map(annotated).collect::<Vec<_>>());

    let begun = Instant::now();
    let cut: Vec<_> = texts.iter().map(|a| Text::new(&a.body)).collect();
    report("cut into tokens", begun);
    let begun = Instant::now();
    let names: usize = cut.iter().zip(&texts).map(|(text, a)| names::tag(text, a).len()).sum();
    report(&format!("names ({names})"), begun);
    let mut named = texts.clone();
    let tagged: Vec<_> =
        cut.iter().zip(&mut named).map(|(text, article)| with_people(text, article)).collect();
    let begun = Instant::now();
    for ((text, mentions), article) in cut.iter().zip(&tagged).zip(&mut named) {
        quotes::find(text, mentions, article);
    }
    report("quotations, names given", begun);
    drop(cut);
    let begun = Instant::now();
    let quotes: usize = texts.into_iter().map(annotated).map(|a| a.quotes.len()).sum();
    report(&format!("everything ({quotes} quotations)"), begun);
    Ok(bytes as u64)
}

fn with_people(text: &Text<'_>, article: &mut newsdex::article::Article) -> Vec<names::Mention> {
    let mentions = names::tag(text, article);
    people::find(text, &mentions, article);
    mentions
}

fn annotated(mut article: newsdex::article::Article) -> newsdex::article::Article {
    extract::annotate(&mut article);
    article
}

fn texts(archive: &Path) -> Outcome<Vec<newsdex::article::Article>> {
    let filter = Filter::default();
    Ok(walk(archive, &filter)?
        .flatten()
        .filter_map(|file| read::parse(&read::load(&file).ok()?, &file.key).ok())
        .flatten()
        .collect())
}

/// Runs both sides in turn and prints medians and their ratio.
fn compare(archive: &Path, scratch: &Path, bytes: u64, rounds: usize) -> Outcome<()> {
    let mut runs = [Vec::new(), Vec::new()];
    for round in 0..rounds {
        for (side, runs) in ["tantivy", "newsdex"].iter().zip(&mut runs) {
            let index = scratch.join(format!("{side}-{round}"));
            runs.push(measure(side, archive, &index)?);
            std::fs::remove_dir_all(&index)?;
        }
    }
    println!(
        "{:<28} {:>8} {:>8} {:>10} {:>12}",
        "whole run", "seconds", "MB/s", "peak MB", "index ÷ text"
    );
    let mut medians = Vec::new();
    for (side, runs) in ["tantivy alone", "newsdex"].iter().zip(&mut runs) {
        runs.sort_by(|a, b| a.seconds.total_cmp(&b.seconds));
        let run = &runs[runs.len() / 2];
        println!(
            "{side:<28} {:>8.2} {:>8.1} {:>10.0} {:>12.2}",
            run.seconds,
            bytes as f64 / 1e6 / run.seconds,
            run.peak as f64 / 1e6,
            run.index as f64 / bytes as f64
        );
        medians.push(run.seconds);
    }
    println!("newsdex takes {:.2} × the time of tantivy alone", medians[1] / medians[0]);
    Ok(())
}

struct Run {
    seconds: f64,
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
    Ok(Run { seconds: next()?.parse()?, peak: next()?.parse()?, index: next()?.parse()? })
}

/// One side in a process of its own: prints seconds, peak memory and index size.
fn child(side: &str, archive: &Path, index: &Path) -> Outcome<()> {
    std::fs::create_dir_all(index)?;
    let begun = Instant::now();
    match side {
        "tantivy" => tantivy_alone(archive, index)?,
        _ => newsdex_whole(archive, index)?,
    }
    let seconds = begun.elapsed().as_secs_f64();
    let size: u64 = std::fs::read_dir(index)?
        .flatten()
        .filter_map(|f| f.metadata().ok())
        .map(|m| m.len())
        .sum();
    println!("{seconds} {} {size}", peak_memory());
    Ok(())
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

struct Silent;

impl Progress for Silent {
    fn planned(&self, _files: u64, _bytes: u64) {}
    fn done(&self, _articles: u64, _bytes: u64) {}
    fn finishing(&self) {}
}

fn newsdex_whole(archive: &Path, index: &Path) -> Outcome<()> {
    let options = Options {
        archives: vec![archive.to_path_buf()],
        index: index.to_path_buf(),
        threads: std::thread::available_parallelism()?.get(),
        memory: MEMORY,
        include: Vec::new(),
        exclude: Vec::new(),
        checksum: false,
        allow_mass_delete: false,
        dry_run: false,
    };
    run::index(&options, &Silent, &std::sync::atomic::AtomicBool::new(false))?;
    Ok(())
}
