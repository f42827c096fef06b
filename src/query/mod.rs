//! Everything that is asked of an index. A query text is parsed ([`mod@parse`], leniently, with warnings) to a tree of
//! clauses ([`clause`]); with the options of its request it is a [`question`], which an [`engine`] answers. What a question
//! means, and what is made of the answers, is the same for all engines and all faces, so that their counts agree.
//!
//! - [`search()`]: hits with score and snippets, exact counts and facets, in a stable order; [`for_each_hit`] streams
//!   all of them; [`trec_run`] ranks for evaluation.
//! - [`timeline()`], [`stats()`], [`quotes()`]: counts over time, of the whole, by speaker.
//! - [`explain()`], [`why()`]: what each clause finds, and which one finds or excludes an article.
//! - [`people()`]: a person under all their names; [`aliases`] are the user's own.
//! - [`for_each_line`], [`collocates`], [`similar()`], [`compare()`]: words in context, likeness and difference.
//! - [`receipt()`], [`verify`]: whether a result still holds.
//! - [`highlighter`]: what to mark in an article.
//!
//! Nothing here prints, knows how an index is stored, or writes but to a temporary file.

#![allow(clippy::inconsistent_digit_grouping, reason = "2021_02_27 is a date")]

pub mod clause;
pub mod parse;
mod printed;

pub mod aliases;
pub mod engine;
pub mod question;
pub mod request;

pub(crate) mod matching;

mod expand;
pub mod search;
pub mod snippet;

pub mod compare;
pub mod concordance;
pub mod explain;
pub mod people;
pub mod quotes;
pub mod receipt;
pub mod similar;
pub mod stats;
pub mod timeline;
pub mod trec;

pub use aliases::{AliasError, Aliases};
pub use clause::Clause;
pub use compare::{Comparison, Key, compare};
pub use concordance::{Collocate, Line, LineOrder, Side, collocates, for_each_line};
pub use engine::{Engine, FacetCounts, FacetValue};
pub use explain::{Explained, Why, explain, why};
pub use parse::parse;
pub use people::{Form, People, RoleSpan, Utterance, people};
pub use quotes::{Quotes, SpeakerGroup, quotes};
pub use receipt::{Receipt, Verification, receipt, verify};
pub use request::{FacetRequest, Request, Sort, Target};
pub use search::{Hit, Page, facet_named, for_each_hit, highlighter, search};
pub use similar::similar;
pub use snippet::{Fragment, Highlighter};
pub use stats::{FacetStats, Stats, stats};
pub use timeline::{By, Series, Timeline, timeline};
pub use trec::trec_run;

/// Something in a query that could not be taken as it stands. The rest was searched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// Bytes of the query text.
    pub span: clause::QuerySpan,
    /// What is wrong, and what would be right.
    pub message: String,
}
