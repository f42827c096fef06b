//! `newsdex explain`: the clauses of a query with what each finds.

use crate::answer::explain::{Explanation, outline};
use crate::cli::args::{ExplainArgs, Global};
use crate::cli::exit::{CommandResult, Outcome};
use crate::cli::form::Form;
use crate::cli::open_index;
use crate::cli::output::{Out, Role};
use crate::cli::request::{print_warnings, request};
use crate::cli::screen::{counted, thousands};
use crate::query::{Explained, explain};

/// Runs the command.
pub(crate) fn run(args: &ExplainArgs, global: &Global, out: &mut Out) -> CommandResult {
    let engine = open_index::open(global)?;
    let request = request(&args.query, &args.scope, global)?;
    let (clause, warnings) = explain(&*engine, &request)?;
    print_warnings(&warnings);
    let answer = Explanation { query: &request.query, clause: &clause, warnings: &warnings };
    out.answer(&answer, Form::from(args.format), |out| show(&clause, out))?;
    Ok(Outcome::found(clause.count > 0))
}

fn show(root: &Explained, out: &mut Out) -> std::io::Result<()> {
    let head = format!("{}: {}", counted(root.count, "article"), root.clause);
    out.line(out.paint(Role::Dim, head))?;
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
