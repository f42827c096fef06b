//! Engines: implementations of [`Engine`], which answers questions, and of [`WritableIndex`], which runs write to. There
//! is one, [`local`]: a tantivy index on this machine.

pub mod local;

use std::path::Path;

use crate::error::Result;
use crate::index::read::snapshot::Snapshot;
use crate::query::Engine;
use crate::query::engine::writing::WritableIndex;

/// Opens the index at a location: the folder of an index on this machine.
pub fn open(location: &Path) -> Result<Box<dyn Engine>> {
    Ok(Box::new(Snapshot::open(location)?))
}

/// The index at a location, for writing: it need not exist yet.
pub fn writable(location: &Path) -> Box<dyn WritableIndex> {
    Box::new(local::LocalIndex::at(location))
}

#[cfg(test)]
mod tests;
