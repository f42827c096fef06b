//! What was there before a run: what searches see, what the run builds upon, and which archives the index knows.

use super::{ChangeDetection, Options};
use crate::error::{Error, Result};
use crate::index::read::integrity;
use crate::index::read::manifest::Manifest;
use crate::index::read::snapshot::Snapshot;
use crate::index::schema;
use crate::index::schema::commit_metadata::CommitMetadata;
use crate::index::storage::atomic_file;
use crate::index::storage::generation::{self, Generation};

/// The state of the index before the run.
pub(super) struct PreviousState {
    /// What searches see.
    pub(super) current: Option<Snapshot>,
    /// What this run builds upon: what searches see, or what a rebuild that died has left.
    pub(super) base: Option<Snapshot>,
    /// The files of `base`.
    pub(super) manifest: Manifest,
    /// The generation that this run writes.
    pub(super) target: Generation,
    /// Is there an index that cannot be opened?
    pub(super) is_lost: bool,
    /// What searches see says of itself.
    pub(super) metadata: CommitMetadata,
    /// Has `base` still to find out which versions of items count?
    pub(super) is_unsettled: bool,
}

impl PreviousState {
    pub(super) fn load(options: &Options) -> Result<Self> {
        let dir = &options.index;
        let (current, is_lost) = match Snapshot::current(dir) {
            Err(_) if options.trust == ChangeDetection::Rebuild => (None, true),
            current => (current?, false),
        };
        let metadata = match &current {
            Some(snapshot) => snapshot.commit_metadata().map_err(Error::index("read", dir))?,
            None => CommitMetadata::default(),
        };
        if metadata.schema > schema::VERSION {
            let index = dir.clone();
            return Err(Error::NewerSchema { index, program: metadata.program });
        }
        let (target, base) = match Generation::current(dir) {
            Ok(None) => (Generation::first(dir), None),
            Ok(Some(now))
                if options.trust == ChangeDetection::Rebuild
                    || metadata.schema != schema::VERSION =>
            {
                let next = now.next();
                let left = left_by_a_dead_run(&next);
                (next, left)
            }
            Ok(Some(now)) => (now, current.clone()),
            Err(_) if options.trust == ChangeDetection::Rebuild => {
                (generation::behind_all(dir), None)
            }
            Err(error) => return Err(error),
        };
        let said_by_base = base.as_ref().map(Snapshot::commit_metadata).transpose();
        let is_unsettled = said_by_base
            .map_err(Error::index("read", dir))?
            .is_some_and(|metadata| metadata.unsettled);
        let manifest = base.as_ref().map_or_else(|| Ok(Manifest::default()), Manifest::load);
        let manifest = manifest.map_err(Error::index("read", dir))?;
        Ok(Self { current, base, manifest, target, is_lost, metadata, is_unsettled })
    }

    /// Is another generation built than the one that searches see?
    pub(super) fn is_rebuilt(&self) -> bool {
        self.current.as_ref().and_then(Snapshot::generation) != Some(&self.target)
    }

    /// Those that are kept while the run goes on.
    fn generations(&self) -> Vec<&Generation> {
        let current = self.current.as_ref().and_then(Snapshot::generation);
        // What is left of a rebuild that cannot be gone on with is swept, too.
        current.into_iter().chain(self.base.as_ref().and_then(Snapshot::generation)).collect()
    }

    /// Removes what runs that were killed have left beside their commits.
    pub(super) fn sweep(&self) -> Result<()> {
        let dir = self.target.index();
        atomic_file::sweep(dir).map_err(Error::io("sweep", dir))?;
        generation::sweep(dir, &self.generations())?;
        self.current.iter().chain(&self.base).try_for_each(integrity::sweep)
    }
}

/// A generation that was being built when its run died: this one goes on there, if it is of the same making.
fn left_by_a_dead_run(generation: &Generation) -> Option<Snapshot> {
    if !generation.path().is_dir() {
        return None;
    }
    let left = Snapshot::of_generation(generation).ok()?;
    left.commit_metadata().ok()?.is_ours().then_some(left)
}
