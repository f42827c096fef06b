//! `newsdex formats`: the formats that are read.

use serde_json::json;

use super::args::FormatsArgs;
use super::out::{Out, Role};
use super::{Ended, Outcome};
use crate::read::formats::FORMATS;

/// Prints a line for each format.
pub(super) fn run(args: &FormatsArgs, out: &mut Out) -> Ended {
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
