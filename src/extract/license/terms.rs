//! The license terms that a sentence names, as an SPDX identifier, or a `LicenseRef-` for what SPDX does not list.
//! Whether they apply to the article is decided in [`super::subject`].

use std::sync::LazyLock;

use super::creative_commons;
use super::license_words::{self, AnyOf, PhraseHits, PhraseKind};
use super::use_limits;

/// All rights reserved, in any wording.
pub(super) const RESERVED: &str = "LicenseRef-All-Rights-Reserved";

/// Copying needs permission, or is subject to terms stated elsewhere.
pub(super) const RESTRICTED: &str = "LicenseRef-Terms-Of-Use";

/// A copyright notice without terms.
pub(super) const COPYRIGHT: &str = "LicenseRef-Copyright";

/// Copying is allowed if the source is credited.
const CREDIT: &str = "LicenseRef-Reproduction-With-Credit";

/// In the public domain, without a mark or dedication that SPDX lists.
const PUBLIC_DOMAIN: &str = "LicenseRef-Public-Domain";

/// The license terms that a sentence names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct LicenseTerms {
    /// SPDX identifier or `LicenseRef-…`.
    pub(super) spdx: String,
    /// Whether they grant a right to the reader.
    pub(super) is_grant: bool,
    /// The byte of the sentence at which their name begins.
    pub(super) at: usize,
}

impl LicenseTerms {
    pub(super) fn grant(spdx: impl Into<String>, at: usize) -> Self {
        Self { spdx: spdx.into(), is_grant: true, at }
    }

    pub(super) fn restriction(spdx: &str, at: usize) -> Self {
        Self { spdx: spdx.to_owned(), is_grant: false, at }
    }

    /// Whether they are the public domain, by any identifier.
    pub(super) fn is_public_domain(&self) -> bool {
        matches!(self.spdx.as_str(), PUBLIC_DOMAIN | "CC-PDM-1.0" | "CC-PDDC")
    }
}

/// The terms that `printed`, a sentence, names; the most open ones if there are several. `folded` is the same in lower case;
/// `follows`: the previous sentence states terms of the article.
pub(super) fn find(
    printed: &str,
    folded: &str,
    hits: &PhraseHits,
    follows: bool,
) -> Option<LicenseTerms> {
    creative_commons::find(folded)
        .map(|(spdx, at)| LicenseTerms::grant(spdx, at))
        .or_else(|| government(folded))
        .or_else(|| free_documentation(folded))
        .or_else(|| public_domain(folded, hits))
        .or_else(|| reservation(folded, hits))
        .or_else(|| {
            let limit = use_limits::find(printed, folded, hits, follows);
            ban(folded, hits)
                .map(|at| limit.unwrap_or(at))
                .map(|at| LicenseTerms::restriction(RESTRICTED, at))
                .or_else(|| reproduction_with_credit(folded, hits))
                .or_else(|| limit.map(|at| LicenseTerms::restriction(RESTRICTED, at)))
        })
}

/// The open licenses of governments, and crown copyright.
fn government(folded: &str) -> Option<LicenseTerms> {
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
        return Some(LicenseTerms::grant(spdx, at));
    }
    if let Some((at, _)) = name("ogl").filter(|&(_, end)| version(&folded[end..]) == Some("3.0")) {
        return Some(LicenseTerms::grant("OGL-UK-3.0", at));
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
            return Some(LicenseTerms::grant(spdx, at));
        }
    }
    let (at, _) = name("crown copyright")?;
    Some(LicenseTerms::restriction("LicenseRef-Crown-Copyright", at))
}

fn free_documentation(folded: &str) -> Option<LicenseTerms> {
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
    Some(LicenseTerms::grant(spdx, at))
}

fn public_domain(folded: &str, hits: &PhraseHits) -> Option<LicenseTerms> {
    let (at, end) = hits.first(PhraseKind::PublicDomain)?;
    let rest = folded[end..].trim_start();
    let mark = rest.starts_with("mark");
    // `Public domain day is in January`
    let is_compound =
        at == 0 && ["day", "works", "books", "films"].iter().any(|noun| rest.starts_with(noun));
    if is_compound {
        return None;
    }
    Some(LicenseTerms::grant(if mark { "CC-PDM-1.0" } else { PUBLIC_DOMAIN }, at))
}

/// All rights reserved.
fn reservation(folded: &str, hits: &PhraseHits) -> Option<LicenseTerms> {
    let (at, _) = hits.first(PhraseKind::Reserved)?;
    (!folded[..at].ends_with("some ")).then(|| LicenseTerms::restriction(RESERVED, at))
}

/// The byte at which a ban on copying begins that has a fixed phrase.
fn ban(folded: &str, hits: &PhraseHits) -> Option<usize> {
    let (at, _) = hits.first(PhraseKind::Forbidden)?;
    let is_about_copying = is_about_copying(folded) || hits.any(PhraseKind::ThisArticle);
    (is_about_copying && !use_limits::is_of_other_work(hits)).then_some(at)
}

fn reproduction_with_credit(folded: &str, hits: &PhraseHits) -> Option<LicenseTerms> {
    let (at, _) = hits.first(PhraseKind::ReproductionWithCredit)?;
    let source_words = [
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
        "ссылк",
        "منبع",
    ];
    let credits_source = source_words.iter().any(|word| folded.contains(word));
    credits_source.then(|| LicenseTerms::grant(CREDIT, at))
}

/// Whether the sentence is about copying or permission.
fn is_about_copying(folded: &str) -> bool {
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

/// The first number in `rest` that can be a version: `3.0`, `v3`.
fn version(rest: &str) -> Option<&str> {
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
        let terms = find(sentence, &folded, &PhraseHits::of(&folded), false);
        assert_eq!(terms.map_or(String::new(), |t| t.spdx), expected, "{sentence}");
    }

    #[test]
    fn terms_have_identifiers() {
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
