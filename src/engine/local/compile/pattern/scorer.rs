//! The scorer of a pattern in articles.

use tantivy::fieldnorm::FieldNormReader;
use tantivy::index::SegmentReader;
use tantivy::query::Scorer;
use tantivy::{DocId, DocSet, Score, TERMINATED};

use super::candidates::Candidates;
use super::word_ranges::WordRanges;
use crate::engine::local::compile::similarity::Similarity;
use crate::query::language::clause::Scope;

/// Articles in which a pattern matches.
pub(super) struct PatternScorer {
    candidates: Candidates,
    similarity: Option<Similarity>,
    lengths: Option<FieldNormReader>,
    /// The leads, if the pattern is searched in these alone.
    leads: Option<WordRanges>,
    /// Matches in the current article.
    matches: u32,
}

impl PatternScorer {
    /// For one segment, at the first article.
    pub(super) fn open(
        candidates: Candidates,
        similarity: Option<Similarity>,
        reader: &SegmentReader,
    ) -> tantivy::Result<Self> {
        let pattern = &candidates.pattern;
        let lengths = match similarity {
            Some(_) => reader.fieldnorms_readers().get_field(pattern.field)?,
            None => None,
        };
        let is_lead = pattern.scope == Scope::Lead;
        let leads = is_lead.then(|| WordRanges::open(reader)).transpose()?;
        let mut scorer = Self { candidates, similarity, lengths, leads, matches: 0 };
        scorer.find(0);
        Ok(scorer)
    }

    /// Advances to the first match from `target` on.
    fn find(&mut self, mut target: DocId) -> DocId {
        loop {
            let doc = self.candidates.seek(target);
            if doc == TERMINATED {
                return doc;
            }
            let matches = match &self.leads {
                Some(leads) => self.candidates.matches_in(&leads.of(doc)),
                None => self.candidates.matches(),
            };
            if let Some(matches) = matches {
                self.matches = matches;
                return doc;
            }
            target = doc + 1;
        }
    }
}

impl DocSet for PatternScorer {
    fn advance(&mut self) -> DocId {
        if self.doc() == TERMINATED { TERMINATED } else { self.find(self.doc() + 1) }
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc() >= target { self.doc() } else { self.find(target) }
    }

    fn doc(&self) -> DocId {
        self.candidates.doc
    }

    fn size_hint(&self) -> u32 {
        self.candidates.size_hint()
    }

    fn cost(&self) -> u64 {
        // Decoding positions costs more than postings without them.
        u64::from(self.size_hint()).saturating_mul(10)
    }
}

impl Scorer for PatternScorer {
    fn score(&mut self) -> Score {
        match (&self.similarity, &self.lengths) {
            (Some(similarity), Some(lengths)) => {
                similarity.score_in(self.matches, lengths.fieldnorm_id(self.doc()))
            }
            _ => 0.0,
        }
    }
}
