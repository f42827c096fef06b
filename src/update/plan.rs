//! What a run has to do: which files are new, changed, touched, the same or gone. Nothing is written here.

use std::io::ErrorKind;
use std::path::Path;

use rayon::prelude::*;

use super::archives::SelectedArchive;
use super::context::RunContext;
use super::mass_delete;
use super::options::{ChangeDetection, Options};
use super::previous_state::PreviousState;
use crate::archive::walk::{FileRef, LeftOut, WalkEntry, WhyLeftOut, key_below, walk};
use crate::error::Result;
use crate::failpoint;
use crate::manifest::files::{ContentHash, FileEntry, FileFingerprint, FileState, nanoseconds};
use crate::read;
use crate::report::{FileCounts, PlannedFile, Reason, Skipped};

/// A file that was changed less than this (nanoseconds) before the run began, or since, is compared again in the next run:
/// it may be written again within the same tick of a coarse clock (FAT has two seconds).
const TICK: i64 = 2_000_000_000;
/// Files to be read that are remembered; if there are more, the archive is walked a second time instead.
const REMEMBERED: usize = 1 << 16;
/// Files that are compared by their content at once.
const COMPARED: usize = 1 << 10;

/// What became of a file since it was indexed.
#[derive(Clone, Debug)]
pub(super) enum Change {
    New,
    /// The entry of what it was.
    Changed(FileEntry),
    /// Another time stamp, the same content: its new entry.
    Touched(FileEntry),
    Same,
}

/// What a run has to do.
#[derive(Debug, Default)]
pub(super) struct Plan {
    pub(super) counts: FileCounts,
    /// To be read.
    pub(super) bytes: u64,
    /// Files that no longer exist.
    pub(super) gone: Vec<GoneFile>,
    /// Articles of files that are gone or changed, at most.
    pub(super) articles_at_risk: u64,
    /// Files that the walk found, by archive.
    pub(super) found: Vec<u64>,
    /// Files and folders that the walk could not read, and links that it did not follow.
    pub(super) unreadable: Vec<Skipped>,
    /// Files that are still as damaged as they were.
    pub(super) damaged: Vec<Skipped>,
    /// Number of the archive, file and change, in the order of the walk; `None` if that is too much to remember.
    work: Option<Vec<(usize, FileRef, Change)>>,
}

/// A file that no longer exists.
#[derive(Clone, Debug)]
pub(super) struct GoneFile {
    pub(super) key: String,
    /// Its last entry.
    pub(super) entry: FileEntry,
}

impl Plan {
    /// Walks the archives and compares them with the index.
    pub(super) fn survey(
        archives: &[SelectedArchive],
        previous: &PreviousState,
        context: &RunContext<'_>,
    ) -> Result<Self> {
        let found = vec![0; archives.len()];
        let mut plan = Self { work: Some(Vec::new()), found, ..Self::default() };
        let mut seen = Seen::new(previous.fingerprints.len());
        let (mut hidden, mut doubtful) = (Vec::new(), Vec::new());
        for (number, archive) in archives.iter().enumerate().filter(|(_, a)| !a.is_gone) {
            let found_before = plan.counts.found;
            for found in walk(&archive.folder, &archive.name, &archive.filter)? {
                failpoint::reached("walk");
                let file = match found {
                    Ok(file) => file,
                    Err(left) if has_vanished(&left.path) => continue,
                    Err(LeftOut { path, why }) => {
                        // Files behind a link that is not followed are gone; others may be there.
                        if matches!(why, WhyLeftOut::Unreadable(_)) {
                            hidden.push(key_below(&archive.folder, &archive.name, &path));
                        }
                        plan.unreadable.push(Skipped::new(path, &why.into()));
                        continue;
                    }
                };
                match glance(&file, archive, previous, context.options, &mut seen) {
                    Glance::New => plan.add(number, file, Change::New, previous),
                    Glance::Same => plan.add(number, file, Change::Same, previous),
                    Glance::Doubtful => doubtful.push(file),
                }
                if doubtful.len() == COMPARED {
                    plan.compare_contents((number, archive), &mut doubtful, previous, context)?;
                }
                if context.stopped() {
                    return Ok(plan);
                }
            }
            plan.compare_contents((number, archive), &mut doubtful, previous, context)?;
            plan.found[number] = plan.counts.found - found_before;
        }
        plan.find_gone(archives, previous, &seen, &hidden)?;
        Ok(plan)
    }

