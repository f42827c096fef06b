//! The rights holder that a sentence names: `© 2021 The Gazette`, `All content by …`, `republished from … under`.

use std::sync::LazyLock;

use super::license_words::{self, AnyOf};

/// Most bytes of a rights holder's name.
const MAX_NAME: usize = 90;

/// The rights holder that the sentence names; `folded` is `printed` in lower case, of the same length.
pub(super) fn find(printed: &str, folded: &str) -> Option<String> {
    in_copyright_notice(printed, folded)
        .or_else(|| before_verb(printed, folded))
        .or_else(|| after_phrase(printed, folded))
}

/// The name after copyright sign and year: `© 2017 …`, `(c) Copyright … 2018`, `COPYRIGHT 2004 BY …`.
fn in_copyright_notice(printed: &str, folded: &str) -> Option<String> {
    static SIGNS: LazyLock<AnyOf> =
        LazyLock::new(|| AnyOf::new(&["©", "(c)", "copyright", "&copy;"]));
    let at = SIGNS.find(folded)?;
    let mut start = at;
    loop {
        let rest = &folded[start..];
        let skip = ["©", "(c)", "copyright", "&copy;", "by ", "all rights reserved"]
            .iter()
            .find(|word| rest.starts_with(**word))
            .map(|word| word.len())
            .or_else(|| separator(rest))?;
        start += skip;
        let rest = &folded[start..];
        if rest.starts_with(char::is_alphabetic)
            && !["copyright", "by ", "all rights"].iter().any(|word| rest.starts_with(word))
        {
            break;
        }
        if rest.is_empty() {
            return None;
        }
    }
    leading_name(&printed[start..], &folded[start..])
}

/// The bytes of the digit, blank or punctuation mark that opens `rest`.
fn separator(rest: &str) -> Option<usize> {
    let c = rest.chars().next()?;
    (c.is_ascii_digit() || !c.is_alphanumeric()).then(|| c.len_utf8())
}

/// `All content by … is licensed`, `material produced by … is public domain`, `… is published under`.
fn before_verb(printed: &str, folded: &str) -> Option<String> {
    static VERBS: LazyLock<AnyOf> = LazyLock::new(|| {
        AnyOf::new(&[
            " is ",
            " are ",
            " ist ",
            " sind ",
            " est ",
            " sont ",
            " es ",
            " son ",
            " está ",
            " están ",
            " é ",
            " são ",
            " estão ",
            " è ",
            " sono ",
            " may be ",
            " can be ",
            " come under ",
            " comes under ",
            " carry ",
            " carries ",
            " fall under ",
            " reserves ",
            " forbids ",
            " prohibits ",
            " does not ",
            " bans ",
            " untersagt ",
            " verbietet ",
            " gestattet ",
            " erlaubt ",
            " interdit ",
            " n'autorise ",
            " n’autorise ",
            " prohíbe ",
            " no permite ",
            " no autoriza ",
            " proíbe ",
            " não permite ",
            " não autoriza ",
            " vieta ",
            " non consente ",
            " non autorizza ",
            " verbiedt ",
            " запрещает ",
        ])
    });
    let verb = VERBS.find(folded)?;
    if let Some(by) = folded[..verb].rfind(" by ") {
        return leading_name(&printed[by + 4..verb], &folded[by + 4..verb]);
    }
    let subject = &printed[..verb];
    if let Some(owner) = owner_of_content(subject) {
        return Some(owner.to_owned());
    }
    let no_name = [
        "This", "All", "Our", "Text", "Texts", "Content", "The", "These", "Dieser", "Dieses",
        "Cet", "Este", "Esta",
    ];
    let first = subject.split(' ').next().unwrap_or_default();
    (is_capitalised(subject) && !no_name.contains(&first)).then(|| subject.trim().to_owned())
}

/// The name that `before`, the paragraph up to the terms, consists of: `Harbour News Cooperative.`
pub(super) fn name_alone(before: &str) -> Option<&str> {
    const TERMS: &[&str] = &["right", "reserve", "copyright", "licen", "permission", "terms"];
    let name = before.trim().strip_suffix('.')?;
    let words = name.split(' ').count();
    let folded = license_words::fold(name);
    ((2..=6).contains(&words)
        && name.len() <= MAX_NAME
        && is_capitalised(name)
        && !TERMS.iter().any(|term| folded.contains(term)))
    .then_some(name)
}

/// The name in `O conteúdo da Agência Lago`, `Les contenus de l'Agence du Lac`, `Harbour Gazette stories`.
fn owner_of_content(subject: &str) -> Option<&str> {
    const OF: &[&str] = &[
        " de l'", " de l’", " de la ", " de ", " da ", " do ", " del ", " dell'", " della ",
        " di ", " der ", " des ", " von ", " of ",
    ];
    const CONTENT: &[&str] =
        &[" stories", " articles", " content", " texts", " reports", " material", " materials"];
    let behind = |of: &&str| subject.split_once(*of).map(|(_, rest)| rest.trim());
    let rest = OF.iter().filter_map(behind).find(|rest| is_capitalised(rest));
    let before = CONTENT.iter().find_map(|content| subject.strip_suffix(content));
    before
        .filter(|name| (name.contains(' ') || is_acronym(name)) && !name.contains(" of "))
        .or_else(|| rest.filter(|_| !is_capitalised(subject)))
        .map(str::trim)
        .filter(|name| is_capitalised(name) && name.len() <= MAX_NAME)
}

