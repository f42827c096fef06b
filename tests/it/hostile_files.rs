//! Files made to take memory, to keep the program busy for ever, or to lead it out of the archive: each costs only itself, is
//! named, and what stands beside it is read. The program runs under a limit on its memory.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;

use crate::program::{Bench, Ran};

/// KiB of memory for `extract`, and for `index --memory 64M`; with 200 MB that are reserved and not used.
const EXTRACT: u32 = (400 + 200) << 10;
const INDEX: u32 = (64 + 200 + 200) << 10;

const GOOD: &str =
    "OSLO (Fjord Wire) - The river rose again on Monday, \"faster than ever,\" Anna Berg said.\n";

/// Runs newsdex with at most so many KiB of memory, where the system can limit that.
#[cfg_attr(not(target_os = "linux"), expect(unused_variables))]
fn run_within(bench: &Bench, kib: u32, args: &[&str]) -> Ran {
    #[cfg(target_os = "linux")]
    return bench.run_limited(&format!("ulimit -d {kib}"), args);
    #[cfg(not(target_os = "linux"))]
    return bench.run(args);
}

/// Exit code and messages of `extract`, and the texts that it gives.
fn extract(name: &str, content: impl AsRef<[u8]>) -> (i32, String, Vec<String>) {
    let bench = Bench::new();
    bench.write(name, content);
    let ran = run_within(&bench, EXTRACT, &["extract", name]);
    let text = |line: &str| {
        let article: serde_json::Value = serde_json::from_str(line).unwrap();
        article["body"].as_str().unwrap().to_owned()
    };
    (ran.code, ran.err, ran.out.lines().map(text).collect())
}

/// Checks that a file gives articles, is told to be cut, and is within the limits of memory when it is extracted and when it is
/// indexed beside a good one.
fn check_cut(name: &str, content: &str, told: &str) {
    let (code, said, texts) = extract(name, content);
    assert_eq!(code, 3, "{name}: {said}");
    assert!(said.contains(told), "{name}: {said}");
    assert!(texts.iter().all(|text| text.len() <= 2 << 20), "{name}");
    let bench = Bench::new();
    bench.write(&format!("archive/{name}"), content);
    bench.write("archive/z.txt", GOOD);
    let ran = run_within(&bench, INDEX, &["index", "archive", "--memory", "64M"]);
    assert_eq!(ran.code, 3, "{name}: {ran:?}");
    assert!(ran.out.contains(told), "{name}: {ran:?}");
    assert_eq!(bench.json(&["search", "river Anna", "--json"])["total"], 1, "{name}");
    let found = run_within(&bench, EXTRACT, &["search", "he", "--any", "--facet", "speaker"]);
    assert!(found.code <= 1, "{name}: {found:?}");
}

#[test]
fn a_text_beyond_the_limit_is_cut_and_said_to_be() {
    let paragraph = "The harbour of Bergfeld was closed on Monday, officials of the town said.\n";
    check_cut("a.txt", &paragraph.repeat((5 << 20) / paragraph.len()), "article too large");
    let (_, _, texts) = extract("a.txt", paragraph.repeat((5 << 20) / paragraph.len()));
    assert!(texts[0].len() > (2 << 20) - 100 && texts[0].ends_with(char::is_alphanumeric));
}

#[test]
fn quotations_without_end_take_no_more_memory() {
    check_cut("a.txt", &"\"a,\" he said.\n".repeat((5 << 20) / 14), "article too large");
    let records =
        format!("{{\"title\":\"River\",\"body\":\"{}\"}}\n", "\\\"a,\\\" he said. ".repeat(600));
    let (code, said, texts) = extract("a.jsonl", records.repeat(600));
    assert_eq!((code, texts.len()), (0, 600), "{said}");
}

#[test]
fn a_page_of_nothing_but_markup_takes_no_more_memory() {
    check_cut("a.html", &format!("<html><body>{}", "<".repeat(17 << 20)), "record too large");
    let (code, said, _) = extract("b.html", format!("<html>{}", "<p><b a=b>".repeat(1 << 20)));
    assert!(code == 0 || code == 3, "{said}");
}

#[test]
fn elements_that_are_never_closed_take_no_more_memory() {
    let documents = "<DOC>\n<DOCNO>1</DOCNO>\n<TEXT>\nThe river.\n".repeat(200_000);
    let (code, said, texts) = extract("a.sgml", &documents);
    assert_eq!(code, 3, "{said}");
    assert!(said.contains("it ends in the middle of a record"), "{said}");
    assert!(texts.iter().map(String::len).sum::<usize>() <= 2 * documents.len());
    let attributes = format!("<?xml version=\"1.0\"?><a {}/>", "b=\"c\" ".repeat(2 << 20));
    let (code, said, _) = extract("a.xml", attributes);
    assert!(code == 0 || code == 3, "{said}");
}

#[test]
fn a_long_row_is_read_up_to_the_limit() {
    let row =
        format!("title,text\nRiver,\"{}\"\nHarbour,It was closed.\n", "a b ".repeat(10 << 20));
    check_cut("a.csv", &row, "record too large: number 1 at byte 11");
    let (_, _, texts) = extract("a.csv", row);
    assert_eq!(texts[1], "It was closed.");
}

