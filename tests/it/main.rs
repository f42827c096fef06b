//! Integration tests through the public interface and the real binary, a module per feature.

mod index;
mod tidy;

mod program;
