//! Decides whether a candidate is a dateline. It may also be a rubric (`ANALYSIS —`), a topic (`HARBOUR DISPUTE:`) or a
//! speaker (`DOE:`). The evidence is added up; a name in the gazetteer counts most.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::grammar::{Candidate, Ending, PrintedName, Separator};
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

/// The position of a candidate in its article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Position {
    /// Whether it is in the headline.
    pub(super) in_headline: bool,
    /// Whether it opens a wrapped line within a paragraph.
    pub(super) in_paragraph: bool,
    /// Whether the article is in English.
    pub(super) in_english: bool,
    /// Number of non-blank lines before it.
    pub(super) line: usize,
}

/// Whether the first name has a word of a rubric or topic, and so is no place.
pub(super) fn is_label(text: &Text<'_>, names: &[PrintedName]) -> bool {
    names.first().is_some_and(|name| {
        name.span.of(text.body).split([' ', '-', '/']).any(|word| {
            let lower = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
            LABELS.contains(lower.as_str())
        })
    })
}

/// Whether the candidate is a dateline. `is_place`: the gazetteer has the first name.
pub(super) fn is_dateline(
    text: &Text<'_>,
    candidate: &Candidate,
    is_place: bool,
    position: Position,
) -> bool {
    let has_agency = candidate.agency.is_some();
    let known_agency = candidate.agency.is_some_and(|agency| agency.known);
    let marks = i32::from(candidate.date.is_some()) * 3
        + i32::from(known_agency) * 3
        + i32::from(candidate.has_weekday)
        + 2 * i32::from(candidate.is_dated_vaguely && is_place)
        + i32::from(has_agency && !known_agency);
    let Some(first) = candidate.names.first() else {
        let is_closed = candidate.ending != Ending::Line;
        return has_agency && marks >= 3 && is_closed && !position.in_headline && position.line < 6;
    };
    let refused_as_line = candidate.ending == Ending::Line
        && !known_agency
        && (candidate.date.is_none() || !is_place || !story::is_after_blank_line(text, candidate));
    // `Coach Jane Doe (TT) won`
    let refused_as_bracket = candidate.ending == Ending::Bracket
        && candidate.date.is_none()
        && !is_place
        && first.span.of(text.body).chars().any(char::is_lowercase);
    let refused = refused_as_line
        || refused_as_bracket
        || (candidate.date_leads && !has_agency)
        || (marks < 3 && (position.in_paragraph || is_contradicted(text, candidate)));
    let threshold = match position {
        Position { in_headline: true, .. } => 6,
        Position { line: 0..=3, .. } => 2,
        _ => 4,
    };
    let score = || {
        marks
            + ending_score(candidate)
            + name_score(text, candidate, first.span, is_place, position)
    };
    !refused && score() >= threshold
}

/// Whether there is evidence against a candidate without date and agency.
fn is_contradicted(text: &Text<'_>, candidate: &Candidate) -> bool {
    let first = candidate.names[0].span;
    let is_list = candidate.names.iter().any(|name| name.separator == Separator::And);
    let is_unexpected = |name: &PrintedName| {
        name.separator == Separator::Comma && !is_list && !is_region(text, name.span)
    };
    first.of(text.body).chars().nth(1).is_none()
        || candidate.names.iter().any(is_unexpected)
        || !story::opens_sentence(text, candidate)
        || !story::has_words(text, candidate)
        || story::is_row(text, candidate)
        || story::uses_name_otherwise(text, candidate, first)
}

fn ending_score(candidate: &Candidate) -> i32 {
    match candidate.ending {
        Ending::Dash => 1,
        Ending::Colon | Ending::FullStop | Ending::Bracket => 0,
        Ending::Line => -2,
    }
}

/// The evidence of the first name.
fn name_score(
    text: &Text<'_>,
    candidate: &Candidate,
    first: Span,
    is_place: bool,
    position: Position,
) -> i32 {
    let printed = first.of(text.body);
    let in_capitals = !printed.chars().any(char::is_lowercase);
    let words = printed.split(' ').count();
    let is_qualified = candidate.names.get(1).is_some_and(|name| {
        matches!(name.separator, Separator::Comma | Separator::Bracket)
            && is_region(text, name.span)
    });
    let mut score = i32::from(in_capitals) + 2 * i32::from(is_qualified);
    // Languages other than English seldom print places in capitals: `Kleinstadt - Die Polizei`.
    score += i32::from(!in_capitals && words == 1 && !position.in_english);
    if is_place {
        score += 2;
    } else if candidate.ending == Ending::Colon || words > 1 {
        score -= 1;
    }
    if !is_place && score < 3 {
        score += 2 * i32::from(story::uses_name_as_place(text, candidate, printed));
        score += i32::from(has_place_word(printed));
    }
    score
}

/// Whether the name is a state, province or country, in full or abbreviated.
fn is_region(text: &Text<'_>, span: Span) -> bool {
    /// A name outside the gazetteer, which resolves only if its qualifier does.
    const UNKNOWN_PLACE: &str = "Xqzvkville";
    let printed = span.of(text.body);
    let context = Context { qualifier: Some(printed.to_owned()), ..Context::default() };
    printed.ends_with('.')
        || printed.ends_with("Province")
        || printed.ends_with("Prefecture")
        || gazetteer::resolve(printed, &Context::default()).is_some()
        || gazetteer::resolve(UNKNOWN_PLACE, &context).is_some()
}

/// Whether the name has a word that is common in place names: `Cedar Rapids`, `San Mateo`, `Fort Worth`.
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
