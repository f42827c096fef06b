//! `newsdex facets`: the values of a field with their counts.

use serde_json::json;

use crate::answer::export::{Cell, Kind, Table, column};
use crate::article::Facet;
use crate::cli::args::{FacetsArgs, Global};
use crate::cli::output::{Out, Role, counted, thousands};
use crate::cli::screen::{self, Format};
use crate::cli::{Ended, Outcome};
use crate::error::Error;
use crate::index::read::snapshot::Snapshot;
use crate::query::{FacetCounts, FacetRequest, Request, search};

/// Values on a screen.
const PAGE: usize = 20;

/// Runs the command.
pub(crate) fn run(args: &FacetsArgs, global: &Global, out: &mut Out) -> Ended {
    let facet = Facet::named(&args.field).ok_or_else(|| Error::Usage(fields_help(&args.field)))?;
    let snapshot = Snapshot::open(&global.index)?;
    let format = Format::of_export(&args.export);
    let facet = FacetRequest {
        facet,
        limit: format.limit(args.limit, PAGE),
        matching: args.matching.clone(),
    };
    let request = Request {
        limit: 0,
        facets: vec![facet],
        ..screen::request(&args.query, &args.scope, global)?
    };
    let page = search(&snapshot, &request)?;
    screen::heed(&page.warnings, &args.scope)?;
    let Some(counts) = page.facets.first() else { return Ok(Outcome::NothingFound) };
    match format {
        Format::Screen => show(counts, page.total, out)?,
        Format::Json => out.pretty_json(&json!({
            "query": request.query,
            "total": page.total,
            "facets": screen::facets_json(&page.facets),
            "warnings": screen::warnings_json(&page.warnings),
        }))?,
        Format::Jsonl => {
            let query = page.query.to_string();
            for v in &counts.values {
                let row = json!({ "value": v.value, "count": v.count });
                out.json(&screen::with_query(row, &query))?;
            }
        }
        Format::Csv => {
            let columns = [column(counts.facet.name(), Kind::Text), column("count", Kind::Count)];
            let mut table = Table::new(&args.export, &columns, &page.query.to_string(), out)?;
            for v in &counts.values {
                table.row([Cell::text(&v.value), Cell::Count(v.count)])?;
            }
            table.finish()?;
        }
    }
    Ok(if counts.values.is_empty() { Outcome::NothingFound } else { Outcome::Done })
}

fn show(counts: &FacetCounts, total: u64, out: &mut Out) -> std::io::Result<()> {
    let head = format!(
        "{} values of {} in {}, {} without",
        thousands(counts.distinct),
        counts.facet.name(),
        counted(total, "article"),
        thousands(counts.missing)
    );
    out.line(out.paint(Role::Dim, head))?;
    screen::facet(counts, out)
}

fn fields_help(wrong: &str) -> String {
    let list = Facet::ALL.map(|facet| format!("  {:<13} {}", facet.name(), facet.help()));
    format!("there is no field {wrong} to count; there are:\n{}", list.join("\n"))
}
