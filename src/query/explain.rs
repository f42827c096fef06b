//! Why a query finds what it finds: how it was understood, how much each clause finds, and which clause finds or
//! excludes one article.

use std::ops::Range;

use super::ast::{Clause, Kind};
use super::collect::Sweep;
use super::search::{Question, Request, Sort, Target};
use super::snippet::Highlighter;
use super::{Warning, display};
use crate::article::{Article, Span};
use crate::error::{Error, Result};
use crate::index::read::snapshot::Snapshot;

/// A clause of a query, with what it finds on its own.
#[derive(Clone, Debug, PartialEq)]
pub struct Explained {
    /// How it was understood, in the words of the query language.
    pub clause: String,
    /// `all of`, `any of`, `not`, `one quotation with`, or nothing for a clause without parts.
    pub role: &'static str,
    /// Where the query says so (bytes).
    pub span: Range<usize>,
    /// How many articles (or quotations) fulfil it on its own.
    pub count: u64,
    /// Its parts.
    pub parts: Vec<Explained>,
}

/// How `request`'s query is understood, clause by clause.
pub fn explain(snapshot: &Snapshot, request: &Request) -> Result<(Explained, Vec<Warning>)> {
    let question = Question::new(snapshot, request)?;
    let explained = explained(&question, &question.clause)?;
    Ok((explained, question.warnings))
}

fn explained(question: &Question<'_>, clause: &Clause) -> Result<Explained> {
    let parts: Result<Vec<_>> =
        display::parts(clause).iter().map(|part| explained(question, part)).collect();
    Ok(Explained {
        clause: clause.to_string(),
        role: display::role(clause),
        span: clause.span.clone(),
        count: count(&question.with(clause.clone())?)?,
        parts: parts?,
    })
}

fn count(question: &Question<'_>) -> Result<u64> {
    let sweep = Sweep { sort: Sort::Newest, keep: 0, facets: Vec::new() };
    Ok(question.swept(&sweep)?.total)
}

/// A clause of a query, held against one article.
#[derive(Clone, Debug, PartialEq)]
pub struct Why {
    /// How it was understood.
    pub clause: String,
    /// As in [`Explained::role`].
    pub role: &'static str,
    /// Does the article fulfil it? Below a `not`, a clause that is fulfilled excludes the article.
    pub holds: bool,
    /// Which words of the body fulfil it.
    pub places: Vec<Span>,
    /// Its parts.
    pub parts: Vec<Why>,
}

/// Why `request`'s query finds the article with that id, or why it does not.
pub fn why(snapshot: &Snapshot, request: &Request, id: &str) -> Result<(Why, Article)> {
    let request = Request { target: Target::Articles, ..request.clone() };
    let question = Question::new(snapshot, &request)?;
    let article = super::search::article_by_id(snapshot, id)?
        .ok_or_else(|| Error::Usage(format!("there is no article {id}")))?;
    Ok((held(&question, &question.clause, &article)?, article))
}

fn held(question: &Question<'_>, clause: &Clause, article: &Article) -> Result<Why> {
    let parts: Result<Vec<_>> = match clause.kind {
        // What is asked of one quotation does not hold of the article by itself.
        Kind::Quotation(_) => Ok(Vec::new()),
        _ => display::parts(clause).iter().map(|part| held(question, part, article)).collect(),
    };
    let this = Clause { kind: Kind::Id(article.id.clone()), span: 0..0 };
    let both = Clause { kind: Kind::And(vec![clause.clone(), this]), span: clause.span.clone() };
    Ok(Why {
        clause: clause.to_string(),
        role: display::role(clause),
        holds: count(&question.with(both)?)? > 0,
        places: Highlighter::new(clause, &question.languages).body(article),
        parts: parts?,
    })
}
