//! `newsdex explain`: the clauses of a query with what each finds.

use serde_json::{Value, json};

use crate::article::Span;
use crate::article::json;
use crate::cli::args::{ExplainArgs, Global};
use crate::cli::output::{Out, Role, counted, thousands};
use crate::cli::screen::{self, Format};
use crate::cli::{Ended, Outcome};
use crate::index::read::snapshot::Snapshot;
use crate::query::{Explained, explain};

/// Runs the command.
pub(crate) fn run(args: &ExplainArgs, global: &Global, out: &mut Out) -> Ended {
    let snapshot = Snapshot::open(&global.index)?;
    let request = screen::request(&args.query, &args.scope, global)?;
    let (explained, warnings) = explain(&snapshot, &request)?;
    screen::heed(&warnings, &args.scope)?;
    let query = request.query.as_str();
    match Format::of(args.format) {
        Format::Screen => {
            let head = format!("{}: {}", counted(explained.count, "article"), explained.clause);
            out.line(out.paint(Role::Dim, head))?;
            show(&explained, out)?;
        }
        Format::Json => out.pretty_json(&json!({
            "query": query,
            "understood": explained.clause,
            "total": explained.count,
            "clause": tree(&explained, query),
            "warnings": screen::warnings_json(&warnings),
        }))?,
        Format::Jsonl => {
            for (depth, clause) in outline(&explained, |c| &c.parts) {
                let mut row = clause_json(clause, query);
                row["depth"] = json!(depth);
                out.json(&row)?;
            }
        }
        Format::Csv => {
            let mut csv = out.csv(&["depth", "role", "clause", "count"])?;
            for (depth, clause) in outline(&explained, |c| &c.parts) {
                let numbers = [depth.to_string(), clause.count.to_string()];
                csv.write_record([&numbers[0], clause.role, &clause.clause, &numbers[1]])?;
            }
            csv.flush()?;
        }
    }
    Ok(if explained.count == 0 { Outcome::NothingFound } else { Outcome::Done })
}

/// A clause and those below it, each with its depth, as they are printed.
pub(crate) fn outline<'a, T>(root: &'a T, parts: impl Fn(&'a T) -> &'a [T]) -> Vec<(usize, &'a T)> {
    let mut rows = Vec::new();
    let mut waiting = vec![(0, root)];
    while let Some((depth, clause)) = waiting.pop() {
        rows.push((depth, clause));
        waiting.extend(parts(clause).iter().rev().map(|part| (depth + 1, part)));
    }
    rows
}

fn show(root: &Explained, out: &mut Out) -> std::io::Result<()> {
    let rows = outline(root, |c| &c.parts);
    let digits = rows.iter().map(|(_, c)| thousands(c.count).len()).max().unwrap_or(1);
    for (depth, clause) in rows {
        let count = out.paint(Role::Bar, format!("{:>digits$}", thousands(clause.count)));
        let text = if clause.parts.is_empty() {
            out.paint(Role::Match, &clause.clause)
        } else {
            clause.role.to_owned()
        };
        out.line(format_args!("  {count}  {}{text}", "  ".repeat(depth)))?;
    }
    Ok(())
}

fn clause_json(clause: &Explained, query: &str) -> Value {
    let end = clause.span.end.min(query.len());
    let span = Span { start: clause.span.start.min(end) as u32, end: end as u32 };
    json!({
        "clause": clause.clause,
        "role": clause.role,
        "span": json::spans(query, &[span])[0],
        "count": clause.count,
    })
}

fn tree(clause: &Explained, query: &str) -> Value {
    let mut value = clause_json(clause, query);
    value["parts"] = clause.parts.iter().map(|part| tree(part, query)).collect();
    value
}
