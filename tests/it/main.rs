//! Integration tests through the public interface and the real binary, a module per feature.

#![allow(clippy::unwrap_used, reason = "a test that fails says where")]

mod any_bytes;
mod any_file;
mod archives;
mod article_ids;
mod changing;
mod choices;
mod damaged_files;
mod damaged_index;
mod dates;
mod documents;
mod doubts;
#[cfg(feature = "parquet")]
mod exports;
#[cfg(unix)]
mod faults;
mod ferries;
mod hostile_files;
#[cfg(unix)]
mod hostile_queries;
mod index;
#[cfg(unix)]
mod law;
mod lost_records;
mod metadata;
mod nightly;
#[cfg(target_os = "linux")]
mod outlets;
mod people;
#[cfg(unix)]
mod power;
mod research;
mod sample_corpus;
mod screens;
mod search;
mod spreadsheets;
mod supply_chain;
#[cfg(target_os = "linux")]
mod terminal;
mod tidy;
mod versions;
mod whole_values;

mod program;
