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
use decode::Pass;
use features::Sights;
use model::{Label, Model};

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
    let seen = Sights::of(model.lexicon(), text);
    decode::mentions(&seen, &labels(model, &seen))
}

/// The label of every word of `seen` after both passes.
pub fn labels(model: &Model<'_>, seen: &Sights<'_>) -> Vec<Label> {
    let mut scores = model.score(seen);
    let first = decode::labels(model, seen, &scores, Pass::First);
    document::add_evidence(model, seen, &first, &mut scores);
    decode::labels(model, seen, &scores, Pass::Second)
}

/// What the lexicon knows of the word with this [`hash::word`].
pub fn entry(word: u32) -> lexicon::Entry {
    Model::shipped().lexicon().get(word)
}
