//! The answer about a person.

use crate::article::{PartialDate, QuoteKind};
use crate::query::engine::FacetValue;
use crate::query::language::Warning;

/// The people whom a name matches, and what the articles say of them.
#[derive(Clone, Debug, PartialEq)]
pub struct People {
    /// Articles that name them: as many as `person:…` finds.
    pub articles: u64,
    /// Quotations of theirs: as many as `speaker:…` finds.
    pub quotations: u64,
    /// Distinct names of theirs in these articles.
    pub names: u64,
    /// These names as stored, most frequent first.
    pub forms: Vec<Form>,
    /// Their roles, earliest first.
    pub roles: Vec<RoleSpan>,
    /// Countries that the articles mention (ISO 3166-1 alpha-2), with the number of articles.
    pub countries: Vec<FacetValue>,
    /// Other people whom the articles name, with the number of articles.
    pub others: Vec<FacetValue>,
    /// The newest quotations.
    pub latest: Vec<Utterance>,
    /// Names that may be other spellings, nearest first; if no name matches, the nearest names of the index.
    pub similar: Vec<FacetValue>,
    /// What in the query was not understood.
    pub warnings: Vec<Warning>,
}

/// A stored name with its person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    /// The name.
    pub name: String,
    /// The person by the user's aliases; without aliases the name.
    pub person: String,
    /// Articles in which it is the fullest form of a person's name.
    pub articles: u64,
}

/// A role of a person, and when they had it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoleSpan {
    /// The person.
    pub name: String,
    /// As the earliest of the articles writes it; roles that differ in case or accents alone are one.
    pub role: String,
    /// Articles that state it.
    pub articles: u64,
    /// Publication of the first of them; `None` if all are undated.
    pub first: Option<PartialDate>,
    /// Publication of the last of them.
    pub last: Option<PartialDate>,
}

/// A quotation.
#[derive(Clone, Debug, PartialEq)]
pub struct Utterance {
    /// The speaker.
    pub speaker: String,
    /// The words.
    pub text: String,
    /// Direct, mixed, indirect or belief.
    pub kind: QuoteKind,
    /// Publication of the article.
    pub published: Option<PartialDate>,
    /// The article's id.
    pub article: String,
}
