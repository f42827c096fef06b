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

/// Two spellings of one name, and one name of two people.
fn with_two_spellings() -> Bench {
    let bench = Bench::new();
    let story = |name: &str| {
        format!(
            "Talks go on\n\nMinister {name} spoke to the press in the harbour on Monday.\n\n\
             “We will meet again in spring,” {name} said."
        )
    };
    bench.write("news/2011-03-01/a.txt", story("Dariush Varzin"));
    bench.write("news/2013-03-01/b.txt", story("Dariush Varzin"));
    bench.write("news/2014-03-01/c.txt", story("Daryoush Warzin"));
    bench.prints(&["index", "news", "--quiet"]);
    bench
}

/// Names and numbers of a facet of all articles, without the query behind them.
fn counts(bench: &Bench, args: &[&str]) -> Vec<String> {
    let row = |line: &str| line.strip_suffix(",*").unwrap_or(line).to_owned();
    bench.prints(args).lines().skip(1).map(row).collect()
}

#[test]
fn aliases_merge_names_wherever_they_are_asked_for() {
    let bench = with_two_spellings();
    let facet = ["facets", "person", "--csv"];
    assert_eq!(counts(&bench, &facet), ["Dariush Varzin,2", "Daryoush Warzin,1"]);
    let screen = bench.prints(&["people", "varzin"]);
    assert!(screen.contains("similar names\n  1  Daryoush Warzin"), "{screen}");

    // The file in the folder of the index is taken without being named.
    let merged = "[[person]]\nname = \"Dariush Varzin\"\nalso = [\"Daryoush Warzin\"]\n";
    bench.write(".newsdex/aliases.toml", merged);
    assert_eq!(counts(&bench, &facet), ["Dariush Varzin,3"]);
    let groups = counts(&bench, &["quotes", "--group", "--csv"]);
    assert_eq!(groups, ["Dariush Varzin,3"]);
    for query in ["person:warzin", "speaker:varzin", "person:\"=Dariush Varzin\""] {
        let page = bench.json(&["search", query, "--json", "--limit", "0"]);
        assert_eq!(page["total"], 3, "{query}");
    }
    let by_other_name = ["facets", "person", "--match", "warz", "--csv"];
    assert_eq!(counts(&bench, &by_other_name), ["Dariush Varzin,3"]);
    let object = bench.json(&["people", "warzin", "--json"]);
    assert_eq!(
        (&object["articles"], &object["names"][1]["person"]),
        (&3.into(), &"Dariush Varzin".into())
    );
    assert_eq!(list(&object["similar"]).len(), 0);

    // Indexing again leaves it alone.
    bench.prints(&["index", "--quiet"]);
    assert_eq!(counts(&bench, &facet), ["Dariush Varzin,3"]);
}

#[test]
fn aliases_split_a_name_by_a_query() {
    let bench = with_two_spellings();
    let split = "[[person]]\nname = \"Varzin the elder\"\nof = \"Dariush Varzin\"\nwhere = \"date:..2012\"\n";
    bench.write("who.toml", split);
    let with =
        |args: &[&str]| counts(&bench, &[args, &["--aliases", "who.toml", "--csv"]].concat());
    let apart = ["Dariush Varzin,1", "Daryoush Warzin,1", "Varzin the elder,1"];
    assert_eq!(with(&["facets", "person"]), apart);
    assert_eq!(with(&["quotes", "--group"]), apart);
    assert_eq!(with(&["search", "person:elder"]).len(), 1);
    assert_eq!(with(&["search", "person:\"dariush varzin\""]).len(), 1);
    assert_eq!(with(&["quotes", "--speaker", "varzin"]).len(), 2);
    assert_eq!(with(&["people", "elder"])[0], "name,Dariush Varzin,1,,,Varzin the elder,");
    assert_eq!(counts(&bench, &["facets", "person", "--csv"])[0], "Dariush Varzin,2", "as before");
}

#[test]
fn a_wrong_file_of_aliases_says_where_and_what_to_write() {
    let bench = with_two_spellings();
    bench.write("who.toml", "[[person]]\nname = \"Varzin\"\nof = \"Dariush Varzin\"\n");
    let mut command = bench.command(&["search", "talks"]);
    let ran = command.env("NEWSDEX_ALIASES", "who.toml").output().unwrap();
    assert_eq!(ran.status.code(), Some(2));
    let expected = "newsdex: who.toml, line 3: of needs where: a query that finds the articles, \
        such as where = \"date:..1993\"\n";
    assert_eq!(String::from_utf8(ran.stderr).unwrap(), expected);
    let missing = bench.run(&["search", "talks", "--aliases", "no.toml"]);
    assert_eq!(missing.code, 2);
    assert!(missing.err.starts_with("newsdex: cannot read no.toml: "), "{missing:?}");
}
