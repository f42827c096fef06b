//! Which terms a sentence names: the SPDX identifier, or a `LicenseRef-` for what SPDX lacks. Whether they are the
//! article's, [`super::subject`] judges.

use std::sync::LazyLock;

use super::creative_commons;
use super::license_words::{self, AnyOf, Hits, Kind};

/// Rights that are kept, in whatever words.
pub(super) const RESERVED: &str = "LicenseRef-All-Rights-Reserved";

/// Copying needs leave, or follows terms that stand elsewhere.
pub(super) const RESTRICTED: &str = "LicenseRef-Terms-Of-Use";

/// No more than a copyright line.
pub(super) const COPYRIGHT: &str = "LicenseRef-Copyright";

/// Copying is allowed if the source is named.
const CREDIT: &str = "LicenseRef-Reproduction-With-Credit";

/// In the public domain, without one of the marks that SPDX knows.
const PUBLIC_DOMAIN: &str = "LicenseRef-Public-Domain";

/// What a sentence says about use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Terms {
    /// SPDX identifier or `LicenseRef-…`.
    pub(super) spdx: String,
    /// Does it grant anything?
    pub(super) grants: bool,
    /// Where the words that name it begin in the sentence.
    pub(super) at: usize,
}

impl Terms {
    /// The public domain, with or without a mark that SPDX knows?
    pub(super) fn is_public_domain(&self) -> bool {
        matches!(self.spdx.as_str(), PUBLIC_DOMAIN | "CC-PDM-1.0" | "CC-PDDC")
    }
}

/// The terms that `folded`, a sentence in small letters, names: the most open ones if there are several.
pub(super) fn of(folded: &str, hits: &Hits) -> Option<Terms> {
    creative_commons::terms(folded)
        .or_else(|| government(folded))
        .or_else(|| free_documentation(folded))
        .or_else(|| public_domain(folded, hits))
        .or_else(|| withheld(folded, hits))
        .or_else(|| credit(folded, hits))
}

fn grant(spdx: impl Into<String>, at: usize) -> Terms {
    Terms { spdx: spdx.into(), grants: true, at }
}

/// The open licenses of governments, and crown copyright.
fn government(folded: &str) -> Option<Terms> {
    let name = |phrase| license_words::find(folded, phrase);
    let open = name("open government licence").or_else(|| name("open government license"));
    if let Some((at, end)) = open {
        let rest = &folded[end..];
        let spdx = if folded.contains("canada") {
            "OGL-Canada-2.0"
        } else {
            match version(rest) {
                Some("1.0" | "1") => "OGL-UK-1.0",
                Some("2.0" | "2") => "OGL-UK-2.0",
                Some("3.0" | "3") => "OGL-UK-3.0",
                _ => "LicenseRef-OGL-UK",
            }
        };
        return Some(grant(spdx, at));
    }
    if let Some((at, _)) = name("ogl").filter(|&(_, end)| version(&folded[end..]) == Some("3.0")) {
        return Some(grant("OGL-UK-3.0", at));
    }
    for (phrase, spdx) in [
        ("datenlizenz deutschland zero", "DL-DE-ZERO-2.0"),
        ("datenlizenz deutschland", "DL-DE-BY-2.0"),
        ("licence ouverte", "etalab-2.0"),
        ("norwegian licence for open government data", "NLOD-1.0"),
        ("free art license", "FAL-1.3"),
        ("licence art libre", "FAL-1.3"),
    ] {
        if let Some((at, _)) = name(phrase) {
            return Some(grant(spdx, at));
        }
    }
    let (at, _) = name("crown copyright")?;
    Some(Terms { spdx: "LicenseRef-Crown-Copyright".to_owned(), grants: false, at })
}

fn free_documentation(folded: &str) -> Option<Terms> {
    let (at, end) = license_words::find(folded, "gnu free documentation licen*")
        .or_else(|| license_words::find(folded, "gnu fdl"))
        .or_else(|| license_words::find(folded, "gfdl"))?;
    let rest = &folded[end..];
    let later = ["or later", "any later", "or-later"].iter().any(|phrase| rest.contains(phrase));
    let spdx = match version(rest) {
        Some(version @ ("1.1" | "1.2" | "1.3")) => {
            format!("GFDL-{version}-{}", if later { "or-later" } else { "only" })
        }
        _ => "LicenseRef-GFDL".to_owned(),
    };
    Some(grant(spdx, at))
}

