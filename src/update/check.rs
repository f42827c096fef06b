//! Looks whether an index holds what it says, and mends it from the archive.

use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use super::{ChangeDetection, Options, Progress, history, index};
use crate::error::{Error, Result};
use crate::index::read::integrity::{Findings, examine};
use crate::index::read::snapshot::Snapshot;
use crate::index::read::stored_state;
use crate::index::storage::atomic_file;
use crate::index::storage::lock::Lock;
use crate::index::write::journal::Kind;
use crate::index::write::writer::{Batch, Writer};

/// Memory and threads for taking out what is wrong: little is written.
const MEMORY: usize = 64 << 20;

/// What is there, and what is wrong with it.
pub fn check(dir: &Path) -> Result<Findings> {
    let _lock = Lock::take(dir)?;
    examine(&Snapshot::open(dir)?)
}

/// Mends what `findings` say is wrong: removes what belongs to no commit, reads again the files of the archive that are
/// wrong, and builds the index again if a file of the engine is damaged. Gives what is there then.
pub fn repair(
    options: &Options,
    findings: &Findings,
    progress: &dyn Progress,
    stop: &AtomicBool,
) -> Result<Findings> {
    if findings.damaged.is_empty() {
        let lock = Lock::take(&options.index)?;
        remove(&findings.orphans)?;
        forget(options, findings)?;
        drop(lock);
    }
    let trust = if findings.damaged.is_empty() {
        ChangeDetection::TimeStamps
    } else {
        ChangeDetection::Rebuild
    };
    if !findings.damaged.is_empty() || !findings.wrong.is_empty() {
        index(&Options { trust, ..options.clone() }, progress, stop)?;
    }
    check(&options.index)
}

fn remove(orphans: &[PathBuf]) -> Result<()> {
    for path in orphans {
        let removed = if path.is_dir() {
            atomic_file::remove_folder(path)
        } else {
            atomic_file::remove_file(path)
        };
        removed.map_err(Error::io("remove", path))?;
    }
    Ok(())
}

/// Takes the files that are wrong out of the index: the next run finds them new. The journal has their articles as they
/// were, so that only what is other then counts as changed.
fn forget(options: &Options, findings: &Findings) -> Result<()> {
    if findings.wrong.is_empty() {
        return Ok(());
    }
    let snapshot = Snapshot::open(&options.index)?;
    let metadata = snapshot.commit_metadata().map_err(Error::index("read", &options.index))?;
    let Some(generation) = snapshot.generation() else { return Ok(()) };
    let journal = history::open_journal(&options.index)?;
    let writer = Writer::open(generation, 1, MEMORY)?.with_journal(journal);
    let read = |error| Error::index("read", &options.index)(error);
    for wrong in &findings.wrong {
        let mut batch = Batch::default();
        batch.take_out_file(&wrong.file);
        batch.unsettle();
        let held = stored_state::of_file(&snapshot, &wrong.file).map_err(read)?;
        for held in held.iter().filter(|held| held.is_found()) {
            batch.note_before(Kind::Removed, snapshot.record(held.address).map_err(read)?);
        }
        writer.write(batch, 0)?;
    }
    writer.commit(&metadata)?;
    writer.finish()
}
