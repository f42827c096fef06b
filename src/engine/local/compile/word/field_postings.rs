//! The postings of a word in one field of a segment, term by term, and their score.

use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::{DocId, DocSet, Score};

use crate::engine::local::compile::similarity::Similarity;

/// The postings of all terms of a word in one field, with what scores them.
pub(super) struct FieldPostings {
    pub(super) terms: Vec<TermPostings>,
    pub(super) ranking: Option<(Similarity, FieldNormReader)>,
}

/// The postings of one term.
pub(super) struct TermPostings {
    pub(super) postings: SegmentPostings,
    /// Whether its positions may be those of another term of the word.
    pub(super) may_overlap: bool,
}

impl FieldPostings {
    /// The score of a document with that term frequency.
    #[inline]
    pub(super) fn score(&self, doc: DocId, frequency: u32) -> Score {
        self.ranking.as_ref().map_or(0.0, |(similarity, lengths)| {
            similarity.score_in(frequency, lengths.fieldnorm_id(doc))
        })
    }

    /// The score of a document that no postings have passed; moves them behind it.
    pub(super) fn take(&mut self, doc: DocId) -> Score {
        let score = self.score_at(doc);
        for term in self.terms.iter_mut().filter(|term| term.postings.doc() == doc) {
            term.postings.advance();
        }
        score
    }

    /// The score of a document that no postings have passed. Terms that may overlap count at the same positions: of both
    /// kinds of terms the one with the higher frequency counts.
    pub(super) fn score_at(&self, doc: DocId) -> Score {
        let mut frequencies = [0; 2];
        for term in self.terms.iter().filter(|term| term.postings.doc() == doc) {
            frequencies[usize::from(term.may_overlap)] += term.postings.term_freq();
        }
        match frequencies[0].max(frequencies[1]) {
            0 => 0.0,
            frequency => self.score(doc, frequency),
        }
    }
}
