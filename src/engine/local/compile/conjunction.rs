//! Documents that fulfil all of several clauses and none of others.
//!
//! tantivy's own intersection adds scores in the order of the clauses' costs in a segment, so that the last bit of a score
//! depends on the segments; here scores are added in the order of the clauses. And tantivy seeks excluded scorers backwards,
//! which its phrase scorer does not allow (0.27: a debug assertion in `PhraseScorer::seek_danger`).

use tantivy::index::SegmentReader;
use tantivy::query::{EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{DocId, DocSet, Score, TERMINATED};

use super::excluded::{Excluded, MembershipScorer};
use super::simple_queries::BoxedQuery;
use crate::engine::local::watch::Watch;
use crate::query::limits::Ticker;

/// All of these clauses and none of those.
#[derive(Debug)]
pub(super) struct Conjunction {
    required: Vec<BoxedQuery>,
    excluded: Vec<BoxedQuery>,
    watch: Watch,
}

impl Conjunction {
    /// All of `required` and none of `excluded`; without anything required no document.
    pub(super) fn query(
        mut required: Vec<BoxedQuery>,
        excluded: Vec<BoxedQuery>,
        watch: &Watch,
    ) -> BoxedQuery {
        if excluded.is_empty() && required.len() == 1 {
            return required.remove(0);
        }
        Box::new(Self { required, excluded, watch: watch.clone() })
    }
}

impl Clone for Conjunction {
    fn clone(&self) -> Self {
        let copies = |of: &[BoxedQuery]| of.iter().map(|query| query.box_clone()).collect();
        let (required, excluded) = (copies(&self.required), copies(&self.excluded));
        Self { required, excluded, watch: self.watch.clone() }
    }
}

impl Query for Conjunction {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        // Scores of excluded clauses are not needed.
        let unscored = match scoring {
            EnableScoring::Enabled { searcher, .. } => {
                EnableScoring::disabled_from_searcher(searcher)
            }
            EnableScoring::Disabled { .. } => scoring,
        };
        let weights = |of: &[BoxedQuery], scoring: EnableScoring<'_>| {
            of.iter().map(|query| query.weight(scoring)).collect::<tantivy::Result<Vec<_>>>()
        };
        let required = weights(&self.required, scoring)?;
        let (excluded, watch) = (weights(&self.excluded, unscored)?, self.watch.clone());
        Ok(Box::new(Weights { required, excluded, watch }))
    }
}

struct Weights {
    required: Vec<Box<dyn Weight>>,
    excluded: Vec<Box<dyn Weight>>,
    watch: Watch,
}

impl Weights {
    fn excluded(&self, reader: &SegmentReader) -> tantivy::Result<Vec<Excluded>> {
        self.excluded.iter().map(|weight| Ok(Excluded::new(weight.scorer(reader, 1.0)?))).collect()
    }
}

impl Weight for Weights {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let mut required = Vec::with_capacity(self.required.len());
        for weight in &self.required {
            required.push(MembershipScorer::new(weight.scorer(reader, boost)?));
        }
        let mut order: Vec<_> = (0..required.len()).collect();
        order.sort_by_key(|&at| required[at].scorer.cost());
        let Some(&lead) = order.first() else { return Ok(Box::new(EmptyScorer)) };
        let first = required[lead].at;
        let excluded = self.excluded(reader)?;
        let ticker = self.watch.ticker();
        let mut scorer = ConjunctionScorer { required, order, excluded, doc: 0, ticker };
        scorer.advance_to_match(first);
        Ok(Box::new(scorer))
    }

    fn for_each(
        &self,
        reader: &SegmentReader,
        callback: &mut dyn FnMut(DocId, Score),
    ) -> tantivy::Result<()> {
        if let [only] = &*self.required {
            let mut excluded = self.excluded(reader)?;
            return only.for_each(reader, &mut |doc, score| {
                if !excluded.iter_mut().any(|excluded| excluded.has(doc)) {
                    callback(doc, score);
                }
            });
        }
        let mut scorer = self.scorer(reader, 1.0)?;
        let mut doc = scorer.doc();
        while doc != TERMINATED {
            callback(doc, scorer.score());
            doc = scorer.advance();
        }
        Ok(())
    }

    fn explain(&self, _: &SegmentReader, _: DocId) -> tantivy::Result<Explanation> {
        Ok(Explanation::new("all clauses", 1.0))
    }
}

struct ConjunctionScorer {
    /// In the order of the clauses.
    required: Vec<MembershipScorer>,
    /// The numbers of the required scorers, the cheapest first: it leads.
    order: Vec<usize>,
    excluded: Vec<Excluded>,
    doc: DocId,
    ticker: Ticker,
}

impl ConjunctionScorer {
    /// Advances to the first match from `doc` on, a document of the lead.
    fn advance_to_match(&mut self, mut doc: DocId) -> DocId {
        while doc != TERMINATED {
            let (lead, rest) = (self.order[0], &self.order[1..]);
            if self.ticker.is_over_after(1) {
                doc = TERMINATED;
                break;
            }
            let missing = rest.iter().find(|&&at| !self.required[at].has(doc));
            if let Some(&missing) = missing {
                let next = self.required[missing].at.min(TERMINATED);
                doc = self.required[lead].scorer.seek(next);
            } else if self.excluded.iter_mut().any(|excluded| excluded.has(doc)) {
                doc = self.required[lead].scorer.advance();
            } else {
                break;
            }
        }
        self.doc = doc;
        doc
    }
}

impl DocSet for ConjunctionScorer {
    fn advance(&mut self) -> DocId {
        if self.doc == TERMINATED {
            return TERMINATED;
        }
        let next = self.required[self.order[0]].scorer.advance();
        self.advance_to_match(next)
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc >= target {
            return self.doc;
        }
        let next = self.required[self.order[0]].scorer.seek(target);
        self.advance_to_match(next)
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        self.required.iter().map(|member| member.scorer.size_hint()).min().unwrap_or(0)
    }

    fn cost(&self) -> u64 {
        self.required.iter().map(|member| member.scorer.cost()).min().unwrap_or(0)
    }
}

impl Scorer for ConjunctionScorer {
    fn score(&mut self) -> Score {
        self.required.iter_mut().map(|member| member.scorer.score()).sum()
    }
}
