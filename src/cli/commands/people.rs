//! `newsdex people`: a person of the archive.

use crate::answer::one_line;
use crate::answer::people::Person;
use crate::article::Facet;
use crate::cli::args::{Global, PeopleArgs};
use crate::cli::exit::{CommandResult, Outcome};
use crate::cli::form::Form;
use crate::cli::open_index;
use crate::cli::output::{Out, Role};
use crate::cli::request::{print_warnings, request};
use crate::cli::screen::{counted, facet, pad, thousands, width, wrap};
use crate::query::{FacetCounts, FacetValue, People, Request, RoleSpan, people};

/// Rows of each list on a screen.
const PAGE: usize = 5;

/// Runs the command.
pub(crate) fn run(args: &PeopleArgs, global: &Global, out: &mut Out) -> CommandResult {
    let engine = open_index::open(global)?;
    let form = Form::from(args.format);
    let request = Request {
        limit: form.limit(args.limit, PAGE),
        ..request(&args.query, &args.scope, global)?
    };
    let found = people(&*engine, &args.name, &request)?;
    print_warnings(&found.warnings);
    let answer = Person { name: &args.name, request: &request, found: &found };
    out.answer(&answer, form, |out| show(&found, args, out))?;
    Ok(Outcome::found(!is_nobody(&found)))
}

fn is_nobody(found: &People) -> bool {
    found.articles == 0 && found.quotations == 0
}

fn show(found: &People, args: &PeopleArgs, out: &mut Out) -> std::io::Result<()> {
    if is_nobody(found) {
        return nobody(found, args, out);
    }
    let head = [
        counted(found.articles, "article"),
        counted(found.quotations, "quotation"),
        counted(found.names, "name"),
    ];
    out.line(out.paint(Role::Dim, head.join(", ")))?;
    let forms = found.forms.iter().map(|form| {
        let name = form.name.clone();
        let same = form.name == form.person;
        (if same { name } else { format!("{name}  = {}", form.person) }, form.articles)
    });
    list("names", Role::Person, forms.collect(), out)?;
    roles(found, out)?;
    let counts = FacetCounts {
        facet: Facet::Country,
        values: found.countries.clone(),
        distinct: 0,
        missing: 0,
    };
    if !counts.values.is_empty() {
        title("countries", out)?;
        facet(&counts, out)?;
    }
    list("named with", Role::Person, pairs(&found.others), out)?;
    quotations(found, out)?;
    list("similar names", Role::Dim, pairs(&found.similar), out)
}

/// Prints that nobody has the name, and what to type next.
fn nobody(found: &People, args: &PeopleArgs, out: &mut Out) -> std::io::Result<()> {
    let scope = if args.query.is_empty() && args.scope.from.is_none() && args.scope.to.is_none() {
        ""
    } else {
        " in these articles"
    };
    out.line(format_args!("nobody is named {}{scope}", args.name))?;
    match found.similar.first() {
        None => out.line("see who is: newsdex facets person --match PART"),
        Some(nearest) => {
            list("similar names", Role::Dim, pairs(&found.similar), out)?;
            out.line("")?;
            out.line(format_args!("try: newsdex people '{}'", nearest.value.replace('\'', "’")))
        }
    }
}

fn title(name: &str, out: &mut Out) -> std::io::Result<()> {
    out.line("")?;
    out.line(out.paint(Role::Title, name))
}

fn pairs(values: &[FacetValue]) -> Vec<(String, u64)> {
    values.iter().map(|v| (v.value.clone(), v.count)).collect()
}

/// Names with numbers of articles, below a title; nothing if there are none.
fn list(name: &str, role: Role, rows: Vec<(String, u64)>, out: &mut Out) -> std::io::Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    title(name, out)?;
    let width = rows.iter().map(|&(_, n)| thousands(n).len()).max().unwrap_or(1);
    for (name, n) in rows {
        out.line(format_args!("  {:>width$}  {}", thousands(n), out.paint(role, name)))?;
    }
    Ok(())
}

/// Roles with the time in which they are found; with the names if there are several.
fn roles(found: &People, out: &mut Out) -> std::io::Result<()> {
    let Some(one) = found.roles.first() else { return Ok(()) };
    title("roles", out)?;
    let several = found.roles.iter().any(|span| span.name != one.name);
    let dates: Vec<_> = found.roles.iter().map(period).collect();
    let columns = dates.iter().map(|date| width(date)).max().unwrap_or(0);
    let digits = found.roles.iter().map(|s| thousands(s.articles).len()).max().unwrap_or(1);
    for (span, date) in found.roles.iter().zip(&dates) {
        let of = if several {
            format!("  {}", out.paint(Role::Person, &span.name))
        } else {
            String::new()
        };
        out.line(format_args!(
            "  {}  {:>digits$}  {}{of}",
            out.paint(Role::Dim, pad(date, columns)),
            thousands(span.articles),
            out.paint(Role::Source, one_line(&span.role)),
        ))?;
    }
    Ok(())
}

fn period(span: &RoleSpan) -> String {
    match (span.first, span.last) {
        (Some(first), Some(last)) if first == last => first.to_string(),
        (Some(first), Some(last)) => format!("{first}–{last}"),
        _ => "undated".to_owned(),
    }
}

fn quotations(found: &People, out: &mut Out) -> std::io::Result<()> {
    if found.latest.is_empty() {
        return Ok(());
    }
    title("latest quotations", out)?;
    for said in &found.latest {
        let text = one_line(&said.text);
        for line in wrap(&text, out.width(), 2) {
            out.line(line)?;
        }
        let date = said.published.map_or_else(|| "undated".to_owned(), |date| date.to_string());
        out.line(format_args!(
            "  {}  {}  {}",
            out.paint(Role::Person, &said.speaker),
            out.paint(Role::Dim, date),
            out.paint(Role::Dim, &said.article)
        ))?;
    }
    Ok(())
}
