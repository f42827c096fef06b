//! Everything that is asked of an index. A query text is parsed ([`mod@parse`], leniently, with warnings), compiled to the
//! engine's queries, and run by one function ([`search()`]); all faces use the same, so that their counts agree.
//!
//! - [`search()`]: hits with score and snippets, exact counts and facets, in a stable order; [`for_each_hit`] streams
//!   all of them; [`trec_run`] ranks for evaluation.
//! - [`timeline()`], [`stats()`], [`quotes()`]: counts over time, of the whole, by speaker.
//! - [`explain()`], [`why()`]: what each clause finds, and which one finds or excludes an article.
//! - [`people()`]: a person under all their names; [`aliases`] are the user's own.
//! - [`for_each_line`], [`collocates`], [`similar()`], [`compare`]: words in context, likeness and difference.
//! - [`receipt()`], [`verify`]: whether a result still holds.
//! - [`highlighter`]: what to mark in an article.
//!
//! Nothing here prints, or writes but to a temporary file; the engine's types stay inside.

#![allow(clippy::inconsistent_digit_grouping, reason = "2021_02_27 is a date")]

pub mod ast;
pub mod parse;

pub mod aliases;

mod collect;
mod compile;
mod display;
mod expand;
mod facets;
mod matching;
mod statistics;

pub mod concordance;
pub mod explain;
pub mod keyness;
pub mod people;
pub mod quotes;
pub mod receipt;
pub mod search;
pub mod similar;
pub mod snippet;
pub mod stats;
pub mod timeline;
pub mod trec;

#[cfg(test)]
mod tests;

pub use aliases::{AliasError, Aliases};
pub use ast::Clause;
pub use concordance::{Collocate, Line, LineOrder, Side, collocates, for_each_line};
pub use explain::{Explained, Why, explain, why};
pub use keyness::{Comparison, Key, compare};
pub use parse::{parse, parse_date};
pub use people::{Form, People, RoleSpan, Utterance, people};
pub use quotes::{Quotes, SpeakerGroup, quotes};
pub use receipt::{Receipt, Verification, receipt, verify};
pub use search::{
    FacetCounts, FacetRequest, FacetValue, Hit, Page, Request, Sort, Target, article_by_id,
    for_each_hit, highlighter, search,
};
pub use similar::similar;
pub use snippet::{Fragment, Highlighter};
pub use stats::{FacetStats, Stats, stats};
pub use timeline::{By, Series, Timeline, timeline};
pub use trec::trec_run;

/// Something in a query that could not be taken as it stands. The rest was searched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// Bytes of the query text.
    pub span: ast::QuerySpan,
    /// What is wrong, and what would be right.
    pub message: String,
}
