//! `newsdex index`: what a first and a later run do, and what they refuse to do.

use std::time::{Duration, SystemTime};

use crate::program::Bench;

const ARTICLE: &str = "Dam talks open in Nairobi\n\nNAIROBI, March 3 (Savanna) - Ministers met on Monday.\n\n\
    “We will share the water,” said Amina Odera, the water minister.\n";

/// Sets the clock of a file back, so that its time stamp is trusted.
fn age(bench: &Bench, name: &str) {
    let file = std::fs::File::options().append(true).open(bench.path().join(name)).unwrap();
    file.set_modified(SystemTime::now() - Duration::from_hours(1)).unwrap();
}

#[test]
fn a_later_run_reads_only_what_changed() {
    let bench = Bench::new();
    for name in ["a/1.txt", "a/2.txt", "a/3.txt"] {
        bench.write(name, ARTICLE);
        age(&bench, name);
    }
    let first = bench.prints(&["index", "a"]);
    assert!(
        first.starts_with("Read 3 of 3 files (3 new, 0 changed, 0 same).\n3 articles and "),
        "{first}"
    );

    bench.write("a/2.txt", ARTICLE.replace("water", "power"));
    bench.write("a/4.txt", ARTICLE);
    bench.remove("a/1.txt");
    let second = bench.prints(&["index"]);
    assert!(
        second.starts_with("Read 2 of 3 files (1 new, 1 changed, 1 same, 1 gone)."),
        "{second}"
    );

    let third = bench.prints(&["index"]);
    assert_eq!(third, "Read 0 of 3 files (0 new, 0 changed, 3 same).\n");
}

#[test]
fn after_any_changes_the_index_answers_as_a_fresh_one() {
    let bench = Bench::new();
    for n in 0..8 {
        bench.write(&format!("a/{n}.txt"), ARTICLE.replace("water", &format!("water{n}")));
    }
    bench.prints(&["index", "a"]);
    bench
        .write("a/1.txt", "Another story\n\nOSLO, May 4 - Nothing is as it was, the mayor said.\n");
    bench.write("a/new/9.txt", ARTICLE);
    bench.remove("a/2.txt");
    std::fs::rename(bench.path().join("a/3.txt"), bench.path().join("a/renamed.txt")).unwrap();
    bench.write("a/empty.txt", "");
    let changed = bench.prints(&["index"]);
    assert!(changed.contains("Skipped 1 file: 1 empty."), "{changed}");

    bench.run(&["index", "a", "--index", "fresh"]);
    assert_eq!(bench.everything(".newsdex"), bench.everything("fresh"));
}

/// Guards against deletes that fall upon the documents which replace the deleted ones.
#[test]
fn many_files_changed_at_once_are_all_there_afterwards() {
    let bench = Bench::new();
    for round in 0..4 {
        for n in 0..200 {
            bench.write(
                &format!("a/{n}.txt"),
                ARTICLE.replace("water", &format!("water of {round}")),
            );
        }
        bench.prints(&["index", "a", "--threads", "4", "--quiet"]);
        let stats = bench.json(&["stats", "--json"]);
        assert_eq!(
            (&stats["articles"], &stats["files"]),
            (&200.into(), &200.into()),
            "round {round}"
        );
    }
}

#[test]
fn bad_files_are_counted_and_named_and_stop_nothing() {
    let bench = Bench::new();
    bench.write("a/good.txt", ARTICLE);
    bench.write("a/empty.txt", "");
    bench.write("a/blank.txt", " \n\t\n");
    bench.write("a/photo.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR");
    let ran = bench.run(&["index", "a", "--report", "report.json"]);
    assert_eq!(ran.code, 0, "files that are no articles are no fault");
    assert!(ran.out.contains("Skipped 3 files: 2 empty, 1 not text."), "{}", ran.out);

    let report = std::fs::read_to_string(bench.path().join("report.json")).unwrap();
    let report: serde_json::Value = serde_json::from_str(&report).unwrap();
    assert_eq!(report["articles"], 1);
    assert_eq!(report["skipped_by_reason"]["empty"], 2);
    assert!(report["skipped"][2]["path"].as_str().unwrap().ends_with("photo.txt"));
    assert_eq!(bench.run(&["index"]).code, 0, "what was skipped once is not tried again");
}

#[test]
fn a_date_in_the_future_is_refused_and_named() {
    let bench = Bench::new();
    bench
        .write("a/later.txt", "River rises\nDate: 3 March 2089\n\nIt rose by the hour, they said.");
    let ran = bench.run(&["index", "a", "--report", "report.json"]);
    assert_eq!(ran.code, 0, "the article is there all the same");
    assert!(ran.out.contains("Refused 1 date before 1600 or in the future:"), "{}", ran.out);
    assert!(ran.out.contains("a/later.txt: 2089-03-03"), "{}", ran.out);
    let report = std::fs::read_to_string(bench.path().join("report.json")).unwrap();
    assert!(report.contains("\"date\": \"2089-03-03\""), "{report}");
    assert_eq!(bench.run(&["search", "has:date"]).code, 1);
    assert!(bench.prints(&["show", "a/later.txt"]).contains("2089-03-03"));
    let extracted = bench.run(&["extract", "a"]);
    assert!(extracted.err.contains("2089-03-03"), "{}", extracted.err);
}

