//! The names in a byline: `JANE DOE and John Roe in Oslo, Staff Writers`.

use crate::article::Span;
use crate::tables::agencies;

/// Most bytes of a name.
const MAX_NAME: usize = 60;

/// Words of roles and outlets, which are in no name of a writer.
const ROLE_WORDS: &[&str] = &[
    "agencies",
    "agency",
    "analyst",
    "associated",
    "bureau",
    "chief",
    "columnist",
    "contributor",
    "correspondent",
    "correspondents",
    "desk",
    "director",
    "economist",
    "editor",
    "editorial",
    "editors",
    "gazette",
    "herald",
    "journalist",
    "magazine",
    "minister",
    "monitoring",
    "news",
    "newsroom",
    "observer",
    "our",
    "post",
    "president",
    "press",
    "professor",
    "report",
    "reporter",
    "reporters",
    "service",
    "special",
    "sports",
    "staff",
    "team",
    "the",
    "times",
    "tribune",
    "web",
    "wire",
    "wires",
    "writer",
    "writers",
];

/// The spans of the names in `credit`, a slice of `body`.
pub(super) fn list(body: &str, credit: &str) -> Vec<Span> {
    let credit = credit.trim_end_matches(['.', ')', ' ']);
    // A comma is followed by a role or an outlet, except in a list with *and*.
    let several = credit.contains(" and ")
        || credit.contains(" und ")
        || credit.contains(" et ")
        || credit.contains(" y ");
    let end = if several { credit.len() } else { credit.find(',').unwrap_or(credit.len()) };
    let mut names = Vec::new();
    for item in items(&credit[..end]) {
        match leading_name(item) {
            Some(name) => names.push(Span::of_slice(body, name)),
            None if names.is_empty() => return names,
            None => break,
        }
    }
    names
}

/// The items of a list.
fn items(credit: &str) -> impl Iterator<Item = &str> {
    credit
        .split([',', ';', '|', '&', '/'])
        .flat_map(|part| part.split(" and "))
        .flat_map(|part| part.split(" und "))
        .flat_map(|part| part.split(" et "))
        .flat_map(|part| part.split(" y "))
        .map(str::trim)
        .map(|part| part.strip_prefix("and ").unwrap_or(part))
        .filter(|part| !part.is_empty())
}

/// The name that opens `item`, without the writer's place or outlet.
fn leading_name(item: &str) -> Option<&str> {
    const ENDS: &[&str] = &[
        " in ", " at ", " for ", " from ", " of ", " (", " - ", " – ", " — ", " with ", " IN ",
        " FOR ",
    ];
    let end = ENDS.iter().filter_map(|end| item.find(end)).min().unwrap_or(item.len());
    let name = item[..end].trim();
    is_name(name).then_some(name)
}

/// Whether `name` has the form of a personal name: two to five capitalised words, with particles between them, that
/// name no role, outlet or agency.
pub(super) fn is_name(name: &str) -> bool {
    if name.len() > MAX_NAME {
        return false;
    }
    let words: Vec<&str> = name.split(' ').filter(|word| !word.is_empty()).collect();
    let is_role = |word: &&str| {
        ROLE_WORDS.binary_search(&word.trim_matches('.').to_lowercase().as_str()).is_ok()
    };
    (2..=5).contains(&words.len())
        && words.first().is_some_and(|word| is_capitalised(word))
        && words.last().is_some_and(|word| is_capitalised(word))
        && words.iter().all(|word| is_capitalised(word) || is_particle(word))
        && name.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '.' | '-' | '\'' | '’'))
        && !words.iter().any(is_role)
        && agencies::find(name, None).is_none()
}

/// Whether `word` has a capital at its start or after an elided article: `Doe`, `d'Oe`.
fn is_capitalised(word: &str) -> bool {
    let elided = ["d'", "d’", "l'", "l’", "al-", "el-"];
    let rest = elided.iter().find_map(|article| word.strip_prefix(article)).unwrap_or(word);
    rest.starts_with(char::is_uppercase)
}

fn is_particle(word: &str) -> bool {
    const WORDS: &[&str] = &[
        "de", "la", "le", "du", "del", "da", "do", "dos", "di", "van", "von", "der", "den", "ter",
        "bin", "ibn", "al", "el", "y", "e", "af", "zu",
    ];
    WORDS.contains(&word)
}

/// The name in a line such as `Jane Doe in Paris`, `Jane Doe | Harbour Gazette`, `Jane Doe, Harbour correspondent`.
pub(super) fn with_place_or_role(line: &str) -> Option<&str> {
    const MAX_LINE: usize = 70;
    if line.len() > MAX_LINE || line.ends_with(['.', '?', '!', ':']) {
        return None;
    }
    if let Some((name, place)) = line.split_once(" in ") {
        let is_place = place.split(' ').all(|word| word.starts_with(char::is_uppercase));
        return (is_name(name) && is_place && name.split(' ').count() <= 3).then_some(name);
    }
    if let Some((name, _)) = line.split_once(" | ") {
        return is_name(name).then_some(name);
    }
    let (name, role) = line.split_once(", ")?;
    let last = role.rsplit(' ').next()?.to_lowercase();
    let is_role = ["correspondent", "reporter", "writer", "staff", "editor"]
        .contains(&last.as_str())
        || agencies::find(role, None).is_some();
    (is_name(name) && is_role).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_are_sorted() {
        assert!(ROLE_WORDS.is_sorted());
    }

    #[test]
    fn roles_are_no_names() {
        for name in ["Jane Doe", "JOHN Q. ROE", "Max von der Muster", "Ann-Marie O'Poe"] {
            assert!(is_name(name), "{name}");
        }
        for other in [
            "Staff Writer",
            "Jane",
            "jane doe",
            "Agence France-Presse",
            "Room 12",
            "The Harbour Gazette",
        ] {
            assert!(!is_name(other), "{other}");
        }
    }
}
