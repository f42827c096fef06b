//! The automaton of a word over the terms of words and of readings.

use tantivy_fst::Automaton;

use crate::index::tokenize::{FIRST_OF_WORDS, READING};
use crate::query::matching::word::WordAutomaton;

/// Accepts the terms whose word the automaton of a word accepts: what comes behind a mark that ends the word, such as its spelling
/// with accents, is any.
pub(super) struct TermAutomaton<'a> {
    word: &'a WordAutomaton,
    /// Whether the terms are those of readings, which open with a mark.
    of_readings: bool,
}

impl<'a> TermAutomaton<'a> {
    /// Over terms of words.
    pub(super) fn of_words(word: &'a WordAutomaton) -> Self {
        Self { word, of_readings: false }
    }

    /// Over terms of readings.
    pub(super) fn of_readings(word: &'a WordAutomaton) -> Self {
        Self { word, of_readings: true }
    }
}

/// How far a term has been read.
#[derive(Clone)]
pub(super) enum State {
    /// Before the mark of a reading.
    Start,
    /// In the word.
    Word(Option<usize>),
    /// Behind the word; whether it was accepted.
    End(bool),
    /// It is no reading.
    Dead,
}

impl Automaton for TermAutomaton<'_> {
    type State = State;

    fn start(&self) -> State {
        if self.of_readings { State::Start } else { State::Word(self.word.start()) }
    }

    fn is_match(&self, state: &State) -> bool {
        match state {
            State::Word(word) => self.word.is_match(word),
            State::End(is_match) => *is_match,
            State::Start | State::Dead => false,
        }
    }

    fn can_match(&self, state: &State) -> bool {
        match state {
            State::Start | State::End(true) => true,
            State::Word(word) => self.word.can_match(word),
            State::End(false) | State::Dead => false,
        }
    }

    fn accept(&self, state: &State, byte: u8) -> State {
        match state {
            State::Start if byte == READING as u8 => State::Word(self.word.start()),
            State::Word(word) if byte < FIRST_OF_WORDS => State::End(self.word.is_match(word)),
            State::Word(word) => State::Word(self.word.accept(word, byte)),
            State::End(is_match) => State::End(*is_match),
            State::Start | State::Dead => State::Dead,
        }
    }
}
