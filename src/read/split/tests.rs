//! Records of files that are whole, cut off, or have records that are over the limit.

use super::*;
use crate::read::window::MAX_BYTES;

/// The records of `text` and what else is told of it.
fn pieces(splitting: Splitting, text: &[u8]) -> (Vec<String>, Vec<String>) {
    let (mut records, mut told) = (Vec::new(), Vec::new());
    let sink = &mut |piece: Piece| {
        match piece {
            Piece::Head(_) => {}
            Piece::Record(record, at) => {
                assert!(text[at as usize..].starts_with(&record), "at byte {at}");
                records.push(String::from_utf8_lossy(&record).trim().to_owned());
            }
            Piece::TooLarge(at) => told.push(format!("too large: {at}")),
            Piece::Broken(at) => told.push(format!("broken: {at}")),
            Piece::Cut { at, what } => told.push(format!("{at}: {what}")),
        }
        ControlFlow::Continue(())
    };
    let mut source = text;
    split(splitting, &mut source, sink).unwrap();
    (records, told)
}

#[track_caller]
fn check(splitting: Splitting, text: &str, expected: &[&str]) {
    let (records, told) = pieces(splitting, text.as_bytes());
    assert_eq!(
        (records, told),
        (expected.iter().map(|r| (*r).to_owned()).collect(), vec![]),
        "{text}"
    );
}

#[track_caller]
fn check_cut(splitting: Splitting, text: &str, expected: &[&str], what: &str) {
    let (records, told) = pieces(splitting, text.as_bytes());
    assert_eq!(records, expected, "{text}");
    assert!(matches!(told.as_slice(), [one] if one.contains(what)), "{text}: {told:?}");
}

#[test]
fn files_are_split_into_records() {
    check(Splitting::Lines, "{}\n\n{\"a\":1}", &["{}", "{\"a\":1}"]);
    let items = "<rss><items/><item>a</item> <item x='1'>b</item></rss>";
    check(
        Splitting::Elements(&["item", "entry"]),
        items,
        &["<item>a</item>", "<item x='1'>b</item>"],
    );
    check(
        Splitting::Elements(&["DOC"]),
        "<DOC><DOCNO>1</DOCNO></DOC><DOC>b</DOC>",
        &["<DOC><DOCNO>1</DOCNO></DOC>", "<DOC>b</DOC>"],
    );
    check(Splitting::Rows, "a,b\n1,\"x\ny\"\n2,z", &["1,\"x\ny\"", "2,z"]);
    check(
        Splitting::Rows,
        "sep=;\na;b\n1;5\" pipe\n2;\"x \"\"y\"\"\nz\"",
        &["1;5\" pipe", "2;\"x \"\"y\"\"\nz\""],
    );
    check(Splitting::Objects, "[{\"a\":\"}\"},\n{\"b\":{}}]", &["{\"a\":\"}\"}", "{\"b\":{}}"]);
    check(Splitting::Messages, "From a\n\nx\n\nFrom b\n\ny", &["From a\n\nx", "From b\n\ny"]);
}

#[test]
fn a_source_that_ends_in_the_middle_of_a_record_is_told() {
    check_cut(Splitting::Lines, "{\"a\":1}\n{\"a\":", &["{\"a\":1}"], "begins at byte 8");
    let items = Splitting::Elements(&["item"]);
    check_cut(
        items,
        "<rss><item>a</item><item>b",
        &["<item>a</item>", "<item>b"],
        "begins at byte 19",
    );
    check_cut(items, "<rss><item>a</item> ", &["<item>a</item>"], "<rss> is not closed");
    check_cut(items, "<rss><channel>", &[], "<rss> is not closed");
    check_cut(Splitting::Rows, "a,b\n1,x\n2,\"y", &["1,x", "2,\"y"], "row that begins at byte 8");
    check_cut(Splitting::Objects, "[{\"a\":1},{\"b\":", &["{\"a\":1}"], "begins at byte 9");
    check_cut(Splitting::Objects, "[{\"a\":1},", &["{\"a\":1}"], "list of JSON is not closed");
}

#[test]
fn records_over_the_limit_are_told_and_those_behind_them_read() {
    let long = "x".repeat(MAX_BYTES as usize + 400_000);
    let check = |splitting, text: String, expected: &[&str], at: &str| {
        let (records, told) = pieces(splitting, text.as_bytes());
        assert_eq!(records, expected, "{splitting:?}");
        assert_eq!(told, [format!("too large: {at}")], "{splitting:?}");
    };
    check(Splitting::Lines, format!("{{}}\n\"{long}\"\n[]\n"), &["{}", "[]"], "3");
    check(Splitting::Rows, format!("a\nb\n{long}\nc\n"), &["b", "c"], "4");
    check(
        Splitting::Elements(&["item"]),
        format!("<rss><item>{long}</item><item>b</item></rss>"),
        &["<item>b</item>"],
        "5",
    );
    check(Splitting::Objects, format!("[{{\"a\":\"{long}\\\"}}\"}}, {{}}]"), &["{}"], "1");
    check(Splitting::Messages, format!("From a\n{long}\nFrom b\n\nc"), &["From b\n\nc"], "0");
}
