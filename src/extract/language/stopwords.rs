//! The language of a text in Latin letters by its stopwords, which are a third of all words in most languages.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::text::{Shape, Text};

/// Words looked up in each of three windows.
const WINDOW: usize = 60;

/// Fewest stopwords that decide for a language.
const MIN_STOPWORDS: u32 = 5;

/// Texts with fewer words in lower case are tables or headlines.
const MIN_WORDS: usize = 25;

/// The bits that turn eight ASCII capitals into lower case.
const LOWERCASE_BITS: u64 = 0x2020_2020_2020_2020;

struct StopwordTable {
    languages: Vec<&'static str>,
    /// Words of up to eight bytes as numbers, with a bit for each language that has them.
    words: FxHashMap<u64, u32>,
}

static TABLE: LazyLock<StopwordTable> = LazyLock::new(|| {
    let mut table = StopwordTable { languages: Vec::new(), words: FxHashMap::default() };
    for line in include_str!("../tables/stopwords.tsv").lines().filter(|l| !l.starts_with('#')) {
        let Some((language, words)) = line.split_once('\t') else { continue };
        let bit = 1 << table.languages.len();
        table.languages.push(language);
        for word in words.split(' ') {
            if let Some(number) = number(word) {
                *table.words.entry(number).or_default() |= bit;
            }
        }
    }
    table
});

/// A word of up to eight bytes as a number, padded with spaces.
fn number(word: &str) -> Option<u64> {
    let mut bytes = [b' '; 8];
    bytes.get_mut(..word.len())?.copy_from_slice(word.as_bytes());
    Some(u64::from_le_bytes(bytes))
}

/// The number of stopwords that a text has of each language.
#[derive(Debug)]
pub(super) struct StopwordCounts {
    /// By the language's place in the table.
    by_language: [u32; 32],
    /// Words looked up.
    words: usize,
}

/// Counts the stopwords among the lower-case words in three windows of the text, or among the upper-case ones where the
/// text is in capitals.
pub(super) fn count(text: &Text<'_>) -> StopwordCounts {
    let counts = count_shape(text, Shape::Lower);
    if counts.are_few() { count_shape(text, Shape::Upper).or(counts) } else { counts }
}

fn count_shape(text: &Text<'_>, shape: Shape) -> StopwordCounts {
    let table = &*TABLE;
    let mut counts = StopwordCounts { by_language: [0; 32], words: 0 };
    let tokens = text.tokens.len();
    for third in 0..3 {
        let window = text.tokens[third * tokens / 3..].iter();
        for token in window.filter(|token| token.shape == shape).take(WINDOW) {
            counts.words += 1;
            let number = number(token.span().of(text.body));
            let number =
                if shape == Shape::Upper { number.map(|n| n | LOWERCASE_BITS) } else { number };
            let mut mask = number.and_then(|n| table.words.get(&n)).copied().unwrap_or(0);
            while mask != 0 {
                counts.by_language[mask.trailing_zeros() as usize] += 1;
                mask &= mask - 1;
            }
        }
    }
    counts
}

impl StopwordCounts {
    /// These counts if they are of more than twice as many words as the others, else the others.
    fn or(self, other: Self) -> Self {
        if self.words > 2 * other.words { self } else { other }
    }

    /// Whether too few words were looked up to identify a language.
    pub(super) fn are_few(&self) -> bool {
        self.words < MIN_WORDS
    }

    /// The language whose stopwords are by far the most frequent.
    pub(super) fn decisive(&self) -> Option<&'static str> {
        let (best, most, second) = self.best()?;
        (most >= MIN_STOPWORDS && most * 4 >= second * 5).then_some(best)
    }

    /// The language whose stopwords are the most frequent, by however little.
    pub(super) fn leading(&self) -> Option<&'static str> {
        let (best, most, second) = self.best()?;
        (most >= 2 && most > second).then_some(best)
    }

    /// Whether the text may be in `language`: a language of the table must have at least half as many stopwords as the
    /// first one.
    pub(super) fn allow(&self, language: &str) -> bool {
        let Some(at) = TABLE.languages.iter().position(|known| *known == language) else {
            return true;
        };
        let most = self.by_language.iter().copied().max().unwrap_or(0);
        self.by_language[at] > 0 && self.by_language[at] * 2 >= most
    }

    /// The language with the most stopwords, their number, and that of the next language.
    fn best(&self) -> Option<(&'static str, u32, u32)> {
        let (best, &most) =
            self.by_language.iter().enumerate().max_by_key(|&(i, count)| (count, 32 - i))?;
        let others = self.by_language.iter().enumerate().filter(|&(i, _)| i != best);
        let second = others.map(|(_, count)| *count).max().unwrap_or(0);
        Some((TABLE.languages.get(best)?, most, second))
    }
}
