//! A filter by lists of documents that have been found already.

use std::sync::Arc;

use rustc_hash::FxHashMap;
use tantivy::index::{SegmentId, SegmentReader};
use tantivy::query::{EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{DocId, DocSet, Score, Searcher, TERMINATED};

/// The documents of each segment, sorted, none twice; all with score 0.
#[derive(Clone, Debug, Default)]
pub(super) struct DocListQuery {
    segments: Arc<FxHashMap<SegmentId, Arc<[DocId]>>>,
}

impl DocListQuery {
    /// From documents in any order, one list for each segment of `searcher`.
    pub(super) fn new(searcher: &Searcher, lists: Vec<Vec<DocId>>) -> Self {
        let ids = searcher.segment_readers().iter().map(SegmentReader::segment_id);
        let sorted = lists.into_iter().map(|mut list| {
            list.sort_unstable();
            list.dedup();
            list.into()
        });
        Self { segments: Arc::new(ids.zip(sorted).collect()) }
    }
}

impl Query for DocListQuery {
    fn weight(&self, _: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(self.clone()))
    }
}

impl Weight for DocListQuery {
    fn scorer(&self, reader: &SegmentReader, _: Score) -> tantivy::Result<Box<dyn Scorer>> {
        Ok(match self.segments.get(&reader.segment_id()) {
            Some(docs) => Box::new(DocListScorer { docs: Arc::clone(docs), at: 0 }),
            None => Box::new(EmptyScorer),
        })
    }

    fn explain(&self, _: &SegmentReader, _: DocId) -> tantivy::Result<Explanation> {
        Ok(Explanation::new("a list of documents", 0.0))
    }
}

struct DocListScorer {
    docs: Arc<[DocId]>,
    at: usize,
}

impl DocSet for DocListScorer {
    fn advance(&mut self) -> DocId {
        self.at += 1;
        self.doc()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        let rest = self.docs.get(self.at..).unwrap_or_default();
        self.at += rest.partition_point(|&doc| doc < target);
        self.doc()
    }

    fn doc(&self) -> DocId {
        self.docs.get(self.at).copied().unwrap_or(TERMINATED)
    }

    fn size_hint(&self) -> u32 {
        self.docs.len() as u32
    }
}

impl Scorer for DocListScorer {
    fn score(&mut self) -> Score {
        0.0
    }
}
