//! Writing an index: whole files at a time within a budget of memory ([`writer`]), which versions of items count
//! ([`item_versions`]), and the journal of what a run changed ([`journal`]).

mod memory_budget;
pub mod writer;

pub mod item_versions;
pub mod journal;
