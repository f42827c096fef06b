//! The user's aliases: a brute-force evaluation, and the law that queries, counts and groups agree with it for any aliases. `PROPTEST_CASES=5000` asks for more of them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, LazyLock};

use proptest::prelude::*;
use tempfile::TempDir;

use super::archive::{about, article, dated, in_segments, naming, quote};
use crate::article::{Article, Facet};
use crate::index::read::snapshot::Snapshot;
use crate::query::{
    Aliases, FacetRequest, Request, SpeakerGroup, Target, facet_named, people, quotes, search,
    timeline, value_query,
};
use crate::text;

const NAMES: [&str; 8] = [
    "Ona Brisk",
    "ONA BRISK",
    "O. Brisk",
    "Ilse Brisk",
    "Karim Vahdat",
    "Kárim Vahdat",
    "K. Vahdat",
    "Ilse Tam",
];
/// The query of a split, and whether it matches an article.
type Condition = (&'static str, fn(&Article) -> bool);

const CONDITIONS: [Condition; 4] = [
    ("date:..2004", |a| year(a) <= 2004),
    ("country:SE", |a| a.focus.is_some_and(|code| code.as_str() == "SE")),
    ("person:vahdat -date:2003", |a| {
        a.people.iter().any(|p| p.name.ends_with("Vahdat")) && year(a) != 2003
    }),
    ("said:tide", |a| a.quotes.iter().any(|q| q.span.of(&a.body).contains("tide"))),
];
const QUERIES: [&str; 4] = ["", "country:SE", "date:2002..2006", "said:tide"];

static ARCHIVE: LazyLock<(Vec<Article>, TempDir, Snapshot)> = LazyLock::new(|| {
    let articles: Vec<_> = (0..60_usize).map(made).collect();
    let (dir, snapshot) = in_segments(&articles);
    (articles, dir, snapshot)
});

fn made(n: usize) -> Article {
    let text = "“We wait for the tide,” one said. “The gates stay open,” said another.";
    let year = i16::try_from(2000 + n % 9).unwrap();
    let mut a = dated(article(&format!("a{n:02}"), "Gates", text), year, None, None);
    for (said, seed) in [("We wait for the tide", n * 5 + n / 8), ("The gates stay open", n * 3)] {
        if seed % 4 > 0 {
            quote(&mut a, said, NAMES.get(seed % 9).copied());
        }
    }
    for seed in [n, n * 7 + n / 9, n * 3 + 1].into_iter().take(n % 4) {
        a = naming(a, NAMES[seed % 8], None);
    }
    about(a, &[if n.is_multiple_of(3) { "SE" } else { "IR" }])
}

fn year(article: &Article) -> i16 {
    article.published.as_ref().unwrap().date.year.unwrap()
}

fn folded(name: &str) -> String {
    text::folded_words(name).join(" ")
}

/// An entry of the file.
#[derive(Clone, Debug)]
struct Entry {
    name: String,
    also: Vec<String>,
    split: Option<(String, usize)>,
}

impl Entry {
    fn is_form(&self, name: &str) -> bool {
        self.names().any(|form| folded(form) == folded(name))
    }

    fn names(&self) -> impl Iterator<Item = &String> {
        std::iter::once(&self.name).chain(&self.also)
    }
}

fn file(entries: &[Entry]) -> String {
    let entry = |e: &Entry| {
        let split = e.split.as_ref().map_or_else(String::new, |(of, n)| {
            format!("of = {of:?}\nwhere = {:?}\n", CONDITIONS[*n].0)
        });
        format!("[[person]]\nname = {:?}\nalso = {:?}\n{split}", e.name, e.also)
    };
    entries.iter().map(entry).collect()
}

/// The person who has a stored name in an article: the name shown, and all names that find them.
fn whose(entries: &[Entry], stored: &str, article: &Article) -> (String, Vec<String>) {
    let own = entries.iter().find(|e| e.is_form(stored));
    let is_theirs = |of: &str| match own {
        Some(own) => own.is_form(of),
        None => folded(of) == folded(stored),
    };
    let is_split = |e: &&Entry| {
        e.split.as_ref().is_some_and(|(of, n)| is_theirs(of) && CONDITIONS[*n].1(article))
    };
    let named = entries.iter().find(is_split).or(own);
    // A person without an entry is shown as the first split of the name writes it.
    let written = entries.iter().filter_map(|e| e.split.as_ref()).find(|(of, _)| is_theirs(of));
    match (named, written) {
        (Some(e), _) => (e.name.clone(), e.names().cloned().collect()),
        (None, Some((of, _))) => (of.clone(), vec![of.clone()]),
        (None, None) => (stored.to_owned(), vec![stored.to_owned()]),
    }
}

/// The people of an article, or of a quotation of it: the names shown, with all names that find them.
type Document = (&'static Article, Option<usize>, BTreeMap<String, Vec<String>>);

/// The people of each document of a target.
fn documents(entries: &[Entry], facet: &str, target: Target) -> Vec<Document> {
    let mut all = Vec::new();
    for article in &ARCHIVE.0 {
        let speakers = || article.quotes.iter().map(|q| q.speaker.as_deref());
        let people = || article.people.iter().map(|p| Some(p.name.as_str()));
        let of = |names: Vec<Option<&str>>| {
            names.into_iter().flatten().map(|name| whose(entries, name, article)).collect()
        };
        match (target, facet) {
            (Target::Articles, "speaker") => all.push((article, None, of(speakers().collect()))),
            (Target::Articles, _) => all.push((article, None, of(people().collect()))),
            (Target::Quotations, "speaker") => {
                let each = speakers().enumerate();
                all.extend(each.map(|(n, speaker)| (article, Some(n), of(vec![speaker]))));
            }
            (Target::Quotations, _) => {
                let each = 0..article.quotes.len();
                all.extend(each.map(|n| (article, Some(n), of(people().collect()))));
            }
        }
    }
    all
}

fn finds(query: &str, article: &Article, quote: Option<usize>) -> bool {
    let said = |n: usize| article.quotes[n].span.of(&article.body).contains("tide");
    match query {
        "country:SE" => CONDITIONS[1].1(article),
        "date:2002..2006" => (2002..=2006).contains(&year(article)),
        "said:tide" => quote.map_or_else(|| (0..article.quotes.len()).any(said), said),
        _ => true,
    }
}

fn aliased(entries: &[Entry]) -> Arc<Aliases> {
    Arc::new(Aliases::parse(&file(entries)).unwrap())
}

fn counts(
    query: &str,
    facet: &str,
    target: Target,
    aliases: &Arc<Aliases>,
) -> BTreeMap<String, u64> {
    let wanted = FacetRequest::all(facet_named(facet).unwrap());
    let request = Request {
        query: query.to_owned(),
        target,
        limit: 0,
        facets: vec![wanted],
        aliases: Arc::clone(aliases),
        ..Request::default()
    };
    let page = search(&ARCHIVE.2, &request).unwrap();
    assert_eq!(page.facets[0].values.len() as u64, page.facets[0].distinct);
    page.facets[0].values.iter().map(|v| (v.value.clone(), v.count)).collect()
}

fn total(query: &str, target: Target, aliases: &Arc<Aliases>) -> u64 {
    let query = query.to_owned();
    let aliases = Arc::clone(aliases);
    let request = Request { query, target, limit: 0, aliases, ..Request::default() };
    search(&ARCHIVE.2, &request).unwrap().total
}

/// Compares counts, clauses, groups and people with the brute-force evaluation.
fn agree(entries: &[Entry], query: &str) {
    let aliases = aliased(entries);
    for (facet, target) in [
        ("person", Target::Articles),
        ("speaker", Target::Articles),
        ("speaker", Target::Quotations),
        ("person", Target::Quotations),
    ] {
        let documents: Vec<_> = documents(entries, facet, target)
            .into_iter()
            .filter(|(article, quote, _)| finds(query, article, *quote))
            .collect();
        let mut expected: BTreeMap<String, u64> = BTreeMap::new();
        for (_, _, people) in &documents {
            for name in people.keys() {
                *expected.entry(name.clone()).or_default() += 1;
            }
        }
        let found = counts(query, facet, target, &aliases);
        assert_eq!(found, expected, "{facet} {target:?} {query}\n{}", file(entries));

        if (query, facet, target) == ("said:tide", "speaker", Target::Articles) {
            continue; // `said:` and `speaker:` side by side are about one quotation.
        }
        let shown: BTreeSet<_> = expected.keys().cloned().collect();
        for name in &shown {
            let clause = format!("({query}) ({})", value_query(facet_named(facet).unwrap(), name));
            let found = total(clause.trim_start_matches("() "), target, &aliases);
            assert_eq!(found, expected[name], "{clause} {target:?}\n{}", file(entries));
        }
        let whole = shown.iter().map(|name| (format!("\"={name}\""), true));
        let parts = ["brisk", "vahdat", "ilse", "ona-brisk", "mayor", "nobody"];
        for (value, is_whole) in whole.chain(parts.iter().map(|part| ((*part).to_owned(), false))) {
            let asked = folded(&value);
            let means = |name: &String| {
                let (name, part) = (folded(name), format!(" {asked} "));
                if is_whole { name == asked } else { format!(" {name} ").contains(&part) }
            };
            let has = |people: &BTreeMap<_, Vec<String>>| people.values().flatten().any(means);
            let expected = documents.iter().filter(|(.., people)| has(people)).count() as u64;
            let clause = format!("({query}) ({facet}:{value})");
            let found = total(clause.trim_start_matches("() "), target, &aliases);
            assert_eq!(found, expected, "{clause} {target:?}\n{}", file(entries));
        }
    }

    let request =
        Request { query: query.to_owned(), limit: usize::MAX, aliases, ..Request::default() };
    let groups = quotes(&ARCHIVE.2, &request, 100).unwrap().groups;
    let expected = counts(query, "speaker", Target::Quotations, &request.aliases);
    assert_eq!(groups.len(), expected.len());
    for SpeakerGroup { speaker, count, hits } in groups {
        assert_eq!((expected[&speaker], hits.len() as u64), (count, count), "{speaker}");
    }
    for name in ["brisk", "mayor"] {
        let found = people(&ARCHIVE.2, name, &request).unwrap();
        let clause = format!("person:{name} {query}");
        assert_eq!(found.articles, total(&clause, Target::Articles, &request.aliases), "{clause}");
        let shown = counts(query, "person", Target::Articles, &request.aliases);
        for form in &found.forms {
            assert!(form.articles <= shown[&form.person], "{form:?}\n{}", file(entries));
        }
        let others = found.others.iter();
        assert!(others.clone().all(|other| other.count <= shown[&other.value]), "{others:?}");
    }
    let line = timeline(&ARCHIVE.2, &[request], crate::query::By::Year).unwrap();
    assert_eq!(line.series[0].total, total(query, Target::Articles, &Arc::default()));
}

fn entry(name: &str, also: &[&str], split: Option<(&str, usize)>) -> Entry {
    Entry {
        name: name.to_owned(),
        also: also.iter().map(|&name| name.to_owned()).collect(),
        split: split.map(|(of, n)| (of.to_owned(), n)),
    }
}

#[test]
fn merged_names_are_one_person() {
    agree(&[entry("Ona Brisk", &["O. Brisk"], None)], "");
    agree(&[entry("The Mayor", &["Ona Brisk", "Ilse Brisk"], None)], "country:SE");
}

#[test]
fn a_split_takes_articles_out_of_a_name() {
    agree(&[entry("Ona Brisk (mayor)", &[], Some(("Ona Brisk", 0)))], "");
    agree(&[entry("Mayor", &[], Some(("Ona Brisk", 1)))], "said:tide");
    // The first of several wins, and a split name may be merged.
    let entries = [
        entry("Ona Brisk", &["O. Brisk"], None),
        entry("Mayor", &["Ilse Tam"], Some(("o brisk", 0))),
        entry("Ona Brisk junior", &[], Some(("Ona Brisk", 1))),
    ];
    agree(&entries, "");
}

#[test]
fn facet_values_are_found_by_other_names() {
    let aliases = aliased(&[entry("The Mayor", &["Ona Brisk", "K. Vahdat"], None)]);
    let matching = Some("vahd".to_owned());
    let facet = FacetRequest { facet: Facet::Person, limit: 9, matching };
    let facets = vec![facet];
    let page = search(&ARCHIVE.2, &Request { facets, aliases, ..Request::default() }).unwrap();
    let mut values: Vec<_> = page.facets[0].values.iter().map(|v| v.value.as_str()).collect();
    values.sort_unstable();
    assert_eq!(values, ["Karim Vahdat", "Kárim Vahdat", "The Mayor"]);
}

fn entries() -> impl Strategy<Value = Vec<Entry>> {
    let split = proptest::option::of((0..NAMES.len(), 0..CONDITIONS.len()));
    let one = (0..NAMES.len() + 2, proptest::collection::vec(0..NAMES.len(), 0..3), split);
    proptest::collection::vec(one, 0..4).prop_map(|drawn| {
        let mut taken = BTreeSet::new();
        let mut entries: Vec<Entry> = Vec::new();
        for (n, (name, also, split)) in drawn.into_iter().enumerate() {
            let name = NAMES.get(name).map_or_else(|| format!("Mayor {n}"), |&n| n.to_owned());
            if taken.insert(folded(&name)) {
                let also = also.into_iter().map(|n| NAMES[n].to_owned());
                let also: Vec<_> = also.filter(|name| taken.insert(folded(name))).collect();
                let split = split.map(|(of, n)| (NAMES[of].to_owned(), n));
                entries.push(Entry { name, also, split });
            }
        }
        for entry in &mut entries {
            let own = entry.split.take().filter(|(of, _)| !entry.is_form(of));
            entry.split = own;
        }
        entries
    })
}

proptest! {
    #![proptest_config(ProptestConfig {
        // Each case asks some hundred queries.
        cases: ProptestConfig::default().cases / 8,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn all_faces_agree_on_who_is_who(entries in entries(), query in 0..QUERIES.len()) {
        agree(&entries, QUERIES[query]);
    }
}
