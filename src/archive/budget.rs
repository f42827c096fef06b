//! What one pass over a file on the disk may take, whatever is packed in it: bytes unpacked, members, and time, over all
//! containers in containers. Once a limit is met, or the run is to stop, nothing more of the file is unpacked or read.

use std::cell::Cell;
use std::fmt;
use std::time::{Duration, Instant};

/// Unpacked bytes below which [`MAX_RATIO`] is not checked.
const UNCHECKED_BYTES: u64 = 64 << 20;

/// Most unpacked bytes for each byte on the disk, those of all levels of containers together. Text compresses to about a
/// tenth.
const MAX_RATIO: u64 = 200;

/// Most members of all containers in a file.
const MAX_MEMBERS: u64 = 4 << 20;

/// The time for a small file.
const MIN_TIME: Duration = Duration::from_mins(10);

/// A larger file may take a second longer for every so many bytes: a tenth of what a slow machine reads.
const BYTES_A_SECOND: u64 = 100_000;

/// Why a file was not read any further.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// The run is to stop.
    Stopped,
    /// It unpacks to far more bytes than it should.
    Bytes,
    /// It has too many members.
    Members,
    /// It took too long.
    Time,
}

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Stopped => "it was to stop",
            Self::Bytes => "it unpacks to far more than it should",
            Self::Members => "it has more than 4 million members",
            Self::Time => "it takes more than ten minutes, and a second for each 100 kB",
        })
    }
}

/// What one pass over a file on the disk may still take.
pub struct Budget<'s> {
    most_bytes: u64,
    bytes: Cell<u64>,
    members: Cell<u64>,
    begun: Instant,
    most_time: Duration,
    has_stopped: &'s dyn Fn() -> bool,
    met: Cell<Option<Limit>>,
}

impl<'s> Budget<'s> {
    /// For a file of `size` bytes on the disk. Its reading ends early once `has_stopped`.
    pub fn of_file(size: u64, has_stopped: &'s dyn Fn() -> bool) -> Self {
        Self {
            most_bytes: most_unpacked(size),
            bytes: Cell::new(0),
            members: Cell::new(0),
            begun: Instant::now(),
            most_time: MIN_TIME + Duration::from_secs(size / BYTES_A_SECOND),
            has_stopped,
            met: Cell::new(None),
        }
    }

    /// Fails once the run is to stop, or a limit was met.
    pub fn check(&self) -> Result<(), Limit> {
        if self.met.get().is_none() {
            if (self.has_stopped)() {
                self.met.set(Some(Limit::Stopped));
            } else if self.begun.elapsed() > self.most_time {
                self.met.set(Some(Limit::Time));
            }
        }
        self.met.get().map_or(Ok(()), Err)
    }

    /// The limit that was met.
    pub fn met(&self) -> Option<Limit> {
        self.met.get()
    }

    /// Takes so many unpacked bytes. Fails as [`Self::check`] does, and once they are too many.
    pub(super) fn take_bytes(&self, bytes: u64) -> Result<(), Limit> {
        self.take(&self.bytes, bytes, self.most_bytes, Limit::Bytes)
    }

    /// Takes a member of a container.
    pub(super) fn take_member(&self) -> Result<(), Limit> {
        self.take(&self.members, 1, MAX_MEMBERS, Limit::Members)
    }

    fn take(&self, taken: &Cell<u64>, more: u64, most: u64, limit: Limit) -> Result<(), Limit> {
        taken.set(taken.get().saturating_add(more));
        if taken.get() > most && self.met.get().is_none() {
            self.met.set(Some(limit));
        }
        self.check()
    }
}

impl fmt::Debug for Budget<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Budget").field("bytes", &self.bytes).field("met", &self.met).finish()
    }
}

/// Bytes that so many bytes on the disk may unpack to.
pub fn most_unpacked(packed: u64) -> u64 {
    UNCHECKED_BYTES.max(packed.saturating_mul(MAX_RATIO))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_of_all_levels_count_together() {
        let budget = Budget::of_file(1_000_000, &|| false);
        assert_eq!(budget.take_bytes(150_000_000), Ok(()));
        assert_eq!(budget.take_bytes(50_000_000), Ok(()));
        assert_eq!(budget.take_bytes(1), Err(Limit::Bytes));
        assert_eq!(budget.take_member(), Err(Limit::Bytes), "the first limit counts");
        let small = Budget::of_file(100, &|| false);
        assert_eq!(small.take_bytes(UNCHECKED_BYTES), Ok(()));
        assert_eq!(small.take_bytes(1), Err(Limit::Bytes));
    }

    #[test]
    fn a_run_that_is_to_stop_reads_no_further() {
        let stop = Cell::new(false);
        let has_stopped = || stop.get();
        let budget = Budget::of_file(100, &has_stopped);
        assert_eq!(budget.check(), Ok(()));
        stop.set(true);
        assert_eq!(budget.take_bytes(1), Err(Limit::Stopped));
        assert_eq!(budget.met(), Some(Limit::Stopped));
    }

    #[test]
    fn time_grows_with_the_file() {
        let budget = Budget::of_file(100_000_000, &|| false);
        assert_eq!(budget.most_time, Duration::from_secs(600 + 1000));
        let late = Budget { most_time: Duration::ZERO, ..Budget::of_file(1, &|| false) };
        std::thread::sleep(Duration::from_millis(1));
        assert_eq!(late.check(), Err(Limit::Time));
    }
}
