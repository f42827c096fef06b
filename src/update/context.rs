//! What every stage of a run shares.

use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::time::{Instant, SystemTime};

use super::in_flight::InFlight;
use super::options::{Options, Progress};
use crate::error::{Error, Result};
use crate::manifest::files::nanoseconds;
use crate::query::engine::writing::WritableIndex;

/// What every stage of a run shares.
pub(super) struct RunContext<'a> {
    pub(super) index: &'a dyn WritableIndex,
    pub(super) options: &'a Options,
    pub(super) progress: &'a dyn Progress,
    stop: &'a AtomicBool,
    pub(super) pool: rayon::ThreadPool,
    pub(super) in_flight: InFlight,
    pub(super) begun: Instant,
    /// When the run began, in nanoseconds since 1970.
    pub(super) started: i64,
}

impl<'a> RunContext<'a> {
    pub(super) fn new(
        index: &'a dyn WritableIndex,
        options: &'a Options,
        progress: &'a dyn Progress,
        stop: &'a AtomicBool,
    ) -> Result<Self> {
        let threads = options.threads.max(1);
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .map_err(|e| Error::Usage(format!("cannot start {threads} threads: {e}")))?;
        let started = nanoseconds(SystemTime::now());
        let (in_flight, begun) = (InFlight::default(), Instant::now());
        Ok(Self { index, options, progress, stop, pool, in_flight, begun, started })
    }

    pub(super) fn stopped(&self) -> bool {
        self.stop.load(Relaxed)
    }
}
