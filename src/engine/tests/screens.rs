//! Order, pages, facets, snippets and counts over time.

use std::ops::ControlFlow;
use std::sync::Arc;

use super::archive::{article, dated, in_segments, quote};
use crate::article::{Article, Facet};
use crate::error::Error;
use crate::index::read::snapshot::Snapshot;
use crate::query::{
    By, FacetRequest, Limits, LineOrder, Request, Side, Sort, collocates, compare, explain,
    facet_named, for_each_hit, for_each_line, quotes, receipt, search, similar, stats, timeline,
    verify, why,
};

fn archive() -> Snapshot {
    Snapshot::of_articles(&articles()).unwrap()
}

fn articles() -> Vec<Article> {
    (0..40_i16)
        .map(|n| {
            let text =
                format!("The harbour opened for the {n} ships. “We waited,” said Ona Brisk.");
            let mut article = article(&format!("n{n:02}"), "Harbour", &text);
            quote(
                &mut article,
                "We waited",
                Some(if n % 4 == 0 { "Ona Brisk" } else { "Ilse Tam" }),
            );
            article.keywords = vec![format!("k{}", n % 3)];
            dated(article, 2000 + n % 5, Some(1), Some(2))
        })
        .collect()
}

fn request(query: &str) -> Request {
    Request { query: query.to_owned(), ..Request::default() }
}

#[test]
fn pages_do_not_overlap() {
    let snapshot = archive();
    let mut seen = Vec::new();
    for offset in (0..40).step_by(7) {
        let page = search(&snapshot, &Request { offset, limit: 7, ..request("ships") }).unwrap();
        assert_eq!(page.total, 40);
        seen.extend(page.hits.into_iter().map(|hit| hit.article.id.clone()));
    }
    let mut all = Vec::new();
    let mut each = |hit: crate::query::Hit| {
        all.push(hit.article.id.clone());
        std::ops::ControlFlow::Continue(())
    };
    assert_eq!(for_each_hit(&snapshot, &request("ships"), &mut each).unwrap(), 40);
    assert_eq!(seen, all);
    seen.sort_unstable();
    seen.dedup();
    assert_eq!(seen.len(), 40);
}

#[test]
fn order_is_by_date_where_asked() {
    let snapshot = archive();
    let years = |sort| {
        let page = search(&snapshot, &Request { sort, limit: 40, ..request("") }).unwrap();
        let year = |hit: &crate::query::Hit| hit.article.published.as_ref().unwrap().date.year;
        page.hits.iter().map(year).collect::<Vec<_>>()
    };
    assert!(years(Sort::Newest).is_sorted_by(|a, b| a >= b));
    assert!(years(Sort::Oldest).is_sorted());
}

#[test]
fn facets_are_counted_searched_and_cut() {
    let snapshot = archive();
    let facet = |facet, limit, matching: Option<&str>| FacetRequest {
        facet,
        limit,
        matching: matching.map(str::to_owned),
    };
    let facets = vec![
        facet(Facet::Keyword, 2, None),
        facet(Facet::Speaker, 9, Some("bri")),
        facet(Facet::Role, 9, None),
    ];
    let page = search(&snapshot, &Request { facets, limit: 0, ..request("") }).unwrap();
    let counts = |n: usize| {
        let values = page.facets[n].values.iter();
        values.map(|v| (v.value.as_str(), v.count)).collect::<Vec<_>>()
    };
    assert_eq!(counts(0), [("k0", 14), ("k1", 13)]);
    assert_eq!(page.facets[0].distinct, 3);
    assert_eq!(counts(1), [("Ona Brisk", 10)]);
    assert_eq!((counts(2), page.facets[2].missing), (vec![], 40));

    let error = facet_named("speakr").unwrap_err();
    assert!(matches!(error, Error::NoFacet { nearest: Some("speaker"), .. }), "{error}");
}

#[test]
fn counts_over_time() {
    let snapshot = archive();
    let two = [request("waited"), request("\"the 7 ships\"")];
    let years = timeline(&snapshot, &two, By::Year).unwrap();
    assert_eq!(years.steps, ["2000", "2001", "2002", "2003", "2004"]);
    assert_eq!(years.series[0].counts, [8; 5]);
    assert_eq!(years.series[1].counts, [0, 0, 1, 0, 0]);
    assert_eq!(years.relative(&years.series[1]), [0.0, 0.0, 125.0, 0.0, 0.0]);
}

#[test]
fn totals_and_speakers() {
    let snapshot = archive();
    let totals = stats(&snapshot, &request("")).unwrap();
    assert_eq!((totals.articles, totals.quotations), (40, 40));
    assert_eq!(totals.words, 40 * 13);
    let found = quotes(&snapshot, &request("waited"), 2).unwrap();
    let groups: Vec<_> =
        found.groups.iter().map(|g| (g.speaker.as_str(), g.count, g.hits.len())).collect();
    assert_eq!(groups, [("Ilse Tam", 30, 2), ("Ona Brisk", 10, 2)]);
    assert_eq!((found.total, found.unattributed), (40, 0));
}

