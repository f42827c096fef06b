//! Damaged files: a known one keeps its articles, a new one gives what can be read of it, and both are named every night
//! until they are mended.

use std::ops::ControlFlow;

use newsdex::archive::walk::{FileRef, Filter, walk};
use newsdex::manifest::commit_metadata::CommitMetadata;
use newsdex::query::engine::writing::WriterOptions;
use newsdex::read;
use newsdex::update::{InFlight, ReadingContext, read_file};
use serde_json::Value;

use crate::changing::assert_as_fresh;
use crate::ferries::{bzip2, cut, files, gzip, lines, lz4, tar, xz, zip, zstandard};
use crate::program::{Bench, Ran, sample_corpus};

fn articles(bench: &Bench) -> i64 {
    bench.json(&["stats", "--json"])["articles"].as_i64().unwrap()
}

/// The entry of the only skipped file.
fn only_skipped(bench: &Bench) -> Value {
    let report = std::fs::read_to_string(bench.path().join("run.json")).unwrap();
    let report: Value = serde_json::from_str(&report).unwrap();
    let skipped = report["skipped"].as_array().unwrap();
    assert_eq!(skipped.len(), 1, "{report}");
    skipped[0].clone()
}

fn night(bench: &Bench) -> Ran {
    bench.run(&["index", "--report", "run.json"])
}

#[test]
fn a_known_file_that_is_empty_keeps_its_articles_until_it_is_mended_or_removed() {
    let bench = Bench::new();
    let whole = lines(60);
    bench.write("a/ferries.jsonl", &whole);
    bench.write("a/other.txt", "Gulls return\n\nThe gulls are back in Orland.\n");
    bench.prints(&["index", "a"]);
    bench.write("a/ferries.jsonl", "");
    for nth in 0..3 {
        let ran = night(&bench);
        assert_eq!(ran.code, 3, "night {nth}: {ran:?}");
        let what = "a/ferries.jsonl: damaged at byte 0: it is empty; its articles are kept";
        assert!(ran.out.contains(what), "night {nth}: {}", ran.out);
        assert_eq!(nth > 0, ran.out.starts_with("Read 0 of 2 files"), "night {nth}: {}", ran.out);
        assert_eq!(only_skipped(&bench)["reason"], "damaged");
        assert_eq!(articles(&bench), 61);
    }
    let checked = bench.prints(&["check"]);
    assert!(
        checked.contains("a/ferries.jsonl: damaged at byte 0: it is empty (kept)"),
        "{checked}"
    );
    let id = bench.json(&["search", "ferry", "--limit", "1", "--json"])["hits"][0]["id"].clone();
    let shown = bench.prints(&["show", id.as_str().unwrap()]);
    assert!(
        shown.starts_with("file       kept: as of the last good version of its file"),
        "{shown}"
    );
    assert!(bench.prints(&["history", "--csv"]).contains(",1"), "it counts as skipped");

    bench.write("a/ferries.jsonl", &whole);
    let mended = bench.prints(&["index"]);
    assert!(!mended.contains("amaged"), "{mended}");
    assert_as_fresh(&bench.path().join("a"), &bench.path().join(".newsdex"), "mended");

    bench.write("a/ferries.jsonl", "");
    assert_eq!(night(&bench).code, 3);
    bench.remove("a/ferries.jsonl");
    bench.prints(&["index", "--allow-mass-delete"]);
    assert_eq!(articles(&bench), 1);
}

#[test]
fn a_known_file_that_was_cut_off_keeps_its_articles() {
    for (name, whole) in files(1300) {
        let bench = Bench::new();
        let path = format!("a/{name}");
        bench.write(&path, &whole);
        bench.prints(&["index", "a", "--quiet"]);
        let before = answers_of(&bench);
        for share in [500, 900, 999] {
            let part = cut(&whole, share);
            bench.write(&path, part);
            let ran = night(&bench);
            assert_eq!(ran.code, 3, "{name} at {share}: {ran:?}");
            let told = only_skipped(&bench);
            let detail = told["detail"].as_str().unwrap();
            let at = detail.strip_prefix("damaged at byte ").and_then(|d| d.split(':').next());
            let at: usize = at.unwrap().parse().unwrap();
            assert!(at <= part.len() && at + 140_000 >= part.len(), "{name} at {share}: {detail}");
            assert!(answers_of(&bench) == before, "{name} at {share}");
        }
        // What its owner makes shorter is shorter.
        if name == "ferries.jsonl" {
            bench.write(&path, lines(40));
            bench.prints(&["index", "--quiet", "--allow-mass-delete"]);
            assert_eq!(articles(&bench), 40);
        }
    }
}

