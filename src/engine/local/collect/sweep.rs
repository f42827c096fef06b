//! One sweep over the matches of a question, segment by segment: their number, the first of them in an order, and counts
//! of facets.

use std::cmp::Reverse;
use std::sync::Arc;
use std::sync::atomic::AtomicU32;
use std::sync::atomic::Ordering::Relaxed;

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::index::SegmentReader;
use tantivy::{DocAddress, DocId, Score};

use super::counts::{Counted, SegmentCounts};
use super::top::{Rank, SPARE, Top};
use crate::index::read::stored_articles::{Order, StoredArticles};
use crate::query::request::Sort;

/// What to collect.
#[derive(Clone, Debug)]
pub(crate) struct Sweep {
    /// In which order.
    pub(crate) sort: Sort,
    /// How many of the first matches.
    pub(crate) keep: usize,
    /// Fields to count.
    pub(crate) facets: Vec<Counted>,
}

/// What was collected.
#[derive(Default)]
pub(crate) struct Swept {
    /// All matches.
    pub(crate) total: u64,
    /// The first of them, in order.
    pub(crate) top: Vec<Rank>,
    /// For each field, its counts in each segment.
    pub(crate) facets: Vec<Vec<SegmentCounts>>,
}

/// A sweep over one commit.
pub(crate) struct Sweeping<'s> {
    sweep: &'s Sweep,
    stored: &'s StoredArticles,
    /// The highest of the lowest scores that are among the first of a segment.
    floor: Arc<AtomicU32>,
}

impl<'s> Sweeping<'s> {
    /// Over what `stored` reads.
    pub(crate) fn new(sweep: &'s Sweep, stored: &'s StoredArticles) -> Self {
        Self { sweep, stored, floor: Arc::default() }
    }
}

impl Collector for Sweeping<'_> {
    type Fruit = Swept;
    type Child = SegmentSweep;

    fn for_segment(&self, segment: u32, reader: &SegmentReader) -> tantivy::Result<SegmentSweep> {
        let facets = self.sweep.facets.iter();
        let facets: tantivy::Result<_> =
            facets.map(|facet| SegmentCounts::open(facet, segment, reader)).collect();
        let order = Arc::clone(self.stored.order(segment));
        let mut top = Top::new(self.sweep.keep, None);
        top.raise(self.floor.load(Relaxed));
        let floor = Arc::clone(&self.floor);
        Ok(SegmentSweep {
            facets: facets?,
            floor,
            ..SegmentSweep::new(segment, order, self.sweep.sort, top)
        })
    }

    fn requires_scoring(&self) -> bool {
        self.sweep.sort == Sort::Relevance && self.sweep.keep > 0
    }

    fn merge_fruits(&self, segments: Vec<SegmentSweep>) -> tantivy::Result<Swept> {
        let mut swept = Swept::default();
        swept.facets.resize_with(self.sweep.facets.len(), Vec::new);
        for segment in segments {
            swept.total += segment.total;
            swept.top.extend(segment.top.ranks());
            for (all, counts) in swept.facets.iter_mut().zip(segment.facets) {
                all.push(counts);
            }
        }
        swept.top.sort_unstable_by(|a, b| b.cmp(a));
        swept.top.truncate(self.sweep.keep);
        Ok(swept)
    }
}

/// The sweep over one segment.
pub(crate) struct SegmentSweep {
    pub(super) segment: u32,
    pub(super) total: u64,
    pub(super) top: Top,
    /// Do scores alone tell most matches apart?
    is_by_score: bool,
    /// Scores and documents that may be among the first, before their dates are known.
    candidates: Vec<(u32, DocId)>,
    /// That of all segments.
    floor: Arc<AtomicU32>,
    pub(super) sort: Sort,
    pub(super) order: Arc<Order>,
    pub(super) facets: Vec<SegmentCounts>,
    /// The articles of a block of matches.
    articles: Vec<DocId>,
}

impl SegmentSweep {
    pub(super) fn new(segment: u32, order: Arc<Order>, sort: Sort, top: Top) -> Self {
        Self {
            segment,
            total: 0,
            is_by_score: sort == Sort::Relevance && top.is_of_few(),
            top,
            candidates: Vec::new(),
            floor: Arc::default(),
            sort,
            order,
            facets: Vec::new(),
            articles: Vec::new(),
        }
    }

    pub(super) fn keep(&mut self, doc: DocId, score: Score) {
        // Scores are not negative: their bits sort as they do.
        let score = if self.sort == Sort::Relevance { score.max(0.0).to_bits() } else { 0 };
        if self.top.is_below(score) {
            return;
        }
        if self.is_by_score {
            self.candidates.push((score, doc));
            if self.candidates.len() >= self.top.keep.saturating_mul(4).saturating_add(SPARE) {
                self.sort_out();
            }
            return;
        }
        let rank = self.rank(doc, score);
        self.top.push(rank);
    }

    /// Leaves no more candidates than twice those to keep. Only ties need their dates to be read.
    fn sort_out(&mut self) {
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
            let first = ranks.iter().take(keep).map(|rank| (rank.0, rank.3.0.doc_id));
            self.candidates = first.collect();
        }
    }

    /// With no more candidates: the first of them are in their places.
    pub(super) fn settled(mut self) -> Self {
        if self.candidates.len() > self.top.keep {
            self.sort_out();
        }
        for (score, doc) in std::mem::take(&mut self.candidates) {
            let rank = self.rank(doc, score);
            self.top.push(rank);
        }
        self
    }

    fn rank(&self, doc: DocId, score: u32) -> Rank {
        let (date, key) = self.order.of(doc);
        let date = match self.sort {
            Sort::Relevance | Sort::Newest => date.unwrap_or(i64::MIN),
            Sort::Oldest => date.map_or(i64::MIN, |date| -date),
        };
        (score, date, Reverse(key), Reverse(DocAddress::new(self.segment, doc)))
    }

    pub(super) fn count(&mut self, docs: &[DocId]) {
        self.articles.clear();
        self.articles.extend(docs.iter().map(|&doc| self.order.columns().article_of(doc)));
        for facet in &mut self.facets {
            facet.count(if facet.is_of_quotations { docs } else { &self.articles }, &self.articles);
        }
    }
}

impl SegmentCollector for SegmentSweep {
    type Fruit = Self;

    fn collect(&mut self, doc: DocId, score: Score) {
        self.total += 1;
        self.keep(doc, score);
        if !self.facets.is_empty() {
            self.count(&[doc]);
        }
    }

    fn collect_block(&mut self, docs: &[DocId]) {
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
        self.settled()
    }
}
