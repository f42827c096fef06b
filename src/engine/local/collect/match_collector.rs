//! The collector of matches: their number, the first of them in an order, and counts of facets.

use std::sync::Arc;
use std::sync::atomic::AtomicU32;
use std::sync::atomic::Ordering::Relaxed;

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::index::SegmentReader;
use tantivy::{DocAddress, DocId, Score};

use super::facet_counts::{CountedFacet, SegmentFacetCounts};
use super::rank::{Rank, SPARE, TopRanks, score_bits};
use crate::engine::local::watch::Watch;
use crate::index::read::stored_articles::{Order, StoredArticles};
use crate::query::limits::Ticker;
use crate::query::request::Sort;

/// What to collect.
#[derive(Clone, Debug)]
pub(crate) struct CollectRequest {
    /// The order.
    pub(crate) sort: Sort,
    /// The number of first matches to keep.
    pub(crate) keep: usize,
    /// Facets to count.
    pub(crate) facets: Vec<CountedFacet>,
}

/// What was collected.
#[derive(Default)]
pub(crate) struct Collected {
    /// The number of matches.
    pub(crate) total: u64,
    /// The first of them, in order.
    pub(crate) top: Vec<Rank>,
    /// For each facet, its counts in each segment.
    pub(crate) facets: Vec<Vec<SegmentFacetCounts>>,
}

/// Collects matches in one commit.
pub(crate) struct MatchCollector<'s> {
    request: &'s CollectRequest,
    stored: &'s StoredArticles,
    /// The highest score that `keep` matches of some segment reach: lower scores are not among the first of all.
    floor: Arc<AtomicU32>,
    watch: &'s Watch,
}

impl<'s> MatchCollector<'s> {
    /// For the commit that `stored` reads, under a watch.
    pub(in crate::engine::local) fn new(
        request: &'s CollectRequest,
        stored: &'s StoredArticles,
        watch: &'s Watch,
    ) -> Self {
        Self { request, stored, floor: Arc::default(), watch }
    }
}

impl Collector for MatchCollector<'_> {
    type Fruit = Collected;
    type Child = SegmentMatchCollector;

    fn for_segment(
        &self,
        segment: u32,
        reader: &SegmentReader,
    ) -> tantivy::Result<SegmentMatchCollector> {
        let facets = self.request.facets.iter();
        let facets: tantivy::Result<_> =
            facets.map(|facet| SegmentFacetCounts::open(facet, segment, reader)).collect();
        let order = Arc::clone(self.stored.order(segment));
        let mut top = TopRanks::new(self.request.keep, None);
        top.raise(self.floor.load(Relaxed));
        let floor = Arc::clone(&self.floor);
        Ok(SegmentMatchCollector {
            facets: facets?,
            floor,
            ticker: self.watch.ticker(),
            ..SegmentMatchCollector::new(segment, order, self.request.sort, top)
        })
    }

    fn requires_scoring(&self) -> bool {
        self.request.sort == Sort::Relevance && self.request.keep > 0
    }

    fn merge_fruits(&self, segments: Vec<SegmentMatchCollector>) -> tantivy::Result<Collected> {
        let mut collected = Collected::default();
        collected.facets.resize_with(self.request.facets.len(), Vec::new);
        for segment in segments {
            collected.total += segment.total;
            collected.top.extend(segment.top.ranks());
            for (all, counts) in collected.facets.iter_mut().zip(segment.facets) {
                all.push(counts);
            }
        }
        collected.top.sort_unstable_by(|a, b| b.cmp(a));
        collected.top.truncate(self.request.keep);
        Ok(collected)
    }
}

/// Collects the matches of one segment.
pub(crate) struct SegmentMatchCollector {
    pub(super) segment: u32,
    pub(super) total: u64,
    pub(super) top: TopRanks,
    /// Whether matches are first compared by score alone: dates are read for ties among the first.
    is_by_score: bool,
    /// Scores and documents that may be among the first.
    candidates: Vec<(u32, DocId)>,
    /// The floor of the collector.
    floor: Arc<AtomicU32>,
    pub(super) sort: Sort,
    pub(super) order: Arc<Order>,
    pub(super) facets: Vec<SegmentFacetCounts>,
    /// Buffer: the articles of a block of matches.
    articles: Vec<DocId>,
    ticker: Ticker,
}

