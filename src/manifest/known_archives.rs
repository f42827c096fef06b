//! The second copy of what an index cannot make again from its archives: which they are, and the options of each, as the
//! commits say it ([`CommitMetadata`]). It stands beside the generations, sealed, so that an index whose generation is
//! damaged can be built again without it. Aliases and the history of runs stand there as well.

use std::io;
use std::path::{Path, PathBuf};

use super::SCHEMA_VERSION;
use super::commit_metadata::CommitMetadata;
use crate::atomic_file::sealed;
use crate::error::{Error, Result};

/// The file of the index in `dir`.
pub fn path(dir: &Path) -> PathBuf {
    dir.join("archives.json")
}

/// Whether there is one: an index that was completed once by this version has it.
pub fn exists(dir: &Path) -> bool {
    path(dir).exists()
}

/// What the second copy in `dir` says. Fails if it is missing or damaged.
pub fn read(dir: &Path) -> Result<CommitMetadata> {
    let path = path(dir);
    let read =
        || -> io::Result<CommitMetadata> { Ok(serde_json::from_slice(&sealed::read(&path)?)?) };
    read().map_err(|error| Error::unreadable(&path, error))
}

/// Fails if a newer version of the program wrote what `metadata` describes, the index in `dir`.
pub fn refuse_newer(dir: &Path, metadata: &CommitMetadata) -> Result<()> {
    if metadata.schema <= SCHEMA_VERSION {
        return Ok(());
    }
    Err(Error::NewerSchema { index: dir.to_path_buf(), program: metadata.program.clone() })
}

/// Fails if a newer version of the program wrote the index in `dir`, as far as its second copy shows.
pub fn refuse_newer_index(dir: &Path) -> Result<()> {
    read(dir).map_or(Ok(()), |metadata| refuse_newer(dir, &metadata))
}

/// Makes `metadata` the second copy in `dir`, if it is not.
pub fn keep(dir: &Path, metadata: &CommitMetadata) -> Result<()> {
    let metadata = CommitMetadata { unresolved: false, ..metadata.clone() };
    if read(dir).is_ok_and(|kept| kept == metadata) {
        return Ok(());
    }
    let path = path(dir);
    let text = serde_json::to_vec_pretty(&metadata).map_err(io::Error::from);
    text.and_then(|text| sealed::replace(&path, &text)).map_err(Error::io("write", &path))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::manifest::commit_metadata::{Archive, ArchiveOptions};

    #[test]
    fn what_is_kept_is_read_and_damage_is_named() {
        let dir = tempfile::tempdir().unwrap();
        assert!(
            read(dir.path())
                .unwrap_err()
                .to_string()
                .contains("archives.json is damaged: it is missing")
        );
        let archive = Archive {
            name: "news".to_owned(),
            folder: "/news".into(),
            device: None,
            selection: ArchiveOptions::default(),
        };
        let metadata = CommitMetadata::new(vec![archive]);
        keep(dir.path(), &CommitMetadata { unresolved: true, ..metadata.clone() }).unwrap();
        assert_eq!(read(dir.path()).unwrap(), metadata);
        let text = std::fs::read_to_string(path(dir.path())).unwrap();
        std::fs::write(path(dir.path()), text.replace("/news", "/mews")).unwrap();
        assert!(matches!(read(dir.path()), Err(Error::Damaged { .. })));
        keep(dir.path(), &metadata).unwrap();
        assert_eq!(read(dir.path()).unwrap(), metadata);
    }
}
