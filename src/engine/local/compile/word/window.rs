//! Scores of a stretch of documents, added up text by text: each list of postings runs by itself.

use tantivy::postings::Postings;
use tantivy::{DocId, DocSet, Score};

use super::scorer::Text;

/// Documents in a window: their scores stay in the nearest cache of the processor.
const SPAN: usize = 4096;

/// A set of the window's documents.
type Set = [u64; SPAN / 64];

/// Scores of documents.
pub(super) struct Window {
    start: DocId,
    found: Box<Set>,
    scores: Box<[Score; SPAN]>,
    forms: Option<Box<Forms>>,
}

/// How often the forms of a word stand in each document, those apart that may stand where another does.
struct Forms {
    found: Set,
    /// One for each document of the window.
    times: Vec<[u32; 2]>,
}

impl Window {
    /// Nowhere.
    pub(super) fn new() -> Self {
        let (found, scores) = (Box::new([0; SPAN / 64]), Box::new([0.0; SPAN]));
        Self { start: 0, found, scores, forms: None }
    }

    /// Begins at that document.
    pub(super) fn open(&mut self, start: DocId) {
        self.start = start;
    }

    /// Adds the scores of a text, and leaves its cursors behind the window.
    pub(super) fn add(&mut self, text: &mut Text) {
        let end = self.start + SPAN as DocId;
        if let [_] = &*text.cursors {
            loop {
                let postings = &text.cursors[0].postings;
                let doc = postings.doc();
                if doc >= end {
                    return;
                }
                let score = text.score(doc, postings.term_freq());
                let at = (doc - self.start) as usize;
                insert(&mut self.found, at);
                self.scores[at] += score;
                text.cursors[0].postings.advance();
            }
        }
        let forms = self.forms.get_or_insert_with(|| {
            Box::new(Forms { found: [0; SPAN / 64], times: vec![[0; 2]; SPAN] })
        });
        for cursor in &mut text.cursors {
            let mut doc = cursor.postings.doc();
            while doc < end {
                let at = (doc - self.start) as usize;
                insert(&mut forms.found, at);
                forms.times[at][usize::from(cursor.idle)] += cursor.postings.term_freq();
                doc = cursor.postings.advance();
            }
        }
        let Forms { found, times } = &mut **forms;
        drain(found, |at| {
            let [others, idle] = std::mem::take(&mut times[at]);
            insert(&mut self.found, at);
            self.scores[at] += text.score(self.start + at as DocId, others.max(idle));
        });
    }

    /// Calls back for all documents of the window, in order, and empties it.
    pub(super) fn close(&mut self, callback: &mut dyn FnMut(DocId, Score)) {
        let (start, scores) = (self.start, &mut self.scores);
        drain(&mut self.found, |at| {
            callback(start + at as DocId, std::mem::take(&mut scores[at]));
        });
    }
}

fn insert(set: &mut Set, at: usize) {
    set[at / 64] |= 1 << (at % 64);
}

/// Takes all out, in order.
fn drain(set: &mut Set, mut each: impl FnMut(usize)) {
    for (n, word) in set.iter_mut().enumerate() {
        let mut rest = std::mem::take(word);
        while rest != 0 {
            each(n * 64 + rest.trailing_zeros() as usize);
            rest &= rest - 1;
        }
    }
}