fn answers_of(bench: &Bench) -> Vec<String> {
    crate::changing::answers(&bench.path().join(".newsdex"))
}

#[test]
fn a_wrong_checksum_is_damage() {
    for (name, mut content) in files(300).into_iter().filter(|(name, _)| {
        name.ends_with("jsonl.gz") || name.ends_with("zst") || name.ends_with("xz")
    }) {
        let bench = Bench::new();
        let path = format!("a/{name}");
        bench.write(&path, &content);
        bench.prints(&["index", "a", "--quiet"]);
        let middle = content.len() / 2;
        content[middle] ^= 0x10;
        bench.write(&path, &content);
        assert_eq!(night(&bench).code, 3, "{name}");
        assert_eq!(articles(&bench), 300, "{name}");
    }
}

#[test]
fn what_can_be_read_of_a_new_damaged_file_is_kept_and_marked() {
    for (name, whole) in files(1300) {
        let bench = Bench::new();
        let path = format!("a/{name}");
        bench.write(&path, cut(&whole, 900));
        let ran = bench.run(&["index", "a", "--report", "run.json"]);
        assert_eq!(ran.code, 3, "{name}: {ran:?}");
        let detail = only_skipped(&bench)["detail"].as_str().unwrap().to_owned();
        assert!(detail.ends_with("; what could be read of it is indexed"), "{name}: {detail}");
        let read = articles(&bench);
        // Of one block of these nothing can be read before its end.
        let is_one_block =
            [".zst", ".lz4", ".xz", ".bz2"].iter().any(|ending| name.ends_with(ending));
        let least = if is_one_block { 0 } else { 100 };
        assert!((least..1300).contains(&read), "{name}: {read} articles");
        if read == 0 {
            continue;
        }
        let hits = bench.json(&["search", "ferry", "--limit", "1", "--json"]);
        let id = hits["hits"][0]["id"].as_str().unwrap();
        assert_eq!(bench.json(&["show", id, "--json"])["file"]["state"], "incomplete", "{name}");
        assert!(bench.prints(&["check"]).contains("(incomplete)"), "{name}");
        assert_eq!(bench.json(&["check", "--json"])["damaged_sources"][0]["file"], path);
        assert_eq!(night(&bench).code, 3, "{name}: it is named every night");
        // It has no good version: it is read again as a new one.
        bench.write(&path, cut(&whole, 950));
        assert_eq!(night(&bench).code, 3, "{name}");
        assert!(articles(&bench) >= read, "{name}");
        bench.write(&path, &whole);
        bench.prints(&["index", "--quiet"]);
        assert_eq!(articles(&bench), 1300, "{name}");
        assert_eq!(bench.json(&["show", id, "--json"])["file"], Value::Null, "{name}");
    }
}

#[test]
fn a_rebuild_carries_kept_articles_over() {
    let bench = Bench::new();
    let whole = gzip(lines(900).as_bytes());
    bench.write("a/ferries.jsonl.gz", &whole);
    bench.write("a/gulls.txt", "Gulls return\n\nThe gulls are back in Orland.\n");
    bench.prints(&["index", "a", "--quiet"]);
    let before = answers_of(&bench);
    // One is damaged before the rebuild begins, another when it reads.
    bench.write("a/ferries.jsonl.gz", &whole[..whole.len() / 2]);
    assert_eq!(night(&bench).code, 3);
    bench.write("a/gulls.txt", "");
    for _ in 0..2 {
        let ran = bench.run(&["index", "--rebuild", "--report", "run.json"]);
        assert_eq!(ran.code, 3, "{ran:?}");
        assert!(ran.out.contains("Damaged: 2 files"), "{}", ran.out);
        assert!(answers_of(&bench) == before);
        assert!(bench.json(&["check", "--json"])["sound"].as_bool().unwrap());
    }
    assert_eq!(night(&bench).code, 3, "it is named every night");
    let accepted = bench.run(&["index", "--accept-damaged", "--allow-mass-delete"]);
    assert_eq!(accepted.code, 3, "{accepted:?}");
    assert!((1..900).contains(&articles(&bench)));
}

