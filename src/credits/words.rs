//! The table of the words of credits: what a word may do there, by itself. What it does is decided by its place.

use std::ops::BitOr;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::tables::tsv;

/// What a word may do in a credit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Kinds(u32);

impl Kinds {
    /// Ends a label: *by*, *von*.
    pub(super) const BY: Self = Self(1);
    /// As [`Self::BY`], but also a name: *Oleh*.
    pub(super) const DOUBTFUL_BY: Self = Self(1 << 1);
    /// Says that someone wrote: *written*, *author*, *text*.
    pub(super) const LABEL: Self = Self(1 << 2);
    /// What was written: *analysis*, *interview*.
    pub(super) const GENRE: Self = Self(1 << 3);
    /// What is no writing: *photos*, *edited*.
    pub(super) const OTHER_WORK: Self = Self(1 << 4);
    /// Ends a label behind a word for a work: *de* in `Reportage de`.
    pub(super) const OF: Self = Self(1 << 23);
    /// Ends a label that does not say that someone wrote: *about*.
    pub(super) const ABOUT: Self = Self(1 << 25);
    /// *the*, *der*.
    pub(super) const ARTICLE: Self = Self(1 << 5);
    /// Joins names: *and*.
    pub(super) const AND: Self = Self(1 << 6);
    /// Is followed by further sources: *avec* in `Jane Doe avec AFP`.
    pub(super) const WITH: Self = Self(1 << 7);
    /// Is followed by an outlet: *for*.
    pub(super) const FOR: Self = Self(1 << 8);
    /// Is followed by a place: *in*, *aus*.
    pub(super) const IN: Self = Self(1 << 9);
    /// Begins what is said about a writer: *is* in `Jane Doe is a reporter`.
    pub(super) const IS: Self = Self(1 << 10);
    /// Stands before a date: *on*, *am*.
    pub(super) const WHEN: Self = Self(1 << 11);
    /// The head of a role: *correspondent*.
    pub(super) const ROLE: Self = Self(1 << 12);
    /// A part of a newsroom, or what supplies it: *desk*, *bureau*, *agencies*.
    pub(super) const UNIT: Self = Self(1 << 24);
    /// Stands before the head of a role: *political*.
    pub(super) const MODIFIER: Self = Self(1 << 13);
    /// An editorial office: *Redaktion*.
    pub(super) const NEWSROOM: Self = Self(1 << 14);
    /// What a reader of a page can do: *follow*, *share*.
    pub(super) const BUTTON: Self = Self(1 << 15);
    /// Stands beside such words: *more*, *minutes*.
    pub(super) const INTERFACE: Self = Self(1 << 16);
    /// A whole value that names no one: *admin*, *press release*.
    pub(super) const NOBODY: Self = Self(1 << 17);
    /// A degree, in capitals: *MD*, *Ph.D.*
    pub(super) const DEGREE: Self = Self(1 << 18);
    /// What follows a name in any case: *Jr.*
    pub(super) const GENERATION: Self = Self(1 << 19);
    /// A word of outlets' and institutions' names: *gazette*.
    pub(super) const OUTLET: Self = Self(1 << 20);
    /// Stands before a name in Chinese, Japanese or Korean, perhaps without a space: *记者*.
    pub(super) const BEFORE: Self = Self(1 << 21);
    /// Stands behind such a name: *기자*.
    pub(super) const BEHIND: Self = Self(1 << 22);

    /// Whether it may do one of these.
    pub(super) fn any(self, kinds: Self) -> bool {
        self.0 & kinds.0 != 0
    }
}

