//! The matches of a pattern in one text of an article.

use std::cell::RefCell;

use rustc_hash::FxHashMap;

use super::analyzed_text::{AnalyzedText, disjoint};
use super::effort::Effort;
use super::intervals::{Interval, settle};
use super::pattern::{PatternPlan, Positions};
use super::word::WordMatcher;
use crate::article::Span;
use crate::query::language::clause::{Pattern, WordPattern};
use crate::query::limits::Limits;
use crate::text::MAX_WORD;

/// Words in the cache of a language: the vocabulary of some thousand articles.
const MAX_CACHED: usize = 1 << 16;

/// Words with the numbers of the matchers that accept them.
type Accepted = FxHashMap<Box<str>, Box<[u32]>>;

/// Where each of a pattern's words is, and where several words are read as it.
type Places = (Vec<Vec<u32>>, Vec<Vec<Interval>>);

/// A pattern compiled for texts of articles.
pub(crate) struct TextMatcher {
    plan: PatternPlan,
    words: Vec<WordMatcher>,
    /// The words that a match is made of, by number.
    matching_leaves: Vec<usize>,
    limits: Limits,
    /// The matchers that accept a word as it stands, and those that accept a reading, by language.
    cache: RefCell<FxHashMap<[u8; 2], [Accepted; 2]>>,
}

impl TextMatcher {
    /// For texts in `languages`.
    pub(crate) fn new(pattern: &Pattern, languages: &[String]) -> Self {
        let mut words: Vec<WordPattern> = Vec::new();
        let plan = PatternPlan::new(pattern, &mut words);
        let words = words.iter().map(|w| WordMatcher::new(w, languages)).collect();
        let mut matching_leaves = Vec::new();
        plan.add_matching_leaves(&mut matching_leaves);
        let limits = Limits::default();
        Self { plan, words, matching_leaves, limits, cache: RefCell::default() }
    }

    /// Limits the time of its evaluation: once it is over, matches are left out.
    pub(crate) fn limit(&mut self, limits: &Limits) {
        self.limits = limits.clone();
    }

    /// The matches as word positions, in order, none twice.
    pub(crate) fn intervals(&self, text: &AnalyzedText<'_>) -> Vec<Interval> {
        self.intervals_of(&self.found(text))
    }

    fn intervals_of(&self, found: &FoundWords<'_, '_>) -> Vec<Interval> {
        self.plan.intervals(found, &mut Effort::new(&self.limits))
    }

    /// The matches as bytes, each from its first to its last word.
    pub(crate) fn match_spans(&self, text: &AnalyzedText<'_>) -> Vec<Span> {
        self.intervals(text).iter().map(|p| text.span(p.start, p.end)).collect()
    }

    /// The words that the matches are made of, as bytes in order, without overlap.
    pub(crate) fn highlights(&self, text: &AnalyzedText<'_>) -> Vec<Span> {
        let found = self.found(text);
        let (with_gaps, whole): (Vec<_>, Vec<_>) =
            self.intervals_of(&found).into_iter().partition(|interval| interval.has_gaps);
        let mut highlights: Vec<_> =
            whole.iter().map(|interval| text.span(interval.start, interval.end)).collect();
        if !with_gaps.is_empty() {
            for &leaf in &self.matching_leaves {
                let words = found.of(leaf).iter().map(|&p| Interval::word(p));
                let joined = found.joined(leaf).iter().copied();
                let inside = inside_any(&with_gaps, words).chain(inside_any(&with_gaps, joined));
                highlights.extend(inside.map(|p| text.span(p.start, p.end)));
            }
        }
        disjoint(highlights)
    }

    fn found<'a, 't>(&self, text: &'a AnalyzedText<'t>) -> FoundWords<'a, 't> {
        let (positions, joined) = self.places(text);
        FoundWords { positions, joined, text }
    }

    /// The places of each of the pattern's words.
    fn places(&self, text: &AnalyzedText<'_>) -> Places {
        let mut positions = vec![Vec::new(); self.words.len()];
        let mut joined = vec![Vec::new(); self.words.len()];
        let mut caches = self.cache.borrow_mut();
        let [of_words, of_readings] = caches.entry(text.language_key()).or_default();
        for (at, range) in
            text.words.iter().enumerate().filter(|(_, range)| range.len() <= MAX_WORD)
        {
            let word = &text.source[range.clone()];
            let accepting = accepting(of_words, word, || {
                let folded = text.folded(range);
                self.accepting(|matcher| matcher.matches(word, &folded, text.language))
            });
            for &leaf in accepting {
                positions[leaf as usize].push(at as u32);
            }
        }
        for reading in &text.readings {
            let accepting = accepting(of_readings, &reading.folded, || {
                self.accepting(|matcher| matcher.matches_reading(&reading.folded, text.language))
            });
            let place = Interval::words(reading.first, reading.words);
            for &leaf in accepting {
                joined[leaf as usize].push(place);
            }
        }
        for (positions, joined) in positions.iter().zip(&mut joined) {
            settle(positions, joined);
        }
        (positions, joined)
    }

    /// The numbers of the matchers of which `accepts` holds.
    fn accepting(&self, accepts: impl Fn(&WordMatcher) -> bool) -> Box<[u32]> {
        let words = (0..).zip(&self.words).filter(|(_, word)| accepts(word));
        words.map(|(leaf, _)| leaf).collect()
    }
}

/// The matchers that accept a word, from the cache if it is there.
fn accepting<'c>(
    cache: &'c mut Accepted,
    word: &str,
    find: impl FnOnce() -> Box<[u32]>,
) -> &'c [u32] {
    if !cache.contains_key(word) {
        if cache.len() > MAX_CACHED {
            cache.clear();
        }
        cache.insert(word.into(), find());
    }
    &cache[word]
}

/// Those of `places` that lie in one of `intervals`; both are sorted.
fn inside_any(
    intervals: &[Interval],
    places: impl Iterator<Item = Interval>,
) -> impl Iterator<Item = Interval> {
    let mut begun = intervals.iter().peekable();
    // The greatest end of the intervals that begin before a place or with it.
    let mut end = None;
    places.filter(move |place| {
        while let Some(interval) = begun.next_if(|interval| interval.start <= place.start) {
            end = end.max(Some(interval.end));
        }
        end.is_some_and(|end| place.end <= end)
    })
}

/// The positions of a pattern's words in a text.
struct FoundWords<'a, 't> {
    positions: Vec<Vec<u32>>,
    joined: Vec<Vec<Interval>>,
    text: &'a AnalyzedText<'t>,
}

impl Positions for FoundWords<'_, '_> {
    fn of(&self, leaf: usize) -> &[u32] {
        &self.positions[leaf]
    }

    fn joined(&self, leaf: usize) -> &[Interval] {
        &self.joined[leaf]
    }

    fn sentences(&self) -> &[u32] {
        self.text.sentence_starts()
    }

    fn paragraphs(&self) -> &[u32] {
        self.text.paragraph_starts()
    }

    fn places(&self) -> usize {
        self.positions.iter().map(Vec::len).chain(self.joined.iter().map(Vec::len)).sum()
    }
}
