//! One search: query text and options in, hits, counts and facets out.

use std::cmp::Reverse;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::{Duration, Instant};

use rayon::prelude::*;
use tantivy::collector::Collector;
use tantivy::query::{EnableScoring, QueryClone};

use super::aliases::Aliases;
use super::aliases::renamed::Renamed;
use super::ast::{Clause, Kind};
use super::collect::{Counted, PASS, Rank, Sweep, Sweeping, Swept};
use super::compile::{Compiled, Compiler, articles_with};
use super::matching::name::folded;
use super::snippet::{Fragment, Highlighter};
use super::statistics::Statistics;
use super::{Warning, expand, facets, parse};
use crate::article::{Article, PartialDate};
use crate::error::{Error, Result};
use crate::index::read::live_documents::Living;
use crate::index::read::snapshot::Snapshot;
use crate::index::read::stored_articles::Stored;
use crate::index::schema::Kind as DocumentKind;

/// Stands for an open end.
const LAST_DAY: i64 = 9999_12_31;

/// What is searched and counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Target {
    /// Articles.
    #[default]
    Articles,
    /// Quotations: a hit is a quotation, a facet counts quotations, and words are those of the quotation.
    Quotations,
}

impl Target {
    /// The kind of its documents.
    pub(super) fn kind(self) -> DocumentKind {
        match self {
            Self::Articles => DocumentKind::Article,
            Self::Quotations => DocumentKind::Quote,
        }
    }

    pub(super) fn other(self) -> Self {
        match self {
            Self::Articles => Self::Quotations,
            Self::Quotations => Self::Articles,
        }
    }
}

/// In which order hits come. Ties: newer first, then by a hash of the id, so that pages never overlap.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// Best match first (BM25).
    #[default]
    Relevance,
    /// Newest first; without a date last.
    Newest,
    /// Oldest first; without a date last.
    Oldest,
}

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// The query as typed; nothing or `*` is everything.
    pub query: String,
    /// Articles or quotations.
    pub target: Target,
    /// The order of the hits.
    pub sort: Sort,
    /// How many hits to leave out at the start.
    pub offset: usize,
    /// How many hits to return; 0 for counts alone.
    pub limit: usize,
    /// Which facets to count, over all matches.
    pub facets: Vec<FacetRequest>,
    /// Not before: first day of this date.
    pub from: Option<PartialDate>,
    /// Not after: last day of this date.
    pub to: Option<PartialDate>,
    /// Snippets for each hit; 0 for none.
    pub fragments: usize,
    /// Any of the words is enough, more are better; operators and fields are words too.
    pub any_words: bool,
    /// Words of the best articles of a first search help to rank (RM3).
    pub expand: bool,
    /// Who is who.
    pub aliases: Arc<Aliases>,
}

impl Default for Request {
    fn default() -> Self {
        Self {
            query: String::new(),
            target: Target::Articles,
            sort: Sort::Relevance,
            offset: 0,
            limit: 10,
            facets: Vec::new(),
            from: None,
            to: None,
            fragments: 2,
            any_words: false,
            expand: false,
            aliases: Arc::default(),
        }
    }
}

/// A facet to count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FacetRequest {
    /// A name of [`crate::index::schema::FACETS`].
    pub field: String,
    /// How many values, most frequent first; `usize::MAX` for all.
    pub limit: usize,
    /// Only values that contain this, case and accents folded.
    pub matching: Option<String>,
}

/// An article or quotation that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// The article, or the quotation's article.
    pub article: Article,
    /// Which of the article's quotations, if quotations were searched.
    pub quote: Option<usize>,
    /// Who says it, by the user's aliases, where these have another name than the text.
    pub speaker: Option<String>,
    /// BM25 score; 0 if hits are not sorted by it.
    pub score: f32,
    /// Snippets, best first, in the order of the text.
    pub fragments: Vec<Fragment>,
}

/// The answer to a [`Request`].
#[derive(Clone, Debug)]
pub struct Page {
    /// How many match, exactly.
    pub total: u64,
    /// `limit` hits from `offset` on.
    pub hits: Vec<Hit>,
    /// One for each facet asked for, in that order.
    pub facets: Vec<FacetCounts>,
    /// What in the query was not understood.
    pub warnings: Vec<Warning>,
    /// The query as it was understood.
    pub query: Clause,
    /// Time taken.
    pub elapsed: Duration,
}

