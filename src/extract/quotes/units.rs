//! The text as quotations need it: words between marks taken as one unit, every unit with its class in its sentence,
//! and sentences that no longer end inside a quotation.

use std::ops::Range;

use super::context::{disambiguate, is_head};
use super::lookup::Lookup;
use super::marks::QuotedSpan;
use super::unit::Unit;
use super::word_class::Class;
use super::word_classes::is_day;
use crate::extract::names::{Kind, Mention};
use crate::text::word_key::key_of;
use crate::text::{Shape, Text};

/// Tokens of the longest words in brackets that are taken as one.
const LONGEST_ASIDE: usize = 10;

/// All units of an article.
#[derive(Debug)]
pub(crate) struct Units {
    /// In order.
    pub(crate) all: Vec<Unit>,
    /// Sentences as ranges of units; one ends behind `“Will you?”` although *he asked* may follow.
    pub(crate) sentences: Vec<Range<usize>>,
    /// The sentence of each unit.
    pub(crate) sentence_of: Vec<u32>,
    /// For each sentence: one past its last unit that is not a mark.
    pub(crate) last_word: Vec<u32>,
    /// For each sentence: whether it is the first of its paragraph.
    pub(crate) opens_paragraph: Vec<bool>,
    /// The units that are words between marks, in order.
    quoted: Vec<u32>,
}

impl Units {
    /// The units of a text.
    pub(crate) fn new(text: &Text<'_>, marked: &[QuotedSpan], mentions: &[Mention]) -> Self {
        let mut units = Self {
            all: Vec::with_capacity(text.tokens.len()),
            sentences: Vec::with_capacity(text.sentences.len()),
            sentence_of: Vec::with_capacity(text.tokens.len()),
            last_word: Vec::with_capacity(text.sentences.len()),
            opens_paragraph: Vec::with_capacity(text.sentences.len()),
            quoted: Vec::new(),
        };
        units.cut(text, marked, mentions);
        for sentence in &units.sentences {
            disambiguate(&mut units.all[sentence.clone()]);
            let last = sentence.clone().rev().find(|&i| !units.all[i].class.is_mark());
            units.last_word.push(last.map_or(sentence.end, |i| i + 1) as u32);
        }
        units.find_heads();
        units
    }

    /// Finds the heads of noun phrases, once all units have their classes.
    fn find_heads(&mut self) {
        let mut next = Class::Stop;
        for i in (0..self.all.len()).rev() {
            let class = self.all[i].class;
            self.all[i].is_head = match class {
                Class::That => {
                    next.is_finite() && self.sentences[self.sentence_of[i] as usize].start == i
                }
                Class::Wh => self.all[i].key != key_of("how"),
                _ => is_head(class, next),
            };
            next = class;
        }
    }

    /// The nearest words between marks before unit `i`, if they stand at `first` or behind it.
    pub(crate) fn quoted_before(&self, i: usize, first: usize) -> Option<usize> {
        let before = self.quoted.partition_point(|&quoted| (quoted as usize) < i);
        let nearest = self.quoted[..before].last().map(|&quoted| quoted as usize);
        nearest.filter(|&quoted| quoted >= first)
    }

    /// The nearest words between marks behind unit `i`, if they stand before `end`.
    pub(crate) fn quoted_behind(&self, i: usize, end: usize) -> Option<usize> {
        let upto = self.quoted.partition_point(|&quoted| quoted as usize <= i);
        let nearest = self.quoted.get(upto).map(|&quoted| quoted as usize);
        nearest.filter(|&quoted| quoted < end)
    }

    /// The class of unit `i`, `Stop` beyond the ends.
    pub(crate) fn class(&self, i: usize) -> Class {
        self.all.get(i).map_or(Class::Stop, |unit| unit.class)
    }

    /// The tokens of a range of units.
    pub(crate) fn tokens(&self, range: Range<usize>) -> Range<usize> {
        match self.all.get(range) {
            Some([first, .., last]) => first.start as usize..last.end as usize,
            Some([only]) => only.start as usize..only.end as usize,
            _ => 0..0,
        }
    }

    /// The sentence that unit `i` is in.
    pub(crate) fn sentence(&self, i: usize) -> Range<usize> {
        self.sentences[self.sentence_of[i] as usize].clone()
    }

