//! Decides whether the terms that a sentence names are those of the article. They may also be those of a picture in it,
//! or part of the news it reports. In doubt they are not the article's.

use std::sync::LazyLock;

use super::license_words::{self, AnyOf, PhraseHits, PhraseKind};
use super::terms::{self, LicenseTerms};

/// A sentence that names terms, with its context.
#[expect(clippy::struct_excessive_bools, reason = "where it stands, in four independent ways")]
#[derive(Debug)]
pub(super) struct LicenseSentence<'a> {
    /// The sentence in lower case, without punctuation at its start.
    pub(super) folded: &'a str,
    /// The phrases in it.
    pub(super) hits: &'a PhraseHits,
    /// The sentence as printed, of the same length.
    pub(super) printed: &'a str,
    /// The text before it in its paragraph, in lower case.
    pub(super) before: &'a str,
    /// The previous paragraph in lower case, if it is short.
    pub(super) above: &'a str,
    /// Whether it is the first of its paragraph, or follows another sentence about the terms.
    pub(super) opens_paragraph: bool,
    /// Whether the paragraph is one of the last two.
    pub(super) at_end: bool,
    /// Whether the paragraph is one of the first three.
    pub(super) at_start: bool,
    /// Whether the previous sentence states terms of the article.
    pub(super) follows: bool,
}

impl LicenseSentence<'_> {
    /// Whether `terms`, which the sentence names, are those of the article.
    pub(super) fn is_of_article(&self, terms: &LicenseTerms) -> bool {
        if self.is_quoted(terms.at) || self.hits.any(PhraseKind::Reported) {
            return false;
        }
        let is_hypothetical = [PhraseKind::Negated, PhraseKind::Future]
            .iter()
            .any(|&kind| self.hits.any_begins_before(kind, terms.at));
        if terms.is_grant && is_hypothetical {
            return false;
        }
        if terms.spdx == terms::COPYRIGHT && !self.at_end && !is_dated(self.printed) {
            return false;
        }
        let names_itself = self.names_itself(terms);
        if terms.spdx == terms::RESTRICTED && !(names_itself || self.at_end || self.at_start) {
            return false;
        }
        if terms.is_grant && self.is_end_of_caption(terms.at) {
            return false;
        }
        if self.is_credit_of_other(terms.at, names_itself) {
            return false;
        }
        let is_separate = self.opens_paragraph || (self.at_end && !self.follows_credit());
        names_itself
            || (is_separate && (self.opens_as_terms(terms) || self.is_by_publisher(terms.at)))
    }

    /// `The harbour at dusk. CC BY 4.0`: a license that is named and no more, behind a sentence of its paragraph.
    fn is_end_of_caption(&self, at: usize) -> bool {
        let before = self.folded[..at].trim_end_matches(|c: char| !c.is_alphanumeric());
        let before = ["https", "http"]
            .iter()
            .find_map(|scheme| before.strip_suffix(scheme))
            .unwrap_or(before);
        // An address does not begin a sentence of its own.
        let (caption, opens_paragraph) = match before.trim_end() {
            "" => (self.before, self.opens_paragraph),
            before if before.ends_with('.') && self.folded[before.len()..at].contains("://") => {
                (before, false)
            }
            _ => return false,
        };
        let hits = PhraseHits::of(caption);
        let states_terms = [PhraseKind::Text, PhraseKind::ThisArticle, PhraseKind::Opening]
            .iter()
            .any(|&kind| hits.any(kind));
        !opens_paragraph && !self.follows && !states_terms
    }

    /// `Jane Roe/Copyright 2020 The News. All rights reserved`: the rest of a photo credit that was refused.
    fn follows_credit(&self) -> bool {
        ["copyright", "©", "(c)", "photo"].iter().any(|sign| self.before.contains(sign))
    }

    /// Whether the name at byte `at` is quoted speech. After a phrase for the article it is a quoted title: `this text
    /// is under “CC BY 4.0”`.
    fn is_quoted(&self, at: usize) -> bool {
        let opening = self.printed[..at].find(['"', '“', '«', '„']);
        let itself = self.hits.first(PhraseKind::ThisArticle);
        let itself = itself.map_or(usize::MAX, |(start, _)| start);
        opening.is_some_and(|opening| opening < itself) || self.printed.starts_with(['\'', '‘'])
    }

    /// `this article`, `all content`, `our stories`.
    fn names_itself(&self, terms: &LicenseTerms) -> bool {
        self.hits.any(PhraseKind::ThisArticle) || self.names_all_text(terms)
    }

    /// `All original content by …`: a word for text soon after a word such as *all*. `All works of the painter` may be
    /// in the public domain without the article being so.
    fn names_all_text(&self, terms: &LicenseTerms) -> bool {
        const ALL: &[&str] = &[
            "all", "any", "our", "its", "site", "website", "original", "these", "most", "alle",
            "unsere", "tous", "toutes", "nos", "todo", "todos", "todas", "nuestros", "nossos",
            "tutti", "tutte", "onze", "все", "весь", "allt", "alt", "seluruh", "semua", "tüm",
        ];
        const AMBIGUOUS: &[&str] =
            &["work", "works", "writing", "writings", "texts", "words", "copy"];
        let head: Vec<&str> = self.folded[..terms.at].split_whitespace().take(6).collect();
        let Some(all) = head.iter().take(2).position(|word| ALL.contains(word)) else {
            return false;
        };
        let rest = &head[all + 1..];
        let other = rest.iter().position(|word| is_word_of(word, PhraseKind::OtherWork));
        let text = rest.iter().position(|word| is_word_of(word, PhraseKind::Text));
        let is_ambiguous =
            |text: usize| terms.is_public_domain() && AMBIGUOUS.contains(&rest[text]);
        text.is_some_and(|text| other.is_none_or(|other| text < other) && !is_ambiguous(text))
    }

    /// Whether it credits a picture or another work than the text.
    fn is_credit_of_other(&self, at: usize, names_itself: bool) -> bool {
        static PICTURE_ARCHIVES: LazyLock<AnyOf> = LazyLock::new(|| {
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
        if self.hits.opening(PhraseKind::OtherWork).is_some_and(|end| {
            let rest = self.folded[end..].trim_start();
            rest.starts_with([':', '/', '(', '©', '-', '–'])
                || rest.starts_with("by ")
                || !names_itself
        }) {
            return !self.folded[..at].contains(" and text")
                && !self.folded[..at].contains(" und text");
        }
        if names_itself || self.opens_with_text() {
            return false;
        }
        let is_other = |text: &str| PhraseHits::of(text).any(PhraseKind::OtherWork);
        self.hits.any_ends_by(PhraseKind::OtherWork, at)
            || PICTURE_ARCHIVES.is_in(self.folded)
            || is_other(self.before)
            || is_other(self.above)
    }

    /// `Text: CC BY 4.0`.
    fn opens_with_text(&self) -> bool {
        self.hits.opening(PhraseKind::Text).is_some()
    }

    /// `Licensed under …`, `© 2021 …`, `All rights reserved`, an address, a code.
    fn opens_as_terms(&self, terms: &LicenseTerms) -> bool {
        let domain = terms.is_public_domain();
        (self.hits.opening(PhraseKind::Opening).is_some() && !(domain && self.opens_with_text()))
            || (self.opens_with_text() && terms.is_grant && !domain)
            || terms.at <= 1
            || is_copyright_line(self.printed)
            || is_address(self.folded)
            || self.folded[..terms.at].ends_with("://")
    }

    /// `Riverside News is published under …`: the subject is a name, and only the verb separates it from the terms.
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
                " use a ",
                " uses a ",
                " come under",
                " comes under",
                " fall under",
                " are under",
                " is under",
                " carry ",
                " carries ",
                " are offered",
                " is offered",
                " are covered by",
                " is covered by",
                " first appeared",
                " originally appeared",
                " was first published",
                " was originally published",
                " reserves all",
                " steht unter",
                " stehen unter",
                " erscheint unter",
                " erscheinen unter",
                " est publié",
                " sont publiés",
                " è pubblicato",
                " sono pubblicati",
                " está bajo",
                " están bajo",
                " está sob",
                " estão sob",
            ])
        });
        let Some(verb) = VERBS.find(self.folded).filter(|&verb| verb < at) else { return false };
        let mut words = self.printed[..verb].split_whitespace();
        let is_name_word = |word: &str| {
            word.starts_with(char::is_uppercase)
                || matches!(word, "and" | "of" | "the" | "for" | "&")
                || is_word_of(word, PhraseKind::Text)
                || is_word_of(word, PhraseKind::AgencyText)
        };
        let count = words.clone().count();
        self.opens_paragraph
            && (1..=8).contains(&count)
            && words.all(is_name_word)
            && !self.printed.starts_with("The ")
    }
}

