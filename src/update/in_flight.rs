//! Bounds the memory of what is being read: the records of files, and the texts that are annotated. A thread waits at a gate until
//! so many bytes are free; what is larger than a gate goes through alone.
//!
//! A thread passes the gate of records first, and that of texts for no longer than it works on them; and it never begins a file
//! within the work on another one, which the bridges of rayon see to. So nobody waits for somebody who waits.

use std::sync::{Condvar, Mutex, OnceLock, PoisonError};

use rayon::{ThreadPool, ThreadPoolBuilder};

use crate::read::{MAX_TEXT, Opened};

/// Bytes of records that may be in memory: two of the largest ones, so that one file can be split while the records of another
/// one are annotated.
const RECORDS: usize = 32 << 20;

/// Bytes of text that may be parsed or annotated at once: the largest text of an article. In the worst case, one quotation after
/// the other, its annotations take 60 times as much.
const TEXTS: usize = MAX_TEXT;

/// What is being read, over all threads of a run.
#[derive(Debug)]
pub struct InFlight {
    records: Gate,
    texts: Gate,
    /// The thread for what is large.
    large: OnceLock<Option<ThreadPool>>,
}

impl Default for InFlight {
    fn default() -> Self {
        Self { records: Gate::new(RECORDS), texts: Gate::new(TEXTS), large: OnceLock::new() }
    }
}

impl InFlight {
    /// Waits until there is memory for the records of a file.
    pub fn records(&self, file: &Opened) -> Pass<'_> {
        self.records.enter(file.largest_record())
    }

    /// Does work that takes much memory on a thread of its own, always the same: an allocator keeps what a thread has freed for
    /// that thread. So twenty-five texts of 150,000 quotations each took 335 MB instead of 401 on eight threads.
    pub(super) fn on_one_thread<T: Send>(&self, work: impl FnOnce() -> T + Send) -> T {
        let pool = || ThreadPoolBuilder::new().num_threads(1).build().ok();
        match self.large.get_or_init(pool) {
            Some(pool) => pool.install(work),
            None => work(),
        }
    }

    /// Waits until there is memory for the annotations of so many bytes of text.
    pub(super) fn texts(&self, bytes: usize) -> Pass<'_> {
        self.texts.enter(bytes)
    }
}

/// Lets at most so many bytes through at once.
#[derive(Debug)]
struct Gate {
    total: usize,
    free: Mutex<usize>,
    freed: Condvar,
    /// Held by the one who waits, so that those behind do not overtake.
    turn: Mutex<()>,
}

impl Gate {
    fn new(total: usize) -> Self {
        Self { total, free: Mutex::new(total), freed: Condvar::new(), turn: Mutex::new(()) }
    }

    fn enter(&self, bytes: usize) -> Pass<'_> {
        let bytes = bytes.min(self.total);
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let free = self.free.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = self.freed.wait_while(free, |free| *free < bytes);
        *waited.unwrap_or_else(PoisonError::into_inner) -= bytes;
        Pass { gate: self, bytes }
    }
}

/// Gives its bytes back when it is dropped.
#[derive(Debug)]
pub struct Pass<'g> {
    gate: &'g Gate,
    bytes: usize,
}

impl Drop for Pass<'_> {
    fn drop(&mut self) {
        *self.gate.free.lock().unwrap_or_else(PoisonError::into_inner) += self.bytes;
        self.gate.freed.notify_one();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};

    use super::*;

    #[test]
    fn no_more_bytes_go_through_than_the_gate_has() {
        let (gate, inside) = (Gate::new(10), AtomicUsize::new(0));
        std::thread::scope(|scope| {
            for thread in 0..8 {
                let (gate, inside) = (&gate, &inside);
                scope.spawn(move || {
                    for turn in 0..200 {
                        let bytes = (thread * 7 + turn) % 14;
                        let pass = gate.enter(bytes);
                        assert!(inside.fetch_add(pass.bytes, SeqCst) + pass.bytes <= 10);
                        inside.fetch_sub(pass.bytes, SeqCst);
                    }
                });
            }
        });
        assert_eq!(*gate.free.lock().unwrap(), 10);
    }
}
