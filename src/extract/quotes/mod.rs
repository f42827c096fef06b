//! Quotation extraction and attribution: who is quoted, saying what.
//!
//! Quoted spans become single units ([`marks`], [`units`]). For each likely cue ([`cues`]), a small linear model
//! ([`model`], MODEL.md) chooses the content ([`content_span`]) and the source ([`source`]), and accepts or rejects the
//! attribution ([`attribute`]). Quoted spans without a cue may continue the quotation before them
//! ([`continued_quotations`]). Last, the source is resolved to a person or organisation of the article
//! ([`resolve_speaker`]). Languages other than English have rules and a table of verbs instead ([`foreign`]).
//!
//! A unit gets its class in three steps, each in files that import only those before it: [`inflection`], [`cue_words`] and
//! [`word_classes`] know words by themselves, [`lookup`] all tokens of a text, [`mod@unit`], [`context`] and [`units`] the words
//! in their sentences.

pub(crate) mod attribute;
pub(crate) mod content_span;
mod context;
mod continued_quotations;
mod cue_words;
pub(crate) mod cues;
mod foreign;
mod gender;
mod inflection;
mod lookup;
pub(crate) mod marks;
pub(crate) mod model;
mod resolve_speaker;
pub(crate) mod source;
mod unit;
pub(crate) mod units;
mod word_class;
mod word_classes;

use super::names::Mention;
use crate::article::{Article, Quotation, QuoteKind};
use crate::text::Text;
use attribute::Attribution;
use cue_words::Attributes;
use model::Model;
use resolve_speaker::{ResolvedSpeaker, SpeakerResolver};
use units::Units;
use word_class::Class;

/// Sets [`Article::quotes`]; needs [`Article::people`].
pub fn find(text: &Text<'_>, mentions: &[Mention], article: &mut Article) {
    find_with(Model::shipped(), text, mentions, article);
}

/// [`find`] with other weights.
pub(crate) fn find_with(
    model: &Model,
    text: &Text<'_>,
    mentions: &[Mention],
    article: &mut Article,
) {
    let units = Units::new(text, &marks::find(text), mentions);
    let foreign = article.language.as_deref().filter(|&language| language != "en");
    let is_foreign = foreign.is_some();
    let (mut attributions, unlisted) = match foreign {
        Some(language) => foreign::find(text, &units, article, language),
        None => (attribute::find(&units, model), Vec::new()),
    };
    continued_quotations::extend(&units, &mut attributions);
    if !is_foreign {
        continued_quotations::add(&units, &mut attributions);
    }
    let mut resolver = SpeakerResolver::new(text, &units, article, &unlisted);
    article.quotes = attributions
        .iter()
        .flat_map(|attribution| {
            let speaker = resolver.resolve(text, &units, attribution);
            quotations(text, &units, attribution, speaker.as_ref(), is_foreign)
        })
        .collect();
    article.quotes.sort_by_key(|quote| (quote.span.start, quote.span.end));
}

/// One quotation for each piece of the content.
fn quotations(
    text: &Text<'_>,
    units: &Units,
    attribution: &Attribution,
    speaker: Option<&ResolvedSpeaker>,
    is_foreign: bool,
) -> Vec<Quotation> {
    let is_taken = |unit: usize| {
        unit == attribution.cue || attribution.pieces().any(|piece| piece.contains(&unit))
    };
    let source = attribution.source.map(|head| {
        if is_foreign {
            foreign::name_ending_at(units, head)
        } else {
            source::whole_phrase(units, head, is_taken)
        }
    });
    let cue =
        (attribution.cue != Attribution::NO_CUE).then(|| attribution.cue..attribution.cue + 1);
    let span = |range| text.span(units.tokens(range));
    let confidence = match speaker {
        Some((_, confidence)) => confidence * attribution.confidence.whole,
        None => 0.0,
    };
    let is_belief = !matches!(
        units.all.get(attribution.cue).and_then(|unit| unit.attributes),
        Some(Attributes::Speech | Attributes::SpeechNoun | Attributes::Stance) | None
    );
    attribution
        .pieces()
        .map(|piece| Quotation {
            span: span(piece.clone()),
            kind: match kind(units, piece.clone(), is_belief) {
                QuoteKind::Direct if is_foreign && foreign::is_fragment(units, piece.start) => {
                    QuoteKind::Mixed
                }
                kind => kind,
            },
            speaker: speaker.map(|(name, _)| name.clone()),
            source: source.clone().map(span),
            cue: cue.clone().map(span),
            confidence,
        })
        .collect()
}

