//! Words by themselves: the classes of the closed ones here, of the open ones from a table, of the rest by ending. What a
//! word is in its sentence is decided in `context`.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::cue_words::{Attributes, attributes};
use super::inflection::{IRREGULAR_VERBS, regular_stem, stem};
use super::word_class::Class;
use crate::text::word_key::{key, key_of};

/// A word by itself, whatever its sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct WordEntry {
    /// Its [`stem`].
    pub(super) stem: u32,
    /// Its class in lower case; `None` if neither list nor table has it.
    pub(super) class: Option<Class>,
    /// What it attributes.
    pub(super) attributes: Option<Attributes>,
}

/// The entry of the word with this [`key`], if it is listed.
pub(super) fn listed(key: u32) -> Option<WordEntry> {
    WORDS.get(&key).copied()
}

/// The entry of a word that is not listed; `key` is its [`key`].
pub(super) fn unlisted(word: &str, key: u32) -> WordEntry {
    let stem = regular_stem(word, key);
    WordEntry { stem, class: None, attributes: attributes(stem) }
}

/// Whether it is the [`key`] of a day of the week. Days are no part of a name: `said Karimi Saturday`.
pub(super) fn is_day(key: u32) -> bool {
    const DAYS: [u32; 7] = [
        key_of("monday"),
        key_of("tuesday"),
        key_of("wednesday"),
        key_of("thursday"),
        key_of("friday"),
        key_of("saturday"),
        key_of("sunday"),
    ];
    DAYS.contains(&key)
}

/// The class that the ending suggests.
pub(super) fn by_ending(word: &str) -> Class {
    let ends = |endings: &[&str]| endings.iter().any(|e| word.ends_with(e));
    let last = word.as_bytes().last().copied().unwrap_or_default();
    match last {
        b'y' if ends(&["ly"]) => Class::Adverb,
        b'g' if ends(&["ing"]) => Class::Ing,
        b'd' if ends(&["ed"]) => Class::Past,
        _ if word.bytes().any(|byte| byte == b'-') => Class::Adjective,
        b's' if !ends(&["ss", "us", "is"]) => Class::Nouns,
        b'e' if ends(&["able", "ible", "ive"]) => Class::Adjective,
        b'l' if ends(&["ful", "al"]) => Class::Adjective,
        b'h' if ends(&["ish"]) => Class::Adjective,
        b'c' if ends(&["ic"]) => Class::Adjective,
        _ => Class::Noun,
    }
}

/// All listed words, by their [`key`]s. A hash table that fetched 64 words at a time took 14 ns a token instead of 7 to 8.
static WORDS: LazyLock<FxHashMap<u32, WordEntry>> = LazyLock::new(|| {
    let mut entries = FxHashMap::default();
    let mut add = |word: &str, class| {
        let (key, stem) = (key(word), stem(word));
        entries.insert(key, WordEntry { stem, class, attributes: attributes(stem) });
    };
    for form in IRREGULAR_VERBS.iter().flat_map(|line| line.split(' ')) {
        add(form, None);
    }
    let lines = include_str!("../tables/word_classes.tsv").lines();
    for line in lines.filter(|line| !line.starts_with('#')) {
        let Some((name, words)) = line.split_once('\t') else { continue };
        let Some(class) = named(name) else { continue };
        words.split(' ').for_each(|word| add(word, Some(class)));
    }
    for (class, words) in CLOSED {
        words.split_whitespace().for_each(|word| add(word, Some(*class)));
    }
    entries
});

/// The open class of this name in the table.
fn named(name: &str) -> Option<Class> {
    Some(match name {
        "NN" => Class::Noun,
        "NNS" => Class::Nouns,
        "JJ" | "JV" => Class::Adjective,
        "RB" => Class::Adverb,
        "CD" => Class::Number,
        "VB" | "VBP" => Class::Present,
        "VBZ" => Class::Third,
        "VBD" => Class::Past,
        "VBN" => Class::Participle,
        "VBG" => Class::Ing,
        "MD" => Class::Modal,
        "IN" => Class::Preposition,
        "NV" => Class::NounVerb,
        "NVS" => Class::NounsVerb,
        _ => return None,
    })
}

/// Words of the closed classes, and common ones that the table gets wrong for news.
const CLOSED: &[(Class, &str)] = &[
    (
        Class::Pronoun,
        "i you he she it we they me him us them himself herself itself themselves myself yourself \
         ourselves someone somebody anyone anybody everyone everybody nobody nothing something \
         anything everything none i'm i've i'd i'll you're you've you'd you'll he'd he'll she'd \
         she'll it'd it'll we're we've we'd we'll they're they've they'd they'll mine theirs ours \
         hers others there",
    ),
    (Class::Possessive, "my your his her its our their whose"),
    (
        Class::Determiner,
        "the a an this these those some any each every no another all both either neither many \
         several few most such half much",
    ),
    (Class::Be, "be is are was were been being am isn't aren't wasn't weren't ain't"),
    (Class::Have, "have has had having haven't hasn't hadn't"),
    (Class::Do, "do does did don't doesn't didn't"),
    (
        Class::Modal,
        "will would can could may might must shall should can't cannot couldn't won't wouldn't \
         shouldn't mustn't needn't ought",
    ),
    (Class::Not, "not never n't"),
    (Class::To, "to"),
    (
        Class::Preposition,
        "of in on at by for with from about against between into through during over under after \
         before toward towards upon within without among amid across behind beyond near off onto \
         per via like as than since until till despite regarding concerning including around \
         along throughout except outside inside above below beneath besides alongside down up out \
         according",
    ),
    (Class::Subordinator, "because although though while whereas unless whether if once lest"),
    (Class::Conjunction, "and or but nor yet plus"),
    (Class::That, "that"),
    (Class::Wh, "who whom which what when where why how whoever whatever whichever whenever"),
    (
        Class::Past,
        "said told thought found felt knew saw wrote read meant heard held made came went \
                   got gave took put let led left kept met paid ran sent set stood won lost brought",
    ),
    (Class::Third, "says tells thinks"),
    (Class::Present, "say tell think believe know want"),
    (
        Class::Adverb,
        "also too then here now just only even still already again ever so later ago \
                     once twice very quite rather almost perhaps maybe however today tonight yesterday tomorrow",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_of_the_lists_is_found() {
        let lines = include_str!("../tables/word_classes.tsv").lines();
        let listed = lines
            .filter(|line| !line.starts_with('#'))
            .flat_map(|line| line.split(['\t', ' ']).skip(1));
        let closed = CLOSED.iter().flat_map(|(_, words)| words.split_whitespace());
        for word in listed.chain(closed) {
            let entry = super::listed(key(word));
            assert!(entry.is_some_and(|entry| entry.stem == stem(word)), "{word}");
        }
    }

    #[test]
    fn words_have_their_class() {
        let check = |word: &str, class| {
            let entry = listed(key(word));
            assert_eq!(
                entry.and_then(|entry| entry.class).unwrap_or_else(|| by_ending(word)),
                class,
                "{word}"
            );
        };
        check("said", Class::Past);
        check("Didn’t", Class::Do);
        check("parliament", Class::Noun);
        check("abuses", Class::NounsVerb);
        check("quickly", Class::Adverb);
        check("remarked", Class::Past);
        check("whom", Class::Wh);
        assert_eq!(key_of("said"), key("SAID"));
    }
}
