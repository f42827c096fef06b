//! How words of texts and of queries match: spellings, umlauts, hyphens, numbers and capitals.

use super::archive::{article, found, in_segments, naming, quote};
use crate::article::{Article, Span};
use crate::index::read::snapshot::Snapshot;
use crate::query::{Highlighter, Target, parse};

/// Checks which of these texts (by number) queries find, in two indexes: in memory, and in segments with deleted documents.
fn check(texts: &[&str], expected: &[(&str, &[usize])]) {
    let of = |(n, text): (usize, &&str)| article(&n.to_string(), "Harbour notes", text);
    let articles: Vec<Article> = texts.iter().enumerate().map(of).collect();
    let (_dir, changed) = in_segments(&articles);
    for snapshot in [Snapshot::of_articles(&articles).unwrap(), changed] {
        for (query, expected) in expected {
            let expected: Vec<_> = expected.iter().map(ToString::to_string).collect();
            assert_eq!(found(&snapshot, query, Target::Articles), expected, "{query}");
            let (clause, _) = parse(query);
            let highlighter = Highlighter::new(&clause, &["en".to_owned()]);
            for article in articles.iter().filter(|article| expected.contains(&article.id)) {
                assert!(!highlighter.body(article).is_empty(), "{query} in {}", article.body);
            }
        }
    }
}

#[test]
fn spelled_words_have_their_accents_and_capitals() {
    check(
        &[
            "La résumé de la réunion.",
            "They resume on Tuesday, and the RESUME of Ms Orla.",
            "Résumés are read; a Resume too.",
            "WHO met the US envoy; who told us?",
            "Who told us of it? The l’US was away.",
            "May may go.",
            "In may, the may tree.",
        ],
        &[
            ("resume", &[0, 1, 2]),
            ("=resume", &[1, 2]),
            ("=résumé", &[0]),
            ("=RÉSUMÉ", &[0]),
            ("==Resume", &[2]),
            ("==RESUME", &[1]),
            ("==résumé", &[0]),
            ("==Résumés", &[2]),
            ("==WHO", &[3]),
            ("==US", &[3, 4]),
            ("==us", &[3, 4]),
            ("==who", &[3]),
            ("==May", &[5]),
            ("==may", &[5, 6]),
            ("==May w/1 ==may", &[5]),
            ("==WHO pre/4 ==US", &[3]),
            ("==US pre/4 ==WHO", &[]),
            ("atleast2(==may)", &[6]),
            ("atleast2(=us)", &[3, 4]),
            ("=la-réunion", &[0]),
            ("=la-reunion", &[]),
        ],
    );
}

#[test]
fn words_in_capitals_keep_their_form() {
    check(
        &["Aids and aid for the town.", "AIDS is treated.", "Aid for farms; aiding them."],
        &[
            ("AIDS", &[0, 1]),
            ("AIDS treat", &[1]),
            ("aids", &[0, 1, 2]),
            ("==AIDS", &[1]),
            ("FARMS AIDS", &[2]),
        ],
    );
}

#[test]
fn umlauts_are_found_by_one_letter_and_by_two() {
    check(
        &[
            "Jürgen Köppl of Zürich.",
            "Juergen Koeppl of Zuerich.",
            "Jurgen Koppl of Zurich.",
            "Manuel Bodø, Đorđe.",
        ],
        &[
            ("koeppl", &[0, 1]),
            ("koppl", &[0, 2]),
            ("köppl", &[0, 1, 2]),
            ("\"jürgen koeppl\"", &[0, 1]),
            ("\"juergen köppl of zuerich\"", &[0, 1]),
            ("=köppl", &[0]),
            ("=koeppl", &[1]),
            ("zur* koppl", &[0, 2]),
            ("zuer*", &[1]),
            ("=kÖppl", &[0]),
            ("==Köppl pre/2 ==Zürich", &[0]),
            ("manul", &[]),
            ("bodoe djordje", &[3]),
            ("bodo dorde", &[3]),
        ],
    );
}

