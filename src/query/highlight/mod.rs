//! The matches of a query in one article ([`Highlighter`]), and the snippets that show them ([`Fragment`]); what of a query
//! decides about bodies ([`body_patterns`]).

mod body_patterns;
mod fragments;
mod highlighter;
mod quotation_condition;

pub(crate) use body_patterns::body_patterns;
pub use fragments::Fragment;
pub use highlighter::Highlighter;
