//! What a run has to do: which files are new, changed, touched, the same or gone. Only looks; writes nothing.

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::Path;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::archives::SelectedArchive;
use super::previous_state::PreviousState;
use super::{ChangeDetection, Options, RunContext};
use crate::archive::walk::{FileRef, WalkEntry, key_below, walk};
use crate::error::{Error, Result};
use crate::failpoint;
use crate::index::read::manifest::{self, FileFingerprint, Source};
use crate::read;
use crate::report::{FileCounts, PlannedFile, Reason, Skipped};

/// A file that was changed so shortly before the run began (nanoseconds), or since, is looked at again in the next one:
/// it may be written again within the same tick of a coarse clock (FAT has two seconds).
const TICK: i64 = 2_000_000_000;
/// Below this many files an archive may be emptied without asking.
const FEW: u64 = 10;
/// So many files to be read are remembered; where there are more, the archive is walked a second time instead.
const REMEMBERED: usize = 1 << 16;
/// So many files are compared by their content at once.
const SETTLED: usize = 1 << 10;

/// What became of a file since it was indexed.
#[derive(Clone, Debug)]
pub(super) enum Change {
    New,
    Changed,
    /// Another time stamp, the same content: the manifest's new entry.
    Touched(Source),
    Same,
}

/// What a run has to do.
#[derive(Debug, Default)]
pub(super) struct Plan {
    pub(super) counts: FileCounts,
    /// To be read.
    pub(super) bytes: u64,
    /// Keys of files that are no longer there.
    pub(super) gone: Vec<String>,
    /// What the walk could not look at.
    pub(super) unreadable: Vec<Skipped>,
    /// What to do with which file of which archive, in the order of the walk; `None` if that is too much to remember.
    work: Option<Vec<(usize, FileRef, Change)>>,
    /// Files that the walk found, by archive.
    walked: FxHashMap<String, u64>,
    /// Is of an archive something else asked for than in the last run?
    narrowed: bool,
    /// Files by archive: how many the index knew, and how many of these are gone.
    by_archive: BTreeMap<String, (u64, u64)>,
}

impl Plan {
    /// Walks the archives and compares them with the index.
    pub(super) fn survey(
        archives: &[SelectedArchive],
        before: &PreviousState,
        watch: &RunContext<'_>,
    ) -> Result<Self> {
        let narrowed = archives.iter().any(SelectedArchive::is_changed);
        let mut plan = Self { work: Some(Vec::new()), narrowed, ..Self::default() };
        let mut seen = Seen::new(before.manifest.len());
        let (mut hidden, mut doubtful) = (Vec::new(), Vec::new());
        for (number, archive) in archives.iter().enumerate().filter(|(_, a)| !a.is_gone) {
            let before_it = plan.counts.found;
            for found in walk(&archive.folder, &archive.filter)? {
                failpoint::reached("walk");
                let file = match found {
                    Ok(file) => file,
                    Err((path, _)) if has_vanished(&path) => continue,
                    Err((path, why)) => {
                        hidden.push(key_below(&archive.folder, &path));
                        plan.unreadable.push(Skipped::new(path, &Reason::Unreadable(why)));
                        continue;
                    }
                };
                match fingerprint(&file, archive, before, watch.options, &mut seen) {
                    Glanced::New => plan.add(number, file, Change::New),
                    Glanced::Same => plan.add(number, file, Change::Same),
                    Glanced::Doubtful => doubtful.push(file),
                }
                if doubtful.len() == SETTLED {
                    plan.settle((number, archive), &mut doubtful, before, watch);
                }
                if watch.stopped() {
                    return Ok(plan);
                }
            }
            plan.settle((number, archive), &mut doubtful, before, watch);
            plan.walked.insert(archive.label.clone(), plan.counts.found - before_it);
        }
        plan.find_gone(archives, before, &seen, &hidden)?;
        if before.is_rebuilt() {
            plan.compare_with_current(before)?;
        }
        Ok(plan)
    }

