//! Quotations in languages other than English: quoted spans, with the speaker from a verb of speech next to them: *"…",
//! dijo NAME*; *NAME dijo: "…"*; *selon NAME*; *"…", sagte sie*. Indirect quotations are not found.

mod lexicon;
mod local_attribution;
mod name_mentions;

use std::ops::Range;

use super::attribute::{Attribution, Confidence};
use super::units::Units;
use super::word_class::Class;
use crate::article::{Article, Person};
use crate::text::Text;
use lexicon::Lexicon;
use local_attribution::LocalAttributor;
use name_mentions::{NameMention, NameMentions};

/// Units around a quoted span in which a name is looked for where no verb of speech attributes it.
const REACH: usize = 16;

/// Confidence in a quotation with a verb of speech, and in one without.
const CONFIDENCE_WITH_CUE: f32 = 0.7;
const CONFIDENCE_WITHOUT_CUE: f32 = 0.5;

/// Returns the attributions of all quoted spans that are a clause or that a verb of speech attributes, and the speakers
/// whom the article does not list. The source of an attribution is the last word of the speaker's name.
pub(crate) fn find(
    text: &Text<'_>,
    units: &Units,
    article: &Article,
    language: &str,
) -> (Vec<Attribution>, Vec<Person>) {
    let mut attributions = Vec::new();
    let quoted: Vec<usize> =
        (0..units.all.len()).filter(|&at| units.class(at) == Class::Quoted).collect();
    if quoted.is_empty() {
        return (attributions, Vec::new());
    }
    let lexicon = Lexicon::of(language);
    let names = NameMentions::new(text, units, article, lexicon);
    let attributor = lexicon.map(|lexicon| LocalAttributor::new(text, units, &names, lexicon));
    let mut last: Option<(usize, NameMention)> = None;
    let mut speakers = Vec::new();
    for at in quoted {
        let local = attributor.as_ref().and_then(|attributor| attributor.read(at, last.as_ref()));
        let cue = local.as_ref().and_then(|local| local.cue);
        let is_clause = units.all[at].quoted_length() >= 3;
        let is_sentence = local.is_some() && units.all[at].key as u8 > 1;
        if !is_clause && cue.is_none() && !is_sentence {
            continue;
        }
        let speaker = local.and_then(|local| local.speaker);
        let speaker =
            speaker.or_else(|| cue.is_none().then(|| nearest(units, &names, at)).flatten());
        speakers.extend(speaker.as_ref().map(|speaker| speaker.person));
        if cue.is_some() || speaker.is_some() {
            last = speaker.clone().map(|speaker| (at, speaker));
        }
        let whole = if cue.is_some() { CONFIDENCE_WITH_CUE } else { CONFIDENCE_WITHOUT_CUE };
        attributions.push(Attribution {
            cue: cue.unwrap_or(Attribution::NO_CUE),
            first: at..at + 1,
            second: None,
            source: speaker.map(|name| name.units.end - 1),
            confidence: Confidence { whole, ..Confidence::default() },
        });
    }
    (attributions, names.new_people(text, units, &speakers))
}

/// Whether the quoted span of unit `at` is a part of the article's own sentence.
pub(crate) fn is_fragment(units: &Units, at: usize) -> bool {
    let unit = units.all[at];
    unit.class == Class::Quoted && !unit.capital && !unit.ends_with_mark()
}

/// The units of the name that ends with unit `head`.
pub(crate) fn name_ending_at(units: &Units, head: usize) -> Range<usize> {
    let first = units.sentence(head).start;
    let inside = |&j: &usize| units.all[j].capital && units.class(j) != Class::Quoted;
    let start = (first..head).rev().take_while(inside).last().unwrap_or(head);
    start..head + 1
}

