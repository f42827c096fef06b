//! A tree of clauses to a tantivy query, for articles or for quotations.
//!
//! Each document of the index is of one kind; a clause is compiled for one of them. What only the other kind knows is
//! joined ([`join`]): an article by its quotations, a quotation by its article (of a quotation's own are its words, its
//! speaker, its kind and how sure the speaker is). One word in all its
//! forms is [`word`]'s, several clauses together are [`conjunction`]'s, alternatives and plain phrases tantivy's;
//! everything else with positions is [`pattern`]'s.

mod compiler;
mod query;

mod postings;
mod similarity;
mod terms;
mod word;

mod docs;
mod pattern;
mod said;
mod text;

mod alias;
mod facet;
mod name;

mod conjunction;
mod excluded;
mod join;

mod clause;

pub(super) use self::compiler::Compiler;
pub(super) use self::name::for_each_name;
pub(super) use self::query::Compiled;
pub(super) use self::terms::articles_with;