/// Values of a facet, most frequent first, then by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FacetCounts {
    /// The facet.
    pub field: String,
    /// At most as many as asked for.
    pub values: Vec<FacetValue>,
    /// How many values there are among the matches (and the text to match, if any).
    pub distinct: u64,
    /// How many matches have no value.
    pub missing: u64,
}

/// A value and how many matches have it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FacetValue {
    /// As stored.
    pub value: String,
    /// Exact.
    pub count: u64,
}

/// Runs a search. An unknown facet name is a usage error.
pub fn search(snapshot: &Snapshot, request: &Request) -> Result<Page> {
    let start = Instant::now();
    let fields: Result<Vec<_>> = request.facets.iter().map(facets::field).collect();
    let question = Question::ranked(snapshot, request)?;
    let sweep = Sweep {
        sort: request.sort,
        keep: if request.limit == 0 { 0 } else { request.offset.saturating_add(request.limit) },
        facets: question.counted(&fields?)?,
    };
    let swept = question.swept(&sweep)?;
    let facets: std::io::Result<_> = request
        .facets
        .par_iter()
        .zip(&swept.facets)
        .map(|(facet, segments)| facets::merged(facet, segments))
        .collect();
    let hits = question.hits(&swept.top, request)?;
    Ok(Page {
        total: swept.total,
        hits,
        facets: facets.map_err(|e| question.failed(e.into()))?,
        warnings: question.warnings,
        query: question.clause,
        elapsed: start.elapsed(),
    })
}

/// Calls `each` for every hit of `request` from `offset` on (`limit` is ignored), in its order, holding one article at
/// a time, and 64 MB of ranks however many hits there are. Returns how many it was called for.
pub fn for_each_hit(
    snapshot: &Snapshot,
    request: &Request,
    each: &mut dyn FnMut(Hit) -> ControlFlow<()>,
) -> Result<u64> {
    for_each_hit_in(PASS, snapshot, request, each)
}

/// The same, gathering at most `pass` hits at a time.
pub(super) fn for_each_hit_in(
    pass: usize,
    snapshot: &Snapshot,
    request: &Request,
    each: &mut dyn FnMut(Hit) -> ControlFlow<()>,
) -> Result<u64> {
    let question = Question::ranked(snapshot, request)?;
    let reader = question.reader()?;
    let (mut skipped, mut called) = (0, 0);
    question.for_each_rank(request.sort, pass, &mut |rank| {
        if skipped < request.offset {
            skipped += 1;
            return Ok(ControlFlow::Continue(()));
        }
        let Some(hit) = question.hit(rank, &reader, request)? else {
            return Ok(ControlFlow::Continue(()));
        };
        called += 1;
        Ok(each(hit))
    })?;
    Ok(called)
}

/// A request made ready to be run.
pub(super) struct Question<'s> {
    pub(super) snapshot: &'s Snapshot,
    pub(super) clause: Clause,
    pub(super) warnings: Vec<Warning>,
    pub(super) languages: Vec<String>,
    pub(super) query: Compiled,
    pub(super) target: Target,
    pub(super) aliases: Arc<Aliases>,
}

/// What hits are read with.
pub(super) struct HitReader {
    stored: Arc<Stored>,
    highlighter: Highlighter,
    /// Who is who among the speakers.
    renamed: Option<Renamed>,
}

impl<'s> Question<'s> {
    /// Parses and compiles.
    pub(super) fn new(snapshot: &'s Snapshot, request: &Request) -> Result<Self> {
        let (clause, warnings) = understood(request);
        let clause = within(clause, request.from, request.to);
        let languages = languages(snapshot).map_err(|source| failed(snapshot, source))?;
        let aliases = Arc::clone(&request.aliases);
        let compiler = Compiler::new(snapshot, &languages, &aliases);
        let compiler = compiler.map(|compiler| {
            if request.any_words { compiler.without_title_weight() } else { compiler }
        });
        let query = compiler
            .and_then(|compiler| compiler.query(&clause, request.target))
            .map_err(|source| failed(snapshot, source))?;
        let target = request.target;
        Ok(Self { snapshot, clause, warnings, languages, query, target, aliases })
    }

    /// The same, with the help of more words if that is asked for.
    fn ranked(snapshot: &'s Snapshot, request: &Request) -> Result<Self> {
        let mut question = Self::new(snapshot, request)?;
        if request.expand && request.target == Target::Articles {
            question.expand(request)?;
        }
        Ok(question)
    }