#[test]
fn articles_in_a_form_that_cannot_be_read_are_not_dropped_unasked() {
    let bench = Bench::new();
    bench.write("a/ferries.jsonl", lines(50));
    bench.prints(&["index", "a", "--quiet"]);
    bench.write("a/ferries.jsonl", "");
    let index = newsdex::engine::writable(&bench.path().join(".newsdex"));
    let metadata = index.current().unwrap().unwrap().metadata().unwrap();
    let of_another_version = CommitMetadata { form: 1 + metadata.form, ..metadata };
    let options = WriterOptions { threads: 1, memory: 64 << 20, ..WriterOptions::default() };
    let writer = index.open_writer(1, options).unwrap();
    writer.commit(&of_another_version).unwrap();
    writer.finish().unwrap();
    let ran = bench.run(&["index", "--rebuild"]);
    assert_eq!(ran.code, 2, "{ran:?}");
    assert!(ran.err.contains("a/ferries.jsonl is damaged"), "{}", ran.err);
    assert!(ran.err.contains("--accept-damaged"), "{}", ran.err);
    assert_eq!(articles(&bench), 50);
    bench.prints(&["index", "--rebuild", "--accept-damaged", "--quiet", "--allow-mass-delete"]);
    assert_eq!(articles(&bench), 0);
}

#[test]
fn a_damaged_member_is_named_with_its_container() {
    let bench = Bench::new();
    let mut tar = tar::Builder::new(Vec::new());
    for (name, content) in [("one.jsonl", lines(3)), ("two.jsonl", lines(5)[..200].to_owned())] {
        let mut header = tar::Header::new_gnu();
        header.set_size(content.len() as u64);
        header.set_mode(0o644);
        header.set_cksum();
        tar.append_data(&mut header, name, content.as_bytes()).unwrap();
    }
    bench.write("a/ferries.tar", tar.into_inner().unwrap());
    let ran = bench.run(&["index", "a"]);
    assert_eq!(ran.code, 3);
    assert!(ran.out.contains("a/ferries.tar!/two.jsonl: damaged at byte 200"), "{}", ran.out);
    assert_eq!(articles(&bench), 4);
    let again = bench.run(&["index"]);
    assert_eq!(again.code, 3);
    assert!(again.out.contains("a/ferries.tar: two.jsonl is damaged at byte 200"), "{}", again.out);
}

/// What is wrong with a file of this content.
fn damage(name: &str, content: &[u8]) -> Option<String> {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join(name);
    std::fs::write(&path, content).unwrap();
    let file = FileRef { path, key: name.to_owned(), size: content.len() as u64, modified: None };
    let opened = read::open(&file).unwrap();
    let options = read::Options::default();
    let survey = read::survey(&opened, &file, &options, &|| false);
    let in_flight = InFlight::default();
    let reader =
        ReadingContext { options: &options, in_flight: &in_flight, has_stopped: &|| false };
    let reading = read_file(&file, &opened, reader, None, &mut |_| ControlFlow::Continue(()));
    let damage = reading.damage();
    // Both passes see the same, but for what only a known file can be.
    if damage.is_some() {
        assert_eq!(survey.damage.as_ref(), damage, "{name}");
    }
    damage.map(ToString::to_string)
}

#[test]
fn wherever_a_sample_is_cut_off_it_is_told() {
    let folder = sample_corpus().join("formats");
    for file in walk(&folder, "formats", &Filter::default()).unwrap().flatten() {
        let content = std::fs::read(&file.path).unwrap();
        let name = file.path.file_name().unwrap().to_str().unwrap();
        let ending = name.rsplit('.').next().unwrap();
        assert_eq!(damage(name, &content), None, "{name}");
        let packed = [
            ("gz", gzip(&content)),
            ("zst", zstandard(&content)),
            ("bz2", bzip2(&content)),
            ("lz4", lz4(&content)),
            ("tar", tar(name, &content)),
            ("zip", zip(name, &content)),
        ];
        // Nobody can tell of these formats whether something is missing at the end.
        let plain = ["txt", "md", "tst", "html", "eml", "mbox", "csv", "anpa", "vtt", "msg"];
        let itself = (!plain.contains(&ending)).then(|| ("", content.clone()));
        let in_xz = xz(&content).map(|content| ("xz", content));
        for (container, content) in packed.into_iter().chain(in_xz).chain(itself) {
            let name = format!("{name}.{container}");
            let name = name.trim_end_matches('.');
            assert_eq!(damage(name, &content), None, "{name}");
            // An archive of tar is whole as soon as an empty block ends it; a second one follows.
            let enough = if container == "tar" { content.len() - 512 } else { content.len() };
            for share in [500, 900, 990] {
                let part = &content[..content.len() * share / 1000];
                assert_eq!(damage(name, part).is_none(), part.len() >= enough, "{name} at {share}");
            }
        }
    }
}
