//! `newsdex quotes`: who said what, quotation by quotation. Speaker by speaker in [`speakers`].

use super::speakers;
use crate::answer::one_line;
use crate::answer::quotations::{COLUMNS, QuotationRow, page as page_json};
use crate::article::Facet;
use crate::cli::args::{Global, QuotesArgs};
use crate::cli::exit::{CommandResult, Outcome};
use crate::cli::form::Form;
use crate::cli::open_index;
use crate::cli::output::{Out, Role};
use crate::cli::request::{for_each, print_warnings, request, sort};
use crate::cli::screen::{counted, credit, quotation};
use crate::error::Error;
use crate::query::{Page, Request, Target, name_query, search};

/// Quotations on a screen.
const PAGE: usize = 10;

/// Runs the command.
pub(crate) fn run(args: &QuotesArgs, global: &Global, out: &mut Out) -> CommandResult {
    let engine = open_index::open(global)?;
    let form = Form::from(&args.export);
    let request = Request {
        query: query(args)?,
        target: Target::Quotations,
        sort: sort(args.sort),
        offset: args.offset,
        limit: form.limit(args.limit, PAGE),
        ..request(&[], &args.scope, global)?
    };
    if args.group {
        return speakers::run(&*engine, &request, args, out);
    }
    let limit = if form.is_export() { 0 } else { request.limit };
    let page = search(&*engine, &Request { limit, ..request.clone() })?;
    print_warnings(&page.warnings);
    match form {
        Form::Screen => show(&page, out)?,
        Form::Json => out.pretty_json(&page_json(&request, &page))?,
        Form::Rows(export) => {
            let query = page.query.to_string();
            out.export(export, &COLUMNS, Some(&query), |rows| {
                for_each(&*engine, &request, |hit| match QuotationRow::of(hit) {
                    Some(row) => Ok(rows.row(&row)?),
                    None => Ok(()),
                })
            })?;
        }
    }
    Ok(Outcome::found(page.total > 0))
}

/// The words typed and the options, as one query.
fn query(args: &QuotesArgs) -> Result<String, Error> {
    let mut parts = Vec::new();
    if !args.query.is_empty() {
        parts.push(format!("({})", args.query.join(" ")));
    }
    if let Some(speaker) = &args.speaker {
        parts.push(name_query(Facet::Speaker, speaker)?);
    }
    if let Some(kind) = &args.kind {
        parts.push(format!("quote:{kind}"));
    }
    if let Some(least) = args.min_confidence {
        parts.push(format!("confidence:{least}.."));
    }
    Ok(parts.join(" "))
}

fn show(page: &Page, out: &mut Out) -> std::io::Result<()> {
    out.line(out.paint(Role::Dim, counted(page.total, "quotation")))?;
    for found in page.hits.iter().filter_map(QuotationRow::of) {
        let QuotationRow { hit, quotation: said } = found;
        let stated = said.speaker.as_deref().unwrap_or("(speaker unknown)");
        let speaker = match &hit.speaker {
            Some(person) => format!("{person} (as {stated})"),
            None => stated.to_owned(),
        };
        out.line("")?;
        out.line(format_args!(
            "{}  {}",
            out.paint(Role::Person, speaker),
            out.paint(Role::Dim, said.kind.as_str())
        ))?;
        quotation(&found, out)?;
        let credit = credit(&hit.article, out);
        let title = hit.article.title.as_deref().map(one_line).unwrap_or_default();
        out.line(format_args!("  {}", [title, credit].join(" · ").trim_matches([' ', '·'])))?;
        out.line(format_args!("  {}", out.paint(Role::Dim, &hit.article.id)))?;
    }
    Ok(())
}
