//! The query for a pattern in one field: candidates from the postings of its words, decided by their positions.

use std::ops::Range;
use std::sync::Arc;

use tantivy::columnar::Column;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::index::SegmentReader;
use tantivy::query::{Bm25StatisticsProvider, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::Field;
use tantivy::{DocId, DocSet, Score, Searcher, TERMINATED};

use super::postings::{WordPostings, documents_with};
use super::said::{QuotationScorer, Stretches};
use super::text::expand;
use crate::index::cuts;
use crate::query::ast::{Scope, TextClause};
use crate::query::matching::plan::Positions;
use crate::query::matching::{Plan, WordMatcher};
use crate::query::search::Target;
use crate::query::statistics::{B, K1, Statistics};

/// Words of a quotation on average, for BM25 (as in those of `PolNeAR`).
const QUOTATION_LENGTH: Score = 15.0;

/// A pattern, found at least so many times in a field.
#[derive(Clone)]
pub(super) struct PatternQuery {
    pattern: Arc<Compiled>,
}

struct Compiled {
    plan: Plan,
    words: Vec<WordMatcher>,
    field: Field,
    scope: Scope,
    at_least: u32,
}

impl std::fmt::Debug for PatternQuery {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("PatternQuery").field(&self.pattern.plan).finish()
    }
}

impl PatternQuery {
    /// For `clause` in `field`, which holds the text `scope`.
    pub(super) fn new(
        languages: &[String],
        field: Field,
        scope: Scope,
        clause: &TextClause,
    ) -> Self {
        let mut words = Vec::new();
        let plan = Plan::new(&clause.pattern, &mut words);
        let words = words.iter().map(|word| WordMatcher::new(word, languages)).collect();
        let at_least = clause.at_least;
        Self { pattern: Arc::new(Compiled { plan, words, field, scope, at_least }) }
    }
}

impl Query for PatternQuery {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let similarity = match scoring {
            EnableScoring::Enabled { searcher, statistics_provider } => {
                let pattern = &self.pattern;
                let tokens = statistics_provider.total_num_tokens(pattern.field)?;
                let (docs, average_length) = if pattern.scope == Scope::Said {
                    // Words are counted in articles, also for their quotations.
                    let articles = Statistics::new(searcher, Target::Articles)?;
                    (articles.total_num_docs()?, QUOTATION_LENGTH)
                } else {
                    let docs = statistics_provider.total_num_docs()?.max(1);
                    (docs, (tokens as Score / docs as Score).max(1.0))
                };
                let idf = pattern.idf(&pattern.plan, searcher, docs)?;
                Some(Similarity { idf, average_length })
            }
            EnableScoring::Disabled { .. } => None,
        };
        Ok(Box::new(PatternWeight { pattern: Arc::clone(&self.pattern), similarity }))
    }
}

impl Compiled {
    /// How rare a match is: the sum over words that must all be there, the highest over alternatives.
    fn idf(&self, plan: &Plan, searcher: &Searcher, docs: u64) -> tantivy::Result<Score> {
        let sum = |leaves: &mut dyn Iterator<Item = usize>| -> tantivy::Result<Score> {
            leaves.map(|leaf| self.word_idf(leaf, searcher, docs)).sum()
        };
        match plan {
            Plan::Word(leaf) => self.word_idf(*leaf, searcher, docs),
            Plan::Phrase(parts, _) => sum(&mut parts.iter().map(|&(_, leaf)| leaf)),
            Plan::Loose(leaves, _) => sum(&mut leaves.iter().copied()),
            Plan::Or(plans) => plans.iter().try_fold(0.0, |most: Score, plan| {
                self.idf(plan, searcher, docs).map(|idf| most.max(idf))
            }),
            Plan::Near { left, negated: true, .. } => self.idf(left, searcher, docs),
            Plan::Near { left, right, .. } => {
                Ok(self.idf(left, searcher, docs)? + self.idf(right, searcher, docs)?)
            }
        }
    }

    fn word_idf(&self, leaf: usize, searcher: &Searcher, docs: u64) -> tantivy::Result<Score> {
        let mut having = 0;
        for reader in searcher.segment_readers() {
            let index = reader.inverted_index(self.field)?;
            let terms = expand(&index, &self.words[leaf])?;
            having += documents_with(&index, &terms)?;
        }
        let having = having.min(docs);
        Ok((1.0 + ((docs - having) as Score + 0.5) / (having as Score + 0.5)).ln())
    }
}

