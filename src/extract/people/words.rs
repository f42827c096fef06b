//! The words of roles, titles and nicknames, from the tables.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::extract::names;
use crate::text::hash;

/// Male or female, where a title or a given name tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gender {
    /// `Mr.`, `John`.
    Male,
    /// `Mrs.`, `Jane`.
    Female,
}

#[derive(Default)]
struct Roles {
    heads: FxHashSet<u32>,
    modifiers: FxHashSet<u32>,
    honorifics: FxHashMap<u32, Option<Gender>>,
}

static ROLES: LazyLock<Roles> = LazyLock::new(|| {
    let mut roles = Roles::default();
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

/// Does the word say what a person is: *minister*, *coach*?
pub fn is_head(word: &str) -> bool {
    ROLES.heads.contains(&hash::word(word.trim_end_matches('.')))
}

/// May the word stand before such a one: *foreign*, *former*?
pub fn is_modifier(word: &str) -> bool {
    ROLES.modifiers.contains(&hash::word(word))
}

/// *Mr.*, *Dr*, *Sheikh*: before a name, but no role.
pub fn is_honorific(word: &str) -> bool {
    ROLES.honorifics.contains_key(&hash::word(word.trim_end_matches('.')))
}

/// The gender that a title tells.
pub fn gender_of_title(word: &str) -> Option<Gender> {
    ROLES.honorifics.get(&hash::word(word.trim_end_matches('.'))).copied().flatten()
}

/// The gender that a given name tells, if nearly all who bear it are of one.
pub fn gender_of_name(given: u32) -> Option<Gender> {
    match names::entry(given).gender() {
        1 => Some(Gender::Male),
        2 => Some(Gender::Female),
        _ => None,
    }
}

/// Is one of two given names a short or pet form of the other?
pub fn are_forms_of_one(a: u32, b: u32) -> bool {
    NICKNAMES.contains(&(a, b)) || NICKNAMES.contains(&(b, a))
}

/// One of the commonest words: *The*, *When*, *He*.
pub fn is_common(word: &str) -> bool {
    names::entry(hash::word(word)).is_function()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_and_given_names_tell_the_gender() {
        assert_eq!(gender_of_title("Mrs."), Some(Gender::Female));
        assert_eq!(gender_of_title("Sir"), Some(Gender::Male));
        assert_eq!(gender_of_title("Dr."), None);
        assert_eq!(gender_of_name(hash::word("John")), Some(Gender::Male));
        assert_eq!(gender_of_name(hash::word("Fatima")), Some(Gender::Female));
        assert_eq!(gender_of_name(hash::word("Qwertz")), None);
    }

    #[test]
    fn the_tables_are_read() {
        assert!(is_head("minister") && is_modifier("foreign") && is_honorific("Mr."));
        assert!(are_forms_of_one(hash::word("Robert"), hash::word("Bob")));
    }
}
