//! Generations: a rebuild fills a new one beside the one that is searched, and switches by one rename.
//!
//! The folder of an index holds `generations/N`, each a whole tantivy index, and the file `current` with the number of the
//! one that is searched.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::atomic_file::{self, sealed};
use crate::error::{Error, Result};
use crate::failpoint;
use crate::manifest::known_archives;

const POINTER: &str = "current";
const FOLDER: &str = "generations";

/// One of the generations of an index; it need not exist yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Generation {
    dir: PathBuf,
    number: u32,
}

impl Generation {
    /// The one of that number, from 1, of the index in `dir`.
    pub fn of(dir: &Path, number: u32) -> Self {
        Self { dir: dir.to_path_buf(), number }
    }

    /// The first one of the index in `dir`.
    pub fn first(dir: &Path) -> Self {
        Self::of(dir, 1)
    }

    /// The one that searches see; `None` if there is no index in `dir` yet.
    pub fn current(dir: &Path) -> Result<Option<Self>> {
        let pointer = dir.join(POINTER);
        let file = match std::fs::read(&pointer) {
            // The second copy of the archives is first written when the pointer is there.
            Err(error) if error.kind() == ErrorKind::NotFound && !known_archives::exists(dir) => {
                return refuse_early_version(dir);
            }
            file => file.map_err(|error| Error::unreadable(&pointer, error))?,
        };
        let content = sealed::content(&file).map_err(|error| Error::unreadable(&pointer, error))?;
        let number = std::str::from_utf8(content).ok().and_then(|text| text.trim().parse().ok());
        let number = number.ok_or_else(|| Error::Damaged {
            path: pointer,
            reason: "it names no generation of the index".to_owned(),
        })?;
        Ok(Some(Self { dir: dir.to_path_buf(), number }))
    }

    /// The next one.
    #[must_use]
    pub fn next(&self) -> Self {
        Self { dir: self.dir.clone(), number: self.number + 1 }
    }

    /// Its number, from 1.
    pub fn number(&self) -> u32 {
        self.number
    }

    /// The folder of the index.
    pub fn index(&self) -> &Path {
        &self.dir
    }

    /// Its own folder.
    pub fn path(&self) -> PathBuf {
        self.dir.join(FOLDER).join(self.number.to_string())
    }

    /// The file with which every commit of it is replaced, as it is now; `None` if it cannot be read.
    pub(crate) fn newest_metadata(&self) -> Option<Vec<u8>> {
        std::fs::read(self.path().join("meta.json")).ok()
    }

    /// Bytes of its files; 0 if it does not exist.
    pub fn bytes(&self) -> u64 {
        let files = std::fs::read_dir(self.path()).into_iter().flatten().flatten();
        files.filter_map(|file| file.metadata().ok()).map(|about| about.len()).sum()
    }

    /// Lets searches see it from now on. Open readers keep the one that they have until they reload.
    pub fn make_current(&self) -> Result<()> {
        let pointer = self.dir.join(POINTER);
        failpoint::reached("switch");
        sealed::replace(&pointer, format!("{}\n", self.number).as_bytes())
            .map_err(Error::io("write", &pointer))?;
        failpoint::reached("switched");
        Ok(())
    }
}

/// The lowest number that no generation has: for an index whose pointer cannot be read.
pub fn unused(dir: &Path) -> u32 {
    let mut generation = Generation::first(dir);
    while generation.path().exists() {
        generation = generation.next();
    }
    generation.number
}

/// Removes all generations but those of `keep`; returns how many it removed.
pub fn sweep(dir: &Path, keep: &[Generation]) -> Result<u64> {
    let folder = dir.join(FOLDER);
    let entries = match std::fs::read_dir(&folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(0),
        Err(error) => return Err(Error::io("read", &folder)(error)),
    };
    let mut swept = 0;
    for entry in entries.flatten() {
        if keep.iter().any(|kept| kept.path() == entry.path()) {
            continue;
        }
        failpoint::reached("sweep");
        atomic_file::remove_folder(&entry.path()).map_err(Error::io("remove", &entry.path()))?;
        swept += 1;
    }
    Ok(swept)
}

/// Refuses an index of an early version, which kept tantivy's files in the folder itself.
fn refuse_early_version(dir: &Path) -> Result<Option<Generation>> {
    if dir.join("meta.json").exists() {
        return Err(Error::EarlyLayout { index: dir.to_path_buf() });
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pointer_selects_and_the_rest_is_swept() {
        let dir = tempfile::tempdir().unwrap();
        assert_eq!(Generation::current(dir.path()).unwrap(), None);
        let first = Generation::first(dir.path());
        let second = first.next();
        for generation in [&first, &second] {
            atomic_file::create_folder(&generation.path()).unwrap();
        }
        first.make_current().unwrap();
        assert_eq!(Generation::current(dir.path()).unwrap(), Some(first));
        second.make_current().unwrap();
        assert_eq!(sweep(dir.path(), std::slice::from_ref(&second)).unwrap(), 1);
        assert_eq!(Generation::current(dir.path()).unwrap(), Some(second.clone()));
        assert!(second.path().is_dir());
    }

    #[test]
    fn a_damaged_pointer_is_reported() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("meta.json"), "{}").unwrap();
        let message = Generation::current(dir.path()).unwrap_err().to_string();
        assert!(message.contains("early version"), "{message}");
        std::fs::write(dir.path().join(POINTER), "x").unwrap();
        let message = Generation::current(dir.path()).unwrap_err().to_string();
        assert!(message.contains("is damaged"), "{message}");
    }
}
