//! Patterns held against words: which words a [`WordPattern`] means ([`word`], [`forms`]), at which places of a text a
//! [`Pattern`] is found ([`plan`], [`places`]), the words of an article to find it in ([`text`]), and which names
//! a value means ([`name`]).
//!
//! The same plan is run over the positions of the index and over the words of one article, so that what is counted
//! and what is highlighted cannot differ.
//!
//! [`WordPattern`]: super::language::clause::WordPattern
//! [`Pattern`]: super::language::clause::Pattern

pub(crate) mod forms;
pub(crate) mod name;
pub(crate) mod places;
pub(crate) mod plan;
pub(crate) mod text;
pub(crate) mod word;

pub(crate) use name::NameMatcher;
pub(crate) use plan::Plan;
pub(crate) use text::{Layout, TextMatcher, disjoint, scope_layout};
pub(crate) use word::WordMatcher;
