//! Checks an index against its checksums and its manifest, and repairs it from the archive.

use std::path::Path;
use std::sync::atomic::AtomicBool;

use super::options::{ChangeDetection, Options, Progress};
use super::{history, index};
use crate::engine;
use crate::error::Result;
use crate::manifest::findings::Findings;
use crate::manifest::journal::Kind;
use crate::manifest::known_archives;
use crate::query::engine::writing::{Batch, WritableIndex, WriterOptions};

/// Bytes that taking out what is wrong may use: little is written.
const MEMORY: usize = 64 << 20;
/// The schema since which an index keeps a second copy of its archives.
const KEEPS_ARCHIVES: u32 = 6;

/// What the index in `dir` holds, and what is wrong with it. Nothing is written.
pub fn check(dir: &Path) -> Result<Findings> {
    let index = engine::writable(dir);
    known_archives::refuse_newer_index(dir)?;
    let _lock = index.lock_to_read()?;
    let mut findings = index.examine()?;
    findings.damaged_beside = history::damaged(dir)?;
    if keeps_archives(&*index)? && known_archives::read(dir).is_err() {
        findings.damaged_beside.push(known_archives::path(dir));
    }
    Ok(findings)
}

/// Whether the index has, or should have, a second copy of its archives: one of an early version has none.
fn keeps_archives(index: &dyn WritableIndex) -> Result<bool> {
    if known_archives::exists(index.folder()) {
        return Ok(true);
    }
    match index.current() {
        Ok(Some(commit)) => Ok(commit.metadata()?.schema >= KEEPS_ARCHIVES),
        _ => Ok(false),
    }
}

/// Repairs what `findings` say is wrong: removes what belongs to no commit, reads again the files of the archive that are
/// wrong, takes out of the history what is damaged, and builds the index again if a file of the engine is. Returns what a
/// check finds then.
pub fn repair(
    options: &Options,
    findings: &Findings,
    progress: &dyn Progress,
    stop: &AtomicBool,
) -> Result<Findings> {
    let mut change_detection = ChangeDetection::Rebuild;
    if findings.damaged.is_empty() {
        change_detection = ChangeDetection::TimeStamps;
        let index = engine::writable(&options.index);
        let _lock = index.lock()?;
        history::mend(&options.index)?;
        index.remove_orphans(findings)?;
        forget(&*index, findings)?;
        if let Some(commit) = index.current()? {
            known_archives::keep(&options.index, &commit.metadata()?)?;
        }
    }
    if !findings.damaged.is_empty() || !findings.wrong.is_empty() {
        index(&Options { change_detection, ..options.clone() }, progress, stop)?;
    }
    check(&options.index)
}

/// Takes the files that are wrong out of the index: the next run finds them new. The journal gets their articles as they
/// were, so that only those that differ then count as changed.
fn forget(index: &dyn WritableIndex, findings: &Findings) -> Result<()> {
    if findings.wrong.is_empty() {
        return Ok(());
    }
    let Some(commit) = index.current()? else { return Ok(()) };
    let journal = Some(history::open_journal(index.folder())?);
    let options = WriterOptions { threads: 1, memory: MEMORY, journal, ..WriterOptions::default() };
    let writer = index.open_writer(commit.generation(), options)?;
    for wrong in &findings.wrong {
        let mut batch = Batch { is_unresolved: true, ..Batch::default() };
        batch.delete_file(&wrong.file);
        let versions = commit.versions_of_file(&wrong.file)?;
        for version in versions.iter().filter(|version| version.is_searched()) {
            batch.note_previous(Kind::Removed, commit.stored_article(version.handle)?);
        }
        writer.write(batch, 0)?;
    }
    writer.commit(&commit.metadata()?)?;
    writer.finish()
}
