//! The runs of a text and the words around them, each word with its form, its lexicon entry and how the article writes it
//! elsewhere. Features of them are made in [`super::features`].

use std::ops::Range;

use super::candidates;
use super::capitals::{Casing, Style, Written};
use super::lexicon::{Entry, Lexicon};
use crate::text::hash;
use crate::text::{Shape, Text, Token};

/// Context words on each side of a run.
const AROUND: usize = 2;

/// The form of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Form {
    /// Nothing: before the first or behind the last word of a sentence.
    Edge,
    /// `secretary`.
    Small,
    /// `Tehran`.
    Capital,
    /// `J.`, `J`.
    Initial,
    /// `UN`, `BBC`.
    Acronym,
    /// `TEHRAN`.
    AllCapitals,
    /// `U.S.`, `J.R.`.
    Stops,
    /// `Corp.`, `St.`.
    Abbreviation,
    /// `McDoe`, `DeRoe`.
    InnerCapital,
    /// `Anne-Marie`.
    Hyphen,
    /// `O'Doe`.
    Apostrophe,
    /// `al-Doe`.
    SmallPrefix,
    /// `G20`.
    Digits,
    /// `27`, `5,000`.
    Number,
    /// Possessive `'s`.
    Clitic,
    /// A quotation mark.
    Quote,
    /// Any other mark; the word hash says which.
    Mark,
}

impl Form {
    /// Whether it is letters or digits.
    fn is_word(self) -> bool {
        !matches!(self, Self::Edge | Self::Clitic | Self::Quote | Self::Mark)
    }

    /// Whether it has the capital letter of a name.
    fn is_capital(self) -> bool {
        self.is_word() && !matches!(self, Self::Small | Self::Number)
    }
}

/// One word as the model sees it.
#[derive(Clone, Copy, Debug)]
pub struct Observation {
    /// Its number in [`Text::tokens`]; meaningless at an edge.
    pub token: u32,
    /// Hash of the word without case.
    pub hash: u32,
    /// Its lexicon entry.
    pub entry: Entry,
    /// Its cluster and form; a mark is its own class.
    pub class: u32,
    /// Its form.
    pub form: Form,
    /// How the article writes it elsewhere.
    pub written: Written,
}

const EDGE: Observation = Observation {
    token: u32::MAX,
    hash: 0,
    entry: Entry(0),
    class: 0,
    form: Form::Edge,
    written: Written(0),
};

impl Observation {
    fn class(self) -> u32 {
        match self.form {
            Form::Small => self.entry.small() | 0x400,
            Form::Edge | Form::Number | Form::Clitic | Form::Quote => (self.form as u32) << 12,
            Form::Mark => self.hash,
            _ => self.entry.capital() | (self.form as u32) << 12,
        }
    }
}

/// One run of words: its observations stand in [`Observations::observations`], with at least [`AROUND`] more on each side.
#[derive(Clone, Debug)]
pub struct Run {
    /// Its words in [`Observations::observations`].
    pub words: Range<usize>,
    /// Whether it opens its sentence.
    pub initial: bool,
    /// The sentence's.
    pub style: Style,
}

/// All runs of a text.
#[derive(Clone, Debug)]
pub struct Observations<'a> {
    /// The text.
    pub text: &'a Text<'a>,
    /// The words of all runs with the words around them; two runs may share those between them.
    pub observations: Vec<Observation>,
    /// The runs in order.
    pub runs: Vec<Run>,
}

