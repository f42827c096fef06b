//! The listed words that attribute, and what they attribute. Whether one does so in its sentence is decided in `cues`.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::inflection::stem;

/// What a listed word attributes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Attributes {
    /// Words said or written.
    Speech,
    /// Thoughts, wishes, stances.
    Belief,
    /// *the claim that …*
    SpeechNoun,
    /// *the belief that …*
    BeliefNoun,
    /// *is confident that …*
    State,
    /// *according to*, *reportedly*
    Stance,
}

/// What the word with this [`stem`] attributes, if it is listed.
pub(super) fn attributes(stem: u32) -> Option<Attributes> {
    CUE_WORDS.get(&stem).copied()
}

static CUE_WORDS: LazyLock<FxHashMap<u32, Attributes>> = LazyLock::new(|| {
    let mut words = FxHashMap::default();
    for line in include_str!("../tables/cues.tsv").lines().filter(|line| !line.starts_with('#')) {
        let Some((name, list)) = line.split_once('\t') else { continue };
        let attributes = match name {
            "speech" => Attributes::Speech,
            "belief" => Attributes::Belief,
            "speech-noun" => Attributes::SpeechNoun,
            "belief-noun" => Attributes::BeliefNoun,
            "state" => Attributes::State,
            _ => Attributes::Stance,
        };
        for word in list.split(' ') {
            words.entry(stem(word)).or_insert(attributes);
        }
    }
    words
});
