//! The names of persons, organisations and places in a text: where they stand and of which kind. Who is meant, and
//! which of them are one, is `people`'s business.
//!
//! Names can only be where capitals are: [`runs`] cuts each sentence's runs of capitalised words, [`features`] says
//! what is seen of each word of a run, [`model`] what each sight is worth, [`decode`] finds the best labels of the run.
//! A second pass adds what the article itself proves ([`document`]). `MODEL.md` tells what the model was trained on.

pub mod decode;
pub mod document;
pub mod features;
pub mod hash;
pub mod lexicon;
pub mod model;
pub mod runs;

use std::ops::Range;

use super::text::Text;
use crate::article::Article;
use model::Model;

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

/// All names of the text, in order, without overlap.
pub fn tag(text: &Text<'_>, article: &Article) -> Vec<Mention> {
    let _ = article;
    tag_with(Model::shipped(), text)
}

/// As [`tag`], with a model of one's own.
pub fn tag_with(model: &Model<'_>, text: &Text<'_>) -> Vec<Mention> {
    let sights = features::Sights::of(model.lexicon(), text);
    let mut scores = model.score(&sights);
    let mut labels = decode::labels(model, &sights, &scores, decode::Pass::First);
    document::add_evidence(model, &sights, &labels, &mut scores);
    labels = decode::labels(model, &sights, &scores, decode::Pass::Second);
    decode::mentions(&sights, &labels)
}
