//! `newsdex extract`: articles and their annotations as JSON Lines, without an index.

use rayon::prelude::*;

use super::args::ExtractArgs;
use super::out::Out;
use super::{Ended, Outcome, warn, wire};
use crate::archive::walk::{FileRef, Filter, walk};
use crate::error::Error;
use crate::report::Reason;
use crate::{extract, read};

/// Files annotated at once: enough to keep all cores at work, few enough to hold in memory.
const BATCH: usize = 256;

/// Prints a line for each article below the paths, in the order of the walk.
pub(super) fn run(args: &ExtractArgs, out: &mut Out) -> Ended {
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(args.threads.unwrap_or(0))
        .build()
        .map_err(|e| Error::Usage(format!("cannot start threads: {e}")))?;
    let filter = Filter::default();
    let mut skipped = false;
    for root in &args.paths {
        let mut found = walk(root, &filter)?.peekable();
        while found.peek().is_some() {
            let batch: Vec<_> = found.by_ref().take(BATCH).collect();
            let printed: Vec<_> = pool.install(|| {
                batch
                    .into_par_iter()
                    .map(|found| found.map(|file| lines(&file).map_err(|r| (file.path, r))))
                    .collect()
            });
            for outcome in printed {
                match outcome {
                    Ok(Ok(lines)) => lines.iter().try_for_each(|line| out.line(line))?,
                    Ok(Err((path, reason))) => {
                        skipped = true;
                        warn(&format!("skipped {}: {reason}", path.display()));
                    }
                    Err((path, why)) => {
                        skipped = true;
                        warn(&format!("skipped {}: {why}", path.display()));
                    }
                }
            }
        }
    }
    Ok(if skipped { Outcome::Skipped } else { Outcome::Done })
}

fn lines(file: &FileRef) -> Result<Vec<String>, Reason> {
    let articles = read::parse(&read::load(file)?, &file.key)?;
    Ok(articles
        .into_iter()
        .map(|mut article| {
            extract::annotate(&mut article);
            wire::article(&article).to_string()
        })
        .collect())
}
