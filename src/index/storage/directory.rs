//! The directory of tantivy's files: created with the user's default permissions, synced with their folder, and readable
//! on a file system that is read-only. Remembers the first I/O error, which tantivy's own errors do not name.

use std::fs::{File, OpenOptions};
use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use tantivy::Directory;
use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    AntiCallToken, DirectoryLock, FileHandle, Lock, META_LOCK, MmapDirectory, TerminatingWrite,
    WatchCallback, WatchHandle, WritePtr,
};

use super::streaming_directory::StreamingFile;
use crate::atomic_file;
use crate::error::Error;
use crate::failpoint::{self, FileOperation};

/// The folder of a generation.
#[derive(Clone, Debug)]
pub(crate) struct IndexDirectory {
    files: MmapDirectory,
    path: PathBuf,
    fault: Fault,
    is_writers: bool,
}

/// The first I/O error of a writer.
#[derive(Clone, Debug, Default)]
pub(crate) struct Fault(Arc<Mutex<Option<(PathBuf, ErrorKind, String)>>>);

impl Fault {
    fn note(&self, path: &Path, error: &io::Error) {
        let mut first = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        first.get_or_insert_with(|| (path.to_path_buf(), error.kind(), error.to_string()));
    }

    /// The error, if there was one.
    pub(crate) fn error(&self) -> Option<Error> {
        let first = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        first.as_ref().map(|(path, kind, why)| {
            let source = io::Error::new(*kind, why.clone());
            out_of_space(Error::io("write", path)(source))
        })
    }
}

/// The error as that of a full disk, if it is one.
pub(crate) fn out_of_space(error: Error) -> Error {
    use std::io::ErrorKind::{FileTooLarge, QuotaExceeded, StorageFull};
    match &error {
        Error::Io { source, .. }
            if matches!(source.kind(), StorageFull | QuotaExceeded | FileTooLarge) =>
        {
            Error::DiskFull(Box::new(error))
        }
        _ => error,
    }
}

impl IndexDirectory {
    /// For reading: files are memory-mapped.
    pub(crate) fn open(path: &Path) -> tantivy::Result<Self> {
        let files = MmapDirectory::open(path)?;
        let path = path.to_path_buf();
        Ok(Self { files, path, fault: Fault::default(), is_writers: false })
    }

    /// For writing: what merges read is not kept mapped.
    pub(crate) fn open_for_writing(path: &Path) -> tantivy::Result<Self> {
        Ok(Self { is_writers: true, ..Self::open(path)? })
    }

    pub(crate) fn fault(&self) -> Fault {
        self.fault.clone()
    }

    fn noted<T>(&self, path: &Path, outcome: io::Result<T>) -> io::Result<T> {
        if let Err(error) = &outcome {
            self.fault.note(path, error);
        }
        outcome
    }
}

impl Directory for IndexDirectory {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        if self.is_writers {
            return Ok(Arc::new(StreamingFile::open(&self.files, &self.path, path)?));
        }
        self.files.get_file_handle(path)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        failpoint::reached("delete");
        failpoint::perform(FileOperation::Remove(&self.path.join(path)), || self.files.delete(path))
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.files.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        failpoint::reached("create");
        let whole = self.path.join(path);
        let create = || OpenOptions::new().write(true).create_new(true).open(&whole);
        match failpoint::perform(FileOperation::Create(&whole), create) {
            Ok(file) => Ok(BufWriter::new(Box::new(Written {
                file,
                path: whole,
                fault: self.fault.clone(),
            }))),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                Err(OpenWriteError::FileAlreadyExists(path.to_path_buf()))
            }
            Err(error) => {
                self.fault.note(&whole, &error);
                Err(OpenWriteError::wrap_io_error(error, path.to_path_buf()))
            }
        }
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        self.files.atomic_read(path)
    }

    fn atomic_write(&self, path: &Path, content: &[u8]) -> io::Result<()> {
        let whole = self.path.join(path);
        let outcome = atomic_file::replace(&whole, content);
        failpoint::reached("replaced");
        self.noted(&whole, outcome)
    }

    fn sync_directory(&self) -> io::Result<()> {
        failpoint::reached("sync");
        self.noted(&self.path, atomic_file::sync_folder(&self.path))
    }

    /// The lock of readers keeps files from being removed while they are opened. On a read-only file system readers go
    /// without, and open again what was removed meanwhile.
    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        match self.files.acquire_lock(lock) {
            Err(LockError::IoError(error))
                if lock.filepath == META_LOCK.filepath
                    && matches!(
                        error.kind(),
                        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem
                    ) =>
            {
                Ok(DirectoryLock::from(Box::new(())))
            }
            outcome => outcome,
        }
    }

    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.files.watch(callback)
    }
}

/// A file that is being written.
struct Written {
    file: File,
    path: PathBuf,
    fault: Fault,
}

impl Written {
    fn noted<T>(&self, outcome: io::Result<T>) -> io::Result<T> {
        if let Err(error) = &outcome {
            self.fault.note(&self.path, error);
        }
        outcome
    }
}

impl Write for Written {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        failpoint::reached("write");
        let outcome =
            failpoint::perform(FileOperation::Write(&self.path), || self.file.write(bytes));
        self.noted(outcome)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl TerminatingWrite for Written {
    fn terminate_ref(&mut self, _: AntiCallToken) -> io::Result<()> {
        let outcome = failpoint::perform(FileOperation::Sync(&self.path), || self.file.sync_data());
        self.noted(outcome)
    }
}
