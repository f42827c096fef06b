//! The shape of parsed queries, and the law that any text is one.

use proptest::prelude::*;

use super::clause::{ClauseKind, FacetClause, Pattern, TextClause, Value, WordPattern};
use super::{Strictness, parse};
use crate::error::Error;

fn kind(query: &str) -> ClauseKind {
    let (clause, warnings) = parse(query);
    assert_eq!(warnings, [], "{query}");
    clause.kind
}

fn word(query: &str) -> WordPattern {
    match kind(query) {
        ClauseKind::Text(TextClause { pattern: Pattern::Word(word), .. }) => word,
        other => unreachable!("{query} gave {other:?}"),
    }
}

#[test]
fn words_take_their_form_from_their_marks() {
    assert_eq!(word("Ministers"), WordPattern::Stem("ministers".into()));
    assert_eq!(word("Präsidenten"), WordPattern::Stem("präsidenten".into()));
    assert_eq!(word("=Präsidenten"), WordPattern::Spelled("präsidenten".into()));
    assert_eq!(word("==L’Été"), WordPattern::Cased("Été".into()));
    assert_eq!(word("“Ministers”"), WordPattern::Exact("ministers".into()));
    assert_eq!(word("2021"), WordPattern::Exact("2021".into()));
    assert_eq!(word("WOM?N"), WordPattern::Glob("wom?n".into()));
    assert_eq!(word("Österr**"), WordPattern::Glob("osterr*".into()));
    assert_eq!(word("colour~"), WordPattern::Fuzzy("colour".into(), 1));
    assert_eq!(word("colour~2"), WordPattern::Fuzzy("colour".into(), 2));
    assert_eq!(word("/a\\/b/"), WordPattern::Regex("a/b".into()));
}

#[test]
fn words_in_capitals_are_not_stemmed_among_others() {
    let understood = |query: &str, expected: &str| {
        assert_eq!(parse(query).0.to_string(), expected);
    };
    understood("AIDS", "\"aids\"");
    understood("AIDS talks", "(\"aids\" talks)");
    understood("TRADE TALKS", "(trade talks)");
    understood("TRADE OR (TALKS)", "(trade OR talks)");
    understood("AIDS country:(KE OR UG)", "(\"aids\" (country:\"KE\" OR country:\"UG\"))");
    understood("IRS-led title:US’s", "(IRS-led title:\"us\")");
    understood("A TALE", "(a \"tale\")");
}

#[test]
fn and_binds_closer_than_or() {
    let ClauseKind::Or(sides) = kind("a1 b1 OR c1 AND d1") else { unreachable!() };
    assert!(
        sides.iter().all(|side| matches!(&side.kind, ClauseKind::And(both) if both.len() == 2))
    );
}

#[test]
fn lower_case_operators_are_words() {
    let (clause, warnings) = parse("cats and dogs or not");
    assert!(matches!(clause.kind, ClauseKind::And(words) if words.len() == 5));
    let messages: Vec<_> = warnings.into_iter().map(|warning| warning.message).collect();
    let expected = ["and", "or"].map(|word| {
        format!("{word} is searched as a word here; the operator is {}", word.to_uppercase())
    });
    assert_eq!(messages, expected);
}

#[test]
fn what_is_likely_meant_otherwise_is_doubted() {
    let doubts = |query: &str| parse(query).1.len();
    for query in [
        "ferry or bridge",
        "ferry Not bridge",
        "title:(ferry and bridge)",
        "(ferry) or title:bridge",
        "date:2019..2018",
        "year:2021..2019",
        "month:2021-05..2020",
        "words:500..100",
        "confidence:0.9..0.5",
    ] {
        assert_eq!(doubts(query), 1, "{query}");
    }
    for query in [
        "\"ferry or bridge\"",
        "or",
        "or ferry",
        "ferry or",
        "title:or ferry",
        "ferry not w/3 bridge",
        "date:2019..2019",
        "month:2021-05..2021",
        "year:2019..2021",
        "words:100..500",
    ] {
        assert_eq!(doubts(query), 0, "{query}");
    }
}

#[test]
fn only_unknown_fields_are_errors_unless_all_doubts_are_or_none() {
    let refused = |query: &str| {
        [Strictness::Lenient, Strictness::KnownFields, Strictness::Strict]
            .map(|strictness| strictness.checked(parse(query).1).is_err())
    };
    assert_eq!(refused("contry:IR ferry"), [false, true, true]);
    assert_eq!(refused("party:(green OR blue)"), [false, true, true]);
    assert_eq!(refused("pub-date:2020"), [false, true, true]);
    assert_eq!(refused("title:(feild:ferry)"), [false, true, true]);
    assert_eq!(refused("ferry or bridge"), [false, false, true]);
    assert_eq!(refused("\"ferry"), [false, false, true]);
    for text in [
        "10:30",
        "3:1",
        "https://example.org/a",
        "mailto:desk@example.org",
        "Re: talks",
        "std::io",
        "www.example.org:8080",
        "\"contry:IR\"",
        "C:\\desk",
        "id:tag:example.org,2021:a",
    ] {
        assert_eq!(refused(text), [false; 3], "{text}");
    }
    let error = Strictness::default().checked(parse("contry:IR").1).unwrap_err();
    assert!(matches!(
        error,
        Error::UnknownField { name, nearest: Some(nearest) } if name == "contry" && nearest == "country"
    ));
}

