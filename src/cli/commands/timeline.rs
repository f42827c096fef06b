//! `newsdex timeline`: matches over time, as bars, as rows, or as a picture; of several queries side by side.

use crate::answer::svg::svg;
use crate::answer::timeline::{BySeries, BySteps, name, steps};
use crate::cli::args::{Global, Step, TimelineArgs};
use crate::cli::exit::{CommandResult, Outcome};
use crate::cli::form::{Export, Form};
use crate::cli::open_index;
use crate::cli::output::{Out, Role};
use crate::cli::request::{print_warnings, request};
use crate::cli::screen::{bars, counted, thousands};
use crate::error::Error;
use crate::query::{By, Request, Timeline, timeline};

/// Runs the command.
pub(crate) fn run(args: &TimelineArgs, global: &Global, out: &mut Out) -> CommandResult {
    let engine = open_index::open(global)?;
    let by = match args.by {
        Step::Year => By::Year,
        Step::Month => By::Month,
        Step::Week => By::Week,
        Step::Day => By::Day,
    };
    let mut requests = vec![request(&args.query, &args.scope, global)?];
    for query in &args.compare {
        requests.push(Request { query: query.clone(), ..requests[0].clone() });
    }
    let line = timeline(&*engine, &requests, by)?;
    for series in &line.series {
        print_warnings(&series.warnings);
    }
    if let Some(path) = &args.plot {
        std::fs::write(path, svg(&line, args.relative)).map_err(Error::io("write", path))?;
    }
    match Form::from(&args.export) {
        form @ Form::Rows(Export::Parquet(_)) => out.answer(&BySeries(&line), form, |_| Ok(()))?,
        form => out.answer(&BySteps(&line), form, |out| show(&line, args.relative, out))?,
    }
    Ok(Outcome::found(line.series.iter().any(|series| series.total > 0)))
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
    let mut rows = Vec::new();
    for step in steps(line) {
        for (n, (series, &(count, share))) in line.series.iter().zip(&step.counts).enumerate() {
            let label = match (several, n) {
                (false, _) => step.name.to_owned(),
                (true, 0) => format!("{}  {}", step.name, name(series)),
                (true, _) => format!("{:width$}  {}", "", name(series), width = step.name.len()),
            };
            // Bars are drawn in hundredths of an article per 1,000.
            rows.push((label, if relative { (share * 100.0).round() as u64 } else { count }));
        }
    }
    bars(&rows, out)
}
