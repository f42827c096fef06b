//! The candidates of a pattern: articles that have the words which a match needs. Their positions decide.

use std::ops::Range;
use std::sync::Arc;

use tantivy::columnar::Column;
use tantivy::index::SegmentReader;
use tantivy::schema::Field;
use tantivy::{DocId, TERMINATED};

use super::word_postings::WordPostings;
use crate::engine::local::watch::Watch;
use crate::index::read::live_documents::LiveDocuments;
use crate::index::schema::columns::{Columns, NumberColumn};
use crate::index::schema::sentence_starts;
use crate::query::language::clause::Scope;
use crate::query::matching::pattern::{Matches, Positions};
use crate::query::matching::{Effort, Interval, PatternPlan, WordMatcher};

/// A pattern compiled for a field of one commit.
pub(super) struct CompiledPattern {
    pub(super) plan: PatternPlan,
    pub(super) words: Vec<WordMatcher>,
    pub(super) field: Field,
    pub(super) scope: Scope,
    pub(super) at_least: u32,
    pub(super) live: Arc<LiveDocuments>,
    pub(super) watch: Watch,
    /// It in the query language, for messages.
    pub(super) clause: String,
}

/// The articles that have the words of a pattern, with the positions of these.
pub(super) struct Candidates {
    pub(super) pattern: Arc<CompiledPattern>,
    words: Vec<WordPostings>,
    found: CandidatePositions,
    /// Those of a part of the article.
    clipped: CandidatePositions,
    starts: Option<SentenceStarts>,
    effort: Effort,
    /// The current article.
    pub(super) doc: DocId,
}

impl Candidates {
    /// For one segment; `words` are in the order of the plan. At no article yet.
    pub(super) fn open(
        pattern: &Arc<CompiledPattern>,
        words: Vec<WordPostings>,
        reader: &SegmentReader,
    ) -> tantivy::Result<Self> {
        let starts = if pattern.plan.needs_sentences() {
            SentenceStarts::open(reader, pattern.scope)?
        } else {
            None
        };
        let found = CandidatePositions {
            positions: vec![Vec::new(); words.len()],
            joined: vec![Vec::new(); words.len()],
            ..CandidatePositions::default()
        };
        let clipped = found.clone();
        let (pattern, effort) = (Arc::clone(pattern), Effort::new(pattern.watch.limits()));
        Ok(Self { pattern, words, found, clipped, starts, effort, doc: 0 })
    }

    /// Goes to the first candidate from `target` on.
    pub(super) fn seek(&mut self, target: DocId) -> DocId {
        self.doc = next_candidate(&self.pattern.plan, &mut self.words, target);
        if self.doc == TERMINATED || self.effort.is_over_after(1) {
            self.doc = TERMINATED;
            return TERMINATED;
        }
        let places = self.found.positions.iter_mut().zip(&mut self.found.joined);
        for (word, (positions, joined)) in self.words.iter_mut().zip(places) {
            word.seek(self.doc);
            word.places(self.doc, positions, joined);
        }
        if let Some(starts) = &mut self.starts {
            starts.read(self.doc, &mut self.found);
        }
        self.doc
    }

    /// The number of matches in the candidate; `None` if there are too few.
    pub(super) fn matches(&mut self) -> Option<u32> {
        let counted = self.pattern.plan.count(&self.found, self.pattern.at_least, &mut self.effort);
        self.enough(counted)
    }

    /// The matches in the candidate, however many are enough.
    pub(super) fn intervals(&mut self) -> Vec<Interval> {
        self.pattern.plan.intervals(&self.found, &mut self.effort)
    }

    /// The same number for the words at these positions alone.
    pub(super) fn matches_in(&mut self, range: &Range<u32>) -> Option<u32> {
        let mut places = 0;
        for (all, here) in self.found.positions.iter().zip(&mut self.clipped.positions) {
            let first = all.partition_point(|&position| position < range.start);
            let end = all.partition_point(|&position| position < range.end);
            here.clear();
            here.extend_from_slice(&all[first..end.max(first)]);
            places += here.len();
        }
        for (all, here) in self.found.joined.iter().zip(&mut self.clipped.joined) {
            let first = all.partition_point(|place| place.start < range.start);
            let begun = all[first..].iter().take_while(|place| place.start < range.end);
            here.clear();
            here.extend(begun.filter(|place| place.end < range.end));
            places += here.len();
        }
        if self.effort.is_over_after(1 + places) || places == 0 {
            return None;
        }
        let part = Part { words: &self.clipped, whole: &self.found };
        let counted = self.pattern.plan.count(&part, self.pattern.at_least, &mut self.effort);
        self.enough(counted)
    }

    fn enough(&mut self, counted: Matches) -> Option<u32> {
        match counted {
            Matches::Found(matches) => (matches >= self.pattern.at_least).then_some(matches),
            Matches::Unknown => {
                let why = "an article has too many pairs of its words";
                self.pattern.watch.refuse(&self.pattern.clause, why);
                None
            }
        }
    }

