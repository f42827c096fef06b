//! Creative Commons in all its spellings: web addresses, codes (`CC BY-NC-SA 4.0`), and words in the main languages
//! (`Reconocimiento-NoComercial`, `Namensnennung`). To SPDX identifiers.

use std::sync::LazyLock;

use super::license_words::{self, AnyOf};
use super::terms::Terms;

/// The titles' words, the ports, and the ported licenses that SPDX lists.
#[derive(Default)]
struct Table {
    by: Vec<&'static str>,
    nc: Vec<&'static str>,
    nd: Vec<&'static str>,
    sa: Vec<&'static str>,
    /// A code and names in words.
    ports: Vec<Vec<&'static str>>,
    spdx: Vec<&'static str>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table::default();
    let lines = include_str!("../tables/creative_commons.tsv").lines();
    for (kind, list) in lines.filter_map(|line| line.split_once('\t')) {
        let list: Vec<_> = list.split(';').collect();
        match kind {
            "by" => table.by = list,
            "nc" => table.nc = list,
            "nd" => table.nd = list,
            "sa" => table.sa = list,
            "port" => table.ports.push(list),
            _ => table.spdx = list,
        }
    }
    table
});

/// What a license asks for.
#[expect(clippy::struct_excessive_bools, reason = "four conditions that combine freely")]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Elements {
    by: bool,
    nc: bool,
    nd: bool,
    sa: bool,
}

impl Elements {
    /// `BY-NC-SA`; empty if nothing is asked for, or if what is asked for does not go together.
    fn code(self) -> Option<String> {
        let parts = [(self.by, "BY"), (self.nc, "NC"), (self.nd, "ND"), (self.sa, "SA")];
        let code: Vec<&str> =
            parts.iter().filter(|(asked, _)| *asked).map(|(_, part)| *part).collect();
        (self.by && !(self.nd && self.sa)).then(|| code.join("-"))
    }
}

/// The Creative Commons terms that `folded` names.
pub(super) fn terms(folded: &str) -> Option<Terms> {
    /// One of these is in every name but the address.
    static NAMES: LazyLock<AnyOf> = LazyLock::new(|| AnyOf::new(&["cc", "commons"]));
    let names = || zero(folded).or_else(|| code(folded)).or_else(|| named(folded));
    address(folded).or_else(|| NAMES.is_in(folded).then(names)?)
}

fn grant(spdx: String, at: usize) -> Terms {
    Terms { spdx, grants: true, at }
}

/// `creativecommons.org/licenses/by-nc-sa/3.0/us/`, `…/publicdomain/zero/1.0/`.
fn address(folded: &str) -> Option<Terms> {
    let at = folded.find("creativecommons.org/")?;
    let path = &folded[at + "creativecommons.org/".len()..];
    let end = path
        .find(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '>' | ')' | ']'))
        .unwrap_or(path.len());
    let mut parts = path[..end].trim_end_matches(['.', ',', ';']).split('/');
    match (parts.next(), parts.next(), parts.next()) {
        (Some("publicdomain"), Some("zero"), _) => Some(grant("CC0-1.0".to_owned(), at)),
        (Some("publicdomain"), Some("mark"), _) => Some(grant("CC-PDM-1.0".to_owned(), at)),
        (Some("publicdomain"), ..) => Some(grant("CC-PDDC".to_owned(), at)),
        (Some("licenses" | "licences"), Some(code), version) => {
            let elements = elements_of_code(code)?;
            let port =
                parts.next().filter(|part| !part.starts_with("deed") && !part.starts_with("legal"));
            Some(grant(identifier(elements, version.and_then(known_version), port)?, at))
        }
        _ => None,
    }
}

/// `CC0`, `CC0 1.0`, `CC Zero`.
fn zero(folded: &str) -> Option<Terms> {
    let (at, _) = [
        "cc0",
        "cc-0",
        "cc zero",
        "creative commons zero",
        "creative commons 0",
        "creative commons cc0",
    ]
    .iter()
    .find_map(|name| license_words::find(folded, name))?;
    Some(grant("CC0-1.0".to_owned(), at))
}

/// `CC BY-NC-SA 4.0`, `CC-BY`, `Creative Commons BY-ND`, `Creative-Commons-Lizenz (BY-NC-ND 3.0)`.
fn code(folded: &str) -> Option<Terms> {
    let (at, behind) = commons(folded)?;
    let rest = &folded[behind..];
    let start = rest.match_indices("by").map(|(i, _)| i).find(|&i| {
        let before = rest[..i].chars().next_back();
        let after = rest[i + 2..].chars().next();
        let parted = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
        parted(before) && parted(after) && is_code(rest, i)
    })?;
    let end = rest[start..]
        .find(|c: char| {
            !(c.is_ascii_alphabetic() || matches!(c, '-' | '–' | '‑' | '/' | ' ' | '+'))
        })
        .map_or(rest.len(), |length| start + length);
    let mut elements = Elements { by: true, ..Elements::default() };
    let mut last = start + 2;
    for (i, part) in parts(&rest[start..end]) {
        match part {
            "by" => {}
            "nc" => elements.nc = true,
            "nd" => elements.nd = true,
            "sa" => elements.sa = true,
            _ => break,
        }
        last = start + i + part.len();
    }
    let behind = &rest[last..];
    let version = version_near(behind).or_else(|| version_near(rest));
    Some(grant(identifier(elements, version, port(behind).or_else(|| port_code(behind)))?, at))
}

