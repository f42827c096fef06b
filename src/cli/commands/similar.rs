//! `newsdex similar`: articles like one.

use serde_json::json;

use crate::cli::args::{Global, SimilarArgs};
use crate::cli::output::{Out, Role, counted};
use crate::cli::screen::Format;
use crate::cli::screen::articles;
use crate::cli::{Ended, Outcome};
use crate::index::read::snapshot::Snapshot;
use crate::query::similar;

/// Runs the command.
pub(crate) fn run(args: &SimilarArgs, global: &Global, out: &mut Out) -> Ended {
    let snapshot = Snapshot::open(&global.index)?;
    let hits = similar(&snapshot, &args.id, args.limit)?;
    match Format::of_export(&args.export) {
        Format::Screen => {
            let head = format!("{} like {}", counted(hits.len() as u64, "article"), args.id);
            out.line(out.paint(Role::Dim, head))?;
            for (n, hit) in hits.iter().enumerate() {
                out.line("")?;
                articles::show(n + 1, hit, out)?;
            }
        }
        Format::Json => out.pretty_json(&json!({
            "id": args.id,
            "hits": hits.iter().map(articles::json).collect::<Vec<_>>(),
        }))?,
        Format::Jsonl | Format::Csv => {
            let query = format!("similar {}", args.id);
            let mut sink = articles::Sink::new(&args.export, &query, out)?;
            for hit in &hits {
                sink.write(hit)?;
            }
            sink.finish()?;
        }
    }
    Ok(if hits.is_empty() { Outcome::NothingFound } else { Outcome::Done })
}
