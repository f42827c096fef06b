//! Ids of articles stay when other records of their file come and go, and links find articles under other ids.

use serde_json::json;

use crate::program::Bench;

const RECORDS: [&str; 3] = [
    r#"{"title":"Weir repaired","text":"The weir at Lonning was repaired on Monday."}"#,
    r#"{"title":"Weir open","text":"Boats pass the weir again.","url":"https://lonning.example/open"}"#,
    r#"{"id":"L-7","title":"Weir closed","text":"Ice shut the weir for a week."}"#,
];

fn ids(bench: &Bench) -> Vec<String> {
    let ran = bench.run(&["search", "--jsonl"]);
    let id = |line: &str| {
        let article: serde_json::Value = serde_json::from_str(line).unwrap();
        article["id"].as_str().unwrap().to_owned()
    };
    let mut ids: Vec<_> = ran.out.lines().map(id).collect();
    ids.sort();
    ids
}

/// The ids of an archive with one file, before and after something was put at its top.
fn before_and_after(name: &str, before: &str, after: &str) -> (Vec<String>, Vec<String>) {
    let bench = Bench::new();
    let file = format!("a/{name}");
    bench.write(&file, before);
    bench.prints(&["index", "a", "--quiet"]);
    let first = ids(&bench);
    bench.write(&file, after);
    bench.prints(&["index", "--quiet"]);
    (first, ids(&bench))
}

#[test]
fn an_id_is_what_the_sender_gave_else_the_address_else_the_digest() {
    let bench = Bench::new();
    bench.write("a/weir.jsonl", RECORDS.join("\n"));
    bench.write("a/alone.json", RECORDS[2]);
    bench.prints(&["index", "a", "--quiet"]);
    let ids = ids(&bench);
    assert_eq!(ids[0], "a/alone.json");
    assert!(ids.contains(&"a/weir.jsonl#L-7".to_owned()), "{ids:?}");
    assert!(ids.contains(&"a/weir.jsonl#https://lonning.example/open".to_owned()), "{ids:?}");
    let digest = bench.json(&["search", "repaired", "--json"])["hits"][0]["digest"].clone();
    assert!(ids.contains(&format!("a/weir.jsonl#{}", digest.as_str().unwrap())), "{ids:?}");
}

#[test]
fn a_record_at_the_top_changes_no_other_id() {
    let first = r#"{"title":"New weir","text":"A second weir is planned."}"#;
    let rows = "title,text\nWeir repaired,Repaired on Monday.\nWeir open,Boats pass again.\n";
    let more = rows.replacen('\n', "\nNew weir,A second weir is planned.\n", 1);
    let mail = "From a@lonning.example Mon Jan  7 10:00:00 2019\nFrom: a@lonning.example\nDate: Mon, 7 Jan 2019 10:00:00 +0000\nSubject: Weir repaired\n\nRepaired on Monday.\n";
    let new_mail = "From b@lonning.example Tue Jan  8 10:00:00 2019\nFrom: b@lonning.example\nDate: Tue, 8 Jan 2019 10:00:00 +0000\nSubject: New weir\n\nA second weir is planned.\n\n";
    let list = |records: &[&str]| format!("[{}]", records.join(",\n"));
    for (name, before, after) in [
        ("weir.jsonl", RECORDS.join("\n"), [first, &RECORDS.join("\n")].join("\n")),
        ("weir.csv", rows.to_owned(), more),
        ("weir.mbox", mail.to_owned(), format!("{new_mail}{mail}")),
        ("one.json", list(&RECORDS[..1]), list(&[first, RECORDS[0]])),
        ("weir.json", list(&RECORDS), list(&[first, RECORDS[0], RECORDS[1], RECORDS[2]])),
    ] {
        let (before, after) = before_and_after(name, &before, &after);
        assert!(!before.is_empty() && after.len() == before.len() + 1, "{name}: {after:?}");
        assert!(before.iter().all(|id| after.contains(id)), "{name}: {before:?} {after:?}");
    }
}

#[test]
fn equal_records_are_numbered_and_equal_names_have_the_digest_behind() {
    let bench = Bench::new();
    let other = RECORDS[2].replace("a week", "a month");
    bench.write("a/weir.jsonl", [RECORDS[0], RECORDS[0], RECORDS[2], &other, &other].join("\n"));
    bench.prints(&["index", "a", "--quiet"]);
    let ids = ids(&bench);
    assert_eq!(ids.len(), 5, "{ids:?}");
    assert_eq!(ids.iter().filter(|id| id.ends_with("~2")).count(), 2, "{ids:?}");
    assert!(ids.iter().any(|id| id.starts_with("a/weir.jsonl#L-7~")), "{ids:?}");
}

#[test]
fn an_edited_record_is_one_change() {
    let bench = Bench::new();
    bench.write("a/weir.jsonl", RECORDS.join("\n"));
    bench.prints(&["index", "a", "--quiet"]);
    bench.write("a/weir.jsonl", RECORDS.join("\n").replace("on Monday", "on Tuesday"));
    bench.prints(&["index", "--quiet"]);
    let changes = bench.json(&["diff", "--json"]);
    assert_eq!(changes["changed"], 1, "{changes:#}");
    assert_eq!((&changes["added"], &changes["removed"]), (&json!(0), &json!(0)));
    let changed = &changes["articles"][0];
    assert_ne!(changed["id"], changed["previous_id"]);
    assert_eq!(changed["text"][0]["sentence"], "The weir at Lonning was repaired on Monday.");
    assert!(bench.prints(&["diff"]).contains("was a/weir.jsonl#"));
}

#[test]
fn a_link_finds_the_article_of_a_renamed_file() {
    let bench = Bench::new();
    bench.write("a/weir.txt", "Weir repaired\n\nThe weir at Lonning was repaired on Monday.");
    bench.prints(&["index", "a", "--quiet"]);
    let shown = bench.prints(&["show", "a/weir.txt"]);
    let link = shown.lines().find_map(|line| line.strip_prefix("link")).unwrap().trim().to_owned();
    assert!(link.starts_with("a/weir.txt@"), "{link}");
    bench.prints(&["search", "weir", "--receipt", "weir.json"]);
    let ran = bench.run(&["show", &link]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{ran:?}");

    bench.write("a/lock.txt", "Lock repaired\n\nThe lock was repaired, too.");
    std::fs::rename(bench.path().join("a/weir.txt"), bench.path().join("a/2019.txt")).unwrap();
    bench.prints(&["index", "--quiet"]);
    let ran = bench.run(&["show", &link]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.err.contains("is now a/2019.txt"), "{ran:?}");
    assert_eq!(bench.run(&["show", "a/weir.txt"]).code, 2, "an id alone is of a place");
    let verified = bench.prints(&["verify", "weir.json"]);
    assert!(verified.starts_with("holds under other ids"), "{verified}");
    let changes = bench.json(&["diff", "--json"]);
    assert_eq!((&changes["changed"], &changes["removed"]), (&json!(1), &json!(0)), "{changes:#}");

    bench.write("a/2019.txt", "Weir repaired\n\nThe weir at Lonning was repaired on Friday.");
    bench.prints(&["index", "--quiet"]);
    let edited = bench.run(&["show", &link.replace("weir.txt", "2019.txt")]);
    assert!(edited.err.contains("was edited since"), "{edited:?}");
    assert_eq!(bench.run(&["verify", "weir.json"]).code, 1);
}
