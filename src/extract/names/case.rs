//! What the article tells about words whose capital tells nothing: the first of a sentence and those of headlines. Seen
//! small elsewhere, they are words; seen with a capital inside a sentence, they are names.

use std::ops::Range;

use super::hash;
use crate::extract::text::{Shape, Text, Token};

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

impl Style {
    /// The style of a sentence, by its words of four bytes and more.
    pub fn of(text: &Text<'_>, sentence: Range<usize>) -> Self {
        let (mut small, mut capital, mut upper) = (0, 0, 0);
        for token in &text.tokens[sentence.clone()] {
            let is_long = token.end - token.start > 3;
            small += usize::from(is_long && token.shape == Shape::Lower);
            capital += usize::from(is_long && token.shape == Shape::Capital);
            upper += usize::from(is_long && token.shape == Shape::Upper);
        }
        match (small, capital, upper) {
            (0, 0, 2..) => Self::Capitals,
            (s, c, u) if c + u >= 3 && c + u > 2 * s => Self::Title,
            _ if !ends_like_prose(text, sentence) => Self::Line,
            _ => Self::Prose,
        }
    }
}

fn ends_like_prose(text: &Text<'_>, sentence: Range<usize>) -> bool {
    sentence.last().is_some_and(|last| {
        let word = text.word(last);
        match word.as_bytes() {
            [mark] => matches!(mark, b'.' | b'?' | b'!' | b'"' | b'\'' | b')'),
            _ => matches!(word, "”" | "…" | "’"),
        }
    })
}

/// How a word is written elsewhere in the article, as bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Written(pub u8);

impl Written {
    const SMALL: u8 = 1;
    const CAPITAL: u8 = 2;
    const UPPER: u8 = 4;

    /// In small letters.
    pub fn is_small(self) -> bool {
        self.0 & Self::SMALL > 0
    }

    /// With a capital inside a sentence.
    pub fn is_capital(self) -> bool {
        self.0 & Self::CAPITAL > 0
    }

    /// In capitals, though the words around are not.
    pub fn is_upper(self) -> bool {
        self.0 & Self::UPPER > 0
    }
}

/// The words that are asked for, and how they are written elsewhere.
#[derive(Clone, Debug)]
pub struct Casing {
    /// Open addressing by word hash; a power of two, at most half full.
    slots: Vec<(u32, Written)>,
    outlines: Outlines,
}

/// First and last letters and lengths of the words that are asked for: most words have others, and need no look.
#[derive(Clone, Copy, Debug, Default)]
struct Outlines([u64; 16]);

impl Outlines {
    fn add(&mut self, text: &Text<'_>, i: usize) {
        match outline(text, i) {
            Some(bit) => self.0[bit / 64] |= 1 << (bit % 64),
            None => self.0 = [u64::MAX; 16],
        }
    }

    /// Seldom yes where no such word was added.
    fn may_have(&self, text: &Text<'_>, i: usize) -> bool {
        outline(text, i).is_none_or(|bit| self.0[bit / 64] >> (bit % 64) & 1 == 1)
    }
}

/// One of 1,024 bits; none for words with accents, which are equal to words without.
fn outline(text: &Text<'_>, i: usize) -> Option<usize> {
    let Token { start, end, .. } = text.tokens[i];
    let (bytes, length) = (text.body.as_bytes(), (end - start) as usize);
    let (first, last) = (bytes[start as usize], bytes[end as usize - 1]);
    let is_ascii = text.number(i).is_some() || length > 8 && text.word(i).is_ascii();
    let ends = usize::from(first & 31) << 2 | usize::from(last & 3);
    is_ascii.then_some(ends << 3 | length & 7)
}

impl Casing {
    /// Looks for all doubtful words of `text`; `styles` are those of its sentences.
    pub fn of(text: &Text<'_>, styles: &[Style]) -> Self {
        let sentences =
            || text.sentences.iter().map(|s| s.start as usize..s.end as usize).zip(styles);
        let asked = || sentences().flat_map(|(s, &style)| doubtful(text, s, style));
        let size = (2 * asked().count()).next_power_of_two().max(2);
        let slots = vec![(0, Written::default()); size];
        let mut casing = Self { slots, outlines: Outlines::default() };
        for i in asked() {
            let hash = hash::token(text, i) | 1;
            let at = casing.find(hash);
            casing.slots[at].0 = hash;
            casing.outlines.add(text, i);
        }
        for (sentence, &style) in sentences().filter(|(_, style)| **style != Style::Capitals) {
            for i in sentence.clone() {
                casing.note(text, i, i == sentence.start || style == Style::Title);
            }
        }
        casing
    }

    fn note(&mut self, text: &Text<'_>, i: usize, doubtful: bool) {
        let written = match text.tokens[i].shape {
            Shape::Lower => Written::SMALL,
            Shape::Capital if !doubtful => Written::CAPITAL,
            Shape::Upper if !doubtful => Written::UPPER,
            _ => return,
        };
        if !self.outlines.may_have(text, i) {
            return;
        }
        let at = self.find(hash::token(text, i) | 1);
        if self.slots[at].0 != 0 {
            self.slots[at].1.0 |= written;
        }
    }

    fn find(&self, hash: u32) -> usize {
        let mask = self.slots.len() - 1;
        let mut at = (hash >> 5) as usize & mask;
        while self.slots[at].0 != 0 && self.slots[at].0 != hash {
            at = (at + 1) & mask;
        }
        at
    }

    /// How the word with this [`hash::word`] is written where its capital tells something.
    pub fn get(&self, word: u32) -> Written {
        self.slots[self.find(word | 1)].1
    }
}

/// Tokens whose capital tells nothing.
fn doubtful(text: &Text<'_>, sentence: Range<usize>, style: Style) -> impl Iterator<Item = usize> {
    let all = matches!(style, Style::Title | Style::Capitals);
    let mut opening = sentence.clone().filter(|&i| text.tokens[i].shape.is_word()).take(1);
    let first = opening.next().unwrap_or(sentence.end);
    let end = if all { sentence.end } else { (first + 1).min(sentence.end) };
    (first..end).filter(|&i| text.tokens[i].shape.is_capital())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn doubtful_words_are_found_again() {
        let text = Text::new(
            "DOE SINGS IN UTOPIA\n\nSinging is fun, Doe said. Utopia sings. They like Utopia.",
        );
        let styles: Vec<Style> = text
            .sentences
            .iter()
            .map(|s| Style::of(&text, s.start as usize..s.end as usize))
            .collect();
        assert_eq!(styles[0], Style::Capitals);
        let casing = Casing::of(&text, &styles);
        let written = |word: &str| casing.get(hash::word(word));
        assert!(written("DOE").is_capital() && !written("DOE").is_small());
        assert!(written("SINGS").is_small());
        assert!(written("Utopia").is_capital());
        assert_eq!(written("fun"), Written::default());
    }
}
