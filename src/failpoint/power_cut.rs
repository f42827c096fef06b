//! A power cut: what files lose that were not synced. As POSIX leaves it open what becomes of them, each unsynced step
//! is undone or not by chance, or all are; only of steps on the same file the later ones are lost first.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{LazyLock, Mutex, MutexGuard, PoisonError};

use super::Step;

static RECORD: LazyLock<Option<Mutex<Record>>> = LazyLock::new(|| {
    let text = std::env::var("NEWSDEX_POWER").ok()?;
    let (seed, kept) = text.split_once(':')?;
    let (seed, kept) = (seed.parse().ok()?, PathBuf::from(kept));
    Some(Mutex::new(Record { kept, seed, state: seed, ..Record::default() }))
});

fn record() -> Option<MutexGuard<'static, Record>> {
    RECORD.as_ref().map(|record| record.lock().unwrap_or_else(PoisonError::into_inner))
}

pub(super) fn step<T, E>(step: Step<'_>, act: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
    let Some(mut record) = record() else { return act() };
    let before = record.before(step);
    let outcome = act();
    if outcome.is_ok() {
        record.after(before);
    }
    outcome
}

pub(super) fn pass(moment: &str) {
    if let Some(mut record) = record() {
        record.passed.push(moment.to_owned());
    }
}

/// Undoes what was not synced. Nothing changes a file after that: the record stays locked.
pub(super) fn cut() {
    if let Some(mut record) = record() {
        record.cut();
        std::mem::forget(record);
    }
}

/// What was done and not synced.
#[derive(Default)]
struct Record {
    /// Folder in which files are kept that were removed or replaced.
    kept: PathBuf,
    seed: u64,
    state: u64,
    number: u64,
    steps: Vec<Done>,
    /// Of files with unsynced content: how much of them is on the disk.
    lengths: BTreeMap<PathBuf, u64>,
    /// Names of the moments that the program came to.
    passed: Vec<String>,
}

/// A step that its folder's sync has not made durable.
#[derive(Clone)]
enum Done {
    Created(PathBuf),
    Renamed { from: PathBuf, to: PathBuf, replaced: Option<PathBuf> },
    Removed { path: PathBuf, file: Option<PathBuf> },
    Written { path: PathBuf, length: u64 },
    Synced(PathBuf),
    SyncedFolder(PathBuf),
}

impl Record {
    fn before(&mut self, step: Step<'_>) -> Done {
        match step {
            Step::Create(path) => Done::Created(whole(path)),
            Step::Write(path) => {
                let length = fs::metadata(path).map_or(0, |about| about.len());
                Done::Written { path: whole(path), length }
            }
            Step::Sync(path) => Done::Synced(whole(path)),
            Step::Rename(from, to) => {
                Done::Renamed { from: whole(from), to: whole(to), replaced: self.keep(to) }
            }
            Step::Remove(path) => Done::Removed { path: whole(path), file: self.keep(path) },
            Step::SyncFolder(path) => Done::SyncedFolder(whole(path)),
        }
    }

    /// Keeps a file that is to go, by a second name.
    fn keep(&mut self, path: &Path) -> Option<PathBuf> {
        self.number += 1;
        let kept = self.kept.join(self.number.to_string());
        fs::hard_link(path, &kept).ok().map(|()| kept)
    }

    fn after(&mut self, done: Done) {
        match &done {
            Done::Created(path) => drop(self.lengths.insert(path.clone(), 0)),
            Done::Written { path, length } => {
                self.lengths.entry(path.clone()).or_insert(*length);
                return;
            }
            Done::Synced(path) => {
                self.lengths.remove(path);
                return;
            }
            Done::Renamed { from, to, .. } => {
                self.lengths.remove(to);
                if let Some(length) = self.lengths.remove(from) {
                    self.lengths.insert(to.clone(), length);
                }
            }
            Done::Removed { path, .. } => drop(self.lengths.remove(path)),
            Done::SyncedFolder(folder) => {
                self.steps.retain(|step| step.folder() != Some(folder.as_path()));
                return;
            }
        }
        self.steps.push(done);
    }

    fn cut(&mut self) {
        let _ = fs::write(self.kept.join("passed"), self.passed.join("\n"));
        let mut lasting: BTreeSet<PathBuf> = BTreeSet::new();
        for step in std::mem::take(&mut self.steps).into_iter().rev() {
            let names = step.names();
            let must_last = names.iter().any(|name| name.ancestors().any(|n| lasting.contains(n)));
            if must_last || !self.is_lost() {
                lasting.extend(names);
            } else {
                step.undo();
            }
        }
        for (path, length) in std::mem::take(&mut self.lengths) {
            let _ = self.lose_content(&path, length);
        }
    }

    /// What was written behind `length` is lost, or a part of it, or it is zeros.
    fn lose_content(&mut self, path: &Path, length: u64) -> std::io::Result<()> {
        if !path.is_file() {
            return Ok(());
        }
        let mut file = File::options().write(true).open(path)?;
        let unsynced = file.metadata()?.len().saturating_sub(length);
        let lasts = if self.is_lost() { 0 } else { self.roll(unsynced + 1) };
        file.set_len(length + lasts)?;
        if self.is_lost() {
            file.seek(SeekFrom::Start(length + lasts / 2))?;
            file.write_all(&vec![0; (lasts - lasts / 2) as usize])?;
        }
        Ok(())
    }

    /// Is a step lost? With every fourth seed all are.
    fn is_lost(&mut self) -> bool {
        self.seed.is_multiple_of(4) || self.roll(2) == 0
    }

    /// A number below `sides`: `SplitMix64`.
    fn roll(&mut self, sides: u64) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % sides
    }
}

impl Done {
    /// The names that it gives or takes away.
    fn names(&self) -> Vec<PathBuf> {
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

    /// What cannot be undone stays as it is.
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

fn whole(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf())
}
