//! A question compiled for one commit.

use std::cmp::Reverse;
use std::ops::ControlFlow;
use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;
use tantivy::collector::{Collector, DocSetCollector};
use tantivy::query::{EnableScoring, Weight};
use tantivy::{DocAddress, TantivyError};

use super::collect::{
    CollectRequest, Collected, CountedFacet, MatchCollector, PASS, Rank, ranks_below,
};
use super::compile::{BoxedQuery, Compiler};
use super::facets;
use super::index_errors::{attempt, failed};
use super::people::SplitArticles;
use super::statistics::Statistics;
use super::watch::Watch;
use crate::article::Article;
use crate::error::Result;
use crate::index::read::snapshot::Snapshot;
use crate::index::read::stored_articles::StoredArticles;
use crate::query::aliases::Split;
use crate::query::engine::unread::Parts;
use crate::query::engine::{Found, Identity, Match, Wanted};
use crate::query::language::clause::ClauseKind;
use crate::query::question::Question;
use crate::query::request::{Sort, Target};

/// A question with its compiled query.
pub(super) struct Prepared<'s> {
    pub(super) snapshot: &'s Snapshot,
    pub(super) question: &'s Question,
    pub(super) watch: Watch,
    query: BoxedQuery,
}

impl<'s> Prepared<'s> {
    /// Compiles a question.
    pub(super) fn new(snapshot: &'s Snapshot, question: &'s Question) -> Result<Self> {
        let watch = Watch::new(&question.limits);
        let compile = || {
            let mut compiler = Compiler::new(snapshot, &question.aliases, &watch)?;
            if question.any_words {
                compiler = compiler.without_title_weight();
            }
            let query = compiler.query(&question.clause, question.target)?;
            if question.ranked_by.is_empty() {
                return Ok(query);
            }
            compiler.with_ranking_clauses(query, &question.ranked_by, question.any_words)
        };
        let compiled = attempt(compile);
        watch.outcome(question)?;
        let query = compiled.map_err(failed(snapshot))?;
        Ok(Self { snapshot, question, watch, query })
    }

    /// What was worked out, unless the work was stopped.
    pub(super) fn whole<T>(&self, worked_out: tantivy::Result<T>) -> Result<T> {
        self.watch.outcome(self.question)?;
        worked_out.and_then(|it| self.watch.failure().map(|()| it)).map_err(failed(self.snapshot))
    }

    /// Counts and ranks all matches in one pass.
    pub(super) fn find(&self, wanted: &Wanted) -> Result<Found> {
        let keep = if wanted.limit == 0 { 0 } else { wanted.offset.saturating_add(wanted.limit) };
        let request =
            CollectRequest { sort: wanted.sort, keep, facets: self.counted_facets(wanted)? };
        let collected = self.whole(self.collected(&request))?;
        let facets: std::io::Result<_> = (wanted.facets.par_iter())
            .zip(&collected.facets)
            .map(|(facet, segments)| facets::merged(facet, segments, self.watch.ticker()))
            .collect();
        let facets = self.whole(facets.map_err(TantivyError::from))?;
        let ranks = collected.top.get(wanted.offset..).unwrap_or_default();
        Ok(Found { total: collected.total, matches: self.matches(ranks, wanted.sort)?, facets })
    }

    /// Calls `each` for all matches in order from number `skip` on, ranking at most `pass` at a time.
    pub(super) fn for_each_match(
        &self,
        sort: Sort,
        skip: usize,
        pass: usize,
        each: &mut dyn FnMut(Match) -> ControlFlow<()>,
    ) -> Result<()> {
        let reader = self.reader()?;
        let mut skipped = 0;
        self.for_each_rank(sort, pass, &mut |rank| {
            if skipped < skip {
                skipped += 1;
                return Ok(ControlFlow::Continue(()));
            }
            let found = self.whole(reader.read(rank, sort, Parts::All))?;
            Ok(each(found))
        })?;
        self.watch.outcome(self.question)
    }

    /// Calls `each` for the article of every match.
    pub(super) fn for_each_identity(&self, each: &mut dyn FnMut(Identity)) -> Result<()> {
        let stored = self.snapshot.stored_articles().map_err(failed(self.snapshot))?;
        self.for_each_rank(Sort::Newest, PASS, &mut |rank| {
            let Reverse(DocAddress { segment_ord, doc_id }) = rank.address;
            each(Identity { key: rank.key.0, content: stored.order(segment_ord).content(doc_id) });
            Ok(ControlFlow::Continue(()))
        })
    }

    /// Runs a collector over all matches.
    pub(super) fn collect<C: Collector>(&self, collector: &C) -> Result<C::Fruit> {
        let searcher = self.snapshot.searcher();
        let collect = || {
            let statistics = self.statistics()?;
            searcher.search_with_statistics_provider(&self.query, collector, &statistics)
        };
        self.whole(collect())
    }

    /// Calls `each` for the ranks of all matches in order, at most `pass` of them in memory.
    fn for_each_rank(
        &self,
        sort: Sort,
        pass: usize,
        each: &mut dyn FnMut(&Rank) -> Result<ControlFlow<()>>,
    ) -> Result<()> {
        let mut last = None;
        loop {
            let ranks = self.whole(self.next_ranks(last, sort, pass))?;
            let mut ticker = self.watch.ticker();
            for rank in &ranks {
                if ticker.is_over_after(1) {
                    self.watch.outcome(self.question)?;
                }
                if each(rank)?.is_break() {
                    return Ok(());
                }
            }
            if ranks.len() < pass {
                return Ok(());
            }
            last = ranks.last().copied();
        }
    }

