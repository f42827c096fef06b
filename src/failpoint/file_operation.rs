//! The operations on files that a simulated power cut may undo.

use std::path::Path;

/// An operation by which files change.
#[derive(Clone, Copy, Debug)]
#[cfg_attr(not(debug_assertions), allow(dead_code, reason = "only debug builds read the paths"))]
pub(crate) enum FileOperation<'p> {
    /// Creates a file or folder, or truncates a file.
    Create(&'p Path),
    /// Appends to a file.
    Write(&'p Path),
    /// Syncs the content of a file to the disk.
    Sync(&'p Path),
    /// Renames the first path to the second, and replaces the file there.
    Rename(&'p Path, &'p Path),
    /// Removes a file or an empty folder.
    Remove(&'p Path),
    /// Syncs a folder: all that was created, renamed and removed in it is durable.
    SyncFolder(&'p Path),
}
