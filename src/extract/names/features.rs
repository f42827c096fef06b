//! What is seen of each word of a run: the word itself, its form, what the lexicon knows of it and of its neighbours,
//! and what stands left and right of the run. Seen once ([`Sights`]), then hashed into rows of the model ([`of`]).

use std::ops::Range;

use super::hash;
use super::lexicon::{Entry, Lexicon};
use super::runs;
use crate::extract::text::{Shape, Text};

/// Number of features of a word.
pub const TEMPLATES: usize = 46;
/// Templates that look at the word itself, not only at its class or surroundings.
pub const LEXICAL: [usize; 11] = [1, 2, 3, 4, 5, 6, 15, 16, 38, 41, 42];
/// Templates that look at words around.
pub const CONTEXT: [usize; 14] = [11, 12, 13, 14, 15, 16, 25, 26, 27, 28, 29, 30, 31, 32];

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
}

const EDGE: Sight = Sight { token: u32::MAX, hash: 0, entry: Entry(0), form: Form::Edge };

/// What a sentence looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Style {
    /// A sentence of prose.
    Prose,
    /// No full stop at the end: a line of a table, a caption, a headline.
    Line,
    /// Most words have a capital: a headline, a byline.
    Title,
    /// All letters are capitals.
    Capitals,
}

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
        for sentence in &text.sentences {
            let sentence = sentence.start as usize..sentence.end as usize;
            let style = style(text, sentence.clone());
            runs::each(text, sentence.clone(), |run| {
                seen.push(lexicon, text, &sentence, run, style)
            });
        }
        seen
    }

    fn push(
        &mut self,
        lexicon: Lexicon<'_>,
        text: &Text<'_>,
        sentence: &Range<usize>,
        run: Range<usize>,
        style: Style,
    ) {
        if run.len() == 1 && is_only_a_word(lexicon, text, run.start) {
            return;
        }
        for back in (1..=AROUND).rev() {
            let i = run.start.checked_sub(back).filter(|i| sentence.contains(i));
            self.push_sight(lexicon, text, i);
        }
        let first = self.sights.len();
        for i in run.clone() {
            self.push_sight(lexicon, text, Some(i));
        }
        let words = first..self.sights.len();
        for i in run.end..run.end + AROUND {
            self.push_sight(lexicon, text, Some(i).filter(|i| sentence.contains(i)));
        }
        let before = &text.tokens[sentence.start..run.start];
        let initial = before.iter().all(|t| !t.shape.is_word());
        self.runs.push(Run { words, initial, style });
    }

    fn push_sight(&mut self, lexicon: Lexicon<'_>, text: &Text<'_>, token: Option<usize>) {
        let Some(i) = token else {
            self.sights.push(EDGE);
            self.spans.push((0, 0));
            return;
        };
        let word = text.word(i);
        let form = form(word, text.tokens[i].shape);
        let hash = if form == Form::Number { word.len().min(6) as u32 } else { hash::word(word) };
        let entry =
            if text.tokens[i].shape.is_word() { lexicon.get(hash) } else { Entry::default() };
        self.sights.push(Sight { token: i as u32, hash, entry, form });
        self.spans.push((text.tokens[i].start, text.tokens[i].end));
    }
}

/// One of the commonest words, alone, with a capital: `The`, `But`, `I`.
fn is_only_a_word(lexicon: Lexicon<'_>, text: &Text<'_>, i: usize) -> bool {
    let word = text.word(i);
    word == "I"
        || text.tokens[i].shape == Shape::Capital
            && word.len() <= 8
            && lexicon.get(hash::word(word)).is_function()
}

