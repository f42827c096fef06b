//! The program: hands the command line to [`newsdex::cli`] and its outcome to the shell.

use std::process::ExitCode;

use mimalloc::MiMalloc;

/// Articles come and go by the thousand on all threads, which the system's allocator is slower at.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    newsdex::cli::main()
}
