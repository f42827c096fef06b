//! Order, pages, facets, snippets and counts over time.

use super::archive::{article, dated, quote};
use crate::index::snapshot::Snapshot;
use crate::query::{
    By, FacetRequest, Request, Sort, for_each_hit, quotes, search, stats, timeline,
};

fn archive() -> Snapshot {
    let articles: Vec<_> = (0..40_i16)
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
        .collect();
    Snapshot::of_articles(&articles).unwrap()
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
        seen.extend(page.hits.into_iter().map(|hit| hit.article.id));
    }
    let mut all = Vec::new();
    let mut each = |hit: crate::query::Hit| {
        all.push(hit.article.id);
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
    let facet = |field: &str, limit, matching: Option<&str>| FacetRequest {
        field: field.to_owned(),
        limit,
        matching: matching.map(str::to_owned),
    };
    let facets =
        vec![facet("keyword", 2, None), facet("speaker", 9, Some("bri")), facet("role", 9, None)];
    let page = search(&snapshot, &Request { facets, limit: 0, ..request("") }).unwrap();
    let counts = |n: usize| {
        let values = page.facets[n].values.iter();
        values.map(|v| (v.value.as_str(), v.count)).collect::<Vec<_>>()
    };
    assert_eq!(counts(0), [("k0", 14), ("k1", 13)]);
    assert_eq!(page.facets[0].distinct, 3);
    assert_eq!(counts(1), [("Ona Brisk", 10)]);
    assert_eq!((counts(2), page.facets[2].missing), (vec![], 40));

    let unknown = Request { facets: vec![facet("speakr", 1, None)], ..request("") };
    let message = search(&snapshot, &unknown).unwrap_err().to_string();
    assert!(message.starts_with("there is no facet speakr; did you mean speaker?"), "{message}");
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
