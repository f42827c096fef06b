//! The terms of a dictionary that are those of a word.

use tantivy::postings::TermInfo;
use tantivy::schema::Field;
use tantivy::termdict::TermDictionary;
use tantivy::{InvertedIndexReader, Term};

use super::compiler::Compiler;
use super::simple_queries::text_term;
use super::term_automaton::TermAutomaton;
use crate::engine::local::watch::Watch;
use crate::index::tokenize::{
    self, ACCENTED, FIRST_OF_WORDS, LENGTH, READING, STEM, reading_of, word_of,
};
use crate::query::language::clause::WordPattern;
use crate::query::limits::Ticker;
use crate::query::matching::WordMatcher;
use crate::query::matching::forms::{Forms, Stem};
use crate::query::matching::spelled_word::SpelledWord;
use crate::query::matching::word::WordAutomaton;
use crate::text::fold::without_umlauts;
use crate::text::{fold_umlauts, is_looked_for};

impl Compiler<'_> {
    /// The term that alone says where an exact word is, in live articles: none is spelled with accents, and none is read as it.
    pub(super) fn only_term(
        self,
        field: Field,
        word: &WordPattern,
    ) -> tantivy::Result<Option<Term>> {
        let WordPattern::Exact(_) = word else { return Ok(None) };
        let matcher = WordMatcher::new(word, &[]);
        let WordMatcher::Exact(forms) = &matcher else { return Ok(None) };
        let [folded] = &**forms else { return Ok(None) };
        for reader in self.searcher.segment_readers() {
            let index = reader.inverted_index(field)?;
            for found in
                expand(&index, &matcher, self.watch)?.iter().filter(|found| found.term != *folded)
            {
                if self.live.articles_of(reader, &index, &found.info)? > 0 {
                    return Ok(None);
                }
            }
        }
        Ok(Some(text_term(field, folded)))
    }
}

/// A term that a matcher accepts.
pub(super) struct FoundTerm {
    /// Its letters.
    pub(super) term: String,
    /// Where its postings are.
    pub(super) info: TermInfo,
}

/// Terms of a word in a segment: with more, it is refused.
const MAX_TERMS: usize = 1 << 20;

/// The terms of a segment that a matcher accepts, in order, none twice. For [`WordMatcher::Any`] none.
pub(super) fn expand(
    index: &InvertedIndexReader,
    matcher: &WordMatcher,
    watch: &Watch,
) -> tantivy::Result<Vec<FoundTerm>> {
    let (dictionary, ticker) = (index.terms(), watch.ticker());
    let mut terms = Expansion { dictionary, found: Vec::new(), ticker, watch };
    match matcher {
        WordMatcher::Exact(words) => {
            for word in words {
                terms.add_word(word)?;
            }
        }
        WordMatcher::Forms(forms) => terms.add_forms(forms)?,
        WordMatcher::Spelled(spelled) => terms.add_spelled(spelled)?,
        WordMatcher::Automaton(automaton) => terms.add_accepted(automaton)?,
        WordMatcher::Any | WordMatcher::Nothing => {}
    }
    let mut found = terms.found;
    found.sort_unstable_by(|a, b| a.term.cmp(&b.term));
    found.dedup_by(|a, b| a.term == b.term);
    Ok(found)
}

/// The terms that have been found in the dictionary of a segment.
struct Expansion<'i> {
    dictionary: &'i TermDictionary,
    found: Vec<FoundTerm>,
    ticker: Ticker,
    watch: &'i Watch,
}