    /// Compares files by their content, on all cores.
    fn settle(
        &mut self,
        (number, archive): (usize, &SelectedArchive),
        doubtful: &mut Vec<FileRef>,
        before: &PreviousState,
        watch: &RunContext<'_>,
    ) {
        let files = std::mem::take(doubtful);
        let settle = |file: FileRef| (settled(&file, archive, before, watch), file);
        let settled: Vec<_> = watch.pool.install(|| files.into_par_iter().map(settle).collect());
        for (change, file) in settled {
            self.add(number, file, change);
        }
    }

    fn add(&mut self, archive: usize, file: FileRef, change: Change) {
        self.counts.found += 1;
        match change {
            Change::New => self.counts.new += 1,
            Change::Changed => self.counts.changed += 1,
            Change::Touched(_) => self.counts.touched += 1,
            Change::Same => self.counts.same += 1,
        }
        if matches!(change, Change::New | Change::Changed) {
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
    pub(super) fn each(
        &self,
        archives: &[SelectedArchive],
        before: &PreviousState,
        watch: &RunContext<'_>,
        take: impl Fn(&SelectedArchive, &FileRef, &Change) + Sync,
    ) -> Result<()> {
        if let Some(work) = &self.work {
            let take = |(archive, file, change): &(usize, FileRef, Change)| {
                take(&archives[*archive], file, change);
            };
            watch.pool.install(|| work.iter().par_bridge().for_each(take));
            return Ok(());
        }
        let again = |archive: &SelectedArchive, found: WalkEntry| {
            let Ok(file) = found else { return };
            let change = match fingerprint(&file, archive, before, watch.options, &mut Seen::new(0))
            {
                Glanced::New => Change::New,
                Glanced::Same => return,
                Glanced::Doubtful => settled(&file, archive, before, watch),
            };
            take(archive, &file, &change);
        };
        for archive in archives.iter().filter(|archive| !archive.is_gone) {
            let found = walk(&archive.folder, &archive.filter)?;
            watch.pool.install(|| found.par_bridge().for_each(|found| again(archive, found)));
        }
        Ok(())
    }

    /// Files of the walked archives that the index knows and the walk did not see. What lies where the walk could not
    /// look is not gone.
    fn find_gone(
        &mut self,
        archives: &[SelectedArchive],
        before: &PreviousState,
        seen: &Seen,
        hidden: &[String],
    ) -> Result<()> {
        if seen.is_full() {
            return Ok(());
        }
        let Some(snapshot) = &before.base else { return Ok(()) };
        manifest::each_source(snapshot, |key, _| {
            let archive = key.split('/').next().unwrap_or(key);
            if !archives.iter().any(|chosen| chosen.label == archive) {
                return;
            }
            let counts = self.by_archive.entry(archive.to_owned()).or_default();
            counts.0 += 1;
            let is_hidden =
                |folder: &String| key == folder || key.starts_with(&format!("{folder}/"));
            let is_seen = before.manifest.find(key).is_some_and(|(at, _)| seen.has(at));
            if !is_seen && !hidden.iter().any(is_hidden) {
                counts.1 += 1;
                self.gone.push(key.to_owned());
            }
        })
        .map_err(Error::index("read", snapshot.dir()))?;
        self.gone.sort();
        self.counts.gone = self.gone.len() as u64;
        Ok(())
    }

    /// As to what is too much to vanish, an index that is built again is held against the one that is searched meanwhile.
    fn compare_with_current(&mut self, before: &PreviousState) -> Result<()> {
        let Some(current) = &before.current else { return Ok(()) };
        self.by_archive.clear();
        manifest::each_source(current, |key, _| {
            let archive = key.split('/').next().unwrap_or(key);
            self.by_archive.entry(archive.to_owned()).or_default().0 += 1;
        })
        .map_err(Error::index("read", current.dir()))?;
        for (archive, (known, gone)) in &mut self.by_archive {
            *gone = known.saturating_sub(self.walked.get(archive).copied().unwrap_or_default());
        }
        Ok(())
    }

    /// The files with which something is to be done, as far as they are remembered.
    pub(super) fn listed(&self) -> Vec<PlannedFile> {
        let work = self.work.iter().flatten().filter_map(|(_, file, change)| {
            let change = match change {
                Change::New => "new",
                Change::Changed => "changed",
                Change::Touched(_) | Change::Same => return None,
            };
            Some(PlannedFile { change, file: file.key.clone() })
        });
        let gone = self.gone.iter().map(|key| PlannedFile { change: "gone", file: key.clone() });
        work.chain(gone).collect()
    }

    /// Files to be read.
    pub(super) fn files(&self) -> u64 {
        self.counts.new + self.counts.changed
    }

    /// Is there anything to write?
    pub(super) fn has_work(&self) -> bool {
        self.files() + self.counts.touched + self.counts.gone > 0
    }

    /// An archive of which most is gone is more likely a disk that is not mounted.
    pub(super) fn refuse_mass_delete(&self, options: &Options) -> Result<()> {
        let emptied =
            |(_, (known, gone)): &(&String, &(u64, u64))| *gone >= FEW && gone * 2 > *known;
        let Some((archive, (known, gone))) = self.by_archive.iter().find(emptied) else {
            return Ok(());
        };
        if options.allow_mass_delete {
            return Ok(());
        }
        let (archive, is_narrowed) = (archive.clone(), self.narrowed);
        Err(Error::MassDelete { archive, gone: *gone, known: *known, is_narrowed })
    }
}

/// Which entries of the manifest the walk came upon.
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

/// What size and time tell.
enum Glanced {
    New,
    Same,
    Doubtful,
}

fn fingerprint(
    file: &FileRef,
    archive: &SelectedArchive,
    before: &PreviousState,
    options: &Options,
    seen: &mut Seen,
) -> Glanced {
    let Some((at, known)) = before.manifest.find(&file.key) else { return Glanced::New };
    seen.mark(at);
    let modified = file.modified.map_or(0, manifest::nanoseconds);
    let same = known == FileFingerprint::new(file.size, modified, archive.versions);
    if same && modified != 0 && options.trust == ChangeDetection::TimeStamps {
        Glanced::Same
    } else {
        Glanced::Doubtful
    }
}

/// What the content tells where size and time do not.
fn settled(
    file: &FileRef,
    archive: &SelectedArchive,
    before: &PreviousState,
    watch: &RunContext<'_>,
) -> Change {
    let base = before.base.as_ref();
    let known = base.and_then(|base| manifest::source(base, &file.key).ok().flatten());
    let Some(known) = known else { return Change::Changed };
    if known.versions != archive.versions || known.size != file.size {
        return Change::Changed;
    }
    let hash = read::open(file).and_then(|mut opened| content_hash(&mut opened));
    if !hash.is_ok_and(|(hash, _)| hash == known.hash) {
        return Change::Changed;
    }
    let modified = source(file, archive.versions, watch.started).modified;
    if modified == known.modified {
        Change::Same
    } else {
        Change::Touched(Source { modified, ..known })
    }
}

/// The hash of a file's content, and its length.
pub(super) fn content_hash(opened: &mut read::Opened) -> std::result::Result<(u64, u64), Reason> {
    let mut hash = manifest::ContentHash::default();
    let length = opened.feed(&mut |bytes| hash.update(bytes))?;
    Ok((hash.finish(), length))
}

/// What is known of `file` before it is read with `versions`, in a run that began at `started`.
pub(super) fn source(file: &FileRef, versions: u64, started: i64) -> Source {
    let modified = file.modified.map_or(0, manifest::nanoseconds);
    Source {
        size: file.size,
        modified: if modified < started - TICK { modified } else { 0 },
        hash: 0,
        articles: 0,
        versions,
        skipped: None,
    }
}

/// Is the file gone that the walk saw a moment ago? Then it is no fault; the next run finds it gone.
pub(super) fn has_vanished(path: &Path) -> bool {
    std::fs::symlink_metadata(path).is_err_and(|error| error.kind() == ErrorKind::NotFound)
}
