//! The one public error: what was tried, on which path, and why it failed. Bad articles are no errors: they are
//! counted in the [`crate::report`].

use std::path::{Path, PathBuf};

/// What a call of this library can fail with.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file or folder could not be read or written.
    #[error("cannot {operation} {}: {source}", path.display())]
    Io {
        /// `read`, `create`, …
        operation: &'static str,
        /// On which path.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The engine could not do what was asked of an index.
    #[error("cannot {operation} the index {}: {source}", path.display())]
    Index {
        /// `open`, `commit`, …
        operation: &'static str,
        /// The index folder.
        path: PathBuf,
        /// Why, in the engine's words.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// Something that the user can put right; the message says how.
    #[error("{0}")]
    Usage(String),
}

/// The library's results.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// For `map_err`: an I/O error with its operation and path.
    pub fn io(operation: &'static str, path: &Path) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.to_path_buf();
        move |source| Self::Io { operation, path, source }
    }

    /// For `map_err`: an engine error with its operation and index folder.
    pub fn index<E>(operation: &'static str, path: &Path) -> impl FnOnce(E) -> Self
    where
        E: std::error::Error + Send + Sync + 'static,
    {
        let path = path.to_path_buf();
        move |source| Self::Index { operation, path, source: Box::new(source) }
    }
}
