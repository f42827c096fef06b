//! Creative Commons licenses as SPDX identifiers, from web addresses, codes (`CC BY-NC-SA 4.0`), and titles in the main
//! languages (`Reconocimiento-NoComercial`, `Namensnennung`).

use std::sync::LazyLock;

use super::license_words::{self, AnyOf};

/// `tables/creative_commons.tsv`.
#[derive(Default)]
struct CreativeCommonsTable {
    /// Words for each element in the titles of licenses.
    by: Vec<&'static str>,
    nc: Vec<&'static str>,
    nd: Vec<&'static str>,
    sa: Vec<&'static str>,
    /// Jurisdiction ports: a code, then names.
    ports: Vec<Vec<&'static str>>,
    /// The ported licenses on the SPDX list.
    spdx: Vec<&'static str>,
}

static TABLE: LazyLock<CreativeCommonsTable> = LazyLock::new(|| {
    let mut table = CreativeCommonsTable::default();
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

/// The elements of a license.
#[expect(clippy::struct_excessive_bools, reason = "four elements that combine freely")]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Elements {
    by: bool,
    nc: bool,
    nd: bool,
    sa: bool,
}

impl Elements {
    /// `BY-NC-SA`; `None` without `BY`, and for `ND` with `SA`, which exclude each other.
    fn code(self) -> Option<String> {
        let elements = [(self.by, "BY"), (self.nc, "NC"), (self.nd, "ND"), (self.sa, "SA")];
        let codes: Vec<&str> =
            elements.iter().filter(|(present, _)| *present).map(|(_, code)| *code).collect();
        (self.by && !(self.nd && self.sa)).then(|| codes.join("-"))
    }

    /// The elements of a code in lower case, as in web addresses: `by-nc-sa`.
    fn parse(code: &str) -> Option<Self> {
        let mut elements = Self::default();
        code.split('-').all(|element| elements.add(element)).then_some(elements)
    }

    /// Adds the element of a code in lower case; false if there is no such element.
    fn add(&mut self, code: &str) -> bool {
        match code {
            "by" => self.by = true,
            "nc" => self.nc = true,
            "nd" => self.nd = true,
            "sa" => self.sa = true,
            _ => return false,
        }
        true
    }
}

/// An SPDX identifier, and the byte at which the license's name begins in the sentence.
type Named = (String, usize);

/// The Creative Commons license that `folded`, a sentence in lower case, names.
pub(super) fn find(folded: &str) -> Option<Named> {
    /// One of these is in every name but the address.
    static NAMES: LazyLock<AnyOf> = LazyLock::new(|| AnyOf::new(&["cc", "commons"]));
    let names = || {
        zero(folded)
            .or_else(|| by_code(folded))
            .or_else(|| by_code_before(folded))
            .or_else(|| by_title(folded))
    };
    let (spdx, at) = by_address(folded).or_else(|| NAMES.is_in(folded).then(names)?)?;
    // `Attribution-ShareAlike 4.0 International (CC BY-SA 4.0)`
    let title = TABLE.by.iter().find_map(|word| folded[..at].find(word));
    Some((spdx, title.unwrap_or(at)))
}

/// `creativecommons.org/licenses/by-nc-sa/3.0/us/`, `…/publicdomain/zero/1.0/`.
fn by_address(folded: &str) -> Option<Named> {
    let at = folded.find("creativecommons.org/")?;
    let path = &folded[at + "creativecommons.org/".len()..];
    let end = path
        .find(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '>' | ')' | ']'))
        .unwrap_or(path.len());
    let mut parts = path[..end].trim_end_matches(['.', ',', ';']).split('/');
    match (parts.next(), parts.next(), parts.next()) {
        (Some("publicdomain"), Some("zero"), _) => Some(("CC0-1.0".to_owned(), at)),
        (Some("publicdomain"), Some("mark"), _) => Some(("CC-PDM-1.0".to_owned(), at)),
        (Some("publicdomain"), ..) => Some(("CC-PDDC".to_owned(), at)),
        (Some("licenses" | "licences"), Some(code), version) => {
            let port =
                parts.next().filter(|part| !part.starts_with("deed") && !part.starts_with("legal"));
            let version = version.and_then(spdx_version);
            Some((identifier(Elements::parse(code)?, version, port)?, at))
        }
        _ => None,
    }
}

