//! Encodes where the sentences and paragraphs of a body begin, as positions of words, for `w/s` and `w/p`: one value of
//! seven bits a sentence.
//!
//! A value is the number of words since the last beginning, and its lowest bit says whether a paragraph begins here too.
//! [`FURTHER`] skips [`STEP`] words of a longer sentence. The first word is not encoded.

use std::ops::Range;

use crate::article::Article;
use crate::text::Text;

/// Words that a [`FURTHER`] skips.
const STEP: u32 = 63;
/// The value of no beginning: the next one is further on.
const FURTHER: u64 = 127;

/// The values for an article whose body has these words (in bytes).
pub fn encoded(article: &Article, words: &[Range<usize>]) -> Vec<u64> {
    let made;
    let boundaries = if let Some(boundaries) = &article.boundaries {
        boundaries
    } else {
        made = Text::new(&article.body).boundaries();
        &made
    };
    let mut values = Vec::with_capacity(boundaries.sentences.len() + 4);
    let mut words = words.iter().zip(0_u32..).peekable();
    let mut paragraphs = boundaries.paragraphs.iter().peekable();
    let (mut last, mut opens_paragraph) = (0, false);
    for &start in &boundaries.sentences {
        opens_paragraph |= paragraphs.next_if(|&&paragraph| paragraph <= start).is_some();
        while words.next_if(|(word, _)| word.start < start as usize).is_some() {}
        let Some(&(_, position)) = words.peek() else { break };
        if position == last {
            // There is no word since the last beginning: it is the same one.
            if opens_paragraph && let Some(value) = values.last_mut() {
                *value |= 1;
            }
        } else {
            push(&mut values, position - last, opens_paragraph);
            last = position;
        }
        opens_paragraph = false;
    }
    values
}

fn push(values: &mut Vec<u64>, mut words: u32, opens_paragraph: bool) {
    while words >= STEP {
        values.push(FURTHER);
        words -= STEP;
    }
    values.push(u64::from(words) << 1 | u64::from(opens_paragraph));
}

/// Appends the positions that [`encoded`] values stand for.
pub fn decode(
    values: impl Iterator<Item = u64>,
    sentences: &mut Vec<u32>,
    paragraphs: &mut Vec<u32>,
) {
    let mut position = 0;
    for value in values {
        if value == FURTHER {
            position += STEP;
            continue;
        }
        position += (value >> 1) as u32;
        sentences.push(position);
        if value & 1 == 1 {
            paragraphs.push(position);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text;

    fn check(body: &str, sentences: &[u32], paragraphs: &[u32]) {
        let article = Article { body: body.to_owned(), ..Article::default() };
        let words: Vec<_> = text::words(body).collect();
        let (mut found, mut of_paragraphs) = (Vec::new(), Vec::new());
        let values = encoded(&article, &words).into_iter();
        decode(values, &mut found, &mut of_paragraphs);
        assert_eq!((found.as_slice(), of_paragraphs.as_slice()), (sentences, paragraphs), "{body}");
    }

    #[test]
    fn beginnings_come_back() {
        check("", &[], &[]);
        check("One sentence of five words.", &[], &[]);
        check("Ships left. Ports were shut.\n\nNobody spoke. “No.” * * *", &[2, 5, 7], &[5]);
        check("* * *\n\nShips left.\n\n* * *\n\nPorts shut.", &[2], &[2]);
        let long = "far ".repeat(200);
        check(&format!("Ships went {long}away. Ports shut."), &[203], &[]);
        let exact = "far ".repeat(STEP as usize - 1);
        check(&format!("{exact}out.\n\nPorts shut."), &[STEP], &[STEP]);
    }

    proptest::proptest! {
        #[test]
        fn they_are_those_of_the_text(body in "[A-C]?[a-c ]{0,9}([.?!\n*]{1,3} ?[A-D]?[a-d ]{0,40}){0,9}") {
            let text = Text::new(&body);
            let words: Vec<_> = text::words(&body).collect();
            let position = |&start: &u32| words.partition_point(|w| w.start < start as usize) as u32;
            let expected = |starts: &[u32]| -> Vec<u32> {
                let mut all: Vec<_> = starts.iter().map(position).collect();
                all.dedup();
                all.retain(|&p| p > 0 && (p as usize) < words.len());
                all
            };
            let boundaries = text.boundaries();
            check(&body, &expected(&boundaries.sentences), &expected(&boundaries.paragraphs));
        }
    }
}
