//! Doubtful words, whose capital says nothing: the first of a sentence and those of headlines. In lower case elsewhere in the
//! article, they are words; with a capital inside a sentence, they are names.

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::text::{Shape, Text};

/// The typographic style of a sentence.
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

    /// In lower case.
    pub fn is_small(self) -> bool {
        self.0 & Self::SMALL > 0
    }

    /// With a capital inside a sentence.
    pub fn is_capital(self) -> bool {
        self.0 & Self::CAPITAL > 0
    }

    /// In capitals, the words around it not.
    pub fn is_upper(self) -> bool {
        self.0 & Self::UPPER > 0
    }
}

/// The doubtful words, by word hash, and how they are written elsewhere.
#[derive(Clone, Debug)]
pub struct Casing(FxHashMap<u32, Written>);

impl Casing {
    /// The doubtful words of `text`; `styles` are those of its sentences, `hashes` the [`crate::text::hash::token`] of its
    /// tokens.
    pub fn of(text: &Text<'_>, styles: &[Style], hashes: &[u32]) -> Self {
        let sentences =
            || text.sentences.iter().map(|s| s.start as usize..s.end as usize).zip(styles);
        let mut asked = Vec::with_capacity(text.sentences.len());
        sentences().for_each(|(sentence, style)| doubtful(text, sentence, *style, &mut asked));
        let mut words: FxHashMap<u32, Written> =
            asked.into_iter().map(|i| (hashes[i], Written::default())).collect();
        for (sentence, style) in sentences().filter(|(_, style)| **style != Style::Capitals) {
            let mut tells = &DOUBTFUL;
            for (token, hash) in text.tokens[sentence.clone()].iter().zip(&hashes[sentence]) {
                if let Some(written) = words.get_mut(hash) {
                    written.0 |= tells[token.shape as usize];
                }
                tells = if *style == Style::Title { &DOUBTFUL } else { &CERTAIN };
            }
        }
        Self(words)
    }

    /// How the word with this [`crate::text::hash::word`] is written where its capital tells something.
    pub fn get(&self, word: u32) -> Written {
        self.0.get(&word).copied().unwrap_or_default()
    }
}

/// What a token tells of how its word is written, by its [`Shape`], where capitals tell nothing.
static DOUBTFUL: [u8; 7] = {
    let mut tells = [0; 7];
    tells[Shape::Lower as usize] = Written::SMALL;
    tells
};

/// The same where they tell something.
static CERTAIN: [u8; 7] = {
    let mut tells = DOUBTFUL;
    tells[Shape::Capital as usize] = Written::CAPITAL;
    tells[Shape::Upper as usize] = Written::UPPER;
    tells
};

/// Adds the tokens whose capital tells nothing.
fn doubtful(text: &Text<'_>, sentence: Range<usize>, style: Style, found: &mut Vec<usize>) {
    let is_capital = |i: &usize| text.tokens[*i].shape.is_capital();
    match style {
        Style::Title | Style::Capitals => found.extend(sentence.filter(is_capital)),
        Style::Prose | Style::Line => {
            let first = sentence.into_iter().find(|&i| text.tokens[i].shape.is_word());
            found.extend(first.filter(is_capital));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::hash;

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
        let hashes: Vec<u32> = (0..text.tokens.len()).map(|i| hash::token(&text, i)).collect();
        let casing = Casing::of(&text, &styles, &hashes);
        let written = |word: &str| casing.get(hash::word(word));
        assert!(written("DOE").is_capital() && !written("DOE").is_small());
        assert!(written("SINGS").is_small());
        assert!(written("Utopia").is_capital());
        assert_eq!(written("fun"), Written::default());
    }
}
