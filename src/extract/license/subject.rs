//! Whose terms? A sentence that names a license may speak of the article, of a picture in it, or of the events that
//! it reports. Only the first kind counts, and in doubt it does not.

use std::sync::LazyLock;

use super::license_words::{self, AnyOf, Hits, Kind};
use super::terms::{self, Terms};

/// A sentence that names terms, and where it stands.
#[derive(Debug)]
pub(super) struct Statement<'a> {
    /// The sentence in small letters, without marks at its start.
    pub(super) folded: &'a str,
    /// The phrases in it.
    pub(super) hits: &'a Hits,
    /// As printed, of the same length.
    pub(super) printed: &'a str,
    /// What stands before it in its paragraph, in small letters.
    pub(super) before: &'a str,
    /// The paragraph before, in small letters, if it is short.
    pub(super) above: &'a str,
    /// Is everything before it in its paragraph about the terms too?
    pub(super) opens_paragraph: bool,
    /// Is the paragraph one of the last two?
    pub(super) at_end: bool,
}

impl Statement<'_> {
    /// Are `terms`, which the sentence names, the article's?
    pub(super) fn is_of_article(&self, terms: &Terms) -> bool {
        if self.is_quoted(terms.at) || self.hits.any(Kind::Reported) {
            return false;
        }
        let undone = [Kind::Negated, Kind::Future];
        if terms.grants && undone.iter().any(|&kind| self.hits.any_from_before(kind, terms.at)) {
            return false;
        }
        if terms.spdx == terms::COPYRIGHT && !self.at_end && !is_dated(self.printed) {
            return false;
        }
        let names_itself = self.names_itself(terms);
        if self.is_credit_of_other(terms.at, names_itself) {
            return false;
        }
        let placed = self.opens_paragraph || (self.at_end && !self.follows_credit());
        names_itself || (placed && (self.opens_as_terms(terms) || self.is_by_publisher(terms.at)))
    }

    /// `Jane Roe/Copyright 2020 The News. All rights reserved`: the rest of a credit that was refused.
    fn follows_credit(&self) -> bool {
        ["copyright", "©", "(c)", "photo"].iter().any(|sign| self.before.contains(sign))
    }

    /// Between quotation marks? What stands behind the article's own name is a title: `this text: “CC BY 4.0”`.
    fn is_quoted(&self, at: usize) -> bool {
        let opening = self.printed[..at].find(['"', '“', '«', '„']);
        let named = self.hits.first(Kind::This).map_or(usize::MAX, |(start, _)| start);
        opening.is_some_and(|opening| opening < named) || self.printed.starts_with(['\'', '‘'])
    }

    /// `this article`, `all content`, `our stories`.
    fn names_itself(&self, terms: &Terms) -> bool {
        self.hits.any(Kind::This) || self.counts_text(terms)
    }

    /// `All original content by …`: a word for text soon behind one for the whole of it. `All works of the painter`
    /// may be in the public domain without the article being so.
    fn counts_text(&self, terms: &Terms) -> bool {
        const WHOLE: &[&str] = &[
            "all", "any", "our", "its", "site", "website", "original", "these", "most", "alle",
            "unsere", "tous", "toutes", "nos", "todo", "todos", "todas", "nuestros", "nossos",
            "tutti", "tutte", "onze", "все", "весь", "allt", "alt", "seluruh", "semua", "tüm",
        ];
        const OF_OTHERS: &[&str] =
            &["work", "works", "writing", "writings", "texts", "words", "copy"];
        let head: Vec<&str> = self.folded[..terms.at].split_whitespace().take(6).collect();
        let Some(whole) = head.iter().take(2).position(|word| WHOLE.contains(word)) else {
            return false;
        };
        let rest = &head[whole + 1..];
        let other = rest.iter().position(|word| is_word_of(word, Kind::Other));
        let text = rest.iter().position(|word| is_word_of(word, Kind::Text));
        let vague = |text: usize| terms.is_public_domain() && OF_OTHERS.contains(&rest[text]);
        text.is_some_and(|text| other.is_none_or(|other| text < other) && !vague(text))
    }

    /// Does it credit a picture or the like?
    fn is_credit_of_other(&self, at: usize, names_itself: bool) -> bool {
        static ARCHIVES: LazyLock<AnyOf> = LazyLock::new(|| {
            AnyOf::new(&[
                "wikimedia",
                "flickr",
                "unsplash",
                "pixabay",
                "pexels",
                "getty",
                "shutterstock",
                "openstreetmap",
            ])
        });
        if self.hits.opening(Kind::Other).is_some_and(|end| {
            let rest = self.folded[end..].trim_start();
            rest.starts_with([':', '/', '(', '©', '-', '–'])
                || rest.starts_with("by ")
                || !names_itself
        }) {
            return !self.folded[..at].contains(" and text")
                && !self.folded[..at].contains(" und text");
        }
        let subject = self.hits.any_before(Kind::Other, at);
        if subject && !names_itself && !self.opens_with_text() {
            return true;
        }
        let archived = || ARCHIVES.is_in(self.folded);
        let after_picture =
            || Hits::of(self.before).any(Kind::Other) || Hits::of(self.above).any(Kind::Other);
        !names_itself && !self.opens_with_text() && (archived() || after_picture())
    }

    /// `Text: CC BY 4.0`.
    fn opens_with_text(&self) -> bool {
        self.hits.opening(Kind::Text).is_some()
    }

    /// `Licensed under …`, `© 2021 …`, `All rights reserved`, an address, a code.
    fn opens_as_terms(&self, terms: &Terms) -> bool {
        let domain = terms.is_public_domain();
        (self.hits.opening(Kind::Opening).is_some() && !(domain && self.opens_with_text()))
            || (self.opens_with_text() && terms.grants && !domain)
            || terms.at <= 1
            || is_copyright_line(self.printed)
            || is_address(self.folded)
            || self.folded[..terms.at].ends_with("://")
    }

    /// `Riverside News is published under …`: the subject is a name, and nothing but the verb stands between.
    fn is_by_publisher(&self, at: usize) -> bool {
        static VERBS: LazyLock<AnyOf> = LazyLock::new(|| {
            AnyOf::new(&[
                " is licensed",
                " are licensed",
                " is published",
                " are published",
                " is released",
                " are released",
                " is available",
                " are available",
                " is made available",
                " are made available",
                " publishes ",
                " content is",
                " stories are",
                " articles are",
                " is distributed",
                " may be republished",
                " may be reprinted",
                " may be reused",
                " may be shared",
                " shares ",
                " offers ",
                " releases ",
                " licenses ",
            ])
        });
        let Some(verb) = VERBS.find(self.folded).filter(|&verb| verb < at) else { return false };
        let mut words = self.printed[..verb].split_whitespace();
        let named = |word: &str| {
            word.starts_with(char::is_uppercase)
                || matches!(word, "and" | "of" | "the" | "for" | "&")
                || is_word_of(word, Kind::Text)
        };
        let count = words.clone().count();
        self.opens_paragraph
            && (1..=8).contains(&count)
            && words.all(named)
            && !self.printed.starts_with("The ")
    }
}

