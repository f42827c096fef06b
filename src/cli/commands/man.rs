//! `newsdex man`: the manual page.

use clap::CommandFactory;
use clap_mangen::Man;

use crate::cli::args::Args;
use crate::cli::exit::{CommandResult, Outcome};
use crate::cli::output::Out;

/// Runs the command.
pub(crate) fn run(out: &mut Out) -> CommandResult {
    let mut page = Vec::new();
    Man::new(Args::command()).render(&mut page)?;
    out.own_text(&String::from_utf8_lossy(&page))?;
    Ok(Outcome::Done)
}
