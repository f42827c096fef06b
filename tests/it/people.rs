//! `newsdex people`: a person of the archive.

use serde_json::Value;

use crate::program::Bench;

fn list(value: &Value) -> &[Value] {
    value.as_array().unwrap()
}

#[test]
fn a_person_is_shown_in_every_format() {
    let bench = Bench::with_sample_corpus();
    let object = bench.json(&["people", "maiga", "--json", "--limit", "100"]);
    assert_eq!(object["names"][0]["value"], "Halima Souley Maiga");
    let total = |args: &[&str]| bench.json(args)["total"].as_u64();
    let articles = total(&["search", "person:maiga", "--json", "--limit", "0"]);
    assert_eq!(object["articles"].as_u64(), articles);
    let quotations = total(&["quotes", "--speaker", "maiga", "--json", "--limit", "0"]);
    assert_eq!(object["quotations"].as_u64(), quotations);

    let lists = ["names", "roles", "countries", "named_with", "latest", "similar"];
    let all: usize = lists.iter().map(|name| list(&object[name]).len()).sum();
    let csv = bench.prints(&["people", "maiga", "--csv"]);
    assert!(csv.starts_with("list,value,articles,first,last,name,id\n"), "{csv}");
    assert_eq!(csv::Reader::from_reader(csv.as_bytes()).records().count(), all);
    let lines = bench.prints(&["people", "maiga", "--jsonl"]);
    assert_eq!(lines.lines().count(), all);
    let role: Value = serde_json::from_str(lines.lines().nth(1).unwrap()).unwrap();
    assert_eq!((&role["list"], &role["name"]), (&"role".into(), &"Halima Souley Maiga".into()));

    let screen = bench.prints(&["people", "maiga"]);
    assert!(screen.contains("Halima Souley Maiga") && !screen.contains('\u{1b}'), "{screen}");
    assert!(bench.prints(&["people", "maiga", "--color", "always"]).contains('\u{1b}'));
    assert!(bench.prints(&["people", "--help"]).contains("Examples:"));
}

#[test]
fn who_is_not_found_has_near_names() {
    let bench = Bench::with_sample_corpus();
    let nobody = bench.run(&["people", "Haleema Soulay"]);
    assert_eq!(nobody.code, 1);
    assert!(nobody.out.starts_with("nobody is named Haleema Soulay\n"), "{nobody:?}");
    assert!(nobody.out.ends_with("try: newsdex people 'Halima Souley Maiga'\n"), "{nobody:?}");
    assert_eq!(bench.run(&["people", "maiga", "country:JP"]).code, 1);
    assert_eq!(bench.run(&["people", "maiga", "nofield:x", "--strict"]).code, 2);
}
