//! How a command ends: exit codes, and failures.

use std::io::{self, Write};
use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue};

use super::advice;
use crate::answer::printable::printable;
use crate::error::Error;

/// How a command ended that did not fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// 0.
    Done,
    /// 1: nothing matched, or what was asked about does not hold.
    NothingFound,
    /// 3: done, but some files could not be read.
    Skipped,
    /// 4: stopped by a signal.
    Interrupted,
}

/// The exit code of a failure.
pub(super) const FAILED: u8 = 2;

impl Outcome {
    /// The exit code.
    pub(super) fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::NothingFound => 1,
            Self::Skipped => 3,
            Self::Interrupted => 4,
        }
    }

    /// `Done` if something was found.
    pub(super) fn found(something: bool) -> Self {
        if something { Self::Done } else { Self::NothingFound }
    }
}

/// Why a command failed.
#[derive(Debug)]
pub(super) enum Failure {
    /// The library says why.
    Library(Error),
    /// What was typed is none of those that are listed.
    NotListed {
        /// What is wrong.
        message: String,
        /// A line for each that could be typed.
        list: Vec<String>,
    },
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

/// The result of a command.
pub(super) type CommandResult = Result<Outcome, Failure>;

/// The exit code of the program; says on standard error why a command failed.
pub(super) fn code(ended: CommandResult) -> ExitCode {
    let message = match ended {
        Ok(outcome) => return ExitCode::from(outcome.code()),
        // `| head` has read what it wanted.
        Err(Failure::Output(error) | Failure::Library(Error::Io { source: error, .. }))
            if error.kind() == io::ErrorKind::BrokenPipe =>
        {
            return ExitCode::SUCCESS;
        }
        Err(Failure::Output(error)) => format!("cannot write the output: {error}"),
        Err(Failure::Library(error)) => advice::message(&error),
        Err(Failure::NotListed { message, list }) => {
            warn(&message);
            for line in list {
                say(&line);
            }
            return ExitCode::from(FAILED);
        }
    };
    warn(&message);
    ExitCode::from(FAILED)
}

/// The exit code where nothing is to be run: prints the help that was asked for, or what is wrong with what was typed.
pub(super) fn without_command(answer: clap::Error) -> ExitCode {
    let answer = with_printable_words(answer);
    let printed = answer.print().and_then(|()| io::stdout().flush());
    if answer.use_stderr() {
        return ExitCode::from(FAILED);
    }
    code(printed.map(|()| Outcome::Done).map_err(Failure::Output))
}

/// The error with stand-ins in the words that it repeats of what was typed.
fn with_printable_words(mut error: clap::Error) -> clap::Error {
    let shown = |text: &dyn std::fmt::Display| printable(&text.to_string()).into_owned();
    let words: Vec<_> = error
        .context()
        .filter_map(|(kind, value)| {
            let value = match value {
                ContextValue::String(word) => ContextValue::String(shown(word)),
                ContextValue::Strings(words) => {
                    ContextValue::Strings(words.iter().map(|word| shown(word)).collect())
                }
                ContextValue::StyledStrs(tips) if kind == ContextKind::Suggested => {
                    ContextValue::StyledStrs(tips.iter().map(|tip| shown(tip).into()).collect())
                }
                _ => return None,
            };
            Some((kind, value))
        })
        .collect();
    for (kind, value) in words {
        error.insert(kind, value);
    }
    error
}

/// Prints a message on standard error.
pub(super) fn warn(message: &str) {
    say(&format!("newsdex: {message}"));
}

/// Prints a line on standard error, with stand-ins for what would move a terminal. If it cannot be written, there is nobody
/// to tell.
fn say(line: &str) {
    let _ = writeln!(io::stderr(), "{}", printable(line));
}
