//! Finds what is damaged in the history, and takes it out: it cannot be made again.

use std::path::{Path, PathBuf};

use super::files::{FOLDER, folder, numbered};
use super::run_list::RunList;
use super::{list_all, read_record};
use crate::atomic_file;
use crate::error::{Error, Result};

/// The files of the history that are missing, or not what was written.
pub(in crate::update) fn damaged(dir: &Path) -> Result<Vec<PathBuf>> {
    let folder = dir.join(FOLDER);
    match RunList::read(dir, &folder) {
        Ok(None) => Ok(Vec::new()),
        Ok(Some(list)) => Ok(list.damaged().iter().map(|name| folder.join(name)).collect()),
        Err(Error::HistoryDamaged { path, .. }) => Ok(vec![path]),
        Err(error) => Err(error),
    }
}

/// Takes what is damaged out of the history: it cannot be made again. The caller holds the lock of the index.
pub(in crate::update) fn mend(dir: &Path) -> Result<()> {
    if damaged(dir)?.is_empty() {
        return Ok(());
    }
    let folder = folder(dir)?;
    let mut list = match RunList::read(dir, &folder) {
        Ok(list) => list.unwrap_or_else(|| RunList::new(&folder)),
        Err(Error::HistoryDamaged { .. }) => {
            remove_unreadable(&folder)?;
            list_all(&folder)?
        }
        Err(error) => return Err(error),
    };
    for name in list.damaged() {
        remove_if_there(&folder.join(&name))?;
        list.remove(&name);
    }
    list.write()
}

/// Without the list, a record that does not parse is damaged for certain.
fn remove_unreadable(folder: &Path) -> Result<()> {
    let records = numbered(folder, "json")?.into_iter().map(|(_, path)| path);
    records.filter(|path| read_record(path).is_err()).try_for_each(|path| remove_if_there(&path))
}

fn remove_if_there(path: &Path) -> Result<()> {
    if path.exists() {
        atomic_file::remove_file(path).map_err(Error::io("remove", path))
    } else {
        Ok(())
    }
}
