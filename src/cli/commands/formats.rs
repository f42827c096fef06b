//! `newsdex formats`: the formats that are read.

use serde_json::json;

use crate::cli::args::FormatsArgs;
use crate::cli::exit::{CommandResult, Outcome};
use crate::cli::output::{Out, Role};
use crate::read::formats::FORMATS;

/// Prints a line for each format.
pub(crate) fn run(args: &FormatsArgs, out: &mut Out) -> CommandResult {
    for format in FORMATS {
        if args.json {
            out.json(&json!({
                "name": format.name,
                "title": format.title,
                "endings": format.endings,
            }))?;
        } else {
            let name = out.paint(Role::Title, format!("{:<10}", format.name));
            let endings = out.paint(Role::Dim, format.endings.join(", "));
            out.line(format_args!("{name} {}  {endings}", format.title))?;
        }
    }
    Ok(Outcome::Done)
}
