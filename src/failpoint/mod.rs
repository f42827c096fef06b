//! Moments at which a test may end the program, as a kill or a power cut would. They exist in debug builds only; a
//! release build has nothing of them.

#[cfg(debug_assertions)]
mod power_cut;

use std::path::Path;

/// Ends the program here if the environment says so: `NEWSDEX_DIE_AT=7` at the seventh moment of any name,
/// `NEWSDEX_DIE_AT=switch:1` at the first that is called `switch`. With `NEWSDEX_POWER=SEED:FOLDER` the power is cut:
/// what was not synced by then is lost.
#[cfg(debug_assertions)]
pub(crate) fn moment(name: &str) {
    use std::sync::LazyLock;
    use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

    static CHOSEN: LazyLock<Option<(String, u64)>> = LazyLock::new(|| {
        let text = std::env::var("NEWSDEX_DIE_AT").ok()?;
        let (name, number) = text.split_once(':').unwrap_or(("", &text));
        Some((name.to_owned(), number.parse().ok()?))
    });
    static PASSED: AtomicU64 = AtomicU64::new(0);

    if let Some((chosen, number)) = &*CHOSEN {
        power_cut::pass(name);
        let counts = chosen.is_empty() || chosen == name;
        if counts && PASSED.fetch_add(1, Relaxed) + 1 == *number {
            power_cut::cut();
            std::process::abort();
        }
    }
}

/// Nothing.
#[cfg(not(debug_assertions))]
pub(crate) fn moment(_: &str) {}

/// A step by which files change.
#[derive(Clone, Copy, Debug)]
#[cfg_attr(not(debug_assertions), allow(dead_code, reason = "tests only look at what is in it"))]
pub(crate) enum Step<'p> {
    /// A file or folder is created, or a file emptied.
    Create(&'p Path),
    /// Something is added to a file.
    Write(&'p Path),
    /// The content of a file is brought to the disk.
    Sync(&'p Path),
    /// A file takes the name, and the place, of another.
    Rename(&'p Path, &'p Path),
    /// A file or an empty folder is removed.
    Remove(&'p Path),
    /// What was created, renamed and removed in a folder is brought to the disk.
    SyncFolder(&'p Path),
}

/// Does `act`, which is that `step`; a power cut falls before it or behind it.
#[cfg(debug_assertions)]
pub(crate) fn step<T, E>(step: Step<'_>, act: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
    power_cut::step(step, act)
}

/// Does `act`.
#[cfg(not(debug_assertions))]
pub(crate) fn step<T, E>(_: Step<'_>, act: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
    act()
}
