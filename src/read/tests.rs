//! What holds for whole files: which version of an item is taken, and under which id.

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
