//! Signals: the first one stops a run at its next commit, the second ends the program.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

use super::exit::warn;
use crate::error::{Error, Result};

/// A flag that the first SIGINT or SIGTERM raises; a second one ends the program at once.
pub(super) fn stop_on_signal() -> Result<Arc<AtomicBool>> {
    let stop = Arc::new(AtomicBool::new(false));
    let flag = Arc::clone(&stop);
    ctrlc::set_handler(move || {
        if flag.swap(true, Relaxed) {
            std::process::abort();
        }
        warn("stopping: committing what is complete (once more: at once)");
    })
    .map_err(|e| Error::Usage(format!("cannot listen for signals: {e}")))?;
    Ok(stop)
}
