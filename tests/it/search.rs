//! The commands that ask the index: formats, exit codes, and that all faces give one count.

use crate::program::Bench;

#[test]
fn every_face_gives_the_same_count() {
    let bench = Bench::with_sample_corpus();
    for query in
        ["*", "water", "country:FR", "license:open -language:en", "\"foreign minister\" OR ferry"]
    {
        let total = bench.json(&["search", query, "--json"])["total"].as_u64().unwrap();
        assert!(total > 0, "{query}");
        let lines = bench.prints(&["search", query, "--jsonl"]).lines().count() as u64;
        let rows = bench.prints(&["search", query, "--csv"]);
        let rows = csv::Reader::from_reader(rows.as_bytes()).records().count() as u64;
        let facet =
            &bench.json(&["facets", "license", query, "--json", "--limit", "1000"])["facets"][0];
        let counted: u64 =
            facet["values"].as_array().unwrap().iter().map(|v| v["count"].as_u64().unwrap()).sum();
        assert_eq!((lines, rows, counted), (total, total, total), "{query}");
    }
}

#[test]
fn pages_never_overlap_and_miss_nothing() {
    let bench = Bench::with_sample_corpus();
    for order in ["relevance", "newest", "oldest"] {
        let mut seen = std::collections::BTreeSet::new();
        for offset in (0..400).step_by(20) {
            let offset = offset.to_string();
            let page = bench.json(&[
                "search", "the", "--json", "--sort", order, "--limit", "20", "--offset", &offset,
            ]);
            for hit in page["hits"].as_array().unwrap() {
                assert!(seen.insert(hit["id"].to_string()), "{order}: {} twice", hit["id"]);
            }
        }
        let total =
            bench.json(&["search", "the", "--json", "--limit", "1"])["total"].as_u64().unwrap();
        assert_eq!(seen.len() as u64, total, "{order}");
    }
}

#[test]
fn exit_codes_tell_scripts_what_happened() {
    let bench = Bench::with_sample_corpus();
    assert_eq!(bench.run(&["search", "water"]).code, 0);
    assert_eq!(bench.run(&["search", "zzyzx"]).code, 1);
    assert_eq!(bench.run(&["facets", "nofield"]).code, 2);
    assert_eq!(bench.run(&["show", "nothing"]).code, 2);
    assert_eq!(bench.run(&["search", "water", "--from", "soon"]).code, 2);
}

#[test]
fn quotations_are_the_articles_own_words() {
    let bench = Bench::with_sample_corpus();
    let articles = bench.prints(&["search", "--jsonl"]);
    let bodies: std::collections::BTreeMap<String, String> = articles
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap())
        .map(|a| (a["id"].as_str().unwrap().to_owned(), a["body"].as_str().unwrap().to_owned()))
        .collect();
    let quotes = bench.prints(&["quotes", "--jsonl"]);
    for line in quotes.lines() {
        let quote: serde_json::Value = serde_json::from_str(line).unwrap();
        let body = &bodies[quote["article"].as_str().unwrap()];
        assert!(body.contains(quote["text"].as_str().unwrap()), "{line}");
    }
    assert!(quotes.lines().count() > 500);
}

#[test]
fn what_extract_prints_is_what_the_index_keeps() {
    let bench = Bench::with_sample_corpus();
    let corpus = crate::program::sample_corpus();
    let ran = bench.run(&["extract", corpus.to_str().unwrap()]);
    assert_eq!(ran.code, 3);
    assert_eq!(ran.err.lines().count(), 4, "{}", ran.err);
    // Of what its sender withdrew, the index keeps nothing.
    let withdrawn = |line: &&str| line.contains("\"status\":\"withdrawn\"");
    assert_eq!(ran.out.lines().filter(withdrawn).count(), 1);
    let mut extracted: Vec<_> = ran.out.lines().filter(|line| !withdrawn(line)).collect();
    let indexed = bench.prints(&["search", "--jsonl"]).replace("\"query\":\"*\",", "");
    let mut indexed: Vec<_> = indexed.lines().collect();
    extracted.sort_unstable();
    indexed.sort_unstable();
    assert_eq!(extracted, indexed);
}

#[test]
fn the_shell_gets_its_completions_and_the_reader_a_manual() {
    let bench = Bench::new();
    assert!(bench.prints(&["completions", "bash"]).contains("_newsdex"));
    assert!(bench.prints(&["man"]).contains("newsdex"));
    for command in [
        "index",
        "search",
        "facets",
        "quotes",
        "show",
        "timeline",
        "stats",
        "extract",
        "formats",
        "completions",
        "man",
    ] {
        let help = bench.prints(&[command, "--help"]);
        assert!(help.contains("Examples:"), "{command}");
    }
}
