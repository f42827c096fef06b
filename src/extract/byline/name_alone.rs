//! A name on a line of its own above the text, without *By*: whether it is that of the writer or a heading, as are `Bill Text`
//! and `Market Report`.

use memchr::memmem;

use crate::article::Span;
use crate::calendar::printed;
use crate::credits::{self, is_personal_name};
use crate::extract::gazetteer::{self, Context};
use crate::extract::names;
use crate::text::{Text, hash};

/// A longer line, in bytes, is a paragraph.
const MIN_PARAGRAPH: usize = 80;

/// Words that are as often in lower case ([`names::lexicon::Entry::case`]) are words of the language.
const OFTEN_SMALL: u32 = 5;
const ALWAYS_SMALL: u32 = 7;

/// Whether `line` is the name of the writer: above a role, between headline and dateline, or with a given name, or without any
/// word of the language, above the date or the text. `below` is the next line.
pub(super) fn is_writer(
    body: &str,
    line: &str,
    below: Span,
    title: Option<Span>,
    dateline: Option<Span>,
) -> bool {
    if !is_personal_name(line) {
        return false;
    }
    let next = below.of(body);
    if credits::is_role(next) {
        return true;
    }
    if dateline.is_some_and(|dateline| below.start == dateline.start) {
        return is_like_name(line);
    }
    let is_below_headline = title.is_some_and(|title| title.end < below.start);
    let opens_text = next.len() > MIN_PARAGRAPH || next.ends_with(['.', '?', '!']) || is_date(next);
    is_below_headline
        && opens_text
        && (opens_with_given_name(line) || is_unknown_name(line))
        && !mentions_last_word(&body[below.start as usize..], line)
}

/// Whether the line is nothing but a date.
fn is_date(line: &str) -> bool {
    let text = Text::new(line);
    !text.tokens.is_empty()
        && printed::date(&text, 0).is_some_and(|(_, behind)| behind == text.tokens.len())
}

/// Whether the text uses the last word of `name`, which then is a heading or the subject of the text.
fn mentions_last_word(text: &str, name: &str) -> bool {
    let last = name.rsplit(' ').next().unwrap_or(name);
    memmem::find(text.as_bytes(), last.as_bytes()).is_some()
}

/// Whether the first word is a given name or an initial, and no other one a word of the language.
pub(super) fn opens_with_given_name(name: &str) -> bool {
    is_given_name(name) && !has_words(name, OFTEN_SMALL)
}

/// Whether no word of `name` is known as one of the language, nor the whole as a place: names of languages whose given names
/// the lexicon lacks.
fn is_unknown_name(name: &str) -> bool {
    let is_of_language = |word: &str| {
        let is_sentence = word.len() > 2 && word.ends_with('.');
        let is_genitive = word.ends_with("'s") || word.ends_with("’s");
        is_sentence || is_genitive || names::entry(hash::word(word)).case() >= OFTEN_SMALL
    };
    !name.split(' ').any(is_of_language) && gazetteer::resolve(name, &Context::default()).is_none()
}

/// Whether the first word is a given name, or no other one a word of the language; surnames may be words, as *Fine*.
fn is_like_name(name: &str) -> bool {
    (is_given_name(name) || !has_words(name, OFTEN_SMALL)) && !has_words(name, ALWAYS_SMALL)
}

fn is_given_name(name: &str) -> bool {
    let first = name.split(' ').next().unwrap_or(name);
    let is_initial = first.chars().filter(|c| c.is_alphabetic()).count() == 1;
    is_initial || names::entry(hash::word(first)).given() > 0
}

/// Whether a word behind the first one is in lower case as often as `case` says, and no surname.
fn has_words(name: &str, case: u32) -> bool {
    name.split(' ').skip(1).filter(|word| word.starts_with(char::is_uppercase)).any(|word| {
        let entry = names::entry(hash::word(word));
        entry.case() >= case && entry.surname() == 0
    })
}
