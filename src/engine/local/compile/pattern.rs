//! The query for a pattern in one field: candidates from the postings of its words, decided by their positions.

use std::ops::Range;
use std::sync::Arc;

use tantivy::columnar::Column;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::index::SegmentReader;
use tantivy::query::{Bm25StatisticsProvider, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::Field;
use tantivy::{DocId, DocSet, Score, TERMINATED};

use super::postings::WordPostings;
use super::said::{QuotationScorer, Stretches};
use super::similarity::{Similarity, idf};
use super::terms::{BySegment, Terms};
use crate::index::read::live_documents::LiveDocuments;
use crate::index::schema::Kind;
use crate::index::schema::columns::{Columns, NumberColumn};
use crate::index::schema::sentence_starts;
use crate::query::language::clause::{Scope, TextClause};
use crate::query::matching::plan::Positions;
use crate::query::matching::{Plan, WordMatcher};

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
    live: Arc<LiveDocuments>,
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
        live: &Arc<LiveDocuments>,
        field: Field,
        scope: Scope,
        clause: &TextClause,
    ) -> Self {
        let mut words = Vec::new();
        let plan = Plan::new(&clause.pattern, &mut words);
        let words = words.iter().map(|word| WordMatcher::new(word, languages)).collect();
        let (at_least, live) = (clause.at_least, Arc::clone(live));
        Self { pattern: Arc::new(Compiled { plan, words, field, scope, at_least, live }) }
    }
}

impl Query for PatternQuery {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let pattern = Arc::clone(&self.pattern);
        let words = pattern.words.iter().map(|word| (pattern.field, word));
        let terms = Terms::of(words, scoring, &pattern.live)?;
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

impl Compiled {
    fn similarity(
        &self,
        terms: &Terms<'_>,
        statistics: &dyn Bm25StatisticsProvider,
    ) -> tantivy::Result<Similarity> {
        let (docs, average_length) = if self.scope == Scope::Said {
            // Words are counted in articles, also for their quotations.
            (self.live.documents(Kind::Article).max(1), QUOTATION_LENGTH)
        } else {
            let tokens = statistics.total_num_tokens(self.field)?;
            let docs = statistics.total_num_docs()?.max(1);
            (docs, (tokens as Score / docs as Score).max(1.0))
        };
        let rarities: tantivy::Result<Vec<_>> =
            (0..self.words.len()).map(|leaf| Ok(idf(terms.having(leaf, docs)?, docs))).collect();
        let rarities = rarities?;
        let of_word = |leaf: usize| rarities[leaf];
        Ok(Similarity::new(rarity(&self.plan, &of_word), average_length))
    }
}

/// How rare a match is: the sum over words that must all be there, the highest over alternatives.
fn rarity(plan: &Plan, of_word: &impl Fn(usize) -> Score) -> Score {
    match plan {
        Plan::Word(leaf) => of_word(*leaf),
        Plan::Phrase(parts, _) => parts.iter().map(|&(_, leaf)| of_word(leaf)).sum(),
        Plan::Loose(leaves, _) => leaves.iter().map(|&leaf| of_word(leaf)).sum(),
        Plan::Or(plans) => plans.iter().map(|plan| rarity(plan, of_word)).fold(0.0, Score::max),
        Plan::Near { left, negated: true, .. } => rarity(left, of_word),
        Plan::Near { left, right, .. } => rarity(left, of_word) + rarity(right, of_word),
    }
}

struct PatternWeight {
    pattern: Arc<Compiled>,
    words: Vec<BySegment>,
    similarity: Option<Similarity>,
}

impl Weight for PatternWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let index = reader.inverted_index(self.pattern.field)?;
        let terms = self.words.iter().filter_map(|word| word.get(&reader.segment_id()));
        let words =
            terms.map(|terms| WordPostings::open(&index, terms)).collect::<Result<_, _>>()?;
        let candidates = Candidates::open(&self.pattern, words, reader)?;
        let scale = self.similarity.as_ref().map(|similarity| similarity.boosted(boost));
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
    fn open(
        pattern: &Arc<Compiled>,
        words: Vec<WordPostings>,
        reader: &SegmentReader,
    ) -> tantivy::Result<Self> {
        let starts =
            if pattern.plan.needs_cuts() { Starts::open(reader, pattern.scope)? } else { None };
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
        if let Some(starts) = &mut self.starts {
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
        let times = self.pattern.plan.count(found);
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
        match (&self.similarity, &self.lengths) {
            (Some(similarity), Some(lengths)) => {
                similarity.score_in(self.times, lengths.fieldnorm_id(self.doc()))
            }
            _ => 0.0,
        }
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
struct Starts {
    column: Column<u64>,
    /// The values of one article.
    values: Vec<u64>,
}

impl Starts {
    /// For a pattern of this text; `None` where no document has any.
    fn open(reader: &SegmentReader, scope: Scope) -> tantivy::Result<Option<Self>> {
        if scope == Scope::Title {
            return Ok(None);
        }
        let column = Columns::of(reader).number_if_any(NumberColumn::SentenceStarts)?;
        Ok(column.map(|column| Self { column, values: Vec::new() }))
    }

    fn read(&mut self, doc: DocId, found: &mut Found) {
        found.sentences.clear();
        found.paragraphs.clear();
        let rows = self.column.index.value_row_ids(doc);
        self.values.resize(rows.len(), 0);
        self.column.values.get_range(u64::from(rows.start), &mut self.values);
        let values = self.values.iter().copied();
        sentence_starts::decode(values, &mut found.sentences, &mut found.paragraphs);
    }
}
