//! `newsdex quotes`: who said what, quotation by quotation; speaker by speaker in [`speakers`].

use serde_json::{Value, json};

use super::speakers;
use crate::answer::export::{Cell, Column, Kind, Table, column};
use crate::article::Quotation;
use crate::cli::args::{Global, QuotesArgs};
use crate::cli::output::{Out, Role, counted};
use crate::cli::screen::{self, Format};
use crate::cli::{Ended, Outcome};
use crate::index::read::snapshot::Snapshot;
use crate::query::{Hit, Page, Request, Target, search};

/// Quotations on a screen.
const PAGE: usize = 10;
/// Columns of an export.
const COLUMNS: [Column; 11] = [
    column("speaker", Kind::Text),
    column("person", Kind::Text),
    column("quotation", Kind::Text),
    column("kind", Kind::Text),
    column("cue", Kind::Text),
    column("confidence", Kind::Real(2)),
    column("published", Kind::Text),
    column("agencies", Kind::Texts),
    column("title", Kind::Text),
    column("license", Kind::Text),
    column("article", Kind::Text),
];

/// Runs the command.
pub(crate) fn run(args: &QuotesArgs, global: &Global, out: &mut Out) -> Ended {
    let snapshot = Snapshot::open(&global.index)?;
    let format = Format::of_export(&args.export);
    let request = Request {
        query: query(args),
        target: Target::Quotations,
        sort: screen::sort(args.sort),
        offset: args.offset,
        limit: format.limit(args.limit, PAGE),
        ..screen::request(&[], &args.scope, global)?
    };
    if args.group {
        return speakers::run(&snapshot, &request, args, out);
    }
    let export = format.is_export();
    let page = search(
        &snapshot,
        &Request { limit: if export { 0 } else { request.limit }, ..request.clone() },
    )?;
    screen::heed(&page.warnings, &args.scope)?;
    match format {
        Format::Screen => show(&page, out)?,
        Format::Json => out.pretty_json(&json!({
            "query": request.query,
            "total": page.total,
            "offset": request.offset,
            "quotations": page.hits.iter().filter_map(quotation_json).collect::<Vec<_>>(),
            "warnings": screen::warnings_json(&page.warnings),
        }))?,
        Format::Jsonl => {
            let query = page.query.to_string();
            screen::each_hit(&snapshot, &request, |hit| match quotation_json(hit) {
                Some(row) => Ok(out.json(&screen::with_query(row, &query))?),
                None => Ok(()),
            })?;
        }
        Format::Csv => {
            let query = page.query.to_string();
            let mut table = Table::new(&args.export, &COLUMNS, &query, out)?;
            screen::each_hit(&snapshot, &request, |hit| row(hit).map_or(Ok(()), |r| table.row(r)))?;
            table.finish()?;
        }
    }
    Ok(if page.total == 0 { Outcome::NothingFound } else { Outcome::Done })
}

/// The words typed and the options, as one query.
fn query(args: &QuotesArgs) -> String {
    let mut parts = Vec::new();
    if !args.query.is_empty() {
        parts.push(format!("({})", args.query.join(" ")));
    }
    if let Some(speaker) = &args.speaker {
        parts.push(format!("speaker:\"{}\"", speaker.replace('"', " ")));
    }
    if let Some(kind) = &args.kind {
        parts.push(format!("quote:{kind}"));
    }
    if let Some(least) = args.min_confidence {
        parts.push(format!("confidence:{least}.."));
    }
    parts.join(" ")
}

/// The quotation that was found.
pub(crate) fn of(hit: &Hit) -> Option<&Quotation> {
    hit.article.quotes.get(hit.quote?)
}

fn show(page: &Page, out: &mut Out) -> std::io::Result<()> {
    out.line(out.paint(Role::Dim, counted(page.total, "quotation")))?;
    for hit in &page.hits {
        let Some(quote) = of(hit) else { continue };
        let stated = quote.speaker.as_deref().unwrap_or("(speaker unknown)");
        let speaker = match &hit.speaker {
            Some(person) => format!("{person} (as {stated})"),
            None => stated.to_owned(),
        };
        out.line("")?;
        out.line(format_args!(
            "{}  {}",
            out.paint(Role::Person, speaker),
            out.paint(Role::Dim, quote.kind.as_str())
        ))?;
        for line in screen::wrap(&quoted(hit, quote, out), out.width(), 2) {
            out.line(line)?;
        }
        let credit = screen::credit(&hit.article, out);
        let title = hit.article.title.as_deref().map(screen::one_line).unwrap_or_default();
        out.line(format_args!("  {}", [title, credit].join(" · ").trim_matches([' ', '·'])))?;
        out.line(format_args!("  {}", out.paint(Role::Dim, &hit.article.id)))?;
    }
    Ok(())
}

/// The quotation with what matched in it highlighted.
pub(crate) fn quoted(hit: &Hit, quote: &Quotation, out: &Out) -> String {
    let marks: Vec<_> = hit.fragments.iter().flat_map(|f| f.highlights.clone()).collect();
    screen::excerpt(&hit.article.body, quote.span, &marks, out)
}

/// A quotation as JSON.
pub(crate) fn quotation_json(hit: &Hit) -> Option<Value> {
    let (quote, article) = (of(hit)?, &hit.article);
    Some(json!({
        "speaker": quote.speaker,
        "person": hit.speaker.as_ref().or(quote.speaker.as_ref()),
        "text": quote.span.of(&article.body),
        "kind": quote.kind.as_str(),
        "cue": quote.cue.map(|c| c.of(&article.body)),
        "confidence": quote.confidence,
        "article": article.id,
        "title": article.title,
        "published": article.published.as_ref().map(|p| p.date.to_string()),
        "agencies": article.agencies.iter().map(|a| &a.name).collect::<Vec<_>>(),
        "license": article.license.as_ref().map(|l| &l.spdx),
    }))
}

fn row(hit: &Hit) -> Option<[Cell; COLUMNS.len()]> {
    let (quote, a) = (of(hit)?, &hit.article);
    Some([
        Cell::Text(quote.speaker.clone()),
        Cell::Text(hit.speaker.clone().or_else(|| quote.speaker.clone())),
        Cell::text(quote.span.of(&a.body)),
        Cell::text(quote.kind.as_str()),
        Cell::Text(quote.cue.map(|c| c.of(&a.body).to_owned())),
        Cell::Real(f64::from(quote.confidence)),
        Cell::Text(a.published.as_ref().map(|p| p.date.to_string())),
        Cell::texts(a.agencies.iter().map(|x| x.name.as_str())),
        Cell::Text(a.title.as_deref().map(screen::one_line)),
        Cell::Text(a.license.as_ref().map(|l| l.spdx.clone())),
        Cell::text(&a.id),
    ])
}
