//! `newsdex stats`: what the index holds.

use serde_json::json;

use crate::cli::args::{Global, StatsArgs};
use crate::cli::output::{Out, Role, thousands};
use crate::cli::{Ended, Outcome, aliases};
use crate::index::read::snapshot::Snapshot;
use crate::query::{Request, Stats, stats};

/// Runs the command.
pub(crate) fn run(args: &StatsArgs, global: &Global, out: &mut Out) -> Ended {
    let snapshot = Snapshot::open(&global.index)?;
    let stats =
        stats(&snapshot, &Request { aliases: aliases::load(global)?, ..Request::default() })?;
    if args.json {
        let facets: serde_json::Map<_, _> = stats
            .facets
            .iter()
            .map(|f| {
                (
                    f.facet.name().to_owned(),
                    json!({ "articles": f.articles, "distinct": f.distinct }),
                )
            })
            .collect();
        out.pretty_json(&json!({
            "index": global.index,
            "articles": stats.articles,
            "quotations": stats.quotations,
            "files": stats.sources,
            "words": stats.words,
            "first": stats.dates.map(|(first, _)| first.to_string()),
            "last": stats.dates.map(|(_, last)| last.to_string()),
            "fields": facets,
        }))?;
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
