//! Candidates for names: maximal runs of capitalised words in a sentence, with the lower-case words inside names (*of, de,
//! bin*) and the particles before them (*van der Sar*).

use std::ops::Range;

use crate::text::{Shape, Text};

/// Where a small word can stand in a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum SmallWord {
    /// Inside only: `of`.
    Joiner,
    /// At the start of a person's name too: `van`.
    Particle,
}

/// Where this word, in lower case, can stand in a name.
fn small_word(word: &str) -> Option<SmallWord> {
    Some(match word.as_bytes() {
        b"al" | b"bin" | b"bint" | b"d" | b"da" | b"dal" | b"dan" | b"de" | b"del" | b"della"
        | b"den" | b"der" | b"di" | b"dos" | b"du" | b"el" | b"ibn" | b"la" | b"le" | b"ould"
        | b"ter" | b"van" | b"von" | b"wa" | b"zu" => SmallWord::Particle,
        b"&" | b"a" | b"af" | b"and" | b"ap" | b"at" | b"av" | b"bar" | b"ben" | b"das"
        | b"degli" | b"dei" | b"des" | b"do" | b"e" | b"en" | b"et" | b"for" | b"i" | b"in"
        | b"ka" | b"las" | b"les" | b"lo" | b"los" | b"of" | b"on" | b"por" | b"pour" | b"s"
        | b"sur" | b"t" | b"te" | b"ten" | b"the" | b"to" | b"und" | b"v" | b"vom" | b"vor"
        | b"y" | b"z" | b"zum" | b"zur" => SmallWord::Joiner,
        _ => return None,
    })
}

/// Most small words between two capitalised ones (*of the*, *van der*, *'s of the*).
const MAX_JOINERS: usize = 3;

/// Calls `each` with the tokens of every run of the sentence; `capital` says which tokens have a capital that counts.
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
    let opens = |i: usize| {
        text.tokens[i].shape == Shape::Lower
            && small_word(text.word(i)) == Some(SmallWord::Particle)
    };
    while first > limit && opens(first - 1) {
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
        assert_eq!(small_word("of"), Some(SmallWord::Joiner));
        assert_eq!(small_word("van"), Some(SmallWord::Particle));
        assert_eq!((small_word("cat"), small_word("Of"), small_word("")), (None, None, None));
    }
}
