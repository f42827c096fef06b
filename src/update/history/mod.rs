//! The history of an index: a record of each run, and a journal of what it changed, in the folder `runs` of the index.
//!
//! `000012.json` is the record of run 12, `000012.changes` its journal; `open.changes` is the journal of the run that is
//! under way, or of one that was killed or failed: the next run appends to it, and changes of both count as its own.
//! `list.json` lists them with their checksums, and the run that began last ([`run_list`]): one that has no record
//! and is not under way was killed, and the next run writes its record.

mod files;
mod mending;
mod run_list;

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use self::files::{OPEN, folder, journal_name, last_number, numbered, outdated, record_name};
pub(super) use self::mending::{damaged, mend};
use self::run_list::RunList;
use crate::atomic_file;
use crate::engine;
use crate::error::{Error, Result};
use crate::manifest::journal::{self, Changes, Journal};
use crate::manifest::known_archives;
use crate::report::{ArticleCounts, FileCounts, Report, Stages};

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
    /// It ended without a word: the process was killed, or the power was cut.
    Killed,
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

impl Record {
    fn new(run: u32, began: &str, report: &Report, ending: RunOutcome) -> Self {
        let skipped = report.skipped_by_reason.iter();
        Self {
            run,
            began: began.to_owned(),
            seconds: report.seconds,
            stages: report.stages.clone(),
            ending,
            program: env!("CARGO_PKG_VERSION").to_owned(),
            rebuilt: report.rebuilt,
            not_compared: report.not_compared.clone(),
            files: report.files,
            articles: report.changes,
            bytes: report.bytes,
            skipped: skipped.map(|(kind, n)| ((*kind).to_owned(), *n)).collect(),
        }
    }

    /// Of a run that was killed: what it did is not known.
    fn killed(list: &RunList) -> Self {
        Self::new(list.run, &list.began, &Report::default(), RunOutcome::Killed)
    }
}

/// Notes that a run begins, and writes the record of one that was killed before it.
pub(super) fn begin(dir: &Path, began: jiff::Timestamp) -> Result<()> {
    let folder = folder(dir)?;
    atomic_file::sweep(&folder).map_err(Error::io("sweep", &folder))?;
    let mut list = RunList::read(dir, &folder)?.map_or_else(|| list_all(&folder), Ok)?;
    if !list.has_ended {
        let run = list.run;
        if !folder.join(record_name(run)).exists() {
            write_record(&folder, &Record::killed(&list))?;
        }
        list.add(&record_name(run))?;
        if folder.join(journal_name(run)).exists() {
            list.add(&journal_name(run))?;
        }
    }
    list.run = 1 + list.run.max(last_number(&folder)?);
    list.began = began.to_string();
    list.has_ended = false;
    list.write()
}

/// Opens the journal of the run that begins, or the one that a killed run left.
pub(super) fn open_journal(dir: &Path) -> Result<Journal> {
    let folder = folder(dir)?;
    if let Some(mut list) = RunList::read(dir, &folder)?
        && list.has(OPEN)
    {
        list.verify(OPEN)?;
        list.remove(OPEN);
        list.write()?;
    }
    let path = folder.join(OPEN);
    Journal::open(&path).map_err(Error::io("open", &path))
}

/// Writes the record of the run that began last, closes its journal, and removes the oldest records and journals.
pub(super) fn remember(dir: &Path, report: &Report, ending: RunOutcome) -> Result<()> {
    let folder = folder(dir)?;
    let mut list = RunList::read(dir, &folder)?.unwrap_or_else(|| RunList::new(&folder));
    let run = list.run;
    let has_ended = !matches!(ending, RunOutcome::Failed(_));
    let open = folder.join(OPEN);
    if has_ended && journal::is_blank(&open) {
        atomic_file::remove_file(&open).map_err(Error::io("remove", &open))?;
    } else if open.exists() {
        // A checksum of what the disk may yet lose would be wrong.
        atomic_file::sync_file(&open).map_err(Error::io("sync", &open))?;
        if has_ended {
            let closed = folder.join(journal_name(run));
            atomic_file::rename(&open, &closed).map_err(Error::io("rename", &open))?;
            list.add(&journal_name(run))?;
        } else {
            list.add(OPEN)?;
        }
    }
    write_record(&folder, &Record::new(run, &list.began, report, ending))?;
    list.add(&record_name(run))?;
    list.has_ended = true;
    let old = outdated(&folder)?;
    for (name, _) in &old {
        list.remove(name);
    }
    list.write()?;
    old.iter()
        .try_for_each(|(_, path)| atomic_file::remove_file(path).map_err(Error::io("remove", path)))
}