    /// Compares files with their entries by their content, on all cores.
    fn compare_contents(
        &mut self,
        (number, archive): (usize, &SelectedArchive),
        doubtful: &mut Vec<FileRef>,
        previous: &PreviousState,
        context: &RunContext<'_>,
    ) -> Result<()> {
        let files = std::mem::take(doubtful);
        let changes = context.pool.install(|| -> Result<Vec<_>> {
            let entries = stored_entries(&files, previous)?;
            let compare = |(file, entry)| content_change(file, archive, entry, context);
            Ok(files.par_iter().zip(entries).map(compare).collect())
        })?;
        for (change, file) in changes.into_iter().zip(files) {
            self.add(number, file, change, previous);
        }
        Ok(())
    }

    fn add(&mut self, archive: usize, file: FileRef, change: Change, previous: &PreviousState) {
        if matches!(change, Change::Same | Change::Touched(_)) {
            let damaged = previous.damaged.get(&file.key);
            self.damaged.extend(damaged.map(|entry| damaged_as_before(&file, entry)));
        }
        self.counts.found += 1;
        match &change {
            Change::New => self.counts.new += 1,
            Change::Changed(entry) => {
                self.counts.changed += 1;
                if mass_delete::is_at_risk(&file, entry) {
                    self.articles_at_risk += entry.articles;
                }
            }
            Change::Touched(_) => self.counts.touched += 1,
            Change::Same => self.counts.same += 1,
        }
        if matches!(change, Change::New | Change::Changed(_)) {
            self.bytes += file.size;
        }
        if matches!(change, Change::Same) {
            return;
        }
        if let Some(work) = self.work.as_mut().filter(|work| work.len() < REMEMBERED) {
            work.push((archive, file, change));
        } else {
            self.work = None;
        }
    }

    /// Calls `take` on all cores with every file that is not the same, and what became of it.
    pub(super) fn for_each(
        &self,
        archives: &[SelectedArchive],
        previous: &PreviousState,
        context: &RunContext<'_>,
        take: impl Fn(&SelectedArchive, &FileRef, Result<Change>) + Sync,
    ) -> Result<()> {
        if let Some(work) = &self.work {
            let take = |(archive, file, change): &(usize, FileRef, Change)| {
                take(&archives[*archive], file, Ok(change.clone()));
            };
            context.pool.install(|| work.iter().par_bridge().for_each(take));
            return Ok(());
        }
        let again = |archive: &SelectedArchive, found: WalkEntry| {
            let Ok(file) = found else { return };
            let change = match glance(&file, archive, previous, context.options, &mut Seen::new(0))
            {
                Glance::New => Ok(Change::New),
                Glance::Same => return,
                Glance::Doubtful => {
                    stored_entries(std::slice::from_ref(&file), previous).map(|mut entry| {
                        content_change(&file, archive, entry.pop().flatten(), context)
                    })
                }
            };
            take(archive, &file, change);
        };
        for archive in archives.iter().filter(|archive| !archive.is_gone) {
            let found = walk(&archive.folder, &archive.name, &archive.filter)?;
            context.pool.install(|| found.par_bridge().for_each(|found| again(archive, found)));
        }
        Ok(())
    }

    /// Finds the files of the walked archives that the index has and the walk did not see. Files in folders that the walk
    /// could not read are not gone.
    fn find_gone(
        &mut self,
        archives: &[SelectedArchive],
        previous: &PreviousState,
        seen: &Seen,
        hidden: &[String],
    ) -> Result<()> {
        if seen.is_full() {
            return Ok(());
        }
        let Some(base) = &previous.base else { return Ok(()) };
        base.for_each_file(&mut |key, entry| {
            if !archives.iter().any(|archive| archive.has(key)) {
                return;
            }
            let is_hidden =
                |folder: &String| key == folder || key.starts_with(&format!("{folder}/"));
            let is_seen = previous.fingerprints.find(key).is_some_and(|(at, _)| seen.has(at));
            if !is_seen && !hidden.iter().any(is_hidden) {
                self.articles_at_risk += entry.articles;
                self.gone.push(GoneFile { key: key.to_owned(), entry: entry.clone() });
            }
        })?;
        self.gone.sort_by(|a, b| a.key.cmp(&b.key));
        self.counts.gone = self.gone.len() as u64;
        Ok(())
    }

    /// The files to be read or deleted, as far as they are remembered.
    pub(super) fn listed(&self) -> Vec<PlannedFile> {
        let work = self.work.iter().flatten().filter_map(|(_, file, change)| {
            let change = match change {
                Change::New => "new",
                Change::Changed(_) => "changed",
                Change::Touched(_) | Change::Same => return None,
            };
            Some(PlannedFile { change, file: file.key.clone() })
        });
        let gone = self.gone.iter();
        let gone = gone.map(|gone| PlannedFile { change: "gone", file: gone.key.clone() });
        work.chain(gone).collect()
    }

