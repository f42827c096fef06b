//! The class of a word by itself: closed classes here, open ones from a table, the rest by ending. What a word is in
//! its sentence is settled in `units`.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::cues::{self, Attributes};
use super::word_class::Class;
pub(crate) use crate::text::word_key::{key, key_of, key_of_token};

/// What is known of a word by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Known {
    /// [`stem`] of it.
    pub(crate) stem: u32,
    /// Its class in small letters; `None` if neither list nor table has it.
    pub(crate) class: Option<Class>,
    /// What it attributes.
    pub(crate) attributes: Option<Attributes>,
}

/// The table of words, by [`key`].
pub(crate) fn table() -> &'static Table {
    &TABLE
}

/// What is known of a word that the table does not have; of `bare`, its [`key`] is known.
pub(crate) fn unlisted(word: &str, bare: Known) -> Known {
    let stem = regular_stem(word, bare.stem);
    Known { stem, attributes: cues::listed(stem), ..bare }
}

/// [`key`] of the word without its inflection: one for `argue argues argued arguing`. Irregular forms are listed.
pub(crate) fn stem(word: &str) -> u32 {
    let key = key(word);
    IRREGULAR.get(&key).copied().unwrap_or_else(|| regular_stem(word, key))
}

fn regular_stem(word: &str, key_of_word: u32) -> u32 {
    let bytes = word.as_bytes();
    let last = bytes.last().map_or(0, u8::to_ascii_lowercase);
    if !matches!(last, b'g' | b'd' | b's' | b'e' | b'y' | b'i') {
        return key_of_word;
    }
    let cut = |suffix: &str| {
        let rest = bytes.len().checked_sub(suffix.len())?;
        (rest > 2 && bytes[rest..].eq_ignore_ascii_case(suffix.as_bytes())).then_some(rest)
    };
    let mut end = bytes.len();
    if let Some(rest) = cut("ing").or_else(|| cut("ed")) {
        end = rest;
        let last = bytes[end - 1];
        let doubled = end > 3 && last == bytes[end - 2] && !matches!(last, b'l' | b's' | b'e');
        end -= usize::from(doubled);
    } else if cut("ss").is_none() && cut("us").is_none() {
        end = cut("s").unwrap_or(end);
    }
    while end > 3 && matches!(bytes[end - 1], b'e' | b'y' | b'i') {
        end -= 1;
    }
    if end == bytes.len() {
        return key_of_word;
    }
    word.get(..end).map_or(key_of_word, key)
}

