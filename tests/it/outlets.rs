//! Where output goes: a reader that has seen enough ends every command quietly, and what cannot be written is an error.

use std::fs::OpenOptions;
use std::process::Stdio;

use crate::program::{Bench, Ran};

/// Every command in every form; `ID` is an article's id.
const COMMANDS: [&str; 44] = [
    "--help",
    "--version",
    "help",
    "help search",
    "search --help",
    "search",
    "search --json",
    "search --jsonl",
    "search --csv",
    "search water --facet speaker",
    "facets speaker",
    "facets speaker --json",
    "facets speaker --jsonl",
    "facets speaker --csv",
    "quotes",
    "quotes --csv",
    "quotes --group",
    "people minister",
    "people kariuki --csv",
    "show ID",
    "show ID --json",
    "timeline",
    "timeline --csv",
    "concordance water",
    "concordance water --csv",
    "concordance water --group left",
    "similar ID",
    "similar ID --jsonl",
    "compare water ferry",
    "compare water ferry --csv",
    "explain water",
    "why water ID",
    "verify receipt.json",
    "trec topics.tsv",
    "stats",
    "history",
    "history --jsonl",
    "check",
    "schedule --cron",
    "extract CORPUS",
    "formats",
    "completions bash",
    "man",
    "index --dry-run",
];

fn bench() -> Bench {
    let bench = Bench::with_sample_corpus();
    bench.write("topics.tsv", "1\twater\n");
    bench.prints(&["search", "water", "--receipt", "receipt.json"]);
    bench
}

fn args(bench: &Bench, command: &str) -> Vec<String> {
    let page = bench.json(&["search", "water", "--json"]);
    let corpus = crate::program::sample_corpus();
    let word = |word: &str| match word {
        "ID" => page["hits"][0]["id"].as_str().unwrap().to_owned(),
        "CORPUS" => corpus.to_str().unwrap().to_owned(),
        other => other.to_owned(),
    };
    command.split(' ').map(word).collect()
}

/// Runs a command whose output goes to `out`, its complaints to `err`.
fn ran(bench: &Bench, command: &str, out: Stdio, err: Stdio) -> Ran {
    let args = args(bench, command);
    let args: Vec<_> = args.iter().map(String::as_str).collect();
    let output = bench.command(&args).stdout(out).stderr(err).output().unwrap();
    Ran {
        code: output.status.code().unwrap_or(-1),
        out: String::new(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// A pipe that nobody reads.
fn closed() -> std::io::PipeWriter {
    std::io::pipe().unwrap().1
}

fn full() -> Stdio {
    OpenOptions::new().write(true).open("/dev/full").unwrap().into()
}

#[test]
fn a_reader_that_has_seen_enough_is_no_error() {
    let bench = bench();
    for command in COMMANDS {
        let quiet = ran(&bench, command, closed().into(), Stdio::piped());
        let err: Vec<_> = quiet.err.lines().filter(|line| !is_of_the_archive(line)).collect();
        assert!(quiet.code == 0 && err.is_empty(), "{command}: {quiet:?}");
        let pipe = closed();
        let both = ran(&bench, command, pipe.try_clone().unwrap().into(), pipe.into());
        assert_eq!(both.code, 0, "{command} 2>&1: {both:?}");
    }
    let pipe = closed();
    let failed = ran(&bench, "search --nonsense", pipe.try_clone().unwrap().into(), pipe.into());
    assert_eq!(failed.code, 2);
    let pipe = closed();
    let failed = ran(&bench, "search contry:x", pipe.try_clone().unwrap().into(), pipe.into());
    assert_eq!(failed.code, 2);
}

/// `extract` names the files of the corpus that are no articles.
fn is_of_the_archive(line: &str) -> bool {
    line.contains("sample_corpus")
}

#[test]
fn output_that_cannot_be_written_is_an_error() {
    let bench = bench();
    for command in COMMANDS {
        let failed = ran(&bench, command, full(), Stdio::piped());
        assert_eq!(failed.code, 2, "{command}: {failed:?}");
        let reason = "newsdex: cannot write the output: No space left on device";
        assert!(failed.err.contains(reason), "{command}: {failed:?}");
    }
}

#[cfg(feature = "parquet")]
#[test]
fn parquet_may_go_to_a_pipe_or_a_full_disk() {
    let bench = bench();
    for command in ["search", "facets speaker", "quotes", "timeline", "concordance water"] {
        let out = format!("{command} --parquet /dev/stdout");
        let quiet = ran(&bench, &out, closed().into(), Stdio::piped());
        assert_eq!((quiet.code, quiet.err.as_str()), (0, ""), "{command}");
        let full =
            ran(&bench, &format!("{command} --parquet /dev/full"), Stdio::null(), Stdio::piped());
        assert_eq!(full.code, 2, "{command}: {full:?}");
        assert!(full.err.contains("No space left"), "{command}: {full:?}");
    }
}
