//! Tests of the whole way from query text to hits, on small archives in memory.

mod archive;
mod fields;
mod made;
mod oracle;
mod screens;
