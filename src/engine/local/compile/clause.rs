//! Clauses to queries: for each kind of clause the compiler of that kind, and the joins between articles and quotations.

use std::ops::Bound;

use tantivy::Term;
use tantivy::query::{BooleanQuery, BoostQuery, Occur, RangeQuery};

use super::compiler::Compiler;
use super::conjunction::Conjunction;
use super::query::{Compiled, term, text_term, unscored};
use super::word::WordQuery;
use crate::engine::local::statistics::kind_of;
use crate::index::schema::fields;
use crate::query::language::clause::{Clause, FacetClause, Kind, NumberField, Scope};
use crate::query::request::Target;

impl Compiler<'_> {
    /// The query for all documents of `target`'s kind that fulfil `clause`, and nothing else.
    pub(crate) fn query(self, clause: &Clause, target: Target) -> tantivy::Result<Compiled> {
        let query = self.clause(clause, target)?;
        if implies(clause, target) {
            return Ok(query);
        }
        Ok(Box::new(BooleanQuery::intersection(vec![query, all(target)])))
    }

    /// `query`, with `clauses` adding to the score; documents that they alone match are found only if `more` is set.
    pub(crate) fn helped(
        self,
        query: Compiled,
        clauses: &[Clause],
        more: bool,
    ) -> tantivy::Result<Compiled> {
        let first = if more { Occur::Should } else { Occur::Must };
        let mut parts = vec![(first, query)];
        for clause in clauses {
            parts.push((Occur::Should, self.clause(clause, Target::Articles)?));
        }
        Ok(Box::new(BooleanQuery::new(parts)))
    }

    /// The query for `clause`; it may match documents of another kind too.
    fn clause(self, clause: &Clause, target: Target) -> tantivy::Result<Compiled> {
        Ok(match &clause.kind {
            Kind::All => all(target),
            Kind::And(clauses) => self.and(clauses, target)?,
            Kind::Or(clauses) => self.or(clauses, target)?,
            Kind::Not(_) => self.and(std::slice::from_ref(clause), target)?,
            Kind::Boost(inner, boost) => {
                Box::new(BoostQuery::new(self.clause(inner, target)?, *boost))
            }
            Kind::Quotation(inner) => match target {
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
            Kind::Text(text) => self.text(text, target)?,
            Kind::Facet(facet) => unscored(self.named(facet, target)?),
            Kind::Days(first, last) => days(*first, *last),
            Kind::Number(field, first, last) => unscored(number(*field, *first, *last)),
            Kind::Id(id) => id_query(id),
        })
    }

    fn and(self, clauses: &[Clause], target: Target) -> tantivy::Result<Compiled> {
        let (mut required, mut excluded) = (Vec::new(), Vec::new());
        for clause in clauses {
            match &clause.kind {
                Kind::Not(inner) => excluded.push(self.clause(inner, target)?),
                _ => required.push(self.clause(clause, target)?),
            }
        }
        if required.is_empty() {
            required.push(all(target));
        }
        Ok(Conjunction::query(required, excluded))
    }

    fn or(self, clauses: &[Clause], target: Target) -> tantivy::Result<Compiled> {
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
pub(crate) fn all(target: Target) -> Compiled {
    unscored(term(Term::from_field_u64(fields().kind, kind_of(target) as u64)))
}

/// Documents whose whole time lies in these days.
pub(crate) fn days(first: i64, last: i64) -> Compiled {
    let bound = |field, day| Bound::Included(Term::from_field_i64(field, day));
    let not_before = RangeQuery::new(bound(fields().date, first), Bound::Unbounded);
    let not_after = RangeQuery::new(Bound::Unbounded, bound(fields().date_end, last));
    unscored(Box::new(BooleanQuery::intersection(vec![Box::new(not_before), Box::new(not_after)])))
}

fn number(field: NumberField, first: f64, last: f64) -> Compiled {
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

fn id_query(id: &str) -> Compiled {
    unscored(term(text_term(fields().id, id)))
}

/// Is the clause about documents of the other kind alone?
fn is_other_kind(kind: &Kind, target: Target) -> bool {
    match target {
        Target::Articles => match kind {
            Kind::Text(text) => text.scope == Scope::Said,
            Kind::Number(field, ..) => *field == NumberField::Confidence,
            _ => false,
        },
        Target::Quotations => match kind {
            Kind::Text(text) => matches!(text.scope, Scope::Title | Scope::Body | Scope::Lead),
            Kind::Number(field, ..) => *field == NumberField::Words,
            Kind::Facet(FacetClause { facet, .. }) => !facet.is_of_quotations(),
            Kind::Days(..) | Kind::Id(_) => true,
            _ => false,
        },
    }
}

/// Does whatever fulfils the clause have the target's kind?
fn implies(clause: &Clause, target: Target) -> bool {
    match &clause.kind {
        Kind::All
        | Kind::Text(_)
        | Kind::Number(..)
        | Kind::Days(..)
        | Kind::Id(_)
        | Kind::Not(_) => true,
        Kind::And(clauses) => {
            clauses.iter().any(|c| !matches!(c.kind, Kind::Not(_)) && implies(c, target))
                || clauses.iter().all(|c| matches!(c.kind, Kind::Not(_)))
        }
        Kind::Or(clauses) => clauses.iter().all(|c| implies(c, target)),
        Kind::Boost(inner, _) => implies(inner, target),
        Kind::Quotation(inner) => target == Target::Articles || implies(inner, target),
        Kind::Facet(facet) => !facet.facet.is_of_quotations(),
    }
}