    /// The first `pass` ranks below `last`.
    fn next_ranks(
        &self,
        last: Option<Rank>,
        sort: Sort,
        pass: usize,
    ) -> tantivy::Result<Vec<Rank>> {
        let weight = self.weight(sort == Sort::Relevance)?;
        let (searcher, stored) = (self.snapshot.searcher(), self.snapshot.stored_articles()?);
        ranks_below(last, sort, pass, &*weight, searcher, stored)
    }

    fn collected(&self, request: &CollectRequest) -> tantivy::Result<Collected> {
        let stored = self.snapshot.stored_articles()?;
        let collector = MatchCollector::new(request, stored, &self.watch);
        let searcher = self.snapshot.searcher();
        if self.question.clause.kind == ClauseKind::All {
            return collector.collect_all(searcher, self.question.target);
        }
        let weight = self.weight(collector.requires_scoring())?;
        collector.collect_matches(searcher, &*weight)
    }

    pub(super) fn weight(&self, is_scored: bool) -> tantivy::Result<Box<dyn Weight>> {
        let searcher = self.snapshot.searcher();
        let statistics = self.statistics()?;
        self.query.weight(if is_scored {
            EnableScoring::enabled_from_statistics_provider(&statistics, searcher)
        } else {
            EnableScoring::disabled_from_searcher(searcher)
        })
    }

    fn statistics(&self) -> tantivy::Result<Statistics<'_>> {
        let (searcher, live) = (self.snapshot.searcher(), self.snapshot.live_documents()?);
        Ok(Statistics::new(searcher, live, self.question.target))
    }

    /// The facets to count, with the people of those to which the aliases apply.
    fn counted_facets(&self, wanted: &Wanted) -> Result<Vec<CountedFacet>> {
        let applies = |facet| !wanted.stored_names && self.question.aliases.apply_to(facet);
        let facets = wanted.facets.iter().map(|wanted| wanted.facet);
        let people = if facets.clone().any(applies) {
            Some(Arc::new(split_articles(self.snapshot, self.question)?))
        } else {
            None
        };
        let people = |facet| people.clone().filter(|_| applies(facet));
        Ok(facets.map(|facet| CountedFacet { facet, people: people(facet) }).collect())
    }

    fn matches(&self, ranks: &[Rank], sort: Sort) -> Result<Vec<Match>> {
        if ranks.is_empty() {
            return Ok(Vec::new());
        }
        let reader = self.reader()?;
        ranks.iter().map(|rank| self.whole(reader.read(rank, sort, Parts::All))).collect()
    }

    pub(super) fn reader(&self) -> Result<MatchReader> {
        let stored = Arc::clone(self.snapshot.stored_articles().map_err(failed(self.snapshot))?);
        let splits = if self.question.with_splits {
            Some(split_articles(self.snapshot, self.question)?)
        } else {
            None
        };
        Ok(MatchReader { stored, splits, last: Mutex::default() })
    }
}

/// Reads the stored articles of matches. Neighbours are often quotations of one article, which is read once for them.
pub(super) struct MatchReader {
    stored: Arc<StoredArticles>,
    splits: Option<SplitArticles>,
    last: Mutex<Option<(DocAddress, Arc<Article>)>>,
}

impl MatchReader {
    /// The rank of the document at `address`.
    pub(super) fn rank(&self, address: DocAddress, score: u32, sort: Sort) -> Rank {
        Rank::of(address, score, sort, self.stored.order(address.segment_ord))
    }

    /// Reads a match of that rank.
    pub(super) fn read(&self, rank: &Rank, sort: Sort, parts: Parts) -> tantivy::Result<Match> {
        let Reverse(address) = rank.address;
        let doc_id = self.stored.order(address.segment_ord).columns().article_of(address.doc_id);
        let quote = (doc_id != address.doc_id).then(|| (address.doc_id - doc_id - 1) as usize);
        let article = match parts {
            Parts::Text => Arc::new(self.stored.text(address)?.0),
            Parts::All => self.article(DocAddress { doc_id, ..address })?,
        };
        let splits = self.splits.as_ref();
        let splits = splits.map(|splits| splits.applying_to(DocAddress { doc_id, ..address }));
        let score = match sort {
            Sort::Relevance => f32::from_bits(rank.score),
            Sort::Newest | Sort::Oldest => 0.0,
        };
        Ok(Match { article, quote, score, splits: splits.unwrap_or_default() })
    }

    fn article(&self, address: DocAddress) -> tantivy::Result<Arc<Article>> {
        let last = || self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, article)) = last().as_ref().filter(|(last, _)| *last == address) {
            return Ok(Arc::clone(article));
        }
        let article = Arc::new(self.stored.article(address)?.0);
        *last() = Some((address, Arc::clone(&article)));
        Ok(article)
    }
}

/// The articles to which each split of the question's aliases applies.
fn split_articles(snapshot: &Snapshot, question: &Question) -> Result<SplitArticles> {
    let Question { aliases, limits, .. } = question;
    let articles_of = |split: &Split| {
        let condition = Question::of_clause(split.condition.clone(), Target::Articles);
        let question = Question { limits: limits.clone(), ..condition };
        let found = Prepared::new(snapshot, &question)?.collect(&DocSetCollector)?;
        Ok(found.into_iter().collect())
    };
    let articles: Result<Vec<_>> = aliases.splits().iter().map(articles_of).collect();
    Ok(SplitArticles::new(aliases, articles?))
}
