//! A tree of clauses to a tantivy query, for articles or for quotations.
//!
//! Each document of the index is of one kind, and a clause is compiled for one kind ([`clause`]). What only documents of the
//! other kind have is joined ([`join`]): a quotation has only its words, speaker, kind and confidence of its own. A word in
//! all of its forms is compiled by [`word`], clauses that are all required by [`conjunction`], and other patterns over
//! positions by [`pattern`]; alternatives and exact phrases are tantivy's own.

mod compiler;
mod simple_queries;

mod doc_list;
mod facet;
mod whole_names;
mod whole_value;

mod expansion;
mod similarity;
mod term_automaton;
mod terms;

mod pattern;
mod text;
mod word;

mod conjunction;
mod excluded;
mod join;
mod metadata;

mod alias_names;
mod clause;

pub(super) use self::compiler::Compiler;
pub(super) use self::pattern::{BodyMatches, SegmentBodyMatches};
pub(super) use self::simple_queries::BoxedQuery;
pub(super) use self::terms::articles_with;
pub(super) use self::whole_names::for_each_name;
