//! newsdex: a folder of news becomes an index that answers who said it, where, when, and may it be reused.

pub mod archive;
pub mod article;
pub mod cli;
pub mod error;
pub mod extract;
pub mod read;
pub mod report;
#[cfg(feature = "tools")]
pub mod train;
