//! Through the postings of one segment: document by document, or all of them.

use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::query::Scorer;
use tantivy::{DocId, DocSet, Score, TERMINATED};

use super::super::similarity::Similarity;
use super::window::Window;

/// Where the second list of postings is longer than this part of the longest one, documents are taken a
/// [window](Window) at a time.
const MIXED: u32 = 8;

/// Documents that have the word.
pub(in crate::engine::local::compile) struct WordScorer {
    texts: Vec<Text>,
    doc: DocId,
}

/// The forms in one text, and how they are scored there.
pub(super) struct Text {
    pub(super) cursors: Vec<Cursor>,
    pub(super) ranking: Option<(Similarity, FieldNormReader)>,
}

/// Where one form is.
pub(super) struct Cursor {
    pub(super) postings: SegmentPostings,
    /// May it stand where another form stands?
    pub(super) idle: bool,
}

impl Text {
    /// The score of a document in which the forms stand so often.
    #[inline]
    pub(super) fn score(&self, doc: DocId, times: u32) -> Score {
        self.ranking.as_ref().map_or(0.0, |(similarity, lengths)| {
            similarity.score_in(times, lengths.fieldnorm_id(doc))
        })
    }

    /// The score of a document of which the cursors have not gone past; now they do.
    fn take(&mut self, doc: DocId) -> Score {
        let (mut times, mut idle_times) = (0, 0);
        for cursor in &mut self.cursors {
            if cursor.postings.doc() == doc {
                let count = if cursor.idle { &mut idle_times } else { &mut times };
                *count += cursor.postings.term_freq();
                cursor.postings.advance();
            }
        }
        match times.max(idle_times) {
            0 => 0.0,
            times => self.score(doc, times),
        }
    }

    /// The score of a document of which the cursors have not gone past.
    fn score_at(&self, doc: DocId) -> Score {
        let (mut times, mut idle_times) = (0, 0);
        for cursor in &self.cursors {
            if cursor.postings.doc() == doc {
                let count = if cursor.idle { &mut idle_times } else { &mut times };
                *count += cursor.postings.term_freq();
            }
        }
        match times.max(idle_times) {
            0 => 0.0,
            times => self.score(doc, times),
        }
    }
}

impl WordScorer {
    /// At the first document.
    pub(super) fn new(texts: Vec<Text>) -> Self {
        let mut scorer = Self { texts, doc: 0 };
        scorer.settle();
        scorer
    }

    /// The least document at hand.
    fn settle(&mut self) -> DocId {
        let mut least = TERMINATED;
        for text in &self.texts {
            for cursor in &text.cursors {
                least = least.min(cursor.postings.doc());
            }
        }
        self.doc = least;
        least
    }

    /// Calls back for all documents with their scores.
    pub(super) fn for_each(&mut self, callback: &mut dyn FnMut(DocId, Score)) {
        if !self.is_mixed() {
            self.for_each_in_runs(callback);
            return;
        }
        let mut window = Window::new();
        while self.settle() != TERMINATED {
            window.open(self.doc);
            for text in &mut self.texts {
                window.add(text);
            }
            window.close(callback);
        }
    }

    /// Are there two lists of about the same length, in which documents alternate?
    fn is_mixed(&self) -> bool {
        let cursors = self.texts.iter().flat_map(|text| &text.cursors);
        let mut lengths: Vec<_> = cursors.map(|cursor| cursor.postings.doc_freq()).collect();
        lengths.sort_unstable_by(|a, b| b.cmp(a));
        matches!(lengths[..], [longest, second, ..] if second > longest / MIXED)
    }

    /// Between the documents of the others, the postings of the commonest form run by themselves.
    fn for_each_in_runs(&mut self, callback: &mut dyn FnMut(DocId, Score)) {
        loop {
            let least = self.least();
            if least.doc == TERMINATED {
                return;
            }
            if least.doc == least.other {
                callback(least.doc, self.take(least.doc));
                continue;
            }
            let text = &mut self.texts[least.text];
            let mut doc = least.doc;
            while doc < least.other {
                let times = text.cursors[least.cursor].postings.term_freq();
                callback(doc, text.score(doc, times));
                doc = text.cursors[least.cursor].postings.advance();
            }
        }
    }

    /// The score of a document of which no cursor has gone past; all of them do.
    fn take(&mut self, doc: DocId) -> Score {
        self.texts.iter_mut().map(|text| text.take(doc)).sum()
    }

    /// Calls back for all documents from `start` on and before `end`, in no order, and again where a word stands in
    /// several forms. Behind that the scorer is at no document, but can be asked for those from `end` on.
    pub(in crate::engine::local::compile) fn for_each_between(
        &mut self,
        start: DocId,
        end: DocId,
        mut callback: impl FnMut(DocId),
    ) {
        for cursor in self.texts.iter_mut().flat_map(|text| &mut text.cursors) {
            let mut doc = cursor.postings.doc();
            if doc < start {
                doc = cursor.postings.seek(start);
            }
            while doc < end {
                callback(doc);
                doc = cursor.postings.advance();
            }
        }
    }

    fn least(&self) -> Least {
        let mut least = Least { text: 0, cursor: 0, doc: TERMINATED, other: TERMINATED };
        for (text, cursors) in self.texts.iter().enumerate() {
            for (cursor, Cursor { postings, .. }) in cursors.cursors.iter().enumerate() {
                let doc = postings.doc();
                if doc < least.doc {
                    least = Least { text, cursor, doc, other: least.doc };
                } else if doc < least.other {
                    least.other = doc;
                }
            }
        }
        least
    }
}

/// The cursor with the least document, and the least document of the others.
struct Least {
    text: usize,
    cursor: usize,
    doc: DocId,
    other: DocId,
}

impl DocSet for WordScorer {
    fn advance(&mut self) -> DocId {
        let (doc, mut least) = (self.doc, TERMINATED);
        if doc == TERMINATED {
            return TERMINATED;
        }
        for cursor in self.texts.iter_mut().flat_map(|text| &mut text.cursors) {
            let mut here = cursor.postings.doc();
            if here == doc {
                here = cursor.postings.advance();
            }
            least = least.min(here);
        }
        self.doc = least;
        least
    }

    fn seek(&mut self, target: DocId) -> DocId {
        let mut least = TERMINATED;
        for cursor in self.texts.iter_mut().flat_map(|text| &mut text.cursors) {
            let mut here = cursor.postings.doc();
            if here < target {
                here = cursor.postings.seek(target);
            }
            least = least.min(here);
        }
        self.doc = least;
        least
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        let cursors = self.texts.iter().flat_map(|text| &text.cursors);
        cursors.map(|c| c.postings.size_hint()).fold(0, u32::saturating_add)
    }
}

impl Scorer for WordScorer {
    fn score(&mut self) -> Score {
        self.texts.iter().map(|text| text.score_at(self.doc)).sum()
    }
}
