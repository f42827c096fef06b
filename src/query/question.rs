//! A parsed request: what engines answer.

use std::sync::Arc;

use super::aliases::Aliases;
use super::engine::Engine;
use super::language::clause::{Clause, ClauseKind};
use super::language::{self, Warning};
use super::limits::Limits;
use super::metadata_fields;
use super::request::{Request, Target};
use crate::article::PartialDate;
use crate::error::Result;

/// The end of an open range of days.
const LAST_DAY: i64 = 9999_12_31;

/// What to find, and how to rank it.
#[derive(Clone, Debug)]
pub struct Question {
    /// What a match fulfils.
    pub clause: Clause,
    /// Articles or quotations.
    pub target: Target,
    /// The people that the user has named.
    pub aliases: Arc<Aliases>,
    /// Whether any of the words is enough; then headlines add nothing to the score.
    pub any_words: bool,
    /// Clauses that add to the score of matches; with `any_words` a document that fulfils one of them is a match too.
    pub ranked_by: Vec<Clause>,
    /// Whether matches say which of the aliases' splits apply to them.
    pub with_splits: bool,
    /// How long the answer may take.
    pub limits: Limits,
}

impl Question {
    /// [`Question::of_request`] for an index: fields of metadata that it does not have are unknown, too.
    pub fn of(engine: &dyn Engine, request: &Request) -> Result<(Self, Vec<Warning>)> {
        let (question, mut warnings) = Self::of_request(request)?;
        let unknown = metadata_fields::unknown(engine, &question)?;
        warnings.extend(request.strictness.checked(unknown)?);
        Ok((question, warnings))
    }

    /// Parses a request; with warnings about what was not understood, unless the request takes one of them for an error.
    pub fn of_request(request: &Request) -> Result<(Self, Vec<Warning>)> {
        let (clause, mut warnings) = if request.any_words {
            language::any_of_words(&request.query)
        } else {
            language::parse(&request.query)
        };
        let (first, last) = days(request.from, request.to);
        if first > last {
            let message = "the last date is before the first, so nothing is found";
            warnings.push(Warning::new(clause.span.end..clause.span.end, message));
        }
        let warnings = request.strictness.checked(warnings)?;
        let clause = within(clause, request.from, request.to);
        let aliases = Arc::clone(&request.aliases);
        let (any_words, limits) = (request.any_words, request.limits.clone());
        let question = Self::of_clause(clause, request.target);
        Ok((Self { aliases, any_words, limits, ..question }, warnings))
    }

    /// For a clause, without aliases and limits.
    pub fn of_clause(clause: Clause, target: Target) -> Self {
        let (aliases, ranked_by) = (Arc::default(), Vec::new());
        let (any_words, with_splits, limits) = (false, false, Limits::default());
        Self { clause, target, aliases, any_words, ranked_by, with_splits, limits }
    }

    /// The same aliases, target and limits for another clause.
    pub(crate) fn with_clause(&self, clause: Clause) -> Self {
        let (aliases, limits) = (Arc::clone(&self.aliases), self.limits.clone());
        let with_splits = self.with_splits;
        Self { aliases, with_splits, limits, ..Self::of_clause(clause, self.target) }
    }

    /// An error that names the costliest clause if the answer is to be stopped.
    pub(crate) fn check(&self) -> Result<()> {
        self.limits.check_for(|| language::costliest(&self.clause))
    }

    /// The same for documents that fulfil `kind` too.
    pub(crate) fn and(&self, kind: ClauseKind) -> Self {
        let clauses = vec![Clause::implied(kind), self.clause.clone()];
        self.with_clause(Clause::implied(ClauseKind::And(clauses)))
    }
}

/// The first day of one date and the last of another, open ends included.
fn days(from: Option<PartialDate>, to: Option<PartialDate>) -> (i64, i64) {
    let first = from.and_then(PartialDate::days).map_or(0, |(first, _)| first);
    let last = to.and_then(PartialDate::days).map_or(LAST_DAY, |(_, last)| last);
    (first, last)
}

/// `clause` for articles published between these dates, inclusive.
fn within(clause: Clause, from: Option<PartialDate>, to: Option<PartialDate>) -> Clause {
    if from.is_none() && to.is_none() {
        return clause;
    }
    let (first, last) = days(from, to);
    let span = clause.span.clone();
    let dated = Clause { kind: ClauseKind::Days(first, last), span: span.end..span.end };
    let kind = match clause.kind {
        ClauseKind::All => dated.kind,
        ClauseKind::And(mut clauses) => {
            clauses.push(dated);
            ClauseKind::And(clauses)
        }
        kind => ClauseKind::And(vec![Clause { kind, span: span.clone() }, dated]),
    };
    Clause { kind, span }
}
