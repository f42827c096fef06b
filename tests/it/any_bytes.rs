//! Laws: any bytes may lie in an archive. No panic; the same text gives the same annotations; every span lies in the
//! body, on character boundaries.

use newsdex::article::{Article, Origin, Span};
use newsdex::{extract, read};
use proptest::prelude::*;

/// Text that looks like news where it matters: marks, cues, capitals, datelines, brackets, at random.
fn news_like() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "TEHRAN",
        "Tehran",
        " - ",
        " — ",
        "(AP)",
        "\n",
        "\n\n",
        "“",
        "”",
        "\"",
        "'",
        "’s",
        "said",
        " said ",
        "he",
        "that",
        "According to",
        "Ali",
        "Shamkhani",
        "Mr.",
        " ",
        " ",
        " ",
        ",",
        ".",
        "?",
        "By ",
        "Jan. 5",
        "2021",
        "the minister",
        "told reporters",
        "licensed under",
        "Creative Commons",
        "Attribution 4.0",
        "©",
        "EE/PA",
        "é",
        "東京",
        "\u{200f}",
        "United States",
        "Georgia",
        "Title: ",
        "Date: ",
        "http://",
        "/",
        ":",
        ";",
        "«",
        "»",
        "„",
        "\t",
        "İ",
        "ﬁ",
        "\u{0}",
    ]);
    prop::collection::vec(pieces, 0..120).prop_map(|pieces| pieces.concat())
}

fn check(article: &Article) -> Result<(), TestCaseError> {
    let body = &article.body;
    let origins =
        article.agencies.iter().map(|a| &a.origin).chain(article.byline.iter().map(|b| &b.origin));
    let origins = origins.chain(article.license.iter().map(|l| &l.origin));
    let mut spans: Vec<Span> = origins
        .filter_map(|o| if let Origin::Text(span) = o { Some(*span) } else { None })
        .collect();
    spans.extend(article.title_span);
    spans.extend(article.desk);
    spans.extend(article.dateline.iter().map(|d| d.span));
    spans.extend(article.people.iter().flat_map(|p| p.mentions.clone()));
    spans.extend(
        article.organisations.iter().chain(&article.places).flat_map(|e| e.mentions.clone()),
    );
    spans.extend(article.countries.iter().flat_map(|c| c.mentions.clone()));
    for quote in &article.quotes {
        spans.push(quote.span);
        spans.extend(quote.source);
        spans.extend(quote.cue);
    }
    for span in spans {
        prop_assert!(span.start <= span.end, "{span:?}");
        prop_assert!(
            body.get(span.start as usize..span.end as usize).is_some(),
            "{span:?} in {} bytes",
            body.len()
        );
    }
    Ok(())
}

fn annotated(bytes: &[u8]) -> Vec<Article> {
    let mut articles = read::parse(bytes, "archive/2021/02/27/x.txt").unwrap_or_default();
    articles.iter_mut().for_each(extract::annotate);
    articles
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_taken(bytes in prop::collection::vec(any::<u8>(), 0..2000)) {
        for article in annotated(&bytes) {
            check(&article)?;
        }
    }

    #[test]
    fn any_text_gives_sound_annotations(text in news_like()) {
        let first = annotated(text.as_bytes());
        for article in &first {
            check(article)?;
        }
        prop_assert_eq!(first, annotated(text.as_bytes()));
    }
}

/// A megabyte of what sets extractors to work takes no more than a few seconds even without optimisation.
#[test]
fn a_megabyte_of_anything_is_done_in_time() {
    for piece in [
        "A",
        "A ",
        "Ali ",
        "“",
        "\" ",
        "said ",
        "\"A\" said ",
        "that ",
        "(",
        "TEHRAN - ",
        "\n",
        "a\n",
        "By Ali\n",
        "License ",
        "1/",
        "’",
    ] {
        let text = piece.repeat(1_000_000 / piece.len());
        let begun = std::time::Instant::now();
        annotated(text.as_bytes());
        // Not a benchmark: it only tells linear from quadratic, which would take minutes.
        assert!(begun.elapsed().as_secs() < 60, "{piece:?} took {:?}", begun.elapsed());
    }
}
