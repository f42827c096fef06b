//! Is it one? What has the form of a dateline may be a rubric (`ANALYSIS —`), a topic (`CHINESE AGGRESSION:`) or a
//! speaker (`BLITZER:`). Each sign for or against a place counts; the gazetteer counts most.

use std::sync::LazyLock;

use memchr::memmem;
use rustc_hash::FxHashSet;

use super::grammar::{Ending, Joint, Name, Parts};
use crate::article::Span;
use crate::extract::gazetteer::{self, Context};
use crate::extract::text::{Shape, Text};

/// The story is searched this far for the place's name, in bytes.
const SEARCHED: usize = 6000;

/// Words that name a rubric or a topic rather than a place, lower case.
static LABELS: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| {
    let table = include_str!("../tables/labels.tsv");
    let lines = table.lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.split_once('\t')).flat_map(|(_, words)| words.split(' ')).collect()
});

/// Where in the article the candidate stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// In the headline.
    pub headline: bool,
    /// In the middle of a paragraph, at the start of a wrapped line.
    pub wrapped: bool,
    /// In an article in English.
    pub english: bool,
    /// So many lines with text stand before it.
    pub line: usize,
}

/// Does the first name hold a word of a label? Then no place is meant.
pub fn is_label(text: &Text<'_>, names: &[Name]) -> bool {
    names.first().is_some_and(|name| {
        name.span.of(text.body).split([' ', '-', '/']).any(|word| {
            let lower = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
            LABELS.contains(lower.as_str())
        })
    })
}

/// Do the parts make a dateline? `known`: the gazetteer has the first place.
pub fn convinces(text: &Text<'_>, parts: &Parts, known: bool, position: Position) -> bool {
    let marked = i32::from(parts.date.is_some()) * 3
        + i32::from(parts.agency_known) * 3
        + i32::from(parts.weekday)
        + i32::from(parts.agency.is_some() && !parts.agency_known);
    let lone_line = parts.ending == Ending::Line && !parts.agency_known;
    let Some(first) = parts.names.first() else {
        let closed = parts.ending != Ending::Line;
        return marked >= 3 && closed && !position.headline && position.line < 6;
    };
    if lone_line && (parts.date.is_none() || !known || !ends_paragraph(text, parts)) {
        return false;
    }
    if marked < 3 && (position.wrapped || !opens_story(text, parts) || !runs_on(text, parts)) {
        return false;
    }
    let threshold = match position {
        Position { headline: true, .. } => 6,
        Position { line: 0..=3, .. } => 2,
        _ => 4,
    };
    marked + ending(parts) + name(text, parts, first.span, known, position) >= threshold
}

/// Does the line go on for some words? A row of a list does not.
fn runs_on(text: &Text<'_>, parts: &Parts) -> bool {
    const WORDS: usize = 5;
    let rest = &text.body[parts.span.end as usize..];
    rest.lines().next().is_some_and(|line| line.split_whitespace().nth(WORDS).is_some())
}

/// Does a blank line follow?
fn ends_paragraph(text: &Text<'_>, parts: &Parts) -> bool {
    let Some(token) = text.tokens.get(parts.story) else { return false };
    let gap = &text.body.as_bytes()[parts.span.end as usize..token.start as usize];
    gap.iter().filter(|&&byte| byte == b'\n').count() > 1
}

/// Does a sentence begin behind it?
fn opens_story(text: &Text<'_>, parts: &Parts) -> bool {
    let Some(token) = text.tokens.get(parts.story) else { return false };
    match token.shape {
        Shape::Capital | Shape::Upper | Shape::Number | Shape::Quote => true,
        Shape::Lower => {
            let word = text.word(parts.story);
            !word.starts_with(char::is_lowercase) || word.chars().any(char::is_uppercase)
        }
        Shape::Mark => matches!(
            text.word(parts.story),
            "<" | "(" | "[" | "…" | "." | "$" | "€" | "£" | "@" | "#" | "¿" | "¡"
        ),
        Shape::Clitic => false,
    }
}

fn ending(parts: &Parts) -> i32 {
    match parts.ending {
        Ending::Dash => 1,
        Ending::Colon | Ending::Stop | Ending::Bracket => 0,
        Ending::Line => -2,
    }
}

/// How much the name itself speaks for a place.
fn name(text: &Text<'_>, parts: &Parts, first: Span, known: bool, position: Position) -> i32 {
    let printed = first.of(text.body);
    let capitals = !printed.chars().any(char::is_lowercase);
    let words = printed.split(' ').count();
    let qualified = parts.names.get(1).is_some_and(|name| {
        matches!(name.joint, Joint::Comma | Joint::Bracket) && is_region(text, name.span)
    });
    let mut score = i32::from(capitals) + 2 * i32::from(qualified);
    // `Kleinstadt - Die Polizei`: other languages seldom print places in capitals.
    score += i32::from(!capitals && words == 1 && !position.english);
    if known {
        score += 2;
    } else if parts.ending == Ending::Colon || words > 1 {
        score -= 1;
    }
    if !known && score < 3 {
        score += 2 * i32::from(is_located(text, parts, printed));
        score += i32::from(has_place_word(printed));
    }
    score
}

/// A state, province or country?
pub fn is_region(text: &Text<'_>, span: Span) -> bool {
    let printed = span.of(text.body);
    printed.ends_with('.')
        || printed.ends_with("Province")
        || printed.ends_with("Prefecture")
        || gazetteer::resolve(printed, &Context::default()).is_some()
}

/// Does the story speak of being *in* the place?
fn is_located(text: &Text<'_>, parts: &Parts, printed: &str) -> bool {
    let Some(story) = text.tokens.get(parts.story) else { return false };
    let usual = super::spelling::usual(printed);
    let start = story.start as usize;
    let end = text.body.len().min(start + SEARCHED);
    let body = &text.body.as_bytes()[start..end];
    memmem::find_iter(body, usual.as_bytes()).take(20).any(|at| {
        let before = &body[at.saturating_sub(9)..at];
        [" in ", " near ", " outside ", " à ", " em ", " en "]
            .iter()
            .any(|preposition| before.ends_with(preposition.as_bytes()))
    })
}

/// `Sioux Falls`, `San Mateo`, `Fort Worth`: words that places are made of.
fn has_place_word(printed: &str) -> bool {
    const WORDS: &[&str] = &[
        "bay", "beach", "city", "creek", "east", "el", "falls", "fort", "grove", "harbor",
        "harbour", "heights", "hill", "hills", "island", "islands", "jaya", "lake", "los",
        "meadows", "mount", "mountain", "nagar", "new", "north", "palm", "park", "pass", "point",
        "pradesh", "port", "puerto", "rapids", "ridge", "river", "rock", "saint", "san", "santa",
        "santo", "sao", "são", "south", "spring", "springs", "st", "town", "township", "valley",
        "villa", "village", "west",
    ];
    printed.split([' ', '-']).any(|word| {
        let word = word.trim_end_matches('.').to_lowercase();
        WORDS.binary_search(&word.as_str()).is_ok()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn place_words_are_found() {
        assert!(has_place_word("BLUE RIVER"));
        assert!(has_place_word("ST. OSWIN"));
        assert!(!has_place_word("GREEN TEA"));
    }
}