fn kind(units: &Units, piece: std::ops::Range<usize>, is_belief: bool) -> QuoteKind {
    let classes = || units.all[piece.clone()].iter().map(|unit| unit.class);
    let mut words = classes().filter(|class| !class.is_mark());
    match classes().any(|class| class == Class::Quoted) {
        true if words.all(|class| class == Class::Quoted) => QuoteKind::Direct,
        true => QuoteKind::Mixed,
        false if is_belief => QuoteKind::Belief,
        false => QuoteKind::Indirect,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::article::Person;

    /// The annotated article; each of `people` is mentioned wherever the last word of the name occurs.
    fn annotated(body: &str, people: &[&str]) -> Article {
        let text = Text::new(body);
        let people = people
            .iter()
            .map(|name| {
                let last = name.rsplit(' ').next().unwrap_or(name);
                let mentions = body.match_indices(last).map(|(at, _)| {
                    let full = body[..at + last.len()].ends_with(name);
                    let start = if full { at + last.len() - name.len() } else { at };
                    crate::article::Span::new(start, at + last.len())
                });
                Person { name: (*name).to_owned(), role: None, mentions: mentions.collect() }
            })
            .collect();
        let mut article = Article { body: body.to_owned(), people, ..Article::default() };
        find(&text, &[], &mut article);
        article
    }

    /// Each expected quotation: kind, speaker (`-` for none) and words.
    fn check(body: &str, people: &[&str], expected: &[(&str, &str, &str)]) {
        let article = annotated(body, people);
        let found: Vec<_> = article
            .quotes
            .iter()
            .map(|q| (q.kind.as_str(), q.speaker.as_deref().unwrap_or("-"), q.span.of(body)))
            .collect();
        assert_eq!(found, expected, "{body}");
    }

    const DABIRI: &[&str] = &["Maria Dabiri"];

    #[test]
    fn direct_quotations_in_every_order() {
        let test = |body, words| check(body, DABIRI, &[("direct", "Maria Dabiri", words)]);
        test("“We will not wait any longer,” Maria Dabiri said.", "“We will not wait any longer,”");
        test("“We will not wait any longer,” said Maria Dabiri.", "“We will not wait any longer,”");
        test("Maria Dabiri said: “We will not wait any longer.”", "“We will not wait any longer.”");
        test("‘We will not wait any longer,’ Maria Dabiri said.", "‘We will not wait any longer,’");
    }

    #[test]
    fn an_attribution_within_gives_two_quotations() {
        check(
            "“We will not wait,” Maria Dabiri remarked. “The time has come to act.”",
            DABIRI,
            &[
                ("direct", "Maria Dabiri", "“We will not wait,”"),
                ("direct", "Maria Dabiri", "“The time has come to act.”"),
            ],
        );
    }

    #[test]
    fn a_title_after_the_attribution_is_no_second_piece() {
        check(
            "“Jobs come first,” Maria Dabiri said on “The Late Hour.” “Nobody did it better than us.”",
            DABIRI,
            &[
                ("direct", "Maria Dabiri", "“Jobs come first,”"),
                ("direct", "Maria Dabiri", "“Nobody did it better than us.”"),
            ],
        );
    }

    #[test]
    fn a_quotation_has_one_speaker() {
        check(
            "“We will not wait,” Maria Dabiri said. “The time has come to act.”\n\nPeter Novak \
             replied by saying, “There is no money for any of this.”",
            &["Maria Dabiri", "Peter Novak"],
            &[
                ("direct", "Maria Dabiri", "“We will not wait,”"),
                ("direct", "Maria Dabiri", "“The time has come to act.”"),
                ("direct", "Peter Novak", "“There is no money for any of this.”"),
            ],
        );
    }

    #[test]
    fn the_source_is_the_whole_noun_phrase() {
        let source = |body: &str, expected: &str| {
            let article = annotated(body, &[]);
            let found: Vec<_> =
                article.quotes.iter().filter_map(|q| Some(q.source?.of(body))).collect();
            assert_eq!(found, [expected], "{body}");
        };
        source(
            "Teachers and parents said that the school would open next week.",
            "Teachers and parents",
        );
        source(
            "“We will not wait any longer,” said the leader of the party.",
            "the leader of the party",
        );
        source(
            "Teachers, parents and pupils said that the school would open next week.",
            "Teachers, parents and pupils",
        );
        source(
            "The teachers themselves said that the school would open.",
            "The teachers themselves",
        );
    }

    #[test]
    fn a_title_with_of_refers_to_the_name_after_it() {
        check(
            "Secretary of Transport Maria Dabiri said that the talks would go on next week.",
            DABIRI,
            &[("indirect", "Maria Dabiri", "that the talks would go on next week")],
        );
    }

    #[test]
    fn indirect_and_mixed_quotations() {
        check(
            "Maria Dabiri said that the talks would go on next week.",
            DABIRI,
            &[("indirect", "Maria Dabiri", "that the talks would go on next week")],
        );
        check(
            "According to Maria Dabiri, the talks would go on next week.",
            DABIRI,
            &[("indirect", "Maria Dabiri", "the talks would go on next week")],
        );
        check(
            "Maria Dabiri said that the talks were “a waste of time” for both sides.",
            DABIRI,
            &[("mixed", "Maria Dabiri", "that the talks were “a waste of time” for both sides")],
        );
    }

    #[test]
    fn beliefs_have_a_kind_of_their_own() {
        check(
            "Maria Dabiri believes that the talks will go on next week.",
            DABIRI,
            &[("belief", "Maria Dabiri", "that the talks will go on next week")],
        );
    }

    #[test]
    fn a_quotation_continues_over_paragraphs() {
        check(
            "“We have waited for many years.\n\n“We will not wait any longer,” Maria Dabiri said.",
            DABIRI,
            &[(
                "direct",
                "Maria Dabiri",
                "“We have waited for many years.\n\n“We will not wait any longer,”",
            )],
        );
    }

    #[test]
    fn pronouns_and_roles_are_resolved() {
        check(
            "Maria Dabiri, the deputy oil minister, arrived in Basra.\n\n“We will not wait any \
             longer,” she said.\n\n“The time has come to act,” the deputy oil minister told \
             reporters.",
            DABIRI,
            &[
                ("direct", "Maria Dabiri", "“We will not wait any longer,”"),
                ("direct", "Maria Dabiri", "“The time has come to act,”"),
            ],
        );
        check(
            "Maria Dabiri arrived. “We will not wait any longer,” he said.",
            DABIRI,
            &[("direct", "-", "“We will not wait any longer,”")],
        );
    }

    #[test]
    fn other_languages_have_quoted_spans() {
        let body = "«Wir werden nicht länger warten», sagte sie. Das «alte» Haus steht noch.";
        let mut article = Article {
            body: body.to_owned(),
            language: Some("de".to_owned()),
            ..Article::default()
        };
        find(&Text::new(body), &[], &mut article);
        let found: Vec<_> = article.quotes.iter().map(|q| q.span.of(body)).collect();
        assert_eq!(found, ["«Wir werden nicht länger warten»"]);
    }

    #[test]
    fn scare_quotes_and_titles_are_no_quotations() {
        check("The “old guard” of the party met in Basra on Monday.", &[], &[]);
    }

    #[test]
    fn time_is_linear_in_repeated_input() {
        for piece in [
            "said ",
            "“",
            "\"",
            "'a ",
            "Said Dabiri, ",
            "“a” said ",
            "(",
            "said that \"x ",
            "claim of ",
        ] {
            let body = piece.repeat(200_000 / piece.len());
            annotated(&body, &[]);
        }
    }

    proptest! {
        #[test]
        fn spans_are_of_the_body_and_always_the_same(
            words in prop::collection::vec(
                prop_oneof![
                    "[a-zA-Zé]{1,6}", "[“”\"'‘’«».,:;?!()\n-]", Just("said".to_owned()),
                    Just("he".to_owned()), Just("according to".to_owned()), Just("Dabiri".to_owned()),
                ],
                0..60,
            ),
            gaps in prop::collection::vec(any::<bool>(), 60),
        ) {
            let mut body = String::new();
            for (word, gap) in words.iter().zip(gaps) {
                body.push_str(word);
                if gap {
                    body.push(' ');
                }
            }
            let article = annotated(&body, DABIRI);
            for quote in &article.quotes {
                let spans = [Some(quote.span), quote.source, quote.cue];
                for span in spans.into_iter().flatten() {
                    prop_assert!(!span.of(&body).is_empty());
                }
                prop_assert!((0.0..=1.0).contains(&quote.confidence));
            }
            prop_assert_eq!(&article, &annotated(&body, DABIRI));
        }
    }
}
