//! The postings of one word matcher in one segment: documents, and positions in each.

use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, InvertedIndexReader, TERMINATED};

use crate::engine::local::compile::terms::SegmentTerm;

/// With more terms than this (wildcards, regular expressions), all postings are read and sorted first: a seek over cursors
/// takes time for each term.
const MAX_CURSORS: usize = 16;

/// Documents and positions of the terms of a word.
pub(super) enum WordPostings {
    /// Of few terms, with a cursor each.
    Cursors(Vec<SegmentPostings>),
    /// Of many terms: documents with positions, sorted, and the number of those that have been passed.
    Sorted(Vec<(DocId, u32)>, usize),
}

impl WordPostings {
    /// The postings of terms of one word.
    pub(super) fn open(
        index: &InvertedIndexReader,
        terms: &[SegmentTerm],
    ) -> std::io::Result<Self> {
        let mut cursors = Vec::new();
        let mut sorted = Vec::new();
        let mut positions = Vec::new();
        let terms = terms.iter().filter(|term| !term.is_redundant);
        let is_many = terms.clone().count() > MAX_CURSORS;
        for term in terms {
            let option = IndexRecordOption::WithFreqsAndPositions;
            let mut postings = index.read_postings_from_terminfo(&term.info, option)?;
            if !is_many {
                cursors.push(postings);
                continue;
            }
            let mut doc = postings.doc();
            while doc != TERMINATED {
                postings.positions(&mut positions);
                sorted.extend(positions.iter().map(|&position| (doc, position)));
                doc = postings.advance();
            }
        }
        if !is_many {
            return Ok(Self::Cursors(cursors));
        }
        sorted.sort_unstable();
        sorted.dedup();
        Ok(Self::Sorted(sorted, 0))
    }

    /// An upper bound of the number of documents.
    pub(super) fn size_hint(&self) -> u32 {
        match self {
            Self::Cursors(cursors) => {
                cursors.iter().map(DocSet::size_hint).fold(0, u32::saturating_add)
            }
            Self::Sorted(sorted, _) => sorted.len() as u32,
        }
    }

    /// The first document from `target` on that has any of the terms.
    pub(super) fn seek(&mut self, target: DocId) -> DocId {
        match self {
            Self::Cursors(cursors) => cursors
                .iter_mut()
                .map(|c| if c.doc() < target { c.seek(target) } else { c.doc() })
                .min()
                .unwrap_or(TERMINATED),
            Self::Sorted(sorted, at) => {
                *at += sorted[*at..].partition_point(|&(doc, _)| doc < target);
                sorted.get(*at).map_or(TERMINATED, |&(doc, _)| doc)
            }
        }
    }

    /// The positions of the terms in `doc`, the result of the last [`Self::seek`]: sorted, none twice.
    pub(super) fn positions(&mut self, doc: DocId, out: &mut Vec<u32>) {
        out.clear();
        match self {
            Self::Cursors(cursors) => {
                let mut here = cursors.iter_mut().filter(|c| c.doc() == doc);
                if let Some(first) = here.next() {
                    first.positions(out);
                }
                let mut is_merged = false;
                for cursor in here {
                    cursor.append_positions_with_offset(0, out);
                    is_merged = true;
                }
                if is_merged {
                    out.sort_unstable();
                    out.dedup();
                }
            }
            Self::Sorted(sorted, at) => {
                let here = sorted[*at..].iter().take_while(|&&(d, _)| d == doc);
                out.extend(here.map(|&(_, position)| position));
            }
        }
    }
}
