//! Metadata without a field of its own is kept, searched and counted under its path.

use serde_json::json;

use crate::program::Bench;

fn bench() -> Bench {
    let bench = Bench::new();
    bench.write(
        "a/speeches.jsonl",
        concat!(
            r#"{"title":"Dam","text":"The dam opened.","member":{"name":"Ida Holm","party":"R"},"votes":7}"#,
            "\n",
            r#"{"title":"Weir","text":"The weir closed.","member":{"name":"Olav Brekke","party":"Rural Union"},"votes":12}"#,
            "\n",
            r#"{"title":"Lock","text":"The lock burst.","member":{"name":"Ida Holm","party":"R"},"votes":104}"#,
        ),
    );
    bench.write(
        "a/rows.csv",
        "title,text,Shelf Mark\nFlood,The river rose.,B 12\nFire,The mill burnt.,B 13\n",
    );
    bench.write(
        "a/item.xml",
        "<item><title>Bridge</title><text>It fell.</text><member><party>R</party></member></item>",
    );
    bench.write(
        "a/note.md",
        "---\ntitle: Storm\nseries:\n  name: Weather\n---\nThe storm passed over Lonning.",
    );
    bench.prints(&["index", "a", "--quiet"]);
    bench
}

fn total(bench: &Bench, query: &str) -> u64 {
    let ran = bench.run(&["search", query, "--json"]);
    assert!(matches!(ran.code, 0 | 1), "{query}: {ran:?}");
    let page: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    page["total"].as_u64().unwrap()
}

#[test]
fn values_are_found_under_their_path() {
    let bench = bench();
    for (query, expected) in [
        ("meta.member.party:R", 3),
        ("META.Member.Party:r", 3),
        ("meta.member.party:rural", 1),
        ("meta.member.party:\"Rural Union\"", 1),
        ("meta.member.party:\"Rural\"", 0),
        ("meta.member.party:\"rural u*\"", 1),
        ("meta.member.party:/r.*/", 4),
        ("meta.member.party:*", 4),
        ("meta.member.name:holm meta.votes:8..200", 1),
        ("meta.votes:..12", 2),
        ("meta.shelf_mark:\"B 12\"", 1),
        ("meta.series.name:weather", 1),
        ("meta:member.party", 4),
        ("dam OR meta.votes:12", 2),
        ("-meta.member.party:*", 3),
    ] {
        assert_eq!(total(&bench, query), expected, "{query}");
    }
}

#[test]
fn a_name_that_no_file_has_is_an_unknown_field() {
    let bench = bench();
    let ran = bench.run(&["search", "dam meta.member.prty:R"]);
    assert_eq!(ran.code, 2, "{ran:?}");
    assert!(ran.err.contains("meta.member.party"), "{ran:?}");
    let ran = bench.run(&["search", "dam OR meta.member.prty:R", "--lenient"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.err.contains("did you mean meta.member.party?"), "{ran:?}");
}

#[test]
fn values_are_counted_and_shown() {
    let bench = bench();
    let facet = bench.json(&["facets", "meta.member.party", "--json"])["facets"][0].clone();
    let values = facet["values"].as_array().unwrap();
    let counts: Vec<_> = values.iter().map(|v| (v["value"].clone(), v["count"].clone())).collect();
    assert_eq!(counts, [(json!("R"), json!(3)), (json!("Rural Union"), json!(1))]);
    assert_eq!(facet["missing"], 3, "{facet}");
    for value in values {
        let query = value["query"].as_str().unwrap();
        assert_eq!(json!(total(&bench, query)), value["count"], "{query}");
    }
    let names = bench.prints(&["facets", "meta"]);
    assert!(names.contains("member.party") && names.contains("shelf_mark"), "{names}");
    let shown = bench.prints(&["search", "dam", "--facet", "meta.member.party"]);
    assert!(shown.contains("meta.member.party"), "{shown}");
    let article = bench.json(&["search", "dam", "--json"])["hits"][0].clone();
    assert_eq!(article["metadata"]["member.name"], json!(["Ida Holm"]));
    let id = article["id"].as_str().unwrap();
    assert!(bench.prints(&["show", id]).contains("meta.member.party"));
}

#[test]
fn what_is_left_out_or_without_effect_is_told() {
    let bench = Bench::new();
    let name = |n| format!("\"f{n}\":\"v\"");
    let record = |from: usize| {
        let names: Vec<_> = (from..from + 200).map(name).collect();
        format!("{{\"title\":\"T{from}\",\"text\":\"Words.\",{}}}", names.join(","))
    };
    let records: Vec<_> = (0..6).map(|n| record(n * 200)).collect();
    bench.write("a/wide.jsonl", records.join("\n"));
    let long = format!("{{\"title\":\"L\",\"text\":\"Words.\",\"note\":\"{}\"}}", "x".repeat(1100));
    bench.write("a/long.json", long);
    bench.write("a/heads.csv", "title,lichaam\nOne,Een.\nTwo,Twee.\nThree,Drie.\n");
    let said = bench.prints(&["index", "a", "--map", "byline=member.name"]);
    assert!(said.contains("Left out 201 values of other fields"), "{said}");
    assert!(said.contains("a/heads.csv: its records give headlines and no text"), "{said}");
    assert!(said.contains("--map byline=member.name: no record"), "{said}");
    let names = bench.json(&["facets", "meta", "--json"])["facets"][0].clone();
    assert_eq!(names["distinct"], 1001, "a thousand of the wide file and lichaam");
    let mapped = bench.prints(&["index", "a", "--map", "body=lichaam"]);
    assert!(!mapped.contains("no record") && !mapped.contains("no text"), "{mapped}");
    assert_eq!(total(&bench, "body:twee"), 1);
}
