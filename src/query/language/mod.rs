//! The query language: a text to a tree of clauses ([`parse()`]), and clauses back to text (`printed`). Any text is a query:
//! what cannot be taken as it stands is left out or taken as words, and a [`Warning`] says so; which warnings are errors, a
//! [`Strictness`] decides for every question. Depth, length and chains
//! are bounded, each with a warning.
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
mod printed;

pub(in crate::query) use self::expression::automaton;
pub(crate) use self::expression::glob_expression;
pub(in crate::query) use self::fields::nearest;
pub use self::parse::parse;
pub use self::printed::value_query;
pub(in crate::query) use self::term::name_part;
pub use self::term::name_query;
pub use self::warning::{Strictness, Warning, WarningKind};
pub use self::words::any_of_words;

#[cfg(test)]
mod tests;
