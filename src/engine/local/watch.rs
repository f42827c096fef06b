//! Watches over the work on one answer. Scorers cannot fail: one that is stopped has no more documents, and whoever
//! collects them asks [`Watch::outcome`] before the answer counts.

use std::sync::{Arc, OnceLock};

use tantivy::TantivyError;

use crate::error::{Error, Result};
use crate::query::language::shown;
use crate::query::limits::{Limits, Ticker};
use crate::query::question::Question;

/// The limits of an answer, and what was noted while it was worked on.
#[derive(Clone, Debug, Default)]
pub(super) struct Watch {
    limits: Limits,
    /// The clause that was being compiled when the time was over.
    compiling: Arc<OnceLock<String>>,
    /// Why the question asks for too much.
    excess: Arc<OnceLock<String>>,
    /// Why the index could not be read.
    failure: Arc<OnceLock<String>>,
}

impl Watch {
    /// Under these limits.
    pub(super) fn new(limits: &Limits) -> Self {
        Self { limits: limits.clone(), ..Self::default() }
    }

    /// A ticker for a loop.
    pub(super) fn ticker(&self) -> Ticker {
        Ticker::new(&self.limits)
    }

    /// Its limits.
    pub(super) fn limits(&self) -> &Limits {
        &self.limits
    }

    /// An error if the work is to be stopped.
    pub(super) fn check(&self) -> tantivy::Result<()> {
        if self.limits.stop().is_some() { Err(stopped()) } else { Ok(()) }
    }

    /// Counts steps of a loop; an error if it is to be stopped.
    pub(super) fn step(ticker: &mut Ticker, steps: usize) -> std::io::Result<()> {
        if ticker.is_over_after(steps) { Err(std::io::Error::other(STOPPED)) } else { Ok(()) }
    }

    /// Names the clause that is compiled, if the work was stopped; the innermost one is named first.
    pub(super) fn blame(&self, clause: &impl std::fmt::Display) {
        if self.limits.stop().is_some() {
            self.compiling.get_or_init(|| format!("the clause {}", shown(clause)));
        }
    }

    /// Notes that a clause asks for too much.
    pub(super) fn refuse(&self, clause: &str, why: &str) {
        self.excess.get_or_init(|| format!("{clause} asks for too much: {why}"));
    }

    /// Notes that the index could not be read where nothing can fail.
    pub(super) fn fail(&self, error: &std::io::Error) {
        self.failure.get_or_init(|| error.to_string());
    }

    /// Why the index could not be read.
    pub(super) fn failure(&self) -> tantivy::Result<()> {
        let failure = self.failure.get();
        failure.map_or(Ok(()), |why| Err(TantivyError::InternalError(why.clone())))
    }

    /// An error if the work on the question was stopped, or must be.
    pub(super) fn outcome(&self, question: &Question) -> Result<()> {
        if let Some(excess) = self.excess.get() {
            return Err(Error::TooComplex(excess.clone()));
        }
        match (self.compiling.get(), self.limits.stop()) {
            (Some(clause), Some(stop)) => Err(stop.error(clause.clone())),
            _ => question.check(),
        }
    }
}

const STOPPED: &str = "it was stopped";

/// The error of work that was stopped; [`Watch::outcome`] says why.
pub(super) fn stopped() -> TantivyError {
    TantivyError::InternalError(STOPPED.to_owned())
}
