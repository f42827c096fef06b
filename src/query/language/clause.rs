//! A parsed query: a tree of clauses, each with the span of the query text that it comes from.
//!
//! Clauses know nothing of an index: an engine compiles them to queries of its own, and `matching` evaluates them on the
//! words of one article.

use std::ops::Range;

use crate::article::Facet;

/// Bytes of the query text.
pub type QuerySpan = Range<usize>;

/// A clause and its place in the query text.
#[derive(Clone, Debug, PartialEq)]
pub struct Clause {
    /// What a match fulfils.
    pub kind: ClauseKind,
    /// The part of the query text that says so; empty if none does.
    pub span: QuerySpan,
}

/// What a clause requires of an article or a quotation.
#[derive(Clone, Debug, PartialEq)]
pub enum ClauseKind {
    /// Every document matches.
    All,
    /// All of these.
    And(Vec<Clause>),
    /// At least one of these; without any, no document matches.
    Or(Vec<Clause>),
    /// Not this.
    Not(Box<Clause>),
    /// This, with its share of the score multiplied.
    Boost(Box<Clause>, f32),
    /// Words of a text.
    Text(TextClause),
    /// One and the same quotation fulfils this: `said:` and `speaker:` side by side.
    Quotation(Box<Clause>),
    /// A value of a facet.
    Facet(FacetClause),
    /// All days on which the article may have been published lie in this range (`YYYYMMDD`, inclusive).
    Days(i64, i64),
    /// The field lies in this range, inclusive.
    Number(NumberField, f64, f64),
    /// The article with this id.
    Id(String),
}

impl Clause {
    /// A clause that no part of the query text states.
    pub(crate) fn implied(kind: ClauseKind) -> Self {
        Self { kind, span: 0..0 }
    }

    /// Several clauses as one that spans them all: `kind` of them, or the only one itself; `None` if there are none.
    pub(super) fn joined(
        mut clauses: Vec<Self>,
        kind: fn(Vec<Self>) -> ClauseKind,
    ) -> Option<Self> {
        if clauses.len() < 2 {
            return clauses.pop();
        }
        let span = clauses.first()?.span.start..clauses.last()?.span.end;
        Some(Self { kind: kind(clauses), span })
    }

    /// The clauses that this one is made of; none for a leaf.
    pub(crate) fn parts(&self) -> &[Self] {
        match &self.kind {
            ClauseKind::And(clauses) | ClauseKind::Or(clauses) => clauses,
            ClauseKind::Not(inner) | ClauseKind::Boost(inner, _) | ClauseKind::Quotation(inner) => {
                std::slice::from_ref(inner)
            }
            _ => &[],
        }
    }
}

/// `atleast3(…)`, `title:…`, or just words.
#[derive(Clone, Debug, PartialEq)]
pub struct TextClause {
    /// The text that is searched.
    pub scope: Scope,
    /// The pattern to find in it.
    pub pattern: Pattern,
    /// The least number of matches of the pattern; 1 unless `atleast` says otherwise.
    pub at_least: u32,
}

/// A text of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scope {
    /// No field given: headline or body of an article; the words of a quotation if quotations are searched.
    Default,
    /// The headline.
    Title,
    /// The whole text.
    Body,
    /// The first paragraph.
    Lead,
    /// The words of a quotation.
    Said,
}

/// A pattern over the words of a text.
#[derive(Clone, Debug, PartialEq)]
pub enum Pattern {
    /// One word.
    Word(WordPattern),
    /// Consecutive words; with a slop, in any order with at most that many other words between them.
    Phrase {
        /// Its words; the first and the last are no gaps.
        words: Vec<WordPattern>,
        /// Neighbours among them that may be one word: `e-mail`, `1,000`.
        joined: Vec<JoinedWords>,
        /// `"…"~3`
        slop: Option<u32>,
    },
    /// Any of these.
    Or(Vec<Pattern>),
    /// One near another.
    Near {
        /// The left operand.
        left: Box<Pattern>,
        /// The right operand.
        right: Box<Pattern>,
        /// The greatest distance.
        within: Within,
        /// `pre/5`: the left one first.
        ordered: bool,
        /// `not w/5`: the left one with no right one near.
        negated: bool,
    },
}

/// Neighbouring words of a phrase that may be one word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JoinedWords {
    /// The number of the first of them in the phrase.
    pub first: usize,
    /// How many they are.
    pub words: usize,
    /// The one word.
    pub word: WordPattern,
}

/// The greatest distance of a proximity operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Within {
    /// Words from the end of one match to the start of the other; neighbours are 1 apart.
    Words(u32),
    /// In one sentence.
    Sentence,
    /// In one paragraph.
    Paragraph,
}

/// A pattern for one word. Its text is in lower case; of wildcards, fuzzy words and expressions it is folded as the index folds
/// words.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum WordPattern {
    /// Any word of the same stem.
    Stem(String),
    /// This word, accents ignored.
    Exact(String),
    /// This word with these accents.
    Spelled(String),
    /// This word with these accents and capitals, which are kept.
    Cased(String),
    /// `*` any letters, `?` one letter.
    Glob(String),
    /// Words within this edit distance, 1 or 2; transposed neighbours count once.
    Fuzzy(String, u8),
    /// A regular expression for the whole word.
    Regex(String),
    /// Any word, inside a phrase.
    Gap,
}

/// `speaker:…`, `license:…`.
#[derive(Clone, Debug, PartialEq)]
pub struct FacetClause {
    /// The facet.
    pub facet: Facet,
    /// The values that match.
    pub value: Value,
}

/// The values of a facet that match.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Any value.
    Any,
    /// Names of which this is a part; a word also stands for the agencies that are called so.
    Part(Pattern),
    /// The whole value, as typed. If no document has it: values that fit its wildcards `*` and `?`, an agency that is called
    /// so, else values that differ in case alone, of names also in accents.
    Whole(String),
    /// The whole name; case and accents are ignored.
    Folded(String),
    /// A regular expression for the whole value.
    Regex(String),
    /// From the first to the last value, inclusive, compared as text: years, months, days.
    Range(Option<String>, Option<String>),
    /// A license under which anyone may republish.
    Open,
}

/// A numeric field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberField {
    /// Words in the article.
    Words,
    /// Confidence in the speaker of a quotation, 0 to 1.
    Confidence,
}