    /// Whether the words between marks of unit `i` are a nickname or the title of a book: few, and no sentence or part of one.
    pub(crate) fn is_title(&self, i: usize) -> bool {
        self.all[i].quoted_length() <= 2 && !self.all[i].ends_with_mark()
    }

    fn cut(&mut self, text: &Text<'_>, marked: &[QuotedSpan], mentions: &[Mention]) {
        let words = Lookup::of(text);
        let mut ahead = Ahead::of(text, &words.brackets, marked, mentions);
        let mut titled = false;
        let (mut at, mut first, mut opens) = (0, 0, true);
        while at < text.tokens.len() {
            if pass(&mut ahead.paragraphs, |p| p.start as usize <= at).is_some() {
                titled = is_titled(text, at);
                opens = true;
            }
            while pass(&mut ahead.mentions, |m| m.tokens.end <= at).is_some() {}
            if let Some(region) = pass(&mut ahead.marked, |m| m.tokens.start <= at) {
                self.quoted.push(self.all.len() as u32);
                self.all.push(quoted(text, region));
                at = region.tokens.end;
            } else if let Some(end) = ahead.aside(text, at) {
                self.all.push(in_brackets(at, end));
                at = end;
            } else {
                let (names, change) = (ahead.names(at), ahead.change(at));
                let opening = if first == self.all.len() { at } else { change };
                self.all.extend(
                    (at..change).map(|at| word(text, at, &words, titled || at == opening, names)),
                );
                at = change;
            }
            self.sentence_of.resize(self.all.len(), self.sentences.len() as u32);
            let mut ended = at == text.tokens.len();
            while let Some(sentence) = pass(&mut ahead.sentences, |s| s.end as usize <= at) {
                ended |= sentence.end as usize == at;
            }
            if ended {
                self.sentences.push(first..self.all.len());
                self.opens_paragraph.push(opens);
                first = self.all.len();
                opens = false;
            }
        }
        if first < self.all.len() {
            self.sentences.push(first..self.all.len());
            self.opens_paragraph.push(opens);
        }
    }
}

/// The sentences, paragraphs, brackets, marked words and names that lie ahead of the current token.
struct Ahead<'t> {
    sentences: &'t [Range<u32>],
    paragraphs: &'t [Range<u32>],
    brackets: &'t [u32],
    marked: &'t [QuotedSpan],
    mentions: &'t [Mention],
    tokens: usize,
}

impl<'t> Ahead<'t> {
    fn of(
        text: &'t Text<'_>,
        brackets: &'t [u32],
        marked: &'t [QuotedSpan],
        mentions: &'t [Mention],
    ) -> Self {
        let Text { sentences, paragraphs, tokens, .. } = text;
        Self { sentences, paragraphs, brackets, marked, mentions, tokens: tokens.len() }
    }

    /// The end of the words in brackets that open at token `at`, if any do. Brackets up to `at` are behind then.
    fn aside(&mut self, text: &Text<'_>, at: usize) -> Option<usize> {
        let mut opens = false;
        while let Some(&bracket) = pass(&mut self.brackets, |&bracket| bracket as usize <= at) {
            opens = bracket as usize == at;
        }
        if opens { aside(text, at, self.marked.first()) } else { None }
    }

    /// The kind of the name at token `at`.
    fn names(&self, at: usize) -> Option<Kind> {
        self.mentions.first().filter(|mention| mention.tokens.start <= at).map(|m| m.kind)
    }

    /// The first token behind `at` at which a sentence, a paragraph, words between marks, brackets or a name begins or ends: all
    /// tokens up to there are units of their own and alike.
    fn change(&self, at: usize) -> usize {
        let sentence = self.sentences.first().map_or(self.tokens, |s| s.end as usize);
        let paragraph = self.paragraphs.first().map_or(self.tokens, |p| p.start as usize);
        let marked = self.marked.first().map_or(self.tokens, |m| m.tokens.start);
        let name = self.mentions.first().map_or(self.tokens, |m| {
            if m.tokens.start <= at { m.tokens.end } else { m.tokens.start }
        });
        let bracket = self.brackets.first().map_or(self.tokens, |&bracket| bracket as usize);
        sentence.min(paragraph).min(marked).min(name).min(bracket)
    }
}

/// Removes and returns the first of `ahead`, if it `is_behind`.
fn pass<'t, T>(ahead: &mut &'t [T], is_behind: impl Fn(&T) -> bool) -> Option<&'t T> {
    let (first, rest) = ahead.split_first()?;
    is_behind(first).then(|| {
        *ahead = rest;
        first
    })
}

