//! `newsdex completions`: a script that completes commands in a shell.

use clap::CommandFactory;
use clap_complete::Shell;

use crate::cli::args::Args;
use crate::cli::exit::{CommandResult, Outcome};
use crate::cli::output::Out;

/// Runs the command.
pub(crate) fn run(shell: Shell, out: &mut Out) -> CommandResult {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Args::command(), "newsdex", &mut script);
    out.own_text(&String::from_utf8_lossy(&script))?;
    Ok(Outcome::Done)
}