#[test]
fn whatever_matched_is_highlighted() {
    let text = "The harbour was closed by a storm in May. Ships waited for the foreign ministers. \
        The shipping line of Alta paid for the colour of the foreign ships.";
    let snapshot = Snapshot::of_articles([&article("x", "News", text)]).unwrap();
    let check = |query: &str, expected: &[&str]| {
        let page = search(&snapshot, &request(query)).unwrap();
        let hit = &page.hits[0];
        let marked = hit.fragments.iter().flat_map(|f| &f.highlights);
        let marked: Vec<_> = marked.map(|span| span.of(&hit.article.body)).collect();
        assert_eq!(marked, expected, "{query}");
    };
    check("ship", &["Ships", "shipping", "ships"]);
    check("\"foreign ministers\"", &["foreign ministers"]);
    check("har*r", &["harbour"]);
    check("color~1", &["colour"]);
    check("/sto.+/", &["storm"]);
    check("foreign w/3 colour", &["colour", "foreign"]);
    check("harbour -peace", &["harbour"]);
    check("id:x", &[]);
}

#[test]
fn a_concordance_has_every_match() {
    let snapshot = archive();
    let mut lines = Vec::new();
    for_each_line(&snapshot, &request("ship*"), 11, LineOrder::Left, usize::MAX, &mut |line| {
        lines.push(line);
        ControlFlow::Continue(())
    })
    .unwrap();
    assert_eq!(lines.len(), 40);
    assert_eq!(lines[0].left, "for the 0");
    assert_eq!((lines[0].keyword.as_str(), lines[0].right.as_str()), ("ships", ". “We waite"));
    let near = collocates(&snapshot, &request("ship*"), Side::Left, 2, 3).unwrap();
    assert_eq!((near[0].word.as_str(), near[0].near), ("the", 40));
}

#[test]
fn every_clause_is_counted_and_held_against_an_article() {
    let snapshot = archive();
    let (all, warnings) =
        explain(&snapshot, &request("waited \"the 7 ships\" -keyword:k0")).unwrap();
    let counts: Vec<_> = all.parts.iter().map(|p| (p.clause.as_str(), p.count)).collect();
    assert_eq!(counts, [("waited", 40), ("\"the 7 ships\"", 1), ("-keyword:k0", 26)]);
    assert_eq!((all.count, warnings.len()), (1, 0));
    let (held, article) = why(&snapshot, &request("waited keyword:k0"), "n07").unwrap();
    assert!(!held.holds && held.parts[0].holds && !held.parts[1].holds);
    assert_eq!(held.parts[0].places[0].of(&article.body), "waited");
    assert!(why(&snapshot, &request("waited"), "none").is_err());
}

#[test]
fn a_receipt_holds_until_the_result_changes() {
    let snapshot = archive();
    let query = request("said:(waited -gone) date:2001..2003");
    let then = receipt(&snapshot, &query).unwrap();
    assert_eq!(then.total, 24);
    assert!(verify(&snapshot, &then, &Arc::default(), &Limits::default()).unwrap().holds);
    let smaller = Snapshot::of_articles([&article("n01", "Harbour", "Nobody waited.")]).unwrap();
    let now = verify(&smaller, &then, &Arc::default(), &Limits::default()).unwrap();
    assert!(!now.holds);
    assert!(now.differences.iter().any(|(name, _, now)| *name == "total" && now == "0"));
}

#[test]
fn likeness_and_difference() {
    let cats: Vec<_> = (0..6)
        .map(|n| article(&format!("cat{n}"), "Pets", "The cat purred on the warm cushion."))
        .collect();
    let dogs: Vec<_> = (0..6)
        .map(|n| article(&format!("dog{n}"), "Pets", "The dog barked at the postman."))
        .collect();
    let snapshot = Snapshot::of_articles(cats.iter().chain(&dogs)).unwrap();
    let like = similar(&snapshot, "cat0", 5, &Limits::default()).unwrap();
    assert_eq!(like.len(), 5);
    assert!(like.iter().all(|hit| hit.article.id.starts_with("cat") && hit.article.id != "cat0"));
    let difference = compare(&snapshot, &request("cat"), &request("dog"), 2).unwrap();
    assert_eq!(difference.articles, [6, 6]);
    let keys: Vec<_> = difference.key_words.iter().map(|k| (k.first, k.second)).collect();
    assert_eq!(keys, [(6, 0), (6, 0), (0, 6), (0, 6)]);
}

#[test]
fn segments_make_no_difference() {
    let (_dir, many) = in_segments(&articles());
    let one = archive();
    let facets = |limit| {
        let facet = |facet| FacetRequest { facet, limit, matching: None };
        [Facet::Keyword, Facet::Speaker, Facet::Year, Facet::License, Facet::Folder]
            .map(facet)
            .to_vec()
    };
    for query in ["", "waited", "said:waited speaker:brisk", "ship* keyword:k1"] {
        let both = [&many, &one].map(|snapshot| {
            let request = Request { facets: facets(2), sort: Sort::Oldest, ..request(query) };
            let page = search(snapshot, &request).unwrap();
            let ids: Vec<_> = page.hits.into_iter().map(|hit| hit.article.id.clone()).collect();
            let counts = timeline(snapshot, std::slice::from_ref(&request), By::Month).unwrap();
            (page.total, ids, page.facets, counts, stats(snapshot, &request).unwrap().facets)
        });
        assert_eq!(both[0], both[1], "{query}");
    }
}
