//! The tables of role nouns and their modifiers, honorifics and nicknames, and the genders that they and names imply.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::extract::names;
use crate::text::hash;

/// The gender that an honorific or a given name implies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gender {
    /// `Mr.`, `John`.
    Male,
    /// `Mrs.`, `Jane`.
    Female,
}

#[derive(Default)]
struct RoleWords {
    heads: FxHashSet<u32>,
    modifiers: FxHashSet<u32>,
    honorifics: FxHashMap<u32, Option<Gender>>,
}

static ROLES: LazyLock<RoleWords> = LazyLock::new(|| {
    let mut roles = RoleWords::default();
    for line in rows(include_str!("../tables/roles.tsv")) {
        match line.split('\t').collect::<Vec<_>>()[..] {
            ["head", words] => roles.heads.extend(words.split(' ').map(hash::word)),
            ["modifier", words] => roles.modifiers.extend(words.split(' ').map(hash::word)),
            ["honorific", gender, words] => {
                let gender = match gender {
                    "m" => Some(Gender::Male),
                    "f" => Some(Gender::Female),
                    _ => None,
                };
                roles.honorifics.extend(words.split(' ').map(|word| (hash::word(word), gender)));
            }
            _ => {}
        }
    }
    roles
});

static NICKNAMES: LazyLock<FxHashSet<(u32, u32)>> = LazyLock::new(|| {
    rows(include_str!("../tables/nicknames.tsv"))
        .filter_map(|line| line.split_once('\t'))
        .map(|(name, short)| (hash::word(name), hash::word(short)))
        .collect()
});

fn rows(table: &str) -> impl Iterator<Item = &str> {
    table.lines().filter(|line| !line.starts_with('#'))
}

/// Whether the word can be the head noun of a role: *minister*, *coach*.
pub(super) fn is_head(word: &str) -> bool {
    ROLES.heads.contains(&hash::word(word.trim_end_matches('.')))
}

/// Whether the word can modify a head noun: *foreign*, *former*.
pub(super) fn is_modifier(word: &str) -> bool {
    ROLES.modifiers.contains(&hash::word(word))
}

/// Whether the word is a title that is no role: *Mr.*, *Dr*, *Sheikh*.
pub(super) fn is_honorific(word: &str) -> bool {
    ROLES.honorifics.contains_key(&hash::word(word.trim_end_matches('.')))
}

/// The gender that an honorific implies.
pub(super) fn gender_of_honorific(word: &str) -> Option<Gender> {
    ROLES.honorifics.get(&hash::word(word.trim_end_matches('.'))).copied().flatten()
}

/// The gender of nearly all bearers of a given name, by its hash.
pub(super) fn gender_of_name(given: u32) -> Option<Gender> {
    match names::entry(given).gender() {
        1 => Some(Gender::Male),
        2 => Some(Gender::Female),
        _ => None,
    }
}

/// Whether one of two given names, by their hashes, is a short or pet form of the other.
pub(super) fn are_variants(a: u32, b: u32) -> bool {
    NICKNAMES.contains(&(a, b)) || NICKNAMES.contains(&(b, a))
}

/// Whether the word is a function word: *The*, *When*, *He*.
pub(super) fn is_common(word: &str) -> bool {
    names::entry(hash::word(word)).is_function()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn honorifics_and_given_names_imply_a_gender() {
        assert_eq!(gender_of_honorific("Mrs."), Some(Gender::Female));
        assert_eq!(gender_of_honorific("Sir"), Some(Gender::Male));
        assert_eq!(gender_of_honorific("Dr."), None);
        assert_eq!(gender_of_name(hash::word("John")), Some(Gender::Male));
        assert_eq!(gender_of_name(hash::word("Fatima")), Some(Gender::Female));
        assert_eq!(gender_of_name(hash::word("Qwertz")), None);
    }

    #[test]
    fn the_tables_have_their_words() {
        assert!(is_head("minister") && is_modifier("foreign") && is_honorific("Mr."));
        assert!(are_variants(hash::word("Robert"), hash::word("Bob")));
    }
}
