//! Scores of a window of documents, added up field by field: each postings list is read by itself.

use tantivy::postings::Postings;
use tantivy::{DocId, DocSet, Score};

use super::field_postings::FieldPostings;

/// Documents in a window: 16 KB of scores, half of a first-level cache.
pub(super) const SPAN: usize = 4096;

/// A set of the window's documents.
type WindowSet = [u64; SPAN / 64];

/// The scores of a window of documents.
pub(super) struct ScoreWindow {
    start: DocId,
    found: Box<WindowSet>,
    scores: Box<[Score; SPAN]>,
    frequencies: Option<Box<Frequencies>>,
}

/// The frequencies of a word with several terms in each document: of terms that overlap none, and of those that may.
struct Frequencies {
    found: WindowSet,
    /// By document of the window.
    counts: Vec<[u32; 2]>,
}

impl ScoreWindow {
    /// An empty window.
    pub(super) fn new() -> Self {
        let (found, scores) = (Box::new([0; SPAN / 64]), Box::new([0.0; SPAN]));
        Self { start: 0, found, scores, frequencies: None }
    }

    /// Sets the first document.
    pub(super) fn open(&mut self, start: DocId) {
        self.start = start;
    }

    /// Adds the scores of a field, and moves its postings behind the window.
    pub(super) fn add(&mut self, field: &mut FieldPostings) {
        let end = self.start + SPAN as DocId;
        if let [_] = &*field.terms {
            loop {
                let postings = &field.terms[0].postings;
                let doc = postings.doc();
                if doc >= end {
                    return;
                }
                let score = field.score(doc, postings.term_freq());
                let at = (doc - self.start) as usize;
                insert(&mut self.found, at);
                self.scores[at] += score;
                field.terms[0].postings.advance();
            }
        }
        let frequencies = self.frequencies.get_or_insert_with(|| {
            Box::new(Frequencies { found: [0; SPAN / 64], counts: vec![[0; 2]; SPAN] })
        });
        for term in &mut field.terms {
            let mut doc = term.postings.doc();
            while doc < end {
                let at = (doc - self.start) as usize;
                insert(&mut frequencies.found, at);
                frequencies.counts[at][usize::from(term.may_overlap)] += term.postings.term_freq();
                doc = term.postings.advance();
            }
        }
        let Frequencies { found, counts } = &mut **frequencies;
        drain(found, |at| {
            let [distinct, overlapping] = std::mem::take(&mut counts[at]);
            insert(&mut self.found, at);
            self.scores[at] += field.score(self.start + at as DocId, distinct.max(overlapping));
        });
    }

    /// Calls `callback` for all documents of the window, in order, and empties it.
    pub(super) fn close(&mut self, callback: &mut dyn FnMut(DocId, Score)) {
        let (start, scores) = (self.start, &mut self.scores);
        drain(&mut self.found, |at| {
            callback(start + at as DocId, std::mem::take(&mut scores[at]));
        });
    }
}

fn insert(set: &mut WindowSet, at: usize) {
    set[at / 64] |= 1 << (at % 64);
}

/// Calls `each` for all members in order, and empties the set.
fn drain(set: &mut WindowSet, mut each: impl FnMut(usize)) {
    for (n, word) in set.iter_mut().enumerate() {
        let mut rest = std::mem::take(word);
        while rest != 0 {
            each(n * 64 + rest.trailing_zeros() as usize);
            rest &= rest - 1;
        }
    }
}
