//! Every value that a facet of the sample corpus shows, typed back between quotation marks, finds what the facet counts; and
//! the commands print what can be typed back.

use newsdex::article::Facet;
use newsdex::query::{FacetRequest, Request, Target, parse, search, value_query};

use crate::program::Bench;

#[test]
fn every_value_of_the_sample_corpus_finds_what_its_facet_counts() {
    let bench = Bench::with_sample_corpus();
    let engine = newsdex::engine::open(&bench.path().join(".newsdex")).unwrap();
    let mut wrong = Vec::new();
    let mut values = 0;
    for facet in Facet::ALL {
        // Speakers and kinds stand on quotations, too.
        let of_quotations = facet.is_of_quotations().then_some(Target::Quotations);
        for target in [Some(Target::Articles), of_quotations].into_iter().flatten() {
            let request =
                |query, facets| Request { query, facets, target, limit: 0, ..Request::default() };
            let all = FacetRequest { facet, limit: usize::MAX, matching: None };
            let page = search(&*engine, &request(String::new(), vec![all])).unwrap();
            for value in &page.facets[0].values {
                let query = value_query(facet, &value.value);
                assert_eq!(parse(&query).1, [], "{query}");
                let found = search(&*engine, &request(query.clone(), Vec::new())).unwrap().total;
                if found != value.count {
                    wrong.push(format!("{query}: {found}, not {}", value.count));
                }
                values += 1;
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(values > 2_000, "{values}");
}

/// Articles whose roles are parts of one another.
fn council() -> Bench {
    let bench = Bench::new();
    for (n, role) in ["Treasurer", "Deputy Treasurer", "former Treasurer"].iter().enumerate() {
        let text = format!(
            "Weir fund {n}\n\n{role} Ilka Morvane said on Monday: “The weir is paid for.”\n"
        );
        bench.write(&format!("council/{n}.txt"), text);
    }
    let ran = bench.run(&["index", "council", "--quiet"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    bench
}

#[test]
fn facets_print_what_can_be_typed_back() {
    let bench = council();
    let page = bench.json(&["search", "*", "--facet", "role", "--json"]);
    let roles = page["facets"][0]["values"].as_array().unwrap().clone();
    assert_eq!(roles.len(), 3, "{roles:?}");
    for role in &roles {
        let query = role["query"].as_str().unwrap();
        let found = bench.json(&["search", query, "--json"]);
        assert_eq!(found["total"], role["count"], "{query}");
    }
    let words = bench.json(&["search", "role:treasurer", "--json"]);
    assert_eq!(words["total"], 3, "words of the value are in all three");

    // The last line of the screen is a command.
    let screen = bench.prints(&["facets", "role", "weir"]);
    let example = screen.lines().last().unwrap();
    let query =
        example.strip_prefix("Try next: newsdex search '").and_then(|e| e.strip_suffix('\''));
    let query = query.unwrap_or(example);
    assert!(query.starts_with("(weir) role:\""), "{query}");
    assert_eq!(bench.json(&["search", query, "--json"])["total"], 1);
}

#[test]
fn what_to_type_after_a_run_finds_something() {
    let bench = Bench::new();
    let corpus = crate::program::sample_corpus();
    let ran = bench.run(&["index", corpus.to_str().unwrap()]);
    let next = ran.out.split("Try next:\n").nth(1).unwrap();
    let commands: Vec<_> =
        next.lines().map(|line| line.trim().trim_start_matches("newsdex ")).collect();
    assert!(commands[0].starts_with("quotes 'speaker:\""), "{commands:?}");
    assert!(commands[1].starts_with("search 'country:\""), "{commands:?}");
    for command in commands {
        let args: Vec<_> = command.split('\'').collect();
        assert_eq!(args.len(), 3, "{command}");
        let (name, query, rest) = (args[0], args[1], args[2]);
        let mut args = vec![name.trim(), query];
        args.extend(rest.split_whitespace());
        assert_eq!(bench.run(&args).code, 0, "{args:?}");
    }
}

#[test]
fn codes_find_their_agency_everywhere() {
    let bench = Bench::new();
    let agencies = [
        ("AFP", "Agence France-Presse"),
        ("AP", "Associated Press"),
        ("PA", "Press Association"),
        ("dpa", "Deutsche Presse-Agentur"),
        ("UPI", "United Press International"),
        ("PTI", "Press Trust of India"),
        ("ANSA", "Agenzia Nazionale Stampa Associata"),
        ("CP", "Canadian Press"),
        ("EFE", "Agencia EFE"),
        ("Kyodo", "Kyodo News"),
        ("Reuters", "Reuters"),
    ];
    for (n, (code, _)) in agencies.iter().enumerate() {
        let text = format!(
            "Ferry timetable {n}\n\nLISBON ({code}) — The ferry leaves an hour later from Friday, the harbour office said.\n"
        );
        bench.write(&format!("wires/{n}.txt"), text);
    }
    let ran = bench.run(&["index", "wires", "--quiet"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    for (code, name) in agencies {
        for query in [
            format!("agency:{code}"),
            format!("agency:{}", code.to_lowercase()),
            format!("agency:\"{code}\""),
            format!("agency:\"{name}\""),
            format!("ferry agency:({code} OR nobody)"),
        ] {
            let page = bench.json(&["search", &query, "--json", "--strict"]);
            assert_eq!(page["total"], 1, "{query}");
            assert_eq!(page["hits"][0]["agencies"][0], name, "{query}");
        }
        let facet = bench.json(&["facets", "agency", "--match", code, "--json"]);
        let values = facet["facets"][0]["values"].as_array().unwrap();
        assert!(values.iter().any(|value| value["value"] == name), "{code}: {values:?}");
    }
    assert_eq!(bench.run(&["search", "agency:ZZP"]).code, 1, "an unknown code is a word");
}
