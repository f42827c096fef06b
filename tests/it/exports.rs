//! Exports: every row, the same in each form, and with the query.

use std::collections::HashMap;
use std::fs::File;

use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::{Field, RowAccessor};
use serde_json::Value;

use crate::program::Bench;

/// A Parquet file: its rows by column, as JSON, and what it says of itself.
struct Kept {
    rows: Vec<serde_json::Map<String, Value>>,
    said: HashMap<String, String>,
}

fn kept(bench: &Bench, name: &str) -> Kept {
    let reader = SerializedFileReader::new(File::open(bench.path().join(name)).unwrap()).unwrap();
    let metadata = reader.metadata().file_metadata().key_value_metadata().unwrap();
    let said =
        metadata.iter().map(|kv| (kv.key.clone(), kv.value.clone().unwrap_or_default())).collect();
    let cell = |field: &Field| match field {
        Field::Null => Value::Null,
        Field::Str(text) => Value::from(text.as_str()),
        Field::Long(n) => Value::from(*n),
        Field::Double(n) => Value::from(*n),
        Field::ListInternal(list) => list
            .elements()
            .iter()
            .map(|element| match element {
                Field::Str(text) => Value::from(text.as_str()),
                other => unreachable!("{other:?} in a list of texts"),
            })
            .collect(),
        other => unreachable!("a column of {other:?}"),
    };
    let rows = reader.get_row_iter(None).unwrap().map(|row| {
        let row = row.unwrap();
        assert!(row.get_group(0).is_err(), "rows are flat");
        row.get_column_iter().map(|(name, field)| (name.clone(), cell(field))).collect()
    });
    Kept { rows: rows.collect(), said }
}

fn csv_of(bench: &Bench, args: &[&str]) -> Vec<HashMap<String, String>> {
    let text = bench.prints(&[args, &["--csv"]].concat());
    csv::Reader::from_reader(text.as_bytes()).deserialize().map(Result::unwrap).collect()
}

/// The rows of the file are those of CSV, cell by cell, and those of JSON in the columns that are named with their names
/// there; the query stands in each.
fn check(args: &[&str], query: &str, of_json: &[(&str, &str)]) {
    let bench = Bench::with_sample_corpus();
    let rows = csv_of(&bench, args);
    let file = bench.path().join("table.parquet");
    let said = bench.prints(&[args, &["--parquet", file.to_str().unwrap()]].concat());
    let kept = kept(&bench, "table.parquet");
    assert!(rows.len() > 1, "{args:?}");
    assert!(said.starts_with(&format!("{} rows in", rows.len())), "{said}");
    assert_eq!(kept.said["newsdex.query"], query);
    assert_eq!(kept.rows.len(), rows.len(), "{args:?}");
    // CSV leaves out the text of articles, and names a single series by its counts.
    let more = kept.rows[0].keys().filter(|name| !rows[0].contains_key(*name));
    assert!(more.into_iter().all(|name| matches!(name.as_str(), "body" | "series")), "{args:?}");
    for (there, here) in kept.rows.iter().zip(&rows) {
        assert_eq!(here["query"], query);
        for (name, cell) in there.iter().filter(|(name, _)| here.contains_key(*name)) {
            let text = match cell {
                Value::Null => String::new(),
                Value::String(text) => text.clone(),
                Value::Array(texts) => {
                    texts.iter().map(|t| t.as_str().unwrap()).collect::<Vec<_>>().join("; ")
                }
                Value::Number(n) if n.is_f64() => {
                    let csv: f64 = here[name].parse().unwrap();
                    assert!((n.as_f64().unwrap() - csv).abs() < 0.01, "{name}");
                    continue;
                }
                other => other.to_string(),
            };
            assert_eq!(text, here[name], "{args:?} {name}");
        }
    }
    let lines = bench.prints(&[args, &["--jsonl"]].concat());
    assert_eq!(lines.lines().count(), rows.len(), "{args:?}");
    for (there, line) in kept.rows.iter().zip(lines.lines()) {
        let here: Value = serde_json::from_str(line).unwrap();
        assert_eq!(here["query"], query, "{args:?}");
        for (name, in_json) in of_json {
            match (&there[*name], &here[in_json]) {
                (Value::Number(a), Value::Number(b)) if a.is_f64() => {
                    assert!((a.as_f64().unwrap() - b.as_f64().unwrap()).abs() < 1e-6, "{name}");
                }
                (Value::Array(a), Value::Null) => assert!(a.is_empty(), "{args:?} {name}"),
                (there, here) => assert_eq!(there, here, "{args:?} {name}"),
            }
        }
    }
}

/// Columns that have the same name in JSON.
fn alike<const N: usize>(names: [&'static str; N]) -> [(&'static str, &'static str); N] {
    names.map(|name| (name, name))
}

#[test]
fn articles_are_kept_with_their_text() {
    check(
        &["search", "water -country:FR", "--from", "2015"],
        "(water -country:\"FR\" date:2015-01-01..)",
        &alike(["id", "title", "language", "url", "body"]),
    );
    let bench = Bench::with_sample_corpus();
    let file = bench.path().join("all.parquet");
    bench.prints(&["search", "--parquet", file.to_str().unwrap()]);
    let kept = kept(&bench, "all.parquet");
    let total = bench.json(&["stats", "--json"])["articles"].as_u64().unwrap();
    assert_eq!(kept.rows.len() as u64, total);
    for row in &kept.rows {
        let article = bench.json(&["show", row["id"].as_str().unwrap(), "--json"]);
        assert_eq!(row["body"], article["body"]);
    }
}

#[test]
fn quotations_are_kept() {
    let mut columns = alike([
        "speaker",
        "person",
        "kind",
        "cue",
        "confidence",
        "published",
        "agencies",
        "title",
        "license",
        "article",
    ])
    .to_vec();
    columns.push(("quotation", "text"));
    check(&["quotes", "water"], "water", &columns);
    check(&["quotes", "water", "--group"], "water", &alike(["speaker", "count"]));
}

#[test]
fn counts_are_kept() {
    let columns = [("country", "value"), ("count", "count")];
    check(&["facets", "country", "water"], "water", &columns);
    let columns = alike(["step", "count", "per_1000", "archive"]);
    check(&["timeline", "water", "--by", "year"], "water", &columns);
}

#[test]
fn words_in_context_are_kept() {
    let columns = alike(["article", "date", "left", "match", "right"]);
    check(&["concordance", "water"], "water", &columns);
    check(&["concordance", "water", "--sort", "right"], "water", &columns);
    let columns = alike(["word", "near", "elsewhere", "log_likelihood"]);
    check(&["concordance", "water", "--group", "left"], "water", &columns);
}

#[test]
fn a_file_that_cannot_be_written_is_named() {
    let bench = Bench::with_sample_corpus();
    let ran = bench.run(&["search", "water", "--parquet", "no/such/folder.parquet"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("no/such/folder.parquet"), "{ran:?}");
    assert_eq!(bench.run(&["search", "water", "--csv", "--parquet", "x"]).code, 2);
}
