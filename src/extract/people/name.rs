//! The words of a name: what they are compared by, and how the name is shown.

use super::words;
use crate::extract::names::{Kind, Mention};
use crate::text::hash;
use crate::text::segmentation::{Shape, Text};

/// Parts behind a name that tell father from son; they are no surname.
const GENERATIONS: &[&str] = &["II", "III", "IV", "Jr", "Jr.", "Sr", "Sr.", "jr", "jr."];

/// A word of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Part {
    /// Its hash without case and accents; of the letter alone for an initial.
    pub(super) hash: u32,
    /// Is only its first letter given (`J.`)? Then that letter, small.
    pub(super) initial: Option<char>,
    /// Its first letter, small.
    pub(super) letter: char,
}

/// A person's mention without titles around the name (`Mr. Doe`); nothing if no name is left.
pub(super) fn untitled(text: &Text<'_>, mention: &Mention) -> Option<Mention> {
    let titled = |&i: &usize| words::is_honorific(text.word(i));
    let mut tokens = mention.tokens.clone();
    tokens.start = tokens.clone().find(|i| !titled(i))?;
    tokens.end = tokens.clone().rfind(|i| !titled(i))? + 1;
    (mention.kind == Kind::Person).then_some(Mention { tokens, kind: Kind::Person })
}

/// The words of a mention, without particles, generations and marks.
pub(super) fn parts(text: &Text<'_>, mention: &Mention) -> Vec<Part> {
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

/// The fullest form among a person's mentions: most words, then not in capitals, then longest, then first.
pub(super) fn fullest(text: &Text<'_>, group: &[&Mention]) -> String {
    if let [only] = group {
        return shown(text, only);
    }
    let worth = |mention: &Mention| {
        let shouted = mention.tokens.clone().all(|i| is_shouted(text, i));
        (parts(text, mention).len(), !shouted, text.span(mention.tokens.clone()).len())
    };
    let best = group.iter().rev().max_by_key(|mention| worth(mention));
    best.map(|mention| shown(text, mention)).unwrap_or_default()
}

/// A name as it is shown: single spaces, title case where the text has capitals only.
pub(super) fn shown(text: &Text<'_>, mention: &Mention) -> String {
    let mut name = String::new();
    let shouted = mention.tokens.clone().all(|i| is_shouted(text, i));
    for i in mention.tokens.clone() {
        if text.tokens[i].spaced && !name.is_empty() {
            name.push(' ');
        }
        if shouted {
            title_case(&mut name, text.word(i));
        } else {
            name.push_str(text.word(i));
        }
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
            name.push(c);
        } else {
            name.extend(c.to_lowercase());
        }
        opens = !c.is_alphanumeric();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All tokens of `body` are the mention.
    fn check(body: &str, expected: &str) {
        let text = Text::new(body);
        let mention = Mention { tokens: 0..text.tokens.len(), kind: Kind::Person };
        let name = untitled(&text, &mention).map(|m| shown(&text, &m));
        assert_eq!(name.as_deref(), Some(expected).filter(|e| !e.is_empty()));
    }

    #[test]
    fn names_are_shown_in_title_case_and_without_titles() {
        check("JANE O'DOE-ROE", "Jane O'Doe-Roe");
        check("Mrs. Jane van der\nDoe", "Jane van der Doe");
        check("J.R. Doe", "J.R. Doe");
        check("Sir", "");
    }
}