impl SegmentMatchCollector {
    /// For one segment, without facets; `top` keeps the first matches.
    pub(super) fn new(segment: u32, order: Arc<Order>, sort: Sort, top: TopRanks) -> Self {
        Self {
            segment,
            total: 0,
            is_by_score: sort == Sort::Relevance && top.is_small(),
            top,
            candidates: Vec::new(),
            floor: Arc::default(),
            sort,
            order,
            facets: Vec::new(),
            articles: Vec::new(),
            ticker: Ticker::default(),
        }
    }

    /// Keeps a match if it may be among the first.
    pub(super) fn keep(&mut self, doc: DocId, score: Score) {
        let score = score_bits(score, self.sort);
        if self.top.is_below(score) {
            return;
        }
        if self.is_by_score {
            self.candidates.push((score, doc));
            if self.candidates.len() >= self.top.keep.saturating_mul(4).saturating_add(SPARE) {
                self.prune();
            }
            return;
        }
        let rank = self.rank(doc, score);
        self.top.push(rank);
    }

    /// Drops candidates that are not among the first; if ties leave too many, their dates are read.
    fn prune(&mut self) {
        let keep = self.top.keep;
        let (_, least, _) = self.candidates.select_nth_unstable_by(keep - 1, |a, b| b.0.cmp(&a.0));
        let floor = least.0;
        self.candidates.retain(|&(score, _)| score >= floor);
        self.top.raise(self.floor.fetch_max(floor, Relaxed).max(floor));
        if self.candidates.len() > keep.saturating_mul(2) {
            let candidates = std::mem::take(&mut self.candidates);
            let ranks = candidates.into_iter().map(|(score, doc)| self.rank(doc, score));
            let mut ranks: Vec<_> = ranks.collect();
            ranks.sort_unstable_by(|a, b| b.cmp(a));
            let first = ranks.iter().take(keep).map(|rank| (rank.score, rank.address.0.doc_id));
            self.candidates = first.collect();
        }
    }

    /// Moves the candidates to `top`.
    pub(super) fn finished(mut self) -> Self {
        if self.candidates.len() > self.top.keep {
            self.prune();
        }
        for (score, doc) in std::mem::take(&mut self.candidates) {
            let rank = self.rank(doc, score);
            self.top.push(rank);
        }
        self
    }

    /// The rank of a document with that score.
    fn rank(&self, doc: DocId, score: u32) -> Rank {
        Rank::of(DocAddress::new(self.segment, doc), score, self.sort, &self.order)
    }

    /// Counts the facets of matches.
    pub(super) fn count(&mut self, docs: &[DocId]) {
        self.articles.clear();
        self.articles.extend(docs.iter().map(|&doc| self.order.columns().article_of(doc)));
        for facet in &mut self.facets {
            facet.count(if facet.is_of_quotations { docs } else { &self.articles }, &self.articles);
        }
    }
}

impl SegmentCollector for SegmentMatchCollector {
    type Fruit = Self;

    fn collect(&mut self, doc: DocId, score: Score) {
        if self.ticker.is_over_after(1 + 4 * self.facets.len()) {
            return;
        }
        self.total += 1;
        self.keep(doc, score);
        if !self.facets.is_empty() {
            self.count(&[doc]);
        }
    }

    fn collect_block(&mut self, docs: &[DocId]) {
        if self.ticker.is_over_after((1 + 4 * self.facets.len()) * docs.len()) {
            return;
        }
        self.total += docs.len() as u64;
        if self.top.keep > 0 {
            for &doc in docs {
                self.keep(doc, 0.0);
            }
        }
        if !self.facets.is_empty() {
            self.count(docs);
        }
    }

    fn harvest(self) -> Self {
        self.finished()
    }
}
