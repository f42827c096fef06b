//! The simplest queries, of which others consist.

use tantivy::Term;
use tantivy::query::{ConstScoreQuery, EmptyQuery, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};

/// A compiled clause.
pub(crate) type BoxedQuery = Box<dyn Query>;

/// Documents that have a term.
pub(super) fn term(term: Term) -> BoxedQuery {
    Box::new(TermQuery::new(term, IndexRecordOption::Basic))
}

/// No document.
pub(super) fn nothing() -> BoxedQuery {
    Box::new(EmptyQuery)
}

/// A term of a text field.
pub(super) fn text_term(field: Field, text: &str) -> Term {
    Term::from_field_text(field, text)
}

/// The same documents with score 0: a filter.
pub(super) fn unscored(query: BoxedQuery) -> BoxedQuery {
    Box::new(ConstScoreQuery::new(query, 0.0))
}
