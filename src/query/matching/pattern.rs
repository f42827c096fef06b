//! A [`Pattern`] as a tree over numbered words, evaluated on their positions in one text.

use std::borrow::Cow;

use super::effort::Effort;
use super::intervals::{Interval, phrase, phrase_of_intervals};
use super::loose_phrase::loose_phrase;
use super::nearness::{Nearness, near, not_near, pairs};
use crate::query::language::clause::{JoinedWords, Pattern, Within, WordPattern};

/// Most [ways to write](ways_to_write) a phrase that are searched.
const MAX_WAYS: usize = 16;

/// The positions of the words of a plan in one text, and of its sentences and paragraphs.
pub(crate) trait Positions {
    /// Positions of word number `leaf`, sorted, none twice.
    fn of(&self, leaf: usize) -> &[u32];
    /// Where several words are read as word number `leaf`, sorted, none twice.
    fn joined(&self, leaf: usize) -> &[Interval];
    /// Position of the first word of each sentence, sorted.
    fn sentences(&self) -> &[u32];
    /// Position of the first word of each paragraph, sorted.
    fn paragraphs(&self) -> &[u32];
    /// The number of places of all words.
    fn places(&self) -> usize;
}

/// How often a pattern matches in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Matches {
    /// So often; more often in a text with very many pairs of words.
    Found(u32),
    /// It cannot be told with the effort that is made.
    Unknown,
}

/// A pattern whose words are numbered.
#[derive(Clone, Debug)]
pub(crate) enum PatternPlan {
    /// One word.
    Word(usize),
    /// Words with their offsets in the phrase; the length in words.
    Phrase(Vec<(u32, usize)>, u32),
    /// Words in any order with at most so many others: a phrase with slop.
    Loose(Vec<usize>, u32),
    /// Any of these.
    Or(Vec<PatternPlan>),
    /// One near another.
    Near {
        /// The left operand.
        left: Box<PatternPlan>,
        /// The right operand.
        right: Box<PatternPlan>,
        /// The greatest distance.
        within: Within,
        /// The left one first.
        ordered: bool,
        /// The left one with no right one near.
        negated: bool,
    },
}

impl PatternPlan {
    /// The plan of `pattern`; its words are added to `words`.
    pub(crate) fn new(pattern: &Pattern, words: &mut Vec<WordPattern>) -> Self {
        match pattern {
            Pattern::Word(word) => Self::Word(number(word, words)),
            Pattern::Phrase { words: phrase, joined, slop } => {
                let mut ways = ways_to_write(phrase, joined);
                match ways.len() {
                    1 => Self::phrase(&ways.remove(0), *slop, words),
                    _ => Self::Or(ways.iter().map(|way| Self::phrase(way, *slop, words)).collect()),
                }
            }
            Pattern::Or(patterns) => {
                Self::Or(patterns.iter().map(|p| Self::new(p, words)).collect())
            }
            Pattern::Near { left, right, within, ordered, negated } => Self::Near {
                left: Box::new(Self::new(left, words)),
                right: Box::new(Self::new(right, words)),
                within: *within,
                ordered: *ordered,
                negated: *negated,
            },
        }
    }

    /// The plan of words one after the other; with a slop, near each other.
    fn phrase(phrase: &[&WordPattern], slop: Option<u32>, words: &mut Vec<WordPattern>) -> Self {
        match (phrase, slop) {
            ([word], _) => Self::Word(number(word, words)),
            (_, Some(slop)) => {
                Self::Loose(phrase.iter().map(|word| number(word, words)).collect(), slop)
            }
            (_, None) => {
                let parts =
                    phrase.iter().enumerate().filter(|(_, word)| ***word != WordPattern::Gap);
                let parts = parts.map(|(at, word)| (at as u32, number(word, words))).collect();
                Self::Phrase(parts, phrase.len() as u32)
            }
        }
    }

    /// The matches, in order, none twice; of very many pairs of words some.
    pub(crate) fn intervals(
        &self,
        positions: &impl Positions,
        effort: &mut Effort,
    ) -> Vec<Interval> {
        effort.begin_again();
        self.found(positions, effort)
    }

    fn found(&self, positions: &impl Positions, effort: &mut Effort) -> Vec<Interval> {
        match self {
            Self::Word(leaf) => word(positions, *leaf),
            Self::Phrase(parts, _)
                if parts.iter().any(|&(_, leaf)| has_joined(positions, leaf)) =>
            {
                let parts = parts.iter().map(|&(offset, leaf)| (offset, word(positions, leaf)));
                phrase_of_intervals(&parts.collect::<Vec<_>>())
            }
            Self::Phrase(parts, length) => {
                let parts: Vec<_> =
                    parts.iter().map(|&(offset, leaf)| (offset, positions.of(leaf))).collect();
                phrase(&parts, *length)
            }
            Self::Loose(leaves, slop) => {
                let words: Vec<_> = leaves.iter().map(|&leaf| ends(positions, leaf)).collect();
                let words: Vec<_> = words.iter().map(|word| &**word).collect();
                loose_phrase(&words, *slop, effort)
            }
            Self::Or(plans) => {
                let mut all: Vec<_> =
                    plans.iter().flat_map(|plan| plan.found(positions, effort)).collect();
                all.sort_unstable();
                all.dedup();
                all
            }
            Self::Near { left, right, within, ordered, negated } => {
                let lefts = left.found(positions, effort);
                if lefts.is_empty() {
                    return lefts;
                }
                let nearness = nearness(*within, *ordered, positions);
                if *negated {
                    let rights = effort.excluding(|effort| right.found(positions, effort));
                    not_near(&lefts, &rights, nearness, effort)
                } else {
                    let rights = right.found(positions, effort);
                    near(&lefts, &rights, nearness, effort)
                }
            }
        }
    }

