//! The folder of an index: generations ([`generation`]), the lock of the one writer ([`lock`]), and the directories through
//! which tantivy reads and writes its files.

pub(super) mod directory;
pub(super) mod streaming_directory;

pub mod generation;
pub mod lock;
