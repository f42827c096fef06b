//! Documents of word processors and books, through the program: each is one file with its articles, in an archive as well, and
//! one that is made to take memory is cut and named.

use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::program::{Bench, Ran};

fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        out.start_file(*name, SimpleFileOptions::default()).unwrap();
        out.write_all(content).unwrap();
    }
    out.finish().unwrap().into_inner()
}

/// A document of Word with a headline, a sentence, and more XML behind them.
fn document(more: &str) -> Vec<u8> {
    let text = |text: &str| format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>");
    let body = [&text("Sluice closes"), &text("The sluice closes on Monday."), more].concat();
    let body = format!("<w:document><w:body>{body}</w:body></w:document>");
    zipped(&[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", body.as_bytes())])
}

fn book(pages: usize) -> Vec<u8> {
    let item = |n: usize| format!("<item id='{n}' href='a.xhtml'/>");
    let reference = |n: usize| format!("<itemref idref='{n}'/>");
    let items = (0..pages).map(item).collect::<Vec<_>>().concat();
    let order = (0..pages).map(reference).collect::<Vec<_>>().concat();
    let list = format!("<package><manifest>{items}</manifest><spine>{order}</spine></package>");
    let page =
        b"<html><body><h1>Sluice closes</h1><p>The sluice closes on Monday.</p></body></html>";
    zipped(&[
        ("META-INF/container.xml", b"<container/>"),
        ("b.opf", list.as_bytes()),
        ("a.xhtml", page),
    ])
}

fn ids(ran: &Ran) -> Vec<String> {
    let id = |line: &str| {
        let article: serde_json::Value = serde_json::from_str(line).unwrap();
        article["id"].as_str().unwrap().to_owned()
    };
    ran.out.lines().map(id).collect()
}

#[test]
fn a_document_is_one_file_in_an_archive_as_well() {
    let bench = Bench::new();
    bench.write("a/sluice.docx", document(""));
    bench.write("a/packed.zip", zipped(&[("x/sluice.docx", &document("")), ("y.epub", &book(1))]));
    let ran = bench.run(&["extract", "-j1", "a"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert_eq!(
        ids(&ran),
        ["a/packed.zip!/x/sluice.docx", "a/packed.zip!/y.epub#a.xhtml", "a/sluice.docx"]
    );
    let counts = bench.prints(&["index", "a"]);
    assert!(counts.contains('3'), "{counts}");
    assert_eq!(bench.json(&["search", "sluice", "--json"])["total"], 3);
}

#[test]
fn a_document_that_was_damaged_is_named_once() {
    let whole = document("");
    let bench = Bench::new();
    let mut changed = whole.clone();
    let at = whole.windows(17).position(|part| part == b"word/document.xml").unwrap() + 40;
    changed[at] ^= 0x55;
    bench.write("a.docx", changed);
    let ran = bench.run(&["extract", "a.docx"]);
    assert_eq!(ran.code, 3, "{ran:?}");
    assert!(ran.err.contains("a.docx: damaged"), "{}", ran.err);
    assert_eq!(ran.err.lines().count(), 1, "{}", ran.err);
}

/// Checks that a file gives articles within a limit of memory.
#[cfg(target_os = "linux")]
fn check_bounded(name: &str, content: Vec<u8>, code: i32, told: &str) {
    const KIB: u32 = (400 + 200) << 10;
    let bench = Bench::new();
    bench.write(name, content);
    let ran = bench.run_limited(&format!("ulimit -d {KIB}"), &["extract", name]);
    assert_eq!(ran.code, code, "{name}: {}", ran.err);
    assert!(ran.err.contains(told), "{name}: {}", ran.err);
    assert!(ran.out.contains("The sluice closes on Monday."), "{name}: {}", ran.err);
}

#[test]
#[cfg(target_os = "linux")]
fn hostile_documents_are_cut_and_named() {
    let more = "<w:p/>".repeat(16 << 20);
    check_bounded("a.docx", document(&more), 3, "record too large");
    let cells = "<w:tbl><w:tr><w:tc>".repeat(200_000);
    check_bounded("a.docx", document(&cells), 0, "");
    check_bounded("a.epub", book(90_000), 0, "");
    let rtf = |more: &str| {
        format!("{{\\rtf1 Sluice closes\\par The sluice closes on Monday.\\par {more}")
    };
    check_bounded("a.rtf", rtf(&"{".repeat(17 << 20)).into_bytes(), 3, "record too large");
    check_bounded("a.rtf", rtf(&("\\cell ".repeat(2 << 20) + "}")).into_bytes(), 0, "");
    check_bounded(
        "a.rtf",
        rtf(&("a\\par ".repeat(2 << 20) + "}")).into_bytes(),
        3,
        "article too large",
    );
}
