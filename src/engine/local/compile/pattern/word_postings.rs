//! The postings of one word matcher in one segment: documents, and positions in each.

use std::sync::Arc;

use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, InvertedIndexReader, TERMINATED};

use super::many_terms::ManyTerms;
use crate::engine::local::compile::terms::SegmentTerm;
use crate::engine::local::watch::Watch;
use crate::query::matching::{Interval, settle};

/// With more terms than this (wildcards, regular expressions), their places are read and sorted first: a seek over cursors
/// takes time for each term, and a cursor some kilobytes.
const MAX_CURSORS: usize = if cfg!(test) { 3 } else { 16 };

/// Documents and positions of the terms of a word.
pub(super) enum WordPostings {
    /// Of few terms, with a cursor each.
    Cursors(Vec<Cursor>),
    /// Of many terms, window by window.
    Many(Box<ManyTerms>),
    /// Places that are known already, sorted, and the number of those that have been passed.
    Sorted(Vec<Place>, usize),
}

/// A document with the first and the last position of a word in it.
pub(super) type Place = (DocId, u32, u32);

/// The postings of a term.
pub(super) struct Cursor {
    postings: SegmentPostings,
    /// The number of words that the term stands for.
    words: u32,
}

impl Cursor {
    /// Moves to the first document from `target` on.
    fn seek(&mut self, target: DocId) -> DocId {
        let doc = self.postings.doc();
        if doc < target { self.postings.seek(target) } else { doc }
    }
}

impl WordPostings {
    /// The postings of terms of one word.
    pub(super) fn open(
        index: &Arc<InvertedIndexReader>,
        terms: &[SegmentTerm],
        watch: &Watch,
    ) -> std::io::Result<Self> {
        let read = || terms.iter().filter(|term| !term.is_redundant);
        if read().count() > MAX_CURSORS {
            return Ok(Self::Many(Box::new(ManyTerms::new(index, read(), watch))));
        }
        let mut cursors = Vec::new();
        for term in read() {
            let option = IndexRecordOption::WithFreqsAndPositions;
            let postings = index.read_postings_from_terminfo(&term.info, option)?;
            cursors.push(Cursor { postings, words: term.words });
        }
        Ok(Self::Cursors(cursors))
    }

    /// From the documents and positions of single words or of several that are read as one, in any order.
    pub(super) fn of_places(mut places: Vec<Place>) -> Self {
        places.sort_unstable();
        places.dedup();
        Self::Sorted(places, 0)
    }

    /// An upper bound of the number of documents.
    pub(super) fn size_hint(&self) -> u32 {
        match self {
            Self::Cursors(cursors) => {
                let hints = cursors.iter().map(|cursor| cursor.postings.size_hint());
                hints.fold(0, u32::saturating_add)
            }
            Self::Many(many) => many.size_hint(),
            Self::Sorted(sorted, _) => sorted.len() as u32,
        }
    }

    /// The first document from `target` on that has any of the terms.
    pub(super) fn seek(&mut self, target: DocId) -> DocId {
        match self {
            Self::Cursors(cursors) => {
                cursors.iter_mut().map(|cursor| cursor.seek(target)).min().unwrap_or(TERMINATED)
            }
            Self::Many(many) => many.seek(target),
            Self::Sorted(sorted, at) => {
                *at += sorted[*at..].partition_point(|&(doc, ..)| doc < target);
                sorted.get(*at).map_or(TERMINATED, |&(doc, ..)| doc)
            }
        }
    }

    /// Where the word is in `doc`, the result of the last [`Self::seek`]: positions, sorted, none twice; and where several words
    /// are read as it.
    pub(super) fn places(&mut self, doc: DocId, out: &mut Vec<u32>, joined: &mut Vec<Interval>) {
        out.clear();
        joined.clear();
        match self {
            Self::Cursors(cursors) => {
                let mut is_merged = false;
                for cursor in cursors.iter_mut().filter(|cursor| cursor.postings.doc() == doc) {
                    if cursor.words > 1 {
                        let mut firsts = Vec::new();
                        cursor.postings.positions(&mut firsts);
                        joined.extend(firsts.into_iter().map(|p| Interval::words(p, cursor.words)));
                        continue;
                    }
                    is_merged = !out.is_empty();
                    cursor.postings.append_positions_with_offset(0, out);
                }
                if is_merged {
                    out.sort_unstable();
                    out.dedup();
                }
            }
            Self::Many(many) => add_places(many.here(doc), out, joined),
            Self::Sorted(sorted, at) => {
                let here = sorted[*at..].iter().take_while(|&&(d, ..)| d == doc);
                add_places(here, out, joined);
            }
        }
        settle(out, joined);
    }
}

/// Adds the positions of single words, and the places of several that are read as one.
fn add_places<'p>(
    places: impl Iterator<Item = &'p Place>,
    out: &mut Vec<u32>,
    joined: &mut Vec<Interval>,
) {
    for &(_, first, last) in places {
        if first == last {
            out.push(first);
        } else {
            joined.push(Interval::words(first, last - first + 1));
        }
    }
}
