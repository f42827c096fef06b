//! The query for one word in any of its forms, in the text and in the headline: postings with frequencies, no positions.
//!
//! A word of a text gives itself as a term and, behind a mark, its stem if that is another (`index::analyze`). So the
//! term of the word that was asked for may stand where the term of its stem stands: in articles of a language in which
//! it is stemmed so it adds nothing, and where a segment holds no others it is not read.

use std::sync::Arc;

use tantivy::fieldnorm::FieldNormReader;
use tantivy::index::SegmentReader;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::query::{EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, Score, Searcher, TERMINATED, Term};

use super::similarity::{Similarity, having_any, idf};
use super::text_term;
use crate::index::analyze::{self, STEM};
use crate::index::schema::{Kind, fields};

/// A word in texts of a document.
#[derive(Clone, Debug)]
pub(super) struct WordQuery {
    parts: Arc<[Part]>,
}

/// The forms of a word in one field.
#[derive(Debug)]
struct Part {
    field: Field,
    forms: Vec<Form>,
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

    fn of(texts: &[(Field, Score)], forms: impl Fn(Field) -> Vec<Form>) -> Self {
        let part = |&(field, worth): &(Field, Score)| Part { field, forms: forms(field), worth };
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
            EnableScoring::Enabled { searcher, statistics_provider } => {
                let docs = statistics_provider.total_num_docs()?.max(1);
                let mut similarities = Vec::with_capacity(self.parts.len());
                for part in &*self.parts {
                    let tokens = statistics_provider.total_num_tokens(part.field)?;
                    let average = (tokens as Score / docs as Score).max(1.0);
                    let rarity = idf(part.having(searcher, docs)?, docs);
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
    fn having(&self, searcher: &Searcher, docs: u64) -> tantivy::Result<u64> {
        let each: tantivy::Result<Vec<_>> =
            self.forms.iter().map(|form| searcher.doc_freq(&form.term)).collect();
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
        let mut scorer = WordScorer { cursors: Vec::new(), texts: Vec::new(), doc: 0 };
        let option = match self.similarities {
            Some(_) => IndexRecordOption::WithFreqs,
            None => IndexRecordOption::Basic,
        };
        for (at, part) in self.parts.iter().enumerate() {
            let index = reader.inverted_index(part.field)?;
            let before = scorer.cursors.len();
            for form in &part.forms {
                let Some(info) = index.get_term_info(&form.term)? else { continue };
                if form.is_idle(reader)? {
                    continue;
                }
                let postings = index.read_postings_from_terminfo(&info, option)?;
                let text = scorer.texts.len();
                scorer.cursors.push(Cursor { postings, text, idle: !form.idle_in.is_empty() });
            }
            if scorer.cursors.len() > before {
                let similarity = self.similarities.as_ref().map(|all| all[at].boosted(boost));
                let lengths = match similarity {
                    Some(_) => reader.fieldnorms_readers().get_field(part.field)?,
                    None => None,
                };
                scorer.texts.push(ScoredText { ranking: similarity.zip(lengths) });
            }
        }
        scorer.settle();
        Ok(scorer)
    }
}

impl Weight for WordWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let scorer = self.open(reader, boost)?;
        Ok(if scorer.doc == TERMINATED { Box::new(EmptyScorer) } else { Box::new(scorer) })
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

/// Documents that have the word.
struct WordScorer {
    cursors: Vec<Cursor>,
    texts: Vec<ScoredText>,
    doc: DocId,
}

/// Where one form is.
struct Cursor {
    postings: SegmentPostings,
    /// Number of the text.
    text: usize,
    /// May it stand where another form stands?
    idle: bool,
}

/// How matches in one text are scored.
struct ScoredText {
    ranking: Option<(Similarity, FieldNormReader)>,
}

impl ScoredText {
    fn score(&self, doc: DocId, times: u32) -> Score {
        self.ranking.as_ref().map_or(0.0, |(similarity, lengths)| {
            similarity.score_in(times, lengths.fieldnorm_id(doc))
        })
    }
}

impl WordScorer {
    /// The least document at hand.
    fn settle(&mut self) -> DocId {
        self.doc = self.cursors.iter().map(|c| c.postings.doc()).min().unwrap_or(TERMINATED);
        self.doc
    }

    /// Calls back for all documents with their scores. Between the documents of the others, the postings of the
    /// commonest form run by themselves.
    fn for_each(&mut self, callback: &mut dyn FnMut(DocId, Score)) {
        loop {
            let (lead, first, second) = self.least();
            if first == TERMINATED {
                return;
            }
            if first == second {
                self.doc = first;
                callback(first, self.score());
                self.advance();
                continue;
            }
            let Cursor { postings, text, .. } = &mut self.cursors[lead];
            let text = &self.texts[*text];
            let mut doc = first;
            while doc < second {
                callback(doc, text.score(doc, postings.term_freq()));
                doc = postings.advance();
            }
        }
    }

    /// The cursor with the least document, that document, and the least of the others.
    fn least(&self) -> (usize, DocId, DocId) {
        let (mut lead, mut first, mut second) = (0, TERMINATED, TERMINATED);
        for (at, cursor) in self.cursors.iter().enumerate() {
            let doc = cursor.postings.doc();
            if doc < first {
                (lead, first, second) = (at, doc, first);
            } else if doc < second {
                second = doc;
            }
        }
        (lead, first, second)
    }
}

impl DocSet for WordScorer {
    fn advance(&mut self) -> DocId {
        let doc = self.doc;
        if doc == TERMINATED {
            return TERMINATED;
        }
        for cursor in self.cursors.iter_mut().filter(|c| c.postings.doc() == doc) {
            cursor.postings.advance();
        }
        self.settle()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        for cursor in self.cursors.iter_mut().filter(|c| c.postings.doc() < target) {
            cursor.postings.seek(target);
        }
        self.settle()
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        let sizes = self.cursors.iter().map(|c| c.postings.size_hint());
        sizes.fold(0, u32::saturating_add)
    }
}

impl Scorer for WordScorer {
    fn score(&mut self) -> Score {
        let mut score = 0.0;
        for (at, text) in self.texts.iter().enumerate() {
            let (mut times, mut idle_times) = (0, 0);
            let here = |c: &&Cursor| c.text == at && c.postings.doc() == self.doc;
            for cursor in self.cursors.iter().filter(here) {
                let count = if cursor.idle { &mut idle_times } else { &mut times };
                *count += cursor.postings.term_freq();
            }
            let times = times.max(idle_times);
            if times > 0 {
                score += text.score(self.doc, times);
            }
        }
        score
    }
}