impl<'a> Observations<'a> {
    /// The runs of `text`.
    pub fn of(lexicon: &Lexicon<'_>, text: &'a Text<'a>) -> Self {
        let room = text.tokens.len();
        let mut seen = Self {
            text,
            observations: Vec::with_capacity(room),
            runs: Vec::with_capacity(room / 4),
        };
        let sentences = || text.sentences.iter().map(|s| s.start as usize..s.end as usize);
        let styles: Vec<Style> = sentences().map(|s| Style::of(text, s)).collect();
        let hashes: Vec<u32> = (0..room).map(|i| hash::token(text, i)).collect();
        let casing = Casing::of(text, &styles, &hashes);
        for (sentence, style) in sentences().zip(styles) {
            let look = Look {
                text,
                lexicon,
                hashes: &hashes,
                casing: &casing,
                sentence: sentence.clone(),
                style,
            };
            // The edges behind one sentence are those before the next.
            let mut seen_to = if seen.ends_with_edges() { AROUND } else { 0 };
            candidates::each(
                text,
                sentence,
                |i| look.is_capital(i),
                |run| {
                    if !look.is_only_a_word(&run) {
                        seen_to = seen.push(&look, run, seen_to);
                    }
                },
            );
        }
        seen.look_up(lexicon, &casing);
        seen
    }

    fn ends_with_edges(&self) -> bool {
        let edges = self.observations.iter().rev().take(AROUND).filter(|s| s.form == Form::Edge);
        edges.count() == AROUND
    }

    /// Adds a run and the words around it. The sentence has been added up to the place `seen_to`; returns the place that it is
    /// added up to now. Places count from [`AROUND`] edges before the sentence.
    fn push(&mut self, look: &Look<'_>, run: Range<usize>, seen_to: usize) -> usize {
        let sentence = &look.sentence;
        let around = run.start - sentence.start..run.end - sentence.start + 2 * AROUND;
        for place in around.start.max(seen_to)..around.end {
            let token = (place + sentence.start).checked_sub(AROUND);
            let token = token.filter(|token| sentence.contains(token));
            self.observations.push(token.map_or(EDGE, |token| look.bare(token)));
        }
        let end = self.observations.len() - AROUND;
        let words = end - run.len()..end;
        let before = &look.text.tokens[sentence.start..run.start];
        let initial = before.iter().all(|t| !t.shape.is_word());
        self.runs.push(Run { words, initial, style: look.style });
        around.end
    }

    /// Fills in the lexicon entry, casing and class of all words.
    fn look_up(&mut self, lexicon: &Lexicon<'_>, casing: &Casing) {
        for observation in &mut self.observations {
            if observation.form.is_word() {
                observation.entry = lexicon.get(observation.hash);
            }
            if observation.form.is_capital() {
                observation.written = casing.get(observation.hash);
            }
            observation.class = observation.class();
        }
        for run in self.runs.iter().filter(|run| run.style == Style::Capitals) {
            for observation in
                &mut self.observations[run.words.start - AROUND..run.words.end + AROUND]
            {
                let upper = || self.text.tokens[observation.token as usize].shape == Shape::Upper;
                if observation.form != Form::Edge && upper() {
                    observation.form =
                        true_form(observation.form, observation.entry, observation.written);
                    observation.class = observation.class();
                }
            }
        }
    }
}

/// One sentence with what its words are looked up in.
struct Look<'a> {
    text: &'a Text<'a>,
    lexicon: &'a Lexicon<'a>,
    /// Of all tokens.
    hashes: &'a [u32],
    casing: &'a Casing,
    sentence: Range<usize>,
    style: Style,
}

