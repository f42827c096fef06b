//! Is it one? What has the form of a dateline may be a rubric (`ANALYSIS —`), a topic (`HARBOUR DISPUTE:`) or a
//! speaker (`DOE:`). Each sign for or against a place counts; the gazetteer counts most.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::grammar::{Ending, Joint, Name, Parts};
use super::story;
use crate::article::Span;
use crate::extract::gazetteer::{self, Context};
use crate::text::Text;

/// Words that name a rubric or a topic rather than a place, lower case.
static LABELS: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| {
    let table = include_str!("../tables/labels.tsv");
    let lines = table.lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.split_once('\t')).flat_map(|(_, words)| words.split(' ')).collect()
});

/// Where in the article the candidate stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Position {
    /// In the headline.
    pub(super) headline: bool,
    /// In the middle of a paragraph, at the start of a wrapped line.
    pub(super) wrapped: bool,
    /// In an article in English.
    pub(super) english: bool,
    /// So many lines with text stand before it.
    pub(super) line: usize,
}

/// Does the first name hold a word of a label? Then no place is meant.
pub(super) fn is_label(text: &Text<'_>, names: &[Name]) -> bool {
    names.first().is_some_and(|name| {
        name.span.of(text.body).split([' ', '-', '/']).any(|word| {
            let lower = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
            LABELS.contains(lower.as_str())
        })
    })
}

/// Do the parts make a dateline? `known`: the gazetteer has the first place.
pub(super) fn convinces(text: &Text<'_>, parts: &Parts, known: bool, position: Position) -> bool {
    let agency = parts.agency.is_some();
    let agency_known = parts.agency.is_some_and(|agency| agency.known);
    let marked = i32::from(parts.date.is_some()) * 3
        + i32::from(agency_known) * 3
        + i32::from(parts.weekday)
        + i32::from(agency && !agency_known);
    let lone_line = parts.ending == Ending::Line && !agency_known;
    let Some(first) = parts.names.first() else {
        let closed = parts.ending != Ending::Line;
        return agency && marked >= 3 && closed && !position.headline && position.line < 6;
    };
    let refused = (lone_line && (parts.date.is_none() || !known || !story::is_parted(text, parts)))
        || (parts.date_leads && !agency)
        || (marked < 3 && (position.wrapped || is_contradicted(text, parts)));
    let threshold = match position {
        Position { headline: true, .. } => 6,
        Position { line: 0..=3, .. } => 2,
        _ => 4,
    };
    !refused && marked + ending(parts) + name(text, parts, first.span, known, position) >= threshold
}

/// Without a date or an agency, does anything speak against it?
fn is_contradicted(text: &Text<'_>, parts: &Parts) -> bool {
    let first = parts.names[0].span;
    let listed = parts.names.iter().any(|name| name.joint == Joint::And);
    let odd = |name: &Name| name.joint == Joint::Comma && !listed && !is_region(text, name.span);
    first.of(text.body).chars().nth(1).is_none()
        || parts.names.iter().any(odd)
        || !story::opens(text, parts)
        || !story::runs_on(text, parts)
        || story::names_otherwise(text, parts, first)
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
        score += 2 * i32::from(story::is_located(text, parts, printed));
        score += i32::from(has_place_word(printed));
    }
    score
}

/// A state, province or country, in full or abbreviated?
fn is_region(text: &Text<'_>, span: Span) -> bool {
    /// A name that no table has: only its qualifier can tell where it lies.
    const NOWHERE: &str = "Xqzvkville";
    let printed = span.of(text.body);
    let context = Context { qualifier: Some(printed.to_owned()), ..Context::default() };
    printed.ends_with('.')
        || printed.ends_with("Province")
        || printed.ends_with("Prefecture")
        || gazetteer::resolve(printed, &Context::default()).is_some()
        || gazetteer::resolve(NOWHERE, &context).is_some()
}

/// `Cedar Rapids`, `San Mateo`, `Fort Worth`: words that places are made of.
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
