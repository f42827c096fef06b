//! The folder of an index: generations ([`generation`]), the lock of the one writer ([`lock`]), and the directories through
//! which tantivy reads and writes its files, with checksums of their blocks ([`verified_file`]) and the first fault of any
//! of them ([`fault`]).

pub(super) mod directory;
pub(super) mod fault;
pub(super) mod streaming_directory;
mod verified_file;

pub mod generation;
pub mod lock;
