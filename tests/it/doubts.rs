//! Queries that may be meant otherwise than they would be searched: unknown fields are errors, other doubts warnings, and
//! `--strict` and `--lenient` change that for every command that takes a query.

use crate::program::Bench;

/// The commands that take a query, with the query in the place of `QUERY`.
const COMMANDS: [&[&str]; 14] = [
    &["search", "QUERY"],
    &["search", "QUERY", "--csv"],
    &["search", "QUERY", "--json"],
    &["facets", "country", "QUERY"],
    &["quotes", "QUERY"],
    &["quotes", "QUERY", "--group"],
    &["people", "minister", "QUERY"],
    &["timeline", "QUERY"],
    &["timeline", "water", "--compare", "QUERY"],
    &["concordance", "QUERY"],
    &["concordance", "QUERY", "--group", "left"],
    &["compare", "QUERY", "water"],
    &["compare", "water", "QUERY"],
    &["explain", "QUERY"],
];

fn with<'q>(command: &[&'q str], query: &'q str, option: &'q str) -> Vec<&'q str> {
    let words = command.iter().map(|&word| if word == "QUERY" { query } else { word });
    words.chain((!option.is_empty()).then_some(option)).collect()
}

#[test]
fn an_unknown_field_is_an_error_with_the_nearest_one() {
    let bench = Bench::with_sample_corpus();
    for command in COMMANDS {
        let ran = bench.run(&with(command, "contry:IR water", ""));
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{command:?}: {ran:?}");
        let expected = "newsdex: there is no field contry; did you mean country:?";
        assert!(ran.err.starts_with(expected), "{command:?}: {ran:?}");
        let lenient = bench.run(&with(command, "contry:IR water", "--lenient"));
        assert!(lenient.code < 2, "{command:?}: {lenient:?}");
        assert!(lenient.err.contains("there is no field contry"), "{command:?}: {lenient:?}");
        let both = [&with(command, "water", "--strict")[..], &["--lenient"]].concat();
        assert_eq!(bench.run(&both).code, 2, "{command:?}");
    }
    let id =
        bench.json(&["search", "water", "--json"])["hits"][0]["id"].as_str().unwrap().to_owned();
    assert_eq!(bench.run(&["why", "contry:IR", &id]).code, 2);
    let ran = bench.run(&["search", "party:green"]);
    assert!(ran.err.contains("newsdex help search lists the fields"), "{ran:?}");
    let receipt = bench.run(&["search", "contry:IR", "--receipt", "receipt.json"]);
    assert_eq!(receipt.code, 2);
    assert!(!bench.path().join("receipt.json").exists());
    bench.write("names.toml", "[[person]]\nname = \"A\"\nof = \"B\"\nwhere = \"contry:IR\"\n");
    assert_eq!(bench.run(&["search", "water", "--aliases", "names.toml"]).code, 2);
}

#[test]
fn what_is_plainly_text_is_no_field() {
    let bench = Bench::with_sample_corpus();
    for query in
        ["10:30", "3:1", "https://example.org/ferry?a:b", "Re: talks", "\"contry:IR\"", "water::x"]
    {
        let ran = bench.run(&["search", query, "--strict"]);
        assert!(ran.code < 2 && ran.err.is_empty(), "{query}: {ran:?}");
    }
}

#[test]
fn other_doubts_are_warnings_unless_they_are_to_be_errors() {
    let bench = Bench::new();
    bench.write("a/1.txt", "Orchard\n\nThe quince ripened on Monday.\n");
    bench.write("a/2.txt", "Orchard\n\nThe medlar ripened on Monday.\n");
    bench.write("a/3.txt", "Orchard\n\nNeither the quince or the medlar ripened on Tuesday.\n");
    assert_eq!(bench.run(&["index", "a", "--quiet"]).code, 0);
    let warnings = |query: &str| {
        let ran = bench.run(&["search", query, "--json"]);
        let page: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
        (page["total"].as_u64().unwrap(), page["warnings"].as_array().unwrap().len())
    };
    assert_eq!(warnings("quince or medlar"), (1, 1));
    assert_eq!(warnings("quince OR medlar"), (3, 0));
    assert_eq!(warnings("\"quince or the medlar\""), (1, 0));
    assert_eq!(warnings("quince not medlar"), (0, 1));
    assert_eq!(warnings("date:2021..2012"), (0, 1));
    assert_eq!(warnings("words:900..5"), (0, 1));
    for query in ["quince or medlar", "date:2021..2012", "words:900..5", "\"quince"] {
        for command in COMMANDS {
            let ran = bench.run(&with(command, query, "--strict"));
            assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{command:?} {query}: {ran:?}");
        }
    }
    let dates = bench.run(&["search", "quince", "--from", "2021", "--to", "2012"]);
    assert_eq!(dates.code, 1);
    assert!(dates.err.contains("before the first"), "{dates:?}");
}
