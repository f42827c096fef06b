//! The query for one word in any of its forms, in the text and in the headline: postings with frequencies, no positions.
//!
//! A word of a text gives itself as a term and, behind a mark, its stem if it is not found by that (`index::analyze`). So
//! the term of the word that was asked for may stand where the term of its stem stands: in articles of a language in
//! which it is stemmed so it adds nothing, and where a segment holds no others it is not read.

mod scorer;
mod window;

use std::sync::Arc;

use tantivy::index::SegmentReader;
use tantivy::query::{EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, Score, TERMINATED};

pub(super) use self::scorer::WordScorer;
use self::scorer::{Cursor, Text};
use super::similarity::{Similarity, idf};
use super::terms::{BySegment, Terms};
use crate::index::read::live_documents::LiveDocuments;
use crate::query::matching::WordMatcher;

/// A word, or any of several, in texts of a document.
#[derive(Clone, Debug)]
pub(super) struct WordQuery {
    parts: Arc<[Part]>,
    live: Arc<LiveDocuments>,
}

/// A word in one field.
#[derive(Clone, Debug)]
struct Part {
    field: Field,
    word: Arc<WordMatcher>,
    /// What a match here is worth.
    worth: Score,
}

impl WordQuery {
    /// For a word, or its forms, in these texts with these weights.
    pub(super) fn new(
        word: WordMatcher,
        texts: &[(Field, Score)],
        live: &Arc<LiveDocuments>,
    ) -> Self {
        let word = Arc::new(word);
        let part = |&(field, worth): &_| Part { field, word: Arc::clone(&word), worth };
        Self { parts: texts.iter().map(part).collect(), live: Arc::clone(live) }
    }

    /// Any of several words; `None` if there is none.
    pub(super) fn any(words: &[&Self]) -> Option<Self> {
        let live = Arc::clone(&words.first()?.live);
        Some(Self {
            parts: words.iter().flat_map(|word| word.parts.iter().cloned()).collect(),
            live,
        })
    }
}

impl Query for WordQuery {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let words = self.parts.iter().map(|part| (part.field, &*part.word));
        let terms = Terms::of(words, scoring, &self.live)?;
        let similarities = match scoring {
            EnableScoring::Enabled { statistics_provider, .. } => {
                let docs = statistics_provider.total_num_docs()?.max(1);
                let mut similarities = Vec::with_capacity(self.parts.len());
                for (at, part) in self.parts.iter().enumerate() {
                    let tokens = statistics_provider.total_num_tokens(part.field)?;
                    let average = (tokens as Score / docs as Score).max(1.0);
                    let rarity = idf(terms.having(at, docs)?, docs);
                    similarities.push(Similarity::new(rarity * part.worth, average));
                }
                Some(similarities)
            }
            EnableScoring::Disabled { .. } => None,
        };
        Ok(Box::new(WordWeight {
            parts: Arc::clone(&self.parts),
            terms: terms.by_word(),
            similarities,
        }))
    }
}

struct WordWeight {
    parts: Arc<[Part]>,
    /// Of each part.
    terms: Vec<BySegment>,
    similarities: Option<Vec<Similarity>>,
}

impl WordWeight {
    /// The postings of one segment, none of them empty.
    fn open(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<WordScorer> {
        let mut texts = Vec::with_capacity(self.parts.len());
        for (at, part) in self.parts.iter().enumerate() {
            let similarity = self.similarities.as_ref().map(|all| all[at].boosted(boost));
            let cursors = part.cursors(&self.terms[at], reader, similarity.is_some())?;
            if cursors.is_empty() {
                continue;
            }
            let lengths = match similarity {
                Some(_) => reader.fieldnorms_readers().get_field(part.field)?,
                None => None,
            };
            texts.push(Text { cursors, ranking: similarity.zip(lengths) });
        }
        Ok(WordScorer::new(texts))
    }
}

impl Part {
    /// Where the forms are, but for those that say nothing new.
    fn cursors(
        &self,
        terms: &BySegment,
        reader: &SegmentReader,
        is_scored: bool,
    ) -> tantivy::Result<Vec<Cursor>> {
        let index = reader.inverted_index(self.field)?;
        let option =
            if is_scored { IndexRecordOption::WithFreqs } else { IndexRecordOption::Basic };
        let mut cursors = Vec::new();
        let found = terms.get(&reader.segment_id()).into_iter().flatten();
        for found in found.filter(|found| !found.is_idle) {
            let postings = index.read_postings_from_terminfo(&found.info, option)?;
            cursors.push(Cursor { postings, idle: found.is_doubled });
        }
        Ok(cursors)
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
