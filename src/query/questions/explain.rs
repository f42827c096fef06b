//! Explanations of a query: how it was parsed, the number of matches of each clause, and which clauses one article
//! fulfils.

use std::ops::Range;

use super::article_link::locate;
use crate::article::{Article, Span};
use crate::error::Result;
use crate::query::engine::{Engine, Wanted};
use crate::query::highlight::Highlighter;
use crate::query::language::Warning;
use crate::query::language::clause::{Clause, ClauseKind};
use crate::query::question::Question;
use crate::query::request::{Request, Target};

/// A clause of a query, with the number of its own matches.
#[derive(Clone, Debug, PartialEq)]
pub struct Explained {
    /// The clause in the query language.
    pub clause: String,
    /// `all of`, `any of`, `not`, `one quotation with`, or nothing for a clause without parts.
    pub role: &'static str,
    /// Bytes of the query text.
    pub span: Range<usize>,
    /// Articles (or quotations) that fulfil it, whatever the rest of the query says.
    pub count: u64,
    /// Its parts.
    pub parts: Vec<Explained>,
}

/// The query of `request`, clause by clause.
pub fn explain(engine: &dyn Engine, request: &Request) -> Result<(Explained, Vec<Warning>)> {
    let (question, warnings) = Question::of(engine, request)?;
    Ok((explained(engine, &question, &question.clause)?, warnings))
}

fn explained(engine: &dyn Engine, question: &Question, clause: &Clause) -> Result<Explained> {
    let parts: Result<Vec<_>> =
        clause.parts().iter().map(|part| explained(engine, question, part)).collect();
    Ok(Explained {
        clause: clause.to_string(),
        role: role(clause),
        span: clause.span.clone(),
        count: count(engine, &question.with_clause(clause.clone()))?,
        parts: parts?,
    })
}

/// The number of matches.
fn count(engine: &dyn Engine, question: &Question) -> Result<u64> {
    Ok(engine.find(question, &Wanted::total())?.total)
}

/// A clause of a query, evaluated on one article.
#[derive(Clone, Debug, PartialEq)]
pub struct Why {
    /// The clause in the query language.
    pub clause: String,
    /// As in [`Explained::role`].
    pub role: &'static str,
    /// Whether the article fulfils it. Below a `not`, a clause that is fulfilled excludes the article.
    pub holds: bool,
    /// The words of the body that fulfil it.
    pub places: Vec<Span>,
    /// Its parts.
    pub parts: Vec<Why>,
}

/// Which clauses of `request`'s query the article with that id fulfils.
pub fn why(engine: &dyn Engine, request: &Request, id: &str) -> Result<(Why, Article)> {
    let request = Request { target: Target::Articles, ..request.clone() };
    let (question, _) = Question::of(engine, &request)?;
    let article = locate(engine, id)?.article;
    let languages = engine.languages()?;
    Ok((
        OneArticle { engine, question: &question, languages: &languages, article: &article }
            .why(&question.clause)?,
        article,
    ))
}

/// The article on which clauses are evaluated.
struct OneArticle<'a> {
    engine: &'a dyn Engine,
    question: &'a Question,
    languages: &'a [String],
    article: &'a Article,
}

impl OneArticle<'_> {
    fn why(&self, clause: &Clause) -> Result<Why> {
        let parts: Result<Vec<_>> = match clause.kind {
            // Its parts are conditions on one quotation: an article fulfils none of them by itself.
            ClauseKind::Quotation(_) => Ok(Vec::new()),
            _ => clause.parts().iter().map(|part| self.why(part)).collect(),
        };
        let this = Clause::implied(ClauseKind::Id(self.article.id.clone()));
        let both = ClauseKind::And(vec![clause.clone(), this]);
        let both = self.question.with_clause(Clause::implied(both));
        let holds = count(self.engine, &both)? > 0;
        let highlighter = Highlighter::new(clause, self.languages).within(&self.question.limits);
        let places = highlighter.body(self.article);
        self.question.check()?;
        Ok(Why { clause: clause.to_string(), role: role(clause), holds, places, parts: parts? })
    }
}

/// How a clause combines its parts.
fn role(clause: &Clause) -> &'static str {
    match &clause.kind {
        ClauseKind::And(_) => "all of",
        ClauseKind::Or(clauses) if clauses.is_empty() => "nothing",
        ClauseKind::Or(_) => "any of",
        ClauseKind::Not(_) => "not",
        ClauseKind::Boost(..) => "weighted",
        ClauseKind::Quotation(_) => "one quotation with",
        _ => "",
    }
}