impl Expansion<'_> {
    fn push(&mut self, term: &str, info: &TermInfo) -> std::io::Result<()> {
        if self.found.len() == MAX_TERMS {
            let why = format!("its wildcards stand for more than {MAX_TERMS} different words");
            self.watch.refuse("the query", &why);
            return Err(std::io::Error::other(why));
        }
        self.found.push(FoundTerm { term: term.to_owned(), info: info.clone() });
        Ok(())
    }

    /// Adds the terms that begin with `prefix` and that `accepts`.
    fn add_all(&mut self, prefix: &str, accepts: impl Fn(&str) -> bool) -> std::io::Result<()> {
        let mut terms = self.dictionary.range().ge(prefix).into_stream()?;
        while let Some((term, info)) = terms.next() {
            let Ok(term) = std::str::from_utf8(term) else { continue };
            if !term.starts_with(prefix) {
                break;
            }
            Watch::step(&mut self.ticker, 1)?;
            if accepts(term) {
                self.push(term, info)?;
            }
        }
        Ok(())
    }

    /// Adds the terms that are `term`, or it and more behind a mark: these follow it directly.
    fn add_with_marks(
        &mut self,
        term: &str,
        accepts: impl Fn(&str) -> bool,
    ) -> std::io::Result<()> {
        let end = format!("{term}{}", char::from(FIRST_OF_WORDS));
        let mut terms = self.dictionary.range().ge(term).lt(end).into_stream()?;
        while let Some((term, info)) = terms.next() {
            Watch::step(&mut self.ticker, 1)?;
            if let Ok(term) = std::str::from_utf8(term)
                && accepts(term)
            {
                self.push(term, info)?;
            }
        }
        Ok(())
    }

    fn add(&mut self, term: &str) -> std::io::Result<()> {
        if let Some(info) = self.dictionary.get(term)? {
            self.push(term, &info)?;
        }
        Ok(())
    }

    /// A folded word in all spellings, and what is read as it.
    fn add_word(&mut self, folded: &str) -> std::io::Result<()> {
        self.add_with_marks(folded, |_| true)?;
        for form in without_umlauts(folded).iter().filter(|form| *form != folded) {
            self.add_with_marks(form, |term| umlauts_of(term).is_some_and(|word| word == folded))?;
        }
        self.add_with_marks(&tokenize::readings(folded), |_| true)
    }

    fn add_forms(&mut self, forms: &Forms) -> std::io::Result<()> {
        for word in &forms.words {
            self.add_word(word)?;
        }
        for stem in forms.stems() {
            let marked = format!("{STEM}{}", stem.text);
            self.add(&marked)?;
            self.add_with_marks(&tokenize::readings(&marked), |_| true)?;
            if is_looked_for(&stem.text) {
                self.add_words(stem)?;
            } else if stem.is_of(&stem.text) {
                self.add_word(&stem.text)?;
            }
        }
        Ok(())
    }

    /// The words that begin with a stem and have it.
    fn add_words(&mut self, stem: &Stem) -> std::io::Result<()> {
        let has_umlauts = |term: &str| {
            umlauts_of(term).is_some_and(|word| word.starts_with(&stem.text) && stem.is_of(&word))
        };
        self.add_all(&stem.text, |term| stem.is_of(word_of(term).0) || has_umlauts(term))?;
        for form in without_umlauts(&stem.text).iter().filter(|form| **form != stem.text) {
            self.add_all(form, has_umlauts)?;
        }
        self.add_all(&tokenize::readings(&stem.text), |term| {
            reading_of(term).is_some_and(|(folded, _)| stem.is_of(folded))
        })
    }

    /// The words of one spelling; where capitals count, all that the text can show to be it.
    fn add_spelled(&mut self, spelled: &SpelledWord) -> std::io::Result<()> {
        let SpelledWord { folded, accented, acronym, .. } = spelled;
        match (acronym, accented) {
            (Some(acronym), _) => self.add(&tokenize::acronym(acronym)),
            (None, Some(accented)) => self.add(&tokenize::accented(folded, accented)),
            (None, None) => self.add(folded),
        }
    }

    /// The words that an automaton accepts, and what is read as one of them.
    fn add_accepted(&mut self, automaton: &WordAutomaton) -> std::io::Result<()> {
        let words = TermAutomaton::of_words(automaton);
        let mut words = self.dictionary.search(words).ge([FIRST_OF_WORDS]).into_stream()?;
        while let Some((term, info)) = words.next() {
            Watch::step(&mut self.ticker, 1)?;
            if let Ok(term) = std::str::from_utf8(term)
                && !term.starts_with(LENGTH)
            {
                self.push(term, info)?;
            }
        }
        let readings = self.dictionary.search(TermAutomaton::of_readings(automaton));
        let mut readings = readings.ge([READING as u8]).lt([READING as u8 + 1]).into_stream()?;
        while let Some((term, info)) = readings.next() {
            Watch::step(&mut self.ticker, 1)?;
            if let Ok(term) = std::str::from_utf8(term)
                && reading_of(term).is_some_and(|(word, of)| of > 1 && !word.starts_with(STEM))
            {
                self.push(term, info)?;
            }
        }
        Ok(())
    }
}

/// The word of a term with accents, folded with two letters for each umlaut.
fn umlauts_of(term: &str) -> Option<String> {
    fold_umlauts(term.split_once(ACCENTED)?.1)
}