#[test]
fn hyphens_join_and_part() {
    check(
        &[
            "They send e-mail addresses to the co-operative.",
            "They send email addresses to the cooperative.",
            "They send e mail addresses; covid19 spreads.",
            "COVID-19 and a by-party of three-year terms; the prime-minister.",
            "A prime minister, by parties, primeminister.",
        ],
        &[
            ("email", &[0, 1]),
            ("emails", &[0, 1]),
            ("e-mail", &[0, 1, 2]),
            ("\"e mail\"", &[0, 2]),
            ("\"send email addresses\"", &[0, 1]),
            ("\"send e-mail addresses to\"", &[0, 1]),
            ("\"send e-mail\"", &[0, 1, 2]),
            ("email pre/1 address", &[0, 1]),
            ("\"addresses send email\"~0", &[1]),
            ("\"addresses send email\"~1", &[0, 1]),
            ("co-operat*", &[0, 1]),
            ("cooperat*", &[0, 1]),
            ("cooperatives", &[0, 1]),
            ("coperative~1", &[0, 1]),
            ("=email", &[1]),
            ("=e-mail", &[0, 2]),
            ("covid-19", &[2, 3]),
            ("covid19", &[2, 3]),
            ("byparties", &[3]),
            ("prime-minister", &[3, 4]),
            ("\"prime minister\"", &[3, 4]),
            ("primeminister", &[3, 4]),
            ("atleast2(email)", &[]),
            ("atleast2(e-mail)", &[]),
        ],
    );
}

#[test]
fn numbers_are_found_however_they_are_grouped() {
    check(
        &[
            "It cost 1,000 crowns.",
            "It cost 1.000 crowns, file 044.128.907-3.",
            "It cost 1\u{202f}000 crowns.",
            "It cost 1000 crowns; no. 0441289073.",
            "№417, #418 and nº419 on 2019-05-03.",
            "They won 3-1, at 3.5 of 4,5.",
        ],
        &[
            ("1000", &[0, 1, 2, 3]),
            ("1,000", &[0, 1, 2, 3]),
            ("1.000", &[0, 1, 2, 3]),
            ("\"cost 1000 crowns\"", &[0, 1, 2, 3]),
            ("0441289073", &[1, 3]),
            ("044.128.907-3", &[1, 3]),
            ("417 418 419", &[4]),
            ("2019-05-03", &[4]),
            ("20190503", &[4]),
            ("3-1", &[5]),
            ("31", &[]),
            ("3.5", &[5]),
            ("35", &[]),
            ("45", &[]),
        ],
    );
}

#[test]
fn names_are_found_by_either_spelling_in_part() {
    let mut first = article("1", "Harbour notes", "“We sail,” said Jürgen al-Köppl.");
    quote(&mut first, "We sail", Some("Jürgen al-Köppl"));
    let first = naming(first, "Jürgen al-Köppl", None);
    let second = naming(article("2", "Harbour notes", "Nobody."), "Juergen Koeppl", None);
    let snapshot = Snapshot::of_articles([&first, &second]).unwrap();
    for (query, expected) in [
        ("person:koeppl", &["1", "2"][..]),
        ("person:köppl", &["1", "2"]),
        ("person:koppl", &["1"]),
        ("person:alkoppl", &["1"]),
        ("person:(juergen w/2 koeppl)", &["1", "2"]),
        ("person:\"=Juergen Koeppl\"", &["2"]),
        ("speaker:koeppl", &["1"]),
        ("said:sail speaker:juergen", &["1"]),
    ] {
        assert_eq!(found(&snapshot, query, Target::Articles), expected, "{query}");
    }
}

#[test]
fn all_words_of_a_reading_are_shown() {
    let article = article("1", "Harbour notes", "They send e-mail on.");
    let (clause, _) = parse("email");
    let shown = Highlighter::new(&clause, &[]).body(&article);
    let at = article.body.find("e-mail").unwrap();
    assert_eq!(shown, [Span::new(at, at + 6)]);
}
