//! `newsdex extract`: articles and their annotations as JSON Lines, without an index.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use rayon::prelude::*;

use super::wire;
use crate::archive::walk::{Filter, walk};
use crate::{extract, read};

/// Prints a line for each article below `paths`, in the order of the walk.
pub fn run(paths: &[PathBuf]) -> ExitCode {
    let filter = Filter::default();
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for root in paths {
        let Ok(found) = walk(root, &filter) else { return ExitCode::from(2) };
        let files: Vec<_> = found.filter_map(Result::ok).collect();
        for batch in files.chunks(512) {
            let lines: Vec<_> = batch
                .par_iter()
                .flat_map_iter(|file| {
                    read::load(file).and_then(|b| read::parse(&b, &file.key)).unwrap_or_default()
                })
                .map(|mut article| {
                    extract::annotate(&mut article);
                    wire::article(&article).to_string()
                })
                .collect();
            for line in lines {
                if writeln!(out, "{line}").is_err() {
                    return ExitCode::SUCCESS;
                }
            }
        }
    }
    ExitCode::SUCCESS
}
