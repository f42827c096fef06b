//! The law that a value of a facet, asked for as a whole, finds as many documents as the facet counts.

use proptest::prelude::*;

use super::archive::{article, in_segments, naming, quote};
use super::made::{Model, archive};
use crate::article::{Article, Facet};
use crate::index::read::snapshot::Snapshot;
use crate::query::{FacetRequest, Request, Target, parse, search, value_query};

/// The counts of a facet, and for each value the number of documents that its query finds.
fn counted_and_found(snapshot: &Snapshot, facet: Facet, target: Target) -> Vec<(String, u64, u64)> {
    let request = |query, facets| Request { query, facets, target, limit: 0, ..Request::default() };
    let all = request(String::new(), vec![FacetRequest::all(facet)]);
    let values = search(snapshot, &all).unwrap().facets.remove(0).values;
    values
        .into_iter()
        .map(|value| {
            let query = value_query(facet, &value.value);
            assert_eq!(parse(&query).1, [], "{query}");
            (query.clone(), value.count, search(snapshot, &request(query, vec![])).unwrap().total)
        })
        .collect()
}

fn check(snapshot: &Snapshot) -> usize {
    let mut values = 0;
    for facet in Facet::ALL {
        for target in [Target::Articles, Target::Quotations] {
            for (query, counted, found) in counted_and_found(snapshot, facet, target) {
                assert_eq!(found, counted, "{query} {target:?}");
                values += 1;
            }
        }
    }
    values
}

#[test]
fn every_value_of_the_made_archive_finds_what_its_facet_counts() {
    let articles: Vec<_> = archive(120).iter().map(Model::article).collect();
    let (_dir, snapshot) = in_segments(&articles);
    assert!(check(&snapshot) > 50);
}

/// Pieces of names that are alike when folded, or that the query language gives a meaning.
const PIECES: [&str; 14] =
    ["Ona", "ona", "Óna", "*", "?", "\"", "“", "\\", "=", "-", " ", "AP", "..", "'s"];

fn with_values(values: &[String]) -> Vec<Article> {
    let values = values.iter().filter(|value| !value.trim().is_empty()).enumerate();
    values
        .map(|(n, value)| {
            let mut made = article(&format!("a{n:02}"), "Gates", "“We wait,” one said.");
            quote(&mut made, "We wait", Some(value));
            made.keywords = vec![value.clone(), "Ona".to_owned()];
            made.section = Some(value.clone());
            naming(made, value, Some(value))
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig {
        // Each case makes an index.
        cases: ProptestConfig::default().cases / 16,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn values_of_any_letters_find_what_their_facet_counts(
        values in prop::collection::vec(
            prop::collection::vec(prop::sample::select(PIECES.to_vec()), 1..5)
                .prop_map(|pieces| pieces.concat()),
            1..8,
        ),
    ) {
        check(&Snapshot::of_articles(&with_values(&values)).unwrap());
    }
}

#[test]
fn a_value_that_no_document_has_is_sought_in_any_case() {
    let values = ["President", "vice president", "What now?", "Élan"].map(str::to_owned);
    let snapshot = Snapshot::of_articles(&with_values(&values)).unwrap();
    let total = |query: &str| {
        let request = Request { query: query.to_owned(), limit: 0, ..Request::default() };
        search(&snapshot, &request).unwrap().total
    };
    assert_eq!(total("role:\"president\""), 1);
    assert_eq!(total("role:president"), 2);
    assert_eq!(total("role:(vice president)"), 1);
    assert_eq!(total("section:\"*president\""), 2);
    assert_eq!(total("section:\"elan\""), 1);
    assert_eq!(total("section:\"What now?\""), 1);
}
