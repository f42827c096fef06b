//! The words of a name: how they are compared, and how the name is displayed.

use super::word_tables::is_honorific;
use crate::extract::names::{Kind, Mention};
use crate::text::hash;
use crate::text::{Shape, Text};

/// Suffixes that number the bearers of one name in a family.
const GENERATION_SUFFIXES: &[&str] = &["II", "III", "IV", "Jr", "Jr.", "Sr", "Sr.", "jr", "jr."];

/// A word of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct NamePart {
    /// Hash of the word without case and accents; for an initial, of the letter.
    pub(super) hash: u32,
    /// The first letter in lower case, if it is all that is given (`J.`).
    pub(super) initial: Option<char>,
    /// The first letter in lower case.
    pub(super) letter: char,
}

/// A person's mention without honorifics (`Mr. Doe`); `None` if no name is left.
pub(super) fn without_honorifics(text: &Text<'_>, mention: &Mention) -> Option<Mention> {
    let is_honorific = |&i: &usize| is_honorific(text.word(i));
    let mut tokens = mention.tokens.clone();
    tokens.start = tokens.clone().find(|i| !is_honorific(i))?;
    tokens.end = tokens.clone().rfind(|i| !is_honorific(i))? + 1;
    (mention.kind == Kind::Person).then_some(Mention { tokens, kind: Kind::Person })
}

/// The capitalised words of a mention, without generation suffixes.
pub(super) fn parts(text: &Text<'_>, mention: &Mention) -> Vec<NamePart> {
    let mut parts = Vec::new();
    for i in mention.tokens.clone() {
        let word = text.word(i);
        if text.tokens[i].shape.is_capital() && !GENERATION_SUFFIXES.contains(&word) {
            parts.extend(part(word));
        }
    }
    parts
}

fn part(word: &str) -> Option<NamePart> {
    let bare = without_article(word.trim_end_matches('.'));
    let letter = bare.chars().next()?.to_lowercase().next()?;
    let single = bare.chars().count() == 1;
    Some(NamePart { hash: hash::word(bare), initial: single.then_some(letter), letter })
}

/// The word without an Arabic article (`al-Doe`, `ad-Doe`), which later mentions may omit.
fn without_article(word: &str) -> &str {
    match word.split_once('-') {
        Some((article, rest))
            if article.len() <= 3
                && article.starts_with(['a', 'e', 'A', 'E'])
                && !rest.is_empty() =>
        {
            rest
        }
        _ => word,
    }
}

/// The fullest name among a person's mentions: the most words, then not in capitals, then the longest, then the first.
pub(super) fn fullest(text: &Text<'_>, group: &[&Mention]) -> String {
    if let [only] = group {
        return display(text, only);
    }
    let rank = |mention: &Mention| {
        let in_capitals = mention.tokens.clone().all(|i| is_in_capitals(text, i));
        (parts(text, mention).len(), !in_capitals, text.span(mention.tokens.clone()).len())
    };
    let best = group.iter().rev().max_by_key(|mention| rank(mention));
    best.map(|mention| display(text, mention)).unwrap_or_default()
}

/// The name with single spaces, and in title case where the text has it in capitals.
pub(super) fn display(text: &Text<'_>, mention: &Mention) -> String {
    let mut name = String::new();
    let in_capitals = mention.tokens.clone().all(|i| is_in_capitals(text, i));
    for i in mention.tokens.clone() {
        if text.tokens[i].spaced && !name.is_empty() {
            name.push(' ');
        }
        if in_capitals {
            title_case(&mut name, text.word(i));
        } else {
            name.push_str(text.word(i));
        }
    }
    name
}

/// Whether token `i` is neither in title case nor an abbreviation of up to three bytes such as `J.`.
fn is_in_capitals(text: &Text<'_>, i: usize) -> bool {
    let word = text.word(i);
    text.tokens[i].shape != Shape::Capital && (word.len() > 3 || !word.contains('.'))
}

fn title_case(name: &mut String, word: &str) {
    let mut at_start = true;
    for c in word.chars() {
        if at_start {
            name.push(c);
        } else {
            name.extend(c.to_lowercase());
        }
        at_start = !c.is_alphanumeric();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Takes all tokens of `body` as the mention.
    fn check(body: &str, expected: &str) {
        let text = Text::new(body);
        let mention = Mention { tokens: 0..text.tokens.len(), kind: Kind::Person };
        let name = without_honorifics(&text, &mention).map(|m| display(&text, &m));
        assert_eq!(name.as_deref(), Some(expected).filter(|e| !e.is_empty()));
    }

    #[test]
    fn names_are_displayed_in_title_case_and_without_honorifics() {
        check("JANE O'DOE-ROE", "Jane O'Doe-Roe");
        check("Mrs. Jane van der\nDoe", "Jane van der Doe");
        check("J.R. Doe", "J.R. Doe");
        check("Sir", "");
    }
}