fn is_acronym(name: &str) -> bool {
    name.len() > 1 && name.chars().all(char::is_uppercase)
}

/// Whether `words` are capitalised, with particles between them.
pub(super) fn is_capitalised(words: &str) -> bool {
    words.starts_with(char::is_uppercase)
        && words.split(' ').all(|word| {
            word.starts_with(char::is_uppercase)
                || matches!(
                    word,
                    "and"
                        | "of"
                        | "the"
                        | "for"
                        | "&"
                        | "de"
                        | "du"
                        | "des"
                        | "la"
                        | "del"
                        | "di"
                        | "do"
                        | "da"
                        | "der"
                        | "von"
                        | "van"
                )
        })
}

/// The name after a phrase that says whose permission is needed or who published the text first.
fn after_phrase(printed: &str, folded: &str) -> Option<String> {
    const PHRASES: &[&str] = &[
        "republished from ",
        "reprinted from ",
        "permission of ",
        "permission from ",
        "consent of ",
        "consent from ",
        "agreement with ",
        "agreement of ",
        "published by ",
        "published on ",
        "published in ",
        "appeared on ",
        "appeared in ",
        "licensed by ",
        "courtesy of ",
        "genehmigung von ",
        "genehmigung des ",
        "genehmigung der ",
        "autorisation de ",
        "autorización de ",
        "autorização de ",
        "autorização da ",
        "autorizzazione di ",
        "toestemming van ",
        "attribution to ",
        "credit to ",
        "article by ",
        "story by ",
        "text by ",
        "work by ",
    ];
    let find = |phrase: &&str| license_words::find(folded, phrase.trim_end());
    let (_, end) = PHRASES.iter().find_map(find)?;
    let start = end + usize::from(folded[end..].starts_with(' '));
    leading_name(&printed[start..], &folded[start..])
}

/// The name that opens `printed`, up to the first word or mark that is not part of a name.
fn leading_name(printed: &str, folded: &str) -> Option<String> {
    static ENDS: LazyLock<AnyOf> = LazyLock::new(|| {
        AnyOf::new(&[
            ". ",
            ", a ",
            ", an ",
            ", all ",
            ", in ",
            ", which ",
            ", under ",
            ", licensed ",
            ";",
            " under ",
            " all rights",
            " all copyright",
            " is ",
            " are ",
            " and is ",
            " and was ",
            " may ",
            " - ",
            " – ",
            " — ",
            " | ",
            "(",
            ")",
            " on ",
            " licensed",
            " http",
            " tous droits",
            " alle rechte",
            " todos los",
            " unter ",
            " sous ",
            " bajo ",
            " sob ",
        ])
    });
    let mut end = ENDS.find(folded).unwrap_or(folded.len());
    // `Copyright Jane Doe 2018`
    if let Some(year) = folded[..end].find(|c: char| c.is_ascii_digit())
        && year > 0
    {
        end = year;
    }
    let name = printed[..end].trim_matches(|c: char| !c.is_alphanumeric());
    let name = name.strip_prefix("exclusively by ").unwrap_or(name);
    let capital = name.chars().next().is_some_and(|c| !c.is_lowercase())
        || name.split(' ').any(|word| word.starts_with(char::is_uppercase))
        || name.len() <= 5
        || (name.contains('.') && !name.contains(' '));
    (!name.is_empty() && name.len() <= MAX_NAME && capital).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(sentence: &str, expected: Option<&str>) {
        assert_eq!(
            find(sentence, &license_words::fold(sentence)).as_deref(),
            expected,
            "{sentence}"
        );
    }

    #[test]
    fn rights_holders_are_found() {
        for (sentence, expected) in [
            ("© 2021 Harbour Gazette.", Some("Harbour Gazette")),
            (
                "Copyright (c) 2020, The Harbour Gazette. All rights reserved",
                Some("The Harbour Gazette"),
            ),
            ("(c) Copyright Harbour News 2018.", Some("Harbour News")),
            ("COPYRIGHT 2004 BY HARBOUR, INC., A JOINT VENTURE", Some("HARBOUR, INC")),
            (
                "All Content by Harbour News Agency is licensed under CC",
                Some("Harbour News Agency"),
            ),
            ("Harbour Gazette is published under CC BY", Some("Harbour Gazette")),
            ("O conteúdo da Agência Lago está sob a licença CC BY", Some("Agência Lago")),
            ("Les contenus de l'Agence du Lac sont sous licence CC BY", Some("Agence du Lac")),
            ("Harbour Gazette stories may be republished under CC BY", Some("Harbour Gazette")),
            ("This article is republished from Harbour Gazette under CC", Some("Harbour Gazette")),
            ("not without the written permission of Harbour Gazette.", Some("Harbour Gazette")),
            ("This article is licensed under CC BY 4.0", None),
            ("Original content is licensed under CC BY 4.0", None),
            ("All rights reserved.", None),
        ] {
            check(sentence, expected);
        }
    }

    #[test]
    fn a_name_alone_before_the_terms_is_the_rights_holder() {
        assert_eq!(name_alone("Harbour News Cooperative. "), Some("Harbour News Cooperative"));
        for other in ["All Rights Reserved. ", "The river rose. ", "Harbour. ", ""] {
            assert_eq!(name_alone(other), None, "{other}");
        }
    }
}
