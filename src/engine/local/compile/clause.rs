//! Clauses to queries: each kind of clause by the function for it, and joins between articles and quotations.

use std::ops::Bound;

use tantivy::Term;
use tantivy::query::{BooleanQuery, BoostQuery, Occur, RangeQuery};

use super::compiler::Compiler;
use super::conjunction::Conjunction;
use super::simple_queries::{BoxedQuery, term, text_term, unscored};
use super::word::WordQuery;
use crate::engine::local::statistics::kind_of;
use crate::index::schema::fields;
use crate::query::language::clause::{Clause, ClauseKind, FacetClause, NumberField, Scope};
use crate::query::request::Target;

impl Compiler<'_> {
    /// The query for exactly the documents of `target`'s kind that fulfil `clause`.
    pub(crate) fn query(self, clause: &Clause, target: Target) -> tantivy::Result<BoxedQuery> {
        let query = self.clause(clause, target)?;
        if implies(clause, target) {
            return Ok(query);
        }
        Ok(Box::new(BooleanQuery::intersection(vec![query, all(target)])))
    }

    /// `query` with `clauses` adding to the score; documents that only these match are found if `are_alternatives` is set.
    pub(crate) fn with_ranking_clauses(
        self,
        query: BoxedQuery,
        clauses: &[Clause],
        are_alternatives: bool,
    ) -> tantivy::Result<BoxedQuery> {
        let first = if are_alternatives { Occur::Should } else { Occur::Must };
        let mut parts = vec![(first, query)];
        for clause in clauses {
            parts.push((Occur::Should, self.clause(clause, Target::Articles)?));
        }
        Ok(Box::new(BooleanQuery::new(parts)))
    }

    /// The query for `clause`; it may match documents of another kind too.
    fn clause(self, clause: &Clause, target: Target) -> tantivy::Result<BoxedQuery> {
        self.watch.check()?;
        self.kind(clause, target).inspect_err(|_| self.watch.blame(clause))
    }

    fn kind(self, clause: &Clause, target: Target) -> tantivy::Result<BoxedQuery> {
        Ok(match &clause.kind {
            ClauseKind::All => all(target),
            ClauseKind::And(clauses) => self.and(clauses, target)?,
            ClauseKind::Or(clauses) => self.or(clauses, target)?,
            ClauseKind::Not(_) => self.and(std::slice::from_ref(clause), target)?,
            ClauseKind::Boost(inner, boost) => {
                Box::new(BoostQuery::new(self.clause(inner, target)?, *boost))
            }
            ClauseKind::Quotation(inner) => match target {
                Target::Quotations => self.clause(inner, target)?,
                Target::Articles => self.articles_of(self.query(inner, target.other())?),
            },
            _ if is_other_kind(&clause.kind, target) => {
                let other = self.query(clause, target.other())?;
                match target {
                    Target::Articles => self.articles_of(other),
                    Target::Quotations => self.quotations_of(other),
                }
            }
            ClauseKind::Text(text) => self.text(text, target)?,
            ClauseKind::Facet(facet) => unscored(self.named(facet, target)?),
            ClauseKind::Days(first, last) => days(*first, *last),
            ClauseKind::Number(field, first, last) => unscored(number(*field, *first, *last)),
            ClauseKind::Id(id) => id_query(id),
        })
    }

    fn and(self, clauses: &[Clause], target: Target) -> tantivy::Result<BoxedQuery> {
        let (mut required, mut excluded) = (Vec::new(), Vec::new());
        for clause in clauses {
            match &clause.kind {
                ClauseKind::Not(inner) => excluded.push(self.clause(inner, target)?),
                _ => required.push(self.clause(clause, target)?),
            }
        }
        if required.is_empty() {
            required.push(all(target));
        }
        Ok(Conjunction::query(required, excluded, self.watch))
    }

    fn or(self, clauses: &[Clause], target: Target) -> tantivy::Result<BoxedQuery> {
        let parts: tantivy::Result<Vec<_>> =
            clauses.iter().map(|clause| self.clause(clause, target)).collect();
        let parts = parts?;
        let words: Option<Vec<_>> = parts.iter().map(|part| part.as_ref().downcast_ref()).collect();
        Ok(match words.and_then(|words| WordQuery::any(&words)) {
            Some(words) => Box::new(words),
            None => Box::new(BooleanQuery::union(parts)),
        })
    }
}

/// All documents of a kind, without a score.
pub(crate) fn all(target: Target) -> BoxedQuery {
    unscored(term(Term::from_field_u64(fields().kind, kind_of(target) as u64)))
}

/// Documents that were published on these days for certain.
pub(crate) fn days(first: i64, last: i64) -> BoxedQuery {
    let bound = |field, day| Bound::Included(Term::from_field_i64(field, day));
    let not_before = RangeQuery::new(bound(fields().date, first), Bound::Unbounded);
    let not_after = RangeQuery::new(Bound::Unbounded, bound(fields().date_end, last));
    unscored(Box::new(BooleanQuery::intersection(vec![Box::new(not_before), Box::new(not_after)])))
}

/// Documents whose number lies in this range.
fn number(field: NumberField, first: f64, last: f64) -> BoxedQuery {
    let range = |low, high| Box::new(RangeQuery::new(Bound::Included(low), Bound::Included(high)));
    match field {
        NumberField::Words => {
            #[expect(clippy::cast_sign_loss, reason = "no number of words is negative")]
            let bound = |n: f64| Term::from_field_u64(fields().words, n.max(0.0) as u64);
            range(bound(first.ceil()), bound(last.floor()))
        }
        NumberField::Confidence => {
            let bound = |n| Term::from_field_f64(fields().confidence, n);
            range(bound(first), bound(last))
        }
    }
}

/// The document of an article.
fn id_query(id: &str) -> BoxedQuery {
    unscored(term(text_term(fields().id, id)))
}

/// Whether only documents of the other kind can fulfil the clause.
fn is_other_kind(kind: &ClauseKind, target: Target) -> bool {
    match target {
        Target::Articles => match kind {
            ClauseKind::Text(text) => text.scope == Scope::Said,
            ClauseKind::Number(field, ..) => *field == NumberField::Confidence,
            _ => false,
        },
        Target::Quotations => match kind {
            ClauseKind::Text(text) => {
                matches!(text.scope, Scope::Title | Scope::Body | Scope::Lead)
            }
            ClauseKind::Number(field, ..) => *field == NumberField::Words,
            ClauseKind::Facet(FacetClause { facet, .. }) => !facet.is_of_quotations(),
            ClauseKind::Days(..) | ClauseKind::Id(_) => true,
            _ => false,
        },
    }
}

/// Whether all documents that the clause's query matches are of the target's kind.
fn implies(clause: &Clause, target: Target) -> bool {
    match &clause.kind {
        ClauseKind::All
        | ClauseKind::Text(_)
        | ClauseKind::Number(..)
        | ClauseKind::Days(..)
        | ClauseKind::Id(_)
        | ClauseKind::Not(_) => true,
        ClauseKind::And(clauses) => {
            clauses.iter().any(|c| !matches!(c.kind, ClauseKind::Not(_)) && implies(c, target))
                || clauses.iter().all(|c| matches!(c.kind, ClauseKind::Not(_)))
        }
        ClauseKind::Or(clauses) => clauses.iter().all(|c| implies(c, target)),
        ClauseKind::Boost(inner, _) => implies(inner, target),
        ClauseKind::Quotation(inner) => target == Target::Articles || implies(inner, target),
        ClauseKind::Facet(facet) => !facet.facet.is_of_quotations(),
    }
}
