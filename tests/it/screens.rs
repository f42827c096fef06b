//! Screens as people see them, byte for byte, in `expected/screens`. Run with `UPDATE_EXPECT=1` to accept new ones.

use expect_test::expect_file;

use crate::program::Bench;

/// Runs a command over the sample corpus; times are taken out of what it prints.
fn screen(args: &[&str]) -> String {
    let bench = Bench::with_sample_corpus();
    let ran = bench.run(args);
    assert_eq!(ran.err, "", "{args:?}");
    ran.out.lines().map(without_time).collect::<Vec<_>>().join("\n") + "\n"
}

fn without_time(line: &str) -> String {
    match (line.rfind(" ("), line.find(" ms)")) {
        (Some(start), Some(end)) if start < end => {
            format!("{}{}", &line[..start], &line[end + " ms)".len()..])
        }
        _ => line.to_owned(),
    }
}

#[test]
fn search() {
    let out = screen(&["search", "ferry captain", "--facet", "country:3", "--limit", "2"]);
    expect_file!["expected/screens/search.txt"].assert_eq(&out);
}

#[test]
fn search_in_colour() {
    let out = screen(&["search", "title:ferry", "--color", "always", "--limit", "1"]);
    expect_file!["expected/screens/search_in_colour.txt"].assert_eq(&out);
}

#[test]
fn facets() {
    expect_file!["expected/screens/facets.txt"].assert_eq(&screen(&["facets", "license"]));
}

#[test]
fn quotes() {
    let out = screen(&["quotes", "shepherd", "--speaker", "keshavarz"]);
    expect_file!["expected/screens/quotes.txt"].assert_eq(&out);
}

#[test]
fn people() {
    let out = screen(&["people", "maiga", "--limit", "2"]);
    expect_file!["expected/screens/people.txt"].assert_eq(&out);
}

#[test]
fn show() {
    let out = screen(&["show", "sample_corpus/damavand/2020-10-24-plane-search.txt"]);
    expect_file!["expected/screens/show.txt"].assert_eq(&out);
}

#[test]
fn timeline() {
    expect_file!["expected/screens/timeline.txt"].assert_eq(&screen(&["timeline", "--by", "year"]));
}
