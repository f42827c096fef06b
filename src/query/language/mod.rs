//! The query language: a text to a tree of clauses ([`parse()`]), and clauses back to text (`printed`). Any text is a query:
//! what cannot be taken as it stands is left out or taken as words, and a [`Warning`] says so; which warnings are errors, a
//! [`Strictness`] decides for every question. Length, depth, words and automata are bounded (`price`); a query beyond a
//! bound is an error under every strictness.
//!
//! ```text
//! or      = and (OR and)*
//! and     = unary ((AND)? unary)*
//! unary   = (NOT | -)* near
//! near    = boosted (w/5 boosted)*
//! boosted = primary (^2)?
//! primary = ( or ) | atleast3( or ) | field: primary | "phrase" ~3? | /regex/ | word
//! ```

pub mod clause;
mod warning;

mod fields;
mod lexer;
mod quoted;

mod doubts;

mod expression;
mod words;

mod parser;
mod proximity;
mod term;

mod quotation_scope;

mod parse;
mod price;
mod printed;

pub(in crate::query) use self::expression::automaton;
pub(crate) use self::expression::{ExpressionError, glob_expression, value_automaton};
pub(in crate::query) use self::fields::nearest;
pub use self::parse::{any_of_words, parse};
pub(in crate::query) use self::price::costliest;
pub(crate) use self::price::shown;
pub use self::printed::value_query;
pub(in crate::query) use self::term::name_part;
pub use self::term::name_query;
pub use self::warning::{Strictness, Warning, WarningKind};

#[cfg(test)]
mod tests;
