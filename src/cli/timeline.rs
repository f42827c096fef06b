//! `newsdex timeline`: matches over time, as bars or as a table.

use serde_json::json;

use super::args::{Global, Step, TimelineArgs};
use super::out::{Out, Role, counted, thousands};
use super::screen::{self, Format};
use super::{Ended, Outcome};
use crate::index::snapshot::Snapshot;
use crate::query::{By, timeline};

/// Runs the command.
pub(super) fn run(args: &TimelineArgs, global: &Global, out: &mut Out) -> Ended {
    let snapshot = Snapshot::open(&global.index)?;
    let by = match args.by {
        Step::Year => By::Year,
        Step::Month => By::Month,
        Step::Week => By::Week,
        Step::Day => By::Day,
    };
    let request = screen::request(&args.query, &args.scope)?;
    let line = timeline(&snapshot, std::slice::from_ref(&request), by)?;
    let Some(series) = line.series.first() else { return Ok(Outcome::NothingFound) };
    screen::heed(&series.warnings, &args.scope)?;
    let relative = line.relative(series);
    let rows = || line.steps.iter().zip(series.counts.iter().zip(&relative)).zip(&line.archive);
    match Format::of(args.format) {
        Format::Screen if args.relative => {
            // Bars are drawn in hundredths of an article per 1,000.
            let scaled: Vec<_> = line
                .steps
                .iter()
                .cloned()
                .zip(relative.iter().map(|r| (r * 100.0).round() as u64))
                .collect();
            out.line(out.paint(Role::Dim, "hundredths of an article per 1,000 of the archive"))?;
            screen::bars(&scaled, out)?;
        }
        Format::Screen => {
            let counts: Vec<_> =
                line.steps.iter().cloned().zip(series.counts.iter().copied()).collect();
            let undated = match series.undated {
                0 => String::new(),
                n => format!(", {} without a date so precise", thousands(n)),
            };
            out.line(
                out.paint(Role::Dim, format!("{}{undated}", counted(series.total, "article"))),
            )?;
            screen::bars(&counts, out)?;
        }
        Format::Json => out.pretty_json(&json!({
            "query": series.query,
            "total": series.total,
            "undated": series.undated,
            "steps": rows().map(|((step, (count, relative)), archive)| json!({
                "step": step, "count": count, "per_1000": relative, "archive": archive,
            })).collect::<Vec<_>>(),
            "warnings": screen::warnings_json(&series.warnings),
        }))?,
        Format::Jsonl => {
            for ((step, (count, relative)), archive) in rows() {
                out.json(&json!({ "step": step, "count": count, "per_1000": relative, "archive": archive }))?;
            }
        }
        Format::Csv => {
            let mut csv = out.csv(&["step", "count", "per_1000", "archive"])?;
            for ((step, (count, relative)), archive) in rows() {
                csv.write_record([
                    step,
                    &count.to_string(),
                    &format!("{relative:.3}"),
                    &archive.to_string(),
                ])?;
            }
            csv.flush()?;
        }
    }
    Ok(if series.total == 0 { Outcome::NothingFound } else { Outcome::Done })
}
