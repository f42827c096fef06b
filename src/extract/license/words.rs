//! The table of license words, and how a sentence is searched for them.

use std::sync::LazyLock;

use memchr::memmem;

/// What a phrase of the table shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// The article itself: `this article`.
    This,
    /// What it consists of: `content`.
    Text,
    /// How a sentence about it opens: `licensed under`.
    Opening,
    /// Pictures, programs and the like.
    Other,
    /// The story's words, not the publisher's.
    Reported,
    /// `not licensed`.
    Negated,
    /// `all rights reserved`.
    Reserved,
    /// `may not be reproduced`.
    Forbidden,
    /// `may be reproduced with credit`.
    Credit,
    /// `public domain`.
    Domain,
}

/// All kinds in the order of their numbers.
const KINDS: [(&str, Kind); 10] = [
    ("self", Kind::This),
    ("text", Kind::Text),
    ("opening", Kind::Opening),
    ("other", Kind::Other),
    ("reported", Kind::Reported),
    ("negated", Kind::Negated),
    ("reserved", Kind::Reserved),
    ("forbidden", Kind::Forbidden),
    ("credit", Kind::Credit),
    ("domain", Kind::Domain),
];

static PHRASES: LazyLock<Vec<(Kind, &'static str)>> = LazyLock::new(|| {
    let mut phrases = Vec::new();
    let table = include_str!("../tables/license_words.tsv");
    for line in table.lines().filter(|line| !line.starts_with('#')) {
        let mut columns = line.split('\t');
        let kind = columns.next().and_then(|name| KINDS.iter().find(|(known, _)| *known == name));
        if let (Some(&(_, kind)), Some(list)) = (kind, columns.nth(1)) {
            phrases.extend(list.split(';').map(|phrase| (kind, phrase)));
        }
    }
    phrases
});

/// All phrases of a kind.
pub(super) fn of(kind: Kind) -> impl Iterator<Item = &'static str> {
    PHRASES.iter().filter(move |(known, _)| *known == kind).map(|(_, phrase)| *phrase)
}

/// Where the first phrase of `kind` in `folded` begins and ends.
pub(super) fn first(folded: &str, kind: Kind) -> Option<(usize, usize)> {
    of(kind).filter_map(|phrase| find(folded, phrase)).min_by_key(|&(start, end)| (start, usize::MAX - end))
}

/// Is there a phrase of `kind`?
pub(super) fn any(folded: &str, kind: Kind) -> bool {
    of(kind).any(|phrase| find(folded, phrase).is_some())
}

/// The end of the longest phrase of `kind` that opens `folded`.
pub(super) fn opens(folded: &str, kind: Kind) -> Option<usize> {
    of(kind)
        .filter_map(|phrase| {
            let (stem, open) = stem(phrase);
            let rest = folded.strip_prefix(stem)?;
            (open || !rest.starts_with(char::is_alphanumeric)).then_some(stem.len())
        })
        .max()
}

/// Where `phrase` stands as whole words.
pub(super) fn find(folded: &str, phrase: &str) -> Option<(usize, usize)> {
    let (stem, open) = stem(phrase);
    memmem::find_iter(folded.as_bytes(), stem.as_bytes())
        .map(|start| (start, start + stem.len()))
        .find(|&(start, end)| {
            !folded[..start].ends_with(char::is_alphanumeric)
                && (open || !folded[end..].starts_with(char::is_alphanumeric))
        })
}

fn stem(phrase: &str) -> (&str, bool) {
    phrase.strip_suffix('*').map_or((phrase, false), |stem| (stem, true))
}

/// Small letters, straight apostrophes left as they are, of the same length in bytes: offsets hold in both.
pub(super) fn fold(sentence: &str) -> String {
    let mut folded = String::with_capacity(sentence.len());
    for c in sentence.chars() {
        let mut lower = c.to_lowercase();
        match (lower.next(), lower.next()) {
            (Some(small), None) if small.len_utf8() == c.len_utf8() => folded.push(small),
            _ => folded.push(c),
        }
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_are_found_as_whole_words() {
        assert_eq!(find("this workshop; this work", "this work"), Some((15, 24)));
        assert_eq!(find("puede ser reproducida", "reproducid*"), Some((10, 20)));
        assert_eq!(opens("licensed under x", Kind::Opening), Some(14));
        assert!(any("all rights reserved.", Kind::Reserved));
    }

    #[test]
    fn folding_keeps_offsets() {
        for sentence in ["Ärger İstanbul ẞ", "© ЛИЦЕНЗИЯ"] {
            assert_eq!(fold(sentence).len(), sentence.len());
        }
    }
}
