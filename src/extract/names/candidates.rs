//! Where names can be: maximal runs of capitalised words in a sentence, with the small words that stand inside names
//! (*of, de, bin*) and the particles that open them (*van der Sar*).

use std::ops::Range;

use crate::text::segmentation::{Shape, Text};

/// Small words inside names. Those of [`PARTICLES`] may open one too.
const JOINERS: &[&str] = &[
    "&", "a", "af", "and", "ap", "at", "av", "bar", "ben", "das", "degli", "dei", "des", "do", "e",
    "en", "et", "for", "i", "in", "ka", "las", "les", "lo", "los", "of", "on", "por", "pour", "s",
    "sur", "t", "te", "ten", "the", "to", "und", "v", "vom", "vor", "y", "z", "zum", "zur",
];

/// Small words that open names of persons.
const PARTICLES: &[&str] = &[
    "al", "bin", "bint", "d", "da", "dal", "dan", "de", "del", "della", "den", "der", "di", "dos",
    "du", "el", "ibn", "la", "le", "ould", "ter", "van", "von", "wa", "zu",
];

/// A small word is one number: its bytes, at most seven, the first one lowest.
const fn packed(word: &[u8]) -> u64 {
    let mut number = 0;
    let mut i = 0;
    while i < word.len() && i < 7 {
        number |= (word[i] as u64) << (8 * i);
        i += 1;
    }
    number
}

/// Slots of [`SMALL_WORDS`]; most stay free.
const SLOTS: usize = 512;
const MULTIPLIER: u64 = 0x9E37_79B9_7F4A_7C15;

const fn slot(number: u64) -> usize {
    (number.wrapping_mul(MULTIPLIER) >> 55) as usize
}

/// All small words, each in its [`slot`] or the next free one, and whether it may open a name.
static SMALL_WORDS: [(u64, bool); SLOTS] = {
    let mut table = [(0, false); SLOTS];
    let mut i = 0;
    while i < JOINERS.len() + PARTICLES.len() {
        let particle = i >= JOINERS.len();
        let word = if particle { PARTICLES[i - JOINERS.len()] } else { JOINERS[i] };
        let number = packed(word.as_bytes());
        let mut at = slot(number);
        while table[at].0 != 0 {
            at = (at + 1) % SLOTS;
        }
        table[at] = (number, particle);
        i += 1;
    }
    table
};

/// Is it a small word of names (`Some`), and may it open one (`Some(true)`)?
fn small_word(word: &str) -> Option<bool> {
    if word.len() > 5 {
        return None;
    }
    let number = packed(word.as_bytes());
    let mut at = slot(number);
    while SMALL_WORDS[at].0 != 0 {
        if SMALL_WORDS[at].0 == number {
            return Some(SMALL_WORDS[at].1);
        }
        at = (at + 1) % SLOTS;
    }
    None
}

/// At most this many small words stand between two capitalised ones (*of the*, *van der*, *'s of the*).
const MAX_JOINERS: usize = 3;

/// Calls `each` with the tokens of every run of the sentence; `capital` tells which tokens have a capital that counts.
pub fn each(
    text: &Text<'_>,
    sentence: Range<usize>,
    capital: impl Fn(usize) -> bool,
    mut each: impl FnMut(Range<usize>),
) {
    let mut at = sentence.start;
    while at < sentence.end {
        if !capital(at) {
            at += 1;
            continue;
        }
        let start = with_particles(text, sentence.start, at);
        let end = end(text, at, sentence.end, &capital);
        each(start..end);
        at = end;
    }
}

fn end(text: &Text<'_>, first: usize, limit: usize, capital: &impl Fn(usize) -> bool) -> usize {
    let mut end = first + 1;
    loop {
        let mut next = end;
        while next < limit && next - end < MAX_JOINERS && joins(text, next) {
            next += 1;
        }
        if next < limit && capital(next) && (text.tokens[next].spaced || next > end) {
            end = next + 1;
        } else {
            return end;
        }
    }
}

fn with_particles(text: &Text<'_>, limit: usize, mut first: usize) -> usize {
    let known =
        |i: usize| text.tokens[i].shape == Shape::Lower && small_word(text.word(i)) == Some(true);
    while first > limit && known(first - 1) {
        first -= 1;
    }
    first
}

fn joins(text: &Text<'_>, i: usize) -> bool {
    match text.tokens[i].shape {
        Shape::Lower => small_word(text.word(i)).is_some(),
        Shape::Mark => text.word(i) == "&",
        Shape::Clitic => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(body: &str, expected: &[&str]) {
        let text = Text::new(body);
        let mut found = Vec::new();
        for s in &text.sentences {
            let capital = |i: usize| text.tokens[i].shape.is_capital();
            each(&text, s.start as usize..s.end as usize, capital, |run| {
                found.push(text.span(run).of(body));
            });
        }
        assert_eq!(found, expected);
    }

    #[test]
    fn runs_hold_particles_and_end_at_marks() {
        check(
            "Yesterday, minister Jane van der Doe of the Bank of Ruritania met him, Mr. Roe said.",
            &["Yesterday", "Jane van der Doe of the Bank of Ruritania", "Mr. Roe"],
        );
        check(
            "A goal by van Roe (Utopia) and Lloyd's of London.",
            &["A", "van Roe", "Utopia", "Lloyd's of London"],
        );
    }

    #[test]
    fn small_words_are_found() {
        assert_eq!(small_word("of"), Some(false));
        assert_eq!(small_word("van"), Some(true));
        assert_eq!((small_word("cat"), small_word("Of"), small_word("")), (None, None, None));
    }
}
