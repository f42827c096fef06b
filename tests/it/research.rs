//! The commands that look closer: explain, why, concordance, similar, compare, receipts, groups.

use serde_json::Value;

use crate::program::Bench;

/// How many articles a search finds.
fn total(bench: &Bench, query: &str) -> u64 {
    bench.json(&["search", query, "--json", "--limit", "0"])["total"].as_u64().unwrap()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().unwrap()
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap()
}

/// The id of the best article for a query.
fn best(bench: &Bench, query: &str) -> String {
    let page = bench.json(&["search", query, "--json", "--limit", "1"]);
    page["hits"][0]["id"].as_str().unwrap().to_owned()
}

fn csv_rows(text: &str) -> Vec<csv::StringRecord> {
    csv::Reader::from_reader(text.as_bytes()).records().map(Result::unwrap).collect()
}

/// The JSON Lines that a command prints.
fn lines(bench: &Bench, args: &[&str]) -> Vec<Value> {
    bench.prints(args).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn explain_counts_each_clause_as_search_does() {
    let bench = Bench::with_sample_corpus();
    let query = "water (river OR ferry) -country:FR";
    let explained = bench.json(&["explain", query, "--json"]);
    assert_eq!(explained["total"].as_u64(), Some(total(&bench, query)));
    let clause = &explained["clause"];
    assert_eq!(clause["role"], "all of");
    let parts = list(&clause["parts"]);
    assert_eq!(parts.len(), 3);
    let expected = [total(&bench, "water"), total(&bench, "river OR ferry")];
    assert_eq!([&parts[0]["count"], &parts[1]["count"]].map(|c| c.as_u64().unwrap()), expected);
    assert_eq!(parts[2]["role"], "not");
    assert_eq!(parts[2]["parts"][0]["count"].as_u64(), Some(total(&bench, "country:FR")));
    assert_eq!(parts[0]["span"], serde_json::json!([0, 5]), "code points of the query");

    let screen = bench.prints(&["explain", query]);
    assert!(screen.contains("any of") && screen.contains("ferry"), "{screen}");
    let rows = csv_rows(&bench.prints(&["explain", query, "--csv"]));
    let flat = lines(&bench, &["explain", query, "--jsonl"]);
    assert_eq!((rows.len(), flat.len()), (7, 7));
    assert_eq!(bench.run(&["explain", "zzyzx"]).code, 1);
    assert_eq!(bench.run(&["explain", "nofield:x water", "--strict"]).code, 2);
}

#[test]
fn why_names_the_clause_that_finds_or_excludes() {
    let bench = Bench::with_sample_corpus();
    let id = best(&bench, "title:ferry country:CA");

    let why = bench.json(&["why", "zebra OR ferry", &id, "--json"]);
    assert_eq!(why["found"], true);
    assert_eq!(why["because"], serde_json::json!(["ferry"]));
    let body = bench.json(&["show", &id, "--json"])["body"].as_str().unwrap().to_owned();
    for place in list(&why["clause"]["parts"][1]["places"]) {
        let [start, end] = [0, 1].map(|n| place["span"][n].as_u64().unwrap() as usize);
        let there: String = body.chars().skip(start).take(end - start).collect();
        assert_eq!(place["text"], there);
    }

    let lacking = bench.run(&["why", "ferry zebra", &id, "--json"]);
    assert_eq!(lacking.code, 1);
    let lacking: Value = serde_json::from_str(&lacking.out).unwrap();
    assert_eq!(lacking["because"], serde_json::json!(["zebra"]));

    let excluded = bench.run(&["why", "ferry -country:CA", &id]);
    assert_eq!(excluded.code, 1);
    assert!(excluded.out.starts_with("not found, because of -country"), "{excluded:?}");
    assert_eq!(bench.run(&["why", "ferry", "no-such-article"]).code, 2);
}

#[test]
fn a_search_finds_what_why_says_it_finds() {
    let bench = Bench::with_sample_corpus();
    for query in ["water -country:FR", "said:water OR title:ferry", "\"foreign minister\""] {
        let found: Vec<_> = lines(&bench, &["search", query, "--jsonl"])
            .iter()
            .map(|hit| hit["id"].as_str().unwrap().to_owned())
            .collect();
        for hit in lines(&bench, &["search", "--jsonl", "--sort", "newest", "-n", "12"]) {
            let id = hit["id"].as_str().unwrap();
            let code = bench.run(&["why", query, id]).code;
            assert_eq!(code, i32::from(!found.iter().any(|f| f == id)), "{query}: {id}");
        }
    }
}

#[test]
fn a_concordance_aligns_every_match() {
    let bench = Bench::with_sample_corpus();
    let screen = bench.prints(&["concordance", "water", "--width", "30", "--limit", "1000"]);
    let mut shown = 0;
    for line in screen.lines().skip(1) {
        let behind: String = line.chars().skip(12 + 30 + 1).collect();
        assert!(behind.to_lowercase().starts_with("water"), "{line}");
        shown += 1;
    }
    let object = bench.json(&["concordance", "water", "--json", "--limit", "2"]);
    assert_eq!(list(&object["lines"]).len(), 2);
    assert_eq!(object["total"].as_u64(), Some(shown));
    assert_eq!(object["articles"].as_u64(), Some(total(&bench, "water")));
    for sort in ["hits", "left", "right", "date"] {
        let all = lines(&bench, &["concordance", "water", "--jsonl", "--sort", sort]);
        let rows = csv_rows(&bench.prints(&["concordance", "water", "--csv", "--sort", sort]));
        assert_eq!((all.len() as u64, rows.len() as u64), (shown, shown), "{sort}");
        let args = ["concordance", "water", "--json", "--limit", "3", "--sort", sort];
        let first = bench.json(&args);
        assert_eq!(first["total"].as_u64(), Some(shown), "{sort}");
        for (first, of_all) in list(&first["lines"]).iter().zip(&all) {
            assert_eq!((&first["article"], &first["left"]), (&of_all["article"], &of_all["left"]));
        }
    }
    let articles: std::collections::BTreeSet<_> =
        lines(&bench, &["concordance", "water", "--jsonl"])
            .iter()
            .map(|line| line["article"].to_string())
            .collect();
    assert_eq!(articles.len() as u64, total(&bench, "water"));
}

#[test]
fn lines_come_in_the_order_asked_for() {
    let bench = Bench::with_sample_corpus();
    let dates: Vec<_> = lines(&bench, &["concordance", "minister", "--jsonl", "--sort", "date"])
        .iter()
        .filter_map(|line| line["date"].as_str().map(str::to_owned))
        .collect();
    assert!(dates.len() > 5 && dates.is_sorted_by_key(|date| date[..4].to_owned()), "{dates:?}");
    let right: Vec<_> = lines(&bench, &["concordance", "minister", "--jsonl", "--sort", "right"])
        .iter()
        .map(|line| line["right"].as_str().unwrap().to_lowercase())
        .filter_map(|text| text.chars().find(|c| c.is_alphanumeric()).filter(char::is_ascii))
        .collect();
    assert!(right.is_sorted(), "{right:?}");
    let short = lines(&bench, &["concordance", "minister", "--jsonl", "--width", "10"]);
    assert!(short.iter().all(|line| line["left"].as_str().unwrap().chars().count() <= 10));
}

#[test]
fn words_beside_a_match_are_counted() {
    let bench = Bench::with_sample_corpus();
    let args = ["concordance", "minister", "--group", "left", "--window", "1", "--json"];
    let words = bench.json(&args);
    let words = list(&words["words"]);
    let foreign = words.iter().find(|word| word["word"] == "foreign").unwrap();
    let phrase = bench.json(&["concordance", "\"foreign =minister\"", "--json", "--limit", "0"]);
    assert!(foreign["near"].as_u64() >= phrase["total"].as_u64(), "{foreign}");
    assert!(
        words.is_sorted_by(|a, b| number(&a["log_likelihood"]) >= number(&b["log_likelihood"]))
    );
    let right = bench.json(&["concordance", "foreign", "--group", "right", "--json"]);
    assert!(list(&right["words"]).iter().any(|word| word["word"] == "minister"));
    let all = csv_rows(&bench.prints(&["concordance", "minister", "--group", "both", "--csv"]));
    assert!(all.len() > words.len(), "an export holds all words");
    assert_eq!(bench.run(&["concordance", "zzyzx", "--group", "left"]).code, 1);
    assert_eq!(bench.run(&["concordance", "zzyzx"]).code, 1);
    assert_eq!(bench.run(&["concordance", "country:FR"]).code, 1, "no word to show");
}

#[test]
fn similar_articles_are_others_best_first() {
    let bench = Bench::with_sample_corpus();
    let id = best(&bench, "title:ferry");
    let found = bench.json(&["similar", &id, "--json", "--limit", "5"]);
    let hits = list(&found["hits"]);
    assert_eq!(hits.len(), 5);
    assert!(hits.iter().all(|hit| hit["id"] != id.as_str()));
    assert!(hits.is_sorted_by(|a, b| number(&a["score"]) >= number(&b["score"])));
    let rows = csv_rows(&bench.prints(&["similar", &id, "--csv", "--limit", "5"]));
    let ids: Vec<_> = hits.iter().map(|hit| hit["id"].as_str().unwrap()).collect();
    assert_eq!(rows.iter().map(|row| row[0].to_owned()).collect::<Vec<_>>(), ids);
    assert!(bench.prints(&["similar", &id]).contains(ids[0]));
    assert_eq!(bench.run(&["similar", "no-such-article"]).code, 2);
}

#[test]
fn compare_tells_two_sets_apart() {
    let bench = Bench::with_sample_corpus();
    let compared = bench.json(&["compare", "ferry", "country:FR", "--json"]);
    let expected = [total(&bench, "ferry"), total(&bench, "country:FR")];
    assert_eq!(compared["articles"], serde_json::json!(expected));
    let key = |field: &Value, value: &str| {
        list(field).iter().find(|key| key["value"] == value).map(|k| number(&k["log_likelihood"]))
    };
    assert!(key(&compared["key_words"], "ferry").unwrap() > 3.84);
    let countries = list(&compared["facets"]).iter().find(|f| f["field"] == "country").unwrap();
    assert!(key(&countries["values"], "FR").unwrap() < -3.84);
    let rows = csv_rows(&bench.prints(&["compare", "ferry", "country:FR", "--csv"]));
    assert!(rows.iter().any(|row| &row[0] == "word" && &row[1] == "ferry"));
    assert_eq!(bench.run(&["compare", "ferry", "zzyzx"]).code, 1);
    assert_eq!(bench.run(&["compare", "ferry"]).code, 2);
}

#[test]
fn a_receipt_holds_until_the_archive_changes() {
    let bench = Bench::new();
    bench.write("news/a.txt", "Ferry sails\n\nThe ferry sailed at noon, the harbour office said.");
    bench.write("news/b.txt", "Ferry waits\n\nThe crew of the ferry waited for the tide.");
    bench.prints(&["index", "news", "--quiet"]);
    bench.prints(&["search", "ferry OR tide", "--receipt", "kept.json"]);
    bench.prints(&["search", "ferry tide", "--any", "--receipt", "any.json", "--csv"]);
    let kept = std::fs::read_to_string(bench.path().join("kept.json")).unwrap();
    let kept: Value = serde_json::from_str(&kept).unwrap();
    assert_eq!(kept["total"], 2);
    assert_eq!(kept["query"], "ferry OR tide");
    for file in ["kept.json", "any.json"] {
        assert!(bench.prints(&["verify", file]).starts_with("holds"), "{file}");
    }

    bench.write("news/c.txt", "No boats\n\nThe weather kept everybody at home on Sunday.");
    bench.prints(&["index", "--quiet"]);
    assert_eq!(bench.run(&["verify", "kept.json"]).code, 0, "the result is the same");

    bench.write("news/d.txt", "Another ferry\n\nA second ferry came up the river.");
    bench.prints(&["index", "--quiet"]);
    let broken = bench.run(&["verify", "kept.json", "--json"]);
    assert_eq!(broken.code, 1);
    let broken: Value = serde_json::from_str(&broken.out).unwrap();
    assert_eq!(broken["holds"], false);
    let total = list(&broken["differences"]).iter().find(|d| d["name"] == "total").unwrap();
    assert_eq!((&total["then"], &total["now"]), (&"2".into(), &"3".into()));

    assert_eq!(bench.run(&["verify", "news/a.txt"]).code, 2);
    assert_eq!(bench.run(&["verify", "nothing.json"]).code, 2);
    let both = bench.run(&["search", "ferry", "--any", "--expand", "--receipt", "x.json"]);
    assert_eq!(both.code, 2, "{both:?}");
}

#[test]
fn any_of_the_words_is_enough_if_asked() {
    let bench = Bench::with_sample_corpus();
    let any = bench.json(&["search", "ferry zzyzx", "--any", "--json"]);
    assert_eq!(any["total"].as_u64(), Some(total(&bench, "ferry")));
    assert_eq!(bench.run(&["search", "ferry zzyzx"]).code, 1);
}

#[test]
fn more_words_help_to_rank_and_find_the_same() {
    let bench = Bench::with_sample_corpus();
    let expanded = bench.json(&["search", "water", "--expand", "--json"]);
    assert_eq!(expanded["total"].as_u64(), Some(total(&bench, "water")));
    let plain = bench.json(&["search", "water", "--json"]);
    assert_ne!(expanded["hits"][0]["score"], plain["hits"][0]["score"]);
    let page: Vec<_> = list(&expanded["hits"]).iter().map(|hit| hit["id"].clone()).collect();
    let export: Vec<_> = lines(&bench, &["search", "water", "--expand", "--jsonl", "-n", "10"])
        .iter()
        .map(|hit| hit["id"].clone())
        .collect();
    assert_eq!(page, export, "an export is ranked as the page is");
}

#[test]
fn timelines_stand_side_by_side() {
    let bench = Bench::with_sample_corpus();
    let args = ["timeline", "water", "--compare", "ferry", "--compare", "country:FR"];
    let with = |format: &str| bench.prints(&[&args[..], &[format]].concat());
    let object: Value = serde_json::from_str(&with("--json")).unwrap();
    let queries = ["water", "ferry", "country:FR"];
    for (n, query) in queries.iter().enumerate() {
        let series = &object["series"][n];
        assert_eq!(series["query"], *query);
        assert_eq!(series["total"].as_u64(), Some(total(&bench, query)));
        let counted: u64 =
            list(&object["steps"]).iter().map(|step| step["counts"][n].as_u64().unwrap()).sum();
        let undated = series["undated"].as_u64().unwrap();
        assert_eq!(counted + undated, total(&bench, query), "{query}");
    }
    let steps = list(&object["steps"]).len() + object["empty_steps"].as_u64().unwrap() as usize;
    let csv = with("--csv");
    assert!(csv.starts_with("step,water,water per_1000,ferry,ferry per_1000,country:FR,"));
    assert_eq!(csv_rows(&csv).len(), steps);
    let screen = bench.prints(&args);
    assert!(screen.lines().count() > 3 * steps, "{screen}");
    let single = bench.json(&["timeline", "water", "--json"]);
    assert!(single["steps"][0]["count"].is_u64(), "one query alone prints as before");
    assert_eq!(bench.run(&["timeline", "zzyzx", "--compare", "zzyzy"]).code, 1);
}

/// Years of days are many: JSON has those on which something was found, rows have all, as a curve wants them.
#[test]
fn days_without_articles_are_counted_in_json() {
    let bench = Bench::with_sample_corpus();
    let object = bench.json(&["timeline", "ferry", "--by", "day", "--json"]);
    let found = list(&object["steps"]);
    assert!(found.iter().all(|step| step["count"].as_u64().unwrap() > 0));
    let rows = csv_rows(&bench.prints(&["timeline", "ferry", "--by", "day", "--csv"]));
    let empty = object["empty_steps"].as_u64().unwrap() as usize;
    assert!(empty > 100, "{empty}");
    assert_eq!(found.len() + empty, rows.len());
    let with_articles = rows.iter().filter(|row| &row[1] != "0").map(|row| &row[0]);
    assert!(with_articles.eq(found.iter().map(|step| step["step"].as_str().unwrap())));
}

#[test]
fn quotations_are_grouped_by_speaker() {
    let bench = Bench::with_sample_corpus();
    let all = csv_rows(&bench.prints(&["quotes", "water", "--csv"]));
    let grouped = bench.json(&["quotes", "water", "--group", "--json", "--limit", "100"]);
    assert_eq!(grouped["total"].as_u64(), Some(all.len() as u64));
    let mut attributed = 0;
    for group in list(&grouped["groups"]) {
        let speaker = group["speaker"].as_str().unwrap();
        let count = all.iter().filter(|row| &row[0] == speaker).count() as u64;
        assert_eq!(group["count"].as_u64(), Some(count), "{speaker}");
        assert!(list(&group["quotations"]).iter().all(|q| q["speaker"] == speaker));
        attributed += count;
    }
    assert_eq!(attributed + grouped["unattributed"].as_u64().unwrap(), all.len() as u64);
    let rows = csv_rows(&bench.prints(&["quotes", "water", "--group", "--csv"]));
    assert_eq!(Some(rows.len() as u64), grouped["speakers"].as_u64());
    assert!(bench.prints(&["quotes", "water", "--group"]).contains(&rows[0][0]));
    assert_eq!(bench.run(&["quotes", "zzyzx", "--group"]).code, 1);
}

#[test]
fn each_command_has_examples() {
    let bench = Bench::new();
    for command in ["explain", "why", "concordance", "similar", "compare", "verify"] {
        assert!(bench.prints(&[command, "--help"]).contains("Examples:"), "{command}");
    }
}
