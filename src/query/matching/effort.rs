//! What the evaluation of a pattern in one text may take. Pairs of words far apart are as many as the square of the words:
//! beyond a bound only some of them are followed, which is enough to tell that a pattern matches, and seldom too few.

use crate::query::limits::{Limits, Ticker};

/// Pairs that are always followed. Few in tests, so that small texts have more.
const PAIRS: usize = if cfg!(test) { 4 } else { 1 << 10 };
/// Further ones for each place of a word.
const PAIRS_OF_PLACE: usize = if cfg!(test) { 1 } else { 16 };
/// Pairs that are followed where fewer leave it open whether a pattern matches: 12 MB of them.
const MOST_PAIRS: usize = 1 << 20;

/// The effort spent on one text after the other.
#[derive(Debug, Default)]
pub(crate) struct Effort {
    ticker: Ticker,
    /// Pairs of a proximity operator that are followed in the current text.
    pub(super) pairs: usize,
    /// Whether matches were left out in the current text.
    is_partial: bool,
    /// Whether something may have been found only because matches of what excludes it were left out.
    is_unsound: bool,
    /// All steps so far: pairs, and words that were assigned to places.
    #[cfg(test)]
    pub(crate) steps: usize,
}

impl Effort {
    /// Under these limits of time.
    pub(crate) fn new(limits: &Limits) -> Self {
        Self { ticker: Ticker::new(limits), ..Self::default() }
    }

    /// Begins a text with so many places of the pattern's words.
    pub(super) fn begin(&mut self, places: usize) {
        let pairs = PAIRS.saturating_add(places.saturating_mul(PAIRS_OF_PLACE));
        self.start(pairs.min(MOST_PAIRS));
    }

    /// Begins the same text again, with as many pairs as are ever followed.
    pub(super) fn begin_again(&mut self) {
        self.start(MOST_PAIRS);
    }

    fn start(&mut self, pairs: usize) {
        (self.pairs, self.is_partial, self.is_unsound) = (pairs, false, false);
    }

    /// Counts steps; whether to stop, since the time is over.
    pub(crate) fn is_over_after(&mut self, steps: usize) -> bool {
        #[cfg(test)]
        {
            self.steps += steps;
        }
        self.ticker.is_over_after(steps)
    }

    /// Notes that matches were left out.
    pub(super) fn leave_out(&mut self) {
        self.is_partial = true;
    }

    /// Runs an evaluation whose result excludes others: of such a one nothing may be left out.
    pub(super) fn excluding<T>(&mut self, evaluate: impl FnOnce(&mut Self) -> T) -> T {
        let before = std::mem::take(&mut self.is_partial);
        let result = evaluate(self);
        self.is_unsound |= self.is_partial;
        self.is_partial |= before;
        result
    }

    /// Whether it is certain that there are at least `least` matches, or fewer, if `found` were found.
    pub(super) fn is_certain(&self, found: u32, least: u32) -> bool {
        !self.is_unsound && (!self.is_partial || found >= least)
    }
}
