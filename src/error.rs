//! The one public error: what was tried, on which path, and why it failed. Bad articles are no errors: they are
//! counted in the [`crate::report`].

use std::path::{Path, PathBuf};
use std::time::Duration;

/// What a call of this library can fail with. Messages state what failed; what a user can do about it depends on the face,
/// and is told there.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file or folder could not be read or written.
    #[error("cannot {operation} {}: {source}", path.display())]
    Io {
        /// `read`, `create`, …
        operation: &'static str,
        /// On which path.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The engine could not do what was asked of an index.
    #[error("cannot {operation} the index {}: {source}", path.display())]
    Index {
        /// `open`, `commit`, …
        operation: &'static str,
        /// The index folder.
        path: PathBuf,
        /// Why, in the engine's words.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// What was stored cannot be read as what it should be.
    #[error("{} is damaged: {reason}", path.display())]
    Damaged {
        /// The file, or the folder of the index.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// A record or journal of an earlier run cannot be read; searches and runs do not need it.
    #[error("{} is damaged: {reason}", path.display())]
    HistoryDamaged {
        /// The record, or the folder of the index with the journal.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// There is no room for what is to be written; the last commit is unharmed.
    #[error("{0}")]
    DiskFull(Box<Error>),

    /// The folder holds no index.
    #[error("there is no index in {}", index.display())]
    NoIndex {
        /// The index folder.
        index: PathBuf,
    },
    /// The index was written by a version of the program whose index this one cannot search.
    #[error("the index in {} was written by another version of newsdex", index.display())]
    OtherSchema {
        /// The index folder.
        index: PathBuf,
    },
    /// The index was written by a newer version of the program, so it cannot be brought up to date.
    #[error("the index in {} was written by a newer newsdex ({program}); this one is {}", index.display(), env!("CARGO_PKG_VERSION"))]
    NewerSchema {
        /// The index folder.
        index: PathBuf,
        /// The version that wrote it.
        program: String,
    },
    /// The folder has the layout of an index of the earliest versions.
    #[error("the index in {} was made by an early version of newsdex", index.display())]
    EarlyLayout {
        /// The index folder.
        index: PathBuf,
    },
    /// Another process is writing the index.
    #[error("another run is writing {}: {holder}", index.display())]
    Locked {
        /// The index folder.
        index: PathBuf,
        /// Which process, and since when.
        holder: String,
    },

    /// No archive is named, and the index knows of none.
    #[error("no archive is given, and the index remembers none")]
    NoArchive,
    /// What is given as an archive is neither a file nor a folder.
    #[error("{} is {what}; only files and folders are read", path.display())]
    NoFile {
        /// Its path.
        path: PathBuf,
        /// What it is instead.
        what: &'static str,
    },
    /// A file is damaged, and its articles as they were before are in a form that this version of the program cannot read.
    #[error(
        "{file} is damaged ({reason}), and the articles that the index has of it are in the form of another version of newsdex"
    )]
    KeptUnreadable {
        /// The key of the file.
        file: String,
        /// What is wrong with it.
        reason: String,
    },
    /// There is nothing any more where an archive was.
    #[error("the archive {} is gone", archive.display())]
    ArchiveGone {
        /// Its folder or file.
        archive: PathBuf,
    },
    /// An archive that is given is one that the index knows from another place.
    #[error("{} is the archive {name}, which was {}", to.display(), from.display())]
    ArchiveMoved {
        /// Its name.
        name: String,
        /// Where it was.
        from: PathBuf,
        /// Where it is.
        to: PathBuf,
    },
    /// A run would take away much of what the index has of an archive.
    #[error("this run would take {gone} of the {known} articles of {archive} out of the index{}", cause.words())]
    MassDelete {
        /// The name of the archive.
        archive: String,
        /// Articles that the index has and the run would take away.
        gone: u64,
        /// Articles that the index has.
        known: u64,
        /// What is unusual beside their number.
        cause: MassDeleteCause,
    },

    /// The index has no article of that id.
    #[error("there is no article {id}")]
    NoArticle {
        /// The id.
        id: String,
    },
    /// No facet has that name.
    #[error("there is no facet {name}")]
    NoFacet {
        /// The name.
        name: String,
        /// The facet whose name is most like it, if one is much like it.
        nearest: Option<&'static str>,
    },
    /// A query has a field that there is not.
    #[error("there is no field {name}")]
    UnknownField {
        /// Its name.
        name: String,
        /// The field whose name is most like it, if one is much like it.
        nearest: Option<String>,
    },
    /// A query may be meant otherwise than it would be searched, and that is to be an error; the message says how.
    #[error("{0}")]
    DoubtfulQuery(String),
    /// A query asks for more than is searched; the message names the clause and what there is too much of.
    #[error("{0}")]
    TooComplex(String),
    /// There was no answer within the time that it was given.
    #[error("{asked} was not answered within {} seconds", allowed.as_secs_f64())]
    OutOfTime {
        /// `the query`, or the clause that takes the time.
        asked: String,
        /// The time that was given.
        allowed: Duration,
    },
    /// Whoever asked does not wait for the answer any more.
    #[error("{asked} was cancelled")]
    Cancelled {
        /// `the query`, or the clause that was worked on.
        asked: String,
    },
    /// No format has that name.
    #[error("there is no format {name}")]
    NoFormat {
        /// The name.
        name: String,
    },
    /// There is no name to look for.
    #[error("there is no name in {text:?}")]
    NoName {
        /// What was given as a name.
        text: String,
    },
    /// The program was built without a feature that is asked for.
    #[error("this newsdex was built without {feature}")]
    NotBuilt {
        /// The feature's name.
        feature: &'static str,
    },
    /// The value of an option cannot be taken; the message says why.
    #[error("{0}")]
    Usage(String),
}

/// What is unusual where a run would take away much of an archive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MassDeleteCause {
    /// Files are gone, or hold fewer articles.
    Gone,
    /// The archive's options leave out more than those of the last run.
    Options,
    /// There is no file in its folder.
    Empty,
    /// Its folder is on another device than in the last run.
    OtherDevice,
}

impl MassDeleteCause {
    fn words(self) -> &'static str {
        match self {
            Self::Gone => "",
            Self::Options => ": its options leave out more than before",
            Self::Empty => ": its folder is empty",
            Self::OtherDevice => ": its folder is on another device than in the last run",
        }
    }
}

/// The library's results.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// For `map_err`: an I/O error with its operation and path.
    pub fn io(operation: &'static str, path: &Path) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.to_path_buf();
        move |source| Self::Io { operation, path, source }
    }

    /// Why a file of an index could not be read: it is damaged if it is missing, or is not what was written.
    pub fn unreadable(path: &Path, source: std::io::Error) -> Self {
        use std::io::ErrorKind::{InvalidData, NotFound, UnexpectedEof};
        let reason = match source.kind() {
            NotFound => "it is missing".to_owned(),
            InvalidData | UnexpectedEof => source.to_string(),
            _ => return Self::io("read", path)(source),
        };
        Self::Damaged { path: path.to_path_buf(), reason }
    }

    /// For `map_err`: an engine error with its operation and index folder.
    pub fn index<E>(operation: &'static str, path: &Path) -> impl FnOnce(E) -> Self
    where
        E: std::error::Error + Send + Sync + 'static,
    {
        let path = path.to_path_buf();
        move |source| Self::Index { operation, path, source: Box::new(source) }
    }
}
