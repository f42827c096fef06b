//! The terms of words in the dictionaries of the index, looked up once for each segment.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use tantivy::index::{SegmentId, SegmentReader};
use tantivy::postings::TermInfo;
use tantivy::query::EnableScoring;
use tantivy::schema::Field;
use tantivy::{Searcher, TantivyError, Term};

use super::expansion::{FoundTerm, expand};
use super::similarity::doc_freq_of_any;
use super::simple_queries::text_term;
use crate::article::Facet;
use crate::engine::local::watch::Watch;
use crate::index::read::live_documents::LiveDocuments;
use crate::index::read::snapshot::Snapshot;
use crate::index::schema::{Kind, fields};
use crate::index::tokenize::{reading_of, word_of};
use crate::query::matching::WordMatcher;
use crate::query::matching::forms::Forms;

/// A term of a word in a segment.
pub(super) struct SegmentTerm {
    term: String,
    /// Where its postings are.
    pub(super) info: TermInfo,
    /// The number of words that it stands for.
    pub(super) words: u32,
    /// Whether another term of the word may have the same positions: the stem of a word is indexed at its position.
    pub(super) may_overlap: bool,
    /// Whether one does in all articles of the segment: then this term adds nothing and is not read.
    pub(super) is_redundant: bool,
}

/// The terms of several words in each segment.
pub(super) struct Terms<'s> {
    searcher: &'s Searcher,
    live: &'s LiveDocuments,
    watch: &'s Watch,
    words: Vec<(Field, TermsBySegment)>,
}

/// The terms of a word, by segment.
pub(super) type TermsBySegment = FxHashMap<SegmentId, Vec<SegmentTerm>>;

impl<'s> Terms<'s> {
    /// The terms of words, each in a field. Of a word that the text must decide, all that it can be.
    pub(super) fn of<'w>(
        words: impl IntoIterator<Item = (Field, &'w WordMatcher)>,
        scoring: EnableScoring<'s>,
        live: &'s LiveDocuments,
        watch: &'s Watch,
    ) -> tantivy::Result<Self> {
        let (EnableScoring::Enabled { searcher, .. }
        | EnableScoring::Disabled { searcher_opt: Some(searcher), .. }) = scoring
        else {
            return Err(TantivyError::InternalError("words are looked up in an index".into()));
        };
        let mut terms = Self { searcher, live, watch, words: Vec::new() };
        for (field, word) in words {
            let mut segments = FxHashMap::default();
            for reader in searcher.segment_readers() {
                let terms = expand(&*reader.inverted_index(field)?, word, watch)?;
                let found = terms.into_iter().map(|term| SegmentTerm::new(term, word, reader));
                segments.insert(reader.segment_id(), found.collect::<tantivy::Result<_>>()?);
            }
            terms.words.push((field, segments));
        }
        Ok(terms)
    }

    /// An estimate of the document frequency of word number `at` among `docs` documents.
    pub(super) fn doc_freq(&self, at: usize, docs: u64) -> tantivy::Result<u64> {
        let (field, segments) = &self.words[at];
        let mut frequencies: BTreeMap<&str, u64> = BTreeMap::new();
        let mut ticker = self.watch.ticker();
        for reader in self.searcher.segment_readers() {
            let index = reader.inverted_index(*field)?;
            let terms = segments.get(&reader.segment_id()).into_iter().flatten();
            for SegmentTerm { term, info, .. } in terms {
                Watch::step(&mut ticker, 16)?;
                *frequencies.entry(term).or_default() +=
                    self.live.articles_of(reader, &index, info)?;
            }
        }
        Ok(doc_freq_of_any(frequencies.into_values().filter(|&frequency| frequency > 0), docs))
    }

    /// The terms of each word.
    pub(super) fn by_word(self) -> Vec<TermsBySegment> {
        self.words.into_iter().map(|(_, segments)| segments).collect()
    }
}

impl SegmentTerm {
    fn new(found: FoundTerm, word: &WordMatcher, reader: &SegmentReader) -> tantivy::Result<Self> {
        let FoundTerm { term, info } = found;
        let (read, words) = reading_of(&term).unwrap_or((word_of(&term).0, 1));
        let languages = match word {
            WordMatcher::Forms(forms) => forms.languages_with_stem_term(read),
            _ => Vec::new(),
        };
        let is_redundant = !languages.is_empty() && are_all_in(&languages, reader)?;
        let may_overlap = !languages.is_empty();
        Ok(Self { term, info, words, may_overlap, is_redundant })
    }
}

/// Whether all articles of the segment are in these languages.
fn are_all_in(languages: &[String], reader: &SegmentReader) -> tantivy::Result<bool> {
    let field = fields().facet(Facet::Language);
    let kind = Term::from_field_u64(fields().kind, Kind::Article as u64);
    let articles = reader.inverted_index(fields().kind)?.doc_freq(&kind)?;
    let index = reader.inverted_index(field)?;
    let mut having = 0;
    for language in languages {
        having += index.doc_freq(&text_term(field, language))?;
    }
    Ok(having == articles)
}

/// An estimate of the number of articles that have a word in any form.
pub(crate) fn articles_with(snapshot: &Snapshot, word: &str) -> tantivy::Result<u64> {
    let (searcher, live) = (snapshot.searcher(), snapshot.live_documents()?);
    let matcher = WordMatcher::Forms(Forms::new(word, live.languages()));
    let scoring = EnableScoring::disabled_from_searcher(searcher);
    let watch = Watch::default();
    let terms = Terms::of([(fields().body, &matcher)], scoring, live, &watch)?;
    terms.doc_freq(0, live.documents(Kind::Article))
}
