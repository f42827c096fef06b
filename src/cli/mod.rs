//! The command line: arguments in, screens out, exit codes.

pub mod extract;
pub mod wire;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(version, about)]
struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Print what is read and extracted, as JSON Lines
    Extract {
        /// Files and folders
        paths: Vec<PathBuf>,
    },
}

/// Runs the program.
pub fn main() -> ExitCode {
    match Args::parse().command {
        Command::Extract { paths } => extract::run(&paths),
    }
}
