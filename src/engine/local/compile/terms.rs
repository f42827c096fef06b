//! What words mean in the dictionaries of the index: their terms, looked up once for each segment.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use tantivy::index::{SegmentId, SegmentReader};
use tantivy::postings::TermInfo;
use tantivy::query::EnableScoring;
use tantivy::schema::Field;
use tantivy::{InvertedIndexReader, Searcher, TantivyError, Term};

use super::query::text_term;
use super::similarity::having_any;
use crate::article::Facet;
use crate::index::read::live_documents::LiveDocuments;
use crate::index::read::snapshot::Snapshot;
use crate::index::schema::{Kind, fields};
use crate::index::tokenize::{LENGTH, STEM};
use crate::query::matching::WordMatcher;
use crate::query::matching::forms::{Forms, Stem};
use crate::text::is_looked_for;

/// A term of a word in a segment.
pub(super) struct Found {
    term: String,
    /// Where its postings are.
    pub(super) info: TermInfo,
    /// May another term of the word stand where this one does?
    pub(super) is_doubled: bool,
    /// Does one, in all articles of the segment? Then there is no need to read it.
    pub(super) is_idle: bool,
}

/// What each of several words means in each segment.
pub(super) struct Terms<'s> {
    searcher: &'s Searcher,
    live: &'s LiveDocuments,
    words: Vec<(Field, BySegment)>,
}

/// The terms of a word, by segment.
pub(super) type BySegment = FxHashMap<SegmentId, Vec<Found>>;

impl<'s> Terms<'s> {
    /// Of words, each in a field.
    pub(super) fn of<'w>(
        words: impl IntoIterator<Item = (Field, &'w WordMatcher)>,
        scoring: EnableScoring<'s>,
        live: &'s LiveDocuments,
    ) -> tantivy::Result<Self> {
        let (EnableScoring::Enabled { searcher, .. }
        | EnableScoring::Disabled { searcher_opt: Some(searcher), .. }) = scoring
        else {
            return Err(TantivyError::InternalError("words are looked up in an index".into()));
        };
        let mut terms = Self { searcher, live, words: Vec::new() };
        for (field, word) in words {
            let mut segments = FxHashMap::default();
            for reader in searcher.segment_readers() {
                let terms = expand(&*reader.inverted_index(field)?, word)?;
                let found = terms.into_iter().map(|term| Found::new(term, word, reader));
                segments.insert(reader.segment_id(), found.collect::<tantivy::Result<_>>()?);
            }
            terms.words.push((field, segments));
        }
        Ok(terms)
    }

    /// How many of `docs` documents have word number `at`, about.
    pub(super) fn having(&self, at: usize, docs: u64) -> tantivy::Result<u64> {
        let (field, segments) = &self.words[at];
        let mut having: BTreeMap<&str, u64> = BTreeMap::new();
        for reader in self.searcher.segment_readers() {
            let index = reader.inverted_index(*field)?;
            for Found { term, info, .. } in segments.get(&reader.segment_id()).into_iter().flatten()
            {
                *having.entry(term).or_default() += self.live.articles_of(reader, &index, info)?;
            }
        }
        Ok(having_any(having.into_values().filter(|&having| having > 0), docs))
    }

    /// The words' terms in each segment.
    pub(super) fn by_word(self) -> Vec<BySegment> {
        self.words.into_iter().map(|(_, segments)| segments).collect()
    }
}

impl Found {
    fn new(
        (term, info): (String, TermInfo),
        word: &WordMatcher,
        reader: &SegmentReader,
    ) -> tantivy::Result<Self> {
        let doubled_in = match word {
            WordMatcher::Forms(forms) => forms.doubled_in(&term),
            _ => Vec::new(),
        };
        let is_idle = !doubled_in.is_empty() && are_all_in(&doubled_in, reader)?;
        Ok(Self { term, info, is_doubled: !doubled_in.is_empty(), is_idle })
    }
}

/// Are all articles of the segment in these languages?
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

/// How many articles have a form of a word, about.
pub(crate) fn articles_with(snapshot: &Snapshot, word: &str) -> tantivy::Result<u64> {
    let (searcher, live) = (snapshot.searcher(), snapshot.live_documents()?);
    let matcher = WordMatcher::Forms(Forms::new(word, live.languages()));
    let scoring = EnableScoring::disabled_from_searcher(searcher);
    let terms = Terms::of([(fields().body, &matcher)], scoring, live)?;
    terms.having(0, live.documents(Kind::Article))
}

/// The terms of a segment that a matcher means, in no order, none twice. Of [`WordMatcher::Any`] none.
pub(super) fn expand(
    index: &InvertedIndexReader,
    matcher: &WordMatcher,
) -> tantivy::Result<Vec<(String, TermInfo)>> {
    let dictionary = index.terms();
    let mut found = Vec::new();
    let mut get = |term: String| -> tantivy::Result<()> {
        if let Some(info) = dictionary.get(&term)? {
            found.push((term, info));
        }
        Ok(())
    };
    match matcher {
        WordMatcher::Exact(word) => get(word.clone())?,
        WordMatcher::Forms(forms) => {
            get(forms.word.clone())?;
            for stem in forms.stems() {
                get(format!("{STEM}{}", stem.text))?;
                let is_short = !is_looked_for(&stem.text);
                if is_short && stem.text != forms.word && stem.is_of(&stem.text) {
                    get(stem.text.clone())?;
                }
            }
            for stem in forms.stems().iter().filter(|stem| is_looked_for(&stem.text)) {
                add_words(index, stem, &mut found)?;
            }
        }
        WordMatcher::Automaton(automaton) => {
            // Stems come first in the dictionary, behind \u{1}.
            let mut terms = dictionary.search(automaton).ge([2]).into_stream()?;
            while let Some((term, info)) = terms.next() {
                if let Ok(term) = std::str::from_utf8(term)
                    && !term.starts_with(LENGTH)
                {
                    found.push((term.to_owned(), info.clone()));
                }
            }
        }
        WordMatcher::Any | WordMatcher::Nothing => {}
    }
    Ok(found)
}

/// Adds the words of a stem that begin with it.
fn add_words(
    index: &InvertedIndexReader,
    stem: &Stem,
    found: &mut Vec<(String, TermInfo)>,
) -> std::io::Result<()> {
    let mut terms = index.terms().range().ge(&stem.text).into_stream()?;
    while let Some((term, info)) = terms.next() {
        let Ok(term) = std::str::from_utf8(term) else { continue };
        if !term.starts_with(&stem.text) {
            break;
        }
        if stem.is_of(term) && found.iter().all(|(known, _)| known != term) {
            found.push((term.to_owned(), info.clone()));
        }
    }
    Ok(())
}
