//! The query for a pattern in one field, and its BM25.

use std::sync::Arc;

use tantivy::index::SegmentReader;
use tantivy::query::{Bm25StatisticsProvider, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::Field;
use tantivy::{DocId, Score};

use super::by_text::{decide_by_text, needs_text};
use super::candidates::{Candidates, CompiledPattern};
use super::quotation_scorer::QuotationScorer;
use super::scorer::PatternScorer;
use super::word_postings::WordPostings;
use crate::engine::local::compile::compiler::Compiler;
use crate::engine::local::compile::similarity::{Similarity, idf};
use crate::engine::local::compile::terms::{Terms, TermsBySegment};
use crate::index::schema::Kind;
use crate::query::language::clause::{Scope, TextClause};
use crate::query::language::shown;
use crate::query::matching::{PatternPlan, WordMatcher};

/// The average length of quotations in words, for BM25 (that of the `PolNeAR` corpus).
const QUOTATION_LENGTH: Score = 15.0;

/// Documents in which a pattern matches at least so many times.
#[derive(Clone)]
pub(crate) struct PatternQuery {
    pattern: Arc<CompiledPattern>,
}

impl std::fmt::Debug for PatternQuery {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("PatternQuery").field(&self.pattern.plan).finish()
    }
}

impl PatternQuery {
    /// For `clause` in `field`, which contains the text `scope`.
    pub(in crate::engine::local::compile) fn new(
        compiler: Compiler<'_>,
        field: Field,
        scope: Scope,
        clause: &TextClause,
    ) -> Self {
        let mut words = Vec::new();
        let plan = PatternPlan::new(&clause.pattern, &mut words);
        let words = words.iter().map(|word| WordMatcher::new(word, compiler.languages)).collect();
        let (live, watch) = (Arc::clone(compiler.live), compiler.watch.clone());
        let (at_least, clause) = (clause.at_least, shown(clause));
        let pattern = CompiledPattern { plan, words, field, scope, at_least, live, watch, clause };
        Self { pattern: Arc::new(pattern) }
    }
}

impl Query for PatternQuery {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let pattern = Arc::clone(&self.pattern);
        let words = pattern.words.iter().map(|word| (pattern.field, word));
        let terms = Terms::of(words, scoring, &pattern.live, &pattern.watch)?;
        let similarity = match scoring {
            EnableScoring::Enabled { statistics_provider, .. } => {
                Some(pattern.similarity(&terms, statistics_provider)?)
            }
            EnableScoring::Disabled { .. } => None,
        };
        let words = terms.by_word();
        Ok(Box::new(PatternWeight { pattern, words, similarity }))
    }
}

impl CompiledPattern {
    /// BM25 of the pattern.
    fn similarity(
        &self,
        terms: &Terms<'_>,
        statistics: &dyn Bm25StatisticsProvider,
    ) -> tantivy::Result<Similarity> {
        let (docs, average_length) = if self.scope == Scope::Said {
            // The index counts words in articles, not in quotations.
            (self.live.documents(Kind::Article).max(1), QUOTATION_LENGTH)
        } else {
            let tokens = statistics.total_num_tokens(self.field)?;
            let docs = statistics.total_num_docs()?.max(1);
            (docs, (tokens as Score / docs as Score).max(1.0))
        };
        let idfs: tantivy::Result<Vec<_>> =
            (0..self.words.len()).map(|leaf| Ok(idf(terms.doc_freq(leaf, docs)?, docs))).collect();
        let idfs = idfs?;
        let of_word = |leaf: usize| idfs[leaf];
        Ok(Similarity::new(pattern_idf(&self.plan, &of_word), average_length))
    }
}

/// The idf of a pattern: the sum over words that must all be there, the highest over alternatives.
fn pattern_idf(plan: &PatternPlan, of_word: &impl Fn(usize) -> Score) -> Score {
    match plan {
        PatternPlan::Word(leaf) => of_word(*leaf),
        PatternPlan::Phrase(parts, _) => parts.iter().map(|&(_, leaf)| of_word(leaf)).sum(),
        PatternPlan::Loose(leaves, _) => leaves.iter().map(|&leaf| of_word(leaf)).sum(),
        PatternPlan::Or(plans) => {
            plans.iter().map(|plan| pattern_idf(plan, of_word)).fold(0.0, Score::max)
        }
        PatternPlan::Near { left, negated: true, .. } => pattern_idf(left, of_word),
        PatternPlan::Near { left, right, .. } => {
            pattern_idf(left, of_word) + pattern_idf(right, of_word)
        }
    }
}

struct PatternWeight {
    pattern: Arc<CompiledPattern>,
    words: Vec<TermsBySegment>,
    similarity: Option<Similarity>,
}

impl PatternWeight {
    /// The postings of the words in one segment.
    fn postings(&self, reader: &SegmentReader) -> tantivy::Result<Vec<WordPostings>> {
        let index = reader.inverted_index(self.pattern.field)?;
        let terms = self.words.iter().filter_map(|word| word.get(&reader.segment_id()));
        Ok(terms
            .map(|terms| WordPostings::open(&index, terms, &self.pattern.watch))
            .collect::<Result<_, _>>()?)
    }
}

impl Weight for PatternWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let mut words = self.postings(reader)?;
        if self.pattern.words.iter().any(needs_text) {
            let candidates = Candidates::open(&self.pattern, self.postings(reader)?, reader)?;
            decide_by_text(candidates, &mut words, reader)?;
        }
        let candidates = Candidates::open(&self.pattern, words, reader)?;
        let similarity = self.similarity.as_ref().map(|similarity| similarity.boosted(boost));
        Ok(match self.pattern.scope {
            Scope::Said => Box::new(QuotationScorer::open(candidates, similarity, reader)?),
            _ => Box::new(PatternScorer::open(candidates, similarity, reader)?),
        })
    }

    fn explain(&self, _: &SegmentReader, _: DocId) -> tantivy::Result<Explanation> {
        Ok(Explanation::new("words near each other", 1.0))
    }
}
