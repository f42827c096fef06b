//! `train_quotes FOLDER OUT [FOLDS]`: trains the model of `extract::quotes` on a folder with `gold.jsonl` and
//! `archive/`, and writes it to OUT. With FOLDS, cross-validates instead: each article is annotated by a model of the
//! other folds, and written to OUT as `newsdex extract` does.

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
