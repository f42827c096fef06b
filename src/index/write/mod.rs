//! Writing an index: whole files at a time ([`writer`]) within a budget of memory ([`memory_budget`]).

mod memory_budget;
pub mod writer;
