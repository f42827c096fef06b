//! What each field finds, on an archive of five articles.

use std::sync::LazyLock;

use super::archive::{about, article, by_agency, dated, found, licensed, quote};
use crate::index::read::snapshot::Snapshot;
use crate::query::{Request, Strictness, Target, parse, search};

static ARCHIVE: LazyLock<Snapshot> = LazyLock::new(|| {
    let mut a = about(
        article(
            "a",
            "Ministers meet in Tehran",
            "Foreign minister Karim Vahdat spoke of trade. “We want a new round of talks with the region,” he said.",
        ),
        &["IR", "IQ"],
    );
    quote(&mut a, "We want a new round of talks with the region", Some("Karim Vahdat"));
    let a = licensed(by_agency(dated(a, 2021, Some(2), Some(27)), "Mehr News Agency"), "CC-BY-4.0");

    let mut b = about(
        article(
            "b",
            "Port strike ends",
            "Dockers in Göteborg went back to work. “The talks were hard,” said Åsa Lindqvist. “We want peace.”",
        ),
        &["SE"],
    );
    quote(&mut b, "The talks were hard", Some("Åsa Lindqvist"));
    quote(&mut b, "We want peace", Some("Åsa Lindqvist"));
    let b = licensed(dated(b, 2020, Some(5), None), "CC-BY-NC-ND-4.0");

    let c = licensed(
        dated(
            article(
                "c",
                "Foreign trade grows",
                "The minister for foreign affairs was absent. A friendship of nations was sealed at 10:30.",
            ),
            2019,
            None,
            None,
        ),
        "OGL-UK-3.0",
    );
    let mut d = article(
        "d",
        "Undated",
        "A colour of its own. Nothing was said about talks. See https://example.org/a-page now.",
    );
    quote(&mut d, "Nothing was said about talks", None);
    let mut e = article("e", "Der Hafen", "Die Minister reisten ab. Ein Minister blieb.");
    e.language = Some("de".to_owned());
    let e = dated(e, 2021, Some(3), Some(1));
    Snapshot::of_articles([&a, &b, &c, &d, &e]).unwrap()
});

fn check(query: &str, expected: &str) {
    let (clause, warnings) = parse(query);
    assert_eq!(warnings, [], "{query}");
    assert_eq!(found(&ARCHIVE, query, Target::Articles).join(" "), expected, "{query}: {clause:?}");
}

fn check_quotations(query: &str, expected: &str) {
    assert_eq!(found(&ARCHIVE, query, Target::Quotations).join(" "), expected, "{query}");
}

#[test]
fn words_are_stemmed_and_all_required() {
    check("", "a b c d e");
    check("*", "a b c d e");
    check("ministers", "a c e");
    check("=ministers", "a");
    check("Minister TRADE", "a c");
    check("minister -trade", "e");
    check("minister NOT trade", "e");
    check("-minister", "b d");
    check("strike OR friendship", "b c");
    check("(strike OR friendship) nations", "c");
    check("goteborg", "b");
}

#[test]
fn phrases_wildcards_and_near_words() {
    check("\"foreign minister\"", "a");
    check("“foreign minister”", "a");
    check("\"minister foreign\"~1", "a c");
    check("\"minister * foreign\"", "c");
    check("m?nister", "a c e");
    check("*ship", "c");
    check("fri*ship", "c");
    check("color~1", "d");
    check("/colou?r/", "d");
    check("10:30", "c");
    check("https://example.org/a-page", "d");
    check("minister w/2 foreign", "a c");
    check("minister pre/2 foreign", "c");
    check("(minist* OR secretary) w/3 \"foreign affairs\"", "c");
    check("minister not w/2 foreign", "a e");
    check("friendship w/s sealed", "c");
    check("minister w/s sealed", "");
    check("minister w/p sealed", "c");
    check("atleast2(minister)", "a e");
    check("atleast3(minister)", "");
    check("title:ministers", "a e".trim_end_matches(" e"));
    check("title:(foreign OR port)", "b c");
    check("lead:dockers", "b");
}

#[test]
fn quotations_and_speakers_are_joined() {
    check("said:talks", "a b d");
    check("said:talks speaker:lindqvist", "b");
    check("said:hard speaker:asa", "b");
    check("said:(hard peace)", "");
    check("said:hard said:peace", "");
    check("said:\"new round\" speaker:lindqvist", "");
    check("said:(we w/2 peace)", "b");
    check("speaker:\"=karim vahdat\"", "a");
    check("speaker:=karim", "");
    check("speaker:\"karim vahdat\"", "a");
    check("speaker:\"Karim\"", "");
    check("speaker:\"kar*\"", "a");
    check("speaker:vah*", "a");
    check("speaker:*", "a b");
    check("-speaker:*", "c d e");
    check("said:talks -speaker:*", "d");
    check_quotations("talks", "a#0 b#0 d#0");
    check_quotations("talks speaker:asa", "b#0");
    check_quotations("speaker:asa -talks", "b#1");
    check_quotations("country:SE", "b#0 b#1");
    check_quotations("title:ministers", "a#0");
    check_quotations("", "a#0 b#0 b#1 d#0");
    check_quotations("confidence:0.5..", "a#0 b#0 b#1 d#0");
}

#[test]
fn metadata() {
    check("agency:mehr", "a");
    check("agency:MNA", "a");
    check("agency:\"mna\"", "a");
    check("agency:\"Mehr News Agency\"", "a");
    check("agency:\"Mehr News\"", "a");
    check("agency:\"News Agency\"", "");
    check("country:iran", "a");
    check("country:IQ about:ir", "a");
    check("about:iq", "");
    check("license:CC-BY*", "a b");
    check("license:cc-by-4.0", "a");
    check("license:open", "a c");
    check("license:unknown", "d e");
    check("language:de", "e");
    check("date:2021", "a e");
    check("date:2020-02..2021-02", "a b");
    check("date:..2019", "c");
    check("date:2019-05", "");
    check("date:2021-02-27", "a");
    check("-date:*", "d");
    check("year:2020..2021", "a b e");
    check("words:..16", "d e".trim_start_matches("d "));
    check("folder:desk", "a b c d e");
    check("id:b", "b");
    check("has:quotes", "a b d");
    check("quote:direct", "a b d");
}

#[test]
fn what_cannot_be_taken_is_named_and_the_rest_searched() {
    let check = |query: &str, expected: &str, message: &str| {
        let (_, warnings) = parse(query);
        assert!(warnings.iter().any(|w| w.message.contains(message)), "{query}: {warnings:?}");
        let strictness = Strictness::Lenient;
        let request = Request { query: query.to_owned(), strictness, ..Request::default() };
        let page = search(&*ARCHIVE, &request).unwrap();
        let mut ids: Vec<_> = page.hits.into_iter().map(|hit| hit.article.id.clone()).collect();
        ids.sort_unstable();
        assert_eq!(ids.join(" "), expected, "{query}");
    };
    check("\"foreign minister", "a", "not closed");
    check("speker:vahdat", "a", "did you mean speaker:");
    check("(strike", "b", "not closed");
    check("strike)", "b", "too many");
    check("strike AND", "b", "both sides");
    check("date:yesterday strike", "b", "no date");
    check("/col[/ strike", "b", "expression");
    check("strike w/5", "b", "both sides");
    check("country:atlantis strike", "", "no country");
    check("date:yesterday", "", "no date");
    check("&", "", "no word");
}
