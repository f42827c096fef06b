//! Errors of tantivy as errors of a search in an index.

use crate::error::Error;
use crate::index::read::snapshot::Snapshot;

/// Runs `act`; closures that use `?` on several types of errors get their type from here.
pub(super) fn attempt<T>(act: impl FnOnce() -> tantivy::Result<T>) -> tantivy::Result<T> {
    act()
}

/// Names the index of an error, for `map_err`.
pub(super) fn failed(snapshot: &Snapshot) -> impl FnOnce(tantivy::TantivyError) -> Error {
    Error::index("search", snapshot.dir())
}
