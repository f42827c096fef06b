//! The text as quotations need it: words between marks taken as one unit, every unit with its class in its sentence,
//! and sentences that no longer end inside a quotation.

use std::ops::Range;

use super::cues::Attributes;
use super::marks::Marked;
use super::words::{self, Class, Known};
use crate::extract::names::{Kind, Mention};
use crate::extract::text::{Shape, Text};

/// Tokens of the longest words in brackets that are taken as one.
const LONGEST_ASIDE: usize = 10;

/// A word, a mark, or all words between two quotation marks.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Unit {
    /// First token.
    pub(crate) start: u32,
    /// One past the last token.
    pub(crate) end: u32,
    /// Its class in its sentence.
    pub(crate) class: Class,
    /// [`words::key`] of the word; for words between marks one of the length and the last mark.
    pub(crate) key: u32,
    /// [`words::stem`] of the word.
    pub(crate) stem: u32,
    /// What a listed word attributes.
    pub(crate) attributes: Option<Attributes>,
    /// What it names, if it is part of a name.
    pub(crate) names: Option<Kind>,
    /// Does a noun phrase end with it?
    pub(crate) is_head: bool,
    /// Does it open with a capital letter?
    pub(crate) capital: bool,
    /// Does it go on with a quotation that the unit before, the end of its paragraph, left open?
    pub(crate) goes_on: bool,
}

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
    /// For each sentence: is it the first of its paragraph?
    pub(crate) opens_paragraph: Vec<bool>,
    /// For each unit: the nearest words between marks before and behind it, [`NOWHERE`] if there are none.
    quoted_near: Vec<[u32; 2]>,
}

const NOWHERE: u32 = u32::MAX;

impl Units {
    /// Cuts the text.
    pub(crate) fn new(text: &Text<'_>, marked: &[Marked], mentions: &[Mention]) -> Self {
        let mut units = Self {
            all: Vec::with_capacity(text.tokens.len()),
            sentences: Vec::with_capacity(text.sentences.len()),
            sentence_of: Vec::with_capacity(text.tokens.len()),
            last_word: Vec::with_capacity(text.sentences.len()),
            opens_paragraph: Vec::with_capacity(text.sentences.len()),
            quoted_near: Vec::new(),
        };
        units.cut(text, marked, mentions);
        for sentence in &units.sentences {
            settle(&mut units.all[sentence.clone()]);
            let last = sentence.clone().rev().find(|&i| !units.all[i].class.is_mark());
            units.last_word.push(last.map_or(sentence.end, |i| i + 1) as u32);
        }
        units.look_around();
        units
    }

    /// What can be told of every unit once all have their classes.
    fn look_around(&mut self) {
        self.quoted_near = vec![[NOWHERE; 2]; self.all.len()];
        let (mut before, mut behind) = (NOWHERE, NOWHERE);
        for (i, near) in self.quoted_near.iter_mut().enumerate() {
            near[0] = before;
            if self.all[i].class == Class::Quoted {
                before = i as u32;
            }
        }
        let mut next = Class::Stop;
        for (i, near) in self.quoted_near.iter_mut().enumerate().rev() {
            near[1] = behind;
            let class = self.all[i].class;
            if class == Class::Quoted {
                behind = i as u32;
            }
            self.all[i].is_head = match class {
                Class::That => {
                    next.is_finite() && self.sentences[self.sentence_of[i] as usize].start == i
                }
                Class::Wh => self.all[i].key != words::key_of("how"),
                _ => is_head(class, next),
            };
            next = class;
        }
    }

    /// The nearest words between marks before unit `i`, if they stand at `first` or behind it.
    pub(crate) fn quoted_before(&self, i: usize, first: usize) -> Option<usize> {
        let [before, _] = self.quoted_near[i];
        (before != NOWHERE && before as usize >= first).then_some(before as usize)
    }

