//! `newsdex quotes`: who said what, quotation by quotation; speaker by speaker in [`speakers`].

use serde_json::{Value, json};

use super::args::{Global, QuotesArgs};
use super::out::{Out, Role, counted};
use super::screen::{self, Format};
use super::{Ended, Outcome, speakers};
use crate::article::Quotation;
use crate::index::snapshot::Snapshot;
use crate::query::{Hit, Page, Request, Target, search};

/// Quotations on a screen.
const PAGE: usize = 10;
/// Columns of the CSV export.
const COLUMNS: [&str; 10] = [
    "speaker",
    "quotation",
    "kind",
    "cue",
    "confidence",
    "published",
    "agencies",
    "title",
    "license",
    "article",
];

/// Runs the command.
pub(super) fn run(args: &QuotesArgs, global: &Global, out: &mut Out) -> Ended {
    let snapshot = Snapshot::open(&global.index)?;
    let format = Format::of(args.format);
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
    let export = matches!(format, Format::Jsonl | Format::Csv);
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
            screen::each_hit(&snapshot, &request, |hit| {
                quotation_json(hit).map_or(Ok(()), |v| Ok(out.json(&v)?))
            })?;
        }
        Format::Csv => {
            let mut csv = out.csv(&COLUMNS)?;
            screen::each_hit(&snapshot, &request, |hit| {
                row(hit).map_or(Ok(()), |r| Ok(csv.write_record(r)?))
            })?;
            csv.flush()?;
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
pub(super) fn of(hit: &Hit) -> Option<&Quotation> {
    hit.article.quotes.get(hit.quote?)
}

fn show(page: &Page, out: &mut Out) -> std::io::Result<()> {
    out.line(out.paint(Role::Dim, counted(page.total, "quotation")))?;
    for hit in &page.hits {
        let Some(quote) = of(hit) else { continue };
        let speaker = quote.speaker.as_deref().unwrap_or("(speaker unknown)");
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
pub(super) fn quoted(hit: &Hit, quote: &Quotation, out: &Out) -> String {
    let marks: Vec<_> = hit.fragments.iter().flat_map(|f| f.highlights.clone()).collect();
    screen::excerpt(&hit.article.body, quote.span, &marks, out)
}

/// A quotation as JSON.
pub(super) fn quotation_json(hit: &Hit) -> Option<Value> {
    let (quote, article) = (of(hit)?, &hit.article);
    Some(json!({
        "speaker": quote.speaker,
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

fn row(hit: &Hit) -> Option<[String; COLUMNS.len()]> {
    let (quote, a) = (of(hit)?, &hit.article);
    let agencies: Vec<_> = a.agencies.iter().map(|x| x.name.as_str()).collect();
    Some([
        quote.speaker.clone().unwrap_or_default(),
        quote.span.of(&a.body).to_owned(),
        quote.kind.as_str().to_owned(),
        quote.cue.map(|c| c.of(&a.body).to_owned()).unwrap_or_default(),
        format!("{:.2}", quote.confidence),
        a.published.as_ref().map(|p| p.date.to_string()).unwrap_or_default(),
        agencies.join("; "),
        a.title.as_deref().map(screen::one_line).unwrap_or_default(),
        a.license.as_ref().map(|l| l.spdx.clone()).unwrap_or_default(),
        a.id.clone(),
    ])
}
