//! Word n-grams (shingles) of the article's text in JSON-LD, to find the blocks of the page that are part of it.

use std::hash::{Hash, Hasher};

use rustc_hash::{FxHashSet, FxHasher};

use super::text::normalized;

/// The number of words of a shingle.
const WORDS: usize = 4;

/// The shingles of a text.
pub(super) struct Shingles {
    hashes: FxHashSet<u64>,
    /// The length of the normalized text, in bytes.
    pub(super) text_len: usize,
}

impl Shingles {
    /// The shingles of `text`.
    pub(super) fn new(text: &str) -> Self {
        let text = normalized(text);
        Self { hashes: hashes(&text).collect(), text_len: text.len() }
    }

    /// The share of the shingles of `block` that are in the text, 0 to 1.
    pub(super) fn containment(&self, block: &str) -> f32 {
        let block = normalized(block);
        let (mut shared, mut all) = (0, 0);
        for hash in hashes(&block) {
            all += 1;
            shared += usize::from(self.hashes.contains(&hash));
        }
        if all == 0 { 0.0 } else { shared as f32 / all as f32 }
    }
}

/// The hashes of the shingles of a normalized text. In languages without spaces, characters count as words.
fn hashes(text: &str) -> impl Iterator<Item = u64> {
    let words: Vec<&str> =
        if text.is_ascii() || text.bytes().filter(|b| *b == b' ').count() * 20 > text.len() {
            text.split(' ').collect()
        } else {
            text.char_indices()
                .map(|(at, c)| &text[at..at + c.len_utf8()])
                .filter(|c| *c != " ")
                .collect()
        };
    let hash = |shingle: &[&str]| {
        let mut hasher = FxHasher::default();
        shingle.hash(&mut hasher);
        hasher.finish()
    };
    let hashes: Vec<u64> = words.windows(WORDS.min(words.len().max(1))).map(hash).collect();
    hashes.into_iter()
}
