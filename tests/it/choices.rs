//! The options that say what of an archive is indexed, and how: remembered with it, replaced by new ones, forgotten.

use std::fs;

use crate::program::Bench;

const ARTICLE: &str = "Dam talks open in Nairobi\n\nNAIROBI, March 3 (Savanna) - Ministers met on Monday.\n\n\
    “We will share the water,” said Amina Odera, the water minister.\n";

fn articles(bench: &Bench) -> u64 {
    bench.json(&["stats", "--json"])["articles"].as_u64().unwrap()
}

fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or_default()
}

#[test]
fn patterns_are_remembered_replaced_and_forgotten() {
    let bench = Bench::new();
    for name in ["a/1.txt", "a/2.md", "a/drafts/3.txt", "b/4.txt"] {
        bench.write(name, ARTICLE);
    }
    let a = bench.path().join("a");
    let line = |rest: &str| format!("{}: {rest}", a.display());
    let said = bench.prints(&["index", "a", "--include", "*.txt", "--exclude", "drafts/**"]);
    let options = "--include '*.txt' --exclude 'drafts/**'";
    assert_eq!(first_line(&said), line(&format!("{options}, remembered from now on.")));
    assert_eq!(articles(&bench), 1);

    // Another archive has options of its own.
    assert!(bench.prints(&["index", "b"]).starts_with("Read 1 of 1 file"));
    bench.write("a/drafts/5.txt", ARTICLE);
    let said = bench.prints(&["index"]);
    let remembered = "as the index remembers (--forget-options drops them).";
    assert_eq!(first_line(&said), line(&format!("{options}, {remembered}")));
    assert_eq!(articles(&bench), 2);
    bench.prints(&["index", "a", "--checksum"]);
    bench.prints(&["index", "--rebuild"]);
    assert_eq!(articles(&bench), 2, "neither nor a rebuild forgets them");

    let planned = bench.prints(&["index", "a", "--include", "*.md", "--dry-run"]);
    assert_eq!(first_line(&planned), line(&format!("--include '*.md', instead of {options}.")));
    assert!(planned.contains("  new      a/2.md\n  gone     a/1.txt\n"), "{planned}");
    assert_eq!(articles(&bench), 2);
    bench.prints(&["index", "a", "--include", "*.md"]);
    assert!(bench.prints(&["index"]).contains("Read 0 of 2 files"));

    let said = bench.prints(&["index", "a", "--forget-options"]);
    assert_eq!(first_line(&said), line("no options, instead of --include '*.md'."));
    assert_eq!(articles(&bench), 5);
    assert!(bench.prints(&["index"]).starts_with("Read 0 of 5 files"));
}

#[test]
fn options_are_remembered_though_no_file_changed() {
    let bench = Bench::new();
    bench.write("a/1.txt", ARTICLE);
    bench.prints(&["index", "a"]);
    bench.prints(&["index", "a", "--exclude", "*.log"]);
    bench.write("a/2.log", ARTICLE);
    bench.prints(&["index"]);
    assert_eq!(articles(&bench), 1);
    // The place of an archive that was moved is remembered, too.
    fs::create_dir(bench.path().join("new")).unwrap();
    fs::rename(bench.path().join("a"), bench.path().join("new/a")).unwrap();
    bench.prints(&["index", "new/a"]);
    bench.write("new/a/3.txt", ARTICLE);
    bench.prints(&["index"]);
    assert_eq!(articles(&bench), 2);
}

#[test]
fn files_are_read_again_with_other_options_of_reading() {
    let bench = Bench::new();
    bench.write("a/all.csv", "regel,stuk\nDam talks open,Ministers met on Monday in Nairobi.\n");
    bench.prints(&["index", "a", "--map", "title=regel", "--map", "body=stuk"]);
    let has_title = || bench.run(&["search", "title:dam"]).code == 0;
    assert!(has_title());
    assert!(bench.prints(&["index"]).contains("Read 0 of 1 file"), "they are the same");
    bench.run(&["index", "--map", "body=stuk"]);
    assert!(!has_title(), "no field holds the title any more");
    bench.run(&["index", "--map", "title=regel", "--map", "body=stuk"]);
    assert!(has_title());
    let refused = bench.run(&["index", "--format", "nonsense"]);
    assert_eq!(refused.code, 2);
    assert!(refused.err.contains("there is no format nonsense"), "{}", refused.err);
}

#[test]
fn a_pattern_that_leaves_out_most_is_asked_about() {
    let bench = Bench::new();
    for n in 0..20 {
        bench.write(&format!("a/{n}.txt"), ARTICLE);
    }
    bench.prints(&["index", "a"]);
    let refused = bench.run(&["index", "--include", "*.tx"]);
    assert_eq!(refused.code, 2);
    assert!(refused.err.contains("its options leave out more than before"), "{}", refused.err);
    assert!(bench.prints(&["index"]).starts_with("Read 0 of 20 files"), "nothing was remembered");
}