fn public_domain(folded: &str, hits: &Hits) -> Option<Terms> {
    let (at, end) = hits.first(Kind::Domain)?;
    let mark = folded[end..].trim_start().starts_with("mark");
    Some(grant(if mark { "CC-PDM-1.0" } else { PUBLIC_DOMAIN }, at))
}

/// All rights reserved, and bans on copying.
fn withheld(folded: &str, hits: &Hits) -> Option<Terms> {
    let reserved = hits.first(Kind::Reserved);
    if let Some((at, _)) = reserved.filter(|&(at, _)| !folded[..at].ends_with("some ")) {
        return Some(Terms { spdx: RESERVED.to_owned(), grants: false, at });
    }
    let (at, _) = hits.first(Kind::Forbidden)?;
    is_about_copying(folded).then(|| Terms { spdx: RESTRICTED.to_owned(), grants: false, at })
}

fn credit(folded: &str, hits: &Hits) -> Option<Terms> {
    let (at, _) = hits.first(Kind::Credit)?;
    let named = [
        "credit",
        "attribut",
        "source",
        "acknowledg",
        "crédito",
        "fonte",
        "fuente",
        "quelle",
        "mention",
        "citing",
    ];
    named.iter().any(|word| folded.contains(word)).then(|| grant(CREDIT, at))
}

/// Does the sentence speak of copying at all?
pub(super) fn is_about_copying(folded: &str) -> bool {
    static STEMS: LazyLock<AnyOf> = LazyLock::new(|| {
        AnyOf::new(&[
            "reprodu",
            "republ",
            "redistrib",
            "copi",
            "copy",
            "broadcast",
            "reprint",
            "retransm",
            "use only",
            "restrictions",
            "permission",
            "agreement",
            "terms",
            "personal use",
            "nachdruck",
            "vervielf",
            "verwert",
            "verwend",
            "verbreit",
            "genehmigung",
            "autoris",
            "autoriz",
            "riprodu",
            "overname",
            "openbaar",
            "przedruk",
            "kopiow",
            "перепеч",
            "копиров",
            "распростр",
            "использов",
            "mengutip",
            "memperbanyak",
            "kopyala",
            "yayınlan",
            "alıntı",
        ])
    });
    STEMS.is_in(folded)
}

/// The first version number such as `3.0` in `rest`, or the whole number behind a `v` or `version`.
pub(super) fn version(rest: &str) -> Option<&str> {
    let start = rest.find(|c: char| c.is_ascii_digit())?;
    let end = rest[start..]
        .find(|c: char| !c.is_ascii_digit() && c != '.')
        .map_or(rest.len(), |length| start + length);
    let number = rest[start..end].trim_end_matches('.');
    (number.len() <= 3 && start < 40).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(sentence: &str, expected: &str) {
        let folded = license_words::fold(sentence);
        let terms = of(&folded, &Hits::of(&folded));
        assert_eq!(terms.map_or(String::new(), |t| t.spdx), expected, "{sentence}");
    }

    #[test]
    fn terms_are_told_apart() {
        for (sentence, expected) in [
            ("Open Government Licence v3.0.", "OGL-UK-3.0"),
            ("under the Open Government Licence", "LicenseRef-OGL-UK"),
            ("Open Government Licence – Canada", "OGL-Canada-2.0"),
            (
                "GNU Free Documentation License, Version 1.2 or any later version",
                "GFDL-1.2-or-later",
            ),
            ("this text is in the public domain", "LicenseRef-Public-Domain"),
            ("Public Domain Mark 1.0", "CC-PDM-1.0"),
            ("Tous droits réservés", RESERVED),
            ("Nachdruck nur mit Genehmigung des Verlags", RESTRICTED),
            ("Texts may be reproduced freely if the source is named", CREDIT),
            ("Smoking is strictly prohibited", ""),
            ("The licence of the pub was withdrawn", ""),
            ("Some rights reserved", ""),
        ] {
            check(sentence, expected);
        }
    }
}
