//! The questions that can be asked of an index, each with its answer: one file or folder for each.

pub mod article_link;
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

mod match_finder;
mod word_counts;
mod workers;

pub mod trec;
