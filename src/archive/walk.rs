//! Lists the files of an archive: a folder walk in a stable order that follows links but no cycles. No file is opened.

use std::fs::Metadata;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use globset::GlobSet;

use crate::error::{Error, Result};

/// A file of an archive, with its metadata at the time of the walk.
#[derive(Clone, Debug)]
pub struct FileRef {
    /// Its path on disk.
    pub path: PathBuf,
    /// The key of the file in the index: the archive's name and the path below its folder, joined by `/`.
    pub key: String,
    /// Size in bytes.
    pub size: u64,
    /// Last change of its content or its metadata, including its name; `None` where the file system has none.
    pub modified: Option<SystemTime>,
}

/// Patterns that select files of an archive by their path below it.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Files must match one of these; an empty set matches all.
    pub include: GlobSet,
    /// Files must match none of these.
    pub exclude: GlobSet,
}

impl Filter {
    fn admits(&self, below: &Path) -> bool {
        (self.include.is_empty() || self.include.is_match(below)) && !self.exclude.is_match(below)
    }
}

/// A file, or a path that could not be read and why.
pub type WalkEntry = std::result::Result<FileRef, (PathBuf, String)>;

/// All files below `root` (or `root` itself, if it is a file), sorted by name, without hidden files and folders and
/// without links to a folder above. Their keys begin with `name`.
pub fn walk<'a>(
    root: &Path,
    name: &'a str,
    filter: &'a Filter,
) -> Result<impl Iterator<Item = WalkEntry> + 'a> {
    let root_meta = about(root)?;
    let root = root.to_path_buf();
    let is_file = root_meta.is_file();
    let real_root = std::fs::canonicalize(&root).map_err(Error::io("read", &root))?;
    Ok(walkdir::WalkDir::new(&root)
        .follow_links(true)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(move |e| e.depth() == 0 || !(is_hidden(e) || leads_up(e, &real_root)))
        .filter_map(move |entry| {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => return Some(Err(unreadable(&root, &error))),
            };
            if !entry.file_type().is_file() {
                return None;
            }
            if !is_file && !filter.admits(entry.path().strip_prefix(&root).unwrap_or(entry.path()))
            {
                return None;
            }
            let key = key_below(&root, name, entry.path());
            Some(match entry.metadata() {
                Ok(meta) => Ok(FileRef {
                    path: entry.path().to_path_buf(),
                    key,
                    size: meta.len(),
                    modified: last_change(&meta),
                }),
                Err(error) => Err(unreadable(&root, &error)),
            })
        }))
}

/// The metadata of an archive, which is a folder or a file. To open anything else might take forever.
pub fn about(root: &Path) -> Result<Metadata> {
    let about = std::fs::metadata(root).map_err(Error::io("read", root))?;
    if about.is_file() || about.is_dir() {
        return Ok(about);
    }
    Err(Error::NoFile { path: root.to_path_buf(), what: kind(&about) })
}

#[cfg(unix)]
fn kind(about: &Metadata) -> &'static str {
    use std::os::unix::fs::FileTypeExt;
    let kind = about.file_type();
    if kind.is_fifo() {
        "a named pipe"
    } else if kind.is_socket() {
        "a socket"
    } else {
        "a device"
    }
}

#[cfg(not(unix))]
fn kind(_: &Metadata) -> &'static str {
    "a device"
}

/// The later of modification time and status change time. A rename changes only the latter: without it, a file moved
/// over one of the same size and modification time would go unnoticed.
#[cfg(unix)]
fn last_change(meta: &Metadata) -> Option<SystemTime> {
    use std::os::unix::fs::MetadataExt;
    use std::time::Duration;
    let modified = meta.modified().ok()?;
    let seconds = u64::try_from(meta.ctime()).ok()?;
    let nanoseconds = u32::try_from(meta.ctime_nsec()).ok()?;
    Some(modified.max(SystemTime::UNIX_EPOCH + Duration::new(seconds, nanoseconds)))
}

#[cfg(not(unix))]
fn last_change(meta: &Metadata) -> Option<SystemTime> {
    meta.modified().ok()
}

fn is_hidden(entry: &walkdir::DirEntry) -> bool {
    entry.file_name().as_encoded_bytes().starts_with(b".")
}

/// Whether the entry is a link to the archive itself or to a folder above, whose files would be found twice.
fn leads_up(entry: &walkdir::DirEntry, real_root: &Path) -> bool {
    entry.path_is_symlink()
        && std::fs::canonicalize(entry.path()).is_ok_and(|target| real_root.starts_with(target))
}

/// The name of an archive unless it is given another one: that of its folder.
pub fn default_name(root: &Path) -> String {
    let name = |path: &Path| path.file_name().map(|n| n.to_string_lossy().into_owned());
    name(root)
        .or_else(|| std::path::absolute(root).ok().and_then(|path| name(&path)))
        .unwrap_or_else(|| "archive".to_owned())
}

/// The key of `path` in the archive `name`, whose folder is `root`, as in [`FileRef::key`].
pub fn key_below(root: &Path, name: &str, path: &Path) -> String {
    let below = path.strip_prefix(root).unwrap_or(path);
    if below.as_os_str().is_empty() {
        name.to_owned()
    } else {
        format!("{name}/{}", joined_by_slashes(below))
    }
}

fn joined_by_slashes(path: &Path) -> String {
    let mut key = String::with_capacity(path.as_os_str().len());
    for part in path {
        if !key.is_empty() {
            key.push('/');
        }
        match part.to_str() {
            Some(part) => key.push_str(part),
            None => push_bytes(part.as_encoded_bytes(), &mut key),
        }
    }
    key
}

/// Appends a name that is not UTF-8: each invalid byte becomes U+FFFD and two hexadecimal digits, so that different
/// names have different keys.
fn push_bytes(name: &[u8], key: &mut String) {
    for chunk in name.utf8_chunks() {
        key.push_str(chunk.valid());
        for byte in chunk.invalid() {
            key.push(char::REPLACEMENT_CHARACTER);
            key.extend(
                [byte >> 4, byte & 15]
                    .map(|digit| char::from(b"0123456789abcdef"[usize::from(digit)])),
            );
        }
    }
}

fn unreadable(root: &Path, error: &walkdir::Error) -> (PathBuf, String) {
    let path = error.path().unwrap_or(root).to_path_buf();
    let reason = match error.loop_ancestor() {
        Some(up) => format!("the link leads back to {}", up.display()),
        None => error.io_error().map_or_else(|| error.to_string(), ToString::to_string),
    };
    (path, reason)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn names_that_are_not_utf8_stay_apart() {
        use std::ffi::OsStr;
        use std::os::unix::ffi::OsStrExt;

        let key = |name: &[u8]| {
            key_below(Path::new("/a"), "a", &Path::new("/a/b").join(OsStr::from_bytes(name)))
        };
        assert_eq!(key("é.txt".as_bytes()), "a/b/é.txt");
        assert_eq!(key(b"\xe9t\xe9.txt"), "a/b/\u{fffd}e9t\u{fffd}e9.txt");
        assert_ne!(key(b"\xe9"), key(b"\xe8"));
    }
}