/// What BM25 takes from the whole index.
#[derive(Clone, Copy)]
pub(super) struct Similarity {
    idf: Score,
    average_length: Score,
}

impl Similarity {
    pub(super) fn score(self, times: u32, length: u32) -> Score {
        let times = times as Score;
        let norm = K1 * (1.0 - B + B * length as Score / self.average_length);
        self.idf * (1.0 + K1) * times / (times + norm)
    }
}

struct PatternWeight {
    pattern: Arc<Compiled>,
    similarity: Option<Similarity>,
}

impl Weight for PatternWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let candidates = Candidates::open(&self.pattern, reader)?;
        let scale = self
            .similarity
            .map(|similarity| Similarity { idf: similarity.idf * boost, ..similarity });
        Ok(match self.pattern.scope {
            Scope::Said => Box::new(QuotationScorer::open(candidates, scale, reader)?),
            _ => Box::new(PatternScorer::open(candidates, scale, reader)?),
        })
    }

    fn explain(&self, _: &SegmentReader, _: DocId) -> tantivy::Result<Explanation> {
        Ok(Explanation::new("words near each other", 1.0))
    }
}

/// Articles that have the words of a pattern, and where they have them.
pub(super) struct Candidates {
    pattern: Arc<Compiled>,
    words: Vec<WordPostings>,
    found: Found,
    clipped: Found,
    starts: Option<Starts>,
    /// The article at hand.
    pub(super) doc: DocId,
}

impl Candidates {
    fn open(pattern: &Arc<Compiled>, reader: &SegmentReader) -> tantivy::Result<Self> {
        let index = reader.inverted_index(pattern.field)?;
        let words: tantivy::Result<Vec<_>> =
            pattern.words.iter().map(|word| WordPostings::open(&index, word)).collect();
        let words = words?;
        let starts = if pattern.plan.needs_cuts() {
            Starts::open(reader, pattern.scope)?
        } else {
            None
        };
        let found = Found { positions: vec![Vec::new(); words.len()], ..Found::default() };
        let clipped = found.clone();
        Ok(Self { pattern: Arc::clone(pattern), words, found, clipped, starts, doc: 0 })
    }

    /// Goes to the first candidate from `target` on.
    pub(super) fn seek(&mut self, target: DocId) -> DocId {
        self.doc = self.pattern.plan.candidate(&mut self.words, target);
        if self.doc == TERMINATED {
            return TERMINATED;
        }
        for (word, positions) in self.words.iter_mut().zip(&mut self.found.positions) {
            word.seek(self.doc);
            word.positions(self.doc, positions);
        }
        if let Some(starts) = &self.starts {
            starts.read(self.doc, &mut self.found);
        }
        self.doc
    }

    /// How many times the candidate matches; `None` if that is too few.
    fn times(&self) -> Option<u32> {
        self.enough(&self.found)
    }

    /// The same for the words of a stretch alone.
    pub(super) fn times_in(&mut self, stretch: &Range<u32>) -> Option<u32> {
        let mut is_empty = true;
        for (all, here) in self.found.positions.iter().zip(&mut self.clipped.positions) {
            let first = all.partition_point(|&position| position < stretch.start);
            let end = all.partition_point(|&position| position < stretch.end);
            here.clear();
            here.extend_from_slice(&all[first..end.max(first)]);
            is_empty &= here.is_empty();
        }
        if is_empty {
            return None;
        }
        self.clipped.sentences.clone_from(&self.found.sentences);
        self.clipped.paragraphs.clone_from(&self.found.paragraphs);
        self.enough(&self.clipped)
    }

    fn enough(&self, found: &Found) -> Option<u32> {
        let times = self.pattern.plan.places(found).len() as u32;
        (times >= self.pattern.at_least).then_some(times)
    }

    pub(super) fn size_hint(&self) -> u32 {
        self.pattern.plan.size_hint(&self.words)
    }
}

struct PatternScorer {
    candidates: Candidates,
    similarity: Option<Similarity>,
    lengths: Option<FieldNormReader>,
    /// If only the lead counts.
    leads: Option<Stretches>,
    times: u32,
}

impl PatternScorer {
    fn open(
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
        let leads = is_lead.then(|| Stretches::open(reader)).transpose()?;
        let mut scorer = Self { candidates, similarity, lengths, leads, times: 0 };
        scorer.find(0);
        Ok(scorer)
    }

