//! Cuts a value into the items that may each be one name: at marks, dates, labels within it, commas and *and*.

use super::label;
use super::words::{Kinds, kinds, words};
use crate::calendar::{month_names, printed};
use crate::text::Text;

/// Marks between writers.
const LINE_MARKS: &[char] = &['\n', '\r', ';', '；', '؛', '、'];

/// The lines of a value, each with a writer or several.
pub(super) fn lines(value: &str) -> impl Iterator<Item = &str> {
    value.split(LINE_MARKS).map(str::trim).filter(|line| !line.is_empty())
}

/// Marks between writers, or between a writer and the role or outlet.
const MARKS: &[&str] = &[
    "\t", "|", "｜", "¦", "•", "●", "▪", "»", "›", "→", " / ", " // ", " - ", " – ", " — ", " -- ",
    "--", " ~ ", " * ",
];

/// The segments of a line between strong marks, dates and labels.
pub(super) fn segments(value: &str) -> Vec<&str> {
    let mut parts = vec![value];
    for mark in MARKS {
        parts = parts.into_iter().flat_map(|part| part.split(mark)).collect();
    }
    let parts = parts.into_iter().flat_map(between_dots).flat_map(between_dates);
    let is_label_of_date = |part: &&str| part.ends_with([':', '：']);
    let parts = parts.flat_map(label::cut_before).map(str::trim);
    parts.filter(|part| !part.is_empty() && !is_label_of_date(part)).collect()
}

/// The parts between middle dots; in Chinese and Japanese these join the words of a foreign name.
fn between_dots(part: &str) -> Vec<&str> {
    let joins_words = |c: char| is_east_asian(c) && !('\u{ac00}'..='\u{d7af}').contains(&c);
    let is_short = |part: &str| part.trim().chars().count() < 2;
    let parts: Vec<&str> = part.split('·').collect();
    if part.chars().any(joins_words) || parts.iter().any(|part| is_short(part)) {
        return part.split(" · ").collect();
    }
    parts
}

/// Whether the character is of a script that writes names without spaces.
pub(super) fn is_east_asian(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}')
}

/// The parts before, between and behind dates: `Published December 2, 2019 by Jane Doe`.
fn between_dates(part: &str) -> Vec<&str> {
    if !part.contains(char::is_numeric) {
        return vec![part];
    }
    let text = Text::new(part);
    let (mut parts, mut start, mut at) = (Vec::new(), 0, 0);
    while at < text.tokens.len() {
        let Some(next) = end_of_date(&text, at) else {
            at += 1;
            continue;
        };
        parts.push(&part[start..text.tokens[at].start as usize]);
        start = text.tokens[next - 1].end as usize;
        at = next;
    }
    parts.push(&part[start..]);
    parts
}

/// The token behind a date, or a month with its year, that begins at `at`.
fn end_of_date(text: &Text<'_>, at: usize) -> Option<usize> {
    if !printed::may_begin(text, at) {
        return None;
    }
    let is_year = |at: usize| {
        at < text.tokens.len()
            && text.word(at).len() == 4
            && text.word(at).bytes().all(|byte| byte.is_ascii_digit())
    };
    let month_and_year =
        || (month_names::month(text.word(at)).is_some() && is_year(at + 1)).then_some(at + 2);
    printed::date(text, at).map(|(_, next)| next).or_else(month_and_year)
}

/// The parts of a segment between the *and*s that join names.
pub(super) fn joined_by_and(segment: &str) -> Vec<&str> {
    let list: Vec<(usize, &str)> = words(segment).collect();
    let (mut parts, mut start) = (Vec::new(), 0);
    for (i, &(at, word)) in list.iter().enumerate() {
        if kinds(word).any(Kinds::AND) && joins(&list, i) {
            parts.push(segment[start..at].trim());
            start = at + word.len();
        }
    }
    parts.push(segment[start..].trim());
    parts.retain(|part| !part.is_empty());
    parts
}

/// Whether the *and* at `i` joins names rather than the words of one: `José Ortega y Gasset`.
fn joins(list: &[(usize, &str)], i: usize) -> bool {
    /// Words of one language that are names or particles in others.
    const DOUBTFUL: &[&str] = &["en", "ja", "na", "un", "ir", "si", "ed"];
    let word = list[i].1;
    // `Freiherr von und zu Muster`
    let is_small = |i: Option<usize>| {
        i.and_then(|i| list.get(i)).is_some_and(|(_, word)| matches!(*word, "von" | "zu"))
    };
    if is_small(i.checked_sub(1)) && is_small(Some(i + 1)) {
        return false;
    }
    let is_end = |(_, word): &&(usize, &str)| kinds(word).any(Kinds::AND) || word.ends_with(',');
    let before = list[..i].iter().rev().skip(1).take_while(|word| !is_end(word)).count()
        + usize::from(i > 0);
    let next_end = list[i + 1..].iter().position(|word| is_end(&word));
    let after = next_end
        .map_or(list.len() - i - 1, |end| end + usize::from(list[i + 1 + end].1.ends_with(',')));
    let is_short = word.chars().count() == 1 && word.chars().all(char::is_alphabetic);
    let is_doubtful = is_short || DOUBTFUL.contains(&word.to_lowercase().as_str());
    let are_full = before > 1 && after > 1;
    if word.chars().any(char::is_uppercase) {
        let is_and = matches!(word, "And" | "AND" | "Und" | "UND" | "Och" | "OCH");
        return are_full || is_and && before > 0 && after > 0;
    }
    if is_doubtful {
        let are_single = matches!(word, "y" | "e" | "i" | "ja") && before == 1 && after == 1;
        return are_full || are_single;
    }
    true
}

/// The items of one part between commas and strokes.
pub(super) fn items(part: &str) -> Vec<&str> {
    part.split([',', '，', '،'])
        .flat_map(between_ampersands)
        .flat_map(between_strokes)
        .map(str::trim)
        .filter(|item| !item.is_empty())
        .collect()
}

/// The parts of `Jane Doe&John Roe`, but not of `R&B`.
fn between_ampersands(item: &str) -> Vec<&str> {
    let pieces: Vec<&str> = item.split('&').collect();
    let are_full = pieces.iter().all(|piece| piece.trim().contains(' '));
    if are_full { pieces } else { vec![item] }
}

/// The parts between strokes, unless they are desk initials or end with some: `EE/PA`, `LAKE RADIO/ab`.
fn between_strokes(item: &str) -> Vec<&str> {
    let pieces: Vec<&str> = item.split(['/', '／']).collect();
    if item.contains("://") || item.contains("www.") {
        return vec![item];
    }
    let is_signature = item.rsplit_once('/').is_some_and(|(before, last)| {
        last.chars().count() <= 3 && !(before.to_owned() + last).contains(char::is_uppercase)
            || !before.contains(char::is_lowercase) && !last.contains(char::is_uppercase)
    });
    let are_short = pieces.iter().all(|piece| piece.trim().chars().count() <= 4);
    if item.is_ascii() && (are_short || is_signature) { vec![item] } else { pieces }
}
