//! Tests of the whole way from query text to hits, on small archives in memory.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod aliases;
mod archive;
mod fields;
mod made;
mod oracle;
mod people;
mod places;
mod printed;
mod ranking;
mod screens;
mod unread;
mod whole_values;
mod words;
