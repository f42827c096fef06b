//! Queries that a stranger types to take all memory or time, on articles that a stranger wrote for it: each is answered or
//! refused within a bound of the address space, and what runs out of time is an error, never a part of an answer.

use std::process::Output;
use std::sync::LazyLock;

use crate::program::{Bench, Ran};

/// The address space of a query in kilobytes.
const ADDRESS_SPACE: usize = 400_000;

/// An index of plain articles, one of nothing but quotations and one of a word over and over.
static HOSTILE: LazyLock<Bench> = LazyLock::new(|| {
    let bench = Bench::new();
    for n in 0..40 {
        let text =
            "The mayor of the port said that the ferries and the barges of the bay are late.\n";
        let title = format!("Ferry notice {n}\n\n");
        bench.write(&format!("archive/notice{n}.txt"), title + &text.repeat(5));
    }
    let quotations = format!("Answers\n\n{}", "\"a,\" he said. ".repeat(20_000));
    bench.write("archive/quotations.txt", quotations);
    bench.write("archive/word.txt", format!("Ferry ferry\n\n{}", "ferry ".repeat(200_000)));
    let pairs = "the of the and ".repeat(20_000);
    bench.write("archive/pairs.txt", format!("The words\n\n{pairs}"));
    bench.prints(&["index", "archive", "--quiet"]);
    bench
});

/// Runs a command within the bound.
fn bounded(args: &[&str]) -> Ran {
    let script = format!("ulimit -v {ADDRESS_SPACE}; exec \"$0\" \"$@\"");
    let program = HOSTILE.command(&[]).get_program().to_owned();
    let mut shell = std::process::Command::new("sh");
    shell.arg("-c").arg(script).arg(program).args(args).current_dir(HOSTILE.path());
    shell.env_remove("NEWSDEX_INDEX").env_remove("NEWSDEX_ALIASES").env_remove("NO_COLOR");
    let Output { status, stdout, stderr } = shell.output().unwrap();
    Ran {
        code: status.code().unwrap_or(-1),
        out: String::from_utf8(stdout).unwrap(),
        err: String::from_utf8(stderr).unwrap(),
    }
}

/// The number of articles that a query finds within the bound.
fn total(query: &str) -> u64 {
    let ran = bounded(&["search", query, "--json", "--timeout", "0"]);
    assert!(ran.code < 2, "{query}: {} {}", ran.code, ran.err);
    serde_json::from_str::<serde_json::Value>(&ran.out).unwrap()["total"].as_u64().unwrap()
}

#[test]
fn far_windows_and_wildcards_are_answered() {
    for (query, expected) in [
        ("the w/1000000 of w/1000000 and", 41),
        ("the w/1000000 the", 41),
        ("the not pre/1000000 of", 41),
        ("ferry w/1000000 ferry", 41),
        ("f* w/5 b*", 40),
        ("*a* w/5 *b*", 40),
        ("\"th* *o* o*\"", 40),
        ("\"the of and\"~1000000", 41),
        ("atleast9999(the w/1000000 of)", 1),
        ("the w/p of w/s and", 41),
        ("said:(a w/1000000 a)", 0),
    ] {
        assert_eq!(total(query), expected, "{query}");
    }
}

#[test]
fn many_of_the_commonest_words_are_answered() {
    let words = "the of and to in a said he ferry port ".repeat(20);
    assert_eq!(total(&words), 0);
    assert_eq!(total(&words.trim_end().replace(' ', " OR ")), 43);
    assert_eq!(total(&format!("{}the", "NOT ".repeat(10_000))), 41);
    assert_eq!(total(&"the ".repeat(300)), 41);
}

#[test]
fn a_hostile_article_is_found_and_shown() {
    assert_eq!(bounded(&["quotes", "a", "-n", "20"]).code, 0);
    assert_eq!(bounded(&["quotes", "he w/1000000 a", "--group"]).code, 1);
    assert_eq!(bounded(&["search", "said w/1000000 he", "--json"]).code, 0);
    for (name, query) in
        [("quotations", "he"), ("word", "ferry w/9 ferry"), ("pairs", "the w/99 of")]
    {
        let id = bounded(&["search", query, &format!("folder:archive id:\"archive/{name}.txt\"")]);
        assert_eq!(id.code, 0, "{name}: {}", id.err);
        let ran = bounded(&["concordance", query, "-n", "5", "--json"]);
        assert_eq!(ran.code, 0, "{name}: {}", ran.err);
        assert_eq!(bounded(&["show", &format!("archive/{name}.txt"), "--json"]).code, 0, "{name}");
    }
}