    /// Compiles a clause of ours, in which names are those stored.
    pub(super) fn of(
        snapshot: &'s Snapshot,
        clause: Clause,
        warnings: Vec<Warning>,
        languages: Vec<String>,
        target: Target,
    ) -> Result<Self> {
        let aliases = Arc::default();
        let query = Compiler::new(snapshot, &languages, &aliases)
            .and_then(|compiler| compiler.query(&clause, target))
            .map_err(|source| failed(snapshot, source))?;
        Ok(Self { snapshot, clause, warnings, languages, query, target, aliases })
    }

    /// The same for another clause.
    pub(super) fn with(&self, clause: Clause) -> Result<Self> {
        let (languages, aliases) = (self.languages.clone(), Arc::clone(&self.aliases));
        let query = Compiler::new(self.snapshot, &languages, &aliases)
            .and_then(|compiler| compiler.query(&clause, self.target))
            .map_err(|source| self.failed(source))?;
        let (snapshot, target, warnings) = (self.snapshot, self.target, Vec::new());
        Ok(Self { snapshot, clause, warnings, languages, query, target, aliases })
    }

    /// Facets to count, with people for names.
    pub(super) fn counted(&self, fields: &[&'static str]) -> Result<Vec<Counted>> {
        let people = if fields.iter().any(|field| self.aliases.apply_to(field)) {
            Some(Arc::new(Renamed::new(self)?))
        } else {
            None
        };
        let people = |field| people.clone().filter(|_| self.aliases.apply_to(field));
        Ok(fields.iter().map(|&field| Counted { field, people: people(field) }).collect())
    }

    /// Lets words of the best articles help to rank; what matches stays the same, unless any word is enough.
    fn expand(&mut self, request: &Request) -> Result<()> {
        let sweep = Sweep { sort: Sort::Relevance, keep: expand::ARTICLES, facets: Vec::new() };
        let first = Request { offset: 0, fragments: 0, sort: Sort::Relevance, ..request.clone() };
        let hits = self.hits(&self.swept(&sweep)?.top, &first)?;
        let living = self.snapshot.living().map_err(|source| self.failed(source))?;
        let all = living.documents(DocumentKind::Article).max(1) as f64;
        let share = |word: &str| {
            articles_with(self.snapshot, word, &self.languages).unwrap_or(0) as f64 / all
        };
        let clauses = expand::feedback(&hits, expand::words_of(&self.clause), share);
        self.query = Compiler::new(self.snapshot, &self.languages, &self.aliases)
            .and_then(|c| c.helped(self.query.box_clone(), &clauses, request.any_words))
            .map_err(|source| failed(self.snapshot, source))?;
        Ok(())
    }

    /// For `map_err`.
    pub(super) fn failed(&self, source: tantivy::TantivyError) -> Error {
        failed(self.snapshot, source)
    }

    /// Counts and ranks all matches.
    pub(super) fn swept(&self, sweep: &Sweep) -> Result<Swept> {
        let swept = || {
            let (stored, living) = (self.snapshot.stored()?, self.snapshot.living()?);
            let sweeping = Sweeping::new(sweep, stored);
            let searcher = self.snapshot.searcher();
            if self.clause.kind == Kind::All {
                return sweeping.everything(searcher, self.target);
            }
            let statistics = Statistics::new(searcher, living, self.target);
            let weight = self.query.weight(if sweeping.requires_scoring() {
                EnableScoring::enabled_from_statistics_provider(&statistics, searcher)
            } else {
                EnableScoring::disabled_from_searcher(searcher)
            })?;
            sweeping.matches(searcher, &*weight)
        };
        swept().map_err(|source| self.failed(source))
    }

    /// Runs a collector over all matches.
    pub(super) fn sweep<C: Collector>(&self, collector: &C) -> Result<C::Fruit> {
        let searcher = self.snapshot.searcher();
        let search = |living: &Arc<Living>| {
            let statistics = Statistics::new(searcher, living, self.target);
            searcher.search_with_statistics_provider(&self.query, collector, &statistics)
        };
        self.snapshot.living().and_then(search).map_err(|source| self.failed(source))
    }

    pub(super) fn hits(&self, ranks: &[Rank], request: &Request) -> Result<Vec<Hit>> {
        let ranks = ranks.get(request.offset..).unwrap_or_default();
        if ranks.is_empty() {
            return Ok(Vec::new());
        }
        let reader = self.reader()?;
        let hits = ranks.iter().map(|rank| self.hit(rank, &reader, request));
        hits.filter_map(Result::transpose).collect()
    }

    pub(super) fn reader(&self) -> Result<HitReader> {
        let stored = Arc::clone(self.snapshot.stored().map_err(|e| self.failed(e))?);
        let highlighter = Highlighter::new(&self.clause, &self.languages);
        let is_renamed = self.target == Target::Quotations && !self.aliases.is_empty();
        let renamed = if is_renamed { Some(Renamed::new(self)?) } else { None };
        Ok(HitReader { stored, highlighter, renamed })
    }

    pub(super) fn hit(
        &self,
        rank: &Rank,
        reader: &HitReader,
        request: &Request,
    ) -> Result<Option<Hit>> {
        let Reverse(address) = rank.3;
        let found = reader.stored.article(address).map_err(|source| self.failed(source))?;
        Ok(found.map(|(article, quote)| {
            let stated = quote.and_then(|n| article.quotes.get(n)?.speaker.as_deref());
            let person = reader.renamed.as_ref().zip(stated).zip(quote).and_then(
                |((renamed, stated), quote)| {
                    let doc_id = address.doc_id - quote as u32 - 1;
                    let article = tantivy::DocAddress { doc_id, ..address };
                    renamed.person(&folded(stated), article)
                },
            );
            let speaker = person
                .map(|person| person.name.clone())
                .filter(|name| Some(name.as_str()) != stated);
            let fragments = match (request.fragments, quote) {
                (0, _) => Vec::new(),
                (_, Some(quote)) => reader.highlighter.quotation(&article, quote),
                (count, None) => reader.highlighter.fragments(&article, count),
            };
            let score = match request.sort {
                Sort::Relevance => f32::from_bits(rank.0),
                Sort::Newest | Sort::Oldest => 0.0,
            };
            Hit { article, quote, speaker, score, fragments }
        }))
    }
}

/// Languages that articles of the index are in.
pub(super) fn languages(snapshot: &Snapshot) -> tantivy::Result<Vec<String>> {
    Ok(snapshot.living()?.languages().to_vec())
}

/// What marks the matches of `request`'s query in any article of the index.
pub fn highlighter(snapshot: &Snapshot, request: &Request) -> Result<Highlighter> {
    let (clause, _) = understood(request);
    let languages = languages(snapshot).map_err(|source| failed(snapshot, source))?;
    Ok(Highlighter::new(&clause, &languages))
}

fn understood(request: &Request) -> (Clause, Vec<Warning>) {
    if request.any_words {
        (parse::any_of_words(&request.query), Vec::new())
    } else {
        parse::parse(&request.query)
    }
}

/// The article with that id.
pub fn article_by_id(snapshot: &Snapshot, id: &str) -> Result<Option<Article>> {
    let clause = Clause { kind: Kind::Id(id.to_owned()), span: 0..0 };
    let question = Question::of(snapshot, clause, Vec::new(), Vec::new(), Target::Articles)?;
    let sweep = Sweep { sort: Sort::Newest, keep: 1, facets: Vec::new() };
    let request = Request { sort: Sort::Newest, fragments: 0, ..Request::default() };
    let hits = question.hits(&question.swept(&sweep)?.top, &request)?;
    Ok(hits.into_iter().next().map(|hit| hit.article))
}

fn failed(snapshot: &Snapshot, source: tantivy::TantivyError) -> Error {
    Error::index("search", snapshot.dir())(source)
}

/// `clause`, and published in these days.
fn within(clause: Clause, from: Option<PartialDate>, to: Option<PartialDate>) -> Clause {
    if from.is_none() && to.is_none() {
        return clause;
    }
    let first = from.and_then(PartialDate::days).map_or(0, |(first, _)| first);
    let last = to.and_then(PartialDate::days).map_or(LAST_DAY, |(_, last)| last);
    let span = clause.span.clone();
    let dated = Clause { kind: Kind::Days(first, last), span: span.end..span.end };
    let kind = match clause.kind {
        Kind::All => dated.kind,
        Kind::And(mut clauses) => {
            clauses.push(dated);
            Kind::And(clauses)
        }
        kind => Kind::And(vec![Clause { kind, span: span.clone() }, dated]),
    };
    Clause { kind, span }
}
