//! `train_quotes FOLDER OUT [FOLDS]`: trains the model of `extract::quotes` on a folder with `gold.jsonl` and
//! `archive/`. Without FOLDS it writes the model to OUT; with FOLDS it writes to OUT, as `newsdex extract` would, what
//! models say about the articles that they were not trained on.

use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match newsdex::tools::quotes::run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            let _ = std::io::Write::write_all(
                &mut std::io::stderr(),
                format!("train_quotes: {message}\n").as_bytes(),
            );
            ExitCode::FAILURE
        }
    }
}
