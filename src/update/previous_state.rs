//! The state of the index before a run: the commit that searches see, the commit that the run builds upon, and the
//! archives that the index knows.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::options::{ChangeDetection, Options};
use crate::error::{Error, Result};
use crate::manifest::SCHEMA_VERSION;
use crate::manifest::commit_metadata::CommitMetadata;
use crate::manifest::files::{FileEntry, Fingerprints};
use crate::manifest::known_archives;
use crate::query::engine::writing::{Commit, WritableIndex};

/// The state of the index before the run.
pub(super) struct PreviousState {
    /// The commit that searches see.
    pub(super) current: Option<Arc<dyn Commit>>,
    /// The commit that this run builds upon: the current one, or what a killed rebuild left.
    pub(super) base: Option<Arc<dyn Commit>>,
    /// The files of `base`.
    pub(super) fingerprints: Fingerprints,
    /// Those of them that were damaged when they were read.
    pub(super) damaged: FxHashMap<String, FileEntry>,
    /// The generation that this run writes.
    pub(super) target: u32,
    /// Whether there is an index that is damaged, and is built again without it.
    pub(super) is_lost: bool,
    /// The commit that a rebuild replaces, be it damaged: what can be read of it.
    pub(super) replaced: Option<Arc<dyn Commit>>,
    /// Metadata of the current commit.
    pub(super) metadata: CommitMetadata,
    /// Whether `base` leaves it to this run to resolve which versions of items are current.
    pub(super) is_unresolved: bool,
}

impl PreviousState {
    pub(super) fn load(index: &dyn WritableIndex, options: &Options) -> Result<Self> {
        let is_rebuild = options.change_detection == ChangeDetection::Rebuild;
        let Found { current, damaged: lost, metadata, is_lost } = Found::load(index, is_rebuild)?;
        let (target, base) = match index.current_generation() {
            Ok(None) => (1, None),
            Ok(Some(now)) if is_rebuild || metadata.schema != SCHEMA_VERSION => {
                (now + 1, left_by_killed_run(index, now + 1))
            }
            Ok(Some(now)) => (now, current.clone()),
            Err(_) if is_rebuild => (index.unused_generation(), None),
            Err(error) => return Err(error),
        };
        let (mut is_unresolved, mut fingerprints) = (false, Fingerprints::default());
        let mut damaged = FxHashMap::default();
        if let Some(base) = &base {
            is_unresolved = base.metadata()?.unresolved;
            fingerprints = base.fingerprints()?;
            damaged = base.damaged_files()?.into_iter().collect();
        }
        let is_replaced = |commit: &Arc<dyn Commit>| commit.generation() != target;
        let replaced = current.clone().or(lost).filter(is_replaced);
        Ok(Self {
            current,
            base,
            fingerprints,
            damaged,
            target,
            is_lost,
            replaced,
            metadata,
            is_unresolved,
        })
    }

    /// Whether this run builds another generation than the one that searches see.
    pub(super) fn is_rebuilt(&self) -> bool {
        self.current.as_ref().map(|commit| commit.generation()) != Some(self.target)
    }

    /// Removes what killed runs left beside their commits, with a rebuild that this run cannot go on with.
    pub(super) fn sweep(&self, index: &dyn WritableIndex) -> Result<()> {
        let commits = self.current.iter().chain(&self.base);
        let mut kept: Vec<_> = commits.map(|commit| commit.generation()).collect();
        kept.dedup();
        index.sweep(&kept)
    }
}

/// The commit that searches see, and its metadata.
#[derive(Default)]
struct Found {
    current: Option<Arc<dyn Commit>>,
    /// The same if it is damaged.
    damaged: Option<Arc<dyn Commit>>,
    metadata: CommitMetadata,
    is_lost: bool,
}

impl Found {
    /// A rebuild needs nothing of a damaged generation: which archives there are is said by the second copy, too.
    fn load(index: &dyn WritableIndex, is_rebuild: bool) -> Result<Self> {
        match Self::open(index) {
            Err(error @ Error::NewerSchema { .. }) => Err(error),
            Err(_) if is_rebuild => {
                let metadata = known_archives::read(index.folder()).unwrap_or_default();
                Ok(Self { metadata, is_lost: true, ..Self::default() })
            }
            Ok(found) if found.is_damaged(is_rebuild) => {
                Ok(Self { current: None, damaged: found.current, is_lost: true, ..found })
            }
            found => found,
        }
    }

    fn open(index: &dyn WritableIndex) -> Result<Self> {
        let current = index.current()?;
        let metadata = current.as_ref().map(|commit| commit.metadata()).transpose()?;
        Ok(Self { current, metadata: metadata.unwrap_or_default(), ..Self::default() })
    }

    /// Whether the commit that is to be replaced is damaged.
    fn is_damaged(&self, is_rebuild: bool) -> bool {
        let is_replaced = is_rebuild || self.metadata.schema != SCHEMA_VERSION;
        is_replaced && self.current.as_ref().is_some_and(|commit| !commit.is_intact())
    }
}

/// The commit of a generation that a killed run was building, if this program wrote it and it is whole: this run goes on
/// from there.
fn left_by_killed_run(index: &dyn WritableIndex, generation: u32) -> Option<Arc<dyn Commit>> {
    let left = index.newest_commit(generation).ok()??;
    (left.metadata().ok()?.is_ours() && left.is_intact()).then_some(left)
}