/// `CC0`, `CC0 1.0`, `CC Zero`.
fn zero(folded: &str) -> Option<Named> {
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
    Some(("CC0-1.0".to_owned(), at))
}

/// `CC BY-NC-SA 4.0`, `CC-BY`, `Creative Commons BY-ND`, `Creative-Commons-Lizenz (BY-NC-ND 3.0)`.
fn by_code(folded: &str) -> Option<Named> {
    let (at, behind) = creative_commons(folded)?;
    let rest = &folded[behind..];
    let start = rest.match_indices("by").map(|(i, _)| i).find(|&i| {
        let before = rest[..i].chars().next_back();
        let after = rest[i + 2..].chars().next();
        let is_boundary = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
        is_boundary(before) && is_boundary(after) && is_element(rest, i)
    })?;
    let end = rest[start..]
        .find(|c: char| {
            !(c.is_ascii_alphabetic() || matches!(c, '-' | '–' | '‑' | '/' | ' ' | '+'))
        })
        .map_or(rest.len(), |length| start + length);
    let mut elements = Elements { by: true, ..Elements::default() };
    let mut last = start + 2;
    for (i, part) in code_parts(&rest[start..end]) {
        if !elements.add(part) {
            break;
        }
        last = start + i + part.len();
    }
    let behind = &rest[last..];
    let version = first_version(behind).or_else(|| first_version(rest));
    Some((identifier(elements, version, port(behind).or_else(|| port_code(behind)))?, at))
}

/// `a BY-SA 4.0 Creative Commons licence`, `BY-NC-4.0-Lizenz von Creative Commons`.
fn by_code_before(folded: &str) -> Option<Named> {
    let (name, _) = creative_commons(folded)?;
    let before = &folded[..name];
    let is_start = |&at: &usize| !before[..at].ends_with(char::is_alphanumeric);
    let at = before.match_indices("by").map(|(at, _)| at).filter(is_start).last()?;
    let code_end = before[at..]
        .find(|c: char| !c.is_ascii_alphabetic() && !matches!(c, '-' | '–' | '‑' | '/'));
    let (code, behind) = before[at..].split_at(code_end.unwrap_or(before.len() - at));
    let mut elements = Elements::default();
    let is_code = code_parts(code).all(|(_, part)| elements.add(part));
    let version = first_version(behind);
    // `a report by 4 men`
    let is_named = code.len() > "by-".len() || version.is_some();
    (is_code && is_named).then(|| Some((identifier(elements, version, port(behind))?, at)))?
}

/// Whether the `by` at byte `i` is the code of the element rather than the English word: it follows `CC`, or another
/// code, a version or a closing bracket follows it.
fn is_element(rest: &str, i: usize) -> bool {
    let is_mark = |c: char| c.is_ascii_digit() || " -–()/:‑\"“.".contains(c);
    let before = rest[..i].trim_end_matches(is_mark);
    let after = rest[i + 2..].trim_start_matches([' ', '-', '–', '‑', '/']);
    let code_follows = ["nc", "nd", "sa"].iter().any(|code| after.starts_with(code));
    if !rest[i + 2..].starts_with(' ') && code_follows {
        return true;
    }
    let follows_cc = before.is_empty()
        || license_words::find(before, "cc").is_some_and(|(_, end)| end == before.len())
        || rest[..i].ends_with(['(', '-', '–']);
    follows_cc
        && (after.is_empty()
            || code_follows
            || after.starts_with(|c: char| !c.is_alphabetic())
            || rest[i + 2..].starts_with(['-', ')', '.', ','])
            || ["licen", "lizenz", "international", "unported", "and ", "unless", "from"]
                .iter()
                .any(|w| after.starts_with(w)))
}

/// The parts of a code such as `by-nc/sa`, each with its first byte.
fn code_parts(code: &str) -> impl Iterator<Item = (usize, &str)> {
    code.split([' ', '-', '–', '‑', '/', '+'])
        .map(move |part| (part.as_ptr() as usize - code.as_ptr() as usize, part))
        .filter(|(_, part)| !part.is_empty())
}

/// The bytes `[start, end)` of the first name of Creative Commons.
fn creative_commons(folded: &str) -> Option<(usize, usize)> {
    ["creative commons", "creative-commons", "creativecommons", "cc"]
        .iter()
        .filter_map(|name| license_words::find(folded, name))
        .filter(|&(start, end)| end - start > 2 || is_abbreviation(&folded[end..]))
        .min()
}

