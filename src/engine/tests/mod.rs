//! Tests of the whole way from query text to hits, on small archives in memory.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
#![allow(clippy::inconsistent_digit_grouping, reason = "2021_02_27 is a date")]

mod aliases;
mod archive;
mod fields;
mod made;
mod oracle;
mod people;
mod printed;
mod ranking;
mod screens;
