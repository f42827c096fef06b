//! The archives that a run walks, each with its options: those that are given, or else those that the index remembers.

use std::path::PathBuf;

use globset::{Glob, GlobSet, GlobSetBuilder};

use super::archive_names::{self, NamedArchive, Wishes};
use super::moved_archives;
use super::options::Options;
use super::previous_state::PreviousState;
use crate::archive::walk::{self, Filter};
use crate::error::{Error, Result};
use crate::manifest::commit_metadata::{Archive, ArchiveOptions};
use crate::manifest::files::ContentHash;
use crate::report::WalkedArchive;
use crate::{extract, read};

/// The archives of a run.
pub(super) struct Archives {
    /// Those that this run walks, or finds to be gone.
    pub(super) selected: Vec<SelectedArchive>,
    /// Those that the index is to remember: these, and those that it knows from other runs.
    pub(super) known: Vec<Archive>,
}

/// An archive of a run.
pub(super) struct SelectedArchive {
    pub(super) folder: PathBuf,
    /// Its name, with which the keys of its files begin.
    pub(super) name: String,
    /// Whether its folder no longer exists.
    pub(super) is_gone: bool,
    pub(super) filter: Filter,
    /// How its files are read.
    pub(super) reading: read::Options,
    /// The versions of reader and extractor, and the options, in one number.
    pub(super) versions: u64,
    selection: ArchiveOptions,
    device: Option<u64>,
    /// What the index remembers of it.
    remembered: Option<Archive>,
}

impl Archives {
    /// Selects the archives of a run. Options that are given replace all that are remembered of the archives that are
    /// walked.
    pub(super) fn of(previous: &PreviousState, options: &Options) -> Result<Self> {
        let remembered = &previous.metadata.archives;
        let wishes =
            Wishes { name: options.name.as_deref(), moved_from: options.moved_from.as_deref() };
        let given = archive_names::named(&absolute(&options.archives)?, wishes, remembered)?;
        if let Some(commit) = previous.current.as_ref().filter(|_| options.name.is_none()) {
            given.iter().try_for_each(|new| moved_archives::refuse(new, remembered, &**commit))?;
        }
        let others =
            remembered.iter().filter(|known| !given.iter().any(|given| given.name == known.name));
        let mut walked = Vec::new();
        let mut known = Vec::new();
        // A rebuild takes all archives that the index knows.
        let all = given.is_empty() || previous.is_rebuilt();
        let as_remembered = Options { selection: None, ..options.clone() };
        let options_of_others = if given.is_empty() { options } else { &as_remembered };
        for other in others {
            if all {
                let (name, folder) = (other.name.clone(), other.folder.clone());
                let named = NamedArchive { name, folder, known: Some(other.clone()) };
                walked.push(SelectedArchive::new(named, options_of_others)?);
            } else {
                known.push(other.clone());
            }
        }
        for archive in given {
            walked.push(SelectedArchive::new(archive, options)?);
        }
        if walked.is_empty() {
            return Err(Error::NoArchive);
        }
        walked.sort_by(|a, b| a.folder.cmp(&b.folder));
        known.extend(
            walked.iter().filter(|selected| !selected.is_gone).map(SelectedArchive::archive),
        );
        known.sort();
        Ok(Self { selected: walked, known })
    }
}

impl SelectedArchive {
    fn new(archive: NamedArchive, options: &Options) -> Result<Self> {
        let NamedArchive { name, folder, known } = archive;
        let remembered = || known.as_ref().map(|known| known.selection.clone());
        let selection = options.selection.clone().or_else(remembered).unwrap_or_default();
        let reading = reading(&selection, options.now)?;
        let (is_gone, device) = match std::fs::metadata(&folder) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => (true, None),
            about => (false, Some(device(&about.map_err(Error::io("read", &folder))?))),
        };
        if is_gone && !options.allow_mass_delete {
            return Err(Error::ArchiveGone { archive: folder });
        }
        Ok(Self {
            name,
            is_gone,
            filter: filter(&selection)?,
            reading,
            versions: versions(&selection),
            selection,
            device,
            remembered: known,
            folder,
        })
    }

    fn archive(&self) -> Archive {
        Archive {
            name: self.name.clone(),
            folder: self.folder.clone(),
            device: self.device,
            selection: self.selection.clone(),
        }
    }

    /// Its line in the report.
    pub(super) fn walked(&self) -> WalkedArchive {
        let remembered = self.remembered.as_ref().map(|known| known.selection.clone());
        let remembered = remembered.unwrap_or_default();
        WalkedArchive {
            folder: self.folder.clone(),
            name: self.name.clone(),
            options: self.selection.words(),
            instead_of: (remembered != self.selection).then(|| remembered.words()),
        }
    }

    /// Whether the file of that key is one of its files.
    pub(super) fn has(&self, file: &str) -> bool {
        let below = file.strip_prefix(self.name.as_str());
        below.is_some_and(|below| below.is_empty() || below.starts_with('/'))
    }

    /// Whether its options differ from those of the last run.
    pub(super) fn has_other_options(&self) -> bool {
        self.remembered.as_ref().is_some_and(|remembered| remembered.selection != self.selection)
    }

    /// Whether its folder is on another device than in the last run.
    pub(super) fn is_on_other_device(&self) -> bool {
        let before = self.remembered.as_ref().and_then(|remembered| remembered.device);
        matches!((before, self.device), (Some(before), Some(now)) if before != now)
    }
}

