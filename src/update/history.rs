//! The history of an index: a record of each run, and a journal of what it changed, in the folder `runs` of the index.
//!
//! `000012.json` is the record of run 12, `000012.changes` its journal; `open.changes` is the journal of the run that is
//! under way, or of one that was killed: the next run appends to it, and changes of both count as its own.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::atomic_file;
use crate::error::{Error, Result};
use crate::manifest::journal::{self, Changes, Journal};
use crate::report::{ArticleCounts, FileCounts, Report, Stages};

const FOLDER: &str = "runs";
const OPEN: &str = "open.changes";
/// Records kept: a year of nights.
const RECORDS: usize = 366;
/// Journals kept: a month of nights.
const JOURNALS: usize = 31;
/// Bytes of journals kept.
const JOURNAL_BYTES: u64 = 512 << 20;

/// How a run ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RunOutcome {
    /// It did all.
    Done,
    /// A signal stopped it; what was complete is committed.
    Interrupted,
    /// It failed, and why.
    Failed(String),
}

/// The record of a run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// Its number, from 1.
    pub run: u32,
    /// When it began, as RFC 3339.
    pub began: String,
    /// Wall time in seconds.
    pub seconds: f64,
    /// Wall time of each stage.
    pub stages: Stages,
    /// How it ended.
    pub ending: RunOutcome,
    /// Version of the program.
    pub program: String,
    /// Whether the index was built again.
    pub rebuilt: bool,
    /// Why it was not compared with the index before: then it is unknown what changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not_compared: Option<String>,
    /// Files by what became of them.
    pub files: FileCounts,
    /// Articles by what became of them.
    pub articles: ArticleCounts,
    /// Bytes of the files read.
    pub bytes: u64,
    /// How many files were skipped, by kind of reason.
    pub skipped: BTreeMap<String, u64>,
}

/// Opens the journal of the run that begins, or the one that a killed run left.
pub(super) fn open_journal(dir: &Path) -> Result<Journal> {
    let path = folder(dir)?.join(OPEN);
    Journal::open(&path).map_err(Error::io("open", &path))
}

/// Writes the record of a run, closes its journal, and removes the oldest records and journals.
pub(super) fn remember(
    dir: &Path,
    began: jiff::Timestamp,
    report: &Report,
    ending: RunOutcome,
) -> Result<()> {
    let folder = folder(dir)?;
    atomic_file::sweep(&folder).map_err(Error::io("sweep", &folder))?;
    let run = 1 + last_number(&folder)?;
    let has_ended = !matches!(ending, RunOutcome::Failed(_));
    let record = Record {
        run,
        began: began.to_string(),
        seconds: report.seconds,
        stages: report.stages.clone(),
        ending,
        program: env!("CARGO_PKG_VERSION").to_owned(),
        rebuilt: report.rebuilt,
        not_compared: report.not_compared.clone(),
        files: report.files,
        articles: report.changes,
        bytes: report.bytes,
        skipped: report
            .skipped_by_reason
            .iter()
            .map(|(kind, n)| ((*kind).to_owned(), *n))
            .collect(),
    };
    let open = folder.join(OPEN);
    if has_ended && journal::is_blank(&open) {
        atomic_file::remove_file(&open).map_err(Error::io("remove", &open))?;
    } else if has_ended && open.exists() {
        let closed = folder.join(journal_name(run));
        atomic_file::rename(&open, &closed).map_err(Error::io("rename", &open))?;
    }
    let path = folder.join(format!("{run:06}.json"));
    serde_json::to_vec_pretty(&record)
        .map_err(std::io::Error::from)
        .and_then(|text| atomic_file::replace(&path, &text))
        .map_err(Error::io("write", &path))?;
    forget(&folder)
}

/// The records of all remembered runs, in order.
pub fn records(dir: &Path) -> Result<Vec<Record>> {
    let folder = dir.join(FOLDER);
    let mut records = Vec::new();
    for (_, path) in numbered(&folder, "json")? {
        let text = std::fs::read(&path).map_err(Error::io("read", &path))?;
        let record = serde_json::from_slice(&text);
        records.push(record.map_err(|e| Error::HistoryDamaged { path, reason: e.to_string() })?);
    }
    Ok(records)
}

