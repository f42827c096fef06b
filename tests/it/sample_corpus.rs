//! The sample corpus against what a careful reader would say of each article (`expected/sample_corpus.jsonl`). Each field
//! has a share that must be right; it is raised when the program gets better, never lowered.

#![expect(clippy::print_stdout, reason = "the test prints what is wrong, field by field")]

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::path::Path;

use newsdex::archive::walk::{FileRef, Filter, walk};
use newsdex::article::Article;
use newsdex::report::Reason;
use newsdex::{extract, read};
use serde_json::Value;

/// Fields and the least share (per cent): of articles for those with one value, F1 for lists.
const LEAST: &[(&str, f64)] = &[
    ("skipped", 100.0),
    ("title", 99.0),
    ("published", 99.0),
    ("language", 99.0),
    ("dateline places", 99.0),
    ("dateline countries", 98.0),
    ("dateline date", 99.0),
    ("agencies", 98.0),
    ("byline", 98.0),
    ("desk", 99.0),
    ("license", 99.0),
    ("people", 85.0),
    ("countries", 94.0),
    ("direct quotations", 97.0),
    ("their speakers", 86.0),
];

/// Right, printed and wanted values of a field; for single values all three count articles.
#[derive(Default)]
struct Tally {
    right: usize,
    printed: usize,
    wanted: usize,
    wrong: Vec<String>,
}

impl Tally {
    fn f1(&self) -> f64 {
        200.0 * self.right as f64 / (self.printed + self.wanted).max(1) as f64
    }
}

#[test]
fn the_program_says_of_the_sample_corpus_what_a_reader_would() {
    let mut tallies: BTreeMap<&str, Tally> = BTreeMap::new();
    let expected = expected();
    let filter = Filter::default();
    let root = crate::program::sample_corpus();
    let mut seen = BTreeSet::new();
    for file in walk(&root, "sample_corpus", &filter).unwrap() {
        let file = file.unwrap();
        let path = file.key.strip_prefix("sample_corpus/").unwrap().to_owned();
        let articles = match articles(&file) {
            Ok(articles) => articles,
            Err(reason) => {
                let gold = expected.get(&path).expect("every file stands in the expected ones");
                single(&mut tallies, "skipped", &path, &reason.kind().into(), &gold["skipped"]);
                seen.insert(path);
                continue;
            }
        };
        for mut article in articles {
            let id = article.id.strip_prefix("sample_corpus/").unwrap().to_owned();
            let Some(gold) = expected.get(&id) else {
                // Named below, where all are compared.
                seen.insert(id);
                continue;
            };
            single(&mut tallies, "skipped", &id, &Value::Null, &gold["skipped"]);
            extract::annotate(&mut article);
            compare(&mut tallies, &id, &article, gold);
            seen.insert(id);
        }
    }
    assert_eq!(seen, expected.keys().cloned().collect());
    let mut low = Vec::new();
    for (field, least) in LEAST {
        let tally = &tallies[field];
        let share = tally.f1();
        println!("{field:<20} {share:6.2}  ({} of {})", tally.right, tally.wanted);
        for wrong in &tally.wrong {
            println!("    {wrong}");
        }
        if share < *least {
            low.push(format!("{field}: {share:.2} < {least}"));
        }
    }
    assert!(low.is_empty(), "{low:?}");
}

/// The articles of a file, with those that lie beside it and belong to it.
fn articles(file: &FileRef) -> Result<Vec<Article>, Reason> {
    let (options, mut articles, mut reason) =
        (read::Options::default(), Vec::new(), Reason::NoArticle);
    read::records(&read::open(file)?, file, &options, None, &|| false, &mut |piece| {
        match piece.map_err(|lost| lost.reason).and_then(|record| record.read(&options)) {
            Ok(read) => articles.extend(read.articles),
            Err(why) => reason = why,
        }
        ControlFlow::Continue(())
    })?;
    if articles.is_empty() { Err(reason) } else { Ok(articles) }
}

fn expected() -> BTreeMap<String, Value> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/expected/sample_corpus.jsonl");
    let text = std::fs::read_to_string(path).unwrap();
    text.lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap())
        .map(|row| (row["path"].as_str().unwrap().to_owned(), row))
        .collect()
}

