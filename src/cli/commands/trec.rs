//! `newsdex trec`: a ranking of articles for each topic of an evaluation.

use std::io::Read;
use std::path::Path;

use serde::Deserialize;

use crate::cli::args::{Global, TrecArgs};
use crate::cli::exit::{CommandResult, Outcome};
use crate::cli::open_index;
use crate::cli::output::Out;
use crate::cli::request::limits;
use crate::error::{Error, Result};
use crate::query::trec_run;

/// A topic to rank articles for.
#[derive(Debug, Deserialize, PartialEq)]
struct Topic {
    qid: String,
    query: String,
}

/// Runs the command.
pub(crate) fn run(args: &TrecArgs, global: &Global, out: &mut Out) -> CommandResult {
    let topics = topics(&read(&args.topics)?, &args.topics)?;
    let engine = open_index::open(global)?;
    let mut outcome = Outcome::NothingFound;
    for topic in topics {
        let (limits, Topic { qid, query }) = (limits(args.time)?, topic);
        for line in trec_run(&*engine, &qid, &query, args.depth, args.expand, &limits)? {
            out.line(line)?;
            outcome = Outcome::Done;
        }
    }
    Ok(outcome)
}

fn read(path: &Path) -> Result<String> {
    if path.as_os_str() == "-" {
        let mut text = String::new();
        std::io::stdin().read_to_string(&mut text).map_err(Error::io("read", path))?;
        return Ok(text);
    }
    std::fs::read_to_string(path).map_err(Error::io("read", path))
}

fn topics(text: &str, path: &Path) -> Result<Vec<Topic>> {
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let parsed = lines.map(|(number, line)| {
        topic(line).ok_or_else(|| {
            Error::Usage(format!(
                "{}, line {}: a topic is a number, a tab and a text, or JSON with qid and query",
                path.display(),
                number + 1
            ))
        })
    });
    parsed.collect()
}

fn topic(line: &str) -> Option<Topic> {
    if line.starts_with('{') {
        return serde_json::from_str(line).ok();
    }
    let (qid, query) = line.split_once('\t')?;
    Some(Topic { qid: qid.trim().to_owned(), query: query.trim().to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn topics_are_lines_of_either_form() {
        let text = "301\tPort strikes\n\n{\"qid\": \"302\", \"query\": \"Fishing quotas\"}\n";
        let read = topics(text, Path::new("t")).expect("both forms");
        let read: Vec<_> = read.iter().map(|t| (t.qid.as_str(), t.query.as_str())).collect();
        assert_eq!(read, [("301", "Port strikes"), ("302", "Fishing quotas")]);
        let failed = topics("301 no tab", Path::new("t")).expect_err("no topic");
        assert!(failed.to_string().contains("line 1"));
    }
}