    /// Goes to the first matching document from `target` on.
    fn find(&mut self, mut target: DocId) -> DocId {
        loop {
            let doc = self.candidates.seek(target);
            if doc == TERMINATED {
                return doc;
            }
            let times = match &self.leads {
                Some(leads) => self.candidates.times_in(&leads.of(doc)),
                None => self.candidates.times(),
            };
            if let Some(times) = times {
                self.times = times;
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
        // Positions are decoded: dearer than a posting list of that length.
        u64::from(self.size_hint()).saturating_mul(10)
    }
}

impl Scorer for PatternScorer {
    fn score(&mut self) -> Score {
        let Some(similarity) = self.similarity else { return 0.0 };
        let length = self.lengths.as_ref().map_or(1, |lengths| lengths.fieldnorm(self.doc()));
        similarity.score(self.times, length)
    }
}

impl Plan {
    /// The first document from `target` on in which all words stand that a match needs.
    fn candidate(&self, words: &mut [WordPostings], target: DocId) -> DocId {
        match self {
            Self::Word(leaf) => words[*leaf].seek(target),
            Self::Phrase(parts, _) => {
                in_all(parts, target, |&(_, leaf), target| words[leaf].seek(target))
            }
            Self::Loose(leaves, _) => {
                in_all(leaves, target, |&leaf, target| words[leaf].seek(target))
            }
            Self::Or(plans) => {
                plans.iter().map(|p| p.candidate(words, target)).min().unwrap_or(TERMINATED)
            }
            Self::Near { left, negated: true, .. } => left.candidate(words, target),
            Self::Near { left, right, .. } => {
                in_all(&[left, right], target, |side, target| side.candidate(words, target))
            }
        }
    }

    fn size_hint(&self, words: &[WordPostings]) -> u32 {
        match self {
            Self::Word(leaf) => words[*leaf].size_hint(),
            Self::Phrase(parts, _) => {
                parts.iter().map(|&(_, leaf)| words[leaf].size_hint()).min().unwrap_or(0)
            }
            Self::Loose(leaves, _) => {
                leaves.iter().map(|&leaf| words[leaf].size_hint()).min().unwrap_or(0)
            }
            Self::Or(plans) => {
                plans.iter().map(|p| p.size_hint(words)).fold(0, u32::saturating_add)
            }
            Self::Near { left, negated: true, .. } => left.size_hint(words),
            Self::Near { left, right, .. } => left.size_hint(words).min(right.size_hint(words)),
        }
    }
}

/// The first document from `target` on that all parts agree on.
fn in_all<T>(parts: &[T], mut target: DocId, mut seek: impl FnMut(&T, DocId) -> DocId) -> DocId {
    let mut agreed = 0;
    for part in parts.iter().cycle() {
        let doc = seek(part, target);
        if doc == TERMINATED {
            return TERMINATED;
        }
        agreed = if doc == target { agreed + 1 } else { 1 };
        target = doc;
        if agreed >= parts.len() {
            return doc;
        }
    }
    TERMINATED
}

/// Where the words stand in the candidate.
#[derive(Clone, Default)]
struct Found {
    positions: Vec<Vec<u32>>,
    sentences: Vec<u32>,
    paragraphs: Vec<u32>,
}

impl Positions for Found {
    fn of(&self, leaf: usize) -> &[u32] {
        &self.positions[leaf]
    }

    fn sentences(&self) -> &[u32] {
        &self.sentences
    }

    fn paragraphs(&self) -> &[u32] {
        &self.paragraphs
    }
}

/// Where the sentences and paragraphs of one segment's bodies begin. A headline is one sentence.
struct Starts(Column<u64>);

impl Starts {
    /// For a pattern of this text; `None` where no document has any.
    fn open(reader: &SegmentReader, scope: Scope) -> tantivy::Result<Option<Self>> {
        if scope == Scope::Title {
            return Ok(None);
        }
        Ok(reader.fast_fields().column_opt("cuts")?.map(Self))
    }

    fn read(&self, doc: DocId, found: &mut Found) {
        found.sentences.clear();
        found.paragraphs.clear();
        let values = self.0.values_for_doc(doc);
        cuts::decode(values, &mut found.sentences, &mut found.paragraphs);
    }
}
