//! Words of a query to word patterns: folded as the index folds them, with their wildcards.

use std::collections::HashSet;

use super::clause::{Clause, ClauseKind, Pattern, Scope, TextClause, WordPattern};
use crate::text;

/// Words of a phrase; further ones are left out.
const MAX_PHRASE: usize = 256;

/// How words without wildcards match.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum WordForm {
    /// Any word of the same stem.
    Stemmed,
    /// This word alone.
    Exact,
}

/// The pattern of an unquoted word: `terror*`, `colour~1`, `=said`, `al-Sadr`, `5,000`. `None` if it has no letter or
/// digit.
pub(super) fn word(text: &str, form: WordForm) -> Option<Pattern> {
    let (text, form) = match text.strip_prefix('=') {
        Some(rest) => (rest, WordForm::Exact),
        None => (text, form),
    };
    if let Some((stem, distance)) = fuzzy(text) {
        let words = text::folded_words(stem);
        return phrase_of(
            words.into_iter().map(|w| WordPattern::Fuzzy(w, distance)).collect(),
            None,
        );
    }
    phrase_of(pieces(text, form, false), None)
}

/// The pattern of a text between quotation marks: its words as they stand, `*` alone for any one word.
pub(super) fn phrase(text: &str, slop: Option<u32>) -> Option<Pattern> {
    phrase_of(pieces(text, WordForm::Exact, true), slop)
}

/// The clause for any of the words of a plain text, by stem: operators and fields are words too.
pub fn any_of_words(text: &str) -> Clause {
    let mut seen = HashSet::new();
    let clauses = text::words(text)
        .map(|span| (plain(&text[span.clone()], WordForm::Stemmed), span))
        .filter(|(word, _)| seen.insert(word.clone()))
        .map(|(word, span)| {
            let pattern = Pattern::Word(word);
            let text = TextClause { scope: Scope::Default, pattern, at_least: 1 };
            Clause { kind: ClauseKind::Text(text), span }
        })
        .collect();
    Clause { kind: ClauseKind::Or(clauses), span: 0..text.len() }
}

/// `colour~1`, `colour~`
fn fuzzy(text: &str) -> Option<(&str, u8)> {
    let (stem, distance) = text.rsplit_once('~')?;
    if stem.is_empty() || stem.contains(['*', '?']) {
        return None;
    }
    match distance {
        "" | "1" => Some((stem, 1)),
        "2" => Some((stem, 2)),
        _ => None,
    }
}

fn phrase_of(mut words: Vec<WordPattern>, slop: Option<u32>) -> Option<Pattern> {
    words.truncate(MAX_PHRASE);
    while words.last() == Some(&WordPattern::Gap) {
        words.pop();
    }
    let first = words.iter().position(|w| *w != WordPattern::Gap)?;
    words.drain(..first);
    if slop.is_some() {
        words.retain(|w| *w != WordPattern::Gap);
    }
    match words.len() {
        1 => words.pop().map(Pattern::Word),
        _ => Some(Pattern::Phrase { words, slop }),
    }
}

/// Words and wildcard words in order. In quotation marks a question mark at the end of a word is punctuation.
fn pieces(text: &str, form: WordForm, quoted: bool) -> Vec<WordPattern> {
    let mut words = Vec::new();
    for run in text.split_whitespace() {
        if quoted && run == "*" {
            words.push(WordPattern::Gap);
            continue;
        }
        let run = if quoted {
            run.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '*')
        } else {
            run
        };
        if run.contains(['*', '?']) {
            words.extend(globs(run, form));
        } else {
            words.extend(text::words(run).map(|w| plain(&run[w], form)));
        }
    }
    words
}

fn plain(word: &str, form: WordForm) -> WordPattern {
    let folded = text::fold(word);
    match form {
        WordForm::Stemmed if text::is_stemmed(&folded) => WordPattern::Stem(folded),
        _ => WordPattern::Exact(folded),
    }
}

/// The words of a run with wildcards, which count as letters: `al-sadr*` is two words.
fn globs(run: &str, form: WordForm) -> Vec<WordPattern> {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '*' | '?' | '\'' | '’');
    run.split(|c: char| !is_part(c))
        .map(|part| part.trim_matches(['\'', '’']))
        .filter(|part| part.contains(|c: char| c.is_alphanumeric() || matches!(c, '*' | '?')))
        .flat_map(|part| {
            if part.contains(['*', '?']) {
                vec![glob(part)]
            } else {
                text::words(part).map(|w| plain(&part[w], form)).collect()
            }
        })
        .collect()
}

fn glob(part: &str) -> WordPattern {
    let mut folded = String::with_capacity(part.len());
    for piece in part.split_inclusive(['*', '?']) {
        let (letters, wildcard) = match piece.strip_suffix(['*', '?']) {
            Some(letters) => (letters, &piece[letters.len()..]),
            None => (piece, ""),
        };
        folded.push_str(&text::fold(letters));
        if !(wildcard == "*" && folded.ends_with('*')) {
            folded.push_str(wildcard);
        }
    }
    WordPattern::Glob(folded)
}