/// The end of the words in brackets that open at token `at`, if they are few: `(R-Ohio)`.
fn aside(text: &Text<'_>, at: usize, marked: Option<&QuotedSpan>) -> Option<usize> {
    let close = if text.word(at) == "(" { ")" } else { "]" };
    let reach = text.tokens.len().min(at + LONGEST_ASIDE);
    let end = (at + 1..reach).find(|&j| text.word(j) == close)? + 1;
    let gap = &text.body[text.tokens[at].start as usize..text.tokens[end - 1].start as usize];
    (!gap.contains('\n') && marked.is_none_or(|m| m.tokens.start >= end)).then_some(end)
}

/// The unit of these tokens, words in brackets.
fn in_brackets(start: usize, end: usize) -> Unit {
    Unit {
        start: start as u32,
        end: end as u32,
        class: Class::Aside,
        key: 0,
        stem: 0,
        attributes: None,
        names: None,
        is_head: false,
        capital: false,
        goes_on: false,
    }
}

/// The unit of words between marks.
fn quoted(text: &Text<'_>, region: &QuotedSpan) -> Unit {
    let length = match region.inner.len() {
        0..=1 => 1,
        2..=3 => 2,
        4..=6 => 3,
        7..=12 => 4,
        _ => 5,
    };
    let last = text.word(region.inner.end - 1);
    let mark = match last {
        "," | "." | "?" | "!" => u32::from(last.as_bytes()[0]),
        "—" | "–" | "…" | "-" => 1,
        _ => 0,
    };
    Unit {
        start: region.tokens.start as u32,
        end: region.tokens.end as u32,
        class: Class::Quoted,
        key: length << 8 | mark,
        stem: length,
        attributes: None,
        names: None,
        is_head: false,
        capital: text.tokens[region.inner.start].shape.is_capital(),
        goes_on: region.continued,
    }
}

/// The unit of token `at`. Capitals tell nothing in a titled line and where a sentence opens.
fn word(
    text: &Text<'_>,
    at: usize,
    words: &Lookup,
    capitals_tell_nothing: bool,
    names: Option<Kind>,
) -> Unit {
    let (key, entry) = (words.keys[at], words.entries[at]);
    let capital = text.tokens[at].shape.is_capital();
    let class = if !capital {
        entry.class.unwrap_or(Class::Mark)
    } else if text.tokens[at].shape == Shape::Capital && is_day(key) {
        Class::Adverb
    } else {
        capitalised(text.word(at), entry.class, capitals_tell_nothing, names)
    };
    Unit {
        start: at as u32,
        end: at as u32 + 1,
        class,
        key,
        stem: entry.stem,
        attributes: entry.attributes,
        names,
        is_head: false,
        capital,
        goes_on: false,
    }
}

/// The class of a word with a capital; `class` is that in small letters.
fn capitalised(
    word: &str,
    class: Option<Class>,
    capitals_tell_nothing: bool,
    names: Option<Kind>,
) -> Class {
    match class {
        _ if names.is_some() => Class::Name,
        Some(class) if capitals_tell_nothing => class,
        Some(
            class @ (Class::Pronoun
            | Class::Possessive
            | Class::Determiner
            | Class::Wh
            | Class::Conjunction
            | Class::That
            | Class::To),
        ) if word.len() > 1 || word == "I" => class,
        None if capitals_tell_nothing && word.ends_with("ing") => Class::Ing,
        _ => Class::Name,
    }
}

/// Whether the paragraph that begins at token `start` is a headline in title case or capitals.
fn is_titled(text: &Text<'_>, start: usize) -> bool {
    const LOOKED_AT: usize = 40;
    let mut capitals = 0;
    let mut small = 0;
    for (i, token) in text.tokens[start..].iter().take(LOOKED_AT).enumerate() {
        if token.start > text.tokens[start].start
            && text.body.as_bytes()[token.start as usize - 1] == b'\n'
        {
            break;
        }
        let is_long = token.end - token.start > 3;
        capitals += usize::from(is_long && token.shape.is_capital());
        small += usize::from(is_long && token.shape == Shape::Lower);
        if capitals + LOOKED_AT - i <= 4 * small {
            return false;
        }
    }
    capitals > 3 && capitals > 4 * small
}
