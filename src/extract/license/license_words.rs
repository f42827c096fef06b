//! The phrases of `tables/license_words.tsv`, and the search of a sentence for them.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};
use memchr::memmem;
use rustc_hash::FxHashSet;

/// What a phrase of the table indicates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum PhraseKind {
    /// The article itself: `this article`.
    ThisArticle,
    /// Text in general: `content`.
    Text,
    /// The opening of a sentence about terms: `licensed under`.
    Opening,
    /// Pictures, programs and other works.
    OtherWork,
    /// The sentence reports news rather than terms.
    Reported,
    /// Planned terms: `will be`.
    Future,
    /// `not licensed`.
    Negated,
    /// `all rights reserved`.
    Reserved,
    /// `may not be reproduced`.
    Forbidden,
    /// `may be reproduced with credit`.
    ReproductionWithCredit,
    /// `public domain`.
    PublicDomain,
    /// The words of agencies for their texts: `dispatch`.
    AgencyText,
    /// Acts that only texts and the like undergo: `redistribution`.
    Copying,
    /// Acts that other things undergo, too: `use`.
    Use,
    /// `only`.
    Only,
    /// `must not`.
    Ban,
    /// `without`.
    Without,
    /// `consent`.
    Leave,
    /// Those who may use what an agency sends: `subscribers`.
    Users,
    /// The same, of any other society: `members`.
    Members,
    /// How a sentence opens that is only about a purpose: `for`.
    Purpose,
    /// How a notice opens that needs no other words: `not for publication`.
    Notice,
    /// `forbids`.
    OwnersBan,
    /// `protected by copyright`.
    Property,
}

/// The names of the kinds in the table.
const KINDS: [(&str, PhraseKind); 24] = [
    ("self", PhraseKind::ThisArticle),
    ("text", PhraseKind::Text),
    ("opening", PhraseKind::Opening),
    ("other", PhraseKind::OtherWork),
    ("reported", PhraseKind::Reported),
    ("future", PhraseKind::Future),
    ("negated", PhraseKind::Negated),
    ("reserved", PhraseKind::Reserved),
    ("forbidden", PhraseKind::Forbidden),
    ("credit", PhraseKind::ReproductionWithCredit),
    ("domain", PhraseKind::PublicDomain),
    ("dispatch", PhraseKind::AgencyText),
    ("copying", PhraseKind::Copying),
    ("use", PhraseKind::Use),
    ("only", PhraseKind::Only),
    ("ban", PhraseKind::Ban),
    ("without", PhraseKind::Without),
    ("leave", PhraseKind::Leave),
    ("users", PhraseKind::Users),
    ("members", PhraseKind::Members),
    ("purpose", PhraseKind::Purpose),
    ("notice", PhraseKind::Notice),
    ("forbids", PhraseKind::OwnersBan),
    ("property", PhraseKind::Property),
];

struct PhraseTable {
    phrases: Vec<(PhraseKind, &'static str)>,
    /// The same phrases, for exact look-up.
    set: FxHashSet<(PhraseKind, &'static str)>,
    /// Finds the phrases without their stars; pattern numbers index `phrases`.
    finder: Option<AhoCorasick>,
}

static TABLE: LazyLock<PhraseTable> = LazyLock::new(|| {
    let mut phrases = Vec::new();
    let table = include_str!("../tables/license_words.tsv");
    for line in table.lines().filter(|line| !line.starts_with('#')) {
        let mut columns = line.split('\t');
        let kind = columns.next().and_then(|name| KINDS.iter().find(|(known, _)| *known == name));
        if let (Some(&(_, kind)), Some(list)) = (kind, columns.nth(1)) {
            phrases.extend(list.split(';').map(|phrase| (kind, phrase)));
        }
    }
    let finder = AhoCorasick::new(phrases.iter().map(|(_, phrase)| without_star(phrase).0)).ok();
    let set = phrases.iter().copied().collect();
    PhraseTable { phrases, set, finder }
});

/// Finds any of several words in one pass.
pub(super) struct AnyOf(Option<AhoCorasick>);

impl AnyOf {
    pub(super) fn new(words: &[&str]) -> Self {
        Self(AhoCorasick::builder().match_kind(MatchKind::LeftmostFirst).build(words).ok())
    }

    /// The byte at which the first of the words begins.
    pub(super) fn find(&self, text: &str) -> Option<usize> {
        Some(self.0.as_ref()?.find(text)?.start())
    }

    /// Whether `text` holds any of the words.
    pub(super) fn is_in(&self, text: &str) -> bool {
        self.find(text).is_some()
    }
}

/// The words of which at least one is in every sentence about terms.
pub(super) fn cues() -> impl Iterator<Item = &'static str> {
    let lines = include_str!("../tables/license_words.tsv").lines();
    lines.filter_map(|line| line.strip_prefix("cue\t-\t")).flat_map(|list| list.split(';'))
}

/// The phrases of the table found in a sentence, with their bytes `[start, end)`.
#[derive(Debug)]
pub(super) struct PhraseHits(Vec<(PhraseKind, usize, usize)>);

impl PhraseHits {
    /// All phrases that stand in `folded` as whole words.
    pub(super) fn of(folded: &str) -> Self {
        let Some(finder) = &TABLE.finder else { return Self(Vec::new()) };
        let hits = finder.find_overlapping_iter(folded).filter_map(|hit| {
            let (kind, phrase) = TABLE.phrases[hit.pattern().as_usize()];
            let (_, is_prefix) = without_star(phrase);
            let is_hit = are_words(folded, hit.start(), hit.end(), is_prefix);
            let rest = &folded[hit.end()..];
            let is_in_word = |c: char| is_prefix && c.is_alphanumeric();
            let ending = rest.find(|c| !is_in_word(c)).unwrap_or(rest.len());
            is_hit.then_some((kind, hit.start(), hit.end() + ending))
        });
        Self(hits.collect())
    }

