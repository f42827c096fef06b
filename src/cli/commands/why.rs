//! `newsdex why`: which clauses of a query an article fulfils and where, and which keep it from being found.

use serde_json::{Value, json};

use super::explain::outline;
use crate::article::json;
use crate::article::{Article, Span};
use crate::cli::args::{Global, WhyArgs};
use crate::cli::output::{Out, Role, thousands};
use crate::cli::screen::{self, Format};
use crate::cli::{Ended, Outcome};
use crate::index::read::snapshot::Snapshot;
use crate::query::{Why, parse, why};

/// Places of a clause on a screen.
const PLACES: usize = 3;
/// Characters on either side of a place.
const CONTEXT: usize = 30;

/// Runs the command.
pub(crate) fn run(args: &WhyArgs, global: &Global, out: &mut Out) -> Ended {
    let snapshot = Snapshot::open(&global.index)?;
    let request = screen::request(std::slice::from_ref(&args.query), &args.scope, global)?;
    let (_, warnings) = parse(&request.query);
    screen::heed(&warnings, &args.scope)?;
    let (why, article) = why(&snapshot, &request, &args.id)?;
    match Format::of(args.format) {
        Format::Screen => show(&why, &article, out)?,
        Format::Json => out.pretty_json(&json!({
            "query": request.query,
            "id": article.id,
            "found": why.holds,
            "because": reasons(&why),
            "clause": tree(&why, &article),
            "warnings": screen::warnings_json(&warnings),
        }))?,
        Format::Jsonl => {
            for (depth, clause) in outline(&why, |c| &c.parts) {
                let mut row = clause_json(clause, &article);
                row["depth"] = json!(depth);
                out.json(&row)?;
            }
        }
        Format::Csv => {
            let mut csv = out.csv(&["depth", "role", "clause", "holds", "places"])?;
            for (depth, clause) in outline(&why, |c| &c.parts) {
                let numbers = [depth.to_string(), clause.places.len().to_string()];
                let holds = if clause.holds { "true" } else { "false" };
                csv.write_record([&numbers[0], clause.role, &clause.clause, holds, &numbers[1]])?;
            }
            csv.flush()?;
        }
    }
    Ok(if why.holds { Outcome::Done } else { Outcome::NothingFound })
}

/// The smallest clauses that decide: those that hold if the article is found, else those that it lacks or that
/// exclude it.
fn reasons(why: &Why) -> Vec<&str> {
    let decide = |part: &&Why| part.holds == why.holds;
    if why.parts.is_empty() || why.role == "not" {
        return vec![&why.clause];
    }
    why.parts.iter().filter(decide).flat_map(reasons).collect()
}

fn show(why: &Why, article: &Article, out: &mut Out) -> std::io::Result<()> {
    let verdict = if why.holds { "found, because of" } else { "not found, because of" };
    let reasons = reasons(why).join(", ");
    out.line(format_args!("{verdict} {}", out.paint(Role::Match, reasons)))?;
    let title = article.title.as_deref().map(screen::one_line).unwrap_or_default();
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
            let text = screen::excerpt(&article.body, around, &[place], out);
            out.line(format_args!("{indent}    …{}…", text.trim()))?;
        }
    }
    Ok(())
}

/// The place with some text around it.
fn around(body: &str, place: Span) -> Span {
    let (before, behind) = (&body[..place.start as usize], &body[place.end as usize..]);
    let start = before.char_indices().rev().nth(CONTEXT - 1).map_or(0, |(at, _)| at);
    let end = behind.char_indices().nth(CONTEXT).map_or(behind.len(), |(at, _)| at);
    Span { start: start as u32, end: place.end + end as u32 }
}

fn clause_json(clause: &Why, article: &Article) -> Value {
    let spans = json::spans(&article.body, &clause.places);
    let place =
        |(span, place): ([u32; 2], &Span)| json!({ "span": span, "text": place.of(&article.body) });
    json!({
        "clause": clause.clause,
        "role": clause.role,
        "holds": clause.holds,
        "places": spans.into_iter().zip(&clause.places).map(place).collect::<Vec<_>>(),
    })
}

fn tree(clause: &Why, article: &Article) -> Value {
    let mut value = clause_json(clause, article);
    value["parts"] = clause.parts.iter().map(|part| tree(part, article)).collect();
    value
}
