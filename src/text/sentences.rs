//! The sentences of a paragraph, by their marks, capitals and abbreviations.

use std::ops::Range;

use super::token::{Shape, Token};

/// Adds the sentence ranges of one paragraph to `ranges`.
pub(crate) fn sentences(
    body: &str,
    tokens: &[Token],
    paragraph: Range<u32>,
    ranges: &mut Vec<Range<u32>>,
) {
    let (start, end) = (paragraph.start as usize, paragraph.end as usize);
    let mut first = start;
    let mut i = start;
    while i < end {
        let mut next = i + 1;
        if ends_sentence(body, tokens[i]) {
            while next < end && closes(body, tokens[next]) {
                next += 1;
            }
            if next == end || opens_sentence(body, tokens, next) {
                ranges.push(first as u32..next as u32);
                first = next;
            }
        }
        i = next;
    }
    if first < end {
        ranges.push(first as u32..end as u32);
    }
}

fn ends_sentence(body: &str, token: Token) -> bool {
    let last = body.as_bytes()[token.end as usize - 1];
    if last.is_ascii_alphanumeric() {
        return false;
    }
    let word = token.span().of(body);
    matches!(word, "." | "?" | "!" | "…" | "。" | "؟" | "۔")
        || word
            .strip_suffix('.')
            .is_some_and(|w| w.len() > 2 && TITLES.binary_search(&w).is_err() && !is_initials(w))
}

/// Whether it is initials like `J.M`, which the rest of a name follows; those of places and hours can end a sentence.
fn is_initials(word: &str) -> bool {
    matches!(word.as_bytes(), [first, b'.', second] if first.is_ascii_uppercase() && second.is_ascii_uppercase())
        && PLACES.binary_search(&word).is_err()
}

/// Two letters with full stops that are no person's, sorted by bytes.
const PLACES: &[&str] = &[
    "A.D", "A.M", "B.C", "D.C", "E.U", "L.A", "N.C", "N.D", "N.H", "N.J", "N.M", "N.Y", "P.M",
    "R.I", "S.C", "S.D", "T.V", "U.K", "U.N", "U.S", "W.V",
];

/// The abbreviations that a name follows: they end no sentence. Sorted by bytes.
const TITLES: &[&str] = &[
    "Adm", "Brig", "Capt", "Cmdr", "Col", "Cpl", "Del", "Drs", "Gen", "Gov", "Hon", "Maj",
    "Messrs", "Mrs", "Msgr", "Prof", "Pte", "Rep", "Reps", "Rev", "Sen", "Sens", "Sgt", "Supt",
];

/// A closing mark right behind the end of a sentence.
fn closes(body: &str, token: Token) -> bool {
    !token.spaced
        && matches!(
            token.span().of(body),
            "\"" | "”" | "'" | "’" | "»" | ")" | "]" | "." | "!" | "?"
        )
}

fn opens_sentence(body: &str, tokens: &[Token], at: usize) -> bool {
    let token = tokens[at];
    if !token.spaced {
        return false;
    }
    match token.shape {
        Shape::Lower => !token.span().of(body).starts_with(|c: char| c.is_lowercase()),
        Shape::Capital | Shape::Upper | Shape::Number | Shape::Quote => true,
        Shape::Clitic => false,
        Shape::Mark => {
            matches!(token.span().of(body), "(" | "[" | "—" | "–" | "-" | "•" | "*" | "¿" | "¡")
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::text::Text;

    fn cut(body: &str) -> Vec<&str> {
        let text = Text::new(body);
        text.sentences
            .iter()
            .map(|s| text.span(s.start as usize..s.end as usize).of(body))
            .collect()
    }

    #[test]
    fn sentences_end_where_a_reader_stops() {
        assert_eq!(
            cut("Mr. Doe left. “He did.” He said so."),
            ["Mr. Doe left.", "“He did.”", "He said so."]
        );
        assert_eq!(cut("A headline\nThe text."), ["A headline", "The text."]);
        assert_eq!(cut("Mrs. Doe met Gov. Roe."), ["Mrs. Doe met Gov. Roe."]);
        assert_eq!(cut("Here J.M. Doe spoke."), ["Here J.M. Doe spoke."]);
        assert_eq!(cut("He left D.C. Doe stayed."), ["He left D.C.", "Doe stayed."]);
    }
}
