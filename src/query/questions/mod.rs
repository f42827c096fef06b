//! One file a question: what it asks of an engine, and the answer that it makes of what the engine gives.

mod feedback;
pub mod search;

pub mod stats;
pub mod timeline;

pub mod explain;
pub mod receipt;

pub mod people;
pub mod quotes;

pub mod compare;
pub mod concordance;
mod log_likelihood;
pub mod similar;

pub mod trec;