#[test]
fn values_of_json_without_end_take_no_more_memory() {
    let objects = format!(
        "{{\"title\":\"River\",\"body\":\"It rose.\",\"x\":[{}1]}}",
        "{\"a\":1},".repeat(1 << 20)
    );
    let (code, said, texts) = extract("a.json", objects);
    assert_eq!((code, texts), (0, vec!["It rose.".to_owned()]), "{said}");
    let long = format!(
        "[{{\"title\":\"River\",\"body\":\"{}\"}},{{\"title\":\"a\",\"body\":\"It fell.\"}}]",
        "It rose. ".repeat(2 << 20)
    );
    let (code, said, texts) = extract("a.json", long);
    assert_eq!((code, texts[1].as_str()), (3, "It fell."), "{said}");
    assert!(
        texts[0].starts_with("It rose. It rose.") && said.contains("record too large"),
        "{said}"
    );
}

#[test]
fn two_large_files_are_within_the_memory_of_the_run() {
    let bench = Bench::new();
    let words: Vec<_> = (0..2_000_000).map(|n| format!("w{n:x} ")).collect();
    let words = words.concat();
    bench.write("archive/a.txt", &words);
    bench.write("archive/b.txt", &words);
    let ran = run_within(&bench, INDEX, &["index", "archive", "--memory", "64M", "-j", "8"]);
    assert_eq!(ran.code, 3, "{ran:?}");
    assert!(ran.out.contains("2 article too large"), "{ran:?}");
    assert_eq!(bench.json(&["search", "w1f", "--json"])["total"], 2);
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = GzEncoder::new(Vec::new(), Compression::best());
    out.write_all(bytes).unwrap();
    out.finish().unwrap()
}

/// A tar archive of these members.
fn tar(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut out = tar::Builder::new(Vec::new());
    for (name, content) in members {
        let mut header = tar::Header::new_gnu();
        header.set_size(content.len() as u64);
        header.set_mode(0o644);
        header.set_cksum();
        out.append_data(&mut header, name, *content).unwrap();
    }
    out.into_inner().unwrap()
}

#[test]
fn containers_in_containers_share_one_budget() {
    let bench = Bench::new();
    let zeros = gzip(&vec![b' '; 30 << 20]);
    let mut members = vec![("a.txt", GOOD.as_bytes())];
    let names: Vec<_> = (0..20).map(|number| format!("b{number}.gz")).collect();
    members.extend(names.iter().map(|name| (name.as_str(), zeros.as_slice())));
    bench.write("archive/a.tar.gz", gzip(&tar(&members)));
    bench.write("archive/z.txt", GOOD);
    let ran = run_within(&bench, INDEX, &["index", "archive", "--memory", "64M"]);
    assert_eq!(ran.code, 3, "{ran:?}");
    let told = "a.tar.gz: over a limit: it unpacks to far more than it should; it was read up to its member b";
    assert!(ran.out.contains(told), "{ran:?}");
    assert_eq!(bench.json(&["search", "river", "--json"])["total"], 2);
}

#[test]
fn nesting_is_bounded() {
    let mut packed = GOOD.as_bytes().to_vec();
    for _ in 0..6 {
        packed = gzip(&packed);
    }
    let (code, said, texts) = extract("a.gz", packed);
    assert_eq!((code, texts.len()), (3, 0));
    assert!(said.contains("it nests too deep"), "{said}");
}

#[cfg(unix)]
#[test]
fn links_that_lead_out_are_named_and_not_followed() {
    use std::os::unix::fs::symlink;
    let bench = Bench::new();
    bench.write("archive/a.txt", GOOD);
    bench.write("outside/b.txt", GOOD);
    symlink(bench.path().join("outside"), bench.path().join("archive/link")).unwrap();
    let ran = bench.run(&["index", "archive"]);
    assert_eq!(ran.code, 3, "{ran:?}");
    assert!(ran.out.contains("1 link out of the archive"), "{ran:?}");
    let told = format!("archive/link: link out of the archive: to {}", real(&bench, "outside"));
    assert!(ran.out.contains(&told), "{ran:?}");
    assert_eq!(bench.json(&["search", "river", "--json"])["total"], 1);
    let ran = bench.run(&["index", "archive", "--follow-links-outside"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert_eq!(bench.json(&["search", "river", "--json"])["total"], 2);
    // The index remembers it.
    assert_eq!(bench.run(&["index"]).code, 0);
    assert_eq!(bench.json(&["search", "river", "--json"])["total"], 2);
    assert_eq!(bench.run(&["extract", "archive"]).code, 3);
    assert_eq!(bench.run(&["extract", "archive", "--follow-links-outside"]).out.lines().count(), 2);
}

#[cfg(unix)]
fn real(bench: &Bench, name: &str) -> String {
    bench.path().join(name).canonicalize().unwrap().display().to_string()
}

#[cfg(unix)]
#[test]
fn a_signal_ends_a_run_in_the_middle_of_a_large_file() {
    let bench = Bench::new();
    let lines: Vec<_> = (0..40_000)
        .map(|n| {
            format!(
                "{{\"id\":{n},\"title\":\"River {n}\",\"body\":\"{}\"}}\n",
                GOOD.trim().replace('"', "'").repeat(8)
            )
        })
        .collect();
    bench.write("archive/a.jsonl", lines.concat());
    let mut child = bench.command(&["index", "archive", "--quiet"]).spawn().unwrap();
    while !bench.path().join(".newsdex/runs").exists() && child.try_wait().unwrap().is_none() {
        std::thread::yield_now();
    }
    let id = rustix::process::Pid::from_child(&child);
    rustix::process::kill_process(id, rustix::process::Signal::TERM).unwrap();
    let code = child.wait().unwrap().code();
    assert!(matches!(code, Some(4 | 0)), "{code:?}");
    assert_eq!(bench.run(&["index", "archive"]).code, 0);
    assert_eq!(bench.json(&["search", "river", "--json"])["total"], 40_000);
}
