//! Patterns over positions: phrases with slop, proximity, wildcards, `atleast`, in articles, leads or quotations.

mod many_terms;
mod word_postings;
mod word_ranges;

mod by_text;
mod candidates;

mod quotation_scorer;
mod scorer;

mod query;

mod body_matches;

pub(in crate::engine::local) use self::body_matches::{BodyMatches, SegmentBodyMatches};
pub(super) use self::query::PatternQuery;
