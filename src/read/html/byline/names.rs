//! Names out of one value: `By Jane Doe and John Roe, Senior Correspondents`.

use crate::read::html::text::normal;

/// Longer values name nobody, in bytes.
const LONGEST: usize = 300;

/// A name is no longer, in bytes.
const LONGEST_NAME: usize = 80;

/// More writers of one page are left out.
const MOST: usize = 20;

/// The names in a list of values.
pub(super) fn names(values: &[String]) -> Vec<String> {
    unique(values.iter().flat_map(|value| split(value)).collect())
}

/// Each name once.
pub(super) fn unique(names: Vec<String>) -> Vec<String> {
    let mut kept: Vec<String> = Vec::new();
    for name in names {
        let folded = normal(&name);
        if !folded.is_empty()
            && kept.len() < MOST
            && !kept.iter().any(|known| normal(known) == folded)
        {
            kept.push(name);
        }
    }
    kept
}

/// What parts names in one value.
const MARKS: &[&str] = &[
    " and ", " und ", " et ", " y ", " og ", " ve ", " & ", ";", "|", "/", ", ", " + ", "、", "·",
    "•", "\n", " - ", " – ",
];

/// The names in one value: `By Jane Doe and John Roe`, `Jane Doe, John Roe`.
pub(super) fn split(value: &str) -> Vec<String> {
    if value.len() > LONGEST || value.starts_with("http") && !value.contains(' ') {
        return Vec::new();
    }
    let mut parts: Vec<&str> = vec![without_label(value.trim())];
    for mark in MARKS {
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

/// The name without the date and the office behind it: `Jane Doe on 3 March`, `홍길동 기자`.
fn without_tail(name: &str) -> &str {
    let digit = name
        .find(" 0")
        .into_iter()
        .chain(('1'..='9').filter_map(|c| name.find(&[' ', c].iter().collect::<String>())));
    let mut name = digit.min().map_or(name, |at| &name[..at]);
    loop {
        let cut = [
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
        let Some(rest) = cut
            .iter()
            .find_map(|tail| name.trim_end().strip_suffix(tail))
            .filter(|rest| !rest.is_empty())
        else {
            return name.trim_end();
        };
        name = rest;
    }
}

/// An office or a degree behind a name.
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

/// The value without `By`, `Von`, and the like before it.
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

/// Can it be the name of a person or of a newsroom?
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
        && name.len() <= LONGEST_NAME
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
    fn names_are_cut_out_of_values() {
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
