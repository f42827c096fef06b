//! Integration tests through the public interface and the real binary, a module per feature.

#![allow(clippy::unwrap_used, reason = "a test that fails says where")]

mod any_bytes;
mod any_file;
mod exports;
mod index;
mod people;
mod research;
mod sample_corpus;
mod screens;
mod search;
mod tidy;

mod program;
