//! Integration tests through the public interface and the real binary, a module per feature.

mod index;
mod sample_corpus;
mod tidy;

mod program;
