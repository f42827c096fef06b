//! `newsdex verify`: does a result still hold? And the receipt that `newsdex search` keeps of it.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::cli::args::{Global, VerifyArgs};
use crate::cli::output::{Out, Role, counted};
use crate::cli::screen::Format;
use crate::cli::{Ended, Failure, Outcome, aliases};
use crate::error::Error;
use crate::index::read::snapshot::Snapshot;
use crate::query::{Receipt, Request, Verification, receipt, verify};

/// Writes the receipt of what `request` matches.
pub(crate) fn keep(snapshot: &Snapshot, request: &Request, file: &Path) -> Result<(), Failure> {
    if request.any_words && request.expand {
        let message = "--receipt cannot be kept of --any with --expand, which finds by rank alone; \
                       leave one of them out";
        return Err(Error::Usage(message.into()).into());
    }
    let receipt = receipt(snapshot, request)?;
    let mut text = serde_json::to_string_pretty(&receipt).map_err(std::io::Error::from)?;
    text.push('\n');
    fs::write(file, text).map_err(Error::io("write", file))?;
    Ok(())
}

/// Runs the command.
pub(crate) fn run(args: &VerifyArgs, global: &Global, out: &mut Out) -> Ended {
    let then = read(&args.receipt)?;
    let snapshot = Snapshot::open(&global.index)?;
    let verified = verify(&snapshot, &then, &aliases::load(global)?)?;
    match Format::of(args.format) {
        Format::Screen => show(&verified, out)?,
        Format::Json => out.pretty_json(&json!({
            "query": then.query,
            "holds": verified.holds,
            "differences": verified.differences.iter().map(difference).collect::<Vec<_>>(),
            "then": then,
            "now": verified.now,
        }))?,
        Format::Jsonl => {
            for row in &verified.differences {
                out.json(&difference(row))?;
            }
        }
        Format::Csv => {
            let mut csv = out.csv(&["name", "then", "now"])?;
            for (name, then, now) in &verified.differences {
                csv.write_record([*name, then, now])?;
            }
            csv.flush()?;
        }
    }
    Ok(if verified.holds { Outcome::Done } else { Outcome::NothingFound })
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

fn difference((name, then, now): &(&'static str, String, String)) -> Value {
    json!({ "name": name, "then": then, "now": now })
}

fn show(verified: &Verification, out: &mut Out) -> std::io::Result<()> {
    let now = &verified.now;
    let noun = now.target.trim_end_matches('s');
    let verdict = if verified.holds { "holds" } else { "does not hold" };
    let query = out.paint(Role::Match, &now.query);
    out.line(format_args!("{verdict}: {query}, {} now", counted(now.total, noun)))?;
    for (name, then, now) in &verified.differences {
        out.line(format_args!("  {name:<10}  then {then}"))?;
        out.line(format_args!("  {:<10}  now  {now}", ""))?;
    }
    Ok(())
}
