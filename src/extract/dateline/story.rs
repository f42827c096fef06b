//! What the story behind a would-be dateline tells about it: whether it begins there, and whether it uses the name as
//! that of a place, of a person, or as a common word.

use memchr::memmem;

use super::grammar::{Ending, Parts};
use crate::article::Span;
use crate::extract::capitalisation::title_case;
use crate::text::segmentation::{Shape, Text};

/// The story is searched this far for the name, in bytes.
const SEARCHED: usize = 6000;

/// So many uses of the name are looked at.
const USES: usize = 20;

/// Does the line go on for some words? A row of a list does not.
pub(super) fn runs_on(text: &Text<'_>, parts: &Parts) -> bool {
    const WORDS: usize = 5;
    let rest = &text.body[parts.span.end as usize..];
    rest.lines().next().is_some_and(|line| line.split_whitespace().nth(WORDS).is_some())
}

/// Does a blank line part it from the story?
pub(super) fn is_parted(text: &Text<'_>, parts: &Parts) -> bool {
    let Some(token) = text.tokens.get(parts.story) else { return false };
    let gap = &text.body.as_bytes()[parts.span.end as usize..token.start as usize];
    memchr::memchr_iter(b'\n', gap).count() > 1
}

/// Does a sentence begin behind it?
pub(super) fn opens(text: &Text<'_>, parts: &Parts) -> bool {
    const MARKS: &[&str] = &["<", "(", "[", "…", ".", "$", "€", "£", "@", "#", "¿", "¡"];
    let Some(token) = text.tokens.get(parts.story) else { return false };
    let word = text.word(parts.story);
    match token.shape {
        Shape::Capital | Shape::Upper | Shape::Number | Shape::Quote => true,
        Shape::Lower => {
            !word.starts_with(char::is_lowercase) || word.chars().any(char::is_uppercase)
        }
        Shape::Mark => MARKS.contains(&word),
        Shape::Clitic => false,
    }
}

/// Does the story speak of being *in* the place?
pub(super) fn is_located(text: &Text<'_>, parts: &Parts, printed: &str) -> bool {
    const IN: &[&str] = &[" in ", " near ", " outside ", " à ", " em ", " en "];
    let usual = title_case(printed);
    uses(searched(text, parts), &usual)
        .any(|before| IN.iter().any(|word| before.ends_with(word.as_bytes())))
}

/// Is the name a common word of the story (`SALES —`), a person's (`Doe: …` in an interview with Jane Doe), or a
/// label that comes back?
pub(super) fn names_otherwise(text: &Text<'_>, parts: &Parts, first: Span) -> bool {
    let printed = first.of(text.body);
    if printed.contains(' ') || !printed.is_ascii() {
        return false;
    }
    let story = searched(text, parts);
    let usual = title_case(printed);
    let common = || uses(story, &printed.to_ascii_lowercase()).next().is_some();
    let speaker = || {
        let label = format!("\n{printed}:");
        parts.ending == Ending::Colon && memmem::find(story, label.as_bytes()).is_some()
    };
    common()
        || speaker()
        || (uses(story, &usual).any(ends_with_given_name) && !is_located(text, parts, printed))
}

/// Does a capitalised word that is no title or sign of a place stand right before, as in `Jane Doe`?
fn ends_with_given_name(before: &[u8]) -> bool {
    const OTHERS: &[&[u8]] = &[
        b"The",
        b"In",
        b"At",
        b"From",
        b"Of",
        b"For",
        b"On",
        b"To",
        b"New",
        b"North",
        b"South",
        b"East",
        b"West",
        b"Greater",
        b"Central",
        b"Old",
        b"Upper",
        b"Lower",
        b"Fort",
        b"Port",
        b"Saint",
        b"San",
        b"City",
        b"And",
        b"But",
        b"Al",
        b"Lake",
        b"River",
        b"Mount",
        b"Cape",
        b"Camp",
        b"Province",
        b"District",
        b"Gulf",
        b"Bay",
    ];
    let Some(before) = before.strip_suffix(b" ") else { return false };
    let start = before.iter().rposition(|byte| !byte.is_ascii_alphabetic()).map_or(0, |at| at + 1);
    let word = &before[start..];
    word.len() > 1
        && word[0].is_ascii_uppercase()
        && word[1..].iter().all(u8::is_ascii_lowercase)
        && start > 0
        && before[start - 1] == b' '
        && !OTHERS.contains(&word)
}

/// The story, as far as it is searched.
fn searched<'a>(text: &Text<'a>, parts: &Parts) -> &'a [u8] {
    let start = text.tokens.get(parts.story).map_or(text.body.len(), |token| token.start as usize);
    let end = text.body.len().min(start + SEARCHED);
    &text.body.as_bytes()[start..end]
}

/// What stands before each use of `name` as whole words.
fn uses<'a>(story: &'a [u8], name: &str) -> impl Iterator<Item = &'a [u8]> {
    const BEFORE: usize = 24;
    let length = name.len();
    let word = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
    let found: Vec<usize> = memmem::find_iter(story, name.as_bytes()).take(USES).collect();
    found.into_iter().filter_map(move |at| {
        let whole =
            !word(at.checked_sub(1).and_then(|i| story.get(i))) && !word(story.get(at + length));
        whole.then(|| &story[at.saturating_sub(BEFORE)..at])
    })
}