/// Is the `by` at `i` the element's code, not the English word? It stands right behind `CC`, or before another code,
/// a version or a bracket's end.
fn is_code(rest: &str, i: usize) -> bool {
    let before = rest[..i].trim_end_matches([' ', '-', '–', '(', '/', ':', '‑', '"', '“']);
    let after = rest[i + 2..].trim_start_matches([' ', '-', '–', '‑', '/']);
    let coded = rest[i + 2..].trim_start_matches(['-', '–', '‑', ' ', '/']);
    if !rest[i + 2..].starts_with(' ')
        && ["nc", "nd", "sa"].iter().any(|code| coded.starts_with(code))
    {
        return true;
    }
    let close = before.is_empty()
        || license_words::find(before, "cc").is_some_and(|(_, end)| end == before.len())
        || rest[..i].ends_with(['(', '-', '–']);
    close
        && (after.is_empty()
            || ["nc", "nd", "sa"].iter().any(|code| after.starts_with(code))
            || after.starts_with(|c: char| !c.is_alphabetic())
            || rest[i + 2..].starts_with(['-', ')', '.', ','])
            || ["licen", "lizenz", "international", "unported", "and ", "unless", "from"]
                .iter()
                .any(|w| after.starts_with(w)))
}

fn parts(code: &str) -> impl Iterator<Item = (usize, &str)> {
    code.split([' ', '-', '–', '‑', '/', '+'])
        .map(move |part| (part.as_ptr() as usize - code.as_ptr() as usize, part))
        .filter(|(_, part)| !part.is_empty())
}

/// Where Creative Commons is named, and the byte behind.
fn commons(folded: &str) -> Option<(usize, usize)> {
    ["creative commons", "creative-commons", "creativecommons", "cc"]
        .iter()
        .filter_map(|name| license_words::find(folded, name))
        .filter(|&(start, end)| end - start > 2 || is_abbreviation(&folded[end..]))
        .min()
}

/// `cc` counts only before a code or the word license.
fn is_abbreviation(rest: &str) -> bool {
    let rest = rest.trim_start_matches([' ', '-', '–', '‑', '/', ':']);
    ["by", "licen", "lizenz", "attribution"].iter().any(|word| rest.starts_with(word))
}

/// Elements in words: `Creative Commons Attribution-NonCommercial 4.0 International`; a license without a type
/// (`under a Creative Commons license`) is `LicenseRef-CC`.
fn named(folded: &str) -> Option<Terms> {
    let (at, behind) = commons(folded)?;
    let has = |list: &[&str]| list.iter().any(|word| folded.contains(word));
    let elements =
        Elements { by: has(&TABLE.by), nc: has(&TABLE.nc), nd: has(&TABLE.nd), sa: has(&TABLE.sa) };
    let rest = &folded[behind..];
    let version = version_near(rest);
    if let Some(spdx) = identifier(elements, version, port(rest)) {
        return Some(grant(spdx, at));
    }
    let license =
        ["licen", "lizenz", "лиценз", "ліценз", "lisans", "lisens", "رخصة", "ترخيص", "permes"];
    let alone = rest.trim_matches(|c: char| !c.is_alphanumeric()).is_empty();
    let under = folded[..at].trim_end().ends_with("under");
    (has(&license) || alone || under).then(|| grant("LicenseRef-CC".to_owned(), at))
}

fn elements_of_code(code: &str) -> Option<Elements> {
    let mut elements = Elements::default();
    for part in code.split('-') {
        match part {
            "by" => elements.by = true,
            "nc" => elements.nc = true,
            "nd" => elements.nd = true,
            "sa" => elements.sa = true,
            _ => return None,
        }
    }
    Some(elements)
}

/// The SPDX identifier; without a version, or with a port that SPDX lacks, a `LicenseRef-`.
fn identifier(elements: Elements, version: Option<&str>, port: Option<&str>) -> Option<String> {
    let code = elements.code()?;
    let Some(version) = version else { return Some(format!("LicenseRef-CC-{code}")) };
    let plain = format!("CC-{code}-{version}");
    let Some(port) = port.filter(|port| !port.is_empty() && version != "4.0") else {
        // 2.1 was only ever ported.
        return Some(if version == "2.1" { format!("LicenseRef-{plain}") } else { plain });
    };
    let ported = format!("{plain}-{}", port.to_uppercase());
    Some(if TABLE.spdx.contains(&ported.as_str()) {
        ported
    } else {
        format!("LicenseRef-{ported}")
    })
}

