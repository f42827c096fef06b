//! `newsdex search`: a page of articles, or all of them as an export.

use serde_json::{Value, json};

use super::args::{Global, SearchArgs};
use super::out::{CsvWriter, Out, Role, counted, thousands};
use super::screen::{self, Format};
use super::{Ended, Failure, Outcome, wire};
use crate::article::{Article, CountryCode};
use crate::error::Error;
use crate::index::snapshot::Snapshot;
use crate::query::{FacetRequest, Fragment, Hit, Page, Request, search};

/// Hits on a screen.
const PAGE: usize = 10;
/// Values of a facet if no number is given.
const FACET_VALUES: usize = 10;

/// Runs the command.
pub(super) fn run(args: &SearchArgs, global: &Global, out: &mut Out) -> Ended {
    let snapshot = Snapshot::open(&global.index)?;
    let format = Format::of(args.format);
    let request = Request {
        sort: screen::sort(args.sort),
        offset: args.offset,
        limit: format.limit(args.limit, PAGE),
        facets: args.facets.iter().map(|f| facet(f)).collect::<Result<_, _>>()?,
        ..screen::request(&args.query, &args.scope)?
    };
    if matches!(format, Format::Jsonl | Format::Csv) {
        return export(&snapshot, &request, args, format, out);
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
    Ok(FacetRequest { field: field.to_owned(), limit, matching: None })
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
        show_hit(request.offset + n + 1, hit, out)?;
    }
    for counts in page.facets.iter().filter(|counts| !counts.values.is_empty()) {
        let more = counts.distinct.saturating_sub(counts.values.len() as u64);
        let note = if more > 0 { format!(" ({} more)", thousands(more)) } else { String::new() };
        out.line("")?;
        out.line(format_args!("{}{note}", out.paint(Role::Title, &counts.field)))?;
        screen::facet(counts, out)?;
    }
    Ok(())
}

fn show_hit(number: usize, hit: &Hit, out: &mut Out) -> std::io::Result<()> {
    let article = &hit.article;
    out.line(format_args!(
        "{} {}",
        out.paint(Role::Dim, format!("{number}.")),
        headline(hit, out)
    ))?;
    let credit = screen::credit(article, out);
    if !credit.is_empty() {
        out.line(format_args!("   {credit}"))?;
    }
    for fragment in hit.fragments.iter().filter(|f| !in_headline(f, article)) {
        let text = screen::excerpt(&article.body, fragment.span, &fragment.highlights, out);
        for line in screen::wrap(&text, out.width(), 3) {
            out.line(line)?;
        }
    }
    out.line(format_args!("   {}", out.paint(Role::Dim, &article.id)))
}

/// The headline, with what matched in it.
fn headline(hit: &Hit, out: &Out) -> String {
    let article = &hit.article;
    let matched = hit.fragments.iter().find(|f| in_headline(f, article));
    match (matched, article.title_span) {
        (Some(fragment), Some(span)) => {
            screen::excerpt(&article.body, span, &fragment.highlights, out)
        }
        _ => out.paint(
            Role::Title,
            screen::one_line(article.title.as_deref().unwrap_or("(no headline)")),
        ),
    }
}

fn in_headline(fragment: &Fragment, article: &Article) -> bool {
    article.title_span.is_some_and(|title| title.contains(fragment.span))
}

fn page_json(request: &Request, page: &Page) -> Value {
    json!({
        "query": request.query,
        "total": page.total,
        "offset": request.offset,
        "hits": page.hits.iter().map(hit_json).collect::<Vec<_>>(),
        "facets": screen::facets_json(&page.facets),
        "warnings": screen::warnings_json(&page.warnings),
    })
}

/// A hit as JSON: what `extract` prints, with score and snippets.
fn hit_json(hit: &Hit) -> Value {
    let mut value = wire::article(&hit.article);
    let text = |f: &Fragment| screen::one_line(f.span.of(&hit.article.body));
    let snippets: Vec<_> = hit.fragments.iter().map(text).collect();
    value["score"] = json!(hit.score);
    value["snippets"] = json!(snippets);
    value
}

/// Streams all hits, one article in memory at a time.
fn export(
    snapshot: &Snapshot,
    request: &Request,
    args: &SearchArgs,
    format: Format,
    out: &mut Out,
) -> Ended {
    let probe = search(snapshot, &Request { limit: 0, facets: Vec::new(), ..request.clone() })?;
    screen::heed(&probe.warnings, &args.scope)?;
    let mut sink = Sink::new(format, out)?;
    screen::each_hit(snapshot, request, |hit| sink.write(hit))?;
    sink.finish()?;
    Ok(if probe.total == 0 { Outcome::NothingFound } else { Outcome::Done })
}

/// Columns of the CSV export; lists are joined by `; `.
const COLUMNS: [&str; 14] = [
    "id",
    "published",
    "title",
    "agencies",
    "byline",
    "dateline",
    "from",
    "countries",
    "about",
    "people",
    "speakers",
    "license",
    "language",
    "words",
];

/// Where an export goes.
enum Sink<'a> {
    Jsonl(&'a mut Out),
    Csv(CsvWriter<'a>),
}

impl<'a> Sink<'a> {
    fn new(format: Format, out: &'a mut Out) -> Result<Self, Failure> {
        if format == Format::Jsonl {
            return Ok(Self::Jsonl(out));
        }
        Ok(Self::Csv(out.csv(&COLUMNS)?))
    }

    fn write(&mut self, hit: &Hit) -> Result<(), Failure> {
        match self {
            Self::Jsonl(out) => out.json(&wire::article(&hit.article))?,
            Self::Csv(csv) => csv.write_record(row(hit))?,
        }
        Ok(())
    }

    fn finish(self) -> Result<(), Failure> {
        if let Self::Csv(mut csv) = self {
            csv.flush()?;
        }
        Ok(())
    }
}

fn row(hit: &Hit) -> [String; COLUMNS.len()] {
    let a = &hit.article;
    let join = |values: Vec<&str>| values.join("; ");
    let places = || a.dateline.iter().flat_map(|d| &d.places);
    let mut speakers: Vec<_> = a.quotes.iter().filter_map(|q| q.speaker.as_deref()).collect();
    speakers.sort_unstable();
    speakers.dedup();
    [
        a.id.clone(),
        a.published.as_ref().map(|p| p.date.to_string()).unwrap_or_default(),
        a.title.as_deref().map(screen::one_line).unwrap_or_default(),
        join(a.agencies.iter().map(|x| x.name.as_str()).collect()),
        join(a.byline.iter().map(|x| x.name.as_str()).collect()),
        join(places().map(|p| p.name.as_str()).collect()),
        join(places().filter_map(|p| p.country.as_ref()).map(CountryCode::as_str).collect()),
        join(a.countries.iter().map(|c| c.code.as_str()).collect()),
        a.focus.map(|c| c.to_string()).unwrap_or_default(),
        join(a.people.iter().map(|p| p.name.as_str()).collect()),
        join(speakers),
        a.license.as_ref().map(|l| l.spdx.clone()).unwrap_or_default(),
        a.language.clone().unwrap_or_default(),
        a.body.split_whitespace().count().to_string(),
    ]
}
