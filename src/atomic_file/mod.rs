//! Replaces, renames and removes files atomically and durably: after a power cut, too, a file has its old or its new
//! content. Small files can be sealed with a checksum of their own ([`sealed`]).

pub mod sealed;

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::failpoint::{self, FileOperation};

/// Replaces the file `path` by `content`: readers see the old content or the new one. Only one caller at a time may replace
/// a path. When it returns, the change is durable.
pub fn replace(path: &Path, content: &[u8]) -> io::Result<()> {
    let fresh = temporary(path);
    let mut file = failpoint::perform(FileOperation::Create(&fresh), || File::create(&fresh))?;
    failpoint::perform(FileOperation::Write(&fresh), || file.write_all(content))?;
    failpoint::perform(FileOperation::Sync(&fresh), || file.sync_all())?;
    failpoint::reached("replace");
    rename(&fresh, path)
}

/// Renames the file `from` to `to` in the same folder. When it returns, the change is durable.
pub fn rename(from: &Path, to: &Path) -> io::Result<()> {
    failpoint::perform(FileOperation::Rename(from, to), || std::fs::rename(from, to))?;
    failpoint::reached("renamed");
    sync_folder(to.parent().unwrap_or(Path::new(".")))
}

/// Removes a file. The removal is not durable: after a power cut the file may be back.
pub fn remove_file(path: &Path) -> io::Result<()> {
    failpoint::reached("remove");
    failpoint::perform(FileOperation::Remove(path), || std::fs::remove_file(path))
}

/// Removes a folder with its content. After a power cut some of it may be back.
pub fn remove_folder(path: &Path) -> io::Result<()> {
    for entry in std::fs::read_dir(path)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            remove_folder(&entry.path())?;
        } else {
            remove_file(&entry.path())?;
        }
    }
    failpoint::perform(FileOperation::Remove(path), || std::fs::remove_dir(path))
}

/// The file that the new content of `path` is written to first.
fn temporary(path: &Path) -> PathBuf {
    let mut name = std::ffi::OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    name.push(".new");
    path.with_file_name(name)
}

/// Removes from `folder` the files of a [`replace`] that was killed.
pub fn sweep(folder: &Path) -> io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        let name = name.as_encoded_bytes();
        if name.starts_with(b".") && name.ends_with(b".new") {
            remove_file(&entry.path())?;
        }
    }
    Ok(())
}

/// Makes the content of a file durable.
pub fn sync_file(path: &Path) -> io::Result<()> {
    failpoint::perform(FileOperation::Sync(path), || {
        File::options().append(true).open(path)?.sync_data()
    })
}

/// Makes creations, renames and removals in `folder` durable.
pub fn sync_folder(folder: &Path) -> io::Result<()> {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    if cfg!(windows) {
        // There a folder cannot be opened as a file, and renames are durable without it.
        return Ok(());
    }
    failpoint::perform(FileOperation::SyncFolder(folder), || File::open(folder)?.sync_all())
}

/// Creates `folder` and its missing parents, durably.
pub fn create_folder(folder: &Path) -> io::Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    let above = folder.parent().filter(|above| !above.as_os_str().is_empty());
    if let Some(above) = above {
        create_folder(above)?;
    }
    match failpoint::perform(FileOperation::Create(folder), || std::fs::create_dir(folder)) {
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
        std::fs::write(temporary(&path), "begun").unwrap();
        sweep(path.parent().unwrap()).unwrap();
        assert_eq!(std::fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);
    }
}
