//! What a run did: counts, and every skipped file with its reason. Plain data; the faces show it.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::time::Instant;

use serde::{Deserialize, Serialize, Serializer};

/// Why a file gave no article.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// No bytes, or white space only.
    Empty,
    /// Binary data.
    NotText,
    /// More bytes than any article has.
    TooLarge,
    /// The system's message.
    Unreadable(String),
    /// A compressed file or an archive in a file that cannot be unpacked, and why.
    Container(String),
    /// It could be read, and holds no article: a picture, a package, a page without text.
    NoArticle,
    /// The run was told to stop.
    Stopped,
    /// An extractor failed on it: a fault of this program.
    Fault,
}

impl Reason {
    /// The kind of reason, by which reports count.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::NotText => "not text",
            Self::TooLarge => "too large",
            Self::Unreadable(_) => "unreadable",
            Self::Container(_) => "cannot be unpacked",
            Self::NoArticle => "no article",
            Self::Stopped => "stopped",
            Self::Fault => "fault of newsdex",
        }
    }
}

impl Reason {
    /// Should somebody look at it? What is no article at all is no fault.
    pub fn is_fault(&self) -> bool {
        match self {
            Self::Unreadable(_) | Self::Container(_) | Self::Fault => true,
            Self::Empty | Self::NotText | Self::TooLarge | Self::NoArticle | Self::Stopped => false,
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable(why) | Self::Container(why) => write!(f, "{}: {why}", self.kind()),
            _ => f.write_str(self.kind()),
        }
    }
}

/// A file or folder that gave no article.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Skipped {
    /// Where it lies.
    #[serde(serialize_with = "as_text")]
    pub path: PathBuf,
    /// Kind of reason.
    pub reason: &'static str,
    /// The whole reason.
    pub detail: String,
    /// Should somebody look at it? An archive has pictures and empty files, and that is no fault.
    pub is_fault: bool,
}

impl Skipped {
    /// `path` was skipped for `reason`.
    pub fn new(path: PathBuf, reason: &Reason) -> Self {
        let is_fault = reason.is_fault();
        Self { path, reason: reason.kind(), detail: reason.to_string(), is_fault }
    }
}

/// A day of publication before 1600 or in the future: the article counts as undated.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct RefusedDate {
    /// The article's id.
    pub article: String,
    /// The day as read.
    pub date: String,
}

/// Files by what became of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileCounts {
    /// Found by the walk.
    pub found: u64,
    /// Not in the index before.
    pub new: u64,
    /// Read again: their content, or the program's reader or extractor, is another.
    pub changed: u64,
    /// Only their time stamp changed.
    pub touched: u64,
    /// Left as they were.
    pub same: u64,
    /// In the index, and no longer in the archive.
    pub gone: u64,
}

/// Articles by what became of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArticleCounts {
    /// Not in the index before.
    pub added: u64,
    /// Their text or metadata are others.
    pub changed: u64,
    /// In a file that was read again, and the same as before.
    pub same: u64,
    /// In the index before, and no longer in the archive.
    pub removed: u64,
}

/// Wall time of the stages of a run in seconds, in their order.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Stages {
    /// Opening the index and reading its manifest.
    pub load: f64,
    /// Walking the archive, and comparing content where size and time leave doubt.
    pub walk: f64,
    /// Reading, extracting, handing to the engine.
    pub read: f64,
    /// Commits, those during the reading too.
    pub commit: f64,
    /// Finding out which versions of items count.
    #[serde(default)]
    pub settle: f64,
    /// Waiting for merges.
    pub merge: f64,
}

impl Stages {
    /// Does `work`, and adds the time that it took to `stage`.
    pub fn time<T>(stage: &mut f64, work: impl FnOnce() -> T) -> T {
        let begun = Instant::now();
        let done = work();
        *stage += begun.elapsed().as_secs_f64();
        done
    }
}

/// An archive as a run walked it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct WalkedArchive {
    /// Its folder.
    #[serde(serialize_with = "as_text")]
    pub folder: PathBuf,
    /// The options that say what of it is indexed and how it is read, as words of the command line.
    pub options: Vec<String>,
    /// The options of the run before, if they were others.
    pub instead_of: Option<Vec<String>>,
}

/// A file with which something would be done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PlannedFile {
    /// `new`, `changed`, `gone`.
    pub change: &'static str,
    /// Its key.
    pub file: String,
}

/// What a run did.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Report {
    /// The archives walked.
    pub archives: Vec<WalkedArchive>,
    /// The index folder.
    #[serde(serialize_with = "as_text")]
    pub index: PathBuf,
    /// Why the run could not go on; what follows is what had been done until then.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failure: Option<String>,
    /// Only planned, nothing written.
    pub dry_run: bool,
    /// Of a plan: each file that would be read or taken out, where that are not too many to remember.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub plan: Vec<PlannedFile>,
    /// The index was built again from all files, in a new generation.
    pub rebuilt: bool,
    /// Why what was built again was not held against what was there before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub not_compared: Option<String>,
    /// Stopped by a signal after committing what was complete.
    pub interrupted: bool,
    /// Files by what became of them.
    pub files: FileCounts,
    /// Articles read.
    pub articles: u64,
    /// Quotations in them.
    pub quotations: u64,
    /// Articles by what became of them.
    pub changes: ArticleCounts,
    /// Bytes of the files read.
    pub bytes: u64,
    /// Bytes of the index on the disk.
    pub index_bytes: u64,
    /// Wall time in seconds.
    pub seconds: f64,
    /// How much of it each stage took.
    pub stages: Stages,
    /// Items that their senders withdrew, or put under an embargo that still holds: left out, by kind of reason.
    pub withheld: BTreeMap<&'static str, u64>,
    /// Articles that the index leaves out, as it has higher versions of their items: of the whole index, not of this run.
    pub superseded: u64,
    /// Days of publication that were not believed, sorted by article.
    pub refused_dates: Vec<RefusedDate>,
    /// How many files were skipped, by kind of reason.
    pub skipped_by_reason: BTreeMap<&'static str, u64>,
    /// Each of them, sorted by path.
    pub skipped: Vec<Skipped>,
}

impl Report {
    /// Sorts and counts what was skipped.
    pub fn set_skipped(&mut self, mut skipped: Vec<Skipped>) {
        skipped.sort();
        self.skipped_by_reason.clear();
        for file in &skipped {
            *self.skipped_by_reason.entry(file.reason).or_default() += 1;
        }
        self.skipped = skipped;
    }
}

/// JSON has no bytes: what of a path is not UTF-8 stands as U+FFFD.
fn as_text<S: Serializer>(path: &Path, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(&path.display())
}
