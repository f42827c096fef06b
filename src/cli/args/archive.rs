//! Arguments of the commands that read an archive: `index` and `extract`.

use std::path::PathBuf;

use clap::Args as ClapArgs;

use super::values;
use crate::manifest::commit_metadata::ArchiveOptions;

/// `newsdex index`.
#[derive(Debug, ClapArgs)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
pub struct IndexArgs {
    /// Folders or files [default: those that the index remembers]
    #[arg(value_name = "ARCHIVE")]
    pub archives: Vec<PathBuf>,
    /// Name of the archive, with which the ids of its articles begin [default: that of its folder]
    #[arg(long, value_name = "NAME", requires = "archives")]
    pub name: Option<String>,
    /// The archive was moved: its former folder, or its name
    #[arg(long, value_name = "ARCHIVE", requires = "archives", conflicts_with = "name")]
    pub moved_from: Option<String>,
    /// Worker threads [default: one a core]
    #[arg(long, short = 'j', value_name = "N", value_parser = values::threads)]
    pub threads: Option<usize>,
    /// Memory for documents that are not yet on disk
    #[arg(long, default_value = "256M", value_name = "SIZE", value_parser = values::size)]
    pub memory: usize,
    /// Take only files that match (repeatable)
    #[arg(long, value_name = "GLOB")]
    pub include: Vec<String>,
    /// Leave out files that match (repeatable)
    #[arg(long, value_name = "GLOB")]
    pub exclude: Vec<String>,
    /// Compare the content of every file, not its time stamp
    #[arg(long)]
    pub checksum: bool,
    /// Build the index again from all files; the old one is searched until the new one is complete
    #[arg(long)]
    pub rebuild: bool,
    /// Continue even if much of what was indexed is gone: more than a tenth of an archive, or all of it
    #[arg(long)]
    pub allow_mass_delete: bool,
    /// Read damaged files as they are, even if articles of their last good versions are lost by that
    #[arg(long)]
    pub accept_damaged: bool,
    /// Print what would be done, and do nothing
    #[arg(long)]
    pub dry_run: bool,
    /// How files are read
    #[command(flatten)]
    pub reading: ReadingArgs,
    /// Index also items that their senders withdrew or put under an embargo
    #[arg(long)]
    pub withheld: bool,
    /// Drop the options that the index remembers of the archives: index all files, by their content
    #[arg(long, conflicts_with_all = ["include", "exclude", "format", "map", "withheld", "follow_links_outside"])]
    pub forget_options: bool,
    /// Write a report with every skipped file, as JSON
    #[arg(long, value_name = "FILE")]
    pub report: Option<PathBuf>,
    /// Write metrics for the textfile collector of Prometheus' node-exporter
    #[arg(long, value_name = "FILE")]
    pub metrics: Option<PathBuf>,
    /// Run with the lowest priority on processor and disk
    #[arg(long)]
    pub low_priority: bool,
    /// Print nothing but errors
    #[arg(long, short)]
    pub quiet: bool,
}

/// How files are read, for all commands that read an archive.
#[derive(Clone, Debug, Default, ClapArgs)]
pub struct ReadingArgs {
    /// Read all files as this format, instead of detecting it by their content (see newsdex formats)
    #[arg(long, value_name = "FORMAT")]
    pub format: Option<String>,
    /// Name a field of JSON, CSV or XML that holds a part of an article, such as title=regel (repeatable)
    #[arg(long, value_name = "PART=FIELD")]
    pub map: Vec<String>,
    /// Follow symbolic links that lead out of the archive's folder
    #[arg(long)]
    pub follow_links_outside: bool,
}

impl IndexArgs {
    /// What is to be indexed, and how; `None` if no option says so.
    pub(in crate::cli) fn selection(&self) -> Option<ArchiveOptions> {
        let selection = ArchiveOptions {
            include: self.include.clone(),
            exclude: self.exclude.clone(),
            withheld: self.withheld,
            ..self.reading.selection()
        };
        (self.forget_options || selection != ArchiveOptions::default()).then_some(selection)
    }
}

impl ReadingArgs {
    /// How files are read, without leaving out any.
    pub(in crate::cli) fn selection(&self) -> ArchiveOptions {
        ArchiveOptions {
            format: self.format.clone(),
            map: self.map.clone(),
            follow_links_outside: self.follow_links_outside,
            ..ArchiveOptions::default()
        }
    }
}

/// `newsdex extract`.
#[derive(Debug, ClapArgs)]
pub struct ExtractArgs {
    /// Files and folders
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// How files are read
    #[command(flatten)]
    pub reading: ReadingArgs,
    /// Worker threads [default: one a core]
    #[arg(long, short = 'j', value_name = "N", value_parser = values::threads)]
    pub threads: Option<usize>,
}

/// `newsdex formats`.
#[derive(Debug, ClapArgs)]
pub struct FormatsArgs {
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}
