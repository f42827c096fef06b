//! `newsdex search`: a page of articles, or all of them as an export.

use serde_json::{Value, json};

use super::verify;
use crate::cli::args::{Global, SearchArgs};
use crate::cli::output::{Out, Role, counted, thousands};
use crate::cli::screen::articles;
use crate::cli::screen::{self, Format};
use crate::cli::{Ended, Failure, Outcome};
use crate::error::Error;
use crate::index::read::snapshot::Snapshot;
use crate::query::{FacetRequest, Page, Request, facet_named, search};

/// Hits on a screen.
const PAGE: usize = 10;
/// Values of a facet if no number is given.
const FACET_VALUES: usize = 10;

/// Runs the command.
pub(crate) fn run(args: &SearchArgs, global: &Global, out: &mut Out) -> Ended {
    let snapshot = Snapshot::open(&global.index)?;
    let format = Format::of_export(&args.export);
    let request = Request {
        sort: screen::sort(args.sort),
        offset: args.offset,
        limit: format.limit(args.limit, PAGE),
        facets: args.facets.iter().map(|f| facet(f)).collect::<Result<_, _>>()?,
        any_words: args.any,
        expand: args.expand,
        ..screen::request(&args.query, &args.scope, global)?
    };
    if let Some(file) = &args.receipt {
        verify::keep(&snapshot, &request, file)?;
    }
    if format.is_export() {
        return export(&snapshot, &request, args, out);
    }
    let page = search(&snapshot, &request)?;
    screen::heed(&page.warnings, &args.scope)?;
    match format {
        Format::Json => out.pretty_json(&page_json(&request, &page))?,
        _ => show(&request, &page, out)?,
    }
    Ok(if page.total == 0 { Outcome::NothingFound } else { Outcome::Done })
}

/// `speaker:5`: a field and how many values.
fn facet(text: &str) -> Result<FacetRequest, Failure> {
    let (field, limit) = match text.split_once(':') {
        Some((field, n)) => {
            let limit = n.parse().map_err(|_| {
                Error::Usage(format!(
                    "--facet {text}: try a number behind the colon, such as {field}:20"
                ))
            })?;
            (field, limit)
        }
        None => (text, FACET_VALUES),
    };
    Ok(FacetRequest { facet: facet_named(field)?, limit, matching: None })
}

fn show(request: &Request, page: &Page, out: &mut Out) -> std::io::Result<()> {
    let shown = if page.hits.is_empty() || page.hits.len() as u64 == page.total {
        String::new()
    } else {
        let first = request.offset + 1;
        format!(
            ", {}–{}",
            thousands(first as u64),
            thousands((request.offset + page.hits.len()) as u64)
        )
    };
    let took = page.elapsed.as_secs_f64() * 1e3;
    out.line(
        out.paint(Role::Dim, format!("{}{shown} ({took:.1} ms)", counted(page.total, "article"))),
    )?;
    for (n, hit) in page.hits.iter().enumerate() {
        out.line("")?;
        articles::show(request.offset + n + 1, hit, out)?;
    }
    for counts in page.facets.iter().filter(|counts| !counts.values.is_empty()) {
        let more = counts.distinct.saturating_sub(counts.values.len() as u64);
        let note = if more > 0 { format!(" ({} more)", thousands(more)) } else { String::new() };
        out.line("")?;
        out.line(format_args!("{}{note}", out.paint(Role::Title, counts.facet.name())))?;
        screen::facet(counts, out)?;
    }
    Ok(())
}

fn page_json(request: &Request, page: &Page) -> Value {
    json!({
        "query": request.query,
        "total": page.total,
        "offset": request.offset,
        "hits": page.hits.iter().map(articles::json).collect::<Vec<_>>(),
        "facets": screen::facets_json(&page.facets),
        "warnings": screen::warnings_json(&page.warnings),
    })
}

/// Streams all hits, one article in memory at a time.
fn export(snapshot: &Snapshot, request: &Request, args: &SearchArgs, out: &mut Out) -> Ended {
    let probe = search(snapshot, &Request { limit: 0, facets: Vec::new(), ..request.clone() })?;
    screen::heed(&probe.warnings, &args.scope)?;
    let query = probe.query.to_string();
    let mut sink = articles::Sink::new(&args.export, &query, out)?;
    screen::each_hit(snapshot, request, |hit| sink.write(hit))?;
    sink.finish()?;
    Ok(if probe.total == 0 { Outcome::NothingFound } else { Outcome::Done })
}
