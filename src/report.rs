//! The report of a run: counts, times, and every skipped file with its reason. Plain data, which the faces display.

mod reason;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Instant;

use serde::{Deserialize, Serialize, Serializer};

pub use reason::{DAMAGED, LostRecords, Reason};

/// A file or folder that gave no article, or not all of its articles.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Skipped {
    /// Its path.
    #[serde(serialize_with = "as_text")]
    pub path: PathBuf,
    /// [`Reason::kind`].
    pub reason: &'static str,
    /// The reason with its message.
    pub detail: String,
    /// [`Reason::is_fault`].
    pub is_fault: bool,
    /// [`Reason::is_partial`].
    pub is_partial: bool,
}

impl Skipped {
    /// The entry of `path`, which was skipped for `reason`.
    pub fn new(path: PathBuf, reason: &Reason) -> Self {
        let (is_fault, is_partial) = (reason.is_fault(), reason.is_partial());
        Self { path, reason: reason.kind(), detail: reason.to_string(), is_fault, is_partial }
    }

    /// The entry of a damaged file: what is wrong with it, and what became of its articles.
    pub fn damaged(path: PathBuf, what: &str, articles: &str) -> Self {
        let detail = format!("{what}; {articles}");
        Self { path, reason: DAMAGED, detail, is_fault: true, is_partial: true }
    }
}

/// A date of publication before 1600 or in the future, which is ignored: the article counts as undated.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct RefusedDate {
    /// The article's id.
    pub article: String,
    /// The day as read.
    pub date: String,
}

/// Files of a run by what changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileCounts {
    /// Found by the walk.
    pub found: u64,
    /// Not in the index before.
    pub new: u64,
    /// Read again because their content, or the version of reader or extractors, changed.
    pub changed: u64,
    /// Only their time stamp changed.
    pub touched: u64,
    /// Unchanged.
    pub same: u64,
    /// In the index, and no longer in the archive.
    pub gone: u64,
}

/// Articles of a run by what changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArticleCounts {
    /// Not in the index before.
    pub added: u64,
    /// Their text or metadata changed.
    pub changed: u64,
    /// Unchanged, in a file that was read again.
    pub same: u64,
    /// In the index before, and no longer in the archive.
    pub removed: u64,
}

/// Wall time of the stages of a run in seconds, in the order of the run.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Stages {
    /// Opening the index and reading its manifest.
    pub load: f64,
    /// Walking the archives, and comparing content where size and time stamp do not decide.
    pub walk: f64,
    /// Reading, extraction, and passing documents to the index.
    pub read: f64,
    /// Commits, including those while reading.
    pub commit: f64,
    /// Resolving versions of items.
    #[serde(default)]
    pub settle: f64,
    /// Waiting for segment merges.
    pub merge: f64,
}

impl Stages {
    /// Calls `work`, adds its wall time to `stage`, and returns its result.
    pub fn time<T>(stage: &mut f64, work: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let result = work();
        *stage += start.elapsed().as_secs_f64();
        result
    }
}

/// An archive that a run walked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct WalkedArchive {
    /// Its folder.
    #[serde(serialize_with = "as_text")]
    pub folder: PathBuf,
    /// Its name, with which the ids of its articles begin.
    pub name: String,
    /// The options that select its files and say how they are read, as words of the command line.
    pub options: Vec<String>,
    /// The options of the previous run, if they differ.
    pub instead_of: Option<Vec<String>>,
}

/// A file that a dry run would read or remove.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PlannedFile {
    /// `new`, `changed` or `gone`.
    pub change: &'static str,
    /// The key of the file.
    pub file: String,
}

/// The report of a run.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Report {
    /// The archives walked.
    pub archives: Vec<WalkedArchive>,
    /// The index folder.
    #[serde(serialize_with = "as_text")]
    pub index: PathBuf,
    /// Why the run failed; the rest of the report covers what was done before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failure: Option<String>,
    /// Only planned, nothing written.
    pub dry_run: bool,
    /// The files that a dry run would read or remove; empty if they are too many to list.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub plan: Vec<PlannedFile>,
    /// The index was rebuilt from all files, in a new generation.
    pub rebuilt: bool,
    /// Why the rebuilt index was not compared with the previous generation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub not_compared: Option<String>,
    /// Stopped by a signal after committing what was complete.
    pub interrupted: bool,
    /// Files by what changed.
    pub files: FileCounts,
    /// Articles read.
    pub articles: u64,
    /// Quotations in the articles read.
    pub quotations: u64,
    /// Articles by what changed.
    pub changes: ArticleCounts,
    /// Bytes of the files read.
    pub bytes: u64,
    /// Bytes of the index on disk.
    pub index_bytes: u64,
    /// Wall time in seconds.
    pub seconds: f64,
    /// Wall time by stage.
    pub stages: Stages,
    /// Items left out because they were withdrawn or are under embargo, by kind of reason.
    pub withheld: BTreeMap<&'static str, u64>,
    /// Superseded articles in the whole index: it has higher versions of their items.
    pub superseded: u64,
    /// Dates of publication that were ignored, sorted by article.
    pub refused_dates: Vec<RefusedDate>,
    /// Values of other fields of articles that are not kept: longer than 1 KB, or too many.
    pub values_left_out: u64,
    /// Files whose records give headlines without a text, sorted.
    pub headlines_only: Vec<String>,
    /// Fields of `--map` that no record of the run had, as they were typed.
    pub unused_maps: Vec<String>,
    /// Number of skipped files by kind of reason.
    pub skipped_by_reason: BTreeMap<&'static str, u64>,
    /// The skipped files, sorted by path.
    pub skipped: Vec<Skipped>,
}

impl Report {
    /// The damaged files among [`Self::skipped`].
    pub fn damaged(&self) -> impl Iterator<Item = &Skipped> {
        self.skipped.iter().filter(|file| file.reason == DAMAGED)
    }

    /// Sets the skipped files, sorted, and their counts.
    pub fn set_skipped(&mut self, mut skipped: Vec<Skipped>) {
        skipped.sort();
        self.skipped_by_reason.clear();
        for file in &skipped {
            *self.skipped_by_reason.entry(file.reason).or_default() += 1;
        }
        self.skipped = skipped;
    }
}

/// Serialises a path as a string, with U+FFFD for what is not UTF-8.
fn as_text<S: Serializer>(path: &Path, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(&path.display())
}
