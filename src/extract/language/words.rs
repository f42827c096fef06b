//! The language of a text in Latin letters by its small words, which are a third of all words in most languages.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::extract::text::{Shape, Text};

/// Words looked up in each of three windows.
const WINDOW: usize = 60;

/// So many small words are needed before a language is taken as settled.
const ENOUGH: u32 = 5;

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

fn number(word: &str) -> Option<u64> {
    let mut bytes = [0; 8];
    bytes.get_mut(..word.len())?.copy_from_slice(word.as_bytes());
    Some(u64::from_le_bytes(bytes))
}

/// The language whose small words are by far the most frequent, if there is one.
pub(super) fn language(text: &Text<'_>) -> Option<&'static str> {
    let table = &*TABLE;
    let mut counts = [0_u32; 32];
    let tokens = text.tokens.len();
    for third in 0..3 {
        let window = text.tokens[third * tokens / 3..].iter();
        for token in window.filter(|token| token.shape == Shape::Lower).take(WINDOW) {
            let mask = number(token.span().of(text.body)).and_then(|n| table.words.get(&n));
            let mut mask = mask.copied().unwrap_or(0);
            while mask != 0 {
                counts[mask.trailing_zeros() as usize] += 1;
                mask &= mask - 1;
            }
        }
    }
    best(&counts).map(|best| table.languages[best])
}

/// The index of the clear winner.
fn best(counts: &[u32; 32]) -> Option<usize> {
    let (best, &most) = counts.iter().enumerate().max_by_key(|&(i, count)| (count, 32 - i))?;
    let second = counts.iter().enumerate().filter(|&(i, _)| i != best).map(|(_, count)| *count).max()?;
    (most >= ENOUGH && most * 4 >= second * 5).then_some(best)
}
