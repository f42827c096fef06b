//! The names of writers in a credit: `JANE DOE and John Roe in Oslo, Staff Writers`.

use crate::article::Span;
use crate::extract::dateline::spelling;
use crate::tables::agencies;

/// Longer names (bytes) are none.
const LONGEST_NAME: usize = 60;

/// Words of roles and outlets; no writer is called so.
const ROLES: &[&str] = &[
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

/// The writers that `credit`, a slice of `body`, names.
pub(super) fn list(body: &str, credit: &str) -> Vec<Span> {
    let credit = credit.trim_end_matches(['.', ')', ' ']);
    // Behind a comma stands a role or an outlet, unless the list goes on with *and*.
    let several = credit.contains(" and ")
        || credit.contains(" und ")
        || credit.contains(" et ")
        || credit.contains(" y ");
    let end = if several { credit.len() } else { credit.find(',').unwrap_or(credit.len()) };
    let mut names = Vec::new();
    for part in parts(&credit[..end]) {
        match name(part) {
            Some(name) => names.push(span(body, name)),
            None if names.is_empty() => return names,
            None => break,
        }
    }
    names
}

fn parts(credit: &str) -> impl Iterator<Item = &str> {
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

/// The name that opens `part`, up to where its bearer is or works.
fn name(part: &str) -> Option<&str> {
    const ENDS: &[&str] = &[
        " in ", " at ", " for ", " from ", " of ", " (", " - ", " – ", " — ", " with ", " IN ",
        " FOR ",
    ];
    let end = ENDS.iter().filter_map(|stop| part.find(stop)).min().unwrap_or(part.len());
    let name = part[..end].trim();
    is_name(name).then_some(name)
}

/// Two to five words with capitals, perhaps with particles between, none of them a role.
pub(super) fn is_name(name: &str) -> bool {
    if name.len() > LONGEST_NAME {
        return false;
    }
    let words: Vec<&str> = name.split(' ').filter(|word| !word.is_empty()).collect();
    let role =
        |word: &&str| ROLES.binary_search(&word.trim_matches('.').to_lowercase().as_str()).is_ok();
    let lead = words.first().is_some_and(|word| is_capitalised(word));
    let last = words.last().is_some_and(|word| is_capitalised(word));
    (2..=5).contains(&words.len())
        && lead
        && last
        && words.iter().all(|word| is_capitalised(word) || is_particle(word))
        && name.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '.' | '-' | '\'' | '’'))
        && !words.iter().any(role)
        && agencies::find(name, None).is_none()
}

/// `Doe`, `d'Oe`.
fn is_capitalised(word: &str) -> bool {
    let elided = ["d'", "d’", "l'", "l’", "al-", "el-"];
    let rest = elided.iter().find_map(|head| word.strip_prefix(head)).unwrap_or(word);
    rest.starts_with(char::is_uppercase)
}

fn is_particle(word: &str) -> bool {
    matches!(
        word,
        "de" | "la"
            | "le"
            | "du"
            | "del"
            | "da"
            | "do"
            | "dos"
            | "di"
            | "van"
            | "von"
            | "der"
            | "den"
            | "ter"
            | "bin"
            | "ibn"
            | "al"
            | "el"
            | "y"
            | "e"
            | "af"
            | "zu"
    )
}

/// `Jane Doe in Paris`, `Jane Doe | Harbour Gazette`, `Jane Doe, Harbour correspondent`: lines of their own.
pub(super) fn in_place(line: &str) -> Option<&str> {
    const LONGEST: usize = 70;
    if line.len() > LONGEST || line.ends_with(['.', '?', '!', ':']) {
        return None;
    }
    if let Some((name, place)) = line.split_once(" in ") {
        let capital = place.split(' ').all(|word| word.starts_with(char::is_uppercase));
        return (is_name(name) && capital && name.split(' ').count() <= 3).then_some(name);
    }
    if let Some((name, _)) = line.split_once(" | ") {
        return is_name(name).then_some(name);
    }
    let (name, role) = line.split_once(", ")?;
    let last = role.rsplit(' ').next()?.to_lowercase();
    let role = ["correspondent", "reporter", "writer", "staff", "editor"].contains(&last.as_str())
        || agencies::find(role, None).is_some();
    (is_name(name) && role).then_some(name)
}

/// In title case.
pub(super) fn usual(name: &str) -> String {
    spelling::usual(name)
}

/// Where `part`, a slice of `body`, lies in it.
pub(super) fn span(body: &str, part: &str) -> Span {
    let start = part.as_ptr() as usize - body.as_ptr() as usize;
    Span::new(start, start + part.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_are_sorted() {
        assert!(ROLES.is_sorted());
    }

    #[test]
    fn names_are_told_from_roles() {
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
