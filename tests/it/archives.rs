//! Archives that are emptied, moved, or have the same name as another one.

use std::fs;

use crate::program::{Bench, Ran};

const ARTICLE: &str = "Ferry sold\n\nThe ferry of Tarnhavn was sold on Monday, the harbour said.";

/// Records of JSON Lines, from number `from` to before `to`.
fn records(from: usize, to: usize) -> String {
    let record = |n| format!("{{\"title\":\"Ferry {n}\",\"text\":\"Ferry number {n} sailed.\"}}\n");
    (from..to).map(record).collect()
}

fn articles(bench: &Bench) -> u64 {
    bench.json(&["stats", "--json"])["articles"].as_u64().unwrap()
}

/// Asserts that a run was refused and changed nothing.
fn assert_refused(ran: &Ran, words: &str, bench: &Bench, held: u64) {
    assert_eq!(ran.code, 2, "{ran:?}");
    assert!(ran.err.contains(words) && ran.err.contains("--allow-mass-delete"), "{}", ran.err);
    assert_eq!(articles(bench), held);
}

#[test]
fn an_archive_whose_folder_is_empty_keeps_its_articles() {
    for (files, each) in [(3, 1), (9, 50)] {
        let bench = Bench::new();
        for n in 0..files {
            bench.write(&format!("a/{n}.jsonl"), records(n * each, (n + 1) * each));
        }
        bench.prints(&["index", "a", "--quiet"]);
        let held = (files * each) as u64;
        fs::rename(bench.path().join("a"), bench.path().join("off")).unwrap();
        fs::create_dir(bench.path().join("a")).unwrap();
        for options in [&[][..], &["--rebuild"], &["--checksum"]] {
            let ran = bench.run(&[&["index", "--quiet"][..], options].concat());
            assert_refused(&ran, "its folder is empty", &bench, held);
        }
        fs::remove_dir(bench.path().join("a")).unwrap();
        fs::rename(bench.path().join("off"), bench.path().join("a")).unwrap();
        bench.prints(&["index", "--quiet"]);
        assert_eq!(articles(&bench), held);
    }
}

#[test]
fn articles_are_counted_that_a_run_would_take_away() {
    let bench = Bench::new();
    bench.write("a/large.jsonl", records(0, 500));
    bench.write("a/small.jsonl", records(500, 520));
    bench.prints(&["index", "a", "--quiet"]);
    // A file that its owner cut down to whole records.
    bench.write("a/large.jsonl", records(0, 400));
    assert_refused(&bench.run(&["index"]), "100 of the 520 articles of a", &bench, 520);
    bench.prints(&["index", "--allow-mass-delete", "--quiet"]);
    assert_eq!(articles(&bench), 420);
    // Little enough to be meant; edits and additions take nothing away.
    bench.write("a/large.jsonl", records(0, 380) + &records(600, 700));
    bench.prints(&["index", "--quiet"]);
    bench.write("a/large.jsonl", records(1000, 1480));
    bench.prints(&["index", "--quiet"]);
    assert_eq!(articles(&bench), 500);
    // A renamed file takes nothing away, either.
    fs::create_dir(bench.path().join("a/2019")).unwrap();
    fs::rename(bench.path().join("a/large.jsonl"), bench.path().join("a/2019/l.jsonl")).unwrap();
    bench.prints(&["index", "--quiet"]);
    assert_eq!(articles(&bench), 500);
    bench.remove("a/2019/l.jsonl");
    let ran = bench.run(&["index", "--rebuild"]);
    assert_refused(&ran, "480 of the 500 articles of a", &bench, 500);
}

#[test]
fn options_that_leave_out_most_of_an_archive_are_refused() {
    let bench = Bench::new();
    bench.write("a/1.md", ARTICLE);
    for n in 0..40 {
        bench.write(&format!("a/{n}.txt"), ARTICLE);
    }
    bench.prints(&["index", "a", "--quiet"]);
    let ran = bench.run(&["index", "a", "--include", "*.md"]);
    assert_refused(&ran, "40 of the 41 articles of a out of the index: its options", &bench, 41);
    bench.prints(&["index", "a", "--include", "*.md", "--allow-mass-delete", "--quiet"]);
    assert_eq!(articles(&bench), 1);
}

#[test]
fn a_moved_archive_is_recognised_and_keeps_its_ids() {
    let bench = Bench::new();
    for n in 0..5 {
        bench.write(&format!("papers/{n}.txt"), format!("{ARTICLE} Bid {n}."));
    }
    bench.prints(&["index", "papers", "--quiet"]);
    let before = bench.everything(".newsdex");
    fs::rename(bench.path().join("papers"), bench.path().join("archive")).unwrap();
    let ran = bench.run(&["index", "archive"]);
    assert_eq!(ran.code, 2, "{ran:?}");
    assert!(ran.err.contains("newsdex index --moved-from papers"), "{}", ran.err);
    assert_eq!(articles(&bench), 5);
    let unknown = bench.run(&["index", "archive", "--moved-from", "letters"]);
    assert!(unknown.code == 2 && unknown.err.contains("it has: papers"), "{unknown:?}");

    let moved = bench.prints(&["index", "archive", "--moved-from", "papers"]);
    assert!(moved.contains("known as papers") && moved.contains("0 new"), "{moved}");
    assert_eq!(bench.everything(".newsdex"), before);
    bench.prints(&["index", "--quiet"]);
    assert_eq!(articles(&bench), 5);
    // Under a name of its own it is another archive.
    fs::rename(bench.path().join("archive"), bench.path().join("again")).unwrap();
    bench.prints(&["index", "again", "--name", "second", "--quiet"]);
    assert_eq!(articles(&bench), 10);
}

#[test]
fn archives_whose_folders_have_one_name_get_names_of_their_own() {
    let bench = Bench::new();
    bench.write("gazette/news/1.txt", ARTICLE);
    bench.write("herald/news/1.txt", ARTICLE);
    bench.write("courier/news/1.txt", ARTICLE);
    let said = bench.prints(&["index", "gazette/news", "herald/news"]);
    assert!(said.contains("known as herald-news"), "{said}");
    bench.prints(&["index", "courier/news", "--name", "The Courier", "--quiet"]);
    bench.prints(&["index", "herald/news", "--quiet"]);
    bench.prints(&["index", "--quiet"]);
    assert_eq!(articles(&bench), 3);
    for id in ["news/1.txt", "herald-news/1.txt", "The Courier/1.txt"] {
        assert!(bench.prints(&["show", id]).contains("Ferry sold"));
    }
    for wrong in [
        &["index", "courier/news", "--name", "other"][..],
        &["index", "gazette", "--name", "news"],
        &["index", "gazette", "herald", "--name", "both"],
        &["index", "gazette", "--name", "a/b"],
    ] {
        let ran = bench.run(wrong);
        assert!(ran.code == 2 && !ran.err.is_empty(), "{ran:?}");
    }
}
