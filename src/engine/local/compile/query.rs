//! Queries of tantivy that the others are put together of.

use tantivy::Term;
use tantivy::query::{ConstScoreQuery, EmptyQuery, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};

/// A query of tantivy.
pub(crate) type Compiled = Box<dyn Query>;

/// Documents that have a term.
pub(super) fn term(term: Term) -> Compiled {
    Box::new(TermQuery::new(term, IndexRecordOption::Basic))
}

/// No document.
pub(super) fn nothing() -> Compiled {
    Box::new(EmptyQuery)
}

/// A term of a text field.
pub(super) fn text_term(field: Field, text: &str) -> Term {
    Term::from_field_text(field, text)
}

/// A filter: it takes no part in the ranking.
pub(super) fn unscored(query: Compiled) -> Compiled {
    Box::new(ConstScoreQuery::new(query, 0.0))
}
