//! Quotations in other languages than English: words between marks alone, and who says them where a verb of speech next
//! to them tells it: *"…", dijo NAME*; *NAME dijo: "…"*; *selon NAME*; *"…", sagte sie*. Reported words without marks are
//! not looked for.

mod named;
mod said;
mod words;

use std::ops::Range;

use super::attribute::{Attribution, Sureness};
use super::continued_quotations::NO_CUE;
use super::units::Units;
use super::word_class::Class;
use crate::article::{Article, Person};
use crate::text::Text;
use named::{Named, Names};
use said::Reader;
use words::Lexicon;

/// Units around words between marks in which a name is looked for where no verb tells it.
const REACH: usize = 16;

/// How sure a quotation is whose speaker a verb tells, and one without.
const TOLD: f32 = 0.7;
const UNTOLD: f32 = 0.5;

/// What a text of another language quotes.
pub(crate) struct Found {
    /// The words between marks, with the last word of the speaker's name.
    pub(crate) attributions: Vec<Attribution>,
    /// Speakers whom the article does not list.
    pub(crate) people: Vec<Person>,
}

/// All words between marks that are a clause or that a verb of speech attributes.
pub(crate) fn find(text: &Text<'_>, units: &Units, article: &Article, language: &str) -> Found {
    let mut found = Found { attributions: Vec::new(), people: Vec::new() };
    let all: Vec<usize> =
        (0..units.all.len()).filter(|&at| units.class(at) == Class::Quoted).collect();
    if all.is_empty() {
        return found;
    }
    let lexicon = Lexicon::of(language);
    let names = Names::new(text, units, article, lexicon);
    let reader = lexicon.map(|lexicon| Reader::new(text, units, &names, lexicon));
    let mut last: Option<(usize, Named)> = None;
    let mut speakers = Vec::new();
    for at in all {
        let said = reader.as_ref().and_then(|reader| reader.said(at, last.as_ref()));
        let cue = said.as_ref().and_then(|said| said.cue);
        let is_clause = units.all[at].key >> 8 >= 3;
        let is_sentence = said.is_some() && units.all[at].key as u8 > 1;
        if !is_clause && cue.is_none() && !is_sentence {
            continue;
        }
        let speaker = said.and_then(|said| said.speaker);
        let speaker =
            speaker.or_else(|| cue.is_none().then(|| nearest(units, &names, at)).flatten());
        speakers.extend(speaker.as_ref().map(|speaker| speaker.party));
        if cue.is_some() || speaker.is_some() {
            last = speaker.clone().map(|speaker| (at, speaker));
        }
        let whole = if cue.is_some() { TOLD } else { UNTOLD };
        found.attributions.push(Attribution {
            cue: cue.unwrap_or(NO_CUE),
            first: at..at + 1,
            second: None,
            source: speaker.map(|named| named.units.end - 1),
            sure: Sureness { whole, ..Sureness::default() },
        });
    }
    found.people = names.new_people(text, units, &speakers);
    found
}

/// Are the words between marks of unit `at` a part of the article's own sentence?
pub(crate) fn is_fragment(units: &Units, at: usize) -> bool {
    let unit = units.all[at];
    unit.class == Class::Quoted && !unit.capital && unit.key as u8 == 0
}

/// The name that ends with unit `head`.
pub(crate) fn name(units: &Units, head: usize) -> Range<usize> {
    let first = units.sentence(head).start;
    let inside = |&j: &usize| units.all[j].capital && units.class(j) != Class::Quoted;
    let start = (first..head).rev().take_while(inside).last().unwrap_or(head);
    start..head + 1
}

/// Without a verb of speech: the nearest person surely named in the sentence.
fn nearest(units: &Units, names: &Names, at: usize) -> Option<Named> {
    let sentence = units.sentence(at);
    let before = sentence.start.max(at.saturating_sub(REACH))..at;
    let before = names.backwards(before).find(|named| names.is_sure(named));
    let behind = at + 1..sentence.end.min(at + REACH);
    let behind = names.backwards(behind).filter(|named| names.is_sure(named)).last();
    match (before, behind) {
        (Some(before), Some(behind)) if at - before.units.end < behind.units.start - at => {
            Some(before.clone())
        }
        (before, behind) => behind.or(before).cloned(),
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
    fn the_name_stands_behind_the_verb() {
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
    fn the_name_stands_before_the_verb() {
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
    fn surnames_roles_and_pronouns_mean_somebody_named() {
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
    fn nobody_is_guessed() {
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
    fn any_length_of_anything_is_read_in_one_pass() {
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
