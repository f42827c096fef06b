//! Labels before names: `By`, `Text und Fotos:`, `Published by`. What the names are is decided by others.

use super::words::{Kinds, kinds, words};

/// Most words of a label.
const MAX_WORDS: usize = 9;

/// What a label says of the names behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Work {
    /// They wrote.
    Writing,
    /// They did something else: photographs, editing.
    Other,
}

/// A label and what stands behind it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Labelled<'a> {
    pub(super) work: Work,
    /// Whether it says that someone wrote, not only what: `Text:`, not `Interview:`.
    pub(super) is_of_writer: bool,
    /// Whether it cannot open a sentence: it has a colon, or a word that does nothing else.
    pub(super) is_sure: bool,
    /// Whether an article ends it, as in `by the council`.
    pub(super) is_behind_article: bool,
    pub(super) rest: &'a str,
}

/// The label that opens `text`: words of labels up to the last *by* or colon among them.
pub(super) fn at_head(text: &str) -> Option<Labelled<'_>> {
    let (mut seen, mut found, mut end) = (Kinds::default(), None, 0);
    for (at, word) in words(text).take(MAX_WORDS) {
        let colon =
            colon_in(word).filter(|(head, _)| head.is_empty() || may_stand_in_label(kinds(head)));
        let kind = kinds(colon.map_or(word, |(head, _)| head));
        if colon.is_none() && !may_stand_in_label(kind) {
            break;
        }
        let behind = at + colon.map_or(word.len(), |(_, length)| length);
        // In capitals it may be a name: *Della*.
        let is_article = kind.any(Kinds::ARTICLE)
            && word.chars().all(char::is_lowercase)
            && end > 0
            && text[end..at].trim().is_empty();
        let is_of =
            kind.any(Kinds::OF) && seen.any(Kinds::LABEL | Kinds::GENRE | Kinds::OTHER_WORK);
        let ends_label = kind.any(Kinds::BY | Kinds::ABOUT) || is_doubtful_by(kind, text, behind);
        if colon.is_some() || ends_label || is_article || is_of {
            (found, end) = (Some(seen | kind), behind);
        }
        seen = seen | kind;
        if colon.is_some_and(|(_, length)| length < word.len()) {
            break;
        }
    }
    match found {
        Some(seen) => Some(described(seen, &text[..end], text[end..].trim_start())),
        None => other_work_without_by(text),
    }
}

/// What a label with words of these kinds says.
fn described<'a>(seen: Kinds, label: &str, rest: &'a str) -> Labelled<'a> {
    let is_other = seen.any(Kinds::OTHER_WORK) && !seen.any(Kinds::LABEL | Kinds::GENRE);
    let is_article = |word: &str| {
        word.is_ascii() && kinds(word).any(Kinds::ARTICLE) && !kinds(word).any(Kinds::BY)
    };
    Labelled {
        work: if is_other { Work::Other } else { Work::Writing },
        is_of_writer: seen.any(Kinds::BY | Kinds::DOUBTFUL_BY | Kinds::LABEL),
        is_sure: label.ends_with([':', '：']) || seen.any(Kinds::BY),
        is_behind_article: label.rsplit(' ').next().is_some_and(is_article),
        rest,
    }
}

/// The part of a word before its colon, and the length up to the byte behind that.
fn colon_in(word: &str) -> Option<(&str, usize)> {
    let (at, colon) = word.char_indices().rfind(|(_, c)| matches!(c, ':' | '：'))?;
    let is_address = word[at..].starts_with("://");
    (!is_address).then_some((&word[..at], at + colon.len_utf8()))
}

fn may_stand_in_label(kind: Kinds) -> bool {
    kind.any(
        Kinds::BY
            | Kinds::DOUBTFUL_BY
            | Kinds::LABEL
            | Kinds::GENRE
            | Kinds::OTHER_WORK
            | Kinds::OF
            | Kinds::ABOUT
            | Kinds::ARTICLE
            | Kinds::AND
            | Kinds::ROLE
            | Kinds::MODIFIER
            | Kinds::BEFORE,
    )
}

/// Whether the word is a *by* that is also a name or another word, and two words follow: `Oleh`, and `de` at the head.
fn is_doubtful_by(kind: Kinds, text: &str, behind: usize) -> bool {
    let rest = text[behind..].trim_start();
    let is_of = kind.any(Kinds::OF)
        && text[..behind].chars().all(char::is_lowercase)
        && rest.starts_with(char::is_uppercase)
        && !rest.contains(',');
    (kind.any(Kinds::DOUBTFUL_BY) || is_of) && words(rest).nth(1).is_some()
}

/// A label without *by* and colon: `photos Max Doe`, `Foto Max Doe`.
fn other_work_without_by(text: &str) -> Option<Labelled<'_>> {
    let (at, word) = words(text).next()?;
    let is_label =
        !word.contains(char::is_uppercase) || matches!(word, "Foto" | "Fotos" | "Photo" | "Photos");
    let rest = text[at + word.len()..].trim_start();
    (kinds(word).any(Kinds::OTHER_WORK) && is_label && rest.starts_with(char::is_uppercase))
        .then_some(Labelled {
            work: Work::Other,
            is_of_writer: false,
            is_sure: false,
            is_behind_article: false,
            rest,
        })
}

/// `text` cut before each label that stands within it: `Text: Jane Doe Fotos: John Roe`.
pub(super) fn cut_before(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut start = 0;
    let mut is_within_label = false;
    for (at, word) in words(text) {
        let head = colon_in(word).map_or(word, |(head, _)| head);
        let opens = kinds(head).any(Kinds::LABEL | Kinds::GENRE | Kinds::OTHER_WORK);
        if opens && !is_within_label && at > start && at_head(&text[at..]).is_some() {
            parts.push(&text[start..at]);
            start = at;
        }
        if !kinds(word).any(Kinds::AND) {
            is_within_label = may_stand_in_label(kinds(word));
        }
    }
    parts.push(&text[start..]);
    parts
}
