//! The program: hands the command line to [`newsdex::cli`] and its outcome to the shell.

use std::process::ExitCode;

fn main() -> ExitCode {
    newsdex::cli::main()
}
