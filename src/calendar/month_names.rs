//! Names of months and of days of the week, in the languages of `months.tsv`.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::text::fold;

/// No name in the table is longer, in bytes.
const LONGEST: usize = 48;

/// What a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Name {
    /// 1 to 12; 0 for a day of the week.
    month: u8,
    is_english: bool,
}

/// The names by their [folded](fold) forms.
static NAMES: LazyLock<FxHashMap<String, Name>> = LazyLock::new(|| {
    let mut names = FxHashMap::default();
    for (language, month, form) in forms() {
        names.entry(fold(form)).or_insert(Name { month, is_english: language == "en" });
    }
    names
});

/// The rows of the table: language, month or 0, and one form.
fn forms() -> impl Iterator<Item = (&'static str, u8, &'static str)> {
    let rows = include_str!("months.tsv").lines().filter(|line| !line.starts_with('#'));
    rows.flat_map(|row| {
        let mut columns = row.split('\t');
        let language = columns.next().unwrap_or_default();
        // The thirteenth column has the days.
        let months = (1..=12).chain([0]);
        let columns = columns.zip(months);
        columns.flat_map(move |(forms, month)| {
            forms.split_ascii_whitespace().map(move |form| (language, month, form))
        })
    })
}

/// The month that `word` names, 1 to 12, in any language and case, with or without a full stop.
pub(crate) fn month(word: &str) -> Option<u8> {
    name(word).map(|name| name.month).filter(|&month| month > 0)
}

/// Whether `word` names a month in other languages than English alone: many short names are words there.
pub(crate) fn is_foreign(word: &str) -> bool {
    name(word).is_some_and(|name| name.month > 0 && !name.is_english)
}

/// Whether `word` names a day of the week.
pub(crate) fn is_weekday(word: &str) -> bool {
    name(word).is_some_and(|name| name.month == 0)
}

/// Whether `word` names a month or a day of the week.
pub(crate) fn is_name(word: &str) -> bool {
    name(word).is_some()
}

fn name(word: &str) -> Option<Name> {
    let word = word.strip_suffix('.').unwrap_or(word);
    if !(3..=LONGEST).contains(&word.len()) {
        return None;
    }
    if word.is_ascii() {
        let mut lower = [0; LONGEST];
        let lower = &mut lower[..word.len()];
        lower.copy_from_slice(word.as_bytes());
        lower.make_ascii_lowercase();
        return NAMES.get(std::str::from_utf8(lower).ok()?).copied();
    }
    NAMES.get(fold(word).as_str()).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_form_has_one_meaning_and_is_listed_once() {
        let mut known = FxHashMap::default();
        for (language, month, form) in forms() {
            assert!(form.len() <= LONGEST, "{form}");
            let before = known.insert(fold(form), month);
            assert_eq!(before, None, "{language} {form}");
        }
    }

    #[test]
    fn names_are_known_in_any_case_and_without_accents() {
        for (word, expected) in [
            ("February", Some(2)),
            ("FEB.", Some(2)),
            ("lutego", Some(2)),
            ("DECEMBRE", Some(12)),
            ("ΦΕΒΡΟΥΑΡΊΟΥ", Some(2)),
            ("Kasım", Some(11)),
            ("فبراير", Some(2)),
            ("Monday", None),
            ("market", None),
        ] {
            assert_eq!(month(word), expected, "{word}");
        }
        assert!(is_weekday("Miércoles"));
        assert!(is_foreign("mag") && !is_foreign("may"));
    }
}
