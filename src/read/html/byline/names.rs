//! Splits a value into names: `By Jane Doe and John Roe, Senior Correspondents`.

use crate::read::html::text::normalized;

/// The maximum length of a value with names, in bytes.
const MAX_VALUE: usize = 300;

/// The maximum length of a name, in bytes.
const MAX_NAME: usize = 80;

/// The maximum number of writers of a page.
const MAX_NAMES: usize = 20;

/// The names in a list of values.
pub(super) fn names(values: &[String]) -> Vec<String> {
    unique(values.iter().flat_map(|value| split(value)).collect())
}

/// The names without duplicates.
pub(super) fn unique(names: Vec<String>) -> Vec<String> {
    let mut kept: Vec<String> = Vec::new();
    for name in names {
        let folded = normalized(&name);
        if !folded.is_empty()
            && kept.len() < MAX_NAMES
            && !kept.iter().any(|known| normalized(known) == folded)
        {
            kept.push(name);
        }
    }
    kept
}

/// Separators between names.
const SEPARATORS: &[&str] = &[
    " and ", " und ", " et ", " y ", " og ", " ve ", " & ", ";", "|", "/", ", ", " + ", "、", "·",
    "•", "\n", " - ", " – ",
];

/// The names in one value: `By Jane Doe and John Roe`, `Jane Doe, John Roe`.
pub(super) fn split(value: &str) -> Vec<String> {
    if value.len() > MAX_VALUE || value.starts_with("http") && !value.contains(' ') {
        return Vec::new();
    }
    let mut parts: Vec<&str> = vec![without_label(value.trim())];
    for mark in SEPARATORS {
        parts = parts.into_iter().flat_map(|part| part.split(mark)).collect();
    }
    let cleaned = parts.into_iter().map(|part| without_tail(without_label(part.trim())));
    let mut names: Vec<&str> = cleaned.filter(|name| is_name(name)).collect();
    let mut at = 0;
    names.retain(|name| {
        at += 1;
        at == 1 || !is_role(name)
    });
    names.into_iter().map(str::to_owned).collect()
}

/// The name without a date or title after it: `Jane Doe on 3 March`, `홍길동 기자`.
fn without_tail(name: &str) -> &str {
    let digit = name
        .find(" 0")
        .into_iter()
        .chain(('1'..='9').filter_map(|c| name.find(&[' ', c].iter().collect::<String>())));
    let mut name = digit.min().map_or(name, |at| &name[..at]);
    loop {
        let endings = [
            " am",
            " on",
            " le",
            " vom",
            " at",
            " um",
            " el",
            " in",
            "기자",
            "記者",
            "특파원",
            ",",
        ];
        let Some(rest) = endings
            .iter()
            .find_map(|tail| name.trim_end().strip_suffix(tail))
            .filter(|rest| !rest.is_empty())
        else {
            return name.trim_end();
        };
        name = rest;
    }
}

/// Whether `part` is a role or a degree.
fn is_role(part: &str) -> bool {
    const ROLES: &[&str] = &[
        "editor",
        "reporter",
        "correspondent",
        "writer",
        "staff",
        "phd",
        "md",
        "ph.d",
        "m.d",
        "rd",
        "ms",
        "rn",
        "redakteur",
        "redakteurin",
        "journalist",
        "journalistin",
        "korrespondent",
        "korrespondentin",
        "chief",
        "senior",
        "producer",
        "contributor",
        "professor",
        "director",
        "columnist",
        "author",
        "jr",
    ];
    let lower = part.to_lowercase();
    lower.split_whitespace().any(|word| ROLES.contains(&word.trim_matches(['.', ','])))
}

/// The value without a label such as `By` or `Von` before it.
fn without_label(value: &str) -> &str {
    const LABELS: &[&str] = &[
        "by",
        "von",
        "par",
        "por",
        "di",
        "door",
        "av",
        "af",
        "author:",
        "autor:",
        "autorin:",
        "written by",
        "posted by",
        "text:",
        "text by",
        "published by",
        "auteur:",
        "verfasst von",
        "geschrieben von",
        "veröffentlicht von",
        "erstellt von",
        "gespeichert von",
        "ein beitrag von",
        "beitrag von",
        "blog beitrag von",
        "gastbeitrag von",
        "eine analyse von",
        "ein kommentar von",
        "kommentar von",
        "interview:",
        "oleh",
        "penulis:",
        "by:",
        "von:",
        "reporter:",
        "ein gastbeitrag von",
        "essay von",
        "words by",
        "story by",
        "submitted by",
    ];
    let lower = value.to_lowercase();
    let label = LABELS.iter().filter(|label| {
        lower.strip_prefix(**label).is_some_and(|rest| rest.starts_with(char::is_whitespace))
    });
    let longest = label.max_by_key(|label| label.len());
    longest
        .and_then(|label| value.get(label.len()..))
        .map_or(value, str::trim_start)
        .trim_matches([',', ':', '-', '–', ' ', '.', '(', ')', '>'])
}

/// Whether `name` may be the name of a person or a newsroom.
fn is_name(name: &str) -> bool {
    const NEVER: &[&str] = &[
        "admin",
        "administrator",
        "unknown",
        "null",
        "undefined",
        "none",
        "author",
        "anonymous",
        "webmaster",
        "guest",
        "n/a",
        "facebook",
        "twitter",
        "email",
        "share",
        "follow",
        "comments",
        "autor",
        "author name",
        "about the author",
        "publiziert am",
        "by",
        "von",
        "par",
        "redaktionell",
        "publiziert",
        "login",
        "log in",
        "january",
        "posted",
    ];
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    letters >= 2
        && !name.starts_with(|c: char| c.is_ascii_digit())
        && name.len() <= MAX_NAME
        && !name.contains(':')
        && name.split_whitespace().count() <= 7
        && !name.contains("://")
        && !name.contains('@')
        && !name.contains("www.")
        && name.chars().filter(char::is_ascii_digit).count() <= 3
        && !name.to_lowercase().contains("admin")
        && !NEVER.contains(&name.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(value: &str, expected: &[&str]) {
        assert_eq!(split(value), expected, "{value}");
    }

    #[test]
    fn values_are_split_into_names() {
        check("By Jane Doe and John Roe", &["Jane Doe", "John Roe"]);
        check("Von Max Muster, Lena Beispiel", &["Max Muster", "Lena Beispiel"]);
        check("https://social.example/jane", &[]);
        check("jane@news.example", &[]);
        check("admin", &[]);
        check("Jane Doe, Senior Correspondent", &["Jane Doe"]);
        check("Jane Doe am 3. März 2020", &["Jane Doe"]);
        check("홍길동 기자", &["홍길동"]);
        check("Jane Doe", &["Jane Doe"]);
    }
}
