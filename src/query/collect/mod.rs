//! One sweep over all matches: their number, the first of them in an order, and exact counts of facets.
//!
//! Facets are counted per segment in arrays over the ordinals of the values, and merged by value: exact, whatever the
//! number of segments and values. Where the user's aliases name people, these are counted instead.

mod counts;
mod whole;

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::sync::Arc;

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::Column;
use tantivy::index::SegmentReader;
use tantivy::{DocAddress, DocId, Score};

pub(super) use self::counts::SegmentCounts;
use super::aliases::renamed::Renamed;
use super::search::Sort;
use crate::index::stored::Columns;

/// So many more candidates for the first places are kept than may come there, before they are sorted out.
const SPARE: usize = 64;

/// Sorts greatest first: score, day, then hash of the id and address upwards.
pub(super) type Rank = (u32, i64, Reverse<u64>, Reverse<DocAddress>);

/// What to collect.
#[derive(Clone, Debug)]
pub(super) struct Sweep {
    /// In which order.
    pub(super) sort: Sort,
    /// How many of the first matches; `usize::MAX` for all.
    pub(super) keep: usize,
    /// Fields to count.
    pub(super) facets: Vec<Counted>,
}

/// A facet to count.
#[derive(Clone, Debug)]
pub(super) struct Counted {
    /// Its name.
    pub(super) field: &'static str,
    /// Who has which of its values.
    pub(super) people: Option<Arc<Renamed>>,
}

impl From<&'static str> for Counted {
    fn from(field: &'static str) -> Self {
        Self { field, people: None }
    }
}

/// What was collected.
#[derive(Default)]
pub(super) struct Swept {
    /// All matches.
    pub(super) total: u64,
    /// The first of them, in order.
    pub(super) top: Vec<Rank>,
    /// For each field, its counts in each segment.
    pub(super) facets: Vec<Vec<SegmentCounts>>,
}

impl Collector for Sweep {
    type Fruit = Swept;
    type Child = SegmentSweep;

    fn for_segment(&self, segment: u32, reader: &SegmentReader) -> tantivy::Result<SegmentSweep> {
        let fast = reader.fast_fields();
        let facets: tantivy::Result<_> =
            self.facets.iter().map(|facet| SegmentCounts::open(facet, segment, reader)).collect();
        Ok(SegmentSweep {
            segment,
            total: 0,
            top: Top::new(self.keep),
            candidates: Vec::new(),
            sort: self.sort,
            date: fast.column_opt("date")?,
            key: fast.column_opt("key")?,
            facets: facets?,
            columns: Columns::open(reader)?,
            articles: Vec::new(),
        })
    }

    fn requires_scoring(&self) -> bool {
        self.sort == Sort::Relevance && self.keep > 0
    }

    fn merge_fruits(&self, segments: Vec<SegmentSweep>) -> tantivy::Result<Swept> {
        let mut swept = Swept::default();
        swept.facets.resize_with(self.facets.len(), Vec::new);
        for segment in segments {
            swept.total += segment.total;
            swept.top.extend(segment.top.ranks());
            for (all, counts) in swept.facets.iter_mut().zip(segment.facets) {
                all.push(counts);
            }
        }
        swept.top.sort_unstable_by(|a, b| b.cmp(a));
        swept.top.truncate(self.keep);
        Ok(swept)
    }
}

/// The sweep over one segment.
pub(super) struct SegmentSweep {
    segment: u32,
    total: u64,
    top: Top,
    /// Scores and documents that may be among the first, before their dates are known.
    candidates: Vec<(u32, DocId)>,
    sort: Sort,
    date: Option<Column<i64>>,
    key: Option<Column<u64>>,
    facets: Vec<SegmentCounts>,
    columns: Columns,
    /// The articles of a block of matches.
    articles: Vec<DocId>,
}

impl SegmentSweep {
    fn keep(&mut self, doc: DocId, score: Score) {
        // Scores are not negative: their bits sort as they do.
        let score = if self.sort == Sort::Relevance { score.max(0.0).to_bits() } else { 0 };
        if self.top.is_below(score) {
            return;
        }
        if self.sort == Sort::Relevance && self.top.keep != usize::MAX {
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
        self.top.floor = floor;
        if self.candidates.len() > keep.saturating_mul(2) {
            let candidates = std::mem::take(&mut self.candidates);
            let ranks = candidates.into_iter().map(|(score, doc)| self.rank(doc, score));
            let mut ranks: Vec<_> = ranks.collect();
            ranks.sort_unstable_by(|a, b| b.cmp(a));
            let first = ranks.iter().take(keep).map(|rank| (rank.0, rank.3.0.doc_id));
            self.candidates = first.collect();
        }
    }

    fn rank(&self, doc: DocId, score: u32) -> Rank {
        let article = self.columns.article_of(doc);
        let date = self.date.as_ref().and_then(|column| column.first(article));
        let date = match self.sort {
            Sort::Relevance | Sort::Newest => date.unwrap_or(i64::MIN),
            Sort::Oldest => date.map_or(i64::MIN, |date| -date),
        };
        let key = self.key.as_ref().and_then(|column| column.first(article)).unwrap_or(0);
        (score, date, Reverse(key), Reverse(DocAddress::new(self.segment, doc)))
    }

    fn count(&mut self, docs: &[DocId]) {
        self.articles.clear();
        self.articles.extend(docs.iter().map(|&doc| self.columns.article_of(doc)));
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

    fn harvest(mut self) -> Self {
        for (score, doc) in std::mem::take(&mut self.candidates) {
            let rank = self.rank(doc, score);
            self.top.push(rank);
        }
        self
    }
}

/// The greatest ranks seen so far.
struct Top {
    keep: usize,
    /// Scores below this are not among them.
    floor: u32,
    heap: BinaryHeap<Reverse<Rank>>,
    all: Vec<Rank>,
}

impl Top {
    fn new(keep: usize) -> Self {
        let floor = if keep == 0 { u32::MAX } else { 0 };
        Self { keep, floor, heap: BinaryHeap::new(), all: Vec::new() }
    }

    /// Is a match of this score sure not to be among them?
    fn is_below(&self, score: u32) -> bool {
        score < self.floor
    }

    fn push(&mut self, rank: Rank) {
        if self.keep == usize::MAX {
            self.all.push(rank);
        } else if self.heap.len() < self.keep {
            self.heap.push(Reverse(rank));
        } else if let Some(mut least) = self.heap.peek_mut()
            && rank > least.0
        {
            *least = Reverse(rank);
        }
        if self.heap.len() == self.keep {
            self.floor = self.heap.peek().map_or(self.floor, |Reverse(least)| least.0);
        }
    }

    fn ranks(self) -> impl Iterator<Item = Rank> {
        self.all.into_iter().chain(self.heap.into_iter().map(|Reverse(rank)| rank))
    }
}
