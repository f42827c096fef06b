//! Patterns held against words: which words a [`WordPattern`] means ([`word`], [`forms`]), at which places of a text a
//! [`Pattern`] is found ([`plan`], [`places`]), the words of an article to find it in ([`text`]), and which names
//! a value means ([`name`]).
//!
//! The same plan is run over the positions of the index and over the words of one article, so that what is counted
//! and what is highlighted cannot differ.
//!
//! [`WordPattern`]: super::ast::WordPattern
//! [`Pattern`]: super::ast::Pattern

pub(super) mod forms;
pub(super) mod name;
pub(super) mod places;
pub(super) mod plan;
pub(super) mod text;
pub(super) mod word;

pub(super) use name::NameMatcher;
pub(super) use plan::Plan;
pub(super) use text::{Layout, TextMatcher, disjoint, scope_layout};
pub(super) use word::WordMatcher;