/// Whether `word`, without punctuation around it, is a phrase of `kind`.
fn is_word_of(word: &str, kind: PhraseKind) -> bool {
    license_words::is_phrase(word.trim_matches(|c: char| !c.is_alphanumeric()), kind)
}

/// Whether the sentence opens with a web address.
fn is_address(folded: &str) -> bool {
    ["http://", "https://", "www.", "creativecommons.org"]
        .iter()
        .any(|scheme| folded.starts_with(scheme))
}

/// Whether the sentence holds a year.
fn is_dated(printed: &str) -> bool {
    printed.split(|c: char| !c.is_ascii_digit()).any(|digits| digits.len() == 4)
}

/// Whether the sentence is a copyright notice: `© 2021 …`, `Copyright 2019 …`, `(c) …` before a year or a name.
pub(super) fn is_copyright_line(printed: &str) -> bool {
    let sign = ["©", "(c)", "(C)", "&copy;"].iter().find_map(|sign| printed.strip_prefix(sign));
    let word = ["Copyright", "COPYRIGHT", "copyright", "Copr."]
        .iter()
        .find_map(|word| printed.strip_prefix(word));
    let Some(rest) = sign.or(word) else { return false };
    let rest = rest.trim_start_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '©' | '('));
    let second = ["(c)", "(C)"].iter().find_map(|sign| rest.strip_prefix(sign));
    let rest = second.map_or(rest, |rest| rest.trim_start_matches(|c: char| !c.is_alphanumeric()));
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