/// The device of a file system; 0 where the system does not number them.
#[cfg(unix)]
fn device(about: &std::fs::Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::dev(about)
}

#[cfg(not(unix))]
fn device(_: &std::fs::Metadata) -> u64 {
    0
}

/// Checks the options of a run before anything is created.
pub(super) fn check_given(options: &Options, has_index: bool) -> Result<()> {
    if options.archives.is_empty() && !has_index {
        return Err(Error::NoArchive);
    }
    for path in absolute(&options.archives)? {
        walk::about(&path)?;
    }
    if options.archives.len() != 1 && (options.name.is_some() || options.moved_from.is_some()) {
        let message = "--name and --moved-from are of one archive; give that alone";
        return Err(Error::Usage(message.to_owned()));
    }
    options.name.as_deref().map_or(Ok(()), archive_names::check_name)?;
    let selection = options.selection.clone().unwrap_or_default();
    filter(&selection)?;
    reading(&selection, options.now).map(drop)
}

fn absolute(given: &[PathBuf]) -> Result<Vec<PathBuf>> {
    let mut paths: Vec<PathBuf> = Vec::new();
    for path in given {
        let path = std::path::absolute(path).map_err(Error::io("find", path))?;
        if !paths.contains(&path) {
            paths.push(path);
        }
    }
    Ok(paths)
}

/// How files are read with the options `selection`; `now` is the moment for which embargoes are judged.
pub fn reading(selection: &ArchiveOptions, now: Option<jiff::Timestamp>) -> Result<read::Options> {
    let format = selection.format.as_deref().map(|name| {
        read::formats::named(name).ok_or_else(|| Error::NoFormat { name: name.to_owned() })
    });
    Ok(read::Options {
        format: format.transpose()?,
        map: read::FieldMap::parse(&selection.map).map_err(Error::Usage)?,
        withheld: selection.withheld,
        now,
    })
}

/// Reader, extractor and options in one number, never 0: it changes if files may give other articles.
fn versions(selection: &ArchiveOptions) -> u64 {
    let program = u64::from(read::VERSION) << 32 | u64::from(extract::VERSION);
    let ArchiveOptions { include: _, exclude: _, follow_links_outside: _, format, map, withheld } =
        selection;
    if format.is_none() && map.is_empty() && !withheld {
        return program;
    }
    let mut hash = ContentHash::default();
    hash.update(&program.to_le_bytes());
    let (format, map, withheld) = (format.clone(), map.clone(), *withheld);
    let words = ArchiveOptions { format, map, withheld, ..ArchiveOptions::default() }.words();
    hash.update(words.join("\0").as_bytes());
    hash.finish()
}

fn filter(selection: &ArchiveOptions) -> Result<Filter> {
    Ok(Filter {
        include: globs(&selection.include)?,
        exclude: globs(&selection.exclude)?,
        follow_links_outside: selection.follow_links_outside,
    })
}

fn globs(patterns: &[String]) -> Result<GlobSet> {
    let mut set = GlobSetBuilder::new();
    for pattern in patterns {
        let glob = Glob::new(pattern)
            .map_err(|e| Error::Usage(format!("{pattern} is no file pattern: {}", e.kind())))?;
        set.add(glob);
    }
    set.build().map_err(|e| Error::Usage(format!("too many file patterns: {}", e.kind())))
}