impl BitOr for Kinds {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// The names of the kinds in the table.
const NAMES: &[(&str, Kinds)] = &[
    ("by", Kinds::BY),
    ("doubtful", Kinds::DOUBTFUL_BY),
    ("label", Kinds::LABEL),
    ("genre", Kinds::GENRE),
    ("other", Kinds::OTHER_WORK),
    ("of", Kinds::OF),
    ("about", Kinds::ABOUT),
    ("article", Kinds::ARTICLE),
    ("and", Kinds::AND),
    ("with", Kinds::WITH),
    ("for", Kinds::FOR),
    ("in", Kinds::IN),
    ("is", Kinds::IS),
    ("when", Kinds::WHEN),
    ("role", Kinds::ROLE),
    ("unit", Kinds::UNIT),
    ("modifier", Kinds::MODIFIER),
    ("newsroom", Kinds::NEWSROOM),
    ("button", Kinds::BUTTON),
    ("interface", Kinds::INTERFACE),
    ("nobody", Kinds::NOBODY),
    ("suffix", Kinds::DEGREE),
    ("generation", Kinds::GENERATION),
    ("outlet", Kinds::OUTLET),
    ("before", Kinds::BEFORE),
    ("behind", Kinds::BEHIND),
];

const TABLE: &str = include_str!("words.tsv");

static WORDS: LazyLock<FxHashMap<&'static str, Kinds>> = LazyLock::new(|| {
    let mut words: FxHashMap<&'static str, Kinds> = FxHashMap::default();
    for [name, _, list] in tsv::rows(TABLE) {
        let kind = NAMES.iter().find(|(known, _)| *known == name).map(|(_, kind)| *kind);
        for word in tsv::list(list) {
            let kinds = words.entry(word).or_default();
            *kinds = *kinds | kind.unwrap_or_default();
        }
    }
    words
});

/// Marks around a word that do not belong to it.
const MARKS: &[char] =
    &['.', ',', ':', '：', '(', ')', '[', ']', '"', '\'', '“', '”', '„', '<', '>', '*', '-', '–'];

/// What `word`, or a whole value, may do. Of a compound the last part counts if it is a role or an editorial office
/// (`HARBOUR-Redakteur`); words with strokes between them do what each does (`Text/Photos`).
pub(super) fn kinds(word: &str) -> Kinds {
    let lower = word.trim_matches(MARKS).to_lowercase();
    if let Some(kinds) = WORDS.get(lower.as_str()) {
        return *kinds;
    }
    if let Some((_, last)) = lower.rsplit_once('-') {
        let last = WORDS.get(last).copied().unwrap_or_default();
        return Kinds(last.0 & (Kinds::ROLE | Kinds::NEWSROOM).0);
    }
    if lower.contains('/') {
        let parts: Option<Vec<Kinds>> =
            lower.split('/').map(|part| WORDS.get(part).copied()).collect();
        return parts.unwrap_or_default().into_iter().fold(Kinds::default(), Kinds::bitor);
    }
    Kinds::default()
}

/// The listed words that stand before or behind a name without a space, the longest first.
pub(super) fn of_kind(kind: Kinds) -> impl Iterator<Item = &'static str> {
    let mut words: Vec<&'static str> =
        WORDS.iter().filter(|(_, kinds)| kinds.any(kind)).map(|(word, _)| *word).collect();
    words.sort_by_key(|word| (std::cmp::Reverse(word.len()), *word));
    words.into_iter()
}

/// The words of `text`, each with its first byte.
pub(super) fn words(text: &str) -> impl DoubleEndedIterator<Item = (usize, &str)> {
    text.split_whitespace().map(|word| (word.as_ptr() as usize - text.as_ptr() as usize, word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_clean() {
        for [name, _, list] in tsv::rows(TABLE) {
            assert!(NAMES.iter().any(|(known, _)| *known == name), "{name}");
            for word in tsv::list(list) {
                assert_eq!(word, word.trim_matches(MARKS).to_lowercase(), "{name}");
            }
        }
    }

    #[test]
    fn compounds_do_what_their_parts_do() {
        assert!(kinds("HARBOUR-online-Redakteur").any(Kinds::ROLE));
        assert!(kinds("Text/Fotos:").any(Kinds::LABEL));
        assert_eq!(kinds("Anne-Marie"), Kinds::default());
    }
}
