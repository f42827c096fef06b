//! `newsdex concordance --group`: the words that stand near matches.

use serde_json::{Value, json};

use crate::answer::export::{Cell, Column, Kind, Table, column};
use crate::cli::Failure;
use crate::cli::args::{ConcordanceArgs, Neighbours};
use crate::cli::output::{Out, Role, thousands};
use crate::cli::screen::{self, Format};
use crate::index::read::snapshot::Snapshot;
use crate::query::{Collocate, Request, Side, collocates};

/// Words on a screen.
const PAGE: usize = 25;
/// Columns of an export.
const COLUMNS: [Column; 4] = [
    column("word", Kind::Text),
    column("near", Kind::Count),
    column("elsewhere", Kind::Count),
    column("log_likelihood", Kind::Real(2)),
];

/// Prints the words that are most drawn to the matches. Are there any?
pub(crate) fn run(
    snapshot: &Snapshot,
    request: &Request,
    side: Neighbours,
    understood: &str,
    args: &ConcordanceArgs,
    out: &mut Out,
) -> Result<bool, Failure> {
    let format = Format::of_export(&args.export);
    let side = match side {
        Neighbours::Left => Side::Left,
        Neighbours::Right => Side::Right,
        Neighbours::Both => Side::Both,
    };
    let limit = format.limit(args.limit, PAGE);
    let words = collocates(snapshot, request, side, args.window, limit)?;
    match format {
        Format::Screen => show_words(&words, out)?,
        Format::Json => out.pretty_json(&json!({
            "query": request.query,
            "window": args.window,
            "words": words.iter().map(word_json).collect::<Vec<_>>(),
        }))?,
        Format::Jsonl => {
            for word in &words {
                out.json(&screen::with_query(word_json(word), understood))?;
            }
        }
        Format::Csv => {
            let mut table = Table::new(&args.export, &COLUMNS, understood, out)?;
            for w in &words {
                table.row([
                    Cell::text(&w.word),
                    Cell::Count(w.near),
                    Cell::Count(w.elsewhere),
                    Cell::Real(w.log_likelihood),
                ])?;
            }
            table.finish()?;
        }
    }
    Ok(!words.is_empty())
}

fn word_json(word: &Collocate) -> Value {
    json!({
        "word": word.word,
        "near": word.near,
        "elsewhere": word.elsewhere,
        "log_likelihood": word.log_likelihood,
    })
}

fn show_words(words: &[Collocate], out: &mut Out) -> std::io::Result<()> {
    let width = words.iter().map(|w| w.word.chars().count()).max().unwrap_or(0).clamp(4, 44);
    let head = format!(
        "  {:<width$}  {:>8}  {:>9}  {:>14}",
        "word", "near", "elsewhere", "log-likelihood"
    );
    out.line(out.paint(Role::Dim, head))?;
    for w in words {
        out.line(format_args!(
            "  {:<width$}  {:>8}  {:>9}  {:>14.1}",
            w.word,
            thousands(w.near),
            thousands(w.elsewhere),
            w.log_likelihood
        ))?;
    }
    Ok(())
}
