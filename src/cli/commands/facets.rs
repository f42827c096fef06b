//! `newsdex facets`: the values of a field with their counts.

use crate::answer::facets::ValuesOfFacet;
use crate::article::Facet;
use crate::cli::advice::index_option;
use crate::cli::args::{FacetsArgs, Global};
use crate::cli::exit::{CommandResult, Failure, Outcome};
use crate::cli::form::Form;
use crate::cli::open_index;
use crate::cli::output::{Out, Role};
use crate::cli::request::{print_warnings, request};
use crate::cli::screen::{counted, facet, thousands};
use crate::cli::shell_words::shell_word;
use crate::query::{FacetCounts, FacetRequest, Request, search, value_query};

/// Values on a screen.
const PAGE: usize = 20;

/// Runs the command.
pub(crate) fn run(args: &FacetsArgs, global: &Global, out: &mut Out) -> CommandResult {
    let facet = Facet::named(&args.field).ok_or_else(|| no_field(&args.field))?;
    let engine = open_index::open(global)?;
    let form = Form::from(&args.export);
    let facet = FacetRequest {
        facet,
        limit: form.limit(args.limit, PAGE),
        matching: args.matching.clone(),
    };
    let request =
        Request { limit: 0, facets: vec![facet], ..request(&args.query, &args.scope, global)? };
    let page = search(&*engine, &request)?;
    print_warnings(&page.warnings);
    let Some(counts) = page.facets.first() else { return Ok(Outcome::NothingFound) };
    let answer = ValuesOfFacet { request: &request, page: &page, counts };
    out.answer(&answer, form, |out| {
        show(counts, page.total, out)?;
        example(counts, args, global, out)
    })?;
    Ok(Outcome::found(!counts.values.is_empty()))
}

fn show(counts: &FacetCounts, total: u64, out: &mut Out) -> std::io::Result<()> {
    let head = format!(
        "{} values of {} in {}, {} without",
        thousands(counts.distinct),
        counts.facet.name(),
        counted(total, "article"),
        thousands(counts.missing)
    );
    out.line(out.paint(Role::Dim, head))?;
    facet(counts, out)
}

/// Prints how to search for one of the values among the articles that were counted.
fn example(
    counts: &FacetCounts,
    args: &FacetsArgs,
    global: &Global,
    out: &mut Out,
) -> std::io::Result<()> {
    let Some(first) = counts.values.first() else { return Ok(()) };
    let value = value_query(counts.facet, &first.value);
    let query =
        if args.query.is_empty() { value } else { format!("({}) {value}", args.query.join(" ")) };
    let date = |name: &str, date: &Option<String>| {
        date.as_ref().map_or_else(String::new, |date| format!(" --{name} {}", shell_word(date)))
    };
    let scope = [date("from", &args.scope.from), date("to", &args.scope.to)].concat();
    let index = index_option(&global.index);
    out.line("")?;
    let command = format!("newsdex search {}{scope}{index}", shell_word(&query));
    out.line(out.paint(Role::Dim, format!("Try next: {command}")))
}

fn no_field(typed: &str) -> Failure {
    let message = format!("there is no field {typed} to count; there are:");
    let list = Facet::ALL.map(|facet| format!("  {:<13} {}", facet.name(), facet.help()));
    Failure::NotListed { message, list: list.to_vec() }
}
