//! Opens the commit that searches see, and tells damage from other faults: what was read from a damaged file is an error
//! that names the file, whatever tantivy made of it.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::Path;
use std::time::Duration;

use tantivy::directory::error::OpenReadError;
use tantivy::{Index, TantivyError};

use super::snapshot::Snapshot;
use crate::error::{Error, Result};
use crate::index::schema::OLDEST_SEARCHABLE;
use crate::index::storage::directory::IndexDirectory;
use crate::index::storage::generation::Generation;
use crate::manifest::known_archives;

/// Retries of opening the current generation: a run may replace it, or its commit, while it is opened.
const RETRIES: u32 = 5;

impl Snapshot {
    /// Whether there is an index in the folder `dir`, be it damaged.
    pub fn exists(dir: &Path) -> bool {
        matches!(Generation::current(dir), Ok(Some(_)) | Err(_))
    }

    /// Opens the index in the folder `dir` for searching.
    pub fn open(dir: &Path) -> Result<Self> {
        let index = || dir.to_path_buf();
        let snapshot = Self::current(dir)?.ok_or_else(|| Error::NoIndex { index: index() })?;
        if snapshot.commit_metadata()?.schema < OLDEST_SEARCHABLE {
            return Err(Error::OtherSchema { index: index() });
        }
        Ok(snapshot)
    }

    /// The newest commit of the current generation; `None` if there is no index in `dir`. Fails if a newer version of the
    /// program wrote it.
    pub fn current(dir: &Path) -> Result<Option<Self>> {
        let mut retries = 0;
        loop {
            let Some(generation) = Generation::current(dir)? else { return Ok(None) };
            let before = generation.newest_metadata();
            let opened = Self::of_generation(&generation).and_then(|snapshot| {
                known_archives::refuse_newer(dir, &snapshot.commit_metadata()?)?;
                Ok(Some(snapshot))
            });
            let Err(error) = opened else { return opened };
            let is_replaced = Generation::current(dir)?.as_ref() != Some(&generation)
                || generation.newest_metadata() != before;
            if !is_replaced || retries == RETRIES {
                known_archives::refuse_newer_index(dir)?;
                return Err(error);
            }
            retries += 1;
            std::thread::sleep(Duration::from_millis(10 << retries));
        }
    }

    /// The newest commit of a generation.
    pub fn of_generation(generation: &Generation) -> Result<Self> {
        let folder = generation.path();
        if !folder.is_dir() {
            return Err(Error::unreadable(&folder, std::io::ErrorKind::NotFound.into()));
        }
        let named = |error| opening_failed(generation, error);
        let directory = IndexDirectory::open(&folder).map_err(named)?;
        let open = || {
            let index = Index::open(directory.clone()).map_err(named)?;
            Self::of(index, generation.index(), Some((generation.clone(), directory.clone())))
        };
        guarded(&directory, open)
    }

    /// What `read` gives, or the damage that it met. A thread of tantivy that dies of damage is an error as well.
    pub fn guard<T>(&self, read: impl FnOnce() -> Result<T>) -> Result<T> {
        match &self.directory {
            Some(directory) => guarded(directory, read),
            None => read(),
        }
    }
}

fn guarded<T>(directory: &IndexDirectory, read: impl FnOnce() -> Result<T>) -> Result<T> {
    let outcome = catch_unwind(AssertUnwindSafe(read));
    match (directory.fault().error(), outcome) {
        (Some(damage), _) => Err(damage),
        (None, Ok(read)) => read,
        (None, Err(panic)) if directory.is_sealed() => resume_unwind(panic),
        (None, Err(_)) => Err(directory.unverified_damage()),
    }
}

fn opening_failed(generation: &Generation, error: TantivyError) -> Error {
    let damaged = |path, reason| Error::Damaged { path, reason };
    match error {
        TantivyError::OpenReadError(OpenReadError::FileDoesNotExist(file)) => {
            damaged(generation.path().join(file), "it is missing".to_owned())
        }
        TantivyError::DataCorruption(corruption) => {
            damaged(generation.path(), format!("{corruption:?}"))
        }
        other => Error::index("open", generation.index())(other),
    }
}