/// Is `word`, without marks around it, a phrase of `kind`?
fn is_word_of(word: &str, kind: Kind) -> bool {
    license_words::is_phrase(word.trim_matches(|c: char| !c.is_alphanumeric()), kind)
}

/// Does it open with a web address?
pub(super) fn is_address(folded: &str) -> bool {
    ["http://", "https://", "www.", "creativecommons.org"]
        .iter()
        .any(|scheme| folded.starts_with(scheme))
}

/// Does it hold a year?
fn is_dated(printed: &str) -> bool {
    printed.split(|c: char| !c.is_ascii_digit()).any(|digits| digits.len() == 4)
}

/// `© 2021 …`, `Copyright 2019 …`, `(c) …`: followed by a year or a name, not by a word of prose.
pub(super) fn is_copyright_line(printed: &str) -> bool {
    let sign = ["©", "(c)", "(C)", "&copy;"].iter().find_map(|sign| printed.strip_prefix(sign));
    let word = ["Copyright", "COPYRIGHT", "copyright", "Copr."]
        .iter()
        .find_map(|word| printed.strip_prefix(word));
    let Some(rest) = sign.or(word) else { return false };
    let rest = rest.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '©');
    let next =
        rest.split_whitespace().next().unwrap_or_default().trim_end_matches([',', '.', ';', ':']);
    let lower = next.to_lowercase();
    let prose = [
        "act",
        "acts",
        "law",
        "laws",
        "office",
        "infringement",
        "holder",
        "holders",
        "owner",
        "owners",
        "claim",
        "claims",
        "notice",
        "protection",
        "rules",
        "issues",
        "trial",
        "case",
        "reform",
        "directive",
        "bill",
    ];
    printed.len() < 400
        && !prose.contains(&lower.as_str())
        && (next.starts_with(|c: char| c.is_ascii_digit() || c.is_uppercase() || c == '©')
            || lower == "copyright"
            || lower == "by"
            || (sign.is_some() && is_dated(printed)))
}
