//! Why a query finds what it finds: how it was understood, how much each clause finds, and which clause finds or
//! excludes one article.

use std::ops::Range;

use super::search::article_by_id;
use crate::article::{Article, Span};
use crate::error::Result;
use crate::query::Warning;
use crate::query::engine::{Engine, Wanted};
use crate::query::highlight::highlighter::Highlighter;
use crate::query::language::clause::{Clause, Kind};
use crate::query::language::printed;
use crate::query::question::Question;
use crate::query::request::{Request, Target};

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
pub fn explain(engine: &dyn Engine, request: &Request) -> Result<(Explained, Vec<Warning>)> {
    let (question, warnings) = Question::of_request(request);
    Ok((explained(engine, &question, &question.clause)?, warnings))
}

fn explained(engine: &dyn Engine, question: &Question, clause: &Clause) -> Result<Explained> {
    let parts: Result<Vec<_>> =
        printed::parts(clause).iter().map(|part| explained(engine, question, part)).collect();
    Ok(Explained {
        clause: clause.to_string(),
        role: printed::role(clause),
        span: clause.span.clone(),
        count: count(engine, &question.with(clause.clone()))?,
        parts: parts?,
    })
}

fn count(engine: &dyn Engine, question: &Question) -> Result<u64> {
    Ok(engine.find(question, &Wanted::total())?.total)
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
pub fn why(engine: &dyn Engine, request: &Request, id: &str) -> Result<(Why, Article)> {
    let request = Request { target: Target::Articles, ..request.clone() };
    let (question, _) = Question::of_request(&request);
    let article = article_by_id(engine, id)?;
    let languages = engine.languages()?;
    Ok((
        OneArticle { engine, question: &question, languages: &languages, article: &article }
            .held(&question.clause)?,
        article,
    ))
}

/// An article that clauses are held against.
struct OneArticle<'a> {
    engine: &'a dyn Engine,
    question: &'a Question,
    languages: &'a [String],
    article: &'a Article,
}

impl OneArticle<'_> {
    fn held(&self, clause: &Clause) -> Result<Why> {
        let parts: Result<Vec<_>> = match clause.kind {
            // What is asked of one quotation does not hold of the article by itself.
            Kind::Quotation(_) => Ok(Vec::new()),
            _ => printed::parts(clause).iter().map(|part| self.held(part)).collect(),
        };
        let this = Clause { kind: Kind::Id(self.article.id.clone()), span: 0..0 };
        let both = Kind::And(vec![clause.clone(), this]);
        let both = self.question.with(Clause { kind: both, span: clause.span.clone() });
        Ok(Why {
            clause: clause.to_string(),
            role: printed::role(clause),
            holds: count(self.engine, &both)? > 0,
            places: Highlighter::new(clause, self.languages).body(self.article),
            parts: parts?,
        })
    }
}
