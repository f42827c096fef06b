//! `newsdex timeline`: matches over time, as bars or as a table; of several queries side by side.

use serde_json::{Value, json};

use crate::answer::export::{Cell, Column, Kind, Table, column};
use crate::answer::svg;
use crate::cli::args::{ExportArgs, Global, Step, TimelineArgs};
use crate::cli::output::{Out, Role, counted, thousands};
use crate::cli::screen::{self, Format};
use crate::cli::{Ended, Failure, Outcome};
use crate::error::Error;
use crate::index::read::snapshot::Snapshot;
use crate::query::{By, Request, Series, Timeline, timeline};

/// Columns of a table.
const COLUMNS: [Column; 5] = [
    column("step", Kind::Text),
    column("series", Kind::Text),
    column("count", Kind::Count),
    column("per_1000", Kind::Real(3)),
    column("archive", Kind::Count),
];

/// Runs the command.
pub(crate) fn run(args: &TimelineArgs, global: &Global, out: &mut Out) -> Ended {
    let snapshot = Snapshot::open(&global.index)?;
    let by = match args.by {
        Step::Year => By::Year,
        Step::Month => By::Month,
        Step::Week => By::Week,
        Step::Day => By::Day,
    };
    let mut requests = vec![screen::request(&args.query, &args.scope, global)?];
    for query in &args.compare {
        requests.push(Request { query: query.clone(), ..requests[0].clone() });
    }
    let line = timeline(&snapshot, &requests, by)?;
    for series in &line.series {
        screen::heed(&series.warnings, &args.scope)?;
    }
    if let Some(path) = &args.plot {
        let picture = svg::svg(&line, args.relative);
        std::fs::write(path, picture).map_err(Error::io("write", path))?;
    }
    match (Format::of_export(&args.export), line.series.as_slice()) {
        (Format::Screen, _) => show(&line, args.relative, out)?,
        (Format::Json, [series]) => {
            let mut object = series_json(series);
            object["steps"] = rows(&line).map(|row| row.json()).collect();
            out.pretty_json(&object)?;
        }
        (Format::Json, all) => out.pretty_json(&json!({
            "series": all.iter().map(series_json).collect::<Vec<_>>(),
            "steps": rows(&line).map(|row| row.json()).collect::<Vec<_>>(),
        }))?,
        (Format::Jsonl, all) => {
            let queries: Vec<_> = all.iter().map(|series| series.understood.as_str()).collect();
            let query = queries.join(" / ");
            rows(&line).try_for_each(|row| out.json(&screen::with_query(row.json(), &query)))?;
        }
        (Format::Csv, _) if args.export.parquet.is_none() => write_csv(&line, out)?,
        (Format::Csv, _) => write_table(&line, &args.export, out)?,
    }
    let nothing = line.series.iter().all(|series| series.total == 0);
    Ok(if nothing { Outcome::NothingFound } else { Outcome::Done })
}

/// A step: for each series its count, and that per 1,000 of the archive.
struct Row<'a> {
    step: &'a str,
    counts: Vec<(u64, f64)>,
    archive: u64,
}

fn rows(line: &Timeline) -> impl Iterator<Item = Row<'_>> {
    let relative: Vec<_> = line.series.iter().map(|series| line.relative(series)).collect();
    line.steps.iter().zip(&line.archive).enumerate().map(move |(n, (step, &archive))| Row {
        step,
        counts: line.series.iter().zip(&relative).map(|(s, r)| (s.counts[n], r[n])).collect(),
        archive,
    })
}

impl Row<'_> {
    /// A number each for one series, else lists in the order of the series.
    fn json(&self) -> Value {
        let (counts, relative): (Vec<_>, Vec<_>) = self.counts.iter().copied().unzip();
        if let [(count, relative)] = self.counts[..] {
            return json!({
                "step": self.step, "count": count, "per_1000": relative, "archive": self.archive,
            });
        }
        json!({
            "step": self.step, "counts": counts, "per_1000": relative, "archive": self.archive,
        })
    }
}

fn series_json(series: &Series) -> Value {
    json!({
        "query": series.query,
        "total": series.total,
        "undated": series.undated,
        "warnings": screen::warnings_json(&series.warnings),
    })
}

/// For one series the columns `count` and `per_1000`; else two for each, named by the query.
fn write_csv(line: &Timeline, out: &mut Out) -> Result<(), Failure> {
    let mut header = vec!["step".to_owned()];
    for series in &line.series {
        header.extend(match line.series.len() {
            1 => ["count".to_owned(), "per_1000".to_owned()],
            _ => [name(series).to_owned(), format!("{} per_1000", name(series))],
        });
    }
    header.extend(["archive".to_owned(), "query".to_owned()]);
    let queries: Vec<_> = line.series.iter().map(|series| series.understood.as_str()).collect();
    let queries = queries.join(" / ");
    let header: Vec<_> = header.iter().map(String::as_str).collect();
    let mut csv = out.csv(&header)?;
    for row in rows(line) {
        let mut record = vec![row.step.to_owned()];
        for (count, relative) in &row.counts {
            record.extend([count.to_string(), format!("{relative:.3}")]);
        }
        record.extend([row.archive.to_string(), queries.clone()]);
        csv.write_record(record)?;
    }
    csv.flush()?;
    Ok(())
}

/// A row for each step of each series.
fn write_table(line: &Timeline, export: &ExportArgs, out: &mut Out) -> Result<(), Failure> {
    let queries: Vec<_> = line.series.iter().map(|series| series.understood.as_str()).collect();
    let mut table = Table::new(export, &COLUMNS, &queries.join(" / "), out)?;
    for row in rows(line) {
        for (series, &(count, per_1000)) in line.series.iter().zip(&row.counts) {
            table.row([
                Cell::text(row.step),
                Cell::text(name(series)),
                Cell::Count(count),
                Cell::Real(per_1000),
                Cell::Count(row.archive),
            ])?;
        }
    }
    table.finish()
}

/// What a series is called.
fn name(series: &Series) -> &str {
    if series.query.is_empty() { "*" } else { &series.query }
}

#[expect(clippy::cast_sign_loss, reason = "a share of the archive is not negative")]
fn show(line: &Timeline, relative: bool, out: &mut Out) -> std::io::Result<()> {
    let several = line.series.len() > 1;
    for series in &line.series {
        let undated = match series.undated {
            0 => String::new(),
            n => format!(", {} without a date so precise", thousands(n)),
        };
        let of = if several { format!("{}: ", name(series)) } else { String::new() };
        let head = format!("{of}{}{undated}", counted(series.total, "article"));
        if several || !relative {
            out.line(out.paint(Role::Dim, head))?;
        }
    }
    if relative {
        out.line(out.paint(Role::Dim, "hundredths of an article per 1,000 of the archive"))?;
    }
    let mut bars = Vec::new();
    for row in rows(line) {
        for (n, (series, &(count, share))) in line.series.iter().zip(&row.counts).enumerate() {
            let label = match (several, n) {
                (false, _) => row.step.to_owned(),
                (true, 0) => format!("{}  {}", row.step, name(series)),
                (true, _) => format!("{:width$}  {}", "", name(series), width = row.step.len()),
            };
            // Bars are drawn in hundredths of an article per 1,000.
            bars.push((label, if relative { (share * 100.0).round() as u64 } else { count }));
        }
    }
    screen::bars(&bars, out)
}
