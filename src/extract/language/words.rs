//! The language of a text in Latin letters by its small words, which are a third of all words in most languages.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::text::segmentation::{Shape, Text};

/// Words looked up in each of three windows.
const WINDOW: usize = 60;

/// So many small words are needed before a language is taken as settled.
const ENOUGH: u32 = 5;

/// Texts with fewer words in small letters are tables or headlines.
const FEW: usize = 25;

/// The bits that make ASCII capitals small.
const SMALL: u64 = 0x2020_2020_2020_2020;

struct Table {
    languages: Vec<&'static str>,
    /// Words of up to eight bytes as numbers, with a bit for each language that has them.
    words: FxHashMap<u64, u32>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table { languages: Vec::new(), words: FxHashMap::default() };
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

/// A word of up to eight bytes as a number, filled up with blanks.
fn number(word: &str) -> Option<u64> {
    let mut bytes = [b' '; 8];
    bytes.get_mut(..word.len())?.copy_from_slice(word.as_bytes());
    Some(u64::from_le_bytes(bytes))
}

/// How many small words of each language a text has.
#[derive(Debug)]
pub(super) struct Counts {
    of: [u32; 32],
    /// Words looked up.
    words: usize,
}

/// Counts the small words in three windows of the text; of a text in capitals, all its words.
pub(super) fn count(text: &Text<'_>) -> Counts {
    let counts = count_shape(text, Shape::Lower);
    if counts.words < FEW { count_shape(text, Shape::Upper).or(counts) } else { counts }
}

fn count_shape(text: &Text<'_>, shape: Shape) -> Counts {
    let table = &*TABLE;
    let mut counts = Counts { of: [0; 32], words: 0 };
    let tokens = text.tokens.len();
    for third in 0..3 {
        let window = text.tokens[third * tokens / 3..].iter();
        for token in window.filter(|token| token.shape == shape).take(WINDOW) {
            counts.words += 1;
            let number = number(token.span().of(text.body));
            let number = if shape == Shape::Upper { number.map(|n| n | SMALL) } else { number };
            let mut mask = number.and_then(|n| table.words.get(&n)).copied().unwrap_or(0);
            while mask != 0 {
                counts.of[mask.trailing_zeros() as usize] += 1;
                mask &= mask - 1;
            }
        }
    }
    counts
}

impl Counts {
    /// These counts, if they are of more words than the other ones.
    fn or(self, other: Self) -> Self {
        if self.words > 2 * other.words { self } else { other }
    }

    /// Too few words to guess from?
    pub(super) fn are_few(&self) -> bool {
        self.words < FEW
    }

    /// The language whose small words are by far the most frequent.
    pub(super) fn settled(&self) -> Option<&'static str> {
        let (best, most, second) = self.best()?;
        (most >= ENOUGH && most * 4 >= second * 5).then_some(best)
    }

    /// The language that is ahead at all.
    pub(super) fn leading(&self) -> Option<&'static str> {
        let (best, most, second) = self.best()?;
        (most >= 2 && most > second).then_some(best)
    }

    /// May the text be in `language`? One of the table must have about as many small words as any.
    pub(super) fn admits(&self, language: &str) -> bool {
        let Some(at) = TABLE.languages.iter().position(|known| *known == language) else {
            return true;
        };
        let most = self.of.iter().copied().max().unwrap_or(0);
        self.of[at] > 0 && self.of[at] * 2 >= most
    }

    /// The first language, its count, and the next one's.
    fn best(&self) -> Option<(&'static str, u32, u32)> {
        let (best, &most) = self.of.iter().enumerate().max_by_key(|&(i, count)| (count, 32 - i))?;
        let others = self.of.iter().enumerate().filter(|&(i, _)| i != best);
        let second = others.map(|(_, count)| *count).max().unwrap_or(0);
        Some((TABLE.languages.get(best)?, most, second))
    }
}
