//! `newsdex read-pdf`: reads the PDF on standard input and prints what is in it, for the program that started it.

use std::io;

use crate::cli::exit::{CommandResult, Outcome};
use crate::cli::output::Out;
use crate::read;

/// Runs the command.
pub(crate) fn run(out: &mut Out) -> CommandResult {
    let answer = read::pdf_answer(&mut io::stdin().lock())?;
    out.own_text(&answer)?;
    Ok(Outcome::Done)
}
