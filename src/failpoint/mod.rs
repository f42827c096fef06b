//! Failpoints: named points in the code at which a test may kill the program or simulate a power cut. Debug builds
//! only; release builds have none.

mod file_operation;
#[cfg(debug_assertions)]
mod power_cut;

pub(crate) use file_operation::FileOperation;

/// Aborts the program if the environment asks for it: `NEWSDEX_DIE_AT=7` at the seventh failpoint of any name,
/// `NEWSDEX_DIE_AT=switch:1` at the first one named `switch`. With `NEWSDEX_POWER=SEED:FOLDER` the power is cut as well:
/// what was not synced before is lost.
#[cfg(debug_assertions)]
pub(crate) fn reached(name: &str) {
    use std::sync::LazyLock;
    use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

    static CHOSEN: LazyLock<Option<(String, u64)>> = LazyLock::new(|| {
        let text = std::env::var("NEWSDEX_DIE_AT").ok()?;
        let (name, number) = text.split_once(':').unwrap_or(("", &text));
        Some((name.to_owned(), number.parse().ok()?))
    });
    static REACHED: AtomicU64 = AtomicU64::new(0);

    if let Some((chosen, number)) = &*CHOSEN {
        power_cut::record_failpoint(name);
        let is_counted = chosen.is_empty() || chosen == name;
        if is_counted && REACHED.fetch_add(1, Relaxed) + 1 == *number {
            power_cut::cut();
            std::process::abort();
        }
    }
}

/// Does nothing in a release build.
#[cfg(not(debug_assertions))]
pub(crate) fn reached(_: &str) {}

/// Calls `act`, which performs `operation`, and records the operation, so that a power cut can undo it.
#[cfg(debug_assertions)]
pub(crate) fn perform<T, E>(
    operation: FileOperation<'_>,
    act: impl FnOnce() -> Result<T, E>,
) -> Result<T, E> {
    power_cut::perform(operation, act)
}

/// Calls `act`.
#[cfg(not(debug_assertions))]
pub(crate) fn perform<T, E>(
    _: FileOperation<'_>,
    act: impl FnOnce() -> Result<T, E>,
) -> Result<T, E> {
    act()
}
