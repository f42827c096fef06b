//! `newsdex history`: what the last runs did.

use crate::cli::args::{Global, HistoryArgs};
use crate::cli::output::{Out, Role, thousands};
use crate::cli::screen::Format;
use crate::cli::{Ended, Outcome};
use crate::update::history::{Record, RunOutcome, records};

/// Runs on a screen.
const PAGE: usize = 10;

/// Runs the command.
pub(crate) fn run(args: &HistoryArgs, global: &Global, out: &mut Out) -> Ended {
    let format = Format::of(args.format);
    let mut runs = records(&global.index)?;
    let limit = if format == Format::Json {
        args.limit.unwrap_or(usize::MAX)
    } else {
        format.limit(args.limit, PAGE)
    };
    runs.drain(..runs.len().saturating_sub(limit));
    match format {
        Format::Screen => show(&runs, out)?,
        Format::Json => out.pretty_json(&value(&runs))?,
        Format::Jsonl => {
            for run in &runs {
                out.json(&value(run))?;
            }
        }
        Format::Csv => {
            let mut csv = out.csv(&HEAD.map(|name| name))?;
            for run in &runs {
                csv.write_record(row(run))?;
            }
            csv.flush()?;
        }
    }
    Ok(if runs.is_empty() { Outcome::NothingFound } else { Outcome::Done })
}

fn value(of: &impl serde::Serialize) -> serde_json::Value {
    serde_json::to_value(of).unwrap_or_default()
}

const HEAD: [&str; 10] = [
    "run", "began", "seconds", "ending", "found", "read", "skipped", "added", "changed", "removed",
];

fn row(run: &Record) -> [String; 10] {
    [
        run.run.to_string(),
        run.began.clone(),
        format!("{:.1}", run.seconds),
        ending(run),
        run.files.found.to_string(),
        (run.files.new + run.files.changed).to_string(),
        run.skipped.values().sum::<u64>().to_string(),
        run.articles.added.to_string(),
        run.articles.changed.to_string(),
        run.articles.removed.to_string(),
    ]
}

fn show(runs: &[Record], out: &mut Out) -> std::io::Result<()> {
    if runs.is_empty() {
        return out.line("No run is remembered.");
    }
    let head = format!(
        "{:>5}  {:<16} {:>9} {:>10} {:>10} {:>8}  articles",
        "run", "began", "seconds", "files", "read", "skipped"
    );
    out.line(out.paint(Role::Dim, head))?;
    for run in runs {
        let articles = format!(
            "+{} ~{} -{}",
            thousands(run.articles.added),
            thousands(run.articles.changed),
            thousands(run.articles.removed)
        );
        out.line(format_args!(
            "{:>5}  {:<16} {:>9.1} {:>10} {:>10} {:>8}  {articles}{}",
            run.run,
            minute(&run.began),
            run.seconds,
            thousands(run.files.found),
            thousands(run.files.new + run.files.changed),
            thousands(run.skipped.values().sum()),
            match &run.ending {
                RunOutcome::Done if run.rebuilt => "  built again".to_owned(),
                RunOutcome::Done => String::new(),
                _ => format!("  {}", ending(run)),
            }
        ))?;
    }
    Ok(())
}

/// `2026-11-22T03:00:12.5Z` to the minute, in UTC.
fn minute(began: &str) -> String {
    began.chars().take(16).collect::<String>().replace('T', " ")
}

fn ending(run: &Record) -> String {
    match &run.ending {
        RunOutcome::Done => "done".to_owned(),
        RunOutcome::Interrupted => "interrupted".to_owned(),
        RunOutcome::Failed(why) => format!("failed: {why}"),
    }
}
