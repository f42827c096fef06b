//! `newsdex concordance --group`: the words that stand near matches.

use crate::answer::collocates::Collocates;
use crate::cli::args::{ConcordanceArgs, Neighbours};
use crate::cli::exit::Failure;
use crate::cli::form::Form;
use crate::cli::output::{Out, Role};
use crate::cli::screen::{pad, thousands, width};
use crate::query::{Collocate, Engine, Request, Side, collocates};

/// Words on a screen.
const PAGE: usize = 25;

/// Prints the words that are most attracted to the matches. Returns whether there are any.
pub(super) fn run(
    engine: &dyn Engine,
    request: &Request,
    side: Neighbours,
    understood: &str,
    args: &ConcordanceArgs,
    out: &mut Out,
) -> Result<bool, Failure> {
    let form = Form::from(&args.export);
    let side = match side {
        Neighbours::Left => Side::Left,
        Neighbours::Right => Side::Right,
        Neighbours::Both => Side::Both,
    };
    let limit = form.limit(args.limit, PAGE);
    let words = collocates(engine, request, side, args.window, limit)?;
    let answer = Collocates { request, understood, window: args.window, words: &words };
    out.answer(&answer, form, |out| show(&words, out))?;
    Ok(!words.is_empty())
}

fn show(words: &[Collocate], out: &mut Out) -> std::io::Result<()> {
    let columns = words.iter().map(|w| width(&w.word)).max().unwrap_or(0).clamp(4, 44);
    let head = format!(
        "  {:<columns$}  {:>8}  {:>9}  {:>14}",
        "word", "near", "elsewhere", "log-likelihood"
    );
    out.line(out.paint(Role::Dim, head))?;
    for w in words {
        out.line(format_args!(
            "  {}  {:>8}  {:>9}  {:>14.1}",
            pad(&w.word, columns),
            thousands(w.near),
            thousands(w.elsewhere),
            w.log_likelihood
        ))?;
    }
    Ok(())
}
