//! What several commands show alike: a hit, a table of counts, the query's warnings, formats of output.

pub(super) mod articles;

use std::ops::ControlFlow;

use serde_json::{Value, json};

use super::args::{ExportArgs, FormatArgs, Global, Order, Scope};
use super::output::{Out, Role, thousands};
use super::{Failure, aliases, warn};
use crate::article::{Article, Facet, PartialDate, Span};
use crate::calendar::typed;
use crate::error::Error;
use crate::index::read::snapshot::Snapshot;
use crate::query::{FacetCounts, Hit, Request, Sort, Warning, for_each_hit};

/// In which form results are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    /// For people.
    Screen,
    /// One object.
    Json,
    /// An object a line, all results.
    Jsonl,
    /// All results, as a table: on standard output, or in a file.
    Csv,
}

impl Format {
    /// What was asked for.
    pub(crate) fn of(args: FormatArgs) -> Self {
        match args {
            FormatArgs { json: true, .. } => Self::Json,
            FormatArgs { jsonl: true, .. } => Self::Jsonl,
            FormatArgs { csv: true, .. } => Self::Csv,
            _ => Self::Screen,
        }
    }

    /// The same for what can be kept in a file.
    pub(crate) fn of_export(args: &ExportArgs) -> Self {
        if args.parquet.is_some() { Self::Csv } else { Self::of(args.format) }
    }

    /// Does it hold all results?
    pub(crate) fn is_export(self) -> bool {
        matches!(self, Self::Jsonl | Self::Csv)
    }

    /// How many results to print: what was asked for, else all in an export and `page` on a screen.
    pub(crate) fn limit(self, asked: Option<usize>, page: usize) -> usize {
        asked.unwrap_or(if self.is_export() { usize::MAX } else { page })
    }
}

/// A request for the words typed, within the scope typed, with people as the user's aliases have them.
pub(crate) fn request(
    query: &[String],
    scope: &Scope,
    global: &Global,
) -> Result<Request, Failure> {
    Ok(Request {
        query: query.join(" "),
        from: date(scope.from.as_deref())?,
        to: date(scope.to.as_deref())?,
        aliases: aliases::load(global)?,
        ..Request::default()
    })
}

/// The order typed.
pub(crate) fn sort(order: Order) -> Sort {
    match order {
        Order::Relevance => Sort::Relevance,
        Order::Newest => Sort::Newest,
        Order::Oldest => Sort::Oldest,
    }
}

fn date(text: Option<&str>) -> Result<Option<PartialDate>, Failure> {
    let Some(text) = text else { return Ok(None) };
    match typed::date(text) {
        Some(date) => Ok(Some(date)),
        None => {
            Err(Error::Usage(format!("{text} is no date; try 2021, 2021-02 or 2021-02-27")).into())
        }
    }
}

/// Hands up to `request.limit` hits to `write`, one in memory at a time.
pub(crate) fn each_hit(
    snapshot: &Snapshot,
    request: &Request,
    mut write: impl FnMut(&Hit) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let mut left = request.limit;
    let mut outcome = Ok(());
    let plain = Request { fragments: 0, facets: Vec::new(), ..request.clone() };
    for_each_hit(snapshot, &plain, &mut |hit| {
        if left > 0 {
            left -= 1;
            outcome = write(&hit);
        }
        if left == 0 || outcome.is_err() {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    })?;
    outcome
}

/// Tells what in the query was not understood; an error if the query is taken strictly.
pub(crate) fn heed(warnings: &[Warning], scope: &Scope) -> Result<(), Failure> {
    match warnings.first() {
        Some(first) if scope.strict => Err(Error::Usage(first.message.clone()).into()),
        _ => {
            for warning in warnings {
                warn(&warning.message);
            }
            Ok(())
        }
    }
}

/// A row of an export as JSON, with the query.
pub(crate) fn with_query(mut row: Value, query: &str) -> Value {
    row["query"] = json!(query);
    row
}

/// Warnings as JSON.
pub(crate) fn warnings_json(warnings: &[Warning]) -> Value {
    json!(warnings.iter().map(|w| &w.message).collect::<Vec<_>>())
}

/// Facets as JSON: name to values with counts.
pub(crate) fn facets_json(facets: &[FacetCounts]) -> Value {
    let values = |f: &FacetCounts| {
        json!({
            "field": f.facet.name(),
            "distinct": f.distinct,
            "missing": f.missing,
            "values": f.values.iter().map(|v| json!({ "value": v.value, "count": v.count })).collect::<Vec<_>>(),
        })
    };
    json!(facets.iter().map(values).collect::<Vec<_>>())
}

/// The values of a facet with bars.
pub(crate) fn facet(counts: &FacetCounts, out: &mut Out) -> std::io::Result<()> {
    let label = |value: &str| match country(counts.facet, value) {
        Some(name) => format!("{value}  {name}"),
        None => value.to_owned(),
    };
    let rows: Vec<_> = counts.values.iter().map(|v| (label(&v.value), v.count)).collect();
    bars(&rows, out)
}

/// The English name of a country where a field holds countries.
fn country(facet: Facet, value: &str) -> Option<&'static str> {
    let code = crate::article::CountryCode::parse(value)?;
    matches!(facet, Facet::Country | Facet::About | Facet::From)
        .then(|| crate::tables::country_name(code))
        .flatten()
}

