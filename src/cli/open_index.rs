//! The one place where a command opens an index.

use super::args::Global;
use crate::engine;
use crate::error::Result;
use crate::query::Engine;

/// Opens the index of the options typed, to ask it questions.
pub(super) fn open(global: &Global) -> Result<Box<dyn Engine>> {
    engine::open(&global.index)
}
