//! Patterns in quotations. A quotation has no words of its own in the index: it is a stretch of its article's, and what
//! is asked of it is asked of the positions in that stretch.

use std::ops::Range;
use std::sync::Arc;

use tantivy::columnar::ColumnValues;
use tantivy::index::SegmentReader;
use tantivy::query::Scorer;
use tantivy::{DocId, DocSet, Score, TERMINATED};

use super::pattern::Candidates;
use super::similarity::Similarity;
use crate::index::schema::Kind;
use crate::index::stored::Columns;

/// Which words of an article its lead, or a quotation, consists of.
pub(super) struct Stretches {
    from: Arc<dyn ColumnValues<u64>>,
    to: Arc<dyn ColumnValues<u64>>,
}

impl Stretches {
    /// Those of one segment.
    pub(super) fn open(reader: &SegmentReader) -> tantivy::Result<Self> {
        let fast = reader.fast_fields();
        Ok(Self {
            from: fast.column_first_or_default("from_word")?,
            to: fast.column_first_or_default("to_word")?,
        })
    }

    /// Positions in the body; of an article those of its lead.
    pub(super) fn of(&self, doc: DocId) -> Range<u32> {
        self.from.get_val(doc) as u32..self.to.get_val(doc) as u32
    }
}

/// Quotations in which a pattern is found.
pub(super) struct QuotationScorer {
    candidates: Candidates,
    similarity: Option<Similarity>,
    columns: Columns,
    stretches: Stretches,
    end: DocId,
    quote: DocId,
    times: u32,
}

impl QuotationScorer {
    /// Those of one segment, at the first.
    pub(super) fn open(
        mut candidates: Candidates,
        similarity: Option<Similarity>,
        reader: &SegmentReader,
    ) -> tantivy::Result<Self> {
        candidates.seek(0);
        let mut scorer = Self {
            candidates,
            similarity,
            columns: Columns::open(reader)?,
            stretches: Stretches::open(reader)?,
            end: reader.max_doc(),
            quote: 0,
            times: 0,
        };
        scorer.find(0);
        Ok(scorer)
    }

    /// Goes to the first quotation from `target` on in which the pattern is found.
    fn find(&mut self, target: DocId) -> DocId {
        self.quote = TERMINATED;
        while self.candidates.doc != TERMINATED {
            let article = self.candidates.doc;
            let mut quote = target.max(article + 1);
            while self.is_quote(quote) && self.columns.article_of(quote) == article {
                if let Some(times) = self.candidates.times_in(&self.stretches.of(quote)) {
                    (self.quote, self.times) = (quote, times);
                    return quote;
                }
                quote += 1;
            }
            self.candidates.seek(article + 1);
        }
        TERMINATED
    }

    fn is_quote(&self, doc: DocId) -> bool {
        doc < self.end && self.columns.is(doc, Kind::Quote)
    }
}

impl DocSet for QuotationScorer {
    fn advance(&mut self) -> DocId {
        if self.quote == TERMINATED { TERMINATED } else { self.find(self.quote + 1) }
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.quote >= target {
            return self.quote;
        }
        if target < self.end {
            let article = self.columns.article_of(target);
            if self.candidates.doc < article {
                self.candidates.seek(article);
            }
        } else {
            self.candidates.doc = TERMINATED;
        }
        self.find(target)
    }

    fn doc(&self) -> DocId {
        self.quote
    }

    fn size_hint(&self) -> u32 {
        self.candidates.size_hint()
    }

    fn cost(&self) -> u64 {
        u64::from(self.size_hint()).saturating_mul(20)
    }
}

impl Scorer for QuotationScorer {
    fn score(&mut self) -> Score {
        let Some(similarity) = &self.similarity else { return 0.0 };
        let stretch = self.stretches.of(self.quote);
        similarity.score(self.times, stretch.end - stretch.start)
    }
}
