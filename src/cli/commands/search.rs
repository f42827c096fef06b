//! `newsdex search`: a page of articles, or all of them as an export.

use super::verify;
use crate::answer::articles::{ArticleRow, COLUMNS, PageJson};
use crate::cli::args::{Global, SearchArgs};
use crate::cli::exit::{CommandResult, Failure, Outcome};
use crate::cli::form::Form;
use crate::cli::open_index;
use crate::cli::output::{Out, Role};
use crate::cli::request::{for_each, print_warnings, request, sort};
use crate::cli::screen::{self, counted, thousands};
use crate::error::Error;
use crate::query::{FacetRequest, Page, Request, facet_named, search};

/// Hits on a screen.
const PAGE: usize = 10;
/// Values of a facet if no number is given.
const FACET_VALUES: usize = 10;

/// Runs the command.
pub(crate) fn run(args: &SearchArgs, global: &Global, out: &mut Out) -> CommandResult {
    let engine = open_index::open(global)?;
    let form = Form::from(&args.export);
    let request = Request {
        sort: sort(args.sort),
        offset: args.offset,
        limit: form.limit(args.limit, PAGE),
        facets: args.facets.iter().map(|f| facet(f)).collect::<Result<_, _>>()?,
        any_words: args.any,
        expand: args.expand,
        ..request(&args.query, &args.scope, global)?
    };
    if let Some(file) = &args.receipt {
        verify::write_receipt(&*engine, &request, file)?;
    }
    let first = match form {
        Form::Rows(_) => Request { limit: 0, facets: Vec::new(), ..request.clone() },
        _ => request.clone(),
    };
    let page = search(&*engine, &first)?;
    print_warnings(&page.warnings);
    match form {
        Form::Screen => show(&request, &page, out)?,
        Form::Json => out.pretty_json(&PageJson { request: &request, page: &page })?,
        Form::Rows(export) => {
            let query = page.query.to_string();
            out.export(export, &COLUMNS, Some(&query), |rows| {
                for_each(&*engine, &request, |hit| Ok(rows.row(&ArticleRow(hit))?))
            })?;
        }
    }
    Ok(Outcome::found(page.total > 0))
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
        screen::article(request.offset + n + 1, hit, out)?;
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
