//! The directory of tantivy's files: created with the user's default permissions, synced with their folder, readable on a
//! file system that is read-only, and verified as they are read ([`super::verified_file`], [`sealed`]). Remembers the first
//! fault, which tantivy's own errors do not name ([`super::fault`]).

use std::fs::{File, OpenOptions};
use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tantivy::Directory;
use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    AntiCallToken, DirectoryLock, FileHandle, Lock, META_LOCK, MmapDirectory, TerminatingWrite,
    WatchCallback, WatchHandle, WritePtr,
};

use super::fault::Fault;
use super::streaming_directory::StreamingFile;
use super::verified_file::{BlockSums, VerifiedFile};
use crate::atomic_file::{self, sealed};
use crate::error::Error;
use crate::failpoint::{self, FileOperation};

/// The folder of a generation.
#[derive(Clone, Debug)]
pub(crate) struct IndexDirectory {
    files: MmapDirectory,
    path: PathBuf,
    fault: Fault,
    is_writers: bool,
    /// Whether its files have checksums of their own, and of their blocks: early versions wrote none.
    is_sealed: bool,
}

impl IndexDirectory {
    /// For reading: files are memory-mapped, but for those of stored articles.
    pub(crate) fn open(path: &Path) -> tantivy::Result<Self> {
        let files = MmapDirectory::open(path)?;
        let meta = std::fs::read(path.join("meta.json"));
        let is_sealed = meta.is_ok_and(|meta| sealed::is_sealed(&meta));
        let path = path.to_path_buf();
        Ok(Self { files, path, fault: Fault::default(), is_writers: false, is_sealed })
    }

    /// For writing: what merges read is not kept mapped. Only what this version wrote is gone on with.
    pub(crate) fn open_for_writing(path: &Path) -> tantivy::Result<Self> {
        Ok(Self { is_writers: true, is_sealed: true, ..Self::open(path)? })
    }

    /// The first fault of its files.
    pub(crate) fn fault(&self) -> &Fault {
        &self.fault
    }

    /// Whether its files can be verified.
    pub(crate) fn is_sealed(&self) -> bool {
        self.is_sealed
    }

    /// What a panic means that was met while files were read that cannot be verified.
    pub(crate) fn unverified_damage(&self) -> Error {
        Error::Damaged {
            path: self.path.clone(),
            reason: "what was read makes no sense".to_owned(),
        }
    }

    /// Reads all of a file, and fails if it is not what was written.
    pub(crate) fn verify(&self, file: &Path) -> io::Result<()> {
        self.verified(file, self.files.get_file_handle(file).map_err(io::Error::other)?)?
            .verify_all()
    }

    fn verified(&self, file: &Path, handle: Arc<dyn FileHandle>) -> io::Result<VerifiedFile> {
        VerifiedFile::open(handle, &self.path.join(file), &self.fault)
    }

    fn noted<T>(&self, path: &Path, outcome: io::Result<T>) -> io::Result<T> {
        outcome.inspect_err(|error| self.fault.note_failure("write", path, error))
    }

    /// For `map_err`. tantivy takes a file that does not exist for one that may be missing; none of a commit may.
    fn unreadable(&self, file: &Path) -> impl FnOnce(io::Error) -> OpenReadError {
        move |error| {
            self.fault.note_unreadable(&self.path.join(file), &error);
            OpenReadError::wrap_io_error(error, file.to_path_buf())
        }
    }
}

/// Whether a file holds stored articles. These are read and not mapped: a question that reads many of them would hold half of an
/// index in memory, though it is done with each at once.
fn is_store(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "store")
}

/// The I/O error of a file that could not be opened.
fn io_error(error: OpenReadError) -> io::Error {
    match error {
        OpenReadError::FileDoesNotExist(_) => ErrorKind::NotFound.into(),
        OpenReadError::IoError { io_error, .. } => io::Error::new(io_error.kind(), io_error),
        OpenReadError::IncompatibleIndex(_) => io::Error::other(error),
    }
}

impl Directory for IndexDirectory {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        let open = || -> Result<Arc<dyn FileHandle>, OpenReadError> {
            if self.is_writers || is_store(path) {
                return Ok(Arc::new(StreamingFile::open(&self.files, &self.path, path)?));
            }
            self.files.get_file_handle(path)
        };
        let handle = open().map_err(io_error).map_err(self.unreadable(path))?;
        if !self.is_sealed {
            return Ok(handle);
        }
        Ok(Arc::new(self.verified(path, handle).map_err(self.unreadable(path))?))
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
                sums: BlockSums::default(),
            }))),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                Err(OpenWriteError::FileAlreadyExists(path.to_path_buf()))
            }
            Err(error) => {
                self.fault.note_failure("write", &whole, &error);
                Err(OpenWriteError::wrap_io_error(error, path.to_path_buf()))
            }
        }
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        let file = self.files.atomic_read(path)?;
        let content = if self.is_sealed { sealed::sealed_content } else { sealed::content };
        let content = content(&file).map_err(self.unreadable(path))?;
        if !self.is_sealed {
            serde_json::from_slice::<serde::de::IgnoredAny>(content).map_err(|error| {
                self.unreadable(path)(io::Error::new(ErrorKind::InvalidData, error))
            })?;
        }
        Ok(content.to_vec())
    }

    fn atomic_write(&self, path: &Path, content: &[u8]) -> io::Result<()> {
        let whole = self.path.join(path);
        let outcome = sealed::replace(&whole, content);
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
    sums: BlockSums,
}

impl Written {
    fn noted<T>(&self, outcome: io::Result<T>) -> io::Result<T> {
        outcome.inspect_err(|error| self.fault.note_failure("write", &self.path, error))
    }

    fn write_some(&self, bytes: &[u8]) -> io::Result<usize> {
        let outcome =
            failpoint::perform(FileOperation::Write(&self.path), || (&self.file).write(bytes));
        self.noted(outcome)
    }

    fn write_trailer(&mut self) -> io::Result<()> {
        let trailer = std::mem::take(&mut self.sums).trailer();
        let mut left = &trailer[..];
        while !left.is_empty() {
            left = &left[self.write_some(left)?..];
        }
        Ok(())
    }
}

/// A thread that dies in the midst of a file leaves a segment that is not complete: the run is to know.
impl Drop for Written {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let died = io::Error::other("the thread that wrote it died");
            self.fault.note_failure("write", &self.path, &died);
        }
    }
}

impl Write for Written {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        failpoint::reached("write");
        let written = self.write_some(bytes)?;
        self.sums.update(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl TerminatingWrite for Written {
    fn terminate_ref(&mut self, _: AntiCallToken) -> io::Result<()> {
        self.write_trailer()?;
        let outcome = failpoint::perform(FileOperation::Sync(&self.path), || self.file.sync_data());
        self.noted(outcome)
    }
}
