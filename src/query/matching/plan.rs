//! A [`Pattern`] as a tree over numbered word matchers, to be run on their positions in one text.

use super::places::{Nearness, Place, loose_phrase, near, not_near, pairs, phrase};
use crate::query::language::clause::{Pattern, Within, WordPattern};

/// Where a plan's words stand in one text, and how that text is cut.
pub(crate) trait Positions {
    /// Positions of word matcher `leaf`, sorted, none twice.
    fn of(&self, leaf: usize) -> &[u32];
    /// Position of the first word of each sentence, sorted.
    fn sentences(&self) -> &[u32];
    /// Position of the first word of each paragraph, sorted.
    fn paragraphs(&self) -> &[u32];
}

/// A pattern whose words are numbered.
#[derive(Clone, Debug)]
pub(crate) enum Plan {
    /// One word.
    Word(usize),
    /// Words at these distances from the first; the length in words.
    Phrase(Vec<(u32, usize)>, u32),
    /// Words in any order among at most so many others.
    Loose(Vec<usize>, u32),
    /// Any of these.
    Or(Vec<Plan>),
    /// One near another.
    Near {
        /// The left operand.
        left: Box<Plan>,
        /// The right operand.
        right: Box<Plan>,
        /// How near.
        within: Within,
        /// The left one first.
        ordered: bool,
        /// The left one with no right one near.
        negated: bool,
    },
}

impl Plan {
    /// The plan of `pattern`; its words are added to `words`.
    pub(crate) fn new(pattern: &Pattern, words: &mut Vec<WordPattern>) -> Self {
        match pattern {
            Pattern::Word(word) => Self::Word(number(word, words)),
            Pattern::Phrase { words: phrase, slop: None } => {
                let parts = phrase
                    .iter()
                    .enumerate()
                    .filter(|(_, word)| **word != WordPattern::Gap)
                    .map(|(at, word)| (at as u32, number(word, words)))
                    .collect();
                Self::Phrase(parts, phrase.len() as u32)
            }
            Pattern::Phrase { words: phrase, slop: Some(slop) } => {
                Self::Loose(phrase.iter().map(|word| number(word, words)).collect(), *slop)
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

    /// Where the text matches, in order, no place twice.
    pub(crate) fn places(&self, positions: &impl Positions) -> Vec<Place> {
        match self {
            Self::Word(leaf) => positions.of(*leaf).iter().map(|&p| Place::word(p)).collect(),
            Self::Phrase(parts, length) => {
                let parts: Vec<_> =
                    parts.iter().map(|&(offset, leaf)| (offset, positions.of(leaf))).collect();
                phrase(&parts, *length)
            }
            Self::Loose(leaves, slop) => {
                let words: Vec<_> = leaves.iter().map(|&leaf| positions.of(leaf)).collect();
                loose_phrase(&words, *slop)
            }
            Self::Or(plans) => {
                let mut all: Vec<_> = plans.iter().flat_map(|p| p.places(positions)).collect();
                all.sort_unstable();
                all.dedup();
                all
            }
            Self::Near { left, right, within, ordered, negated } => {
                let lefts = left.places(positions);
                if lefts.is_empty() {
                    return lefts;
                }
                let rights = right.places(positions);
                let nearness = nearness(*within, *ordered, positions);
                if *negated {
                    not_near(&lefts, &rights, nearness)
                } else {
                    near(&lefts, &rights, nearness)
                }
            }
        }
    }

    /// How many places [`Self::places`] gives, without making them where two words are near each other.
    pub(crate) fn count(&self, positions: &impl Positions) -> u32 {
        if let Self::Near { left, right, within, ordered, negated: false } = self
            && let (Self::Word(left), Self::Word(right)) = (&**left, &**right)
            && let Some(pairs) = pairs(
                positions.of(*left),
                positions.of(*right),
                nearness(*within, *ordered, positions),
            )
        {
            return pairs;
        }
        self.places(positions).len() as u32
    }

    /// Does it ask for sentences or paragraphs?
    pub(crate) fn needs_cuts(&self) -> bool {
        match self {
            Self::Word(_) | Self::Phrase(..) | Self::Loose(..) => false,
            Self::Or(plans) => plans.iter().any(Self::needs_cuts),
            Self::Near { left, right, within, .. } => {
                !matches!(within, Within::Words(_)) || left.needs_cuts() || right.needs_cuts()
            }
        }
    }

    /// The matchers of the words that make up a match: not those that must not be near.
    pub(crate) fn marked(&self, leaves: &mut Vec<usize>) {
        match self {
            Self::Word(leaf) => leaves.push(*leaf),
            Self::Phrase(parts, _) => leaves.extend(parts.iter().map(|&(_, leaf)| leaf)),
            Self::Loose(words, _) => leaves.extend(words),
            Self::Or(plans) => plans.iter().for_each(|p| p.marked(leaves)),
            Self::Near { left, right, negated, .. } => {
                left.marked(leaves);
                if !negated {
                    right.marked(leaves);
                }
            }
        }
    }
}

fn nearness(within: Within, ordered: bool, positions: &impl Positions) -> Nearness<'_> {
    let (words, cuts) = match within {
        Within::Words(words) => (words, None),
        Within::Sentence => (u32::MAX, Some(positions.sentences())),
        Within::Paragraph => (u32::MAX, Some(positions.paragraphs())),
    };
    Nearness { words, ordered, cuts }
}

/// Each word of a plan has a number of its own: a scorer moves each through the index by itself.
fn number(word: &WordPattern, words: &mut Vec<WordPattern>) -> usize {
    words.push(word.clone());
    words.len() - 1
}