    /// The bytes `[start, end)` of the phrases of `kind`.
    pub(super) fn of_kind(&self, kind: PhraseKind) -> impl Iterator<Item = (usize, usize)> {
        let of_kind = self.0.iter().filter(move |(other, ..)| *other == kind);
        of_kind.map(|&(_, start, end)| (start, end))
    }

    /// Whether the sentence holds a phrase of `kind`.
    pub(super) fn any(&self, kind: PhraseKind) -> bool {
        self.of_kind(kind).next().is_some()
    }

    /// Whether a phrase of `kind` ends at byte `at` or before.
    pub(super) fn any_ends_by(&self, kind: PhraseKind, at: usize) -> bool {
        self.of_kind(kind).any(|(_, end)| end <= at)
    }

    /// Whether a phrase of `kind` begins before byte `at`.
    pub(super) fn any_begins_before(&self, kind: PhraseKind, at: usize) -> bool {
        self.of_kind(kind).any(|(start, _)| start < at)
    }

    /// The bytes `[start, end)` of the first phrase of `kind`, the longest if several begin there.
    pub(super) fn first(&self, kind: PhraseKind) -> Option<(usize, usize)> {
        self.of_kind(kind).min_by_key(|&(start, end)| (start, usize::MAX - end))
    }

    /// The end of the longest phrase of `kind` that opens the sentence.
    pub(super) fn opening(&self, kind: PhraseKind) -> Option<usize> {
        self.first(kind).filter(|&(start, _)| start == 0).map(|(_, end)| end)
    }
}

/// Whether the table has `word` as a phrase of `kind`.
pub(super) fn is_phrase(word: &str, kind: PhraseKind) -> bool {
    TABLE.set.contains(&(kind, word))
}

/// The bytes `[start, end)` of `phrase` as whole words; a final `*` stands for any ending.
pub(super) fn find(folded: &str, phrase: &str) -> Option<(usize, usize)> {
    let (phrase, is_prefix) = without_star(phrase);
    memmem::find_iter(folded.as_bytes(), phrase.as_bytes())
        .map(|start| (start, start + phrase.len()))
        .find(|&(start, end)| are_words(folded, start, end, is_prefix))
}

/// Whether the bytes from `start` to `end` are whole words, of which the last may be a prefix if `is_prefix`.
fn are_words(folded: &str, start: usize, end: usize, is_prefix: bool) -> bool {
    // Chinese, Japanese and Korean sentences have no blanks between words.
    let has_blanks = folded[start..].starts_with(|c: char| c < '\u{2e80}');
    let is_bounded = !folded[..start].ends_with(char::is_alphanumeric)
        && (is_prefix || !folded[end..].starts_with(char::is_alphanumeric));
    is_bounded || !has_blanks
}

/// The phrase without its final star, and whether it had one.
fn without_star(phrase: &str) -> (&str, bool) {
    phrase.strip_suffix('*').map_or((phrase, false), |prefix| (prefix, true))
}

/// `sentence` in lower case, with the same length in bytes, so that offsets hold in both.
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
        assert_eq!(PhraseHits::of("licensed under x").opening(PhraseKind::Opening), Some(14));
        assert!(PhraseHits::of("all rights reserved.").any(PhraseKind::Reserved));
        assert!(!PhraseHits::of("this workshop").any(PhraseKind::ThisArticle));
    }

    #[test]
    fn folding_keeps_offsets() {
        for sentence in ["Ärger İstanbul ẞ", "© ЛИЦЕНЗИЯ"] {
            assert_eq!(fold(sentence).len(), sentence.len());
        }
    }
}
