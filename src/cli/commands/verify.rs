//! `newsdex verify`: whether a result still holds, by the receipt that `newsdex search` wrote of it.

use std::fs;
use std::path::Path;

use crate::answer::receipt::{Verified, text};
use crate::cli::aliases;
use crate::cli::args::{Global, VerifyArgs};
use crate::cli::exit::{CommandResult, Failure, Outcome};
use crate::cli::form::Form;
use crate::cli::open_index;
use crate::cli::output::{Out, Role};
use crate::cli::request::limits;
use crate::cli::screen::counted;
use crate::error::Error;
use crate::query::{Engine, Receipt, Request, Verification, receipt, verify};

/// Writes the receipt of what `request` matches.
pub(super) fn write_receipt(
    engine: &dyn Engine,
    request: &Request,
    file: &Path,
) -> Result<(), Failure> {
    if request.any_words && request.expand {
        let message = "--receipt cannot be kept of --any with --expand, which finds by rank alone; \
                       leave one of them out";
        return Err(Error::Usage(message.into()).into());
    }
    let text = text(&receipt(engine, request)?)?;
    fs::write(file, text).map_err(Error::io("write", file))?;
    Ok(())
}

/// Runs the command.
pub(crate) fn run(args: &VerifyArgs, global: &Global, out: &mut Out) -> CommandResult {
    let then = read(&args.receipt)?;
    let limits = limits(args.time)?;
    let found = verify(&*open_index::open(global)?, &then, &aliases::load(global)?, &limits)?;
    let answer = Verified { then: &then, found: &found };
    out.answer(&answer, Form::from(args.format), |out| show(&found, out))?;
    Ok(Outcome::found(found.holds))
}

fn read(file: &Path) -> Result<Receipt, Error> {
    let text = fs::read_to_string(file).map_err(Error::io("read", file))?;
    serde_json::from_str(&text).map_err(|error| {
        Error::Usage(format!(
            "{} is no receipt ({error}); search --receipt writes one",
            file.display()
        ))
    })
}

fn show(verified: &Verification, out: &mut Out) -> std::io::Result<()> {
    let now = &verified.now;
    let noun = now.target.trim_end_matches('s');
    let verdict = match (verified.holds, verified.has_moved) {
        (true, false) => "holds",
        (true, true) => "holds under other ids",
        (false, _) => "does not hold",
    };
    let query = out.paint(Role::Match, &now.query);
    out.line(format_args!("{verdict}: {query}, {} now", counted(now.total, noun)))?;
    for (name, then, now) in &verified.differences {
        out.line(format_args!("  {name:<10}  then {then}"))?;
        out.line(format_args!("  {:<10}  now  {now}", ""))?;
    }
    Ok(())
}
