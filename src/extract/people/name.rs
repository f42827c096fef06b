//! The words of a name: what they are compared by, and how the name is shown.

use std::collections::BTreeSet;

use crate::extract::names::{Mention, hash};
use crate::extract::text::{Shape, Text};

/// Parts behind a name that tell father from son; they are no surname.
const GENERATIONS: &[&str] = &["II", "III", "IV", "Jr", "Jr.", "Sr", "Sr.", "jr", "jr."];

/// A word of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// Its hash without case and accents; of the letter alone for an initial.
    pub hash: u32,
    /// Is only its first letter given (`J.`)? Then that letter, small.
    pub initial: Option<char>,
    /// Its first letter, small.
    pub letter: char,
}

/// The words of a mention, without particles, generations and marks.
pub fn parts(text: &Text<'_>, mention: &Mention) -> Vec<Part> {
    let mut parts = Vec::new();
    for i in mention.tokens.clone() {
        let word = text.word(i);
        if text.tokens[i].shape.is_capital() && !GENERATIONS.contains(&word) {
            parts.extend(part(word));
        }
    }
    parts
}

fn part(word: &str) -> Option<Part> {
    let bare = without_article(word.trim_end_matches('.'));
    let letter = bare.chars().next()?.to_lowercase().next()?;
    let single = bare.chars().count() == 1;
    Some(Part { hash: hash::word(bare), initial: single.then_some(letter), letter })
}

/// `al-Doe`, `ad-Doe`: an Arabic article may be left out the next time.
fn without_article(word: &str) -> &str {
    match word.split_once('-') {
        Some((article, rest)) if article.len() <= 3 && article.starts_with(['a', 'e', 'A', 'E']) && !rest.is_empty() => rest,
        _ => word,
    }
}

/// The fullest form among a person's mentions: most words, then most letters, then first.
pub fn fullest(text: &Text<'_>, group: &[&Mention]) -> String {
    let forms: BTreeSet<(usize, usize, std::cmp::Reverse<usize>)> = group
        .iter()
        .enumerate()
        .map(|(i, m)| {
            (parts(text, m).len(), text.span(m.tokens.clone()).len(), std::cmp::Reverse(i))
        })
        .collect();
    let Some(&(_, _, std::cmp::Reverse(best))) = forms.last() else { return String::new() };
    shown(text, group[best])
}

/// A name as it is shown: single spaces, title case where the text has capitals only.
pub fn shown(text: &Text<'_>, mention: &Mention) -> String {
    let mut name = String::new();
    let shouted = mention.tokens.clone().all(|i| is_shouted(text, i));
    for i in mention.tokens.clone() {
        if text.tokens[i].spaced && !name.is_empty() {
            name.push(' ');
        }
        if shouted { title_case(&mut name, text.word(i)) } else { name.push_str(text.word(i)) }
    }
    name
}

fn is_shouted(text: &Text<'_>, i: usize) -> bool {
    let word = text.word(i);
    text.tokens[i].shape != Shape::Capital && (word.len() > 3 || !word.contains('.'))
}

fn title_case(name: &mut String, word: &str) {
    let mut opens = true;
    for c in word.chars() {
        if opens {
            name.push(c)
        } else {
            name.extend(c.to_lowercase())
        }
        opens = !c.is_alphanumeric();
    }
}
