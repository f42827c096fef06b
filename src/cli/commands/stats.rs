//! `newsdex stats`: what the index holds.

use serde_json::json;

use crate::answer::stats::json as object;
use crate::cli::args::{Global, StatsArgs};
use crate::cli::exit::{CommandResult, Outcome};
use crate::cli::output::{Out, Role};
use crate::cli::request::limits;
use crate::cli::screen::thousands;
use crate::cli::{aliases, open_index};
use crate::query::{Request, Stats, stats};

/// Runs the command.
pub(crate) fn run(args: &StatsArgs, global: &Global, out: &mut Out) -> CommandResult {
    let engine = open_index::open(global)?;
    let (aliases, limits) = (aliases::load(global)?, limits(args.time)?);
    let request = Request { aliases, limits, ..Request::default() };
    let stats = stats(&*engine, &request)?;
    if args.json {
        let mut object = object(&stats);
        object["index"] = json!(global.index);
        out.pretty_json(&object)?;
    } else {
        show(&stats, out)?;
    }
    Ok(Outcome::Done)
}

fn show(stats: &Stats, out: &mut Out) -> std::io::Result<()> {
    let mut row = |label: &str, value: String| out.line(format_args!("{label:<14} {value:>12}"));
    row("articles", thousands(stats.articles))?;
    row("quotations", thousands(stats.quotations))?;
    row("files", thousands(stats.sources))?;
    row("words", thousands(stats.words))?;
    if let Some((first, last)) = stats.dates {
        row("first", first.to_string())?;
        row("last", last.to_string())?;
    }
    out.line("")?;
    out.line(out.paint(Role::Dim, format!("{:<14} {:>12} {:>12}", "field", "articles", "values")))?;
    for field in stats.facets.iter().filter(|f| f.articles > 0) {
        let (articles, values) = (thousands(field.articles), thousands(field.distinct));
        out.line(format_args!("{:<14} {articles:>12} {values:>12}", field.facet.name()))?;
    }
    Ok(())
}