#[test]
fn quotation_marks_mean_the_whole_value() {
    let value = |query: &str| match kind(query) {
        ClauseKind::Facet(FacetClause { value, .. }) => value,
        other => unreachable!("{query} gave {other:?}"),
    };
    let whole = |value: &str| Value::Whole(value.to_owned());
    assert_eq!(value("role:\"Prime Minister\""), whole("Prime Minister"));
    assert_eq!(value("role:“Prime Minister\""), whole("Prime Minister"));
    assert_eq!(value(r#"person:"Ona \"Lu\" Brisk""#), whole("Ona \"Lu\" Brisk"));
    assert_eq!(value(r#"section:"\=1\\2""#), whole("=1\\2"));
    assert_eq!(value("section:\"What now?\""), whole("What now?"));
    assert_eq!(value("folder:\"desk/a b\""), whole("desk/a b"));
    assert_eq!(value("role:\"=prime minister\""), Value::Folded("prime minister".to_owned()));
    assert!(matches!(value("role:minister"), Value::Part(Pattern::Word(WordPattern::Exact(_)))));
    assert!(matches!(value("role:prime-minister"), Value::Part(Pattern::Phrase { .. })));
    assert!(matches!(value("role:\"prime minister\"~2"), Value::Part(Pattern::Phrase { .. })));
}

#[test]
fn boosts_belong_to_what_stands_before() {
    assert!(
        matches!(kind("war^2"), ClauseKind::Boost(_, boost) if (boost - 2.0).abs() < f32::EPSILON)
    );
    assert!(
        matches!(kind("(war peace)^0.5"), ClauseKind::Boost(inner, _) if matches!(inner.kind, ClauseKind::And(_)))
    );
}

#[test]
fn spans_point_at_the_clauses() {
    let query = "war title:\"a b\"~2 -(x OR y)";
    let ClauseKind::And(clauses) = kind(query) else { unreachable!() };
    let texts: Vec<_> = clauses.iter().map(|c| &query[c.span.clone()]).collect();
    assert_eq!(texts, ["war", "title:\"a b\"~2", "-(x OR y)"]);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_a_query(query in "(?s).{0,80}") {
        let (clause, warnings) = parse(&query);
        prop_assert!(query.get(clause.span.clone()).is_some());
        prop_assert!(warnings.iter().all(|w| query.get(w.span.clone()).is_some()));
    }

    #[test]
    fn any_heap_of_operators_is_a_query(
        parts in prop::collection::vec(
            prop::sample::select(vec![
                "(", ")", "AND", "OR", "NOT", "-", "w/5", "pre/s", "not w/3", "atleast2(", "title:", "said:(",
                "speaker:", "date:", "2020..", "\"", "“a b”", "~2", "^3", "/x+/", "*", "?", "a", "b*", "=c", "d~1",
                "country:", "words:", "..", ":", "license:open", "é",
            ]),
            0..40,
        ),
        spaces in any::<u64>(),
    ) {
        let spaced = parts.iter().enumerate().map(|(n, part)| {
            format!("{part}{}", if spaces >> (n % 64) & 1 == 0 { " " } else { "" })
        });
        let query: String = spaced.collect();
        let (clause, warnings) = parse(&query);
        prop_assert!(query.get(clause.span.clone()).is_some());
        prop_assert!(warnings.iter().all(|w| query.get(w.span.clone()).is_some()));
    }
}

#[test]
fn depth_and_length_are_bounded() {
    let (_, warnings) = parse(&"(".repeat(200_000));
    assert!(warnings.iter().any(|w| w.message.contains("longer than")));
    let (_, warnings) = parse(&format!("{}a{}", "(".repeat(100), ")".repeat(100)));
    assert!(warnings[0].message.contains("more than 32 deep"));
    let (_, warnings) = parse(&"a w/2 ".repeat(5_000));
    assert!(warnings.iter().any(|w| w.message.contains("in a row")));
    parse(&"NOT ".repeat(30_000));
    parse(&"- ".repeat(30_000));
    parse(&"title:".repeat(20_000));
    parse(&"\"".repeat(20_001));
}

#[test]
fn what_was_understood_can_be_typed() {
    let check = |query: &str, expected: &str| {
        let (clause, _) = parse(query);
        assert_eq!(clause.to_string(), expected);
        let (again, warnings) = parse(expected);
        assert_eq!((again.to_string(), warnings), (expected.to_owned(), vec![]));
    };
    check("Ministers -“Foreign  Affairs”", "(ministers -\"foreign affairs\")");
    check("al-Sadr OR 5,000", "(al-sadr OR \"5,000\")");
    check("“an E-mail’s 1.000.000  * Co-op”", "\"an e-mail 1,000,000 * co-op\"");
    check("012.345.678-9 U.S. covid-19 re-elect~", "(\"012-345-678-9\" u.s covid-19 re-elect~1)");
    check("co-operat* anti-*", "(co-operat* anti.*)");
    check("=Vis-à-vis ==New-York NATO-led 2021", "(=vis.à.vis ==New.York NATO-led 2021)");
    check("a w/5 b pre/s =c", "((a w/5 b) pre/s =c)");
    check("said:x speaker:\"=Ana Li\"", "(said:x speaker:\"=Ana Li\")");
    check("speaker:Ana role:\"A \\“b\\”\"", "(speaker:ana role:\"A \\“b\\”\")");
    check("speaker:(ana-li* OR \"Li Ana\"~1)", "(speaker:ana-li* OR speaker:\"li ana\"~1)");
    check("speaker:(ana w/2 li)", "speaker:(ana w/2 li)");
    check("agency:AFP", "agency:afp");
    check(r#"id:"a\"b""#, r#"id:"a\"b""#);
    check("date:2020..2021-06 words:5..", "(date:2020-01-01..2021-06 words:5..)");
    check("said:(a -b)", "said:((said:a -said:b))");
    check("license:open year:2019.. country:sweden", "(license:open year:2019.. country:\"SE\")");
    check("/a+/ atleast2(colour~)", "(/a+/ atleast2(colour~1))");
}
