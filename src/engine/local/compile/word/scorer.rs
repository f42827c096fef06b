//! The scorer of a word: document by document, or over all documents of a segment.

use tantivy::postings::Postings;
use tantivy::query::Scorer;
use tantivy::{DocId, DocSet, Score, TERMINATED};

use super::field_postings::{FieldPostings, TermPostings};
use super::window::{SPAN, ScoreWindow};
use crate::query::limits::Ticker;

/// If the second longest postings list is longer than this part of the longest one, documents are scored by
/// [windows](ScoreWindow), else by runs of the longest list. Windows take 0.43 of the instructions of runs for three very
/// common words, 0.5 to 0.6 for two to four others (15,000 articles).
const INTERLEAVED_RATIO: u32 = 8;

/// The documents that have the word.
pub(in crate::engine::local::compile) struct WordScorer {
    fields: Vec<FieldPostings>,
    doc: DocId,
    ticker: Ticker,
}

impl WordScorer {
    /// At the first document.
    pub(super) fn new(fields: Vec<FieldPostings>, ticker: Ticker) -> Self {
        let mut scorer = Self { fields, doc: 0, ticker };
        scorer.find_least();
        scorer
    }

    /// Moves to the least document of all postings.
    fn find_least(&mut self) -> DocId {
        let mut least = TERMINATED;
        for field in &self.fields {
            for term in &field.terms {
                least = least.min(term.postings.doc());
            }
        }
        self.doc = least;
        least
    }

    /// Calls `callback` for all documents with their scores.
    pub(super) fn for_each(&mut self, callback: &mut dyn FnMut(DocId, Score)) {
        if !self.is_interleaved() {
            self.for_each_in_runs(callback);
            return;
        }
        let mut window = ScoreWindow::new();
        while self.find_least() != TERMINATED && !self.ticker.is_over_after(SPAN) {
            window.open(self.doc);
            for field in &mut self.fields {
                window.add(field);
            }
            window.close(callback);
        }
    }

    /// Whether two lists have about the same length, so that their documents alternate.
    fn is_interleaved(&self) -> bool {
        let terms = self.fields.iter().flat_map(|field| &field.terms);
        let mut lengths: Vec<_> = terms.map(|term| term.postings.doc_freq()).collect();
        lengths.sort_unstable_by(|a, b| b.cmp(a));
        matches!(lengths[..], [longest, second, ..] if second > longest / INTERLEAVED_RATIO)
    }

    /// The same by runs: up to the next document of another list, one list is read alone.
    fn for_each_in_runs(&mut self, callback: &mut dyn FnMut(DocId, Score)) {
        loop {
            let least = self.least();
            if least.doc == TERMINATED || self.ticker.is_over_after(1) {
                return;
            }
            if least.doc == least.other {
                callback(least.doc, self.take(least.doc));
                continue;
            }
            let field = &mut self.fields[least.field];
            let mut doc = least.doc;
            let end = least.other.min(doc.saturating_add(SPAN as DocId));
            while doc < end {
                let frequency = field.terms[least.term].postings.term_freq();
                callback(doc, field.score(doc, frequency));
                doc = field.terms[least.term].postings.advance();
            }
        }
    }

    /// The score of a document that no postings have passed; moves them behind it.
    fn take(&mut self, doc: DocId) -> Score {
        self.fields.iter_mut().map(|field| field.take(doc)).sum()
    }

    /// Calls `callback` for all documents from `start` on and before `end`, in no order, some more than once. Afterwards only
    /// this method may be called, for documents from `end` on.
    pub(in crate::engine::local::compile) fn for_each_between(
        &mut self,
        start: DocId,
        end: DocId,
        mut callback: impl FnMut(DocId),
    ) {
        for term in self.fields.iter_mut().flat_map(|field| &mut field.terms) {
            let mut doc = term.postings.doc();
            if doc < start {
                doc = term.postings.seek(start);
            }
            while doc < end {
                callback(doc);
                doc = term.postings.advance();
            }
        }
    }

    /// The postings that come first.
    fn least(&self) -> Least {
        let mut least = Least { field: 0, term: 0, doc: TERMINATED, other: TERMINATED };
        for (field, postings) in self.fields.iter().enumerate() {
            for (term, TermPostings { postings, .. }) in postings.terms.iter().enumerate() {
                let doc = postings.doc();
                if doc < least.doc {
                    least = Least { field, term, doc, other: least.doc };
                } else if doc < least.other {
                    least.other = doc;
                }
            }
        }
        least
    }
}

/// The postings with the least document, and the least document of the others.
struct Least {
    field: usize,
    term: usize,
    doc: DocId,
    other: DocId,
}

impl DocSet for WordScorer {
    fn advance(&mut self) -> DocId {
        let (doc, mut least) = (self.doc, TERMINATED);
        if doc == TERMINATED || self.ticker.is_over_after(1) {
            self.doc = TERMINATED;
            return TERMINATED;
        }
        for term in self.fields.iter_mut().flat_map(|field| &mut field.terms) {
            let mut here = term.postings.doc();
            if here == doc {
                here = term.postings.advance();
            }
            least = least.min(here);
        }
        self.doc = least;
        least
    }

    fn seek(&mut self, target: DocId) -> DocId {
        let mut least = TERMINATED;
        if self.ticker.is_over_after(1) {
            self.doc = TERMINATED;
            return TERMINATED;
        }
        for term in self.fields.iter_mut().flat_map(|field| &mut field.terms) {
            let mut here = term.postings.doc();
            if here < target {
                here = term.postings.seek(target);
            }
            least = least.min(here);
        }
        self.doc = least;
        least
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        let terms = self.fields.iter().flat_map(|field| &field.terms);
        terms.map(|term| term.postings.size_hint()).fold(0, u32::saturating_add)
    }
}

impl Scorer for WordScorer {
    fn score(&mut self) -> Score {
        self.fields.iter().map(|field| field.score_at(self.doc)).sum()
    }
}
