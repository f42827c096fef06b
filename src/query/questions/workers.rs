//! State that threads take in turn: each has one to itself while it works, and there are as many as work at once.

use std::sync::{Mutex, PoisonError};

/// The states that no thread has now, and how another one is made.
pub(super) struct Workers<'w, T> {
    idle: Mutex<Vec<T>>,
    new: Box<dyn Fn() -> T + Sync + 'w>,
}

impl<'w, T> Workers<'w, T> {
    /// None yet.
    pub(super) fn new(new: impl Fn() -> T + Sync + 'w) -> Self {
        Self { idle: Mutex::default(), new: Box::new(new) }
    }

    /// Does some work with a state.
    pub(super) fn with<R>(&self, work: impl FnOnce(&mut T) -> R) -> R {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut state = idle.unwrap_or_else(&self.new);
        let done = work(&mut state);
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(state);
        done
    }

    /// All of them, when the work is done.
    pub(super) fn into_states(self) -> Vec<T> {
        self.idle.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_work_is_in_the_states() {
        let workers = Workers::new(Vec::new);
        std::thread::scope(|scope| {
            for n in 0..4 {
                let workers = &workers;
                scope.spawn(move || {
                    for m in 0..100 {
                        workers.with(|all| all.push(100 * n + m));
                    }
                });
            }
        });
        let mut all = workers.into_states().concat();
        all.sort_unstable();
        assert_eq!(all, (0..400).collect::<Vec<_>>());
    }
}
