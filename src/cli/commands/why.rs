//! `newsdex why`: which clauses of a query an article fulfils and where, and which keep it from being found.

use std::slice::from_ref;

use crate::answer::explain::outline;
use crate::answer::one_line;
use crate::answer::why::{Reasons, reasons};
use crate::article::{Article, Span};
use crate::cli::args::{Global, WhyArgs};
use crate::cli::exit::{CommandResult, Outcome};
use crate::cli::form::Form;
use crate::cli::open_index;
use crate::cli::output::{Out, Role};
use crate::cli::request::{print_warnings, request};
use crate::cli::screen::{excerpt, thousands};
use crate::query::{Why, parse, why};

/// Places of a clause on a screen.
const PLACES: usize = 3;
/// Characters on either side of a place.
const CONTEXT: usize = 30;

/// Runs the command.
pub(crate) fn run(args: &WhyArgs, global: &Global, out: &mut Out) -> CommandResult {
    let engine = open_index::open(global)?;
    let request = request(from_ref(&args.query), &args.scope, global)?;
    let (why, article) = why(&*engine, &request, &args.id)?;
    let (_, warnings) = parse(&request.query);
    print_warnings(&warnings);
    let answer =
        Reasons { query: &request.query, article: &article, why: &why, warnings: &warnings };
    out.answer(&answer, Form::from(args.format), |out| show(&why, &article, out))?;
    Ok(Outcome::found(why.holds))
}

fn show(why: &Why, article: &Article, out: &mut Out) -> std::io::Result<()> {
    let verdict = if why.holds { "found, because of" } else { "not found, because of" };
    let reasons = reasons(why).join(", ");
    out.line(format_args!("{verdict} {}", out.paint(Role::Match, reasons)))?;
    let title = article.title.as_deref().map(one_line).unwrap_or_default();
    out.line(out.paint(Role::Title, title))?;
    out.line(out.paint(Role::Dim, &article.id))?;
    out.line("")?;
    for (depth, clause) in outline(why, |c| &c.parts) {
        show_clause(depth, clause, article, out)?;
    }
    Ok(())
}

fn show_clause(
    depth: usize,
    clause: &Why,
    article: &Article,
    out: &mut Out,
) -> std::io::Result<()> {
    let mark = if clause.holds { "✓" } else { "✗" };
    let indent = "  ".repeat(depth);
    let leaf = clause.parts.is_empty();
    let text = if leaf { &clause.clause } else { clause.role };
    let count = match clause.places.len() {
        n if n > 0 && leaf => out.paint(Role::Dim, format!("  {}×", thousands(n as u64))),
        _ => String::new(),
    };
    out.line(format_args!("{indent}{mark} {text}{count}"))?;
    if leaf {
        for &place in clause.places.iter().take(PLACES) {
            let around = around(&article.body, place);
            let text = excerpt(&article.body, around, &[place], out);
            out.line(format_args!("{indent}    …{}…", text.trim()))?;
        }
    }
    Ok(())
}

/// A place of the body with up to `CONTEXT` characters on either side.
fn around(body: &str, place: Span) -> Span {
    let (before, behind) = (&body[..place.start as usize], &body[place.end as usize..]);
    let start = before.char_indices().rev().nth(CONTEXT - 1).map_or(0, |(at, _)| at);
    let end = behind.char_indices().nth(CONTEXT).map_or(behind.len(), |(at, _)| at);
    Span { start: start as u32, end: place.end + end as u32 }
}
