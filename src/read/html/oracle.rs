//! The text as the page's JSON-LD gives it, to tell the article's blocks from others by.

use std::hash::{Hash, Hasher};

use rustc_hash::{FxHashSet, FxHasher};

use super::text::normal;

/// Words that are compared at once.
const RUN: usize = 4;

/// The runs of words of a text.
pub(super) struct Oracle {
    runs: FxHashSet<u64>,
    /// Bytes of its letters and digits.
    pub(super) len: usize,
}

impl Oracle {
    /// Knows all runs of `text`.
    pub(super) fn new(text: &str) -> Self {
        let text = normal(text);
        Self { runs: runs(&text).collect(), len: text.len() }
    }

    /// The share of the runs of `block` that the text has, 0 to 1.
    pub(super) fn share(&self, block: &str) -> f32 {
        let block = normal(block);
        let (mut known, mut all) = (0, 0);
        for run in runs(&block) {
            all += 1;
            known += usize::from(self.runs.contains(&run));
        }
        if all == 0 { 0.0 } else { known as f32 / all as f32 }
    }
}

/// Hashes of the runs of a normal text. Languages without blanks are run through by characters.
fn runs(text: &str) -> impl Iterator<Item = u64> {
    let words: Vec<&str> =
        if text.is_ascii() || text.bytes().filter(|b| *b == b' ').count() * 20 > text.len() {
            text.split(' ').collect()
        } else {
            text.char_indices()
                .map(|(at, c)| &text[at..at + c.len_utf8()])
                .filter(|c| *c != " ")
                .collect()
        };
    let hash = |run: &[&str]| {
        let mut hasher = FxHasher::default();
        run.hash(&mut hasher);
        hasher.finish()
    };
    let hashes: Vec<u64> = words.windows(RUN.min(words.len().max(1))).map(hash).collect();
    hashes.into_iter()
}
