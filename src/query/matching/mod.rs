//! Evaluates patterns: which words a [`WordPattern`] matches ([`word`], [`forms`],
//! [`spelled_word`]), where in a text a [`Pattern`] matches
//! ([`pattern`], over [`intervals`], those near each other by [`nearness`]), the matches in one article ([`text_matcher`]), and which names a value
//! matches ([`name`]).
//!
//! A [`pattern::PatternPlan`] is evaluated on positions, whether an index or an article gives them, so that what is counted
//! is what is highlighted.
//!
//! [`WordPattern`]: super::language::clause::WordPattern
//! [`Pattern`]: super::language::clause::Pattern

pub(crate) mod forms;
pub(crate) mod spelled_word;
pub(crate) mod word;

pub(crate) mod effort;
mod intervals;
mod loose_phrase;
mod nearness;
pub(crate) mod pattern;

mod analyzed_text;
mod text_matcher;

pub(crate) mod name;

pub(crate) use analyzed_text::{AnalyzedText, disjoint};
pub(crate) use effort::Effort;
pub(crate) use intervals::{Interval, settle};
pub(crate) use name::NameMatcher;
pub(crate) use pattern::PatternPlan;
pub(crate) use text_matcher::TextMatcher;
pub(crate) use word::WordMatcher;
