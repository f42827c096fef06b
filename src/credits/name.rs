//! The name in one item of a credit, without what stands around it: `Staff Writer Jane Doe (AFP) in Paris`.

use super::label::{self, Work};
use super::parts::is_east_asian;
use super::person::is_personal_name;
use super::verdict::is_host;
use super::words::{Kinds, kinds, of_kind, words};
use crate::tables::agencies;

/// A longer item, in words, is a text.
const MAX_WORDS: usize = 40;

/// Marks around a name that do not belong to it.
const MARKS: &[char] = &[
    ' ', ',', ':', '：', ';', '-', '–', '—', '.', '(', ')', '[', ']', '（', '）', '<', '>', '"',
    '“', '”', '„', '«', '»', '\'', '‘', '’', '*', '#', '=', '~', '/', '\\', '|', '_', '。',
    '\u{200e}', '\u{200f}', '\u{202a}', '\u{202c}', '\u{feff}', '【', '】', '!', '?', '…', '・',
    '\u{a0}', '\u{ad}', '@', '©', '✍', '✎',
];

/// The name in `item`, or nothing if the item names no writer.
pub(super) fn in_item(item: &str) -> Option<&str> {
    if words(item).nth(MAX_WORDS).is_some() {
        return None;
    }
    let item = without_brackets(without_address(item))?;
    let item = without_label(trim(item))?;
    if agencies::find(item, None).is_some() {
        return Some(item);
    }
    let item = without_east_asian_role(without_leading_role(item))?;
    let name = trim(without_buttons(without_connectives(without_tail(item)?)));
    (!name.is_empty()).then_some(name)
}

/// The words before or behind addresses: `jane@news.example (Jane Doe)`, `Jane Doe @jane`.
fn without_address(mut item: &str) -> &str {
    let is_one_word = words(item).nth(1).is_none();
    let is_address = |word: &str| {
        word.contains('@')
            || word.contains("://")
            || word.starts_with("www.")
            || !is_one_word && is_host(word)
    };
    while let Some((at, address)) = words(item).find(|(_, word)| is_address(word)) {
        if !trim(&item[..at]).is_empty() {
            return &item[..at];
        }
        item = &item[at + address.len()..];
    }
    item
}

/// What stands before a bracket, or in one that opens the item; nothing if it says that the work was no writing:
/// `Max Doe (photos)`.
fn without_brackets(item: &str) -> Option<&str> {
    const OPEN: &[char] = &['(', '（', '[', '<', '【'];
    const CLOSE: &[char] = &[')', '）', ']', '>', '】'];
    let item = item.trim_start_matches(|c| MARKS.contains(&c) && !OPEN.contains(&c));
    let Some(open) = item.find(OPEN) else { return Some(item) };
    let before = item[..open].trim();
    if before.is_empty() {
        let inner = item[open..].trim_start_matches(OPEN);
        return inner.split(CLOSE).next();
    }
    let inner = item[open..].trim_start_matches(OPEN).split(CLOSE).next().unwrap_or_default();
    if kinds(inner).any(Kinds::OTHER_WORK) {
        return None;
    }
    if is_personal_name(inner) && agencies::find(before, None).is_some() {
        return Some(inner);
    }
    // `Robert (Bob) Doe`
    let behind =
        item[open..].find(CLOSE).map(|close| item[open + close..].trim_start_matches(CLOSE).trim());
    let goes_on = behind.is_some_and(|behind| behind.starts_with(char::is_uppercase));
    Some(if goes_on && !before.contains(' ') { item } else { before })
}

/// The words behind labels; nothing if they did other work than writing.
pub(super) fn without_label(mut item: &str) -> Option<&str> {
    while let Some(labelled) = label::at_head(item) {
        if labelled.work == Work::Other {
            return None;
        }
        item = trim(labelled.rest);
    }
    Some(item)
}

/// The words behind a role: `Staff Writer Jane Doe`, `AFP-Korrespondentin Lena Muster`.
fn without_leading_role(item: &str) -> &str {
    let mut end = 0;
    for (at, word) in words(item) {
        let kind = kinds(word);
        if kind.any(Kinds::ROLE) {
            end = at + word.len();
        } else if !kind.any(Kinds::MODIFIER | Kinds::OUTLET | Kinds::UNIT)
            && agencies::find(word, None).is_none()
        {
            break;
        }
    }
    let rest = item[end..].trim_start();
    let not_first = Kinds::OUTLET
        | Kinds::UNIT
        | Kinds::MODIFIER
        | Kinds::LABEL
        | Kinds::GENRE
        | Kinds::AND
        | Kinds::IN;
    let is_name = words(rest).next().is_some_and(|(_, word)| !kinds(word).any(not_first));
    if is_name { rest } else { item }
}

/// A name without what Chinese, Japanese and Korean write around it without a space: `홍길동 기자`, `记者王芳`.
fn without_east_asian_role(item: &str) -> Option<&str> {
    if !item.chars().any(is_east_asian) {
        return Some(item);
    }
    // `台北報導`: where it was written.
    if item.ends_with("報導") && !item.contains("記者") {
        return None;
    }
    let separators = |c: char| {
        matches!(c, ':' | '：' | '/' | '／' | '=' | '＝' | '丨' | '|' | '◎' | '○' | '・')
            || c.is_whitespace()
    };
    let mut name = item;
    for word in of_kind(Kinds::BEFORE) {
        let Some((before, rest)) = name.split_once(word) else { continue };
        // A single character may be a surname: a mark has to follow.
        let is_role = word.chars().count() > 1 || rest.starts_with(separators);
        let rest = rest.trim_start_matches(separators);
        if is_role && !rest.is_empty() && before.chars().count() <= 6 {
            name = rest;
        }
    }
    for word in of_kind(Kinds::BEHIND) {
        let before = name.trim_end().strip_suffix(word).map(str::trim_end);
        name = before.filter(|before| before.chars().count() > 1).unwrap_or(name);
    }
    Some(name)
}

