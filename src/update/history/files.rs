//! The folder of the history: names of its files, which of them there are, and which are to go.

use std::path::{Path, PathBuf};

use crate::atomic_file;
use crate::error::{Error, Result};

pub(super) const FOLDER: &str = "runs";
pub(super) const OPEN: &str = "open.changes";
/// Records kept: a year of nights.
pub(super) const RECORDS: usize = 366;
/// Journals kept: a month of nights.
pub(super) const JOURNALS: usize = 31;
/// Bytes of journals kept.
const JOURNAL_BYTES: u64 = 512 << 20;

pub(super) fn record_name(run: u32) -> String {
    format!("{run:06}.json")
}

pub(super) fn journal_name(run: u32) -> String {
    format!("{run:06}.changes")
}

pub(super) fn folder(dir: &Path) -> Result<PathBuf> {
    let folder = dir.join(FOLDER);
    atomic_file::create_folder(&folder).map_err(Error::io("create", &folder))?;
    Ok(folder)
}

pub(super) fn last_number(folder: &Path) -> Result<u32> {
    let last = |extension| Ok(numbered(folder, extension)?.last().map_or(0, |(run, _)| *run));
    Ok(last("json")?.max(last("changes")?))
}

/// Files named by a number, with that extension, by number.
pub(super) fn numbered(folder: &Path, extension: &str) -> Result<Vec<(u32, PathBuf)>> {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(Error::io("read", folder)(error)),
    };
    let number = |path: PathBuf| {
        let number = path.file_stem()?.to_str()?.parse().ok()?;
        (path.extension()? == extension).then_some((number, path))
    };
    let mut found: Vec<_> = entries.flatten().filter_map(|entry| number(entry.path())).collect();
    found.sort();
    Ok(found)
}

/// Records and journals beyond those that are kept: their names and paths.
pub(super) fn outdated(folder: &Path) -> Result<Vec<(String, PathBuf)>> {
    let records = numbered(folder, "json")?;
    let mut old: Vec<PathBuf> =
        records.into_iter().rev().skip(RECORDS).map(|(_, path)| path).collect();
    let mut bytes = 0;
    for (nth, (_, path)) in numbered(folder, "changes")?.into_iter().rev().enumerate() {
        bytes += std::fs::metadata(&path).map_or(0, |about| about.len());
        if nth >= JOURNALS || bytes > JOURNAL_BYTES {
            old.push(path);
        }
    }
    let named =
        |path: PathBuf| (path.file_name().unwrap_or_default().to_string_lossy().into_owned(), path);
    Ok(old.into_iter().map(named).collect())
}
