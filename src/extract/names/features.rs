//! What is seen of each word of a run: the word itself, its form, what the lexicon knows of it and of its neighbours,
//! and what stands left and right of the run. Seen once ([`Sights`]), then hashed into rows of the model ([`of`]).

use std::ops::Range;

use super::case::{Casing, Style, Written};
use super::hash;
use super::lexicon::{Entry, Lexicon};
use super::runs;
use crate::extract::text::{Shape, Text};

/// Number of features of a word.
pub const TEMPLATES: usize = 38;
/// Templates that look at the word itself, not only at its class or surroundings.
pub const LEXICAL: [usize; 10] = [0, 1, 2, 10, 11, 12, 15, 16, 30, 31];
/// Templates that look at words around.
pub const CONTEXT: [usize; 10] = [3, 4, 5, 6, 13, 14, 15, 16, 17, 18];

/// Context words kept on each side of a run.
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
    /// Affixes of the words in [`Self::sights`].
    spans: Vec<(u32, u32)>,
    /// The runs in order.
    pub runs: Vec<Run>,
}

impl<'a> Sights<'a> {
    /// Looks at all runs of `text`.
    pub fn of(lexicon: Lexicon<'_>, text: &Text<'a>) -> Self {
        let mut seen = Self { body: text.body, ..Self::default() };
        let sentences = || text.sentences.iter().map(|s| s.start as usize..s.end as usize);
        let styles: Vec<Style> = sentences().map(|s| Style::of(text, s)).collect();
        let casing = Casing::of(text, &styles);
        for (sentence, style) in sentences().zip(styles) {
            let look = Look { text, lexicon, casing: &casing, sentence: sentence.clone(), style };
            runs::each(text, sentence, |i| look.is_capital(i), |run| seen.push(&look, run));
        }
        seen
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
            (look.at(i), (token.start, token.end))
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
    fn at(&self, i: usize) -> Sight {
        let (word, shape) = (self.text.word(i), self.text.tokens[i].shape);
        let form = form(word, shape);
        let hash = if form == Form::Number { word.len().min(6) as u32 } else { hash::word(word) };
        let entry = if shape.is_word() { self.lexicon.get(hash) } else { Entry::default() };
        let written = if shape.is_capital() { self.casing.get(hash) } else { Written::default() };
        let form = if self.style == Style::Capitals && shape == Shape::Upper {
            true_form(form, entry, written)
        } else {
            form
        };
        Sight { token: i as u32, hash, entry, form, written }
    }

    /// May token `i` stand in a name?
    fn is_capital(&self, i: usize) -> bool {
        if !self.text.tokens[i].shape.is_capital() {
            return false;
        }
        self.style != Style::Capitals || self.at(i).form != Form::Small
    }

    /// One of the commonest words, alone, with a capital: `The`, `But`, `I`.
    fn is_only_a_word(&self, i: usize) -> bool {
        let word = self.text.word(i);
        word == "I"
            || self.text.tokens[i].shape == Shape::Capital
                && word.len() <= 8
                && self.lexicon.get(hash::word(word)).is_function()
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
        _ if word.contains('.') => Form::Stops,
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
    if word.contains('’') { Form::Apostrophe } else { form }
}

/// The features of word `i` of a run, as hashes; `i` is an index into [`Sights::sights`].
///
/// Those that share a word stand in one cache line of the table ([`hash::in_line`]).
pub fn of(seen: &Sights<'_>, run: &Run, i: usize) -> [u32; TEMPLATES] {
    let at = |k: usize| seen.sights[k];
    let (l2, l1, w, r1, r2) = (at(i - 2), at(i - 1), at(i), at(i + 1), at(i + 2));
    let (start, end) = (run.words.start, run.words.end);
    let index = (i - start).min(3) as u32;
    let remaining = (end - 1 - i).min(3) as u32;
    let length = (end - start).min(6) as u32;
    let place = index << 2 | remaining;
    let initial = u32::from(run.initial && i == start);
    let style = run.style as u32;
    let opens = style << 1 | initial;
    let (form, form_l1, form_r1) = (w.form as u32, l1.form as u32, r1.form as u32);
    let forms = form_l1 << 10 | form << 5 | form_r1;
    let (known, known_l1, known_r1) = (known(w), known(l1), known(r1));
    let (left, right) = (class(l1), class(r1));
    let cluster = class(w) & 0x7FF;
    let [prefix, suffix3, suffix4] = affixes(seen, i);
    let two = |x: u32, y: u32| hash::feature(60, x, y);
    let written = u32::from(w.written.0);
    let in_line = [
        (0, w.hash, 0),
        (0, w.hash, form),
        (0, w.hash, opens),
        (1, l1.hash, form_l1),
        (1, l1.hash, form),
        (2, r1.hash, form_r1),
        (2, r1.hash, form),
    ];
    let spread = [
        (known, 0),
        (known, initial << 4 | place),
        (known, opens << 3 | written),
        (prefix, form),
        (suffix3, form),
        (suffix4, form),
        (l2.hash, l2.form as u32),
        (r2.hash, r2.form as u32),
        (l1.hash, w.hash),
        (w.hash, r1.hash),
        (l2.hash, l1.hash),
        (r1.hash, r2.hash),
        (cluster, form),
        (left, cluster),
        (cluster, right),
        (left, right),
        (known_l1, known),
        (known, known_r1),
        (two(known_l1, known), known_r1),
        (class(l2), left),
        (right, class(r2)),
        (forms, style),
        (form, place),
        (if remaining > 0 { at(end - 1).hash } else { 0 }, form),
        (if index > 0 { at(start).hash } else { 0 }, form),
        (style, place),
        (form << 4 | place, length),
        (two(l2.form as u32, forms), r2.form as u32),
        (two(class(at(start - 1)), class(at(end))), place),
        (written << 5 | form, opens),
        (written << 11 | cluster, opens),
    ];
    let mut features = [0; TEMPLATES];
    for (template, (line, x, y)) in in_line.into_iter().enumerate() {
        features[template] = hash::in_line(line, template as u32, x, y);
    }
    for (template, (x, y)) in (in_line.len()..).zip(spread) {
        features[template] = hash::feature(template as u32, x, y);
    }
    features
}

/// The word's cluster and form; a mark is its own class.
fn class(s: Sight) -> u32 {
    match s.form {
        Form::Small => s.entry.small() | 0x400,
        Form::Edge | Form::Number | Form::Clitic | Form::Quote => (s.form as u32) << 12,
        Form::Mark => s.hash,
        _ => s.entry.capital() | (s.form as u32) << 12,
    }
}

fn known(s: Sight) -> u32 {
    s.entry.signature() << 5 | s.form as u32
}

/// Hashes of the first three and the last three and four bytes of the word.
fn affixes(seen: &Sights<'_>, i: usize) -> [u32; 3] {
    let (start, end) = seen.spans[i];
    let word = &seen.body.as_bytes()[start as usize..end as usize];
    let n = word.len();
    let tail = |k: usize| hash::bytes(&word[n.saturating_sub(k)..]);
    [hash::bytes(&word[..n.min(3)]), tail(3), tail(4)]
}
