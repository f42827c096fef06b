//! A simulated power cut, which loses what was not synced. POSIX does not say what becomes of unsynced operations, so
//! each of them is undone at random, or all are; of operations on the same file the later ones are lost first.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{LazyLock, Mutex, MutexGuard, PoisonError};

use super::file_operation::FileOperation;

static RECORD: LazyLock<Option<Mutex<Record>>> = LazyLock::new(|| {
    let text = std::env::var("NEWSDEX_POWER").ok()?;
    let (seed, kept) = text.split_once(':')?;
    let (seed, kept) = (seed.parse().ok()?, PathBuf::from(kept));
    Some(Mutex::new(Record { kept, seed, state: seed, ..Record::default() }))
});

fn record() -> Option<MutexGuard<'static, Record>> {
    RECORD.as_ref().map(|record| record.lock().unwrap_or_else(PoisonError::into_inner))
}

pub(super) fn perform<T, E>(
    operation: FileOperation<'_>,
    act: impl FnOnce() -> Result<T, E>,
) -> Result<T, E> {
    let Some(mut record) = record() else { return act() };
    let undoable = record.prepare(operation);
    let outcome = act();
    if outcome.is_ok() {
        record.add(undoable);
    }
    outcome
}

pub(super) fn record_failpoint(name: &str) {
    if let Some(mut record) = record() {
        record.failpoints.push(name.to_owned());
    }
}

/// Undoes what was not synced. The record stays locked, so that no file changes afterwards.
pub(super) fn cut() {
    if let Some(mut record) = record() {
        record.cut();
        std::mem::forget(record);
    }
}

/// The operations that were performed and not synced.
#[derive(Default)]
struct Record {
    /// Folder that keeps the files that were removed or replaced.
    kept: PathBuf,
    seed: u64,
    /// State of the random numbers.
    state: u64,
    /// Number of the last kept file.
    last_kept: u64,
    operations: Vec<Undoable>,
    /// Bytes that are on the disk, of each file with unsynced content.
    synced_lengths: BTreeMap<PathBuf, u64>,
    /// Names of the failpoints reached.
    failpoints: Vec<String>,
}

/// An operation with what undoes it.
#[derive(Clone)]
enum Undoable {
    Created(PathBuf),
    Renamed { from: PathBuf, to: PathBuf, replaced: Option<PathBuf> },
    Removed { path: PathBuf, file: Option<PathBuf> },
    Written { path: PathBuf, length: u64 },
    Synced(PathBuf),
    SyncedFolder(PathBuf),
}

impl Record {
    /// The operation as it is recorded; keeps the file that it replaces or removes.
    fn prepare(&mut self, operation: FileOperation<'_>) -> Undoable {
        match operation {
            FileOperation::Create(path) => Undoable::Created(absolute(path)),
            FileOperation::Write(path) => {
                let length = fs::metadata(path).map_or(0, |about| about.len());
                Undoable::Written { path: absolute(path), length }
            }
            FileOperation::Sync(path) => Undoable::Synced(absolute(path)),
            FileOperation::Rename(from, to) => Undoable::Renamed {
                from: absolute(from),
                to: absolute(to),
                replaced: self.keep(to),
            },
            FileOperation::Remove(path) => {
                Undoable::Removed { path: absolute(path), file: self.keep(path) }
            }
            FileOperation::SyncFolder(path) => Undoable::SyncedFolder(absolute(path)),
        }
    }

    /// Gives a file that is about to be lost a second name.
    fn keep(&mut self, path: &Path) -> Option<PathBuf> {
        self.last_kept += 1;
        let kept = self.kept.join(self.last_kept.to_string());
        fs::hard_link(path, &kept).ok().map(|()| kept)
    }

    fn add(&mut self, operation: Undoable) {
        match &operation {
            Undoable::Created(path) => drop(self.synced_lengths.insert(path.clone(), 0)),
            Undoable::Written { path, length } => {
                self.synced_lengths.entry(path.clone()).or_insert(*length);
                return;
            }
            Undoable::Synced(path) => {
                self.synced_lengths.remove(path);
                return;
            }
            Undoable::Renamed { from, to, .. } => {
                self.synced_lengths.remove(to);
                if let Some(length) = self.synced_lengths.remove(from) {
                    self.synced_lengths.insert(to.clone(), length);
                }
            }
            Undoable::Removed { path, .. } => drop(self.synced_lengths.remove(path)),
            Undoable::SyncedFolder(folder) => {
                self.operations.retain(|earlier| earlier.folder() != Some(folder.as_path()));
                return;
            }
        }
        self.operations.push(operation);
    }

    fn cut(&mut self) {
        let _ = fs::write(self.kept.join("passed"), self.failpoints.join("\n"));
        let mut durable: BTreeSet<PathBuf> = BTreeSet::new();
        for operation in std::mem::take(&mut self.operations).into_iter().rev() {
            let paths = operation.paths();
            let must_last = paths.iter().any(|path| path.ancestors().any(|p| durable.contains(p)));
            if must_last || !self.is_lost() {
                durable.extend(paths);
            } else {
                operation.undo();
            }
        }
        for (path, length) in std::mem::take(&mut self.synced_lengths) {
            let _ = self.lose_content(&path, length);
        }
    }

    /// Loses some or all of what was written behind the first `length` bytes, or replaces it with zeros.
    fn lose_content(&mut self, path: &Path, length: u64) -> std::io::Result<()> {
        if !path.is_file() {
            return Ok(());
        }
        let mut file = File::options().write(true).open(path)?;
        let unsynced = file.metadata()?.len().saturating_sub(length);
        let left = if self.is_lost() { 0 } else { self.random_below(unsynced + 1) };
        file.set_len(length + left)?;
        if self.is_lost() {
            file.seek(SeekFrom::Start(length + left / 2))?;
            file.write_all(&vec![0; (left - left / 2) as usize])?;
        }
        Ok(())
    }

    /// Whether the next operation is lost, at random. With every fourth seed all are.
    fn is_lost(&mut self) -> bool {
        self.seed.is_multiple_of(4) || self.random_below(2) == 0
    }

    /// A random number below `bound` (`SplitMix64`).
    fn random_below(&mut self, bound: u64) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % bound
    }
}

impl Undoable {
    /// The paths that it creates or removes.
    fn paths(&self) -> Vec<PathBuf> {
        match self {
            Self::Created(path) | Self::Removed { path, .. } => vec![path.clone()],
            Self::Renamed { from, to, .. } => vec![from.clone(), to.clone()],
            Self::Written { .. } | Self::Synced(_) | Self::SyncedFolder(_) => Vec::new(),
        }
    }

    fn folder(&self) -> Option<&Path> {
        match self {
            Self::Created(path) | Self::Removed { path, .. } | Self::Renamed { to: path, .. } => {
                path.parent()
            }
            Self::Written { .. } | Self::Synced(_) | Self::SyncedFolder(_) => None,
        }
    }

    /// Undoes the operation, as far as it can be undone.
    fn undo(self) {
        let _ = match self {
            Self::Created(path) if path.is_dir() => fs::remove_dir_all(path),
            Self::Created(path) => fs::remove_file(path),
            Self::Renamed { from, to, replaced } => {
                fs::rename(&to, from).and_then(|()| match replaced {
                    Some(kept) => fs::rename(kept, to),
                    None => Ok(()),
                })
            }
            Self::Removed { path, file: Some(kept) } => fs::rename(kept, path),
            Self::Removed { path, file: None } => fs::create_dir(path),
            Self::Written { .. } | Self::Synced(_) | Self::SyncedFolder(_) => Ok(()),
        };
    }
}

fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf())
}