    /// The number of [`Self::intervals`], as far as it matters whether there are `least` of them. Two words near each other
    /// are counted without making intervals: 12 % fewer instructions for such a query.
    pub(crate) fn count(
        &self,
        positions: &impl Positions,
        least: u32,
        effort: &mut Effort,
    ) -> Matches {
        if let Self::Near { left, right, within, ordered, negated: false } = self
            && let (Self::Word(left), Self::Word(right)) = (&**left, &**right)
            && !has_joined(positions, *left)
            && !has_joined(positions, *right)
        {
            let nearness = nearness(*within, *ordered, positions);
            return Matches::Found(pairs(positions.of(*left), positions.of(*right), nearness));
        }
        effort.begin(positions.places());
        let found = self.found(positions, effort).len() as u32;
        if effort.is_certain(found, least) {
            return Matches::Found(found);
        }
        effort.begin_again();
        let found = self.found(positions, effort).len() as u32;
        if effort.is_certain(found, least) { Matches::Found(found) } else { Matches::Unknown }
    }

    /// Whether it asks for sentences or paragraphs.
    pub(crate) fn needs_sentences(&self) -> bool {
        match self {
            Self::Word(_) | Self::Phrase(..) | Self::Loose(..) => false,
            Self::Or(plans) => plans.iter().any(Self::needs_sentences),
            Self::Near { left, right, within, .. } => {
                !matches!(within, Within::Words(_))
                    || left.needs_sentences()
                    || right.needs_sentences()
            }
        }
    }

    /// Adds the numbers of the words that a match is made of: all but those that must not be near.
    pub(crate) fn add_matching_leaves(&self, leaves: &mut Vec<usize>) {
        match self {
            Self::Word(leaf) => leaves.push(*leaf),
            Self::Phrase(parts, _) => leaves.extend(parts.iter().map(|&(_, leaf)| leaf)),
            Self::Loose(words, _) => leaves.extend(words),
            Self::Or(plans) => plans.iter().for_each(|p| p.add_matching_leaves(leaves)),
            Self::Near { left, right, negated, .. } => {
                left.add_matching_leaves(leaves);
                if !negated {
                    right.add_matching_leaves(leaves);
                }
            }
        }
    }
}

/// The ways to write a phrase: word by word, and with some of its neighbours as one word.
fn ways_to_write<'p>(
    words: &'p [WordPattern],
    joined: &'p [JoinedWords],
) -> Vec<Vec<&'p WordPattern>> {
    let mut ways = Vec::new();
    let mut begun = vec![(0, Vec::new())];
    while let Some((at, way)) = begun.pop() {
        if ways.len() == MAX_WAYS {
            break;
        }
        let Some(word) = words.get(at) else {
            ways.push(way);
            continue;
        };
        let longer = |next, word| (next, way.iter().copied().chain([word]).collect());
        let here = joined.iter().filter(|joined| joined.first == at);
        begun.extend(here.map(|joined| longer(at + joined.words, &joined.word)));
        begun.push(longer(at + 1, word));
    }
    ways
}

/// Where a word is, and where several words are read as it.
fn word(positions: &impl Positions, leaf: usize) -> Vec<Interval> {
    let mut all: Vec<_> = positions.of(leaf).iter().map(|&p| Interval::word(p)).collect();
    if has_joined(positions, leaf) {
        all.extend(positions.joined(leaf));
        all.sort_unstable();
    }
    all
}

fn has_joined(positions: &impl Positions, leaf: usize) -> bool {
    !positions.joined(leaf).is_empty()
}

/// The positions of a word; where several words are read as it, those of the first and the last.
fn ends(positions: &impl Positions, leaf: usize) -> Cow<'_, [u32]> {
    if !has_joined(positions, leaf) {
        return Cow::Borrowed(positions.of(leaf));
    }
    let mut all = positions.of(leaf).to_vec();
    all.extend(positions.joined(leaf).iter().flat_map(|joined| [joined.start, joined.end]));
    all.sort_unstable();
    all.dedup();
    Cow::Owned(all)
}

fn nearness(within: Within, ordered: bool, positions: &impl Positions) -> Nearness<'_> {
    let (words, starts) = match within {
        Within::Words(words) => (words, None),
        Within::Sentence => (u32::MAX, Some(positions.sentences())),
        Within::Paragraph => (u32::MAX, Some(positions.paragraphs())),
    };
    Nearness { words, ordered, starts }
}

/// Adds a word; its number. Equal words have different numbers: a scorer advances the postings of each by itself.
fn number(word: &WordPattern, words: &mut Vec<WordPattern>) -> usize {
    words.push(word.clone());
    words.len() - 1
}
