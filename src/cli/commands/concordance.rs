//! `newsdex concordance`: every match with the words around it. Words counted in [`collocates`].

use std::ops::ControlFlow;

use super::collocates;
use crate::answer::concordance::{COLUMNS, page as page_json};
use crate::cli::args::{ConcordanceArgs, Global, LineSort};
use crate::cli::exit::{CommandResult, Failure, Outcome};
use crate::cli::form::{Export, Form};
use crate::cli::open_index;
use crate::cli::output::{Out, Role};
use crate::cli::request::{print_warnings, request};
use crate::cli::screen::{counted, pad_left, truncate, truncate_left};
use crate::error::Error;
use crate::query::{Engine, Line, LineOrder, Page, Request, for_each_line, search};

/// Lines or words on a screen.
const PAGE: usize = 25;
/// Characters on each side in an export.
const WIDTH: usize = 60;
/// Columns of a date, `2021-02-27`, and of the blanks after it.
const DATE: usize = 12;
/// Columns of a match; a longer one makes its line longer.
const KEYWORD: usize = 14;

/// Runs the command.
pub(crate) fn run(args: &ConcordanceArgs, global: &Global, out: &mut Out) -> CommandResult {
    let engine = open_index::open(global)?;
    let request = request(&args.query, &args.scope, global)?;
    let page = search(&*engine, &Request { limit: 0, ..request.clone() })?;
    print_warnings(&page.warnings);
    let form = Form::from(&args.export);
    let found = match (args.group, form) {
        (Some(side), _) => {
            collocates::run(&*engine, &request, side, &page.query.to_string(), args, out)?
        }
        (None, Form::Rows(format)) => {
            export(&*engine, &request, &page.query.to_string(), args, format, out)?
        }
        (None, _) => {
            let width = match form {
                Form::Screen => screen_width(args, out),
                _ => args.width.unwrap_or(WIDTH),
            };
            let limit = form.limit(args.limit, PAGE);
            let (lines, total) = lines(&*engine, &request, width, limit, args.sort)?;
            match form {
                Form::Json => out.pretty_json(&page_json(&request, &page, &lines, total))?,
                _ => show(&page, &lines, total, width, out)?,
            }
            total > 0
        }
    };
    Ok(Outcome::found(found))
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
    engine: &dyn Engine,
    request: &Request,
    width: usize,
    limit: usize,
    sort: LineSort,
) -> Result<(Vec<Line>, u64), Error> {
    let mut first = Vec::new();
    let total = for_each_line(engine, request, width, order(sort), limit, &mut |line| {
        first.push(line);
        ControlFlow::Continue(())
    })?;
    Ok((first, total))
}

/// Writes all lines, or as many as asked for. Returns whether there are any.
fn export(
    engine: &dyn Engine,
    request: &Request,
    query: &str,
    args: &ConcordanceArgs,
    format: Export<'_>,
    out: &mut Out,
) -> Result<bool, Failure> {
    let width = args.width.unwrap_or(WIDTH);
    let limit = args.limit.unwrap_or(usize::MAX);
    let mut found = 0;
    out.export(format, &COLUMNS, Some(query), |rows| {
        let mut outcome = Ok(());
        found = for_each_line(engine, request, width, order(args.sort), limit, &mut |line| {
            outcome = rows.row(&line);
            if outcome.is_err() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        })?;
        Ok(outcome?)
    })?;
    Ok(found > 0)
}

/// Columns on each side of a match that fit the screen.
fn screen_width(args: &ConcordanceArgs, out: &Out) -> usize {
    args.width.unwrap_or_else(|| out.width().saturating_sub(DATE + KEYWORD + 2) / 2)
}

/// Prints lines with their matches below each other, `width` columns on each side.
fn show(
    page: &Page,
    lines: &[Line],
    total: u64,
    width: usize,
    out: &mut Out,
) -> std::io::Result<()> {
    let head = format!("{} in {}", counted(total, "line"), counted(page.total, "article"));
    out.line(out.paint(Role::Dim, head))?;
    if total == 0 && page.total > 0 {
        out.line("no clause of the query is a word of the text; see newsdex search")?;
    }
    let column = width + 1;
    for line in lines {
        let date = line.date.map(|date| date.to_string()).unwrap_or_default();
        let date = out.paint(Role::Dim, format!("{date:<10}"));
        // A mark that belongs to the match stands close to it.
        let open = line.left.ends_with(['“', '‘', '(', '[']);
        let left = truncate_left(&line.left, width);
        let left = pad_left(&format!("{left}{}", if open { "" } else { " " }), column);
        let close = line.right.starts_with([',', '.', ';', ':', '!', '?', '”', '’', ')', ']']);
        let between = if close { "" } else { " " };
        let word = out.paint(Role::Match, &line.keyword);
        let right = truncate(&line.right, width);
        out.line(format_args!("{date}  {left}{word}{between}{right}"))?;
    }
    Ok(())
}
