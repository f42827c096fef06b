//! The engine on this machine: answers questions from one commit of a tantivy index.
//!
//! A question is compiled to a tantivy query ([`compile`], [`prepared`]) with BM25 over live documents ([`statistics`]); its
//! matches are counted and ranked in one pass over the segments ([`collect`]), and counts of facets are merged over segments
//! ([`facets`]), under a [`watch`]. Questions that look at all matches get them unread ([`unread_matches`]). The user's aliases
//! apply where names are searched, and where they are counted ([`people`]). Runs write through [`writing`].

mod index_errors;
mod watch;

mod compile;
mod statistics;

mod collect;
mod facets;
mod people;

mod engine;
mod prepared;
mod unread_matches;

mod writing;

pub use self::writing::LocalIndex;

#[cfg(test)]
pub(super) use self::engine::for_each_match_in_passes;