fn compare(tallies: &mut BTreeMap<&'static str, Tally>, path: &str, a: &Article, gold: &Value) {
    let date = |d: Option<String>| d.map(Value::from).unwrap_or_default();
    single(tallies, "title", path, &a.title.clone().into(), &gold["title"]);
    let published = a.published.as_ref().map(|p| p.date.to_string());
    single(tallies, "published", path, &date(published), &gold["published"]);
    single(tallies, "language", path, &a.language.clone().into(), &gold["language"]);
    let places = || a.dateline.iter().flat_map(|d| &d.places);
    let gold_places = |key: &str| -> Vec<String> {
        let list = gold["dateline"]["places"].as_array().into_iter().flatten();
        list.filter_map(|p| p[key].as_str().map(str::to_owned)).collect()
    };
    list(tallies, "dateline places", path, places().map(|p| p.name.clone()), gold_places("name"));
    let countries = places().filter_map(|p| p.country).map(|c| c.to_string());
    list(tallies, "dateline countries", path, countries, gold_places("country"));
    let dateline_date = a.dateline.as_ref().and_then(|d| d.date).map(|d| d.to_string());
    single(tallies, "dateline date", path, &date(dateline_date), &gold["dateline"]["date"]);
    list(
        tallies,
        "agencies",
        path,
        a.agencies.iter().map(|x| x.name.clone()),
        strings(&gold["agencies"]),
    );
    list(
        tallies,
        "byline",
        path,
        a.byline.iter().map(|x| x.name.clone()),
        strings(&gold["byline"]),
    );
    let desk = a.desk.map(|d| d.of(&a.body).to_owned());
    single(tallies, "desk", path, &desk.into(), &gold["desk"]);
    let license = a.license.as_ref().map(|l| l.spdx.clone());
    single(tallies, "license", path, &license.into(), &gold["license"]);
    let people = gold["people"].as_array().into_iter().flatten();
    let people = people.filter_map(|p| p["name"].as_str().map(str::to_owned)).collect();
    list(tallies, "people", path, a.people.iter().map(|p| p.name.clone()), people);
    let codes = a.countries.iter().map(|c| c.code.to_string());
    list(tallies, "countries", path, codes, strings(&gold["countries"]));
    quotations(tallies, path, a, gold);
}

/// Direct quotations by their words alone, and with their speakers.
fn quotations(tallies: &mut BTreeMap<&'static str, Tally>, path: &str, a: &Article, gold: &Value) {
    let wanted: Vec<_> = gold["quotes"]
        .as_array()
        .into_iter()
        .flatten()
        .filter(|q| q["kind"] == "direct")
        .map(|q| {
            (words(q["text"].as_str().unwrap()), q["speaker"].as_str().unwrap_or("?").to_owned())
        })
        .collect();
    let printed: Vec<_> = a
        .quotes
        .iter()
        .filter(|q| q.kind.as_str() == "direct")
        .map(|q| (words(q.span.of(&a.body)), q.speaker.clone().unwrap_or_else(|| "?".into())))
        .collect();
    let texts = |list: &[(String, String)]| list.iter().map(|(t, _)| t.clone()).collect::<Vec<_>>();
    let both = |list: &[(String, String)]| {
        list.iter().map(|(t, s)| format!("{s}: {t}")).collect::<Vec<_>>()
    };
    list(tallies, "direct quotations", path, texts(&printed).into_iter(), texts(&wanted));
    list(tallies, "their speakers", path, both(&printed).into_iter(), both(&wanted));
}

/// Letters and digits alone: marks at the ends of a quotation are a matter of taste.
fn words(text: &str) -> String {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

fn strings(value: &Value) -> Vec<String> {
    value.as_array().into_iter().flatten().filter_map(|v| v.as_str().map(str::to_owned)).collect()
}

fn single(
    tallies: &mut BTreeMap<&'static str, Tally>,
    field: &'static str,
    path: &str,
    printed: &Value,
    wanted: &Value,
) {
    let tally = tallies.entry(field).or_default();
    tally.printed += 1;
    tally.wanted += 1;
    if printed == wanted {
        tally.right += 1;
    } else {
        tally.wrong.push(format!("{path}: {printed}, not {wanted}"));
    }
}

fn list(
    tallies: &mut BTreeMap<&'static str, Tally>,
    field: &'static str,
    path: &str,
    printed: impl Iterator<Item = String>,
    wanted: Vec<String>,
) {
    let printed: BTreeSet<String> = printed.collect();
    let wanted: BTreeSet<String> = wanted.into_iter().collect();
    let tally = tallies.entry(field).or_default();
    tally.right += printed.intersection(&wanted).count();
    tally.printed += printed.len();
    tally.wanted += wanted.len();
    let extra: Vec<_> = printed.difference(&wanted).collect();
    let missed: Vec<_> = wanted.difference(&printed).collect();
    if !extra.is_empty() || !missed.is_empty() {
        tally.wrong.push(format!("{path}: too much {extra:?}, missed {missed:?}"));
    }
}
