//! The command line: what was typed ([`args`]) goes to one of the [`commands`], which asks the library and prints the
//! answer on a [`screen`] or in a form of [`crate::answer`]. Advice on what to type next is given here alone.

pub mod args;

mod commands;

mod advice;
mod aliases;
mod colours;
mod form;
mod open_index;
mod request;

mod exit;
mod output;
mod progress_bar;
mod screen;
mod shell_words;
mod signals;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;

use args::{Args, Command, as_the_grammar_takes_them};
use exit::CommandResult;
use output::Out;

use crate::pdf::process;

/// Runs the program.
pub fn main() -> ExitCode {
    let args = match Args::try_parse_from(as_the_grammar_takes_them(std::env::args_os())) {
        Ok(args) => args,
        Err(answer) => return exit::without_command(answer),
    };
    if let Some(program) = own_program() {
        process::set_program(program);
    }
    let mut out = Out::new(args.global.color);
    exit::code(run(args, &mut out).and_then(|outcome| {
        out.flush()?;
        Ok(outcome)
    }))
}

/// This program, as it can be started again even after another version of it took its place.
fn own_program() -> Option<PathBuf> {
    if cfg!(target_os = "linux") {
        return Some(PathBuf::from("/proc/self/exe"));
    }
    std::env::current_exe().ok()
}

fn run(args: Args, out: &mut Out) -> CommandResult {
    let global = args.global;
    match args.command {
        Command::Index(args) => commands::index::run(&args, &global, out),
        Command::Search(args) => commands::search::run(&args, &global, out),
        Command::Facets(args) => commands::facets::run(&args, &global, out),
        Command::Quotes(args) => commands::quotes::run(&args, &global, out),
        Command::People(args) => commands::people::run(&args, &global, out),
        Command::Show(args) => commands::show::run(&args, &global, out),
        Command::Timeline(args) => commands::timeline::run(&args, &global, out),
        Command::Concordance(args) => commands::concordance::run(&args, &global, out),
        Command::Similar(args) => commands::similar::run(&args, &global, out),
        Command::Compare(args) => commands::compare::run(&args, &global, out),
        Command::Explain(args) => commands::explain::run(&args, &global, out),
        Command::Why(args) => commands::why::run(&args, &global, out),
        Command::Verify(args) => commands::verify::run(&args, &global, out),
        Command::Trec(args) => commands::trec::run(&args, &global, out),
        Command::Stats(args) => commands::stats::run(&args, &global, out),
        Command::History(args) => commands::history::run(&args, &global, out),
        Command::Diff(args) => commands::diff::run(&args, &global, out),
        Command::Check(args) => commands::check::run(&args, &global, out),
        Command::Schedule(args) => commands::schedule::run(&args, &global, out),
        Command::Extract(args) => commands::extract::run(&args, out),
        Command::Formats(args) => commands::formats::run(&args, out),
        Command::Completions { shell } => commands::completions::run(shell, out),
        Command::ReadPdf => commands::read_pdf::run(out),
        Command::Man => commands::man::run(out),
    }
}
