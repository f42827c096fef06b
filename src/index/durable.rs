//! Files that are there whole or not at all, also after a power cut.

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::moment::moment;

/// Puts `content` in the place of the file `path`: readers see the old content or the new one. One caller at a time a
/// path. When it returns, the change is on the disk.
pub fn replace(path: &Path, content: &[u8]) -> io::Result<()> {
    let fresh = beside(path);
    let mut file = File::create(&fresh)?;
    file.write_all(content)?;
    file.sync_all()?;
    moment("replace");
    std::fs::rename(&fresh, path)?;
    sync_folder(path.parent().unwrap_or(Path::new(".")))
}

/// Where the new content of `path` is written before it takes the old one's place.
fn beside(path: &Path) -> PathBuf {
    let mut name = std::ffi::OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    name.push(".new");
    path.with_file_name(name)
}

/// Makes creations, renames and removals in `folder` durable.
pub fn sync_folder(folder: &Path) -> io::Result<()> {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    if cfg!(windows) {
        // There a folder cannot be opened as a file, and renames are durable without it.
        return Ok(());
    }
    File::open(folder)?.sync_all()
}

/// Creates `folder` and those above it, durably.
pub fn create_folder(folder: &Path) -> io::Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    let above = folder.parent().filter(|above| !above.as_os_str().is_empty());
    if let Some(above) = above {
        create_folder(above)?;
    }
    match std::fs::create_dir(folder) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
        _ => {}
    }
    sync_folder(above.unwrap_or(Path::new(".")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_is_replaced_and_nothing_is_left_beside() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a/b/file");
        create_folder(path.parent().unwrap()).unwrap();
        replace(&path, b"old").unwrap();
        replace(&path, b"new").unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"new");
        assert_eq!(std::fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);
    }
}