#[test]
fn an_archive_that_vanished_is_not_deleted() {
    let bench = Bench::new();
    for n in 0..20 {
        bench.write(&format!("a/{n}.txt"), ARTICLE);
    }
    bench.prints(&["index", "a"]);
    for n in 1..20 {
        bench.remove(&format!("a/{n}.txt"));
    }
    let ran = bench.run(&["index"]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.err.contains("this run would take 19 of the 20 articles of a out of the index")
            && ran.err.contains("--allow-mass-delete"),
        "{}",
        ran.err
    );
    assert_eq!(bench.json(&["stats", "--json"])["articles"], 20);

    bench.prints(&["index", "--allow-mass-delete"]);
    assert_eq!(bench.json(&["stats", "--json"])["articles"], 1);

    std::fs::rename(bench.path().join("a"), bench.path().join("b")).unwrap();
    let ran = bench.run(&["index"]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.err.contains("a is gone; is a disk not mounted? nothing was changed"),
        "{}",
        ran.err
    );
    bench.write("c/1.txt", ARTICLE);
    bench.prints(&["index", "c"]);
    assert_eq!(bench.json(&["stats", "--json"])["articles"], 2);
    bench.prints(&["index", "--allow-mass-delete"]);
    assert_eq!(bench.json(&["stats", "--json"])["articles"], 1, "it was meant to go");
    bench.prints(&["index"]);
}

#[cfg(unix)]
#[test]
fn links_back_up_are_passed_over_and_loops_are_named() {
    let bench = Bench::new();
    bench.write("a/1.txt", ARTICLE);
    bench.write("a/sub/2.txt", ARTICLE);
    std::os::unix::fs::symlink("..", bench.path().join("a/up")).unwrap();
    std::os::unix::fs::symlink(".", bench.path().join("a/sub/self")).unwrap();
    let ran = bench.run(&["index", "a"]);
    assert_eq!(ran.code, 3, "{ran:?}");
    assert!(ran.out.contains("Skipped 1 file: 1 unreadable."), "{}", ran.out);
    assert!(ran.out.contains("sub/self: unreadable: the link leads back to"), "{}", ran.out);
    assert_eq!(bench.json(&["stats", "--json"])["articles"], 2);
}

#[test]
fn a_dry_run_writes_nothing() {
    let bench = Bench::new();
    bench.write("a/1.txt", ARTICLE);
    let plan = bench.prints(&["index", "a", "--dry-run"]);
    assert_eq!(plan, "Would read 1 of 1 file (1 new, 0 changed, 0 same).\n  new      a/1.txt\n");
    assert!(!bench.path().join(".newsdex").exists());
}

#[test]
fn files_are_chosen_by_pattern() {
    let bench = Bench::new();
    bench.write("a/1.txt", ARTICLE);
    bench.write("a/notes.md", ARTICLE);
    bench.write("a/drafts/2.txt", ARTICLE);
    bench.prints(&["index", "a", "--include", "*.txt", "--exclude", "drafts/**"]);
    assert_eq!(bench.json(&["stats", "--json"])["articles"], 1);
    let ran = bench.run(&["index", "a", "--include", "[", "--index", "other"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("[ is no file pattern"), "{}", ran.err);
}

#[test]
fn the_second_of_two_writers_is_told_who_is_first() {
    let bench = Bench::new();
    bench.write("a/1.txt", ARTICLE);
    bench.prints(&["index", "a"]);
    let lock = bench.path().join(".newsdex/newsdex.lock");
    let held = std::fs::File::options().read(true).write(true).open(lock).unwrap();
    held.try_lock().unwrap();
    bench.write("a/2.txt", ARTICLE);
    let ran = bench.run(&["index"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("another run is writing .newsdex: process "), "{}", ran.err);
}

#[test]
fn what_is_missing_is_said_with_what_to_type() {
    let bench = Bench::new();
    let ran = bench.run(&["index"]);
    assert_eq!(
        (ran.code, ran.err.as_str()),
        (
            2,
            "newsdex: no archive is given, and the index remembers none; try: newsdex index ARCHIVE\n"
        )
    );
    let ran = bench.run(&["search", "x"]);
    let expected = "newsdex: there is no index in .newsdex; make one with: newsdex index ARCHIVE\n";
    assert_eq!((ran.code, ran.err.as_str()), (2, expected));
    let ran = bench.run(&["index", "nowhere"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("cannot read") && ran.err.contains("nowhere"), "{}", ran.err);
}
