//! `newsdex quotes --group`: who says how much, with a few quotations of each.

use serde_json::json;

use super::quotes::{of, quotation_json, quoted};
use crate::answer::export::{Cell, Column, Kind, Table, column};
use crate::cli::args::QuotesArgs;
use crate::cli::output::{Out, Role, counted, thousands};
use crate::cli::screen::{self, Format};
use crate::cli::{Ended, Outcome};
use crate::index::read::snapshot::Snapshot;
use crate::query::{Quotes, Request, quotes};

/// Quotations of each speaker on a screen and in JSON.
const EACH: usize = 2;
/// Columns of an export.
const COLUMNS: [Column; 2] = [column("speaker", Kind::Text), column("count", Kind::Count)];

/// Prints the speakers of what `request` matches.
pub(crate) fn run(
    snapshot: &Snapshot,
    request: &Request,
    args: &QuotesArgs,
    out: &mut Out,
) -> Ended {
    let format = Format::of_export(&args.export);
    let each = if format.is_export() { 0 } else { EACH };
    let found = quotes(snapshot, request, each)?;
    screen::heed(&found.warnings, &args.scope)?;
    match format {
        Format::Screen => show(&found, out)?,
        Format::Json => out.pretty_json(&json!({
            "query": request.query,
            "total": found.total,
            "speakers": found.speakers,
            "unattributed": found.unattributed,
            "offset": request.offset,
            "groups": found.groups.iter().map(|group| json!({
                "speaker": group.speaker,
                "count": group.count,
                "quotations": group.hits.iter().filter_map(quotation_json).collect::<Vec<_>>(),
            })).collect::<Vec<_>>(),
            "warnings": screen::warnings_json(&found.warnings),
        }))?,
        Format::Jsonl => {
            let query = found.query.to_string();
            for group in &found.groups {
                let row = json!({ "speaker": group.speaker, "count": group.count });
                out.json(&screen::with_query(row, &query))?;
            }
        }
        Format::Csv => {
            let mut table = Table::new(&args.export, &COLUMNS, &found.query.to_string(), out)?;
            for group in &found.groups {
                table.row([Cell::text(&group.speaker), Cell::Count(group.count)])?;
            }
            table.finish()?;
        }
    }
    Ok(if found.total == 0 { Outcome::NothingFound } else { Outcome::Done })
}

fn show(found: &Quotes, out: &mut Out) -> std::io::Result<()> {
    let head = format!(
        "{} by {}, {} by unknown speakers",
        counted(found.total, "quotation"),
        counted(found.speakers, "speaker"),
        thousands(found.unattributed)
    );
    out.line(out.paint(Role::Dim, head))?;
    for group in &found.groups {
        out.line("")?;
        out.line(format_args!(
            "{}  {}",
            out.paint(Role::Person, &group.speaker),
            out.paint(Role::Dim, counted(group.count, "quotation"))
        ))?;
        for hit in &group.hits {
            let Some(quote) = of(hit) else { continue };
            for line in screen::wrap(&quoted(hit, quote, out), out.width(), 2) {
                out.line(line)?;
            }
            out.line(format_args!("  {}", out.paint(Role::Dim, &hit.article.id)))?;
        }
    }
    Ok(())
}
