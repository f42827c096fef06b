//! How a command ends: exit codes, and failures.

use std::io::{self, Write};
use std::process::ExitCode;

use super::advice;
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
    };
    warn(&message);
    ExitCode::from(FAILED)
}

/// The exit code where nothing is to be run: prints the help that was asked for, or what is wrong with what was typed.
pub(super) fn without_command(answer: &clap::Error) -> ExitCode {
    let printed = answer.print().and_then(|()| io::stdout().flush());
    if answer.use_stderr() {
        return ExitCode::from(FAILED);
    }
    code(printed.map(|()| Outcome::Done).map_err(Failure::Output))
}

/// Prints a message on standard error. If that cannot be written, there is nobody to tell.
pub(super) fn warn(message: &str) {
    let _ = writeln!(io::stderr(), "newsdex: {message}");
}
