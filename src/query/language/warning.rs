//! What a parser says of a query that it could not take as it stands.

use super::clause::QuerySpan;

/// A part of a query that was left out, or taken as words. The rest was searched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// Bytes of the query text.
    pub span: QuerySpan,
    /// What is wrong, and what would be right.
    pub message: String,
}
