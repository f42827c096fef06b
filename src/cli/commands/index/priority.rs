//! `newsdex index --low-priority`: the lowest priority on processor and disk.
//!
//! Threads inherit both priorities from the one that starts them (`fork(2)`, `ioprio_set(2)`), so they are lowered before
//! there are others.

use crate::error::{Error, Result};

/// Lowers the priority on the processor to the lowest, and that on the disk to idle. Unless `quiet`, warns if the latter
/// fails.
#[cfg(unix)]
pub(crate) fn lower(quiet: bool) -> Result<()> {
    rustix::process::setpriority_process(None, 19)
        .map_err(|e| Error::Usage(format!("cannot lower the priority: {e}")))?;
    if let Err(why) = leave_the_disk()
        && !quiet
    {
        crate::cli::exit::warn(&format!("the disk is not left to others: {why}"));
    }
    Ok(())
}

#[cfg(not(unix))]
pub(crate) fn lower(_: bool) -> Result<()> {
    Err(Error::Usage("--low-priority is for Unix systems".into()))
}

/// Sets the idle class (3) of the disk by `ionice` of util-linux: there is no safe call for it. Without it, Linux derives a
/// low priority from that on the processor.
#[cfg(target_os = "linux")]
fn leave_the_disk() -> std::result::Result<(), String> {
    let process = std::process::id().to_string();
    let outcome = std::process::Command::new("ionice").args(["-c", "3", "-p", &process]).output();
    match outcome {
        Ok(output) if output.status.success() => Ok(()),
        Ok(output) => Err(String::from_utf8_lossy(&output.stderr).trim().to_owned()),
        Err(error) => Err(format!("cannot run ionice: {error}")),
    }
}

#[cfg(all(unix, not(target_os = "linux")))]
fn leave_the_disk() -> std::result::Result<(), String> {
    Err("this system has no command for it that newsdex knows".into())
}
