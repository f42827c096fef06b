//! What the benchmarks against tantivy share: the allocator, the command line options, and a run of newsdex.

use std::path::Path;
use std::sync::atomic::AtomicBool;

use newsdex::update::{self, ChangeDetection, Options, Progress};

/// The allocator of the program, also for tantivy alone.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

pub(crate) type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

/// Memory budget of a run in bytes.
pub(crate) const MEMORY: usize = 256 << 20;

/// The arguments after `cargo bench --bench NAME --`.
pub(crate) struct Args(pub(crate) Vec<String>);

impl Args {
    pub(crate) fn parse() -> Self {
        Self(std::env::args().skip(1).filter(|arg| arg != "--bench").collect())
    }

    /// The value of the option `name`.
    pub(crate) fn option(&self, name: &str) -> Option<&str> {
        let at = self.0.iter().position(|arg| arg == name)?;
        self.0.get(at + 1).map(String::as_str)
    }

    /// The value of the option `name` as a number, or `default`.
    pub(crate) fn number(&self, name: &str, default: usize) -> Outcome<usize> {
        Ok(self.option(name).map_or(Ok(default), str::parse)?)
    }
}

/// Makes an index of `archive` in the folder `index` with all cores.
pub(crate) fn make_index(archive: &Path, index: &Path) -> Outcome<()> {
    let options = Options {
        archives: vec![archive.to_path_buf()],
        index: index.to_path_buf(),
        threads: std::thread::available_parallelism()?.get(),
        memory: MEMORY,
        selection: None,
        now: Some(jiff::Timestamp::now()),
        change_detection: ChangeDetection::TimeStamps,
        name: None,
        moved_from: None,
        allow_mass_delete: false,
        accept_damaged: false,
        dry_run: false,
    };
    update::index(&options, &Silent, &AtomicBool::new(false))?;
    Ok(())
}

struct Silent;

impl Progress for Silent {
    fn planned(&self, _files: u64, _bytes: u64) {}
    fn done(&self, _articles: u64, _bytes: u64) {}
    fn finishing(&self) {}
}