/// Labels, counts, and a bar for each.
pub(crate) fn bars(rows: &[(String, u64)], out: &mut Out) -> std::io::Result<()> {
    let width = rows.iter().map(|(label, _)| label.chars().count()).max().unwrap_or(0).min(44);
    let most = rows.iter().map(|&(_, n)| n).max().unwrap_or(1).max(1);
    let digits = thousands(most).len();
    let room = out.width().saturating_sub(width + digits + 6).clamp(8, 60);
    for (label, n) in rows {
        let bar = bar(*n, most, room);
        let label: String = label.chars().take(width).collect();
        out.line(format_args!(
            "  {label:<width$}  {:>digits$}  {}",
            thousands(*n),
            out.paint(Role::Bar, bar)
        ))?;
    }
    Ok(())
}

/// A bar of eighths of a column.
fn bar(n: u64, most: u64, room: usize) -> String {
    const EIGHTHS: [char; 8] = ['▏', '▎', '▍', '▌', '▋', '▊', '▉', '█'];
    let eighths = (u128::from(n) * room as u128 * 8).div_ceil(u128::from(most)) as usize;
    let mut bar = "█".repeat(eighths / 8);
    if !eighths.is_multiple_of(8) {
        bar.push(EIGHTHS[eighths % 8 - 1]);
    }
    bar
}

/// Date, agencies, place and license of an article in one line.
pub(crate) fn credit(article: &Article, out: &Out) -> String {
    let mut parts = Vec::new();
    if let Some(published) = &article.published {
        parts.push(published.date.to_string());
    }
    if let Some(dateline) = &article.dateline {
        let places: Vec<_> = dateline
            .places
            .iter()
            .map(|p| match p.country {
                Some(code) => format!("{} ({code})", p.name),
                None => p.name.clone(),
            })
            .collect();
        if !places.is_empty() {
            parts.push(out.paint(Role::Place, places.join(", ")));
        }
    }
    let agencies: Vec<_> = article.agencies.iter().map(|a| a.name.as_str()).collect();
    if !agencies.is_empty() {
        parts.push(out.paint(Role::Source, agencies.join(", ")));
    }
    if let Some(license) = &article.license {
        parts.push(license.spdx.clone());
    }
    parts.join(" · ")
}

/// The part `span` of a body on one line, with the `marks` inside it (also bytes of the body) highlighted.
pub(crate) fn excerpt(body: &str, span: Span, marks: &[Span], out: &Out) -> String {
    let mut line = String::with_capacity(span.len() + 16);
    let mut at = span.start;
    for &mark in marks.iter().filter(|m| span.contains(**m)) {
        if mark.start >= at {
            line.push_str(&one_line(Span { start: at, end: mark.start }.of(body)));
            line.push_str(&out.paint(Role::Match, one_line(mark.of(body))));
            at = mark.end;
        }
    }
    line.push_str(&one_line(Span { start: at, end: span.end }.of(body)));
    line
}

/// White space of any kind and length as one space.
pub(crate) fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for c in text.chars() {
        if !c.is_whitespace() {
            line.push(c);
        } else if !line.ends_with(' ') {
            line.push(' ');
        }
    }
    line
}

/// Breaks a text that may hold colours into lines of `width` columns, each after `indent` blanks.
pub(crate) fn wrap(text: &str, width: usize, indent: usize) -> Vec<String> {
    let room = width.saturating_sub(indent).max(20);
    let mut lines = vec![" ".repeat(indent)];
    let mut used = 0;
    for word in text.split(' ').filter(|w| !w.is_empty()) {
        let columns = columns(word);
        if used > 0 && used + 1 + columns > room {
            lines.push(" ".repeat(indent));
            used = 0;
        }
        if let Some(line) = lines.last_mut() {
            if used > 0 {
                line.push(' ');
                used += 1;
            }
            line.push_str(word);
        }
        used += columns;
    }
    lines
}

/// Characters of a word without its escape sequences.
fn columns(word: &str) -> usize {
    let mut escaped = false;
    word.chars()
        .filter(|&c| {
            let visible = !escaped && c != '\u{1b}';
            escaped = c == '\u{1b}' || (escaped && !c.is_ascii_alphabetic());
            visible
        })
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_are_in_proportion() {
        assert_eq!(bar(8, 8, 4), "████");
        assert_eq!(bar(4, 8, 4), "██");
        assert_eq!(bar(1, 8, 4), "▌");
        assert_eq!(bar(1, 1_000_000, 4), "▏");
        assert_eq!(bar(0, 8, 4), "");
    }

    #[test]
    fn lines_are_broken_between_words() {
        let words = "one two three four five six seven";
        assert_eq!(wrap(words, 22, 2), ["  one two three four", "  five six seven"]);
        assert_eq!(columns("\u{1b}[1mbold\u{1b}[0m"), 4);
    }
}
