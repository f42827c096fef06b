//! The folder of an index: files that are there whole or not at all ([`atomic_file`]), generations ([`generation`]), the
//! lock of the one writer ([`lock`]), and the directories through which tantivy reads and writes its files.

pub mod atomic_file;
pub(super) mod directory;
pub(super) mod streaming_directory;

pub mod generation;
pub mod lock;
