//! The query for a word in any of its forms, in several fields: term frequencies, no positions.
//!
//! A word of a text is indexed as itself and, with a prefix, as its stem if that is not a prefix of the word
//! (`index::tokenize`). So a term of the word may overlap that of its stem: in articles of a language that gives that stem it
//! adds nothing, and in segments where all articles are in such a language it is not read.

mod field_postings;
mod scorer;
mod window;

use std::sync::Arc;

use tantivy::index::SegmentReader;
use tantivy::query::{EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, Score, TERMINATED};

use self::field_postings::{FieldPostings, TermPostings};
pub(super) use self::scorer::WordScorer;
use super::similarity::{Similarity, idf};
use super::terms::{Terms, TermsBySegment};
use crate::engine::local::watch::Watch;
use crate::index::read::live_documents::LiveDocuments;
use crate::query::matching::WordMatcher;

/// A word, or any of several words, in some fields.
#[derive(Clone, Debug)]
pub(super) struct WordQuery {
    parts: Arc<[FieldWord]>,
    live: Arc<LiveDocuments>,
    watch: Watch,
}

/// A word in one field.
#[derive(Clone, Debug)]
struct FieldWord {
    field: Field,
    word: Arc<WordMatcher>,
    /// The weight of the field.
    weight: Score,
}

impl WordQuery {
    /// For a word in these fields with these weights.
    pub(super) fn new(
        word: WordMatcher,
        fields: &[(Field, Score)],
        live: &Arc<LiveDocuments>,
        watch: &Watch,
    ) -> Self {
        let word = Arc::new(word);
        let part = |&(field, weight): &_| FieldWord { field, word: Arc::clone(&word), weight };
        let parts = fields.iter().map(part).collect();
        Self { parts, live: Arc::clone(live), watch: watch.clone() }
    }

    /// Any of several words; `None` if there are none.
    pub(super) fn any(words: &[&Self]) -> Option<Self> {
        let first = words.first()?;
        let (live, watch) = (Arc::clone(&first.live), first.watch.clone());
        let parts = words.iter().flat_map(|word| word.parts.iter().cloned()).collect();
        Some(Self { parts, live, watch })
    }
}

impl Query for WordQuery {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let words = self.parts.iter().map(|part| (part.field, &*part.word));
        let terms = Terms::of(words, scoring, &self.live, &self.watch)?;
        let similarities = match scoring {
            EnableScoring::Enabled { statistics_provider, .. } => {
                let docs = statistics_provider.total_num_docs()?.max(1);
                let mut similarities = Vec::with_capacity(self.parts.len());
                for (at, part) in self.parts.iter().enumerate() {
                    let tokens = statistics_provider.total_num_tokens(part.field)?;
                    let average = (tokens as Score / docs as Score).max(1.0);
                    let idf = idf(terms.doc_freq(at, docs)?, docs);
                    similarities.push(Similarity::new(idf * part.weight, average));
                }
                Some(similarities)
            }
            EnableScoring::Disabled { .. } => None,
        };
        Ok(Box::new(WordWeight {
            parts: Arc::clone(&self.parts),
            terms: terms.by_word(),
            similarities,
            watch: self.watch.clone(),
        }))
    }
}

struct WordWeight {
    parts: Arc<[FieldWord]>,
    /// The terms of each part.
    terms: Vec<TermsBySegment>,
    similarities: Option<Vec<Similarity>>,
    watch: Watch,
}

impl WordWeight {
    /// The scorer of one segment.
    fn open(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<WordScorer> {
        let mut fields = Vec::with_capacity(self.parts.len());
        for (at, part) in self.parts.iter().enumerate() {
            let similarity = self.similarities.as_ref().map(|all| all[at].boosted(boost));
            let terms = part.postings(&self.terms[at], reader, similarity.is_some())?;
            if terms.is_empty() {
                continue;
            }
            let lengths = match similarity {
                Some(_) => reader.fieldnorms_readers().get_field(part.field)?,
                None => None,
            };
            fields.push(FieldPostings { terms, ranking: similarity.zip(lengths) });
        }
        Ok(WordScorer::new(fields, self.watch.ticker()))
    }
}

impl FieldWord {
    /// The postings of the terms in one segment, without redundant ones.
    fn postings(
        &self,
        terms: &TermsBySegment,
        reader: &SegmentReader,
        is_scored: bool,
    ) -> tantivy::Result<Vec<TermPostings>> {
        let index = reader.inverted_index(self.field)?;
        let option =
            if is_scored { IndexRecordOption::WithFreqs } else { IndexRecordOption::Basic };
        let mut all = Vec::new();
        let found = terms.get(&reader.segment_id()).into_iter().flatten();
        for found in found.filter(|found| !found.is_redundant) {
            let postings = index.read_postings_from_terminfo(&found.info, option)?;
            all.push(TermPostings { postings, may_overlap: found.may_overlap });
        }
        Ok(all)
    }
}

impl Weight for WordWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let scorer = self.open(reader, boost)?;
        Ok(if scorer.doc() == TERMINATED { Box::new(EmptyScorer) } else { Box::new(scorer) })
    }

    fn for_each(
        &self,
        reader: &SegmentReader,
        callback: &mut dyn FnMut(DocId, Score),
    ) -> tantivy::Result<()> {
        self.open(reader, 1.0)?.for_each(callback);
        Ok(())
    }

    fn explain(&self, _: &SegmentReader, _: DocId) -> tantivy::Result<Explanation> {
        Ok(Explanation::new("a word in any of its forms", 1.0))
    }
}
