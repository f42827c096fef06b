//! The matches of a query in one article ([`Highlighter`]), and the snippets that show them ([`Fragment`]).

mod fragments;
mod highlighter;
mod quotation_condition;

pub use fragments::Fragment;
pub use highlighter::Highlighter;
