//! What must not be found: the scorers of excluded clauses, asked for one document after another.

use tantivy::query::Scorer;
use tantivy::{DocId, DocSet, SeekDangerResult};

use super::word::WordScorer;

/// Documents that are looked at together: about as many as a block of postings of a common word covers, so that those
/// that are passed over cost no more than finding the block.
const SPAN: usize = 512;

/// Excluded documents.
pub(super) enum Excluded {
    /// Those of a word.
    Words(Box<Stretch>),
    /// Any.
    Asked(Asked),
}

impl Excluded {
    pub(super) fn new(scorer: Box<dyn Scorer>) -> Self {
        match scorer.downcast::<WordScorer>() {
            Ok(words) => Self::Words(Box::new(Stretch::new(*words))),
            Err(other) => Self::Asked(Asked::new(other)),
        }
    }

    /// Is the document among them? It is not below the last one that was asked for.
    #[inline]
    pub(super) fn has(&mut self, doc: DocId) -> bool {
        match self {
            Self::Words(stretch) => stretch.has(doc),
            Self::Asked(asked) => asked.has(doc),
        }
    }
}

/// The documents of a word in a stretch of a segment, as a set: no jumps between its postings from document to document.
pub(super) struct Stretch {
    words: WordScorer,
    start: DocId,
    end: DocId,
    set: [u64; SPAN / 64],
}

impl Stretch {
    fn new(words: WordScorer) -> Self {
        Self { words, start: 0, end: 0, set: [0; SPAN / 64] }
    }

    #[inline]
    fn has(&mut self, doc: DocId) -> bool {
        if doc >= self.end {
            self.begin(doc);
        }
        let at = (doc - self.start) as usize;
        self.set[at / 64] >> (at % 64) & 1 == 1
    }

    /// Goes on to the stretch that begins with `doc`.
    fn begin(&mut self, doc: DocId) {
        (self.start, self.end) = (doc, doc.saturating_add(SPAN as DocId));
        self.set = [0; SPAN / 64];
        let set = &mut self.set;
        self.words.for_each_between(self.start, self.end, |found| {
            let at = (found - doc) as usize;
            set[at / 64] |= 1 << (at % 64);
        });
    }
}

/// A scorer that is asked for one document after another, upwards.
pub(super) struct Asked {
    pub(super) scorer: Box<dyn Scorer>,
    /// It has nothing below this that was not asked for.
    pub(super) at: DocId,
    /// Does it have that?
    is_there: bool,
}

impl Asked {
    pub(super) fn new(scorer: Box<dyn Scorer>) -> Self {
        let at = scorer.doc();
        Self { scorer, at, is_there: true }
    }

    pub(super) fn has(&mut self, doc: DocId) -> bool {
        if self.at > doc {
            return false;
        }
        if self.at < doc || !self.is_there {
            (self.at, self.is_there) = match self.scorer.seek_danger(doc) {
                SeekDangerResult::Found => (doc, true),
                SeekDangerResult::SeekLowerBound(bound) => (bound, false),
            };
        }
        self.is_there && self.at == doc
    }
}
