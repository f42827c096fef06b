//! Integration tests through the public interface and the real binary, a module per feature.

mod any_bytes;
mod index;
mod research;
mod sample_corpus;
mod screens;
mod search;
mod tidy;

mod program;
