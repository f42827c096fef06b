//! Looking at all runs of a text once: each word's form, what the lexicon knows of it and how the article writes it,
//! with the words around. What that is worth is for [`super::features`] and the model.

use std::ops::Range;

use super::case::{Casing, Style, Written};
use super::hash;
use super::lexicon::{Entry, Lexicon};
use super::runs;
use crate::extract::text::{Shape, Text};

/// Context words kept on each side of a run.
const AROUND: usize = 2;

/// So many words are looked up together.
const TOGETHER: usize = 16;

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
    /// Letters or digits?
    fn is_word(self) -> bool {
        !matches!(self, Self::Edge | Self::Clitic | Self::Quote | Self::Mark)
    }

    /// Has it the capital letter of a name?
    fn is_capital(self) -> bool {
        self.is_word() && !matches!(self, Self::Small | Self::Number)
    }
}

/// One word as the model sees it.
#[derive(Clone, Copy, Debug)]
pub struct Sight {
    /// Its number in [`Text::tokens`]; meaningless at an edge.
    pub token: u32,
    /// Hash of the word without case.
    pub hash: u32,
    /// What the lexicon knows.
    pub entry: Entry,
    /// Its form.
    pub form: Form,
    /// How the article writes it elsewhere.
    pub written: Written,
}

const EDGE: Sight =
    Sight { token: u32::MAX, hash: 0, entry: Entry(0), form: Form::Edge, written: Written(0) };

/// One run of words: its sights stand in [`Sights::sights`], with [`AROUND`] more on each side.
#[derive(Clone, Debug)]
pub struct Run {
    /// Its words in [`Sights::sights`].
    pub words: Range<usize>,
    /// Does it open its sentence?
    pub initial: bool,
    /// The sentence's.
    pub style: Style,
}

/// All runs of a text.
#[derive(Clone, Debug, Default)]
pub struct Sights<'a> {
    /// The text's bytes.
    pub body: &'a str,
    /// Words of all runs, each run with its surroundings.
    pub sights: Vec<Sight>,
    /// First byte and end of each of them in the body.
    pub spans: Vec<(u32, u32)>,
    /// The runs in order.
    pub runs: Vec<Run>,
}

impl<'a> Sights<'a> {
    /// Looks at all runs of `text`.
    pub fn of(lexicon: Lexicon<'_>, text: &Text<'a>) -> Self {
        // A name in every five words, with the words around it.
        let room = text.tokens.len();
        let mut seen = Self {
            body: text.body,
            sights: Vec::with_capacity(room),
            spans: Vec::with_capacity(room),
            runs: Vec::with_capacity(room / 4),
        };
        let sentences = || text.sentences.iter().map(|s| s.start as usize..s.end as usize);
        let styles: Vec<Style> = sentences().map(|s| Style::of(text, s)).collect();
        let casing = Casing::of(text, &styles);
        for (sentence, style) in sentences().zip(styles) {
            let look = Look { text, lexicon, casing: &casing, sentence: sentence.clone(), style };
            runs::each(text, sentence, |i| look.is_capital(i), |run| seen.push(&look, run));
        }
        seen.look_up(text, lexicon, &casing);
        seen
    }

    /// Fills in what is known of all words.
    fn look_up(&mut self, text: &Text<'_>, lexicon: Lexicon<'_>, casing: &Casing) {
        for sights in self.sights.chunks_mut(TOGETHER) {
            let mut hashes = [0; TOGETHER];
            hashes.iter_mut().zip(&*sights).for_each(|(hash, sight)| *hash = sight.hash);
            let entries = lexicon.get_all::<TOGETHER>(&hashes);
            for (sight, entry) in sights.iter_mut().zip(entries) {
                if sight.form.is_word() {
                    sight.entry = entry;
                }
            }
        }
        for run in &self.runs {
            for sight in &mut self.sights[run.words.start - AROUND..run.words.end + AROUND] {
                if sight.form.is_capital() {
                    sight.written = casing.get(sight.hash);
                }
                let upper = || text.tokens[sight.token as usize].shape == Shape::Upper;
                if run.style == Style::Capitals && sight.form != Form::Edge && upper() {
                    sight.form = true_form(sight.form, sight.entry, sight.written);
                }
            }
        }
    }

    fn push(&mut self, look: &Look<'_>, run: Range<usize>) {
        if run.len() == 1 && look.is_only_a_word(run.start) {
            return;
        }
        for back in (1..=AROUND).rev() {
            let i = run.start.checked_sub(back).filter(|i| look.sentence.contains(i));
            self.push_sight(look, i);
        }
        let first = self.sights.len();
        for i in run.clone() {
            self.push_sight(look, Some(i));
        }
        let words = first..self.sights.len();
        for i in run.end..run.end + AROUND {
            self.push_sight(look, Some(i).filter(|i| look.sentence.contains(i)));
        }
        let before = &look.text.tokens[look.sentence.start..run.start];
        let initial = before.iter().all(|t| !t.shape.is_word());
        self.runs.push(Run { words, initial, style: look.style });
    }

    fn push_sight(&mut self, look: &Look<'_>, token: Option<usize>) {
        let (sight, span) = token.map_or((EDGE, (0, 0)), |i| {
            let token = look.text.tokens[i];
            (look.bare(i), (token.start, token.end))
        });
        self.sights.push(sight);
        self.spans.push(span);
    }
}

/// One sentence, and all that helps to see its words.
struct Look<'a> {
    text: &'a Text<'a>,
    lexicon: Lexicon<'a>,
    casing: &'a Casing,
    sentence: Range<usize>,
    style: Style,
}

impl Look<'_> {
    /// The word by itself.
    fn bare(&self, i: usize) -> Sight {
        let (word, shape) = (self.text.word(i), self.text.tokens[i].shape);
        let form = form(word, shape);
        let hash =
            if form == Form::Number { word.len().min(6) as u32 } else { hash::token(self.text, i) };
        Sight { token: i as u32, hash, form, ..EDGE }
    }

    /// May token `i` stand in a name?
    fn is_capital(&self, i: usize) -> bool {
        let shape = self.text.tokens[i].shape;
        if !shape.is_capital() || self.style != Style::Capitals || shape != Shape::Upper {
            return shape.is_capital();
        }
        let Sight { hash, form, .. } = self.bare(i);
        true_form(form, self.lexicon.get(hash), self.casing.get(hash)) != Form::Small
    }

    /// One of the commonest words, alone, with a capital: `The`, `But`, `I`.
    fn is_only_a_word(&self, i: usize) -> bool {
        let word = self.text.word(i);
        word == "I"
            || self.text.tokens[i].shape == Shape::Capital
                && word.len() <= 8
                && self.lexicon.get(hash::token(self.text, i)).is_function()
    }
}

/// The form that a word of a line of capitals would have in prose.
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

/// From this [`Entry::case`] on, a word of a line of capitals that stands nowhere else is taken for a small one.
const MOSTLY_SMALL: u32 = 5;

fn form(word: &str, shape: Shape) -> Form {
    match shape {
        Shape::Lower => Form::Small,
        Shape::Number => Form::Number,
        Shape::Quote => Form::Quote,
        Shape::Clitic => Form::Clitic,
        Shape::Mark => Form::Mark,
        Shape::Upper => upper_form(word),
        Shape::Capital => capital_form(word),
    }
}

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
