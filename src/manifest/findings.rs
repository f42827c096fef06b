//! What a check of an index finds.

use std::path::PathBuf;

/// What an index holds, and what is wrong with it.
#[derive(Clone, Debug, Default)]
pub struct Findings {
    /// Files of the archive.
    pub files: u64,
    /// Articles.
    pub articles: u64,
    /// Quotations.
    pub quotations: u64,
    /// Articles that higher versions of their items replace.
    pub superseded: u64,
    /// Files of the archive that the next run reads again in any case.
    pub unfinished: u64,
    /// Files of the engine whose content is not what was written, or that are missing.
    pub damaged: Vec<PathBuf>,
    /// Such files beside the engine's: of the history, or the second copy of the archives.
    pub damaged_beside: Vec<PathBuf>,
    /// Files of the engine that belong to no commit.
    pub orphans: Vec<PathBuf>,
    /// Files of the archive of which the index has other articles than its manifest says.
    pub wrong: Vec<Wrong>,
    /// Files of the archive that are damaged there. That is no fault of the index.
    pub damaged_sources: Vec<DamagedSource>,
}

/// A file of the archive that is damaged.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct DamagedSource {
    /// Its key.
    pub file: String,
    /// [`super::files::FileState::name`]: what the index has of it.
    pub state: &'static str,
    /// What is wrong with it, and where.
    pub reason: String,
}

/// A file of the archive of which the index has other articles than its manifest says.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Wrong {
    /// Its key.
    pub file: String,
    /// Articles by the manifest; `None` if the manifest does not have the file.
    pub stated: Option<u64>,
    /// Articles that are there.
    pub found: u64,
    /// Quotations that are there without their article.
    pub lost_quotations: u64,
}

impl Findings {
    /// Whether nothing is wrong.
    pub fn is_sound(&self) -> bool {
        self.damaged.is_empty()
            && self.damaged_beside.is_empty()
            && self.orphans.is_empty()
            && self.wrong.is_empty()
    }
}
