//! The shape of parsed queries, and the law that any text is one.

use proptest::prelude::*;

use super::clause::{ClauseKind, Pattern, TextClause, WordPattern};
use super::parse;

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
    assert_eq!(word("=Ministers"), WordPattern::Exact("ministers".into()));
    assert_eq!(word("“Ministers”"), WordPattern::Exact("ministers".into()));
    assert_eq!(word("2021"), WordPattern::Exact("2021".into()));
    assert_eq!(word("WOM?N"), WordPattern::Glob("wom?n".into()));
    assert_eq!(word("Österr**"), WordPattern::Glob("osterr*".into()));
    assert_eq!(word("colour~"), WordPattern::Fuzzy("colour".into(), 1));
    assert_eq!(word("colour~2"), WordPattern::Fuzzy("colour".into(), 2));
    assert_eq!(word("/a\\/b/"), WordPattern::Regex("a/b".into()));
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
    assert!(matches!(kind("cats and dogs or not"), ClauseKind::And(words) if words.len() == 5));
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
    assert!(warnings[0].message.contains("too deeply"));
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
    check("al-Sadr OR 5,000", "(al-sadr OR \"5 000\")");
    check("a w/5 b pre/s =c", "((a w/5 b) pre/s =c)");
    check("said:x speaker:\"=Ana Li\"", "(said:x speaker:\"=Ana Li\")");
    check("date:2020..2021-06 words:5..", "(date:2020-01-01..2021-06 words:5..)");
    check("said:(a -b)", "said:((said:a -said:b))");
    check("license:open year:2019.. country:sweden", "(license:open year:2019.. country:\"=SE\")");
    check("/a+/ atleast2(colour~)", "(/a+/ atleast2(colour~1))");
}
