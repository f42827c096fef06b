//! Moments at which a test may end the program, as a power cut would. They exist in debug builds only; a release build
//! has nothing of them.

/// Ends the program here if the environment says so: `NEWSDEX_DIE_AT=7` at the seventh moment of any name,
/// `NEWSDEX_DIE_AT=switch:1` at the first that is called `switch`.
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

    if let Some((chosen, number)) = &*CHOSEN
        && (chosen.is_empty() || chosen == name)
        && PASSED.fetch_add(1, Relaxed) + 1 == *number
    {
        std::process::abort();
    }
}

/// Nothing.
#[cfg(not(debug_assertions))]
pub(crate) fn moment(_: &str) {}