/// Numbers of the runs whose journals are kept, in order.
pub fn runs_with_changes(dir: &Path) -> Result<Vec<u32>> {
    Ok(numbered(&dir.join(FOLDER), "changes")?.into_iter().map(|(run, _)| run).collect())
}

/// What a run changed; run `None` is the one under way. Returns `None` if another version of the program wrote the journal.
pub fn changes(dir: &Path, run: Option<u32>) -> Result<Option<Changes>> {
    let name = run.map_or_else(|| OPEN.to_owned(), journal_name);
    let path = dir.join(FOLDER).join(name);
    journal::read(&path).map_err(Error::io("read", &path))
}

fn journal_name(run: u32) -> String {
    format!("{run:06}.changes")
}

fn folder(dir: &Path) -> Result<PathBuf> {
    let folder = dir.join(FOLDER);
    atomic_file::create_folder(&folder).map_err(Error::io("create", &folder))?;
    Ok(folder)
}

fn last_number(folder: &Path) -> Result<u32> {
    let last = |extension| Ok(numbered(folder, extension)?.last().map_or(0, |(run, _)| *run));
    Ok(last("json")?.max(last("changes")?))
}

/// Files named by a number, with that extension, by number.
fn numbered(folder: &Path, extension: &str) -> Result<Vec<(u32, PathBuf)>> {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(Error::io("read", folder)(error)),
    };
    let number = |path: PathBuf| {
        let number = path.file_stem()?.to_str()?.parse().ok()?;
        (path.extension()? == extension).then_some((number, path))
    };
    let mut found: Vec<_> = entries.flatten().filter_map(|entry| number(entry.path())).collect();
    found.sort();
    Ok(found)
}

fn forget(folder: &Path) -> Result<()> {
    let records = numbered(folder, "json")?;
    let mut old: Vec<PathBuf> =
        records.into_iter().rev().skip(RECORDS).map(|(_, path)| path).collect();
    let mut bytes = 0;
    for (nth, (_, path)) in numbered(folder, "changes")?.into_iter().rev().enumerate() {
        bytes += std::fs::metadata(&path).map_or(0, |about| about.len());
        if nth >= JOURNALS || bytes > JOURNAL_BYTES {
            old.push(path);
        }
    }
    for path in old {
        atomic_file::remove_file(&path).map_err(Error::io("remove", &path))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::manifest::journal::Change;

    #[test]
    fn runs_are_numbered_and_the_oldest_are_forgotten() {
        let dir = tempfile::tempdir().unwrap();
        assert!(records(dir.path()).unwrap().is_empty());
        for _ in 0..RECORDS + 3 {
            let mut journal = open_journal(dir.path()).unwrap();
            journal.note(Change::added("a/1.txt")).unwrap();
            journal.sync().unwrap();
            remember(dir.path(), jiff::Timestamp::UNIX_EPOCH, &Report::default(), RunOutcome::Done)
                .unwrap();
        }
        let numbers: Vec<_> = records(dir.path()).unwrap().iter().map(|r| r.run).collect();
        assert_eq!((numbers.len(), numbers[0], numbers[RECORDS - 1]), (RECORDS, 4, 369));
        let journals = runs_with_changes(dir.path()).unwrap();
        assert_eq!((journals.len(), journals.last()), (JOURNALS, Some(&369)));
        // A run that changed nothing is remembered, and leaves no journal.
        drop(open_journal(dir.path()).unwrap());
        remember(dir.path(), jiff::Timestamp::UNIX_EPOCH, &Report::default(), RunOutcome::Done)
            .unwrap();
        assert_eq!(records(dir.path()).unwrap().last().map(|record| record.run), Some(370));
        assert_eq!(runs_with_changes(dir.path()).unwrap().last(), Some(&369));
        assert!(!dir.path().join("runs/open.changes").exists());
    }

    #[test]
    fn a_failed_run_leaves_its_journal_open() {
        let dir = tempfile::tempdir().unwrap();
        drop(open_journal(dir.path()).unwrap());
        let failed = RunOutcome::Failed("no space".into());
        remember(dir.path(), jiff::Timestamp::UNIX_EPOCH, &Report::default(), failed.clone())
            .unwrap();
        assert_eq!(records(dir.path()).unwrap()[0].ending, failed);
        assert!(runs_with_changes(dir.path()).unwrap().is_empty());
        assert!(dir.path().join("runs/open.changes").exists());
    }
}