/// The words before an outlet, a place, a source, a role, a number or a sentence about the writer. Nothing if `Special to …`
/// is all.
fn without_tail(item: &str) -> Option<&str> {
    let in_capitals = !item.chars().any(char::is_lowercase);
    let list: Vec<(usize, &str)> = words(item).collect();
    let is_special = |i: usize| {
        let [(_, word), (_, next), ..] = list[i..] else { return false };
        word.eq_ignore_ascii_case("special") && matches!(next, "to" | "for" | "TO" | "FOR")
    };
    let end =
        (0..list.len()).find(|&i| is_special(i) || i > 0 && opens_tail(&list, i, in_capitals));
    let name = end.map_or(item, |end| item[..list[end].0].trim_end());
    (!name.is_empty()).then_some(name)
}

/// Whether the word at `i` opens what follows a name.
fn opens_tail(list: &[(usize, &str)], i: usize, in_capitals: bool) -> bool {
    if !list[..i].iter().any(|(_, word)| is_plain(word)) {
        return false;
    }
    let word = list[i].1;
    let kind = kinds(word);
    let is_small = !word.contains(char::is_uppercase);
    let opens_source = kind.any(Kinds::WITH | Kinds::FOR)
        && (is_small || word.len() > 2 && (i > 1 || in_capitals));
    let opens_place =
        kind.any(Kinds::IN | Kinds::IS) && (is_small || in_capitals && word.len() > 1);
    opens_source || opens_place || is_number(list, i) || i > 1 && opens_role(list, i)
}

/// Whether a number begins here that belongs to no name: a time, a count; not the last of `Desk Author 1`.
fn is_number(list: &[(usize, &str)], i: usize) -> bool {
    let word = list[i].1;
    let digits = word.chars().filter(char::is_ascii_digit).count();
    word.starts_with(|c: char| c.is_ascii_digit())
        && (digits > 2 || i + 1 < list.len() || digits < word.len())
}

/// Whether a word has no meaning in credits, so that it belongs to a name.
fn is_plain(word: &str) -> bool {
    let has_meaning = Kinds::ROLE
        | Kinds::MODIFIER
        | Kinds::ARTICLE
        | Kinds::LABEL
        | Kinds::GENRE
        | Kinds::BUTTON
        | Kinds::INTERFACE
        | Kinds::OUTLET
        | Kinds::UNIT
        | Kinds::DEGREE
        | Kinds::GENERATION;
    !kinds(word).any(has_meaning) && agencies::find(word, None).is_none()
}

/// Whether a role begins here: modifiers up to a head, `Senior Politics Editor`.
fn opens_role(list: &[(usize, &str)], i: usize) -> bool {
    let is_within_role = kinds(list[i - 1].1).any(Kinds::MODIFIER | Kinds::OUTLET);
    if is_within_role {
        return false;
    }
    let rest = list[i..].iter().map(|(_, word)| kinds(word));
    let mut modifiers = rest.skip_while(|kind| kind.any(Kinds::MODIFIER) && !kind.any(Kinds::ROLE));
    let is_particle =
        !list[i].1.contains(char::is_uppercase) && kinds(list[i].1).any(Kinds::ARTICLE);
    !is_particle && modifiers.next().is_some_and(|kind| kind.any(Kinds::ROLE))
}

/// The words without an *and* or a word of dates at either end.
fn without_connectives(item: &str) -> &str {
    let is_connective = |word: &str| {
        let is_small = !word.contains(char::is_uppercase);
        is_small && kinds(word).any(Kinds::AND | Kinds::WHEN | Kinds::WITH)
    };
    let mut item = trim(item);
    while let Some((at, word)) = words(item).next_back()
        && is_connective(word)
        && words(&item[..at]).any(|(_, word)| is_plain(word))
    {
        item = trim(&item[..at]);
    }
    while let Some((at, word)) = words(item).next()
        && kinds(word).any(Kinds::AND)
        && is_connective(word)
        && words(item).nth(1).is_some()
    {
        item = item[at + word.len()..].trim_start();
    }
    item
}

/// The words before buttons: `Jane Doe Follow`, `Jane Doe Read more`. Two are left at least, as *Page* is a surname too.
fn without_buttons(item: &str) -> &str {
    let list: Vec<(usize, &str)> = words(item).collect();
    let is_interface =
        |(_, word): &&(usize, &str)| kinds(word).any(Kinds::BUTTON | Kinds::INTERFACE);
    let length =
        list.iter().rev().take_while(is_interface).count().min(list.len().saturating_sub(2));
    let behind = &list[list.len() - length..];
    let has_button = behind.iter().any(|(_, word)| kinds(word).any(Kinds::BUTTON));
    let has_name = list[..list.len() - length].iter().any(|(_, word)| is_plain(word));
    if has_button && has_name { item[..behind[0].0].trim_end() } else { item }
}

/// The item without marks around it, but with the full stop of `Nora C.` and `Max Doe Jr.`.
fn trim(item: &str) -> &str {
    let name = item.trim_matches(MARKS);
    let start = item.find(name).unwrap_or(0);
    let end = start + name.len();
    let last = name.rsplit([' ', '.', '-']).next().unwrap_or_default();
    let is_short = last.chars().count() == 1 || kinds(last).any(Kinds::GENERATION);
    let may_have_stop = name.len() == 1 || name.contains([' ', '.']);
    let has_stop = may_have_stop && item[end..].starts_with('.');
    if is_short && has_stop { &item[start..=end] } else { name }
}
