//! Evidence from the story after a dateline candidate: whether a sentence begins there, and whether the story uses the
//! name as that of a place, of a person, or as a common word.

use memchr::memmem;

use super::grammar::{Candidate, Ending};
use crate::article::Span;
use crate::extract::capitalisation::title_case;
use crate::text::{Shape, Text};

/// Bytes of the story that are searched for the name.
const SEARCHED: usize = 6000;

/// Bytes from which on a line is no row of a table.
const MAX_ROW: usize = 120;

/// Most uses of the name that are examined.
const MAX_USES: usize = 20;

/// Whether some words follow in the line, as they do not in a list.
pub(super) fn has_words(text: &Text<'_>, candidate: &Candidate) -> bool {
    const WORDS: usize = 5;
    let rest = &text.body[candidate.span.end as usize..];
    rest.lines().next().is_some_and(|line| line.split_whitespace().nth(WORDS).is_some())
}

/// Whether the line is the row of a table or a list: mostly figures, `None issued`, or followed by a line of its form.
pub(super) fn is_row(text: &Text<'_>, candidate: &Candidate) -> bool {
    const WORDS: usize = 12;
    const NOTHING: &[&str] =
        &["None", "Nil", "N/A", "NIL", "nil", "none", "Unchanged", "Unch", "Closed"];
    let start =
        text.tokens.get(candidate.story).map_or(text.body.len(), |token| token.start as usize);
    let mut lines = text.body[start..].lines();
    let line = lines.next().unwrap_or_default();
    let words = || line.split_whitespace().take(WORDS);
    let figures = words().filter(|word| word.contains(|c: char| c.is_ascii_digit())).count();
    let is_short = line.len() < MAX_ROW;
    let has_form = |line: &str| {
        let label = line
            .split_once(" - ")
            .or_else(|| line.split_once(": "))
            .map_or("", |(label, _)| label.trim());
        label.len() > 1 && label.len() < 24 && label.chars().all(|c| c.is_uppercase() || c == ' ')
    };
    let next = lines.next().unwrap_or_default();
    line.starts_with("--")
        || (is_short && figures > 1 && figures * 3 > words().count())
        || (is_short && words().next().is_some_and(|word| NOTHING.contains(&word)))
        || (is_short && has_form(next))
}

/// Whether a blank line precedes the story.
pub(super) fn is_after_blank_line(text: &Text<'_>, candidate: &Candidate) -> bool {
    let Some(token) = text.tokens.get(candidate.story) else { return false };
    let gap = &text.body.as_bytes()[candidate.span.end as usize..token.start as usize];
    memchr::memchr_iter(b'\n', gap).count() > 1
}

/// Whether the story opens like a sentence.
pub(super) fn opens_sentence(text: &Text<'_>, candidate: &Candidate) -> bool {
    const MARKS: &[&str] = &["<", "(", "[", "…", ".", "$", "€", "£", "@", "#", "¿", "¡"];
    let Some(token) = text.tokens.get(candidate.story) else { return false };
    let word = text.word(candidate.story);
    match token.shape {
        Shape::Capital | Shape::Upper | Shape::Number | Shape::Quote => true,
        Shape::Lower => {
            !word.starts_with(char::is_lowercase) || word.chars().any(char::is_uppercase)
        }
        Shape::Mark => MARKS.contains(&word),
        Shape::Clitic => false,
    }
}

/// Whether the story uses the name after a preposition of place: `in Oslo`.
pub(super) fn uses_name_as_place(text: &Text<'_>, candidate: &Candidate, printed: &str) -> bool {
    const PREPOSITIONS: &[&str] = &[" in ", " near ", " outside ", " à ", " em ", " en "];
    uses(searched(text, candidate), &title_case(printed))
        .any(|before| PREPOSITIONS.iter().any(|word| before.ends_with(word.as_bytes())))
}

/// Whether the name is a common word of the story (`SALES —`), a person's (`Doe: …` in an interview with Jane Doe), or
/// a recurrent label.
pub(super) fn uses_name_otherwise(text: &Text<'_>, candidate: &Candidate, first: Span) -> bool {
    let printed = first.of(text.body);
    if printed.contains(' ') || !printed.is_ascii() {
        return false;
    }
    let story = searched(text, candidate);
    let is_common_word = || uses(story, &printed.to_ascii_lowercase()).next().is_some();
    let is_label = || {
        let label = format!("\n{printed}:");
        candidate.ending == Ending::Colon && memmem::find(story, label.as_bytes()).is_some()
    };
    let is_surname = || uses(story, &title_case(printed)).any(ends_with_given_name);
    is_common_word()
        || is_label()
        || (is_surname() && !uses_name_as_place(text, candidate, printed))
}

/// Whether `before` ends with a capitalised word that may be a given name, as in `Jane Doe`.
fn ends_with_given_name(before: &[u8]) -> bool {
    const OTHER_WORDS: &[&str] = &[
        "The", "In", "At", "From", "Of", "For", "On", "To", "New", "North", "South", "East",
        "West", "Greater", "Central", "Old", "Upper", "Lower", "Fort", "Port", "Saint", "San",
        "City", "And", "But", "Al", "Lake", "River", "Mount", "Cape", "Camp", "Province",
        "District", "Gulf", "Bay",
    ];
    let Some(before) = before.strip_suffix(b" ") else { return false };
    let start = before.iter().rposition(|byte| !byte.is_ascii_alphabetic()).map_or(0, |at| at + 1);
    let word = &before[start..];
    word.len() > 1
        && word[0].is_ascii_uppercase()
        && word[1..].iter().all(u8::is_ascii_lowercase)
        && start > 0
        && before[start - 1] == b' '
        && !OTHER_WORDS.iter().any(|other| other.as_bytes() == word)
}

/// The first [`SEARCHED`] bytes of the story.
fn searched<'a>(text: &Text<'a>, candidate: &Candidate) -> &'a [u8] {
    let start =
        text.tokens.get(candidate.story).map_or(text.body.len(), |token| token.start as usize);
    let end = text.body.len().min(start + SEARCHED);
    &text.body.as_bytes()[start..end]
}

/// The bytes before each use of `name` as whole words.
fn uses<'a>(story: &'a [u8], name: &str) -> impl Iterator<Item = &'a [u8]> {
    const BEFORE: usize = 24;
    let length = name.len();
    let word = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
    let found: Vec<usize> = memmem::find_iter(story, name.as_bytes()).take(MAX_USES).collect();
    found.into_iter().filter_map(move |at| {
        let whole =
            !word(at.checked_sub(1).and_then(|i| story.get(i))) && !word(story.get(at + length));
        whole.then(|| &story[at.saturating_sub(BEFORE)..at])
    })
}
