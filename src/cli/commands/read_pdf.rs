//! `newsdex read-pdf`: reads the PDF on standard input and prints what is in it, for the program that started it.

use std::io::{self, IsTerminal};

use crate::answer::export::JsonLine;
use crate::cli::exit::{CommandResult, Outcome};
use crate::cli::output::Out;
use crate::read;

/// Runs the command.
pub(crate) fn run(out: &mut Out) -> CommandResult {
    let mut input = io::stdin().lock();
    if input.is_terminal() {
        let why = "read-pdf is for newsdex itself; to read a PDF, try newsdex extract FILE";
        return Err(io::Error::new(io::ErrorKind::InvalidInput, why).into());
    }
    out.json_line(&JsonLine::of(&read::pdf_answer(&mut input)?))?;
    Ok(Outcome::Done)
}
