//! A query whose documents are already known.

use std::sync::Arc;

use rustc_hash::FxHashMap;
use tantivy::index::{SegmentId, SegmentReader};
use tantivy::query::{EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{DocId, DocSet, Score, Searcher, TERMINATED};

/// Documents with their scores, sorted, none twice.
type Docs = Arc<[(DocId, Score)]>;

/// Documents of each segment.
#[derive(Clone, Debug, Default)]
pub(super) struct DocsQuery {
    segments: Arc<FxHashMap<SegmentId, Docs>>,
}

impl DocsQuery {
    /// From documents with scores in any order, one list for each segment of `searcher`; of a document that stands
    /// twice the higher score counts.
    pub(super) fn new(searcher: &Searcher, lists: Vec<Vec<(DocId, Score)>>) -> Self {
        let ids = searcher.segment_readers().iter().map(SegmentReader::segment_id);
        let sorted = lists.into_iter().map(|mut list| {
            list.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
            list.dedup_by_key(|entry| entry.0);
            list.into()
        });
        Self { segments: Arc::new(ids.zip(sorted).collect()) }
    }
}

impl Query for DocsQuery {
    fn weight(&self, _: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(self.clone()))
    }
}

impl Weight for DocsQuery {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        Ok(match self.segments.get(&reader.segment_id()) {
            Some(docs) => Box::new(DocsScorer { docs: Arc::clone(docs), at: 0, boost }),
            None => Box::new(EmptyScorer),
        })
    }

    fn explain(&self, _: &SegmentReader, _: DocId) -> tantivy::Result<Explanation> {
        Ok(Explanation::new("documents found before", 1.0))
    }
}

struct DocsScorer {
    docs: Docs,
    at: usize,
    boost: Score,
}

impl DocSet for DocsScorer {
    fn advance(&mut self) -> DocId {
        self.at += 1;
        self.doc()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        let rest = self.docs.get(self.at..).unwrap_or_default();
        self.at += rest.partition_point(|&(doc, _)| doc < target);
        self.doc()
    }

    fn doc(&self) -> DocId {
        self.docs.get(self.at).map_or(TERMINATED, |&(doc, _)| doc)
    }

    fn size_hint(&self) -> u32 {
        self.docs.len() as u32
    }
}

impl Scorer for DocsScorer {
    fn score(&mut self) -> Score {
        self.docs.get(self.at).map_or(0.0, |&(_, score)| score * self.boost)
    }
}
