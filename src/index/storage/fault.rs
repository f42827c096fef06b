//! The first fault of the files of an index: what could not be written, or what was read and is not what was written.
//! tantivy's own errors do not name the file, and some of its readers drop an error; so the directory keeps it.

use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use crate::error::Error;

/// The first fault of a directory, shared with all files that it opened.
#[derive(Clone, Debug, Default)]
pub(crate) struct Fault(Arc<OnceLock<Noted>>);

#[derive(Debug)]
enum Noted {
    Failed { operation: &'static str, path: PathBuf, kind: ErrorKind, why: String },
    Damaged { path: PathBuf, reason: String },
}

impl Fault {
    /// Notes that an operation on a file failed.
    pub(crate) fn note_failure(&self, operation: &'static str, path: &Path, error: &io::Error) {
        let (path, kind, why) = (path.to_path_buf(), error.kind(), error.to_string());
        self.0.get_or_init(|| Noted::Failed { operation, path, kind, why });
    }

    /// Notes that a file is not what was written.
    pub(crate) fn note_damage(&self, path: &Path, reason: &str) {
        let (path, reason) = (path.to_path_buf(), reason.to_owned());
        self.0.get_or_init(|| Noted::Damaged { path, reason });
    }

    /// Notes why a file could not be read. A file that a commit names and that is not there is damage.
    pub(crate) fn note_unreadable(&self, path: &Path, error: &io::Error) {
        match error.kind() {
            ErrorKind::NotFound => self.note_damage(path, "it is missing"),
            ErrorKind::InvalidData | ErrorKind::UnexpectedEof => {
                self.note_damage(path, &error.to_string());
            }
            _ => self.note_failure("read", path, error),
        }
    }

    /// The error, if there was a fault.
    pub(crate) fn error(&self) -> Option<Error> {
        Some(match self.0.get()? {
            Noted::Failed { operation, path, kind, why } => {
                let source = io::Error::new(*kind, why.clone());
                out_of_space(Error::io(operation, path)(source))
            }
            Noted::Damaged { path, reason } => {
                Error::Damaged { path: path.clone(), reason: reason.clone() }
            }
        })
    }
}

/// The error as that of a full disk, if it is one.
pub(crate) fn out_of_space(error: Error) -> Error {
    use ErrorKind::{FileTooLarge, QuotaExceeded, StorageFull};
    match &error {
        Error::Io { source, .. }
            if matches!(source.kind(), StorageFull | QuotaExceeded | FileTooLarge) =>
        {
            Error::DiskFull(Box::new(error))
        }
        _ => error,
    }
}
