//! The names of persons, organisations and places in a text, with their kind. Which of them are one person is decided in
//! `people`.
//!
//! Names have capitals: [`candidates`] are each sentence's runs of capitalised words, [`observations`] describe their words,
//! [`features`] turn them into hashes that the [`model`] scores, and [`decode`] finds the best labels of each run. A second
//! pass adds the labels of the same words elsewhere in the article ([`second_pass`]). `MODEL.md` says what the model was
//! trained on.

pub mod candidates;
pub mod capitals;
pub mod decode;
pub mod features;
pub mod foreign;
pub mod lexicon;
pub mod model;
pub mod observations;
pub mod second_pass;

use std::ops::Range;

use crate::article::Article;
use crate::text::Text;
use decode::Pass;
use model::{Label, Model};
use observations::Observations;

/// What a name names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A human being.
    Person,
    /// A company, ministry, party, team.
    Organisation,
    /// A city, country, river.
    Place,
    /// A nationality, event, work, law.
    Other,
}

/// A name in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// Its tokens in [`Text::tokens`].
    pub tokens: Range<usize>,
    /// What it names.
    pub kind: Kind,
}

/// All names of the text, in order, without overlap. In other languages than English only certain ones.
pub fn tag(text: &Text<'_>, article: &Article) -> Vec<Mention> {
    let model = Model::shipped();
    let mut mentions = tag_with(model, text);
    if article.language.as_deref().is_some_and(|language| language != "en") {
        foreign::keep_certain(model.lexicon(), text, &mut mentions);
    }
    mentions
}

/// As [`tag`], with another model and for English.
pub fn tag_with(model: &Model<'_>, text: &Text<'_>) -> Vec<Mention> {
    let seen = Observations::of(model.lexicon(), text);
    decode::mentions(&seen, &labels(model, &seen))
}

/// The label of every word of `seen` after both passes.
pub fn labels(model: &Model<'_>, seen: &Observations<'_>) -> Vec<Label> {
    let mut scores = model.score(seen);
    let first = decode::labels(model, seen, &scores, Pass::First);
    second_pass::add_evidence(model, seen, &first, &mut scores);
    decode::labels(model, seen, &scores, Pass::Second)
}

/// The lexicon entry of the word with this [`crate::text::hash::word`].
pub fn entry(word: u32) -> lexicon::Entry {
    Model::shipped().lexicon().get(word)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(body: &str, expected: &[(&str, Kind)]) {
        let text = Text::new(body);
        let found: Vec<(&str, Kind)> = tag(&text, &Article::default())
            .into_iter()
            .map(|m| (text.span(m.tokens).of(body), m.kind))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn names_stand_without_titles_and_possessives() {
        check(
            "Mr. Kowalski met Foreign Minister Maria van der Berg in Warsaw on Monday.",
            &[
                ("Kowalski", Kind::Person),
                ("Maria van der Berg", Kind::Person),
                ("Warsaw", Kind::Place),
            ],
        );
        check("Peter Novak's brother said so.", &[("Peter Novak", Kind::Person)]);
    }

    #[test]
    fn a_headline_in_capitals_is_read_as_the_text_writes_it() {
        check(
            "NOVAK LEAVES FOR PRAGUE\n\nPeter Novak leaves for Prague, he said.",
            &[
                ("NOVAK", Kind::Person),
                ("PRAGUE", Kind::Place),
                ("Peter Novak", Kind::Person),
                ("Prague", Kind::Place),
            ],
        );
    }

    #[test]
    fn other_languages_give_certain_names_only() {
        let body = "Gestern sagte Peter Novak im Bundestag, die Regierung in Berlin werde Novak antworten.";
        let text = Text::new(body);
        let article = Article { language: Some("de".to_owned()), ..Article::default() };
        let found: Vec<_> =
            tag(&text, &article).into_iter().map(|m| text.span(m.tokens).of(body)).collect();
        assert_eq!(found, ["Peter Novak", "Berlin", "Novak"]);
    }

    #[test]
    fn tables_of_results_name_people() {
        check(
            "1. Jan Kowalski (Poland) 12.31",
            &[("Jan Kowalski", Kind::Person), ("Poland", Kind::Place)],
        );
    }

    #[test]
    fn a_megabyte_of_capitals_is_read_in_time() {
        for word in ["A ", "Doe ", "DOE ", "of Doe ", "van ", "Doe. ", "’s Doe "] {
            let body = word.repeat((1 << 20) / word.len());
            let text = Text::new(&body);
            let mentions = tag(&text, &Article::default());
            let mut article = Article::default();
            crate::extract::people::find(&text, &mentions, &mut article);
        }
    }

    proptest! {
        #[test]
        fn any_text_gives_names_inside_it(body in "([A-Z][a-z]{0,4}|of|van|’s|\\PC{0,3}|[ .,\n(-])*") {
            let text = Text::new(&body);
            let mentions = tag(&text, &Article::default());
            let mut at = 0;
            for mention in &mentions {
                prop_assert!(mention.tokens.start >= at && mention.tokens.end <= text.tokens.len());
                prop_assert!(mention.tokens.start < mention.tokens.end);
                at = mention.tokens.end;
            }
            prop_assert_eq!(&mentions, &tag(&text, &Article::default()));
            let mut article = Article::default();
            crate::extract::people::find(&text, &mentions, &mut article);
            for person in &article.people {
                prop_assert!(person.mentions.iter().all(|m| !m.of(&body).is_empty()));
            }
        }
    }
}