    /// The nearest words between marks behind unit `i`, if they stand before `end`.
    pub(crate) fn quoted_behind(&self, i: usize, end: usize) -> Option<usize> {
        let [_, behind] = self.quoted_near[i];
        ((behind as usize) < end).then_some(behind as usize)
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

    /// Are the words between marks of unit `i` few, and no sentence or part of one: a nickname or the title of a book?
    pub(crate) fn is_title(&self, i: usize) -> bool {
        self.all[i].key >> 8 <= 2 && (self.all[i].key as u8) == 0
    }

    fn cut(&mut self, text: &Text<'_>, marked: &[Marked], mentions: &[Mention]) {
        let words = Looked::up(text);
        let mut marked = marked.iter().peekable();
        let mut mentions = mentions.iter().peekable();
        let mut ends = text.sentences.iter().map(|s| s.end as usize).peekable();
        let mut paragraphs = text.paragraphs.iter().map(|p| p.start as usize).peekable();
        let mut titled = false;
        let (mut at, mut first, mut opens) = (0, 0, true);
        while at < text.tokens.len() {
            if paragraphs.next_if(|&start| start <= at).is_some() {
                titled = is_titled(text, at);
                opens = true;
            }
            let region = marked.next_if(|m| m.tokens.start <= at);
            while mentions.next_if(|m| m.tokens.end <= at).is_some() {}
            let names = mentions.peek().filter(|m| m.tokens.start <= at).map(|m| m.kind);
            let unit = match region {
                Some(region) => quoted(text, region),
                None if let Some(end) = aside(text, at, marked.peek()) => Unit {
                    start: at as u32,
                    end: end as u32,
                    class: Class::Aside,
                    key: 0,
                    stem: 0,
                    attributes: None,
                    names: None,
                    is_head: false,
                    capital: false,
                    goes_on: false,
                },
                None => word(text, at, &words, first == self.all.len() || titled, names),
            };
            at = unit.end as usize;
            self.all.push(unit);
            self.sentence_of.push(self.sentences.len() as u32);
            let mut ended = at == text.tokens.len();
            while let Some(end) = ends.next_if(|&end| end <= at) {
                ended |= end == at;
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

/// The end of the words in brackets that open at token `at`, if they are few: `(R-Ohio)`.
fn aside(text: &Text<'_>, at: usize, marked: Option<&&Marked>) -> Option<usize> {
    if text.tokens[at].shape != Shape::Mark {
        return None;
    }
    let close = match text.word(at) {
        "(" => ")",
        "[" => "]",
        _ => return None,
    };
    let reach = text.tokens.len().min(at + LONGEST_ASIDE);
    let end = (at + 1..reach).find(|&j| text.word(j) == close)? + 1;
    let gap = &text.body[text.tokens[at].start as usize..text.tokens[end - 1].start as usize];
    (!gap.contains('\n') && marked.is_none_or(|m| m.tokens.start >= end)).then_some(end)
}

/// The unit of words between marks.
fn quoted(text: &Text<'_>, region: &Marked) -> Unit {
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

/// What the table of words has of all tokens: looked up in one go, so that the looks that miss the processor's caches
/// do not wait for each other.
struct Looked {
    keys: Vec<u32>,
    listed: Vec<Option<Known>>,
}

impl Looked {
    fn up(text: &Text<'_>) -> Self {
        let keys: Vec<_> = (0..text.tokens.len()).map(|at| words::key_of_token(text, at)).collect();
        let table = words::table();
        let words = text.tokens.iter().zip(&keys);
        let listed = words.map(|(token, &key)| table.get(key).filter(|_| token.shape.is_word()));
        Self { listed: listed.collect(), keys }
    }
}

/// The unit of token `at`. In a titled line, and where a sentence opens, capitals tell nothing.
fn word(
    text: &Text<'_>,
    at: usize,
    words: &Looked,
    capitals_tell_nothing: bool,
    names: Option<Kind>,
) -> Unit {
    let token = text.tokens[at];
    let word = text.word(at);
    let key = words.keys[at];
    let known = match words.listed[at] {
        Some(known) => known,
        None if token.shape.is_word() => words::unlisted(word, key),
        None => Known { stem: key, class: None, attributes: None },
    };
    let class = match token.shape {
        Shape::Number => Class::Number,
        Shape::Clitic => Class::Genitive,
        Shape::Quote => Class::Mark,
        Shape::Mark => mark(word),
        Shape::Lower => known.class.unwrap_or_else(|| words::by_ending(word)),
        Shape::Capital if words::is_day(key) => Class::Adverb,
        Shape::Capital | Shape::Upper if names.is_some() => Class::Name,
        Shape::Capital | Shape::Upper => match known.class {
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
        },
    };
    let capital = token.shape.is_capital();
    Unit {
        start: at as u32,
        end: at as u32 + 1,
        class,
        key,
        stem: known.stem,
        attributes: known.attributes,
        names,
        is_head: false,
        capital,
        goes_on: false,
    }
}

fn mark(word: &str) -> Class {
    match word {
        "," => Class::Comma,
        ";" => Class::Semicolon,
        ":" => Class::Colon,
        "-" | "–" | "—" | "―" => Class::Dash,
        "%" => Class::Noun,
        "." | "?" | "!" | "…" => Class::Stop,
        "(" | "[" => Class::Open,
        ")" | "]" => Class::Close,
        _ => Class::Mark,
    }
}

/// Is the paragraph that begins at token `start` a headline in title case or capitals?
fn is_titled(text: &Text<'_>, start: usize) -> bool {
    let mut capitals = 0;
    let mut small = 0;
    for token in text.tokens[start..].iter().take(40) {
        if token.start > text.tokens[start].start
            && text.body.as_bytes()[token.start as usize - 1] == b'\n'
        {
            break;
        }
        if token.end - token.start > 3 {
            capitals += usize::from(token.shape.is_capital());
            small += usize::from(token.shape == Shape::Lower);
        }
    }
    capitals > 3 && capitals > 4 * small
}

/// Settles words of two classes by their neighbours, in the manner of Brill's contextual rules.
fn settle(units: &mut [Unit]) {
    let mut before = Class::Stop;
    for i in 0..units.len() {
        let next = units.get(i + 1).map_or(Class::Stop, |unit| unit.class);
        let skipped = i.checked_sub(2).map_or(Class::Stop, |j| units[j].class);
        let class = units[i].class;
        let is_behind_quoted = class == Class::NounsVerb && is_behind_quoted(&units[..i]);
        units[i].class = in_context(class, skipped, before, next, units[i].key, is_behind_quoted);
        before = units[i].class;
    }
}

/// Do these units end with words between marks and one noun phrase?
fn is_behind_quoted(units: &[Unit]) -> bool {
    let mut phrase = units.iter().rev().take_while(|unit| {
        let class = unit.class;
        class.is_nominal() || matches!(class, Class::Determiner | Class::Adjective | Class::Pronoun)
    });
    let long = phrase.by_ref().take(8).count();
    let first_before = units[..units.len() - long].last();
    (1..8).contains(&long) && first_before.is_some_and(|unit| unit.class == Class::Quoted)
}

fn in_context(
    class: Class,
    skipped: Class,
    before: Class,
    next: Class,
    key: u32,
    is_behind_quoted: bool,
) -> Class {
    let verb_before = |c| matches!(c, Class::To | Class::Modal | Class::Do);
    let adverb = matches!(before, Class::Adverb | Class::Not);
    let governor = if adverb { skipped } else { before };
    let nominal_after = matches!(
        next,
        Class::Determiner
            | Class::Possessive
            | Class::That
            | Class::Pronoun
            | Class::Name
            | Class::Wh
            | Class::To
            | Class::Quoted
    );
    match class {
        Class::NounVerb | Class::Present if verb_before(governor) => Class::Base,
        Class::NounVerb => match before {
            Class::Pronoun | Class::Nouns if governor == before => Class::Present,
            Class::Wh | Class::Name if nominal_after => Class::Present,
            _ if adverb && matches!(skipped, Class::Pronoun | Class::Nouns) => Class::Present,
            _ => Class::Noun,
        },
        // *“We go,” the minister reports.*
        Class::NounsVerb if is_behind_quoted && (next.is_mark() || next == Class::Adverb) => {
            Class::Third
        }
        Class::NounsVerb => match governor {
            Class::Pronoun | Class::Wh | Class::That => Class::Third,
            Class::Name | Class::Noun | Class::Close
                if nominal_after || next == Class::Preposition =>
            {
                Class::Third
            }
            _ => Class::Nouns,
        },
        Class::Present
            if matches!(before, Class::Determiner | Class::Adjective | Class::Possessive) =>
        {
            Class::Noun
        }
        Class::Past | Class::Participle if matches!(governor, Class::Have | Class::Be) => {
            Class::Participle
        }
        Class::Participle
            if matches!(governor, Class::Pronoun | Class::Name | Class::Wh | Class::Close)
                || matches!(
                    governor,
                    Class::Noun | Class::Nouns | Class::Comma | Class::Conjunction
                ) && nominal_after =>
        {
            Class::Past
        }
        Class::Genitive if before == Class::Pronoun => Class::Be,
        Class::Possessive if key == words::key_of("her") && !is_np_start(next) => Class::Pronoun,
        _ => class,
    }
}

/// Does a noun phrase end with a unit of this class before one of the `next`?
fn is_head(class: Class, next: Class) -> bool {
    match class {
        Class::Pronoun | Class::Possessive => true,
        Class::Name => next != Class::Name,
        Class::Noun | Class::Nouns => !next.is_nominal(),
        Class::Determiner | Class::Number => {
            !(next.is_nominal()
                || matches!(
                    next,
                    Class::Adjective
                        | Class::Number
                        | Class::Determiner
                        | Class::Possessive
                        | Class::Quoted
                        | Class::Ing
                ))
        }
        _ => false,
    }
}

fn is_np_start(class: Class) -> bool {
    class.is_nominal()
        || matches!(
            class,
            Class::Adjective | Class::Number | Class::Ing | Class::Participle | Class::Quoted
        )
}