/// Is it the name of a day of the week? `said Karimi Saturday`: days are no part of a name.
pub(crate) fn is_day(key: u32) -> bool {
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
pub(crate) fn by_ending(word: &str) -> Class {
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

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut words: FxHashMap<u32, Known> = FxHashMap::default();
    // In the order in which they come first: the commonest words get the slots of their own.
    let mut order = Vec::new();
    let mut add = |word: &str, class| {
        let (key, stem) = (key(word), stem(word));
        words.insert(key, Known { stem, class, attributes: cues::listed(stem) });
        order.push(key);
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
    let mut table = Table { slots: vec![FREE; 1 << TABLE_BITS] };
    order.iter().rev().filter_map(|key| Some((*key, words.remove(key)?))).for_each(
        |(key, known)| {
            table.insert(key, known);
        },
    );
    table
});

/// Binary logarithm of the slots of [`Table`]: some 21,000 words fill a third of them.
const TABLE_BITS: u32 = 16;

/// What is known of words, by [`key`]: open addressing in slots of twelve bytes, so that nearly every look takes one
/// line of the cache.
pub(crate) struct Table {
    slots: Vec<Slot>,
}

#[derive(Clone, Copy)]
struct Slot {
    key: u32,
    stem: u32,
    class: Option<Class>,
    attributes: Option<Attributes>,
    is_taken: bool,
    /// Was it taken when a word came that stands behind it now?
    is_passed: bool,
}

const FREE: Slot =
    Slot { key: 0, stem: 0, class: None, attributes: None, is_taken: false, is_passed: false };

impl Slot {
    fn has(self, key: u32) -> bool {
        self.is_taken && self.key == key
    }

    fn known(self) -> Known {
        let Self { stem, class, attributes, .. } = self;
        Known { stem, class, attributes }
    }
}

impl Table {
    fn insert(&mut self, key: u32, known: Known) {
        let mut at = Self::slot(key);
        while self.slots[at].is_taken {
            self.slots[at].is_passed = true;
            at = (at + 1) % self.slots.len();
        }
        let Known { stem, class, attributes } = known;
        self.slots[at] = Slot { key, stem, class, attributes, is_taken: true, is_passed: false };
    }

    /// What is known of at most `N` words. Their slots are fetched before any is looked at, as what is done next depends on
    /// what they hold, and they lie far from the processor.
    pub(crate) fn get_all<const N: usize>(&self, keys: &[u32]) -> [Option<Known>; N] {
        let mut slots = [FREE; N];
        for (slot, &key) in slots.iter_mut().zip(keys) {
            *slot = self.slots[Self::slot(key)];
        }
        let mut known = [None; N];
        for ((known, slot), &key) in known.iter_mut().zip(slots).zip(keys) {
            *known = std::hint::select_unpredictable(slot.has(key), Some(slot.known()), None);
            if slot.is_passed && !slot.has(key) {
                *known = self.get(key);
            }
        }
        known
    }

    pub(crate) fn get(&self, key: u32) -> Option<Known> {
        let mut at = Self::slot(key);
        loop {
            let slot = self.slots[at];
            if slot.has(key) {
                return Some(slot.known());
            }
            if !slot.is_passed {
                return None;
            }
            at = (at + 1) % self.slots.len();
        }
    }

    fn slot(key: u32) -> usize {
        (key.wrapping_mul(0x9e37_79b9) >> (32 - TABLE_BITS)) as usize
    }
}

static IRREGULAR: LazyLock<FxHashMap<u32, u32>> = LazyLock::new(|| {
    let mut forms = FxHashMap::default();
    for line in IRREGULAR_VERBS {
        let mut words = line.split(' ');
        let Some(base) = words.next() else { continue };
        forms.extend(words.map(|form| (key(form), stem_of_base(base))));
        forms.insert(key(base), stem_of_base(base));
    }
    forms
});

/// The stem of an irregular verb is its base form.
fn stem_of_base(base: &str) -> u32 {
    key(base)
}

/// Base form and irregular forms.
const IRREGULAR_VERBS: &[&str] = &[
    "say says said saying",
    "tell told",
    "think thought",
    "find found",
    "write written wrote",
    "speak spoke spoken",
    "know knew known",
    "see saw seen",
    "feel felt",
    "mean meant",
    "hear heard",
    "understand understood",
    "swear swore sworn",
    "lead led",
    "leave left",
    "send sent",
    "seek sought",
    "fight fought",
    "bring brought",
    "keep kept",
    "hold held",
    "run ran running",
    "take took taken",
    "begin began begun",
    "choose chose chosen",
    "forget forgot forgotten",
    "pay paid pays paying",
    "lay laid",
    "throw threw thrown",
    "draw drew drawn",
    "stand stood",
    "go went gone goes",
    "come came",
    "become became",
    "foresee foresaw foreseen",
    "get got gotten getting",
    "give gave given",
    "make made",
    "shoot shot",
    "sell sold",
    "teach taught",
    "win won winning",
    "lose lost",
    "meet met",
    "break broke broken",
    "sing sang sung",
    "shake shook shaken",
    "strike struck",
    "deny denied denies",
    "try tried tries",
    "reply replied replies",
    "lie lied lies lying",
];

/// The table's names of the open classes.
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
    fn words_looked_up_together_are_known_as_each_is() {
        let keys = ["said", "Whom", "zxqv", "abuses", "", "parliaments"].map(key);
        let each = keys.map(|key| table().get(key));
        assert_eq!(table().get_all::<8>(&keys)[..keys.len()], each);
        assert!(each[0].is_some() && each[2].is_none());
    }

    #[test]
    fn every_word_of_the_lists_is_found() {
        let lines = include_str!("../tables/word_classes.tsv").lines();
        let listed = lines
            .filter(|line| !line.starts_with('#'))
            .flat_map(|line| line.split(['\t', ' ']).skip(1));
        let closed = CLOSED.iter().flat_map(|(_, words)| words.split_whitespace());
        for words in listed.chain(closed).collect::<Vec<_>>().chunks(64) {
            let keys: Vec<u32> = words.iter().map(|word| key(word)).collect();
            let known = table().get_all::<64>(&keys);
            for ((word, key), known) in words.iter().zip(&keys).zip(known) {
                assert!(known.is_some() && known == table().get(*key), "{word}");
            }
        }
    }

    #[test]
    fn words_have_their_class() {
        let check = |word: &str, class| {
            let listed = table().get(key(word)).and_then(|known| known.class);
            assert_eq!(listed.unwrap_or_else(|| by_ending(word)), class, "{word}");
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