/// Whether a `cc` before `rest` means Creative Commons: a code or a word for license follows.
fn is_abbreviation(rest: &str) -> bool {
    let rest = rest.trim_start_matches(|c: char| c.is_ascii_digit() || " -–‑/:).".contains(c));
    ["by", "licen", "lizenz", "attribution"].iter().any(|word| rest.starts_with(word))
}

/// `Creative Commons Attribution-NonCommercial 4.0 International`. A license without elements (`under a Creative
/// Commons license`) is `LicenseRef-CC`.
fn by_title(folded: &str) -> Option<Named> {
    let (at, behind) = creative_commons(folded)?;
    let has = |list: &[&str]| has_any(folded, list);
    let elements =
        Elements { by: has(&TABLE.by), nc: has(&TABLE.nc), nd: has(&TABLE.nd), sa: has(&TABLE.sa) };
    let rest = &folded[behind..];
    let stands_before = TABLE.by.iter().find_map(|word| folded[..at].find(word));
    if let Some(start) = stands_before.filter(|_| !has_any(rest, &TABLE.by)) {
        // `Attribution-ShareAlike 4.0 (Creative Commons)`
        let title = &folded[start..];
        return Some((identifier(elements, first_version(title), port(title))?, start));
    }
    let version = first_version(rest);
    if let Some(spdx) = identifier(elements, version, port(rest)) {
        return Some((spdx, at));
    }
    let license =
        ["licen", "lizenz", "лиценз", "ліценз", "lisans", "lisens", "رخصة", "ترخيص", "permes"];
    let alone = rest.trim_matches(|c: char| !c.is_alphanumeric()).is_empty();
    let under = folded[..at].trim_end().ends_with("under");
    (has(&license) || alone || under).then(|| ("LicenseRef-CC".to_owned(), at))
}

fn has_any(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.contains(word))
}

/// The SPDX identifier, or a `LicenseRef-` without a version and for ports that SPDX does not list.
fn identifier(elements: Elements, version: Option<&str>, port: Option<&str>) -> Option<String> {
    let code = elements.code()?;
    let Some(version) = version else { return Some(format!("LicenseRef-CC-{code}")) };
    let plain = format!("CC-{code}-{version}");
    let Some(port) = port.filter(|port| !port.is_empty() && version != "4.0") else {
        // There is no unported version 2.1.
        return Some(if version == "2.1" { format!("LicenseRef-{plain}") } else { plain });
    };
    let ported = format!("{plain}-{}", port.to_uppercase());
    Some(if TABLE.spdx.contains(&ported.as_str()) {
        ported
    } else {
        format!("LicenseRef-{ported}")
    })
}

/// The version as SPDX writes it; `None` if Creative Commons never published it.
fn spdx_version(version: &str) -> Option<&'static str> {
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

/// The first published version in `rest`; a whole number counts only after `v` or `version`.
fn first_version(rest: &str) -> Option<&'static str> {
    rest.char_indices().filter(|(_, c)| c.is_ascii_digit()).find_map(|(i, _)| {
        if rest[..i].ends_with(|c: char| c.is_ascii_digit() || c == '.' || c == '/') {
            return None;
        }
        let end =
            rest[i..].find(|c: char| !c.is_ascii_digit() && c != '.').map_or(rest.len(), |n| i + n);
        let number = rest[i..end].trim_end_matches('.');
        let marked = rest[..i].ends_with('v') || rest[..i].trim_end().ends_with("version");
        (number.contains('.') || marked).then(|| spdx_version(number))?
    })
}

/// The code of the port whose name follows the version: `3.0 United States`.
fn port(rest: &str) -> Option<&'static str> {
    let digit = rest.find(|c: char| c.is_ascii_digit())?;
    let is_version = |c: char| c.is_ascii_digit() || matches!(c, '.' | ' ' | '-' | '(');
    let behind = rest[digit..].trim_start_matches(is_version);
    let is_named = |port: &&Vec<&str>| port[1..].iter().any(|name| behind.starts_with(name));
    TABLE.ports.iter().find(is_named).map(|port| port[0])
}

/// The code of the port, if it follows the version: `3.0-DE`, `3.0 US`.
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
        let found = find(&license_words::fold(sentence));
        assert_eq!(found.map_or(String::new(), |(spdx, _)| spdx), expected, "{sentence}");
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