impl Look<'_> {
    /// The word by itself.
    fn bare(&self, i: usize) -> Observation {
        let form = self.form(i);
        Observation { token: i as u32, hash: self.hash(i, form), form, ..EDGE }
    }

    fn form(&self, i: usize) -> Form {
        match self.text.tokens[i].shape {
            Shape::Lower => Form::Small,
            Shape::Number => Form::Number,
            Shape::Quote => Form::Quote,
            Shape::Clitic => Form::Clitic,
            Shape::Mark => Form::Mark,
            Shape::Upper => upper_form(self.text.word(i)),
            Shape::Capital => capital_form(self.text.word(i)),
        }
    }

    fn hash(&self, i: usize, form: Form) -> u32 {
        let Token { start, end, .. } = self.text.tokens[i];
        if form == Form::Number { (end - start).min(6) } else { self.hashes[i] }
    }

    /// Whether token `i` can be part of a name.
    fn is_capital(&self, i: usize) -> bool {
        let shape = self.text.tokens[i].shape;
        if !shape.is_capital() || self.style != Style::Capitals || shape != Shape::Upper {
            return shape.is_capital();
        }
        let form = self.form(i);
        let hash = self.hash(i, form);
        true_form(form, self.lexicon.get(hash), self.casing.get(hash)) != Form::Small
    }

    /// Whether the run is only one of the commonest words: `The`, `But`, `I`.
    fn is_only_a_word(&self, run: &Range<usize>) -> bool {
        let i = run.start;
        let word = self.text.tokens[i].span();
        run.len() == 1
            && (self.text.word(i) == "I"
                || self.text.tokens[i].shape == Shape::Capital
                    && word.end - word.start <= 8
                    && self.lexicon.is_function(self.hashes[i]))
    }
}

/// The form in prose of a word of a line in capitals.
fn true_form(form: Form, entry: Entry, written: Written) -> Form {
    match form {
        Form::Acronym | Form::AllCapitals if written.is_upper() => form,
        Form::Acronym | Form::AllCapitals if is_small_in_prose(entry, written) => Form::Small,
        Form::Acronym | Form::AllCapitals => Form::Capital,
        _ => form,
    }
}

fn is_small_in_prose(entry: Entry, written: Written) -> bool {
    let unseen = written == Written::default();
    written.is_small() && !written.is_capital() || unseen && entry.case() >= MOSTLY_SMALL
}

/// Least [`Entry::case`] by which a word of a line in capitals, not found elsewhere, counts as lower case.
const MOSTLY_SMALL: u32 = 5;

fn upper_form(word: &str) -> Form {
    let letters = word.bytes().filter(u8::is_ascii_alphabetic).count();
    match word.len() {
        1 => Form::Initial,
        2 if word.ends_with('.') => Form::Initial,
        _ if word.bytes().any(|byte| byte == b'.') => Form::Stops,
        _ if word.bytes().any(|b| b.is_ascii_digit()) => Form::Digits,
        _ if letters <= 4 => Form::Acronym,
        _ => Form::AllCapitals,
    }
}

fn capital_form(word: &str) -> Form {
    let bytes = word.as_bytes();
    if bytes[0].is_ascii_lowercase() {
        return Form::SmallPrefix;
    }
    let mut form = Form::Capital;
    for (i, &byte) in bytes.iter().enumerate().skip(1) {
        match byte {
            b'-' => return Form::Hyphen,
            b'\'' => return Form::Apostrophe,
            b'.' if i + 1 == bytes.len() => return Form::Abbreviation,
            b'.' => return Form::Stops,
            b'0'..=b'9' => return Form::Digits,
            b'A'..=b'Z' => form = Form::InnerCapital,
            _ => {}
        }
    }
    if !word.is_ascii() && word.contains('’') { Form::Apostrophe } else { form }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::extract::names::model::Model;

    proptest! {
        #[test]
        fn a_run_stands_among_the_words_around_it(
            words in prop::collection::vec("Doe|JANE|The|of|said|went|[a-z]{1,3}|[.,:]|\n\n", 0..40),
        ) {
            let body = words.join(" ");
            let text = Text::new(&body);
            let seen = Observations::of(Model::shipped().lexicon(), &text);
            for run in &seen.runs {
                let first = seen.observations[run.words.start].token as usize;
                let sentence = text
                    .sentences
                    .iter()
                    .map(|s| s.start as usize..s.end as usize)
                    .find(|s| s.contains(&first))
                    .expect("a run stands in a sentence");
                let all = run.words.start - AROUND..run.words.end + AROUND;
                for (place, observation) in (first..).zip(&seen.observations[all]) {
                    let token = place.checked_sub(AROUND).filter(|at| sentence.contains(at));
                    prop_assert_eq!(token.map_or(u32::MAX, |at| at as u32), observation.token);
                }
            }
        }
    }
}
