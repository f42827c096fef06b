//! Patterns in quotations. A quotation has no words of its own in the index: it is a stretch of its article's, and what
//! is asked of it is asked of the positions in that stretch.

use std::ops::Range;

use tantivy::columnar::Column;
use tantivy::index::SegmentReader;
use tantivy::query::Scorer;
use tantivy::{DocId, DocSet, Score, TERMINATED};

use super::pattern::Candidates;
use super::similarity::Similarity;
use crate::index::read::stored_articles::DocumentColumns;
use crate::index::schema::Kind;
use crate::index::schema::columns::{Columns, NumberColumn};

/// Which words of an article its lead, or a quotation, consists of.
pub(super) struct Stretches {
    from: Column<u64>,
    to: Column<u64>,
    /// Values that are read together.
    values: Vec<u64>,
}

impl Stretches {
    /// Those of one segment.
    pub(super) fn open(reader: &SegmentReader) -> tantivy::Result<Self> {
        let columns = Columns::of(reader);
        Ok(Self {
            from: columns.number(NumberColumn::FromWord)?,
            to: columns.number(NumberColumn::ToWord)?,
            values: Vec::new(),
        })
    }

    /// Positions in the body; of an article those of its lead.
    pub(super) fn of(&self, doc: DocId) -> Range<u32> {
        let value = |column: &Column<u64>| column.first(doc).unwrap_or(0) as u32;
        value(&self.from)..value(&self.to)
    }

    /// The same for documents side by side.
    fn of_each(&mut self, docs: Range<DocId>, out: &mut Vec<Range<u32>>) {
        out.clear();
        let Some(last) = docs.end.checked_sub(1).filter(|last| *last >= docs.start) else { return };
        let rows = |column: &Column<u64>| {
            let start = column.index.value_row_ids(docs.start).start;
            let are_all_there = column.index.value_row_ids(last)
                == (start + last - docs.start..start + last - docs.start + 1);
            are_all_there.then_some(start)
        };
        let (Some(from), Some(to)) = (rows(&self.from), rows(&self.to)) else {
            out.extend(docs.map(|doc| self.of(doc)));
            return;
        };
        self.values.resize(docs.len(), 0);
        self.from.values.get_range(u64::from(from), &mut self.values);
        out.extend(self.values.iter().map(|&from| from as u32..0));
        self.to.values.get_range(u64::from(to), &mut self.values);
        for (stretch, &to) in out.iter_mut().zip(&self.values) {
            stretch.end = to as u32;
        }
    }
}

/// Quotations in which a pattern is found.
pub(super) struct QuotationScorer {
    candidates: Candidates,
    similarity: Option<Similarity>,
    columns: DocumentColumns,
    stretches: Stretches,
    /// Those of the quotations of an article, and the first of these.
    held: (DocId, Vec<Range<u32>>),
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
            columns: DocumentColumns::open(reader)?,
            stretches: Stretches::open(reader)?,
            held: (0, Vec::new()),
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
            self.hold(article + 1);
            let (first, stretches) = &self.held;
            let passed = target.saturating_sub(*first) as usize;
            for (quote, stretch) in (*first..).zip(stretches).skip(passed) {
                if let Some(times) = self.candidates.times_in(stretch) {
                    (self.quote, self.times) = (quote, times);
                    return quote;
                }
            }
            self.candidates.seek(article + 1);
        }
        TERMINATED
    }

    /// Reads where the quotations are that stand side by side from `first` on.
    fn hold(&mut self, first: DocId) {
        if self.held.0 != first {
            let mut end = first;
            while self.is_quote(end) {
                end += 1;
            }
            self.held.0 = first;
            self.stretches.of_each(first..end, &mut self.held.1);
        }
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
        let (first, stretches) = &self.held;
        let stretch = stretches.get(self.quote.wrapping_sub(*first) as usize);
        similarity.score(self.times, stretch.map_or(0, |stretch| stretch.end - stretch.start))
    }
}
