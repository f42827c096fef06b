//! `newsdex history`: what the last runs did.

use serde_json::Value;

use crate::answer::Answer;
use crate::answer::export::{Cell, Column, Kind, Row, column};
use crate::cli::args::{Global, HistoryArgs};
use crate::cli::exit::{CommandResult, Outcome};
use crate::cli::form::Form;
use crate::cli::output::{Out, Role};
use crate::cli::screen::thousands;
use crate::update::history::{Record, RunOutcome, records};

/// Runs on a screen.
const PAGE: usize = 10;

/// Runs the command.
pub(crate) fn run(args: &HistoryArgs, global: &Global, out: &mut Out) -> CommandResult {
    let form = Form::from(args.format);
    let mut runs = records(&global.index)?;
    let limit = match form {
        Form::Json => args.limit.unwrap_or(usize::MAX),
        _ => form.limit(args.limit, PAGE),
    };
    runs.drain(..runs.len().saturating_sub(limit));
    let runs = Runs(runs);
    out.answer(&runs, form, |out| show(&runs.0, out))?;
    Ok(Outcome::found(!runs.0.is_empty()))
}

/// The last runs, the latest at the end.
struct Runs(Vec<Record>);

impl Answer for Runs {
    fn json(&self) -> Value {
        self.0.iter().map(Row::json).collect()
    }

    fn columns(&self) -> Vec<Column> {
        vec![
            column("run", Kind::Count),
            column("began", Kind::Text),
            column("seconds", Kind::Real(1)),
            column("ending", Kind::Text),
            column("found", Kind::Count),
            column("read", Kind::Count),
            column("skipped", Kind::Count),
            column("added", Kind::Count),
            column("changed", Kind::Count),
            column("removed", Kind::Count),
        ]
    }

    fn rows(&self) -> impl Iterator<Item = impl Row> {
        self.0.iter()
    }
}

impl Row for Record {
    fn json(&self) -> Value {
        serde_json::to_value(self).unwrap_or_default()
    }

    fn cells(&self) -> Vec<Cell> {
        vec![
            Cell::Count(u64::from(self.run)),
            Cell::text(&self.began),
            Cell::Real(self.seconds),
            Cell::text(ending(self)),
            Cell::Count(self.files.found),
            Cell::Count(self.files.new + self.files.changed),
            Cell::Count(self.skipped.values().sum()),
            Cell::Count(self.articles.added),
            Cell::Count(self.articles.changed),
            Cell::Count(self.articles.removed),
        ]
    }
}

fn show(runs: &[Record], out: &mut Out) -> std::io::Result<()> {
    if runs.is_empty() {
        return out.line("No run is remembered.");
    }
    let head = format!(
        "{:>5}  {:<16} {:>9} {:>10} {:>10} {:>8}  articles",
        "run", "began", "seconds", "files", "read", "skipped"
    );
    out.line(out.paint(Role::Dim, head))?;
    for run in runs {
        let articles = format!(
            "+{} ~{} -{}",
            thousands(run.articles.added),
            thousands(run.articles.changed),
            thousands(run.articles.removed)
        );
        out.line(format_args!(
            "{:>5}  {:<16} {:>9.1} {:>10} {:>10} {:>8}  {articles}{}",
            run.run,
            minute(&run.began),
            run.seconds,
            thousands(run.files.found),
            thousands(run.files.new + run.files.changed),
            thousands(run.skipped.values().sum()),
            match &run.ending {
                RunOutcome::Done if run.rebuilt => "  built again".to_owned(),
                RunOutcome::Done => String::new(),
                _ => format!("  {}", ending(run)),
            }
        ))?;
    }
    Ok(())
}

/// `2026-11-22T03:00:12.5Z` to the minute, in UTC.
fn minute(began: &str) -> String {
    began.chars().take(16).collect::<String>().replace('T', " ")
}

fn ending(run: &Record) -> String {
    match &run.ending {
        RunOutcome::Done => "done".to_owned(),
        RunOutcome::Interrupted => "interrupted".to_owned(),
        RunOutcome::Killed => "killed".to_owned(),
        RunOutcome::Failed(why) => format!("failed: {why}"),
    }
}
