//! What holds for whole files of every format: which version of an item is taken, and how references are decoded.

use std::io::Write;

use super::*;

fn item(id: &str, version: u64, state: &str, text: &str) -> String {
    format!(
        r#"{{"uri": "{id}", "version": "{version}", "versioncreated": "2021-02-27T10:00:00Z", "pubstatus": "{state}",
        "headline": "River", "body_text": "{text}"}}"#
    )
    .replace('\n', " ")
}

/// The texts that are read of a file, withdrawn items among them if asked for.
fn texts(bytes: &[u8], name: &str, withheld: bool) -> Vec<String> {
    let options = Options { withheld, ..Options::default() };
    let articles = parse_as(bytes, name, &options).unwrap_or_default();
    articles.into_iter().map(|article| article.body).collect()
}

/// Versions of two items, the highest of the one neither first nor last; the other is killed.
fn versions() -> Vec<String> {
    vec![
        item("river", 1, "usable", "It rose."),
        item("rain", 1, "usable", "It rained."),
        item("river", 3, "usable", "It rose by a metre."),
        item("river", 2, "usable", "It rose by a foot."),
        item("rain", 2, "canceled", "It rained frogs."),
    ]
}

#[test]
fn the_highest_version_of_all_records_is_taken() {
    let lines = versions().join("\n");
    assert_eq!(texts(lines.as_bytes(), "a.jsonl", false), ["It rose by a metre."]);
    let all = ["It rose by a metre.", "It rained frogs."];
    assert_eq!(texts(lines.as_bytes(), "a.jsonl", true), all);
}

#[test]
fn the_highest_version_of_all_members_is_taken() {
    let mut archive = tar::Builder::new(Vec::new());
    for (number, item) in versions().iter().enumerate() {
        let mut header = tar::Header::new_gnu();
        header.set_size(item.len() as u64);
        header.set_cksum();
        archive.append_data(&mut header, format!("{number}.json"), item.as_bytes()).unwrap();
    }
    let mut packed = lz4_flex::frame::FrameEncoder::new(Vec::new());
    packed.write_all(&archive.into_inner().unwrap()).unwrap();
    let bytes = packed.finish().unwrap();
    assert_eq!(texts(&bytes, "a.tar.lz4", false), ["It rose by a metre."]);
}

#[test]
fn items_without_a_version_are_all_taken() {
    let line =
        |text: &str| format!(r#"{{"id": "river", "title": "The version", "body": "{text}"}}"#);
    let lines = [line("It rose."), line("It fell.")].join("\n");
    assert_eq!(texts(lines.as_bytes(), "a.jsonl", false), ["It rose.", "It fell."]);
}

#[test]
fn every_reader_decodes_the_same_references() {
    const TEXT: &str = "The river&rsquo;s banks&comma; 1 &lt; 2 &fjlig;ords, caf&eacute &amp; bar &#150; &#x2014; \
        &#8217 &copy 2020 &bogus; AT&T: https://news.example/?a=1&amp;copy=2.";
    const DECODED: &str = "The river’s banks, 1 < 2 fjords, café & bar – — ’ © 2020 &bogus; AT&T: \
        https://news.example/?a=1&copy=2.";
    let escaped = TEXT.replace('&', "&amp;").replace('<', "&lt;");
    let files = [
        ("a.json", format!(r#"{{"title": "River", "body": "{TEXT}"}}"#)),
        ("b.json", format!(r#"{{"title": "River", "body": "<p>{TEXT}</p>"}}"#)),
        ("ninjs.json", item("river", 1, "usable", TEXT)),
        ("a.csv", format!("title,body\nRiver,\"{TEXT}\"\n")),
        (
            "a.rss",
            format!("<rss><channel><item><description>{TEXT}</description></item></channel></rss>"),
        ),
        (
            "b.rss",
            format!(
                "<rss><channel><item><description>{escaped}</description></item></channel></rss>"
            ),
        ),
        (
            "c.rss",
            format!(
                "<rss><channel><item><description><![CDATA[{TEXT}]]></description></item></channel></rss>"
            ),
        ),
        (
            "nitf.xml",
            format!("<nitf><body><body.content><p>{TEXT}</p></body.content></body></nitf>"),
        ),
        ("trec.sgml", format!("<DOC>\n<DOCNO>1</DOCNO>\n<TEXT>\n{TEXT}\n</TEXT>\n</DOC>")),
        ("reuters.sgm", format!("<REUTERS NEWSID='1'><TEXT><BODY>{TEXT}</BODY></TEXT></REUTERS>")),
        (
            "a.html",
            format!(
                "<!doctype html><title>River</title><body><h1>River</h1><article><p>{TEXT}</p></article>"
            ),
        ),
    ];
    for (name, file) in files {
        assert_eq!(texts(file.as_bytes(), name, false), [DECODED], "{name}");
    }
    assert_eq!(texts(TEXT.as_bytes(), "a.txt", false), [TEXT]);
}
