//! `newsdex compare`: the words and values that distinguish the articles of two queries.

use std::slice::from_ref;

use crate::answer::comparison::Compared;
use crate::cli::args::{CompareArgs, Global};
use crate::cli::exit::{CommandResult, Outcome};
use crate::cli::form::Form;
use crate::cli::open_index;
use crate::cli::output::{Out, Role};
use crate::cli::request::{print_warnings, request};
use crate::cli::screen::{counted, pad, thousands, truncate};
use crate::query::{Comparison, Key, compare};

/// Keys of each set on a screen.
const PAGE: usize = 10;
/// The lowest log-likelihood on a screen: it arises by chance in one case of twenty (χ², one degree of freedom).
const SURE: f64 = 3.84;

/// Runs the command.
pub(crate) fn run(args: &CompareArgs, global: &Global, out: &mut Out) -> CommandResult {
    let engine = open_index::open(global)?;
    let first = request(from_ref(&args.first), &args.scope, global)?;
    let second = request(from_ref(&args.second), &args.scope, global)?;
    let form = Form::from(args.format);
    let found = compare(&*engine, &first, &second, form.limit(args.limit, PAGE))?;
    for warnings in &found.warnings {
        print_warnings(warnings);
    }
    let queries = [args.first.as_str(), args.second.as_str()];
    let answer = Compared { queries, found: &found };
    out.answer(&answer, form, |out| show(queries, &found, out))?;
    Ok(Outcome::found(!found.articles.contains(&0)))
}

fn show(queries: [&str; 2], compared: &Comparison, out: &mut Out) -> std::io::Result<()> {
    for (n, query) in queries.into_iter().enumerate() {
        out.line(format_args!(
            "{} {}  {}",
            ["A", "B"][n],
            out.paint(Role::Match, query),
            out.paint(
                Role::Dim,
                format!(
                    "{}, {}",
                    counted(compared.articles[n], "article"),
                    counted(compared.words[n], "word")
                )
            )
        ))?;
    }
    table("words", &compared.key_words, out)?;
    for (field, keys) in &compared.facets {
        table(field.name(), keys, out)?;
    }
    Ok(())
}

/// The keys of the first set beside those of the second.
fn table(title: &str, keys: &[Key], out: &mut Out) -> std::io::Result<()> {
    let sure = keys.iter().filter(|key| key.log_likelihood.abs() >= SURE);
    let (first, second): (Vec<_>, Vec<_>) = sure.partition(|key| key.log_likelihood > 0.0);
    if first.is_empty() && second.is_empty() {
        return Ok(());
    }
    let half = out.width().saturating_sub(4) / 2;
    out.line("")?;
    out.line(format_args!(
        "{}  {}",
        out.paint(Role::Title, title),
        out.paint(Role::Dim, "more in A | more in B: log-likelihood, count in A, count in B")
    ))?;
    for n in 0..first.len().max(second.len()) {
        let cell = |keys: &[&Key]| keys.get(n).map_or(String::new(), |key| cell(key, half));
        let line = format!("  {}  {}", pad(&cell(&first), half), cell(&second));
        out.line(line.trim_end())?;
    }
    Ok(())
}

/// A key in `width` columns.
fn cell(key: &Key, width: usize) -> String {
    let numbers = format!(
        "{:>8.1} {:>6} {:>6}",
        key.log_likelihood.abs(),
        thousands(key.first),
        thousands(key.second)
    );
    let room = width.saturating_sub(numbers.len() + 1);
    format!("{} {numbers}", pad(truncate(&key.value, room), room))
}