    /// Files to be read.
    pub(super) fn files(&self) -> u64 {
        self.counts.new + self.counts.changed
    }

    /// Whether there is anything to write.
    pub(super) fn has_work(&self) -> bool {
        self.files() + self.counts.touched + self.counts.gone > 0
    }
}

/// What is said of a file that is as damaged as it was.
fn damaged_as_before(file: &FileRef, entry: &FileEntry) -> Skipped {
    let what = entry.skipped.as_deref().unwrap_or_default();
    Skipped::damaged(file.path.clone(), what, articles_of(entry.state))
}

/// What became of the articles of a damaged file.
pub(super) fn articles_of(state: FileState) -> &'static str {
    match state {
        FileState::Kept => "its articles are kept as of its last good version",
        FileState::Whole | FileState::Incomplete => "what could be read of it is indexed",
    }
}

/// The files of the index that the walk has seen.
struct Seen {
    bits: Vec<bool>,
    missing: usize,
}

impl Seen {
    fn new(entries: usize) -> Self {
        Self { bits: vec![false; entries], missing: entries }
    }

    fn mark(&mut self, at: usize) {
        if let Some(bit) = self.bits.get_mut(at).filter(|bit| !**bit) {
            *bit = true;
            self.missing -= 1;
        }
    }

    fn has(&self, at: usize) -> bool {
        self.bits.get(at).copied().unwrap_or(false)
    }

    fn is_full(&self) -> bool {
        self.missing == 0
    }
}

/// What size and time stamp of a file show.
enum Glance {
    New,
    Same,
    /// The content has to be compared.
    Doubtful,
}

fn glance(
    file: &FileRef,
    archive: &SelectedArchive,
    previous: &PreviousState,
    options: &Options,
    seen: &mut Seen,
) -> Glance {
    let Some((at, known)) = previous.fingerprints.find(&file.key) else { return Glance::New };
    seen.mark(at);
    let modified = file.modified.map_or(0, nanoseconds);
    let same = known == FileFingerprint::new(file.size, modified, archive.versions);
    let is_accepted = options.accept_damaged && previous.damaged.contains_key(&file.key);
    if same
        && modified != 0
        && !is_accepted
        && options.change_detection == ChangeDetection::TimeStamps
    {
        Glance::Same
    } else {
        Glance::Doubtful
    }
}

/// The entries that the index has of files, in this order.
fn stored_entries(files: &[FileRef], previous: &PreviousState) -> Result<Vec<Option<FileEntry>>> {
    let Some(base) = &previous.base else { return Ok(vec![None; files.len()]) };
    base.file_entries(&files.iter().map(|file| file.key.as_str()).collect::<Vec<_>>())
}

/// What the content of a file shows, compared with its entry in the index.
fn content_change(
    file: &FileRef,
    archive: &SelectedArchive,
    known: Option<FileEntry>,
    context: &RunContext<'_>,
) -> Change {
    let Some(known) = known else { return Change::New };
    if known.state == FileState::Kept && context.options.accept_damaged {
        return Change::Changed(known);
    }
    if known.versions != archive.versions || known.size != file.size {
        return Change::Changed(known);
    }
    let hash = read::open(file).and_then(|opened| content_hash(&opened, &|| context.stopped()));
    if !hash.is_ok_and(|(hash, _)| hash == known.hash) {
        return Change::Changed(known);
    }
    let modified = file_entry(file, archive.versions, context.started).modified;
    if modified == known.modified {
        Change::Same
    } else {
        Change::Touched(FileEntry { modified, ..known })
    }
}

/// The hash of a file's content, and its length.
pub(super) fn content_hash(
    opened: &read::Opened,
    has_stopped: &dyn Fn() -> bool,
) -> std::result::Result<(u64, u64), Reason> {
    let mut hash = ContentHash::default();
    let length = opened.feed(has_stopped, &mut |bytes| hash.update(bytes))?;
    Ok((hash.finish(), length))
}

/// The entry of a file before it is read with `versions`, in a run that began at `started` (nanoseconds since 1970).
pub(super) fn file_entry(file: &FileRef, versions: u64, started: i64) -> FileEntry {
    let modified = file.modified.map_or(0, nanoseconds);
    FileEntry {
        size: file.size,
        modified: if modified < started - TICK { modified } else { 0 },
        hash: 0,
        articles: 0,
        versions,
        state: FileState::Whole,
        skipped: None,
    }
}

/// Whether a file is gone that the walk saw a moment ago: that is no fault, and the next run finds it gone.
pub(super) fn has_vanished(path: &Path) -> bool {
    std::fs::symlink_metadata(path).is_err_and(|error| error.kind() == ErrorKind::NotFound)
}
