//! The names of persons, organisations and places in a text: where they stand and of which kind. Who is meant, and
//! which of them are one, is `people`'s business.

use std::ops::Range;

use super::text::Text;
use crate::article::Article;

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
    let _ = (text, article);
    Vec::new()
}
