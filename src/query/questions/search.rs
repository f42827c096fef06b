//! Search: a request in, hits, counts and facets out.

use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::feedback;
use crate::article::{Article, Facet};
use crate::error::{Error, Result};
use crate::query::aliases::Aliases;
use crate::query::engine::{Engine, FacetCounts, Match, Wanted};
use crate::query::highlight::{Fragment, Highlighter};
use crate::query::language::clause::Clause;
use crate::query::language::{self, Warning};
use crate::query::matching::name::folded_name;
use crate::query::question::Question;
use crate::query::request::{Request, Sort, Target};

/// A match as it is shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// The article, or the quotation's article.
    pub article: Arc<Article>,
    /// Which of the article's quotations, if quotations were searched.
    pub quote: Option<usize>,
    /// The name of the speaker by the user's aliases, if it differs from the one in the article.
    pub speaker: Option<String>,
    /// BM25 score; 0 if hits are not sorted by it.
    pub score: f32,
    /// Snippets, best first, in the order of the text.
    pub fragments: Vec<Fragment>,
}

/// The answer to a [`Request`].
#[derive(Clone, Debug)]
pub struct Page {
    /// The exact number of matches.
    pub total: u64,
    /// `limit` hits from `offset` on.
    pub hits: Vec<Hit>,
    /// One for each facet asked for, in that order.
    pub facets: Vec<FacetCounts>,
    /// What in the query was not understood.
    pub warnings: Vec<Warning>,
    /// The parsed query.
    pub query: Clause,
    /// Time taken.
    pub elapsed: Duration,
}

/// Runs a search.
pub fn search(engine: &dyn Engine, request: &Request) -> Result<Page> {
    let start = Instant::now();
    let (question, warnings) = ranked(engine, request)?;
    let found = engine.find(
        &question,
        &Wanted {
            sort: request.sort,
            offset: request.offset,
            limit: request.limit,
            facets: request.facets.clone(),
            stored_names: false,
        },
    )?;
    Ok(Page {
        total: found.total,
        hits: hits(engine, &question, found.matches, request.fragments)?,
        facets: found.facets,
        warnings,
        query: question.clause,
        elapsed: start.elapsed(),
    })
}

/// Calls `each` for every hit of `request` from `offset` on (`limit` is ignored), in its order, holding one article at
/// a time. Returns the number of calls.
pub fn for_each_hit(
    engine: &dyn Engine,
    request: &Request,
    each: &mut dyn FnMut(Hit) -> ControlFlow<()>,
) -> Result<u64> {
    let (question, _) = ranked(engine, request)?;
    let presenter = Presenter::new(engine, &question, request.fragments)?;
    let mut called = 0;
    engine.for_each_match(&question, request.sort, request.offset, &mut |found| {
        called += 1;
        each(presenter.hit(found))
    })?;
    Ok(called)
}

/// The facet of that name, in any case; an unknown one is an error.
pub fn facet_named(name: &str) -> Result<Facet> {
    let lower = name.trim_end_matches(':').to_ascii_lowercase();
    Facet::named(&lower).ok_or_else(|| {
        let nearest = language::nearest(&lower).filter(|near| Facet::named(near).is_some());
        Error::NoFacet { name: name.to_owned(), nearest }
    })
}

/// The highlighter of `request`'s query, for articles of the index.
pub fn highlighter(engine: &dyn Engine, request: &Request) -> Result<Highlighter> {
    let (question, _) = Question::of(engine, request)?;
    let highlighter = Highlighter::new(&question.clause, &engine.languages()?);
    Ok(highlighter.within(&question.limits))
}

/// The question of a request, with the words of relevance feedback if the request asks for it.
pub(crate) fn ranked(engine: &dyn Engine, request: &Request) -> Result<(Question, Vec<Warning>)> {
    let (mut question, warnings) = Question::of(engine, request)?;
    question.with_splits = request.target == Target::Quotations && !request.aliases.is_empty();
    if request.expand && request.target == Target::Articles {
        let first = engine.find(&question, &Wanted::first(feedback::ARTICLES, Sort::Relevance))?;
        let all = engine.about()?.articles.max(1) as f64;
        let share = |word: &str| engine.articles_with(word).unwrap_or(0) as f64 / all;
        let words = feedback::query_words(&question.clause);
        question.ranked_by = feedback::feedback(&first.matches, words, share);
    }
    Ok((question, warnings))
}

/// Matches as hits, with at most `fragments` snippets each.
pub(super) fn hits(
    engine: &dyn Engine,
    question: &Question,
    matches: Vec<Match>,
    fragments: usize,
) -> Result<Vec<Hit>> {
    if matches.is_empty() {
        return Ok(Vec::new());
    }
    let presenter = Presenter::new(engine, question, fragments)?;
    let shown = |found| {
        let hit = presenter.hit(found);
        question.check().map(|()| hit)
    };
    matches.into_iter().map(shown).collect()
}

/// Turns matches into hits.
struct Presenter<'q> {
    highlighter: Highlighter,
    aliases: &'q Aliases,
    fragments: usize,
}

impl<'q> Presenter<'q> {
    fn new(engine: &dyn Engine, question: &'q Question, fragments: usize) -> Result<Self> {
        let highlighter = Highlighter::new(&question.clause, &engine.languages()?);
        let highlighter = highlighter.within(&question.limits);
        Ok(Self { highlighter, aliases: &question.aliases, fragments })
    }

    fn hit(&self, found: Match) -> Hit {
        let Match { article, quote, score, splits } = found;
        let fragments = match (self.fragments, quote) {
            (0, _) => Vec::new(),
            (_, Some(quote)) => self.highlighter.quotation(&article, quote),
            (count, None) => self.highlighter.fragments(&article, count),
        };
        let stated = quote.and_then(|n| article.quotes.get(n)?.speaker.as_deref());
        let person = stated.and_then(|name| self.aliases.person_where(&folded_name(name), &splits));
        let speaker =
            person.map(|person| person.name.clone()).filter(|name| Some(name.as_str()) != stated);
        Hit { article, quote, speaker, score, fragments }
    }
}
