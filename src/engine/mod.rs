//! Engines: implementations of [`crate::query::Engine`]. Today there is one, [`local`]: a tantivy index on this machine.

pub mod local;

use std::path::Path;

use crate::error::Result;
use crate::index::read::snapshot::Snapshot;
use crate::query::Engine;

/// Opens the index at a location: the folder of an index on this machine.
pub fn open(location: &Path) -> Result<Box<dyn Engine>> {
    Ok(Box::new(Snapshot::open(location)?))
}

#[cfg(test)]
mod tests;