    /// An upper bound of the number of candidates.
    pub(super) fn size_hint(&self) -> u32 {
        size_hint(&self.pattern.plan, &self.words)
    }
}

/// The first document from `target` on that has all words that a match needs.
fn next_candidate(plan: &PatternPlan, words: &mut [WordPostings], target: DocId) -> DocId {
    match plan {
        PatternPlan::Word(leaf) => words[*leaf].seek(target),
        PatternPlan::Phrase(parts, _) => {
            intersection(parts, target, |&(_, leaf), target| words[leaf].seek(target))
        }
        PatternPlan::Loose(leaves, _) => {
            intersection(leaves, target, |&leaf, target| words[leaf].seek(target))
        }
        PatternPlan::Or(plans) => {
            plans.iter().map(|p| next_candidate(p, words, target)).min().unwrap_or(TERMINATED)
        }
        PatternPlan::Near { left, negated: true, .. } => next_candidate(left, words, target),
        PatternPlan::Near { left, right, .. } => {
            intersection(&[left, right], target, |side, target| next_candidate(side, words, target))
        }
    }
}

/// An upper bound of the number of candidates.
fn size_hint(plan: &PatternPlan, words: &[WordPostings]) -> u32 {
    match plan {
        PatternPlan::Word(leaf) => words[*leaf].size_hint(),
        PatternPlan::Phrase(parts, _) => {
            parts.iter().map(|&(_, leaf)| words[leaf].size_hint()).min().unwrap_or(0)
        }
        PatternPlan::Loose(leaves, _) => {
            leaves.iter().map(|&leaf| words[leaf].size_hint()).min().unwrap_or(0)
        }
        PatternPlan::Or(plans) => {
            plans.iter().map(|p| size_hint(p, words)).fold(0, u32::saturating_add)
        }
        PatternPlan::Near { left, negated: true, .. } => size_hint(left, words),
        PatternPlan::Near { left, right, .. } => {
            size_hint(left, words).min(size_hint(right, words))
        }
    }
}

/// The first document from `target` on that all parts have: a leapfrog join.
fn intersection<T>(
    parts: &[T],
    mut target: DocId,
    mut seek: impl FnMut(&T, DocId) -> DocId,
) -> DocId {
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

/// The positions of words, sentences and paragraphs in a candidate.
#[derive(Clone, Default)]
struct CandidatePositions {
    positions: Vec<Vec<u32>>,
    joined: Vec<Vec<Interval>>,
    sentences: Vec<u32>,
    paragraphs: Vec<u32>,
}

impl Positions for CandidatePositions {
    fn of(&self, leaf: usize) -> &[u32] {
        &self.positions[leaf]
    }

    fn joined(&self, leaf: usize) -> &[Interval] {
        &self.joined[leaf]
    }

    fn sentences(&self) -> &[u32] {
        &self.sentences
    }

    fn paragraphs(&self) -> &[u32] {
        &self.paragraphs
    }

    fn places(&self) -> usize {
        self.positions.iter().map(Vec::len).chain(self.joined.iter().map(Vec::len)).sum()
    }
}

/// The words of a part of an article, with the sentences of the whole.
struct Part<'a> {
    words: &'a CandidatePositions,
    whole: &'a CandidatePositions,
}

impl Positions for Part<'_> {
    fn of(&self, leaf: usize) -> &[u32] {
        self.words.of(leaf)
    }

    fn joined(&self, leaf: usize) -> &[Interval] {
        self.words.joined(leaf)
    }

    fn sentences(&self) -> &[u32] {
        &self.whole.sentences
    }

    fn paragraphs(&self) -> &[u32] {
        &self.whole.paragraphs
    }

    fn places(&self) -> usize {
        self.words.places()
    }
}

/// Reads where the sentences and paragraphs of one segment's bodies begin. A headline is one sentence.
struct SentenceStarts {
    column: Column<u64>,
    /// Buffer: the values of one article.
    values: Vec<u64>,
}

impl SentenceStarts {
    /// For patterns in a text; `None` if no document has sentence starts.
    fn open(reader: &SegmentReader, scope: Scope) -> tantivy::Result<Option<Self>> {
        if scope == Scope::Title {
            return Ok(None);
        }
        let column = Columns::of(reader).number_if_any(NumberColumn::SentenceStarts)?;
        Ok(column.map(|column| Self { column, values: Vec::new() }))
    }

    /// Reads those of a document.
    fn read(&mut self, doc: DocId, positions: &mut CandidatePositions) {
        positions.sentences.clear();
        positions.paragraphs.clear();
        let rows = self.column.index.value_row_ids(doc);
        self.values.resize(rows.len(), 0);
        self.column.values.get_range(u64::from(rows.start), &mut self.values);
        let values = self.values.iter().copied();
        sentence_starts::decode(values, &mut positions.sentences, &mut positions.paragraphs);
    }
}
