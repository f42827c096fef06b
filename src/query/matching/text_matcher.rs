//! The matches of a pattern in one text of an article.

use std::cell::RefCell;

use rustc_hash::FxHashMap;

use super::analyzed_text::{AnalyzedText, disjoint};
use super::intervals::Interval;
use super::pattern::{PatternPlan, Positions};
use super::word::WordMatcher;
use crate::article::Span;
use crate::query::language::clause::{Pattern, WordPattern};
use crate::text::MAX_WORD;

/// Words in the cache of a language: the vocabulary of some thousand articles.
const MAX_CACHED: usize = 1 << 16;

/// Folded words with the numbers of the matchers that accept them.
type Accepted = FxHashMap<Box<str>, Box<[u32]>>;

/// A pattern compiled for texts of articles.
pub(crate) struct TextMatcher {
    plan: PatternPlan,
    words: Vec<WordMatcher>,
    /// The words that a match is made of, by number.
    matching_leaves: Vec<usize>,
    /// The matchers that accept a folded word, by language.
    cache: RefCell<FxHashMap<[u8; 2], Accepted>>,
}

impl TextMatcher {
    /// For texts in `languages`.
    pub(crate) fn new(pattern: &Pattern, languages: &[String]) -> Self {
        let mut words: Vec<WordPattern> = Vec::new();
        let plan = PatternPlan::new(pattern, &mut words);
        let words = words.iter().map(|w| WordMatcher::new(w, languages)).collect();
        let mut matching_leaves = Vec::new();
        plan.add_matching_leaves(&mut matching_leaves);
        Self { plan, words, matching_leaves, cache: RefCell::default() }
    }

    /// The matches as word positions, in order, none twice.
    pub(crate) fn intervals(&self, text: &AnalyzedText<'_>) -> Vec<Interval> {
        self.plan.intervals(&FoundWords { positions: self.positions(text), text })
    }

    /// The matches as bytes, each from its first to its last word.
    pub(crate) fn match_spans(&self, text: &AnalyzedText<'_>) -> Vec<Span> {
        self.intervals(text).iter().map(|p| text.span(p.start, p.end)).collect()
    }

    /// The words that the matches are made of, as bytes in order, without overlap.
    pub(crate) fn highlights(&self, text: &AnalyzedText<'_>) -> Vec<Span> {
        let found = FoundWords { positions: self.positions(text), text };
        let mut highlights = Vec::new();
        for interval in self.plan.intervals(&found) {
            if !interval.has_gaps {
                highlights.push(text.span(interval.start, interval.end));
                continue;
            }
            for &leaf in &self.matching_leaves {
                let positions = found.of(leaf);
                let from = positions.partition_point(|&p| p < interval.start);
                let here = positions[from..].iter().take_while(|&&p| p <= interval.end);
                highlights.extend(here.map(|&p| text.span(p, p)));
            }
        }
        disjoint(highlights)
    }

    /// The positions of each of the pattern's words.
    fn positions(&self, text: &AnalyzedText<'_>) -> Vec<Vec<u32>> {
        let mut positions = vec![Vec::new(); self.words.len()];
        let mut caches = self.cache.borrow_mut();
        let cache = caches.entry(text.language_key()).or_default();
        if cache.len() > MAX_CACHED {
            cache.clear();
        }
        for (at, range) in text.words.iter().enumerate() {
            if range.len() > MAX_WORD {
                continue;
            }
            let folded = text.folded(range);
            if !cache.contains_key(folded.as_ref()) {
                let accepting = self.accepting(&folded, text.language);
                cache.insert(folded.as_ref().into(), accepting);
            }
            for &leaf in &cache[folded.as_ref()] {
                positions[leaf as usize].push(at as u32);
            }
        }
        positions
    }

    /// The numbers of the matchers that accept a word.
    fn accepting(&self, folded: &str, language: &str) -> Box<[u32]> {
        let matches = |(_, word): &(usize, &WordMatcher)| word.matches(folded, language);
        self.words.iter().enumerate().filter(matches).map(|(leaf, _)| leaf as u32).collect()
    }
}

/// The positions of a pattern's words in a text.
struct FoundWords<'a, 't> {
    positions: Vec<Vec<u32>>,
    text: &'a AnalyzedText<'t>,
}

impl Positions for FoundWords<'_, '_> {
    fn of(&self, leaf: usize) -> &[u32] {
        &self.positions[leaf]
    }

    fn sentences(&self) -> &[u32] {
        self.text.sentence_starts()
    }

    fn paragraphs(&self) -> &[u32] {
        self.text.paragraph_starts()
    }
}