/// The nearest name in the sentence that is certainly a person's.
fn nearest(units: &Units, names: &NameMentions, at: usize) -> Option<NameMention> {
    let sentence = units.sentence(at);
    let before = sentence.start.max(at.saturating_sub(REACH))..at;
    let before = names.backwards(before).find(|name| names.is_certain(name));
    let after = at + 1..sentence.end.min(at + REACH);
    let after = names.backwards(after).filter(|name| names.is_certain(name)).last();
    match (before, after) {
        (Some(before), Some(after)) if at - before.units.end < after.units.start - at => {
            Some(before.clone())
        }
        (before, after) => after.or(before).cloned(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::article::Article;
    use crate::extract::quotes;
    use crate::text::Text;

    fn annotated(language: &str, body: &str) -> Article {
        let mut article = Article {
            body: body.to_owned(),
            language: Some(language.to_owned()),
            ..Article::default()
        };
        quotes::find(&Text::new(body), &[], &mut article);
        article
    }

    /// Each expected quotation: speaker (`-` for none) and words.
    fn check(language: &str, body: &str, expected: &[(&str, &str)]) {
        let article = annotated(language, body);
        let found: Vec<_> = article
            .quotes
            .iter()
            .map(|q| (q.speaker.as_deref().unwrap_or("-"), q.span.of(body)))
            .collect();
        assert_eq!(found, expected, "{body}");
    }

    #[test]
    fn the_name_follows_the_verb() {
        check(
            "es",
            "«No vamos a esperar más», dijo Ana Luz Rey en la radio. «Es la hora.»",
            &[("Ana Luz Rey", "«No vamos a esperar más»"), ("Ana Luz Rey", "«Es la hora.»")],
        );
        check(
            "fr",
            "« Nous n’attendrons plus », a déclaré hier Anne Morvan, porte-parole du parti.",
            &[("Anne Morvan", "« Nous n’attendrons plus »")],
        );
        check(
            "de",
            "„Wir warten nicht länger“, sagte Ministerin Anke Maurer am Montag in Köln.",
            &[("Anke Maurer", "„Wir warten nicht länger“")],
        );
        check(
            "ru",
            "«Мы больше не будем ждать», — заявила Анна Морозова.",
            &[("Анна Морозова", "«Мы больше не будем ждать»")],
        );
        check(
            "nl",
            "“Wij wachten niet langer”, zei Anke de Graaf.",
            &[("Anke de Graaf", "“Wij wachten niet langer”")],
        );
        check(
            "id",
            "“Kami tidak akan menunggu lagi,” kata Sinta Maharani di Jakarta.",
            &[("Sinta Maharani", "“Kami tidak akan menunggu lagi,”")],
        );
    }

    #[test]
    fn the_name_precedes_the_verb() {
        check(
            "it",
            "Anna Morelli ha detto: «Non aspetteremo più a lungo».",
            &[("Anna Morelli", "«Non aspetteremo più a lungo»")],
        );
        check(
            "pt",
            "Segundo Ana Luz Reis, “não vamos esperar mais”.",
            &[("Ana Luz Reis", "“não vamos esperar mais”")],
        );
        check(
            "tr",
            "Sağlık Bakanı Ayla Demir, \"Artık daha fazla beklemeyeceğiz,\" dedi.",
            &[("Ayla Demir", "\"Artık daha fazla beklemeyeceğiz,\"")],
        );
    }

    #[test]
    fn surnames_roles_and_pronouns_are_resolved() {
        check(
            "es",
            "La ministra de Minas, Ana Luz Rey, llegó a Lima.\n\n«No vamos a esperar más», dijo la \
             ministra. «Es la hora de actuar», agregó.\n\n«Ya basta de palabras», dijo Rey.",
            &[
                ("Ana Luz Rey", "«No vamos a esperar más»"),
                ("Ana Luz Rey", "«Es la hora de actuar»"),
                ("Ana Luz Rey", "«Ya basta de palabras»"),
            ],
        );
        check(
            "fr",
            "Anne Morvan est arrivée hier. « Nous n’attendrons plus », a-t-elle dit.",
            &[("Anne Morvan", "« Nous n’attendrons plus »")],
        );
    }

    #[test]
    fn an_ambiguous_speaker_is_left_out() {
        check(
            "fr",
            "Anne Morvan a reçu Paul Kerdoncuff hier. « Nous n’attendrons plus », a-t-il dit.",
            &[("-", "« Nous n’attendrons plus »")],
        );
        check(
            "es",
            "«No vamos a esperar más», dijo un testigo a Ana Luz Rey.",
            &[("-", "«No vamos a esperar más»")],
        );
    }

    #[test]
    fn time_is_linear_in_repeated_input() {
        for piece in ["«a» dijo ", "Ana Luz ", "«a b c d», ", "dijo ", "Rey: «Es la hora.» ", ", "]
        {
            annotated("es", &piece.repeat(200_000 / piece.len()));
        }
    }

    proptest! {
        #[test]
        fn spans_are_of_the_body(
            words in prop::collection::vec(
                prop_oneof![
                    "[a-zA-Zé]{1,6}", "[“”\"«».,:;?!\n-]", Just("dijo".to_owned()),
                    Just("según".to_owned()), Just("ella".to_owned()), Just("Ana Luz".to_owned()),
                ],
                0..60,
            ),
        ) {
            let body = words.join(" ");
            let article = annotated("es", &body);
            for quote in &article.quotes {
                for span in [Some(quote.span), quote.source, quote.cue].into_iter().flatten() {
                    prop_assert!(!span.of(&body).is_empty());
                }
            }
            prop_assert_eq!(&article, &annotated("es", &body));
        }
    }
}
