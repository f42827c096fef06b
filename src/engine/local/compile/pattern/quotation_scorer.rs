//! The scorer of a pattern in quotations. A quotation has no postings of its own: it is a range of its article's word
//! positions, and the pattern is evaluated on the positions in that range.

use std::ops::Range;

use tantivy::index::SegmentReader;
use tantivy::query::Scorer;
use tantivy::{DocId, DocSet, Score, TERMINATED};

use super::candidates::Candidates;
use super::word_ranges::WordRanges;
use crate::engine::local::compile::similarity::Similarity;
use crate::index::read::stored_articles::DocumentColumns;
use crate::index::schema::Kind;

/// Quotations in which a pattern matches.
pub(super) struct QuotationScorer {
    candidates: Candidates,
    similarity: Option<Similarity>,
    columns: DocumentColumns,
    ranges: WordRanges,
    /// The first quotation of the current article.
    first: DocId,
    /// The word ranges of the article's quotations.
    quotation_ranges: Vec<Range<u32>>,
    /// The number of documents of the segment.
    end: DocId,
    /// The current quotation.
    quote: DocId,
    /// Matches in it.
    matches: u32,
}

impl QuotationScorer {
    /// For one segment, at the first quotation.
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
            ranges: WordRanges::open(reader)?,
            first: 0,
            quotation_ranges: Vec::new(),
            end: reader.max_doc(),
            quote: 0,
            matches: 0,
        };
        scorer.find(0);
        Ok(scorer)
    }

    /// Advances to the first match from `target` on.
    fn find(&mut self, target: DocId) -> DocId {
        self.quote = TERMINATED;
        while self.candidates.doc != TERMINATED {
            let article = self.candidates.doc;
            self.read_ranges(article + 1);
            let passed = target.saturating_sub(self.first) as usize;
            let rest = self.quotation_ranges.get(passed..).unwrap_or_default();
            for (quote, range) in (self.first + passed as DocId..).zip(rest) {
                if let Some(matches) = self.candidates.matches_in(range) {
                    (self.quote, self.matches) = (quote, matches);
                    return quote;
                }
            }
            self.candidates.seek(article + 1);
        }
        TERMINATED
    }

    /// Reads the ranges of the quotations of an article, the first of which is `first`.
    fn read_ranges(&mut self, first: DocId) {
        if self.first != first {
            let mut end = first;
            while self.is_quote(end) {
                end += 1;
            }
            self.first = first;
            self.ranges.of_each(first..end, &mut self.quotation_ranges);
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
        // As for articles, and the ranges of the quotations are read.
        u64::from(self.size_hint()).saturating_mul(20)
    }
}

impl Scorer for QuotationScorer {
    fn score(&mut self) -> Score {
        let Some(similarity) = &self.similarity else { return 0.0 };
        let range = self.quotation_ranges.get(self.quote.wrapping_sub(self.first) as usize);
        similarity.score(self.matches, range.map_or(0, |range| range.end - range.start))
    }
}
