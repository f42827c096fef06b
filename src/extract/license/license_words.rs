//! The table of license words, and how a sentence is searched for them.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};
use memchr::memmem;
use rustc_hash::FxHashSet;

/// What a phrase of the table shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
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
    /// Terms that are planned: `will be`.
    Future,
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
const KINDS: [(&str, Kind); 11] = [
    ("self", Kind::This),
    ("text", Kind::Text),
    ("opening", Kind::Opening),
    ("other", Kind::Other),
    ("reported", Kind::Reported),
    ("future", Kind::Future),
    ("negated", Kind::Negated),
    ("reserved", Kind::Reserved),
    ("forbidden", Kind::Forbidden),
    ("credit", Kind::Credit),
    ("domain", Kind::Domain),
];

struct Table {
    phrases: Vec<(Kind, &'static str)>,
    /// The same, to ask for one.
    set: FxHashSet<(Kind, &'static str)>,
    /// Finds the phrases without their stars, by their numbers.
    finder: Option<AhoCorasick>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut phrases = Vec::new();
    let table = include_str!("../tables/license_words.tsv");
    for line in table.lines().filter(|line| !line.starts_with('#')) {
        let mut columns = line.split('\t');
        let kind = columns.next().and_then(|name| KINDS.iter().find(|(known, _)| *known == name));
        if let (Some(&(_, kind)), Some(list)) = (kind, columns.nth(1)) {
            phrases.extend(list.split(';').map(|phrase| (kind, phrase)));
        }
    }
    let finder = AhoCorasick::new(phrases.iter().map(|(_, phrase)| stem(phrase).0)).ok();
    let set = phrases.iter().copied().collect();
    Table { phrases, set, finder }
});

/// Some words, looked for in one pass.
pub(super) struct AnyOf(Option<AhoCorasick>);

impl AnyOf {
    pub(super) fn new(words: &[&str]) -> Self {
        Self(AhoCorasick::builder().match_kind(MatchKind::LeftmostFirst).build(words).ok())
    }

    /// Where the first of them begins.
    pub(super) fn find(&self, text: &str) -> Option<usize> {
        Some(self.0.as_ref()?.find(text)?.start())
    }

    /// Does any of them stand there?
    pub(super) fn is_in(&self, text: &str) -> bool {
        self.find(text).is_some()
    }
}

/// What stands in every sentence about terms.
pub(super) fn cues() -> impl Iterator<Item = &'static str> {
    let lines = include_str!("../tables/license_words.tsv").lines();
    lines.filter_map(|line| line.strip_prefix("cue\t-\t")).flat_map(|list| list.split(';'))
}

/// The phrases of the table that a sentence holds.
#[derive(Debug)]
pub(super) struct Hits(Vec<(Kind, usize, usize)>);

impl Hits {
    /// All phrases in `folded`, as whole words.
    pub(super) fn of(folded: &str) -> Self {
        let Some(finder) = &TABLE.finder else { return Self(Vec::new()) };
        let hits = finder.find_overlapping_iter(folded).filter_map(|hit| {
            let (kind, phrase) = TABLE.phrases[hit.pattern().as_usize()];
            let open = stem(phrase).1;
            is_whole(folded, hit.start(), hit.end(), open).then_some((kind, hit.start(), hit.end()))
        });
        Self(hits.collect())
    }

    /// Is there a phrase of `kind`?
    pub(super) fn any(&self, kind: Kind) -> bool {
        self.0.iter().any(|(known, ..)| *known == kind)
    }

    /// Is there one that ends before `end`?
    pub(super) fn any_before(&self, kind: Kind, end: usize) -> bool {
        self.0.iter().any(|&(known, _, behind)| known == kind && behind <= end)
    }

    /// Is there one that begins before `at`?
    pub(super) fn any_from_before(&self, kind: Kind, at: usize) -> bool {
        self.0.iter().any(|&(known, start, _)| known == kind && start < at)
    }

    /// Where the first phrase of `kind` begins and ends; the longest of those.
    pub(super) fn first(&self, kind: Kind) -> Option<(usize, usize)> {
        let of_kind = self.0.iter().filter(|(known, ..)| *known == kind);
        of_kind
            .map(|&(_, start, end)| (start, end))
            .min_by_key(|&(start, end)| (start, usize::MAX - end))
    }

    /// The end of the longest phrase of `kind` at the very start.
    pub(super) fn opening(&self, kind: Kind) -> Option<usize> {
        self.first(kind).filter(|&(start, _)| start == 0).map(|(_, end)| end)
    }
}

/// Is `word` a phrase of `kind`?
pub(super) fn is_phrase(word: &str, kind: Kind) -> bool {
    TABLE.set.contains(&(kind, word))
}

/// Where `phrase` stands as whole words; a star stands for any ending.
pub(super) fn find(folded: &str, phrase: &str) -> Option<(usize, usize)> {
    let (stem, open) = stem(phrase);
    memmem::find_iter(folded.as_bytes(), stem.as_bytes())
        .map(|start| (start, start + stem.len()))
        .find(|&(start, end)| is_whole(folded, start, end, open))
}

fn is_whole(folded: &str, start: usize, end: usize, open: bool) -> bool {
    !folded[..start].ends_with(char::is_alphanumeric)
        && (open || !folded[end..].starts_with(char::is_alphanumeric))
}

/// The phrase without its star, and whether it had one.
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
        assert_eq!(Hits::of("licensed under x").opening(Kind::Opening), Some(14));
        assert!(Hits::of("all rights reserved.").any(Kind::Reserved));
        assert!(!Hits::of("this workshop").any(Kind::This));
    }

    #[test]
    fn folding_keeps_offsets() {
        for sentence in ["Ärger İstanbul ẞ", "© ЛИЦЕНЗИЯ"] {
            assert_eq!(fold(sentence).len(), sentence.len());
        }
    }
}
