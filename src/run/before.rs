//! What was there before a run: what searches see, what the run builds upon, and which archives the index knows.

use std::path::PathBuf;

use super::{Options, Trust};
use crate::archive::walk::label;
use crate::error::{Error, Result};
use crate::index::generation::{self, Generation};
use crate::index::manifest::Manifest;
use crate::index::schema;
use crate::index::snapshot::Snapshot;
use crate::index::writer::Stamp;

/// The state of the index before the run.
pub(super) struct Before {
    /// What searches see.
    pub(super) current: Option<Snapshot>,
    /// What this run builds upon: what searches see, or what a rebuild that died has left.
    pub(super) base: Option<Snapshot>,
    /// The files of `base`.
    pub(super) manifest: Manifest,
    /// The generation that this run writes.
    pub(super) target: Generation,
    archives: Vec<PathBuf>,
}

/// The archives of a run.
pub(super) struct Archives {
    /// Walked now.
    pub(super) walked: Vec<PathBuf>,
    /// These, and those that the index remembers from other runs.
    pub(super) known: Vec<PathBuf>,
}

impl Before {
    pub(super) fn load(options: &Options) -> Result<Self> {
        let dir = &options.index;
        let current = match Snapshot::current(dir) {
            Err(_) if options.trust == Trust::Nothing => None,
            current => current?,
        };
        let stamp = match &current {
            Some(snapshot) => snapshot.stamp().map_err(Error::index("read", dir))?,
            None => Stamp::default(),
        };
        if stamp.schema > schema::VERSION {
            return Err(Error::Usage(format!(
                "the index in {} was written by a newer newsdex ({}); this one is {}",
                dir.display(),
                stamp.program,
                env!("CARGO_PKG_VERSION")
            )));
        }
        let (target, base) = match Generation::current(dir) {
            Ok(None) => (Generation::first(dir), None),
            Ok(Some(now)) if options.trust == Trust::Nothing || stamp.schema != schema::VERSION => {
                let next = now.next();
                let left = left_by_a_dead_run(&next);
                (next, left)
            }
            Ok(Some(now)) => (now, current.clone()),
            Err(_) if options.trust == Trust::Nothing => (generation::behind_all(dir), None),
            Err(error) => return Err(error),
        };
        let manifest = base.as_ref().map_or_else(|| Ok(Manifest::default()), Manifest::load);
        let manifest = manifest.map_err(Error::index("read", dir))?;
        Ok(Self { current, base, manifest, target, archives: stamp.archives })
    }

    /// Is another generation built than the one that searches see?
    pub(super) fn is_rebuilt(&self) -> bool {
        self.current.as_ref().and_then(Snapshot::generation) != Some(&self.target)
    }

    /// Those that are kept while the run goes on.
    pub(super) fn generations(&self) -> Vec<&Generation> {
        let current = self.current.as_ref().and_then(Snapshot::generation);
        // What is left of a rebuild that cannot be gone on with is swept, too.
        current.into_iter().chain(self.base.as_ref().and_then(Snapshot::generation)).collect()
    }

    /// Which archives to walk. An archive is known by its folder's name: where it moved, the new place counts.
    pub(super) fn archives(&self, options: &Options) -> Result<Archives> {
        let given = absolute(&options.archives)?;
        let mut known = self.archives.clone();
        known.retain(|old| !given.iter().any(|new| label(new) == label(old)));
        known.extend(given.iter().cloned());
        known.sort();
        // What is built again is built of all that the index knows.
        let walked = if given.is_empty() || self.is_rebuilt() { known.clone() } else { given };
        if walked.is_empty() {
            return Err(nothing_given());
        }
        Ok(Archives { walked, known })
    }
}

/// Refuses what can be refused before anything is created.
pub(super) fn check_given(options: &Options) -> Result<()> {
    if options.archives.is_empty() && !Snapshot::exists(&options.index) {
        return Err(nothing_given());
    }
    for path in absolute(&options.archives)? {
        std::fs::metadata(&path).map_err(Error::io("read", &path))?;
    }
    Ok(())
}

fn nothing_given() -> Error {
    Error::Usage(
        "no archive is given, and the index remembers none; try: newsdex index ARCHIVE".into(),
    )
}

fn absolute(given: &[PathBuf]) -> Result<Vec<PathBuf>> {
    let mut paths: Vec<PathBuf> = Vec::new();
    for path in given {
        let path = std::path::absolute(path).map_err(Error::io("find", path))?;
        if paths.contains(&path) {
            continue;
        }
        if let Some(other) = paths.iter().find(|other| label(other) == label(&path)) {
            return Err(Error::Usage(format!(
                "two archives have the same name: {} and {}; index a folder that holds both",
                other.display(),
                path.display()
            )));
        }
        paths.push(path);
    }
    Ok(paths)
}

/// A generation that was being built when its run died: this one goes on there, if it is of the same making.
fn left_by_a_dead_run(generation: &Generation) -> Option<Snapshot> {
    if !generation.path().is_dir() {
        return None;
    }
    let left = Snapshot::of_generation(generation).ok()?;
    let stamp = left.stamp().ok()?;
    (stamp == Stamp::new(stamp.archives.clone())).then_some(left)
}
