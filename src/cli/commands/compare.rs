//! `newsdex compare`: the words and values that set the articles of two queries apart.

use serde_json::{Value, json};

use crate::cli::args::{CompareArgs, Global};
use crate::cli::output::{Out, Role, counted, thousands};
use crate::cli::screen::{self, Format};
use crate::cli::{Ended, Outcome};
use crate::index::read::snapshot::Snapshot;
use crate::query::{Comparison, Key, compare};

/// Keys of each set on a screen.
const PAGE: usize = 10;
/// Chance gives this log-likelihood in one case of twenty (χ², one degree of freedom); the screen shows no lower ones.
const SURE: f64 = 3.84;

/// Runs the command.
pub(crate) fn run(args: &CompareArgs, global: &Global, out: &mut Out) -> Ended {
    let snapshot = Snapshot::open(&global.index)?;
    let queries = [&args.first, &args.second];
    let first = screen::request(std::slice::from_ref(&args.first), &args.scope, global)?;
    let second = screen::request(std::slice::from_ref(&args.second), &args.scope, global)?;
    let format = Format::of(args.format);
    let compared = compare(&snapshot, &first, &second, format.limit(args.limit, PAGE))?;
    for warnings in &compared.warnings {
        screen::heed(warnings, &args.scope)?;
    }
    match format {
        Format::Screen => show(queries, &compared, out)?,
        Format::Json => out.pretty_json(&json!({
            "queries": queries,
            "articles": compared.articles,
            "words": compared.words,
            "key_words": compared.key_words.iter().map(key_json).collect::<Vec<_>>(),
            "facets": compared.facets.iter().map(|(field, keys)| json!({
                "field": field.name(), "values": keys.iter().map(key_json).collect::<Vec<_>>(),
            })).collect::<Vec<_>>(),
            "warnings": compared.warnings.iter().map(|w| screen::warnings_json(w)).collect::<Vec<_>>(),
        }))?,
        Format::Jsonl => {
            for (field, key) in rows(&compared) {
                let mut row = key_json(key);
                row["field"] = json!(field);
                out.json(&row)?;
            }
        }
        Format::Csv => {
            let mut csv = out.csv(&["field", "value", "first", "second", "log_likelihood"])?;
            for (field, key) in rows(&compared) {
                csv.write_record([
                    field,
                    &key.value,
                    &key.first.to_string(),
                    &key.second.to_string(),
                    &format!("{:.2}", key.log_likelihood),
                ])?;
            }
            csv.flush()?;
        }
    }
    Ok(if compared.articles.contains(&0) { Outcome::NothingFound } else { Outcome::Done })
}

/// All keys, each with the field that it is a value of.
fn rows(compared: &Comparison) -> impl Iterator<Item = (&'static str, &Key)> {
    let words = compared.key_words.iter().map(|key| ("word", key));
    words.chain(
        compared.facets.iter().flat_map(|(field, keys)| keys.iter().map(|k| (field.name(), k))),
    )
}

fn key_json(key: &Key) -> Value {
    json!({
        "value": key.value,
        "first": key.first,
        "second": key.second,
        "log_likelihood": key.log_likelihood,
    })
}

fn show(queries: [&String; 2], compared: &Comparison, out: &mut Out) -> std::io::Result<()> {
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
        let line = format!("  {:<half$}  {}", cell(&first), cell(&second));
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
    let value: String = key.value.chars().take(room).collect();
    format!("{value:<room$} {numbers}")
}
