//! Words without their inflection: one stem for `argue argues argued arguing`.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::text::word_key::key;

/// [`key`] of the word without its inflection: one for `argue argues argued arguing`. Irregular forms are listed.
pub(super) fn stem(word: &str) -> u32 {
    let key = key(word);
    IRREGULAR.get(&key).copied().unwrap_or_else(|| regular_stem(word, key))
}

/// [`stem`] of a word that is not in [`IRREGULAR_VERBS`]; `key_of_word` is its [`key`].
pub(super) fn regular_stem(word: &str, key_of_word: u32) -> u32 {
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

/// The stem of each form of an irregular verb, by their [`key`]s.
static IRREGULAR: LazyLock<FxHashMap<u32, u32>> = LazyLock::new(|| {
    let mut forms = FxHashMap::default();
    for line in IRREGULAR_VERBS {
        let mut words = line.split(' ');
        let Some(base) = words.next() else { continue };
        forms.extend(words.map(|form| (key(form), key(base))));
        forms.insert(key(base), key(base));
    }
    forms
});

/// The base form, which is the stem, and its irregular forms.
pub(super) const IRREGULAR_VERBS: &[&str] = &[
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
