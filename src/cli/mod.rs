//! The command line: arguments in, screens out, exit codes. Each command is a file; what it shows comes from `query`
//! and `run`.

pub mod args;
pub mod output;

mod commands;

mod advice;
mod aliases;
mod screen;

use std::io;
use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use crate::error::Error;
use args::{Args, Command};
use output::Out;

/// How a command ended, as scripts see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// 0.
    Done,
    /// 1: nothing matched, or what was asked about does not hold.
    NothingFound,
    /// 3: done, but some files could not be read.
    Skipped,
    /// 4: stopped by a signal.
    Interrupted,
}

/// What a failure exits with.
const FAILED: u8 = 2;

impl Outcome {
    fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::NothingFound => 1,
            Self::Skipped => 3,
            Self::Interrupted => 4,
        }
    }
}

/// Why a command failed.
#[derive(Debug)]
pub enum Failure {
    /// The library says why.
    Library(Error),
    /// Standard output could not be written.
    Output(io::Error),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Library(error)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

impl From<csv::Error> for Failure {
    fn from(error: csv::Error) -> Self {
        Self::Output(error.into())
    }
}

/// What a command gives.
pub type Ended = Result<Outcome, Failure>;

/// Runs the program.
pub fn main() -> ExitCode {
    let args = Args::parse_from(args::with_exclusions(std::env::args_os()));
    let mut out = Out::new(args.global.color);
    let ended = run(args, &mut out).and_then(|outcome| {
        out.flush()?;
        Ok(outcome)
    });
    match ended {
        Ok(outcome) => ExitCode::from(outcome.code()),
        // `| head` has read what it wanted.
        Err(Failure::Output(error)) if error.kind() == io::ErrorKind::BrokenPipe => {
            ExitCode::SUCCESS
        }
        Err(Failure::Output(error)) => fail(&format!("cannot write the output: {error}")),
        Err(Failure::Library(error)) => fail(&advice::message(&error)),
    }
}

fn run(args: Args, out: &mut Out) -> Ended {
    let global = args.global;
    match args.command {
        Command::Index(args) => commands::index::run(&args, &global, out),
        Command::History(args) => commands::history::run(&args, &global, out),
        Command::Diff(args) => commands::diff::run(&args, &global, out),
        Command::Check(args) => commands::check::run(&args, &global, out),
        Command::Schedule(args) => commands::schedule::run(&args, &global, out),
        Command::Extract(args) => commands::extract::run(&args, out),
        Command::Formats(args) => commands::formats::run(&args, out),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Args::command(), "newsdex", &mut script);
            print_bytes(&script, out)
        }
        Command::Man => {
            let mut page = Vec::new();
            clap_mangen::Man::new(Args::command()).render(&mut page)?;
            print_bytes(&page, out)
        }
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
    }
}

fn print_bytes(bytes: &[u8], out: &mut Out) -> Ended {
    out.line(String::from_utf8_lossy(bytes).trim_end())?;
    Ok(Outcome::Done)
}

#[expect(clippy::print_stderr, reason = "the one place where the program complains")]
fn warn(message: &str) {
    eprintln!("newsdex: {message}");
}

fn fail(message: &str) -> ExitCode {
    warn(message);
    ExitCode::from(FAILED)
}
