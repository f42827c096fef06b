//! A person of an archive, and the spellings of a name.

use super::archive::{about, article, dated, in_segments, naming, quote};
use crate::article::Article;
use crate::index::read::snapshot::Snapshot;
use crate::query::{FacetValue, People, Request, Target, facet_named, name_query, people, search};

fn archive() -> Vec<Article> {
    let said = "“The gates stay open,” said Mr. Varzin.";
    let story = |id: &str, year| {
        let mut article = dated(article(id, "Gates", said), year, Some(3), Some(1));
        quote(&mut article, "The gates stay open", Some("Dariush Varzin"));
        about(article, &["IR"])
    };
    vec![
        naming(story("a", 2011), "Dariush Varzin", Some("deputy minister")),
        naming(
            naming(story("b", 2014), "Dariush Varzin", Some("Minister")),
            "Ona Brisk",
            Some("mayor"),
        ),
        naming(story("c", 2012), "Dariush Varzin", Some("minister")),
        naming(story("d", 2015), "D. Varzin", None),
        naming(article("e", "Gates", "Not dated."), "Dáriush Varzin", Some("minister")),
        naming(article("f", "Gates", "Another spelling."), "Daryoush Warzin", None),
        naming(article("g", "Gates", "Another one."), "Ona Brisk", None),
    ]
}

fn shown(name: &str, query: &str) -> People {
    let snapshot = Snapshot::of_articles(&archive()).unwrap();
    let request = Request { query: query.to_owned(), ..Request::default() };
    people(&snapshot, name, &request).unwrap()
}

fn pairs(values: &[FacetValue]) -> Vec<(&str, u64)> {
    values.iter().map(|v| (v.value.as_str(), v.count)).collect()
}

#[test]
fn a_person_has_names_roles_countries_company_and_words() {
    let found = shown("varzin", "");
    let forms: Vec<_> = found.forms.iter().map(|f| (f.name.as_str(), f.articles)).collect();
    assert_eq!(forms, [("Dariush Varzin", 3), ("D. Varzin", 1), ("Dáriush Varzin", 1)]);
    assert_eq!((found.articles, found.quotations, found.names), (5, 4, 3));
    let roles: Vec<_> = found
        .roles
        .iter()
        .map(|r| (r.role.as_str(), r.articles, r.first.map(|d| d.year), r.last.map(|d| d.year)))
        .collect();
    let year = |year| Some(Some(year));
    assert_eq!(
        roles,
        [
            ("deputy minister", 1, year(2011), year(2011)),
            ("minister", 2, year(2012), year(2014)),
            ("minister", 1, None, None),
        ]
    );
    assert_eq!(pairs(&found.countries), [("IR", 4)]);
    assert_eq!(pairs(&found.others), [("Ona Brisk", 1)]);
    let latest: Vec<_> = found.latest.iter().map(|said| said.article.as_str()).collect();
    assert_eq!(latest, ["d", "b", "c", "a"]);
    assert_eq!(found.latest[0].text, "The gates stay open");
    assert_eq!(pairs(&found.similar), [("Daryoush Warzin", 1)]);
}

#[test]
fn a_query_narrows_and_the_counts_are_those_of_search() {
    let snapshot = Snapshot::of_articles(&archive()).unwrap();
    for (name, query) in
        [("varzin", "date:2012.."), ("Dariush Varzin", ""), ("=d varzin", ""), ("dari*", "gates")]
    {
        let found = shown(name, query);
        let total = |field: &str, target| {
            let facet = facet_named(field).unwrap();
            let query = format!("{} {query}", name_query(facet, name).unwrap());
            let request = Request { query, target, ..Request::default() };
            search(&snapshot, &request).unwrap().total
        };
        assert_eq!(found.articles, total("person", Target::Articles), "{name} {query}");
        assert_eq!(found.quotations, total("speaker", Target::Quotations), "{name} {query}");
    }
    assert_eq!(shown("varzin", "date:2012..").articles, 3);
}

#[test]
fn nobody_has_near_names() {
    let found = shown("Ona Briisk", "");
    assert_eq!((found.articles, found.quotations), (0, 0));
    assert_eq!(pairs(&found.similar), [("Ona Brisk", 2)]);
    assert_eq!(pairs(&shown("Ilse Brysk", "").similar), [("Ona Brisk", 2)], "a word is shared");
    assert_eq!(pairs(&shown("Bri", "").similar), [("Ona Brisk", 2)], "its letters are in it");
    assert_eq!(shown("zzz", "").similar, []);
    let snapshot = Snapshot::of_articles(&archive()).unwrap();
    let error = people(&snapshot, "?!", &Request::default()).unwrap_err();
    assert_eq!(error.to_string(), "there is no name in \"?!\"");
}

#[test]
fn segments_make_no_difference_to_a_person() {
    let (_dir, many) = in_segments(&archive());
    for name in ["varzin", "Dariush Warsin", "brisk"] {
        let found = people(&many, name, &Request::default()).unwrap();
        assert_eq!(found, shown(name, ""), "{name}");
    }
}
