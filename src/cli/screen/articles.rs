//! Articles that were found: on a screen, as JSON, as rows of an export.

use serde_json::{Value, json};

use crate::answer::export::{Cell, Column, Kind, Table, column};
use crate::article::json;
use crate::article::{Article, CountryCode};
use crate::cli::Failure;
use crate::cli::args::ExportArgs;
use crate::cli::output::{Out, Role};
use crate::cli::screen;
use crate::query::{Fragment, Hit};

/// A hit on a screen.
pub(crate) fn show(number: usize, hit: &Hit, out: &mut Out) -> std::io::Result<()> {
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

/// A hit as JSON: what `extract` prints, with score and snippets.
pub(crate) fn json(hit: &Hit) -> Value {
    let mut value = json::article(&hit.article);
    let text = |f: &Fragment| screen::one_line(f.span.of(&hit.article.body));
    let snippets: Vec<_> = hit.fragments.iter().map(text).collect();
    value["score"] = json!(hit.score);
    value["snippets"] = json!(snippets);
    value
}

/// Columns of an export. The text is left out of CSV.
const COLUMNS: [Column; 16] = [
    column("id", Kind::Text),
    column("published", Kind::Text),
    column("title", Kind::Text),
    column("agencies", Kind::Texts),
    column("byline", Kind::Texts),
    column("dateline", Kind::Texts),
    column("from", Kind::Texts),
    column("countries", Kind::Texts),
    column("about", Kind::Text),
    column("people", Kind::Texts),
    column("speakers", Kind::Texts),
    column("license", Kind::Text),
    column("language", Kind::Text),
    column("words", Kind::Count),
    column("url", Kind::Text),
    column("body", Kind::Text),
];

/// Where an export goes.
pub(crate) enum Sink<'a> {
    Jsonl(&'a mut Out, &'a str),
    Table(Table<'a>, usize),
}

impl<'a> Sink<'a> {
    /// For the articles that `query` finds.
    pub(crate) fn new(
        args: &ExportArgs,
        query: &'a str,
        out: &'a mut Out,
    ) -> Result<Self, Failure> {
        if args.format.jsonl {
            return Ok(Self::Jsonl(out, query));
        }
        let count = COLUMNS.len() - usize::from(args.parquet.is_none());
        Ok(Self::Table(Table::new(args, &COLUMNS[..count], query, out)?, count))
    }

    /// The next hit.
    pub(crate) fn write(&mut self, hit: &Hit) -> Result<(), Failure> {
        match self {
            Self::Jsonl(out, query) => {
                out.json(&screen::with_query(json::article(&hit.article), query))?;
            }
            Self::Table(table, columns) => table.row(row(hit).into_iter().take(*columns))?,
        }
        Ok(())
    }

    /// Hands everything on.
    pub(crate) fn finish(self) -> Result<(), Failure> {
        match self {
            Self::Jsonl(..) => Ok(()),
            Self::Table(table, _) => table.finish(),
        }
    }
}

fn row(hit: &Hit) -> [Cell; COLUMNS.len()] {
    let a = &hit.article;
    let places = || a.dateline.iter().flat_map(|d| &d.places);
    let mut speakers: Vec<_> = a.quotes.iter().filter_map(|q| q.speaker.as_deref()).collect();
    speakers.sort_unstable();
    [
        Cell::text(&a.id),
        Cell::Text(a.published.as_ref().map(|p| p.date.to_string())),
        Cell::Text(a.title.as_deref().map(screen::one_line)),
        Cell::texts(a.agencies.iter().map(|x| x.name.as_str())),
        Cell::texts(a.byline.iter().map(|x| x.name.as_str())),
        Cell::texts(places().map(|p| p.name.as_str())),
        Cell::texts(places().filter_map(|p| p.country.as_ref()).map(CountryCode::as_str)),
        Cell::texts(a.countries.iter().map(|c| c.code.as_str())),
        Cell::Text(a.focus.map(|c| c.to_string())),
        Cell::texts(a.people.iter().map(|p| p.name.as_str())),
        Cell::texts(speakers),
        Cell::Text(a.license.as_ref().map(|l| l.spdx.clone())),
        Cell::Text(a.language.clone()),
        Cell::Count(a.body.split_whitespace().count() as u64),
        Cell::Text(a.url.clone()),
        Cell::text(&a.body),
    ]
}