fn write_record(folder: &Path, record: &Record) -> Result<()> {
    let path = folder.join(record_name(record.run));
    serde_json::to_vec_pretty(record)
        .map_err(std::io::Error::from)
        .and_then(|text| atomic_file::replace(&path, &text))
        .map_err(Error::io("write", &path))
}

/// The records of all remembered runs, in order.
pub fn records(dir: &Path) -> Result<Vec<Record>> {
    known_archives::refuse_newer_index(dir)?;
    let folder = dir.join(files::FOLDER);
    let Some(mut list) = RunList::read(dir, &folder)? else {
        return numbered(&folder, "json")?.iter().map(|(_, path)| read_record(path)).collect();
    };
    let mut was_killed = false;
    if !list.has_ended && !engine::writable(dir).is_locked() {
        // It may have ended while its lock was tried.
        let run = list.run;
        list = RunList::read(dir, &folder)?.unwrap_or(list);
        was_killed = !list.has_ended && list.run == run;
    }
    let mut records = Vec::new();
    let is_record = |name: &&str| name.strip_suffix(".json").is_some();
    for name in list.names().filter(is_record) {
        list.verify(name)?;
        records.push(read_record(&folder.join(name))?);
    }
    let last = folder.join(record_name(list.run));
    if !list.has_ended && last.exists() {
        records.push(read_record(&last)?);
    } else if was_killed {
        records.push(Record::killed(&list));
    }
    records.sort_by_key(|record| record.run);
    Ok(records)
}

fn read_record(path: &Path) -> Result<Record> {
    let text = std::fs::read(path).map_err(|error| run_list::damaged(path, error))?;
    serde_json::from_slice(&text).map_err(|error| Error::HistoryDamaged {
        path: path.to_path_buf(),
        reason: error.to_string(),
    })
}

/// Numbers of the runs whose journals are kept, in order.
pub fn runs_with_changes(dir: &Path) -> Result<Vec<u32>> {
    known_archives::refuse_newer_index(dir)?;
    let folder = dir.join(files::FOLDER);
    let mut runs: Vec<u32> =
        numbered(&folder, "changes")?.into_iter().map(|(run, _)| run).collect();
    if let Some(list) = RunList::read(dir, &folder)? {
        // One that is missing is to be missed.
        runs.extend(
            list.names().filter_map(|name| name.strip_suffix(".changes")?.parse::<u32>().ok()),
        );
        runs.sort_unstable();
        runs.dedup();
    }
    Ok(runs)
}

/// What a run changed; run `None` is the one under way. Returns `None` if another version of the program wrote the journal.
pub fn changes(dir: &Path, run: Option<u32>) -> Result<Option<Changes>> {
    let name = run.map_or_else(|| OPEN.to_owned(), journal_name);
    let folder = dir.join(files::FOLDER);
    if let Some(list) = RunList::read(dir, &folder)? {
        list.verify(&name)?;
    }
    let path = folder.join(name);
    journal::read(&path).map_err(|error| run_list::damaged(&path, error))
}

/// A list of all records and journals that are in the folder, as they are.
fn list_all(folder: &Path) -> Result<RunList> {
    let mut list = RunList::new(folder);
    list.run = last_number(folder)?;
    for extension in ["json", "changes"] {
        for (_, path) in numbered(folder, extension)? {
            list.add(&path.file_name().unwrap_or_default().to_string_lossy())?;
        }
    }
    Ok(list)
}

#[cfg(test)]
mod tests {
    use super::files::{FOLDER, JOURNALS, RECORDS};
    use super::*;
    use crate::manifest::commit_metadata::CommitMetadata;
    use crate::manifest::journal::Change;

    const EPOCH: jiff::Timestamp = jiff::Timestamp::UNIX_EPOCH;

