//! `newsdex similar`: articles like one.

use crate::answer::articles::Similar;
use crate::cli::args::{Global, SimilarArgs};
use crate::cli::exit::{CommandResult, Outcome};
use crate::cli::form::Form;
use crate::cli::output::{Out, Role};
use crate::cli::request::limits;
use crate::cli::{open_index, screen};
use crate::query::similar;

/// Runs the command.
pub(crate) fn run(args: &SimilarArgs, global: &Global, out: &mut Out) -> CommandResult {
    let hits = similar(&*open_index::open(global)?, &args.id, args.limit, &limits(args.time)?)?;
    let answer = Similar { id: &args.id, hits: &hits };
    out.answer(&answer, Form::from(&args.export), |out| {
        let articles = screen::counted(hits.len() as u64, "article");
        out.line(out.paint(Role::Dim, format!("{articles} like {}", args.id)))?;
        for (n, hit) in hits.iter().enumerate() {
            out.line("")?;
            screen::article(n + 1, hit, out)?;
        }
        Ok(())
    })?;
    Ok(Outcome::found(!hits.is_empty()))
}