fn style(text: &Text<'_>, sentence: Range<usize>) -> Style {
    let (mut small, mut capital, mut upper) = (0, 0, 0);
    for token in &text.tokens[sentence.clone()] {
        if token.end - token.start > 3 {
            match token.shape {
                Shape::Lower => small += 1,
                Shape::Capital => capital += 1,
                Shape::Upper => upper += 1,
                _ => {}
            }
        }
    }
    let ends = sentence.end > sentence.start
        && matches!(
            text.word(sentence.end - 1),
            "." | "?" | "!" | "\"" | "”" | "…" | "'" | "’" | ")"
        );
    match (small, capital, upper) {
        (0, 0, 2..) => Style::Capitals,
        (s, c, u) if c + u >= 3 && c + u > 2 * s => Style::Title,
        _ if !ends => Style::Line,
        _ => Style::Prose,
    }
}

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
pub fn of(seen: &Sights<'_>, run: &Run, i: usize) -> [u32; TEMPLATES] {
    let at = |k: usize| seen.sights[k];
    let (l2, l1, w, r1, r2) = (at(i - 2), at(i - 1), at(i), at(i + 1), at(i + 2));
    let (start, end) = (run.words.start, run.words.end);
    let (left, right) = (at(start - 1), at(end));
    let (left2, right2) = (at(start - 2), at(end + 1));
    let index = (i - start).min(3) as u32;
    let remaining = (end - 1 - i).min(3) as u32;
    let length = (end - start).min(6) as u32;
    let place = index << 2 | remaining;
    let initial = u32::from(run.initial && i == start);
    let style = run.style as u32;
    let form = |s: Sight| s.form as u32;
    let class = |s: Sight| match s.form {
        Form::Small => s.entry.small() | 0x400,
        Form::Edge | Form::Number | Form::Clitic | Form::Quote => form(s) << 12,
        Form::Mark => s.hash,
        _ => s.entry.capital() | form(s) << 12,
    };
    let known = |s: Sight| s.entry.signature() << 5 | form(s);
    let cluster = if w.form == Form::Small { w.entry.small() | 0x400 } else { w.entry.capital() };
    let [prefix, suffix2, suffix3, suffix4] = affixes(seen, i);
    let (a, b, c, d) = (class(l1), class(r1), class(l2), class(r2));
    let forms = form(l1) << 10 | form(w) << 5 | form(r1);
    let two = |x: u32, y: u32| hash::feature(60, x, y);
    let (last, first) = (at(end - 1), at(start));
    let pairs: [(u32, u32); TEMPLATES] = [
        (style, place),
        (w.hash, 0),
        (w.hash, form(w)),
        (prefix, form(w)),
        (suffix2, form(w)),
        (suffix3, form(w)),
        (suffix4, form(w)),
        (form(w), place),
        (known(w), 0),
        (cluster, form(w)),
        (known(w), initial << 4 | place),
        (l1.hash, form(l1)),
        (r1.hash, form(r1)),
        (l2.hash, form(l2)),
        (r2.hash, form(r2)),
        (l1.hash, w.hash),
        (w.hash, r1.hash),
        (a, cluster),
        (cluster, b),
        (a, b),
        (two(a, b), cluster),
        (known(l1), known(w)),
        (known(w), known(r1)),
        (two(known(l1), known(w)), known(r1)),
        (forms, style),
        (l1.hash, form(w)),
        (r1.hash, form(w)),
        (l1.hash, known(w)),
        (r1.hash, known(w)),
        (l2.hash, l1.hash),
        (r1.hash, r2.hash),
        (left.hash, index),
        (right.hash, remaining),
        (class(left), place),
        (class(right), place),
        (form(l2) << 16 | forms, form(r2)),
        (c, a),
        (b, d),
        (w.hash, initial << 2 | style),
        (known(w), style << 1 | initial),
        (form(w) << 4 | place, length),
        (if remaining > 0 { last.hash } else { 0 }, form(w)),
        (if index > 0 { first.hash } else { 0 }, form(w)),
        (two(class(left), class(right)), place),
        (class(left2), two(class(left), place)),
        (class(right2), two(class(right), place)),
    ];
    let mut features = [0; TEMPLATES];
    for (template, (x, y)) in pairs.into_iter().enumerate() {
        features[template] = hash::feature(template as u32, x, y);
    }
    features
}

/// Hashes of the first three and the last two, three and four bytes of the word.
fn affixes(seen: &Sights<'_>, i: usize) -> [u32; 4] {
    let (start, end) = seen.spans[i];
    let word = &seen.body.as_bytes()[start as usize..end as usize];
    let n = word.len();
    let tail = |k: usize| hash::bytes(&word[n.saturating_sub(k)..]);
    [hash::bytes(&word[..n.min(3)]), tail(2), tail(3), tail(4)]
}