/// The version as SPDX writes it, if there ever was one of that number.
fn known_version(version: &str) -> Option<&'static str> {
    match version {
        "1.0" | "1" => Some("1.0"),
        "2.0" | "2" => Some("2.0"),
        "2.1" => Some("2.1"),
        "2.5" => Some("2.5"),
        "3.0" | "3" => Some("3.0"),
        "4.0" | "4" => Some("4.0"),
        _ => None,
    }
}

/// The first known version in `rest`; a whole number only behind `v` or `version`.
fn version_near(rest: &str) -> Option<&'static str> {
    rest.char_indices().filter(|(_, c)| c.is_ascii_digit()).find_map(|(i, _)| {
        if rest[..i].ends_with(|c: char| c.is_ascii_digit() || c == '.' || c == '/') {
            return None;
        }
        let end =
            rest[i..].find(|c: char| !c.is_ascii_digit() && c != '.').map_or(rest.len(), |n| i + n);
        let number = rest[i..end].trim_end_matches('.');
        let marked = rest[..i].ends_with('v') || rest[..i].trim_end().ends_with("version");
        (number.contains('.') || marked).then(|| known_version(number))?
    })
}

/// The port named in words right behind the version: `3.0 United States`.
fn port(rest: &str) -> Option<&'static str> {
    let digit = rest.find(|c: char| c.is_ascii_digit())?;
    let marks = |c: char| c.is_ascii_digit() || matches!(c, '.' | ' ' | '-' | '(');
    let behind = rest[digit..].trim_start_matches(marks);
    let named = |port: &&Vec<&str>| port[1..].iter().any(|name| behind.starts_with(name));
    TABLE.ports.iter().find(named).map(|port| port[0])
}

/// The port as a code right behind the version: `3.0-DE`, `3.0 US`.
fn port_code(rest: &str) -> Option<&'static str> {
    let digit = rest.find(|c: char| c.is_ascii_digit())?;
    let behind = rest[digit..].trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let behind = behind.strip_prefix(['-', ' '])?;
    let code = behind.split(|c: char| !c.is_alphanumeric()).next()?;
    TABLE.ports.iter().map(|port| port[0]).find(|port| port.eq_ignore_ascii_case(code))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(sentence: &str, expected: &str) {
        let found = terms(&license_words::fold(sentence));
        assert_eq!(found.map_or(String::new(), |t| t.spdx), expected, "{sentence}");
    }

    #[test]
    fn every_spelling_has_one_identifier() {
        for (sentence, expected) in [
            ("https://creativecommons.org/licenses/by-nd/2.5/", "CC-BY-ND-2.5"),
            ("(http://creativecommons.org/licenses/by-sa/3.0/de/deed.de).", "CC-BY-SA-3.0-DE"),
            ("http://creativecommons.org/licenses/by/3.0/br/", "LicenseRef-CC-BY-3.0-BR"),
            ("creativecommons.org/publicdomain/zero/1.0/", "CC0-1.0"),
            ("CC BY 4.0", "CC-BY-4.0"),
            ("CC-BY-SA", "LicenseRef-CC-BY-SA"),
            ("under CC BY-NC-ND 3.0 DE", "CC-BY-NC-ND-3.0-DE"),
            ("under a Creative Commons license (CC BY).", "LicenseRef-CC-BY"),
            ("Creative-Commons-Lizenz BY-SA 2.0", "CC-BY-SA-2.0"),
            ("a Creative Commons Attribution-ShareAlike 3.0 Unported License", "CC-BY-SA-3.0"),
            ("Creative Commons Attribution 3.0 United States", "CC-BY-3.0-US"),
            (
                "Creative Commons Namensnennung – Nicht kommerziell 4.0 International",
                "CC-BY-NC-4.0",
            ),
            ("licencia Creative Commons Reconocimiento-CompartirIgual 4.0", "CC-BY-SA-4.0"),
            ("licence Creative Commons Attribution - Pas de Modification 4.0", "CC-BY-ND-4.0"),
            ("licença Creative Commons Atribuição 4.0", "CC-BY-4.0"),
            ("under a Creative Commons licence", "LicenseRef-CC"),
            ("Creative Commons", "LicenseRef-CC"),
            ("has been placed under CC0", "CC0-1.0"),
            ("carbon copy (cc) by mail", ""),
            ("a talk on Creative Commons by Jane Doe", ""),
        ] {
            check(sentence, expected);
        }
    }
}
