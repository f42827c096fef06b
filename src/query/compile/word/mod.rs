//! The query for one word in any of its forms, in the text and in the headline: postings with frequencies, no positions.
//!
//! A word of a text gives itself as a term and, behind a mark, its stem if that is another (`index::analyze`). So the
//! term of the word that was asked for may stand where the term of its stem stands: in articles of a language in which
//! it is stemmed so it adds nothing, and where a segment holds no others it is not read.

mod scorer;
mod window;

use std::sync::Arc;

use tantivy::index::SegmentReader;
use tantivy::query::{
    Bm25StatisticsProvider, EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, Score, TERMINATED, Term};

pub(super) use self::scorer::WordScorer;
use self::scorer::{Cursor, Text};
use super::similarity::{Similarity, having_any, idf};
use super::text_term;
use crate::index::analyze::{self, STEM};
use crate::index::schema::{Kind, fields};

/// A word, or any of several, in texts of a document.
#[derive(Clone, Debug)]
pub(super) struct WordQuery {
    parts: Arc<[Part]>,
}

/// The forms of a word in one field.
#[derive(Clone, Debug)]
struct Part {
    field: Field,
    forms: Arc<[Form]>,
    /// What a match here is worth.
    worth: Score,
}

/// A term for the word.
#[derive(Debug)]
struct Form {
    term: Term,
    /// Languages in whose articles another of the forms stands wherever this one does.
    idle_in: Vec<String>,
}

impl WordQuery {
    /// For a word that stands as it is.
    pub(super) fn exact(word: &str, texts: &[(Field, Score)]) -> Self {
        Self::of(texts, |field| vec![Form { term: text_term(field, word), idle_in: Vec::new() }])
    }

    /// For words of any of these stems, in articles of these languages and of none.
    pub(super) fn stems(stems: &[String], languages: &[String], texts: &[(Field, Score)]) -> Self {
        Self::of(texts, |field| {
            let marked = stems.iter().map(|stem| Form {
                term: text_term(field, &format!("{STEM}{stem}")),
                idle_in: Vec::new(),
            });
            let plain = stems.iter().map(|word| Form {
                term: text_term(field, word),
                idle_in: idle_in(word, stems, languages),
            });
            marked.chain(plain).collect()
        })
    }

    /// Any of several words.
    pub(super) fn any(words: &[&Self]) -> Self {
        Self { parts: words.iter().flat_map(|word| word.parts.iter().cloned()).collect() }
    }

    fn of(texts: &[(Field, Score)], forms: impl Fn(Field) -> Vec<Form>) -> Self {
        let part =
            |&(field, worth): &(Field, Score)| Part { field, forms: forms(field).into(), worth };
        Self { parts: texts.iter().map(part).collect() }
    }
}

/// In which languages the word has another stem, which is one of `stems`.
fn idle_in(word: &str, stems: &[String], languages: &[String]) -> Vec<String> {
    let is_idle = |language: &&String| {
        let stem = analyze::stem(word, language);
        stem != word && stems.binary_search_by(|s| s.as_str().cmp(&stem)).is_ok()
    };
    if analyze::is_stemmed(word) {
        languages.iter().filter(is_idle).cloned().collect()
    } else {
        Vec::new()
    }
}

impl Query for WordQuery {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let similarities = match scoring {
            EnableScoring::Enabled { statistics_provider, .. } => {
                let docs = statistics_provider.total_num_docs()?.max(1);
                let mut similarities = Vec::with_capacity(self.parts.len());
                for part in &*self.parts {
                    let tokens = statistics_provider.total_num_tokens(part.field)?;
                    let average = (tokens as Score / docs as Score).max(1.0);
                    let rarity = idf(part.having(statistics_provider, docs)?, docs);
                    similarities.push(Similarity::new(rarity * part.worth, average));
                }
                Some(similarities)
            }
            EnableScoring::Disabled { .. } => None,
        };
        Ok(Box::new(WordWeight { parts: Arc::clone(&self.parts), similarities }))
    }
}

impl Part {
    /// How many documents have any of the forms.
    fn having(&self, counts: &dyn Bm25StatisticsProvider, docs: u64) -> tantivy::Result<u64> {
        let each: tantivy::Result<Vec<_>> =
            self.forms.iter().map(|form| counts.doc_freq(&form.term)).collect();
        Ok(having_any(each?.into_iter().filter(|&having| having > 0), docs))
    }
}

impl Form {
    /// Does another form stand wherever this one does, in all articles of the segment?
    fn is_idle(&self, reader: &SegmentReader) -> tantivy::Result<bool> {
        let Some(field) = fields().facet("language").filter(|_| !self.idle_in.is_empty()) else {
            return Ok(false);
        };
        let kind = Term::from_field_u64(fields().kind, Kind::Article as u64);
        let articles = reader.inverted_index(fields().kind)?.doc_freq(&kind)?;
        let index = reader.inverted_index(field)?;
        let mut having = 0;
        for language in &self.idle_in {
            having += index.doc_freq(&text_term(field, language))?;
        }
        Ok(having == articles)
    }
}

struct WordWeight {
    parts: Arc<[Part]>,
    similarities: Option<Vec<Similarity>>,
}

impl WordWeight {
    /// The postings of one segment, none of them empty.
    fn open(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<WordScorer> {
        let mut texts = Vec::with_capacity(self.parts.len());
        for (at, part) in self.parts.iter().enumerate() {
            let similarity = self.similarities.as_ref().map(|all| all[at].boosted(boost));
            let cursors = part.cursors(reader, similarity.is_some())?;
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
    fn cursors(&self, reader: &SegmentReader, is_scored: bool) -> tantivy::Result<Vec<Cursor>> {
        let index = reader.inverted_index(self.field)?;
        let option =
            if is_scored { IndexRecordOption::WithFreqs } else { IndexRecordOption::Basic };
        let mut cursors = Vec::new();
        for form in &*self.forms {
            let Some(info) = index.get_term_info(&form.term)? else { continue };
            if form.is_idle(reader)? {
                continue;
            }
            let postings = index.read_postings_from_terminfo(&info, option)?;
            cursors.push(Cursor { postings, idle: !form.idle_in.is_empty() });
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
