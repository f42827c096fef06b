//! Records of files that are whole, cut off, or have records that are over the limit.

use super::*;
use crate::read::limits::MAX_RECORD;

/// The records of `text` and what else is told of it.
fn pieces(splitting: Splitting, text: &[u8]) -> (Vec<String>, Vec<String>) {
    let (mut records, mut told) = (Vec::new(), Vec::new());
    let sink = &mut |piece: Piece| {
        match piece {
            Piece::Head(_) => {}
            Piece::Record(record, at) => {
                // What is open at a limit is closed there.
                let read = &record[..record.len().min(MAX_RECORD as usize - 10)];
                assert!(text[at as usize..].starts_with(read), "at byte {at}");
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
}

#[test]
fn only_a_line_of_an_envelope_parts_messages() {
    let check = |opening: &str, parts: bool| {
        let first = "From ann@post.example Mon Jan  6 07:15:00 2020\nSubject: One\n\nIt rose.";
        let second = format!("{opening}\nSubject: Two\n\nIt fell.");
        let all = format!("{first}\n\n{second}");
        let expected: &[&str] = if parts { &[first, &second] } else { &[&all] };
        super::tests::check(Splitting::Messages, &all, expected);
    };
    check("From ann@post.example Mon Jan  6 07:15:00 2020", true);
    check("From ann@post.example", true);
    check("From - Tue Mar 03 10:11:12 2020", true);
    check("From MAILER-DAEMON Fri Jul  8 12:08:34 2011", true);
    check("From ???@??? Thu Jul 07 09:00 2011", true);
    check("From Monday the quay is shut.", false);
    check("From 9:00 to 17:00 the quay is shut.", false);
    check("From 2020 on, 10:30 is the hour.\nIt is early.", false);
    check("From ann@post.example we heard on Mon 07:15:00 2020\nthat it rose.", false);
    check(">From ann@post.example Mon Jan  6 07:15:00 2020", false);
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
fn records_over_the_limit_are_read_up_to_it_and_told() {
    let limit = MAX_RECORD as usize;
    let long = "x".repeat(limit + 400_000);
    let check = |splitting, text: String, expected: &[&str], at: &str| {
        let (mut records, told) = pieces(splitting, text.as_bytes());
        let (opening, closing) = (expected[0], expected[1]);
        let cut = records.iter().position(|record| record.len() > 1000).unwrap();
        let cut = records.remove(cut);
        assert!(cut.starts_with(opening) && cut.ends_with(closing), "{splitting:?}");
        assert!((limit..limit + 10).contains(&cut.len()), "{splitting:?} {}", cut.len());
        assert_eq!(records, expected[2..], "{splitting:?}");
        assert_eq!(told, [format!("too large: {at}")], "{splitting:?}");
    };
    let line = format!("{{}}\n{{\"a\":\"{long}\"}}\n[]\n");
    check(Splitting::Lines, line, &["{\"a\":\"x", "x\"}", "{}", "[]"], "3");
    check(Splitting::Rows, format!("a\nb\n{long}\nc\n"), &["x", "x", "b", "c"], "4");
    check(
        Splitting::Elements(&["item"]),
        format!("<rss><item>{long}</item><item>b</item></rss>"),
        &["<item>x", "x", "<item>b</item>"],
        "5",
    );
    let objects = format!("[{{\"a\":\"{long}\\\"}}\"}}, {{}}]");
    check(Splitting::Objects, objects, &["{\"a\":\"x", "x\"}", "{}"], "1");
    let messages = format!("From a@b\n{long}\nFrom here\nFrom c@d\nTo: e\n\nc");
    check(Splitting::Messages, messages, &["From a@b\nx", "x", "From c@d\nTo: e\n\nc"], "0");
}
