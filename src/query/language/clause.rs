//! A query as it was understood: a tree of clauses, each with the stretch of the query text that it comes from.
//!
//! It knows nothing of any index: engines turn it into queries of theirs, `matching` holds it against the words of one
//! article.

use std::ops::Range;

use crate::article::Facet;

/// Bytes of the query text.
pub type QuerySpan = Range<usize>;

/// A clause and where it stands in the query text.
#[derive(Clone, Debug, PartialEq)]
pub struct Clause {
    /// What is asked.
    pub kind: Kind,
    /// Where the query says so.
    pub span: QuerySpan,
}

/// What a clause asks of an article or a quotation.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// Everything.
    All,
    /// All of these.
    And(Vec<Clause>),
    /// At least one of these.
    Or(Vec<Clause>),
    /// Not this.
    Not(Box<Clause>),
    /// This, with its share of the score multiplied.
    Boost(Box<Clause>, f32),
    /// Words of a text.
    Text(TextClause),
    /// One and the same quotation fulfils this; `said:` and `speaker:` side by side.
    Quotation(Box<Clause>),
    /// A value of a facet.
    Facet(FacetClause),
    /// The whole time in which the article may have been published lies in these days (`YYYYMMDD`, inclusive).
    Days(i64, i64),
    /// The field lies in this range, inclusive.
    Number(NumberField, f64, f64),
    /// The article with this id.
    Id(String),
}

/// `atleast3(…)`, `title:…`, or just words.
#[derive(Clone, Debug, PartialEq)]
pub struct TextClause {
    /// Which text.
    pub scope: Scope,
    /// What is to be found in it.
    pub pattern: Pattern,
    /// How many times at least; 1 unless `atleast` says otherwise.
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

/// Something that is found at places of a text.
#[derive(Clone, Debug, PartialEq)]
pub enum Pattern {
    /// One word.
    Word(WordPattern),
    /// Words side by side; with a slop, in any order among at most that many other words.
    Phrase {
        /// Its words; the first and the last are no gaps.
        words: Vec<WordPattern>,
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
        /// How near.
        within: Within,
        /// `pre/5`: the left one first.
        ordered: bool,
        /// `not w/5`: the left one with no right one near.
        negated: bool,
    },
}

/// How near two matches are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Within {
    /// So many words from the end of one to the start of the other; neighbours are 1 apart.
    Words(u32),
    /// In one sentence.
    Sentence,
    /// In one paragraph.
    Paragraph,
}

/// Which words are meant. Words are folded as `index::analyze` folds them.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum WordPattern {
    /// Any word of the same stem.
    Stem(String),
    /// This word.
    Exact(String),
    /// `*` any letters, `?` one letter.
    Glob(String),
    /// At most so many letters inserted, left out, replaced, or swapped with their neighbour: 1 or 2.
    Fuzzy(String, u8),
    /// A regular expression for the whole word.
    Regex(String),
    /// Any word, inside a phrase.
    Gap,
}

/// `speaker:…`, `license:…`.
#[derive(Clone, Debug, PartialEq)]
pub struct FacetClause {
    /// Which facet.
    pub facet: Facet,
    /// Which values.
    pub value: Value,
}

/// Which values of a facet.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Any: the article has one.
    Any,
    /// Part of a name.
    Part(Pattern),
    /// The whole value; case, and in names accents, do not count.
    Whole(String),
    /// The whole value, with `*` and `?`.
    Glob(String),
    /// A regular expression for the whole value.
    Regex(String),
    /// From this to that value, inclusive, as text: years, months, days.
    Range(Option<String>, Option<String>),
    /// A license that lets anyone republish.
    Open,
}

/// Numbers that can be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberField {
    /// Words in the article.
    Words,
    /// How sure the speaker of a quotation is, 0 to 1.
    Confidence,
}
