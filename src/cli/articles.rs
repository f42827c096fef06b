//! Articles that were found: on a screen, as JSON, as rows of an export.

use serde_json::{Value, json};

use super::out::{CsvWriter, Out, Role};
use super::screen::{self, Format};
use super::{Failure, wire};
use crate::article::{Article, CountryCode};
use crate::query::{Fragment, Hit};

/// A hit on a screen.
pub(super) fn show(number: usize, hit: &Hit, out: &mut Out) -> std::io::Result<()> {
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
pub(super) fn json(hit: &Hit) -> Value {
    let mut value = wire::article(&hit.article);
    let text = |f: &Fragment| screen::one_line(f.span.of(&hit.article.body));
    let snippets: Vec<_> = hit.fragments.iter().map(text).collect();
    value["score"] = json!(hit.score);
    value["snippets"] = json!(snippets);
    value
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
pub(super) enum Sink<'a> {
    Jsonl(&'a mut Out),
    Csv(Box<CsvWriter<'a>>),
}

impl<'a> Sink<'a> {
    /// With the header, if there is one.
    pub(super) fn new(format: Format, out: &'a mut Out) -> Result<Self, Failure> {
        if format == Format::Jsonl {
            return Ok(Self::Jsonl(out));
        }
        Ok(Self::Csv(Box::new(out.csv(&COLUMNS)?)))
    }

    /// The next hit.
    pub(super) fn write(&mut self, hit: &Hit) -> Result<(), Failure> {
        match self {
            Self::Jsonl(out) => out.json(&wire::article(&hit.article))?,
            Self::Csv(csv) => csv.write_record(row(hit))?,
        }
        Ok(())
    }

    /// Hands everything on.
    pub(super) fn finish(self) -> Result<(), Failure> {
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
