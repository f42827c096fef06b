//! A person's role, from the words next to the name: `Foreign Minister Jane Doe`, `Jane Doe, the secretary of the
//! council,`. Both are found by their head noun ([`super::word_tables`]).

use std::ops::Range;

use super::word_tables::{is_common, is_head, is_honorific, is_modifier};
use crate::extract::names::Mention;
use crate::text::{Shape, Text};

/// Most tokens of a role after a name.
const MAX_AFTER: usize = 18;
/// Most tokens of a role before a name.
const MAX_BEFORE: usize = 8;
/// First tokens of a role after a name among which its head noun is looked for.
const MAX_TO_HEAD: usize = 7;

/// Words that begin a clause, and so end a role.
const CLAUSE_WORDS: &[&str] = &[
    "who", "whose", "which", "that", "said", "says", "told", "was", "is", "has", "had", "were",
    "are", "will", "would", "but", "when", "while", "where",
];

/// Returns the role that the text gives at this mention. `persons` are all person mentions in order; a role overlaps none.
pub(super) fn of(text: &Text<'_>, mention: &Mention, persons: &[Mention]) -> Option<String> {
    let role = before(text, mention.tokens.start).or_else(|| after(text, mention.tokens.end))?;
    let next = persons.partition_point(|p| p.tokens.end <= role.start);
    if persons.get(next).is_some_and(|p| p.tokens.start < role.end) {
        return None;
    }
    let words: Vec<&str> = text.span(role).of(text.body).split_whitespace().collect();
    Some(words.join(" "))
}

/// The tokens of a role right before token `name`: `Foreign Minister`.
fn before(text: &Text<'_>, name: usize) -> Option<Range<usize>> {
    let end = name - usize::from(name > 0 && is_honorific(text.word(name - 1)));
    let mut start = end;
    let floor = sentence_start(text, name).max(end.saturating_sub(MAX_BEFORE));
    while start > floor {
        let i = start - 1;
        let fits = if start == end { is_head(text.word(i)) } else { can_qualify(text, i, start) };
        if !fits {
            break;
        }
        start = i;
    }
    while start < end && matches!(text.word(start), "and" | "of" | "for" | "&" | "The") {
        start += 1;
    }
    (start < end).then_some(start..end)
}

/// Whether token `i` may stand in a role, before its token `next`.
fn can_qualify(text: &Text<'_>, i: usize, next: usize) -> bool {
    let word = text.word(i);
    match text.tokens[i].shape {
        Shape::Lower => {
            is_head(word)
                || is_modifier(word)
                || matches!(word, "of" | "for") && text.tokens[next].shape.is_capital()
                || word == "and" && (is_head(text.word(next)) || is_modifier(text.word(next)))
        }
        Shape::Capital | Shape::Upper => !is_common(word),
        _ => false,
    }
}

fn sentence_start(text: &Text<'_>, token: usize) -> usize {
    let at = text.sentences.partition_point(|s| s.end as usize <= token);
    text.sentences.get(at).map_or(0, |s| s.start as usize)
}

/// The tokens of a role after a name that ends before token `end`: `secretary of the council` in `Jane Doe, 45, the …`.
fn after(text: &Text<'_>, end: usize) -> Option<Range<usize>> {
    let is = |i: usize, mark: &str| i < text.tokens.len() && text.word(i) == mark;
    if !is(end, ",") {
        return None;
    }
    let mut start = end + 1;
    if text.tokens.get(start).is_some_and(|t| t.shape == Shape::Number) && is(start + 1, ",") {
        start += 2;
    }
    let limit = sentence_end(text, start).min(start + MAX_AFTER);
    if start < limit && matches!(text.word(start), "the" | "a" | "an" | "The") {
        start += 1;
    }
    let head = head(text, start..limit)?;
    let close = (head + 1..limit).find(|&i| ends_role(text, i)).unwrap_or(limit);
    let is_closed = is(close, ",") || close == sentence_end(text, start) || closes(text, close);
    let end = if is_closed { close } else { head + 1 };
    Some(start..end)
}

/// The head noun, if only words that may qualify it precede it.
fn head(text: &Text<'_>, tokens: Range<usize>) -> Option<usize> {
    let end = tokens.end.min(tokens.start + MAX_TO_HEAD);
    let mut last = None;
    for i in tokens.start..end {
        let word = text.word(i);
        let shape = text.tokens[i].shape;
        if is_head(word) {
            last = Some(i);
        } else if last.is_some() {
            break;
        } else if !(is_modifier(word)
            || shape.is_capital()
            || matches!(shape, Shape::Clitic | Shape::Number)
            || matches!(word, "his" | "her" | "its" | "their" | "of" | "and")
            || word.contains('-'))
        {
            return None;
        }
    }
    last
}

/// Whether token `i` is a mark or word that cannot stand in a role.
fn ends_role(text: &Text<'_>, i: usize) -> bool {
    let word = text.word(i);
    match text.tokens[i].shape {
        Shape::Quote => true,
        Shape::Mark => !matches!(word, "&" | "-" | "/"),
        Shape::Lower => CLAUSE_WORDS.contains(&word),
        _ => false,
    }
}

/// Whether a role may end before token `i` other than at a comma.
fn closes(text: &Text<'_>, i: usize) -> bool {
    text.tokens
        .get(i)
        .is_some_and(|t| matches!(t.span().of(text.body), "." | ";" | ")" | ":" | "—" | "–"))
}

fn sentence_end(text: &Text<'_>, token: usize) -> usize {
    let at = text.sentences.partition_point(|s| s.end as usize <= token);
    text.sentences.get(at).map_or(token, |s| s.end as usize)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::names::Kind;

    fn check(body: &str, name: &str, expected: Option<&str>) {
        let text = Text::new(body);
        let at = body.find(name).expect("the name stands in the text");
        let start =
            text.tokens.iter().position(|t| t.start as usize == at).expect("a token opens it");
        let end = text
            .tokens
            .iter()
            .position(|t| t.end as usize == at + name.len())
            .expect("a token ends it");
        let mention = Mention { tokens: start..end + 1, kind: Kind::Person };
        assert_eq!(of(&text, &mention, &[]).as_deref(), expected, "{body}");
    }

    #[test]
    fn a_role_before_the_name() {
        check(
            "Ruritanian Foreign Minister Jane Doe said so.",
            "Jane Doe",
            Some("Ruritanian Foreign Minister"),
        );
        check(
            "He met former defence ministry spokesman John Roe.",
            "John Roe",
            Some("former defence ministry spokesman"),
        );
        check("The city's mayor Dr. Jane Doe spoke.", "Jane Doe", Some("mayor"));
        check("On Monday Jane Doe spoke.", "Jane Doe", None);
    }

    #[test]
    fn an_apposition_after_the_name() {
        check(
            "Jane Doe, the secretary of Ruritania's Supreme Council, spoke.",
            "Jane Doe",
            Some("secretary of Ruritania's Supreme Council"),
        );
        check(
            "Jane Doe, 45, a teacher at a school in Utopia, fell.",
            "Jane Doe",
            Some("teacher at a school in Utopia"),
        );
        check("They saw Jane Doe, director of the bank.", "Jane Doe", Some("director of the bank"));
        check("Jane Doe, who was ill, spoke.", "Jane Doe", None);
        check("Jane Doe, John Roe and others came.", "Jane Doe", None);
    }
}
