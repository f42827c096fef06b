//! What a run has to do: which files are new, changed, touched, the same or gone. Only looks; writes nothing.

use std::path::PathBuf;

use rustc_hash::FxHashSet;

use super::{Before, Options};
use crate::archive::walk::{FileRef, Filter, key_below, label, walk};
use crate::error::{Error, Result};
use crate::index::document;
use crate::index::manifest::{self, Known, Source};
use crate::report::{FileCounts, Reason, Skipped};
use crate::{extract, read};

/// Time stamps this close to the start of the last run (nanoseconds) are not trusted: a file may have been written
/// again within the same tick of a coarse clock (FAT has two seconds).
const TICK: i64 = 2_000_000_000;
/// Below this many files an archive may be emptied without asking.
const FEW: u64 = 10;

/// What became of a file since it was indexed.
#[derive(Clone, Copy, Debug)]
pub(super) enum Change {
    New,
    Changed,
    /// Another time stamp, the same content.
    Touched(Known),
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
    /// Files in the index before.
    known: u64,
}

impl Plan {
    /// Walks the archives and compares them with the index.
    pub(super) fn survey(
        archives: &[PathBuf],
        filter: &Filter,
        before: &Before,
        options: &Options,
    ) -> Result<Self> {
        let mut plan = Self { known: before.manifest.len() as u64, ..Self::default() };
        let mut seen = FxHashSet::default();
        let mut hidden = Vec::new();
        for root in archives {
            for found in walk(root, filter)? {
                match found {
                    Ok(file) => {
                        plan.count(&file, classify(&file, before, options));
                        if !before.manifest.is_empty() {
                            seen.insert(document::key(&file.key));
                        }
                    }
                    Err((path, why)) => {
                        hidden.push(key_below(root, &path));
                        plan.unreadable.push(Skipped::new(path, &Reason::Unreadable(why)));
                    }
                }
            }
        }
        plan.find_gone(archives, before, &seen, &hidden)?;
        Ok(plan)
    }

    fn count(&mut self, file: &FileRef, change: Change) {
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
    }

    /// Files of the walked archives that the index knows and the walk did not see. What lies where the walk could not
    /// look is not gone.
    fn find_gone(
        &mut self,
        archives: &[PathBuf],
        before: &Before,
        seen: &FxHashSet<u64>,
        hidden: &[String],
    ) -> Result<()> {
        let Some(snapshot) = &before.snapshot else { return Ok(()) };
        let labels: FxHashSet<String> = archives.iter().map(|root| label(root)).collect();
        manifest::each_source(snapshot, |key, _| {
            let archive = key.split('/').next().unwrap_or(key);
            let is_hidden =
                |folder: &String| key == folder || key.starts_with(&format!("{folder}/"));
            if labels.contains(archive)
                && !seen.contains(&document::key(key))
                && !hidden.iter().any(is_hidden)
            {
                self.gone.push(key.to_owned());
            }
        })
        .map_err(Error::index("read", snapshot.dir()))?;
        self.gone.sort();
        self.counts.gone = self.gone.len() as u64;
        Ok(())
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
        let gone = self.counts.gone;
        if options.allow_mass_delete || gone < FEW || gone * 2 <= self.known {
            return Ok(());
        }
        Err(Error::Usage(format!(
            "{gone} of the {} files in the index are gone from the archive; is a disk not mounted? \
             nothing was changed; if they were meant to go, add --allow-mass-delete",
            self.known
        )))
    }
}

/// Compares a file with what the index knows of it: by size and time, and by content where these do not settle it.
pub(super) fn classify(file: &FileRef, before: &Before, options: &Options) -> Change {
    let Some(known) = before.manifest.get(&file.key) else { return Change::New };
    if known.versions != versions() || known.size != file.size {
        return Change::Changed;
    }
    let modified = file.modified.map_or(0, manifest::nanoseconds);
    let trusted = modified != 0 && modified < before.stamp.started - TICK;
    let same_time = known.modified == modified;
    if same_time && trusted && !options.checksum {
        return Change::Same;
    }
    let hash = read::open(file).and_then(|mut opened| content_hash(&mut opened));
    match hash.map(|(hash, _)| hash) {
        Ok(hash) if hash == known.hash && same_time => Change::Same,
        Ok(hash) if hash == known.hash => Change::Touched(known),
        _ => Change::Changed,
    }
}

/// The hash of a file's content, and its length.
pub(super) fn content_hash(opened: &mut read::Opened) -> std::result::Result<(u64, u64), Reason> {
    let mut hash = manifest::ContentHash::default();
    let length = opened.feed(&mut |bytes| hash.update(bytes))?;
    Ok((hash.finish(), length))
}

/// What is known of `file` before it is read.
pub(super) fn source(file: &FileRef) -> Source {
    Source {
        size: file.size,
        modified: file.modified.map_or(0, manifest::nanoseconds),
        hash: 0,
        articles: 0,
        versions: versions(),
        skipped: None,
    }
}

/// The versions of this program's reader and extractor in one number.
fn versions() -> u64 {
    u64::from(read::VERSION) << 32 | u64::from(extract::VERSION)
}