    #[test]
    fn runs_are_numbered_and_the_oldest_are_forgotten() {
        let dir = tempfile::tempdir().unwrap();
        assert!(records(dir.path()).unwrap().is_empty());
        for _ in 0..RECORDS + 3 {
            begin(dir.path(), EPOCH).unwrap();
            let mut journal = open_journal(dir.path()).unwrap();
            journal.note(Change::added("a/1.txt")).unwrap();
            journal.sync().unwrap();
            remember(dir.path(), &Report::default(), RunOutcome::Done).unwrap();
        }
        let numbers: Vec<_> = records(dir.path()).unwrap().iter().map(|r| r.run).collect();
        assert_eq!((numbers.len(), numbers[0], numbers[RECORDS - 1]), (RECORDS, 4, 369));
        let journals = runs_with_changes(dir.path()).unwrap();
        assert_eq!((journals.len(), journals.last()), (JOURNALS, Some(&369)));
        // A run that changed nothing is remembered, and leaves no journal.
        begin(dir.path(), EPOCH).unwrap();
        drop(open_journal(dir.path()).unwrap());
        remember(dir.path(), &Report::default(), RunOutcome::Done).unwrap();
        assert_eq!(records(dir.path()).unwrap().last().map(|record| record.run), Some(370));
        assert_eq!(runs_with_changes(dir.path()).unwrap().last(), Some(&369));
        assert!(!dir.path().join("runs/open.changes").exists());
    }

    #[test]
    fn a_failed_run_leaves_its_journal_open() {
        let dir = tempfile::tempdir().unwrap();
        begin(dir.path(), EPOCH).unwrap();
        drop(open_journal(dir.path()).unwrap());
        let failed = RunOutcome::Failed("no space".into());
        remember(dir.path(), &Report::default(), failed.clone()).unwrap();
        assert_eq!(records(dir.path()).unwrap()[0].ending, failed);
        assert!(runs_with_changes(dir.path()).unwrap().is_empty());
        assert!(dir.path().join("runs/open.changes").exists());
    }

    /// An index of runs that each added an article.
    fn three_runs() -> tempfile::TempDir {
        let dir = tempfile::tempdir().unwrap();
        for run in 1..=3 {
            begin(dir.path(), EPOCH).unwrap();
            let mut journal = open_journal(dir.path()).unwrap();
            journal.note(Change::added(&format!("a/{run}.txt"))).unwrap();
            journal.sync().unwrap();
            remember(dir.path(), &Report::default(), RunOutcome::Done).unwrap();
        }
        dir
    }

    #[test]
    fn a_run_that_was_killed_is_known_as_such() {
        let dir = three_runs();
        begin(dir.path(), EPOCH).unwrap();
        let endings = |dir: &Path| -> Vec<_> {
            records(dir).unwrap().into_iter().map(|record| (record.run, record.ending)).collect()
        };
        assert_eq!(endings(dir.path()).last(), Some(&(4, RunOutcome::Killed)));
        begin(dir.path(), EPOCH).unwrap();
        remember(dir.path(), &Report::default(), RunOutcome::Done).unwrap();
        assert_eq!(endings(dir.path())[3..], [(4, RunOutcome::Killed), (5, RunOutcome::Done)]);
        assert!(damaged(dir.path()).unwrap().is_empty());
    }

    #[test]
    fn what_is_missing_or_changed_is_named_and_taken_out() {
        for name in ["000001.json", "000003.json", "000002.changes", "000003.changes", "list.json"]
        {
            for is_lost in [true, false] {
                let dir = three_runs();
                known_archives::keep(dir.path(), &CommitMetadata::default()).unwrap();
                let path = dir.path().join(FOLDER).join(name);
                if is_lost {
                    std::fs::remove_file(&path).unwrap();
                } else {
                    let mut bytes = std::fs::read(&path).unwrap();
                    let middle = bytes.len() / 2;
                    bytes[middle] ^= 4;
                    std::fs::write(&path, bytes).unwrap();
                }
                assert_eq!(damaged(dir.path()).unwrap(), [path], "{name}, lost: {is_lost}");
                let read = records(dir.path()).map(drop).and_then(|()| {
                    let runs = runs_with_changes(dir.path())?;
                    runs.iter().try_for_each(|run| changes(dir.path(), Some(*run)).map(drop))
                });
                assert!(matches!(read, Err(Error::HistoryDamaged { .. })), "{name}: {read:?}");
                mend(dir.path()).unwrap();
                assert!(damaged(dir.path()).unwrap().is_empty(), "{name}, lost: {is_lost}");
                assert!(records(dir.path()).unwrap().len() >= 2);
                begin(dir.path(), EPOCH).unwrap();
            }
        }
    }
}
