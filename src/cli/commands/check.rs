//! `newsdex check`: tells whether an index is complete and undamaged, and repairs it.

use std::path::PathBuf;

use serde_json::{Value, json};

use super::index::cores;
use crate::cli::args::{CheckArgs, Global};
use crate::cli::exit::{CommandResult, Outcome};
use crate::cli::output::Out;
use crate::cli::progress_bar::Bar;
use crate::cli::screen::{counted, thousands};
use crate::cli::signals::stop_on_signal;
use crate::manifest::findings::{DamagedSource, Findings, Wrong};
use crate::update::check::{check, repair};
use crate::update::{ChangeDetection, Options};

/// Faults of a kind that are named on the screen; JSON names all.
const NAMED: usize = 5;
/// Memory of a repair for what is not yet on disk, in bytes.
const MEMORY: usize = 256 << 20;

/// Runs the command.
pub(crate) fn run(args: &CheckArgs, global: &Global, out: &mut Out) -> CommandResult {
    let mut findings = check(&global.index)?;
    let mended = args.repair && !findings.is_sound();
    if mended {
        if !args.json {
            show(&findings, out)?;
            out.flush()?;
        }
        let bar = Bar::new(args.json);
        let repaired = repair(&options(global), &findings, &bar, &*stop_on_signal()?);
        bar.clear();
        findings = repaired?;
    }
    if args.json {
        out.pretty_json(&value(&findings))?;
    } else {
        if mended {
            out.line("Mended. Now:")?;
        }
        show(&findings, out)?;
        if !findings.is_sound() && !args.repair {
            out.line("newsdex check --repair mends this from the archive.")?;
        }
    }
    Ok(Outcome::found(findings.is_sound()))
}

fn options(global: &Global) -> Options {
    Options {
        name: None,
        moved_from: None,
        archives: Vec::new(),
        index: global.index.clone(),
        threads: cores(),
        memory: MEMORY,
        selection: None,
        now: Some(jiff::Timestamp::now()),
        change_detection: ChangeDetection::TimeStamps,
        allow_mass_delete: false,
        accept_damaged: false,
        dry_run: false,
    }
}

fn show(findings: &Findings, out: &mut Out) -> std::io::Result<()> {
    out.line(format_args!(
        "{}, {}, {}{}{}.",
        counted(findings.files, "file"),
        counted(findings.articles, "article"),
        counted(findings.quotations, "quotation"),
        match findings.superseded {
            0 => String::new(),
            n => format!("; {} superseded by higher versions", counted(n, "article")),
        },
        match findings.unfinished {
            0 => String::new(),
            n => format!("; {} to be read again in the next run", counted(n, "file")),
        }
    ))?;
    damaged_sources(findings, out)?;
    if findings.is_sound() {
        return out
            .line("All checksums hold, and every file has the articles that it should have.");
    }
    let damaged = [&findings.damaged[..], &findings.damaged_beside].concat();
    named("Damaged", &shown(&damaged), out)?;
    named("In no commit", &shown(&findings.orphans), out)?;
    named("Wrong", &findings.wrong.iter().map(wrong).collect::<Vec<_>>(), out)
}

/// Files that are damaged in the archive, which the index cannot mend.
fn damaged_sources(findings: &Findings, out: &mut Out) -> std::io::Result<()> {
    let line =
        |source: &DamagedSource| format!("{}: {} ({})", source.file, source.reason, source.state);
    let lines: Vec<_> = findings.damaged_sources.iter().map(line).collect();
    named(
        "Damaged in the archive, with articles of the last good version (kept) or what could be read (incomplete)",
        &lines,
        out,
    )
}

fn shown(paths: &[PathBuf]) -> Vec<String> {
    paths.iter().map(|path| path.display().to_string()).collect()
}

fn named(kind: &str, lines: &[String], out: &mut Out) -> std::io::Result<()> {
    if lines.is_empty() {
        return Ok(());
    }
    out.line(format_args!("{kind}: {}", counted(lines.len() as u64, "file")))?;
    for line in lines.iter().take(NAMED) {
        out.line(format_args!("  {line}"))?;
    }
    if lines.len() > NAMED {
        out.line(format_args!("  … --json names all {}", lines.len()))?;
    }
    Ok(())
}

fn wrong(of: &Wrong) -> String {
    let stated = of.stated.map_or_else(|| "none".to_owned(), thousands);
    let lost = match of.lost_quotations {
        0 => String::new(),
        n => format!(", {} without their article", counted(n, "quotation")),
    };
    format!("{}: {} instead of {stated}{lost}", of.file, counted(of.found, "article"))
}

fn value(findings: &Findings) -> Value {
    json!({
        "sound": findings.is_sound(),
        "files": findings.files,
        "articles": findings.articles,
        "quotations": findings.quotations,
        "superseded": findings.superseded,
        "unfinished": findings.unfinished,
        "damaged": shown(&[&findings.damaged[..], &findings.damaged_beside].concat()),
        "orphans": shown(&findings.orphans),
        "wrong": findings.wrong.iter().map(|wrong| json!({
            "file": wrong.file,
            "articles_stated": wrong.stated,
            "articles_found": wrong.found,
            "lost_quotations": wrong.lost_quotations,
        })).collect::<Vec<_>>(),
        "damaged_sources": findings.damaged_sources.iter().map(|source| json!({
            "file": source.file,
            "state": source.state,
            "reason": source.reason,
        })).collect::<Vec<_>>(),
    })
}
