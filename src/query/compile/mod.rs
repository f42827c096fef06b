//! A tree of clauses to the engine's query, for articles or for quotations.
//!
//! Each document of the index is of one kind; a clause is compiled for one of them. What only the other kind knows is
//! joined ([`join`]): an article by its quotations, a quotation by its article (of a quotation's own are its words, its
//! speaker, its kind and how sure the speaker is). One word in all its
//! forms is [`word`]'s, several clauses together are [`conjunction`]'s, alternatives and plain phrases the engine's;
//! everything else with positions is [`pattern`]'s.

mod alias;
mod conjunction;
mod docs;
mod excluded;
mod facet;
mod join;
mod name;
mod pattern;
mod postings;
mod said;
mod similarity;
mod terms;
mod text;
mod word;

pub(super) use terms::articles_with;

use tantivy::query::{
    BooleanQuery, BoostQuery, ConstScoreQuery, EmptyQuery, Occur, Query, RangeQuery, TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{Searcher, Term};

use std::ops::Bound;
use std::sync::Arc;

use self::conjunction::Conjunction;
use self::word::WordQuery;
use super::aliases::Aliases;
use super::ast::{Clause, FacetClause, Kind, NumberField, Scope};
use super::search::Target;
use crate::index::read::live_documents::Living;
use crate::index::read::snapshot::Snapshot;
use crate::index::schema::{self, fields};

pub(super) use self::name::for_each_name;

/// The engine's query.
pub(super) type Compiled = Box<dyn Query>;

/// Turns clauses into queries over one snapshot.
#[derive(Clone, Copy)]
pub(super) struct Compiler<'s> {
    searcher: &'s Searcher,
    living: &'s Arc<Living>,
    languages: &'s [String],
    aliases: &'s Aliases,
    title_weight: f32,
}

/// What a match in the headline adds to the score of the same words in the text. On short queries of which any word is
/// enough, anything above 0 costs precision (TREC 6 to 8, before words were weighed by all their forms: MAP 0.538 at 0, 0.530 at 0.1, 0.529 at 0.25, 0.461 at 1);
/// where all words are required, an article that has them in its headline is about them.
const TITLE_WEIGHT: f32 = 0.25;

impl<'s> Compiler<'s> {
    /// For an index whose articles are in `languages`, and whose people are named by `aliases`.
    pub(super) fn new(
        snapshot: &'s Snapshot,
        languages: &'s [String],
        aliases: &'s Aliases,
    ) -> tantivy::Result<Self> {
        let (searcher, living) = (snapshot.searcher(), snapshot.living()?);
        Ok(Self { searcher, living, languages, aliases, title_weight: TITLE_WEIGHT })
    }

    /// The same without anything added for the headline.
    pub(super) fn without_title_weight(self) -> Self {
        Self { title_weight: 0.0, ..self }
    }

    /// The query for all documents of `target`'s kind that fulfil `clause`, and nothing else.
    pub(super) fn query(self, clause: &Clause, target: Target) -> tantivy::Result<Compiled> {
        let query = self.clause(clause, target)?;
        if implies(clause, target) {
            return Ok(query);
        }
        Ok(Box::new(BooleanQuery::intersection(vec![query, all(target)])))
    }

    /// `query`, with `clauses` adding to the score; documents that they alone match are found only if `more` is set.
    pub(super) fn helped(
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
pub(super) fn all(target: Target) -> Compiled {
    unscored(term(Term::from_field_u64(fields().kind, target.kind() as u64)))
}

/// Documents whose whole time lies in these days.
pub(super) fn days(first: i64, last: i64) -> Compiled {
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

fn term(term: Term) -> Compiled {
    Box::new(TermQuery::new(term, IndexRecordOption::Basic))
}

/// No document.
fn nothing() -> Compiled {
    Box::new(EmptyQuery)
}

fn text_term(field: Field, text: &str) -> Term {
    Term::from_field_text(field, text)
}

/// A filter: it takes no part in the ranking.
fn unscored(query: Compiled) -> Compiled {
    Box::new(ConstScoreQuery::new(query, 0.0))
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
            Kind::Facet(FacetClause { facet, .. }) => !schema::is_of_quotations(facet),
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
        Kind::Facet(facet) => !schema::is_of_quotations(facet.facet),
    }
}
