//! Writing an index: whole files at a time ([`writer`]) within a budget of memory ([`memory_budget`]), and the merges of
//! its segments ([`merges`]).

mod memory_budget;
mod merges;
pub mod writer;
