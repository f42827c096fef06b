//! `newsdex concordance`: every match with what stands around it.

use std::ops::ControlFlow;

use serde_json::{Value, json};

use super::collocates;
use crate::answer::export::{Cell, Column, Kind, Table, column};
use crate::cli::args::{ConcordanceArgs, Global, LineSort};
use crate::cli::output::{Out, Role, counted};
use crate::cli::screen::{self, Format};
use crate::cli::{Ended, Failure, Outcome};
use crate::error::Error;
use crate::index::read::snapshot::Snapshot;
use crate::query::{Line, LineOrder, Request, for_each_line, search};

/// Lines or words on a screen.
const PAGE: usize = 25;
/// Characters on each side in an export.
const WIDTH: usize = 60;
/// Columns of a date, `2021-02-27`, and of the blanks after it.
const DATE: usize = 12;
/// Columns of a match; a longer one makes its line longer.
const KEYWORD: usize = 14;
/// Columns of an export.
const COLUMNS: [Column; 5] = [
    column("article", Kind::Text),
    column("date", Kind::Text),
    column("left", Kind::Text),
    column("match", Kind::Text),
    column("right", Kind::Text),
];

/// Runs the command.
pub(crate) fn run(args: &ConcordanceArgs, global: &Global, out: &mut Out) -> Ended {
    let snapshot = Snapshot::open(&global.index)?;
    let request = screen::request(&args.query, &args.scope, global)?;
    let probe = search(&snapshot, &Request { limit: 0, ..request.clone() })?;
    screen::heed(&probe.warnings, &args.scope)?;
    let format = Format::of_export(&args.export);
    let found = match args.group {
        Some(side) => {
            collocates::run(&snapshot, &request, side, &probe.query.to_string(), args, out)?
        }
        None if format.is_export() => {
            export(&snapshot, &request, &probe.query.to_string(), args, out)?
        }
        None => {
            let width = match format {
                Format::Screen => screen_width(args, out),
                _ => args.width.unwrap_or(WIDTH),
            };
            let limit = format.limit(args.limit, PAGE);
            let (lines, total) = lines(&snapshot, &request, width, limit, args.sort)?;
            if format == Format::Json {
                out.pretty_json(&json!({
                    "query": request.query,
                    "articles": probe.total,
                    "total": total,
                    "lines": lines.iter().map(line_json).collect::<Vec<_>>(),
                    "warnings": screen::warnings_json(&probe.warnings),
                }))?;
            } else {
                let head =
                    format!("{} in {}", counted(total, "line"), counted(probe.total, "article"));
                out.line(out.paint(Role::Dim, head))?;
                if total == 0 && probe.total > 0 {
                    out.line("no clause of the query is a word of the text; see newsdex search")?;
                }
                show(&lines, width, out)?;
            }
            total > 0
        }
    };
    Ok(if found { Outcome::Done } else { Outcome::NothingFound })
}

fn order(sort: LineSort) -> LineOrder {
    match sort {
        LineSort::Hits => LineOrder::Hits,
        LineSort::Left => LineOrder::Left,
        LineSort::Right => LineOrder::Right,
        LineSort::Date => LineOrder::Date,
    }
}

/// The first `limit` lines, and how many there are.
fn lines(
    snapshot: &Snapshot,
    request: &Request,
    width: usize,
    limit: usize,
    sort: LineSort,
) -> Result<(Vec<Line>, u64), Error> {
    let is_sorted = sort != LineSort::Hits;
    let mut first = Vec::new();
    let total = for_each_line(snapshot, request, width, order(sort), &mut |line| {
        if first.len() < limit {
            first.push(line);
        } else if is_sorted {
            return ControlFlow::Break(());
        }
        ControlFlow::Continue(())
    })?;
    Ok((first, total))
}

/// Writes all lines, or as many as asked for. Are there any?
fn export(
    snapshot: &Snapshot,
    request: &Request,
    query: &str,
    args: &ConcordanceArgs,
    out: &mut Out,
) -> Result<bool, Failure> {
    let width = args.width.unwrap_or(WIDTH);
    let limit = args.limit.unwrap_or(usize::MAX) as u64;
    let mut sink = if args.export.format.jsonl {
        Sink::Jsonl(out, query)
    } else {
        Sink::Table(Table::new(&args.export, &COLUMNS, query, out)?)
    };
    let (mut found, mut outcome) = (0, Ok(()));
    for_each_line(snapshot, request, width, order(args.sort), &mut |line| {
        found += 1;
        if found <= limit {
            outcome = sink.write(&line);
        }
        if found >= limit || outcome.is_err() {
            return ControlFlow::Break(());
        }
        ControlFlow::Continue(())
    })?;
    outcome?;
    if let Sink::Table(table) = sink {
        table.finish()?;
    }
    Ok(found > 0)
}

/// Where an export goes.
enum Sink<'a> {
    Jsonl(&'a mut Out, &'a str),
    Table(Table<'a>),
}

impl Sink<'_> {
    fn write(&mut self, line: &Line) -> Result<(), Failure> {
        match self {
            Self::Jsonl(out, query) => out.json(&screen::with_query(line_json(line), query))?,
            Self::Table(table) => table.row([
                Cell::text(&line.article),
                Cell::Text(line.date.map(|date| date.to_string())),
                Cell::text(&line.left),
                Cell::text(&line.keyword),
                Cell::text(&line.right),
            ])?,
        }
        Ok(())
    }
}

fn line_json(line: &Line) -> Value {
    json!({
        "article": line.article,
        "date": line.date.map(|date| date.to_string()),
        "left": line.left,
        "match": line.keyword,
        "right": line.right,
    })
}

/// What fits the screen with a date, the match and a blank on either side of it.
fn screen_width(args: &ConcordanceArgs, out: &Out) -> usize {
    args.width.unwrap_or_else(|| out.width().saturating_sub(DATE + KEYWORD + 2) / 2)
}

/// Lines with their matches below each other.
fn show(lines: &[Line], width: usize, out: &mut Out) -> std::io::Result<()> {
    let column = width + 1;
    for line in lines {
        let date = line.date.map(|date| date.to_string()).unwrap_or_default();
        let date = out.paint(Role::Dim, format!("{date:<10}"));
        // A mark that belongs to the match stands close to it.
        let open = line.left.ends_with(['“', '‘', '(', '[']);
        let left = if open { line.left.clone() } else { format!("{} ", line.left) };
        let close = line.right.starts_with([',', '.', ';', ':', '!', '?', '”', '’', ')', ']']);
        let between = if close { "" } else { " " };
        let word = out.paint(Role::Match, &line.keyword);
        out.line(format_args!("{date}  {left:>column$}{word}{between}{}", line.right))?;
    }
    Ok(())
}
