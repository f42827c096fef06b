//! The form of a personal name in a line of text, where anything else may stand too.

use super::words::{Kinds, kinds};
use crate::tables::agencies;

/// Most bytes of a name in a line.
const MAX_NAME: usize = 60;

/// Words in lower case inside a name.
const PARTICLES: &[&str] = &[
    "de", "la", "le", "du", "del", "della", "da", "do", "dos", "das", "di", "van", "von", "der",
    "den", "ter", "ten", "bin", "ibn", "bint", "al", "el", "y", "e", "i", "af", "av", "zu", "zum",
    "zur", "vom", "of", "ap", "san", "st", "ben",
];

/// Whether `name` has the form of a personal name: two to five capitalised words, with particles between them, that
/// name no role, outlet or agency.
pub(crate) fn is_personal_name(name: &str) -> bool {
    if name.len() > MAX_NAME {
        return false;
    }
    let words: Vec<&str> = name.split(' ').filter(|word| !word.is_empty()).collect();
    let not_in_names = Kinds::ROLE | Kinds::UNIT | Kinds::OUTLET | Kinds::NEWSROOM;
    (2..=5).contains(&words.len())
        && words.first().is_some_and(|word| is_capitalised(word))
        && words.last().is_some_and(|word| is_capitalised(word))
        && words.iter().all(|word| is_capitalised(word) || PARTICLES.contains(word))
        && name.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '.' | '-' | '\'' | '’'))
        && !words.iter().any(|word| kinds(word).any(not_in_names))
        && !kinds(words[0]).any(Kinds::MODIFIER | Kinds::ARTICLE)
        && agencies::find(name, None).is_none()
}

/// Whether `name` may stand before the comma of `Doe, Jane`, `van der Muster, Max`: one word besides particles, in a script
/// with cases.
pub(super) fn is_last_name(name: &str) -> bool {
    let full = name.split(' ').filter(|word| !PARTICLES.contains(&word.to_lowercase().as_str()));
    full.count() == 1
        && name.chars().any(|c| c.is_uppercase() || c.is_lowercase())
        && name.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '-' | '\'' | '’'))
}

/// Whether `name` is nothing but initials: `J.`, `R. J.`, `J.-F.`.
pub(super) fn are_initials(name: &str) -> bool {
    let mut parts = name.split([' ', '.', '-']).filter(|part| !part.is_empty());
    name.starts_with(char::is_uppercase) && parts.all(|part| part.chars().count() == 1)
}

/// Whether `name` may stand behind that comma: one word, or two, or one with initials.
pub(super) fn is_first_name(name: &str) -> bool {
    (name.split(' ').nth(2).is_none() || name.split(' ').skip(1).all(are_initials))
        && name.chars().any(|c| c.is_uppercase() || c.is_lowercase())
        && name.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '-' | '.' | '\'' | '’'))
}

/// Whether `word` has a capital at its start or after an elided article: `Doe`, `d'Oe`.
fn is_capitalised(word: &str) -> bool {
    let elided = ["d'", "d’", "l'", "l’", "al-", "el-"];
    let rest = elided.iter().find_map(|article| word.strip_prefix(article)).unwrap_or(word);
    rest.starts_with(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_are_no_names() {
        for name in ["Jane Doe", "JOHN Q. ROE", "Max von der Muster", "Ann-Marie O'Poe"] {
            assert!(is_personal_name(name), "{name}");
        }
        for other in [
            "Staff Writer",
            "Jane",
            "jane doe",
            "Agence France-Presse",
            "Room 12",
            "The Harbour Gazette",
        ] {
            assert!(!is_personal_name(other), "{other}");
        }
    }
}
