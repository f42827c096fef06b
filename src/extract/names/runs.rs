//! Where names can be: maximal runs of capitalised words in a sentence, with the small words that stand inside names
//! (*of, de, bin*) and the particles that open them (*van der Sar*).

use std::ops::Range;

use crate::extract::text::{Shape, Text};

/// Small words inside names, sorted. Those of [`PARTICLES`] may open one too.
const JOINERS: &[&str] = &[
    "&", "a", "af", "al", "and", "ap", "at", "av", "bar", "ben", "bin", "bint", "d", "da", "dal",
    "dan", "das", "de", "degli", "dei", "del", "della", "den", "der", "des", "di", "do", "dos",
    "du", "e", "el", "en", "et", "for", "i", "ibn", "in", "ka", "la", "las", "le", "les", "lo",
    "los", "of", "on", "ould", "por", "pour", "s", "sur", "t", "te", "ten", "ter", "the", "to",
    "und", "v", "van", "vom", "von", "vor", "wa", "y", "z", "zu", "zum", "zur",
];

/// Small words that open names of persons, sorted.
const PARTICLES: &[&str] = &[
    "al", "ap", "bin", "bint", "d", "da", "dal", "de", "del", "della", "den", "der", "di", "dos",
    "du", "el", "ibn", "la", "le", "ould", "ter", "van", "von", "wa", "zu",
];

/// At most this many small words stand between two capitalised ones (*of the*, *van der*, *'s of the*).
const MAX_JOINERS: usize = 3;

/// Calls `each` with the tokens of every run of the sentence.
pub fn each(text: &Text<'_>, sentence: Range<usize>, mut each: impl FnMut(Range<usize>)) {
    let mut at = sentence.start;
    while at < sentence.end {
        if !text.tokens[at].shape.is_capital() {
            at += 1;
            continue;
        }
        let start = with_particles(text, sentence.start, at);
        let end = end(text, at, sentence.end);
        each(start..end);
        at = end;
    }
}

fn end(text: &Text<'_>, first: usize, limit: usize) -> usize {
    let mut end = first + 1;
    loop {
        let mut next = end;
        while next < limit && next - end < MAX_JOINERS && joins(text, next) {
            next += 1;
        }
        if next < limit
            && text.tokens[next].shape.is_capital()
            && (text.tokens[next].spaced || next > end)
        {
            end = next + 1;
        } else {
            return end;
        }
    }
}

fn with_particles(text: &Text<'_>, limit: usize, mut first: usize) -> usize {
    let known = |i: usize| {
        text.tokens[i].shape == Shape::Lower && PARTICLES.binary_search(&text.word(i)).is_ok()
    };
    while first > limit && known(first - 1) {
        first -= 1;
    }
    first
}

fn joins(text: &Text<'_>, i: usize) -> bool {
    match text.tokens[i].shape {
        Shape::Lower => {
            text.tokens[i].end - text.tokens[i].start <= 5
                && JOINERS.binary_search(&text.word(i)).is_ok()
        }
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
            each(&text, s.start as usize..s.end as usize, |run| {
                found.push(text.span(run).of(body))
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
    fn the_lists_are_sorted() {
        assert!(JOINERS.is_sorted() && PARTICLES.is_sorted());
    }
}
