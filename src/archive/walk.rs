//! Lists the files of an archive: a folder walk in a stable order that follows links inside the archive, but no cycles. No
//! file is opened.

use std::fs::Metadata;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use globset::GlobSet;

use super::regular_file;
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

/// What selects files of an archive: patterns of their path below it, and where links may lead.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Files must match one of these; an empty set matches all.
    pub include: GlobSet,
    /// Files must match none of these.
    pub exclude: GlobSet,
    /// Whether links that lead out of the archive are followed.
    pub follow_links_outside: bool,
}

impl Filter {
    fn admits(&self, below: &Path) -> bool {
        (self.include.is_empty() || self.include.is_match(below)) && !self.exclude.is_match(below)
    }
}

/// A file, or what the walk left out.
pub type WalkEntry = std::result::Result<FileRef, LeftOut>;

/// A path that the walk left out, with all below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// The path on disk.
    pub path: PathBuf,
    /// Why.
    pub why: WhyLeftOut,
}

/// Why the walk left a path out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WhyLeftOut {
    /// The operating system could not read it; its message.
    Unreadable(String),
    /// It is a link to this path outside of the archive.
    LinkOutside(PathBuf),
}

/// All files below `root` (or `root` itself, if it is a file), sorted by name, without hidden files and folders and
/// without links to a folder above. Their keys begin with `name`.
pub fn walk<'a>(root: &Path, name: &'a str, filter: &'a Filter) -> Result<Walk<'a>> {
    let is_file = about(root)?.is_file();
    let real_root = std::fs::canonicalize(root).map_err(Error::io("read", root))?;
    let entries = walkdir::WalkDir::new(root).follow_links(true).sort_by_file_name().into_iter();
    Ok(Walk { root: root.to_path_buf(), real_root, is_file, name, filter, entries })
}

/// The walk of an archive.
pub struct Walk<'a> {
    root: PathBuf,
    real_root: PathBuf,
    /// Whether the archive is one file, which no filter leaves out.
    is_file: bool,
    name: &'a str,
    filter: &'a Filter,
    entries: walkdir::IntoIter,
}

impl Iterator for Walk<'_> {
    type Item = WalkEntry;

    fn next(&mut self) -> Option<WalkEntry> {
        loop {
            let entry = match self.entries.next()? {
                Ok(entry) => entry,
                Err(error) => return Some(Err(unreadable(&self.root, &error))),
            };
            let link = self.link(&entry);
            if entry.depth() > 0 && (is_hidden(&entry) || link.is_some()) {
                if entry.file_type().is_dir() {
                    self.entries.skip_current_dir();
                }
                match link {
                    Some(Link::Outside(target)) if !is_hidden(&entry) && self.wants(&entry) => {
                        let why = WhyLeftOut::LinkOutside(target);
                        return Some(Err(LeftOut { path: entry.into_path(), why }));
                    }
                    _ => continue,
                }
            }
            if entry.file_type().is_file() && self.wants(&entry) {
                return Some(self.file(&entry));
            }
        }
    }
}

/// Where a link leads that is not followed.
enum Link {
    /// To the archive itself or to a folder above, whose files would be found twice.
    Up,
    /// Out of the archive.
    Outside(PathBuf),
}

impl Walk<'_> {
    /// The link that the entry is, if it is not to be followed.
    fn link(&self, entry: &walkdir::DirEntry) -> Option<Link> {
        if entry.depth() == 0 || !entry.path_is_symlink() {
            return None;
        }
        let target = std::fs::canonicalize(entry.path()).ok()?;
        if self.real_root.starts_with(&target) {
            Some(Link::Up)
        } else if target.starts_with(&self.real_root) || self.filter.follow_links_outside {
            None
        } else {
            Some(Link::Outside(target))
        }
    }

    /// Whether the filter admits a file; folders are always looked into.
    fn wants(&self, entry: &walkdir::DirEntry) -> bool {
        let below = || entry.path().strip_prefix(&self.root).unwrap_or(entry.path());
        self.is_file || entry.file_type().is_dir() || self.filter.admits(below())
    }

    fn file(&self, entry: &walkdir::DirEntry) -> WalkEntry {
        let about = entry.metadata().map_err(|error| unreadable(&self.root, &error))?;
        Ok(FileRef {
            path: entry.path().to_path_buf(),
            key: key_below(&self.root, self.name, entry.path()),
            size: about.len(),
            modified: last_change(&about),
        })
    }
}

/// The metadata of an archive, which is a folder or a file. To open anything else might take forever.
pub fn about(root: &Path) -> Result<Metadata> {
    let about = std::fs::metadata(root).map_err(Error::io("read", root))?;
    if about.is_file() || about.is_dir() {
        return Ok(about);
    }
    Err(Error::NoFile { path: root.to_path_buf(), what: regular_file::kind(&about) })
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

fn unreadable(root: &Path, error: &walkdir::Error) -> LeftOut {
    let path = error.path().unwrap_or(root).to_path_buf();
    let why = match error.loop_ancestor() {
        Some(up) => format!("the link leads back to {}", up.display()),
        None => error.io_error().map_or_else(|| error.to_string(), ToString::to_string),
    };
    LeftOut { path, why: WhyLeftOut::Unreadable(why) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn links_stay_inside() {
        use std::os::unix::fs::symlink;
        let folder = tempfile::tempdir().unwrap();
        let (archive, other) = (folder.path().join("archive"), folder.path().join("other"));
        for path in [&archive.join("a"), &other] {
            std::fs::create_dir_all(path).unwrap();
            std::fs::write(path.join("one.txt"), "The river rose.").unwrap();
        }
        symlink(&other, archive.join("folder")).unwrap();
        symlink(other.join("one.txt"), archive.join("file.txt")).unwrap();
        symlink(archive.join("a/one.txt"), archive.join("inside.txt")).unwrap();
        symlink(folder.path(), archive.join("up")).unwrap();
        let walked = |filter: &Filter| -> (Vec<String>, Vec<PathBuf>) {
            let (mut keys, mut left_out) = (Vec::new(), Vec::new());
            for found in walk(&archive, "n", filter).unwrap() {
                match found {
                    Ok(file) => keys.push(file.key),
                    Err(left) => left_out.push(left.path),
                }
            }
            (keys, left_out)
        };
        let inside = ["n/a/one.txt", "n/inside.txt"].map(str::to_owned).to_vec();
        let outside = ["file.txt", "folder"].map(|name| archive.join(name)).to_vec();
        assert_eq!(walked(&Filter::default()), (inside, outside));
        let all = ["n/a/one.txt", "n/file.txt", "n/folder/one.txt", "n/inside.txt"];
        let following = Filter { follow_links_outside: true, ..Filter::default() };
        assert_eq!(walked(&following), (all.map(str::to_owned).to_vec(), Vec::new()));
    }

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
