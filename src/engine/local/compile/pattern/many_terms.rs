//! The postings of a word with many terms, such as `a*`: the places of a window of documents at a time, so that memory stays
//! within a bound however many there are. A term is opened for the windows in which it has documents alone.

use std::sync::Arc;

use tantivy::postings::{Postings, TermInfo};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, InvertedIndexReader, TERMINATED};

use super::word_postings::Place;
use crate::engine::local::compile::terms::SegmentTerm;
use crate::engine::local::watch::Watch;
use crate::query::limits::Ticker;

/// Places in memory, in 24 MB; of one document alone there may be more. Few in tests, so that small archives have windows.
const MAX_PLACES: usize = if cfg!(test) { 8 } else { 1 << 21 };

/// The terms of a word, and its places in a window of documents.
pub(super) struct ManyTerms {
    index: Arc<InvertedIndexReader>,
    terms: Vec<PassedTerm>,
    most_places: usize,
    /// Documents of the next window.
    span: DocId,
    /// The end of the current window, which has these places, sorted, none twice.
    end: DocId,
    places: Vec<Place>,
    /// The number of places that have been passed.
    at: usize,
    watch: Watch,
    ticker: Ticker,
}

/// A term, read up to the end of the window.
struct PassedTerm {
    info: TermInfo,
    words: u32,
    /// A lower bound of its next document.
    next: DocId,
}

impl ManyTerms {
    /// Before the first document.
    pub(super) fn new<'t>(
        index: &Arc<InvertedIndexReader>,
        terms: impl Iterator<Item = &'t SegmentTerm>,
        watch: &Watch,
    ) -> Self {
        let passed =
            |term: &SegmentTerm| PassedTerm { info: term.info.clone(), words: term.words, next: 0 };
        Self {
            index: Arc::clone(index),
            terms: terms.map(passed).collect(),
            most_places: MAX_PLACES,
            span: TERMINATED,
            end: 0,
            places: Vec::new(),
            at: 0,
            watch: watch.clone(),
            ticker: watch.ticker(),
        }
    }

    /// An upper bound of the number of documents.
    pub(super) fn size_hint(&self) -> u32 {
        self.terms.iter().map(|term| term.info.doc_freq).fold(0, u32::saturating_add)
    }

    /// The first document from `target` on that has any of the terms.
    pub(super) fn seek(&mut self, target: DocId) -> DocId {
        loop {
            self.at += self.places[self.at..].partition_point(|&(doc, ..)| doc < target);
            if let Some(&(doc, ..)) = self.places.get(self.at) {
                return doc;
            }
            let next = self.terms.iter().map(|term| term.next).min().unwrap_or(TERMINATED);
            let start = target.max(self.end).max(next);
            if start >= TERMINATED || self.ticker.is_over_after(self.terms.len()) {
                (self.places, self.at, self.end) = (Vec::new(), 0, TERMINATED);
                return TERMINATED;
            }
            if let Err(error) = self.read(start) {
                self.watch.fail(&error);
                self.terms.clear();
            }
        }
    }

    /// The places in the document of the last [`Self::seek`].
    pub(super) fn here(&self, doc: DocId) -> impl Iterator<Item = &Place> {
        self.places[self.at..].iter().take_while(move |&&(d, ..)| d == doc)
    }

    /// Reads a window that begins with `start`. It shrinks while its places are too many.
    fn read(&mut self, start: DocId) -> std::io::Result<()> {
        (self.at, self.end) = (0, start.saturating_add(self.span).min(TERMINATED));
        self.places.clear();
        let (first_end, mut positions) = (self.end, Vec::new());
        for at in 0..self.terms.len() {
            let PassedTerm { info, words, next } = &mut self.terms[at];
            if *next >= self.end {
                continue;
            }
            let option = IndexRecordOption::WithFreqsAndPositions;
            let mut postings = self.index.read_postings_from_terminfo(info, option)?;
            let mut doc = postings.doc();
            if doc < start {
                doc = postings.seek(start);
            }
            while doc < self.end && !self.ticker.is_over_after(1) {
                postings.positions(&mut positions);
                let places = positions.iter().map(|&first| (doc, first, first + *words - 1));
                self.places.extend(places);
                doc = postings.advance();
                if self.places.len() > self.most_places && self.end - start > 1 {
                    self.end = shrunk(&mut self.places, start, self.end, self.most_places);
                    self.span = self.end - start;
                }
            }
            *next = doc;
        }
        if self.end < first_end {
            // Places behind its new end were dropped.
            self.terms.iter_mut().for_each(|term| term.next = term.next.min(self.end));
        }
        self.places.sort_unstable();
        self.places.dedup();
        if self.places.len() < self.most_places / 4 {
            self.span = self.span.saturating_mul(2);
        }
        Ok(())
    }
}

/// Halves a window until at most half of the most places lie in it, or one document; its new end.
fn shrunk(places: &mut Vec<Place>, start: DocId, mut end: DocId, most: usize) -> DocId {
    let last = places.iter().map(|&(doc, ..)| doc).max().unwrap_or(start);
    end = end.min(last + 1);
    while places.len() > most / 2 && end - start > 1 {
        end = start + (end - start).div_ceil(2);
        places.retain(|&(doc, ..)| doc < end);
    }
    end
}
