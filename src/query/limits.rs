//! How long an answer may take, and who may stop it before. Whatever loops over an index, over articles or over the words of
//! one asks a [`Ticker`] whether to go on; an answer that was stopped is an error, never a part of one.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering::Relaxed;
use std::time::{Duration, Instant};

use crate::error::{Error, Result};

/// Steps between two looks at the clock: some tens of microseconds of the cheapest ones.
const STEPS: usize = 4096;

/// Until when an answer is worked on. Without limits, until it is there.
#[derive(Clone, Debug, Default)]
pub struct Limits {
    deadline: Option<Deadline>,
    cancelled: Option<Arc<AtomicBool>>,
}

#[derive(Clone, Copy, Debug)]
struct Deadline {
    at: Instant,
    allowed: Duration,
}

/// Why an answer was stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stop {
    /// It took longer than this.
    OutOfTime(Duration),
    /// Who asked does not wait for it any more.
    Cancelled,
}

impl Limits {
    /// So much time from now on.
    pub fn within(allowed: Duration) -> Self {
        let at = Instant::now().checked_add(allowed);
        Self { deadline: at.map(|at| Deadline { at, allowed }), cancelled: None }
    }

    /// The same, and it ends as soon as `flag` is set.
    #[must_use]
    pub fn cancelled_by(self, flag: Arc<AtomicBool>) -> Self {
        Self { cancelled: Some(flag), ..self }
    }

    /// An error if the time is over or the answer was cancelled.
    pub fn check(&self) -> Result<()> {
        self.check_for(|| "the query".to_owned())
    }

    /// The same for what `asked` names.
    pub(crate) fn check_for(&self, asked: impl FnOnce() -> String) -> Result<()> {
        self.stop().map_or(Ok(()), |stop| Err(stop.error(asked())))
    }

    /// Why to stop now.
    pub(crate) fn stop(&self) -> Option<Stop> {
        if self.cancelled.as_ref().is_some_and(|flag| flag.load(Relaxed)) {
            return Some(Stop::Cancelled);
        }
        let over = self.deadline.filter(|deadline| Instant::now() >= deadline.at);
        over.map(|deadline| Stop::OutOfTime(deadline.allowed))
    }
}

impl Stop {
    /// The error for what `asked` names.
    pub(crate) fn error(self, asked: String) -> Error {
        match self {
            Self::OutOfTime(allowed) => Error::OutOfTime { asked, allowed },
            Self::Cancelled => Error::Cancelled { asked },
        }
    }
}

/// Counts the steps of a loop, and looks at the limits now and then.
#[derive(Clone, Debug, Default)]
pub(crate) struct Ticker {
    limits: Limits,
    /// Steps until the next look.
    left: usize,
    is_over: bool,
}

impl Ticker {
    /// Under these limits.
    pub(crate) fn new(limits: &Limits) -> Self {
        Self { limits: limits.clone(), left: STEPS, is_over: false }
    }

    /// Counts `steps` more; whether to stop. Once it is, it stays so.
    #[inline]
    pub(crate) fn is_over_after(&mut self, steps: usize) -> bool {
        if self.left > steps {
            self.left -= steps;
            return self.is_over;
        }
        self.left = STEPS;
        self.is_over |= self.limits.stop().is_some();
        self.is_over
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_ends_and_flags_stop() {
        assert!(Limits::default().check().is_ok());
        assert!(Limits::within(Duration::MAX).check().is_ok());
        let over = Limits::within(Duration::ZERO);
        assert!(matches!(over.check(), Err(Error::OutOfTime { .. })));
        let flag = Arc::new(AtomicBool::new(false));
        let limits = Limits::within(Duration::from_hours(1)).cancelled_by(Arc::clone(&flag));
        assert!(limits.check().is_ok());
        flag.store(true, Relaxed);
        assert!(matches!(limits.check(), Err(Error::Cancelled { .. })));
    }

    #[test]
    fn a_ticker_looks_now_and_then() {
        let mut ticker = Ticker::new(&Limits::within(Duration::ZERO));
        assert!(!ticker.is_over_after(STEPS - 1));
        assert!(ticker.is_over_after(1));
        assert!(ticker.is_over_after(0));
        let mut unlimited = Ticker::new(&Limits::default());
        assert!(!unlimited.is_over_after(usize::MAX));
    }
}
