//! The state of the index before a run: the commit that searches see, the commit that the run builds upon, and the
//! archives that the index knows.

use std::sync::Arc;

use super::options::{ChangeDetection, Options};
use crate::error::{Error, Result};
use crate::manifest::SCHEMA_VERSION;
use crate::manifest::commit_metadata::CommitMetadata;
use crate::manifest::files::Fingerprints;
use crate::query::engine::writing::{Commit, WritableIndex};

/// The state of the index before the run.
pub(super) struct PreviousState {
    /// The commit that searches see.
    pub(super) current: Option<Arc<dyn Commit>>,
    /// The commit that this run builds upon: the current one, or what a killed rebuild left.
    pub(super) base: Option<Arc<dyn Commit>>,
    /// The files of `base`.
    pub(super) fingerprints: Fingerprints,
    /// The generation that this run writes.
    pub(super) target: u32,
    /// Whether there is an index that cannot be opened.
    pub(super) is_lost: bool,
    /// Metadata of the current commit.
    pub(super) metadata: CommitMetadata,
    /// Whether `base` leaves it to this run to resolve which versions of items are current.
    pub(super) is_unresolved: bool,
}

impl PreviousState {
    pub(super) fn load(index: &dyn WritableIndex, options: &Options) -> Result<Self> {
        let is_rebuild = options.change_detection == ChangeDetection::Rebuild;
        let (current, metadata, is_lost) = match current(index) {
            Err(_) if is_rebuild => (None, CommitMetadata::default(), true),
            found => {
                let (current, metadata) = found?;
                (current, metadata, false)
            }
        };
        if metadata.schema > SCHEMA_VERSION {
            return Err(Error::Usage(format!(
                "the index in {} was written by a newer newsdex ({}); this one is {}",
                options.index.display(),
                metadata.program,
                env!("CARGO_PKG_VERSION")
            )));
        }
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
        if let Some(base) = &base {
            is_unresolved = base.metadata()?.unresolved;
            fingerprints = base.fingerprints()?;
        }
        Ok(Self { current, base, fingerprints, target, is_lost, metadata, is_unresolved })
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
fn current(index: &dyn WritableIndex) -> Result<(Option<Arc<dyn Commit>>, CommitMetadata)> {
    let current = index.current()?;
    let metadata = current.as_ref().map(|commit| commit.metadata()).transpose()?;
    Ok((current, metadata.unwrap_or_default()))
}

/// The commit of a generation that a killed run was building, if this program wrote it: this run goes on from there.
fn left_by_killed_run(index: &dyn WritableIndex, generation: u32) -> Option<Arc<dyn Commit>> {
    let left = index.newest_commit(generation).ok()??;
    left.metadata().ok()?.is_ours().then_some(left)
}
