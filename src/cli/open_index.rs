//! The one place where a command opens an index.

use super::args::Global;
use crate::engine;
use crate::error::Result;
use crate::index::read::snapshot::Snapshot;
use crate::query::Engine;

pub(super) use crate::index::read::snapshot::DEFAULT_DIR;

/// Opens the index of the options typed, to ask it questions.
pub(super) fn open(global: &Global) -> Result<Box<dyn Engine>> {
    engine::open(&global.index)
}

/// Opens the same as an index on this machine, with the journals of its runs.
pub(super) fn open_snapshot(global: &Global) -> Result<Snapshot> {
    Snapshot::open(&global.index)
}
