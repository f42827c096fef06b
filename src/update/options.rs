//! What a run is asked to do, and whom it tells how far it is.

use std::path::PathBuf;

use crate::manifest::commit_metadata::ArchiveOptions;

/// Options of a run.
#[derive(Clone, Debug)]
pub struct Options {
    /// Folders or files; none means those that the index remembers.
    pub archives: Vec<PathBuf>,
    /// The name by which the index is to know the one archive that is given; `None`: that of its folder.
    pub name: Option<String>,
    /// The name, or the former folder, of the archive that the one that is given was moved from.
    pub moved_from: Option<String>,
    /// The index folder.
    pub index: PathBuf,
    /// Worker threads.
    pub threads: usize,
    /// Bytes that the engine may use for what is not yet stored.
    pub memory: usize,
    /// Options of the archives; `None` means those that the index remembers, at first the default.
    pub selection: Option<ArchiveOptions>,
    /// The moment for which embargoes are judged; `None`: every embargo holds.
    pub now: Option<jiff::Timestamp>,
    /// How it is found out which files changed.
    pub change_detection: ChangeDetection,
    /// Whether to go on even if much of what was indexed is gone.
    pub allow_mass_delete: bool,
    /// Whether damaged files are read as they are, even if that takes out articles of their last good versions.
    pub accept_damaged: bool,
    /// Whether only to report what would be done.
    pub dry_run: bool,
}

/// How a run finds out whether a file changed since it was indexed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ChangeDetection {
    /// A file of the same size and time stamp is the same.
    #[default]
    TimeStamps,
    /// A file of the same content is the same.
    Content,
    /// Nothing: the index is built again, beside the one that is searched meanwhile.
    Rebuild,
}

/// Receives the progress of a run, from many threads.
pub trait Progress: Sync {
    /// The plan is made: the number of files and bytes to be read.
    fn planned(&self, files: u64, bytes: u64);
    /// A file was read, or left out.
    fn done(&self, articles: u64, bytes: u64);
    /// All files are read; what is left is to commit and to merge.
    fn finishing(&self);
}
