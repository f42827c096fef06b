//! The list of what the history of an index holds: `list.json` in its folder `runs`, sealed. It names the run that began
//! last, and says whether that one ended; and it has the checksum of every record and journal. So a file that is missing
//! or is not what was written is noticed, and a run that was killed is known as such.

use std::collections::BTreeMap;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::atomic_file::sealed;
use crate::error::{Error, Result};
use crate::manifest::files::ContentHash;
use crate::manifest::known_archives;

const LIST: &str = "list.json";
const CHANGED: &str = "its content does not have its checksum";

/// The list of one index.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct RunList {
    /// Number of the run that began last; 0 if none did.
    pub(super) run: u32,
    /// When it began, as RFC 3339.
    pub(super) began: String,
    /// Whether its record was written.
    pub(super) has_ended: bool,
    /// Checksums of files by their names, in hexadecimal.
    files: BTreeMap<String, String>,
    #[serde(skip)]
    folder: PathBuf,
}

impl RunList {
    /// Where it is in the folder of the records.
    pub(super) fn path(folder: &Path) -> PathBuf {
        folder.join(LIST)
    }

    /// An empty one for the records in `folder`.
    pub(super) fn new(folder: &Path) -> Self {
        Self { has_ended: true, folder: folder.to_path_buf(), ..Self::default() }
    }

    /// That of the records in `folder`, of the index in `dir`; `None` if no run of this version has begun there.
    pub(super) fn read(dir: &Path, folder: &Path) -> Result<Option<Self>> {
        let path = Self::path(folder);
        let read = || -> io::Result<Self> { Ok(serde_json::from_slice(&sealed::read(&path)?)?) };
        match read() {
            Ok(list) => Ok(Some(Self { folder: folder.to_path_buf(), ..list })),
            // A run writes the list before it writes the second copy of the archives.
            Err(error)
                if error.kind() == io::ErrorKind::NotFound && !known_archives::exists(dir) =>
            {
                Ok(None)
            }
            Err(error) => Err(damaged(&path, error)),
        }
    }

    pub(super) fn write(&self) -> Result<()> {
        let path = Self::path(&self.folder);
        serde_json::to_vec_pretty(self)
            .map_err(io::Error::from)
            .and_then(|text| sealed::replace(&path, &text))
            .map_err(Error::io("write", &path))
    }

    /// Adds a file as it is now.
    pub(super) fn add(&mut self, name: &str) -> Result<()> {
        let path = self.folder.join(name);
        let sum = checksum(&path).map_err(Error::io("read", &path))?;
        self.files.insert(name.to_owned(), sum);
        Ok(())
    }

    /// Takes a file out; returns whether it was there.
    pub(super) fn remove(&mut self, name: &str) -> bool {
        self.files.remove(name).is_some()
    }

    /// Whether it has a file of that name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.files.contains_key(name)
    }

    /// The names of its files, sorted.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// Fails if a file of the list is not what was written. One that the list does not have cannot be verified.
    pub(super) fn verify(&self, name: &str) -> Result<()> {
        let Some(listed) = self.files.get(name) else { return Ok(()) };
        let path = self.folder.join(name);
        match checksum(&path) {
            Ok(sum) if sum == *listed => Ok(()),
            Ok(_) => Err(Error::HistoryDamaged { path, reason: CHANGED.to_owned() }),
            Err(error) => Err(damaged(&path, error)),
        }
    }

    /// The names of the files that are missing or not what was written.
    pub(super) fn damaged(&self) -> Vec<String> {
        self.names().filter(|name| self.verify(name).is_err()).map(str::to_owned).collect()
    }
}

/// Why a file of the history could not be read.
pub(super) fn damaged(path: &Path, error: io::Error) -> Error {
    match Error::unreadable(path, error) {
        Error::Damaged { path, reason } => Error::HistoryDamaged { path, reason },
        other => other,
    }
}

/// The checksum of a file.
fn checksum(path: &Path) -> io::Result<String> {
    let mut hash = ContentHash::default();
    hash.update_from(File::open(path)?)?;
    Ok(format!("{:016x}", hash.finish()))
}
