//! Everything that is asked of an index. A query text is parsed to a tree of clauses ([`language`]); with the options of
//! its [`request`] it is a [`question`], which an [`engine`] answers. What a question means, and what is computed from the
//! answers, is the same for all engines and all faces, so that their counts agree.
//!
//! - [`search`]: hits with score and snippets, exact counts and facets, in a stable order; [`for_each_hit`] streams all of
//!   them; [`trec_run`] ranks for evaluation.
//! - [`timeline`], [`stats`], [`quotes`]: counts over time, of the whole, by speaker.
//! - [`explain`], [`why`]: the matches of each clause, and the clauses that one article fulfils.
//! - [`people`]: a person under all their names; [`aliases`] are the user's own.
//! - [`for_each_line`], [`collocates`], [`similar()`], [`compare()`]: words in context, similarity and difference.
//! - [`receipt`], [`verify`]: whether a result is still the same.
//! - [`Limits`]: how long an answer may take, and a flag that cancels it.
//! - [`highlighter`]: the matches in an article.
//!
//! Nothing here prints, knows how an index is stored, or writes but to a temporary file.

pub mod language;
pub(crate) mod matching;

pub mod aliases;

pub mod engine;
pub mod limits;
mod metadata_fields;
pub mod question;
pub mod request;

mod highlight;
pub mod questions;

pub use aliases::{AliasError, Aliases};
pub use engine::{Engine, FacetCounts, FacetValue};
pub(crate) use highlight::body_patterns;
pub use highlight::{Fragment, Highlighter};
pub use language::clause::Clause;
pub use language::{Strictness, Warning, WarningKind, name_query, parse, value_query};
pub use limits::Limits;
pub use questions::article_link::{ArticleLink, LinkRemark, Located, locate};
pub use questions::compare::{Comparison, Key, compare};
pub use questions::concordance::{Collocate, Line, LineOrder, Side, collocates, for_each_line};
pub use questions::explain::{Explained, Why, explain, why};
pub use questions::people::{Form, People, RoleSpan, Utterance, people};
pub use questions::quotes::{Quotes, SpeakerGroup, quotes};
pub use questions::receipt::{Receipt, Verification, receipt, verify};
pub use questions::search::{Hit, Page, facet_named, for_each_hit, highlighter, search};
pub use questions::similar::similar;
pub use questions::stats::{FacetStats, Stats, stats};
pub use questions::timeline::{By, Series, Timeline, timeline};
pub use questions::trec::trec_run;
pub use request::{FacetRequest, Request, Sort, Target};