#[test]
fn what_is_too_much_is_refused_with_its_clause() {
    let huge = "/((a{1,50}){1,50}){1,50}/";
    let fuzzy = format!("{}~2", "a".repeat(200));
    let deep = format!("{}a{}", "(".repeat(10_000), ")".repeat(10_000));
    let words = "ferry ".repeat(10_000);
    let loose = format!("\"{}\"~9", "the ".repeat(40));
    let globs: Vec<_> = (0..200).map(|n| format!("*a?????{n}")).collect();
    let globs = globs.join(" ");
    for (query, part) in [
        (huge, huge),
        ("ferry *a??????????", "*a??????????"),
        ("person:/((a{1,50}){1,50}){1,50}/", "person:/"),
        ("speaker:\"*a??????????\"", "a value like"),
        ("license:*a??????????", "a value like"),
        (&fuzzy, "128 letters"),
        (&deep, "32 deep"),
        (&words, "2048 words"),
        (&loose, "32 words"),
        (&globs, "together"),
    ] {
        for options in [&["--json"][..], &["--jsonl", "--lenient"]] {
            let ran = bounded(&[&["search", query][..], options].concat());
            assert_eq!((ran.code, &*ran.out), (2, ""), "{query}: {}", ran.err);
            assert!(ran.err.contains(part) && ran.err.len() < 1000, "{query}: {}", ran.err);
        }
    }
    let long = "f".repeat(100_000);
    let long = [&*long; 10];
    let ran = bounded(&[&["search"][..], &long].concat());
    assert!(ran.code == 2 && ran.err.contains("131072 bytes"), "{}", ran.err);
    HOSTILE.write("topics", format!("1\t{}", "ferry and barge ".repeat(70_000)));
    assert_eq!(bounded(&["trec", "topics"]).code, 2);
}

#[test]
fn what_is_out_of_time_is_an_error() {
    let none = ["--timeout", "0.000000001"];
    let receipt = HOSTILE.path().join("receipt.json");
    HOSTILE.prints(&["search", "port", "--receipt", receipt.to_str().unwrap()]);
    HOSTILE.write("topic", "1\tferry barge");
    let id = "archive/notice1.txt";
    for command in [
        &["search", "port"][..],
        &["search", "port", "--jsonl"],
        &["search", "port", "--csv"],
        &["search", "--expand", "port"],
        &["facets", "speaker", "*"],
        &["facets", "person", "port"],
        &["quotes", "a"],
        &["quotes", "--group", "a"],
        &["timeline", "port"],
        &["concordance", "port"],
        &["concordance", "port", "--jsonl", "--sort", "left"],
        &["concordance", "port", "--group", "both"],
        &["compare", "port", "ferry"],
        &["people", "mayor"],
        &["explain", "port ferry"],
        &["why", "port", id],
        &["similar", id],
        &["verify", receipt.to_str().unwrap()],
        &["stats"],
        &["trec", "topic"],
    ] {
        let ran = HOSTILE.run(&[command, &none].concat());
        assert_eq!((ran.code, &*ran.out), (2, ""), "{command:?}: {}", ran.err);
        assert!(ran.err.contains("was not answered within"), "{command:?}: {}", ran.err);
        assert!(ran.err.contains("--timeout"), "{command:?}: {}", ran.err);
    }
    let near = HOSTILE.run(&["search", "port the w/5 of", none[0], none[1]]);
    assert!(near.err.contains("the w/5 of"), "{}", near.err);
    assert_eq!(HOSTILE.run(&["search", "port", "--timeout", "0"]).code, 0);
    assert_eq!(HOSTILE.run(&["search", "port", "--timeout", "-1"]).code, 2);
}
