//! Limits of use that a sentence states without the fixed phrases of bans: `For editorial use only`, `Redistribution of
//! this dispatch requires consent`, `Harbour News forbids the copying of its reports`.
//!
//! Such sentences have few forms, in which an act (*copying*, *use*) or those who may do it (*subscribers*) stand at the
//! head and a limit (*only*, *must not*, *without consent*) behind it. Words of use in general count only with a word
//! for the text, as what is used may be a swimming pool.

use std::sync::LazyLock;

use super::license_words::{AnyOf, PhraseHits, PhraseKind, is_phrase};
use super::rights_holder::is_capitalised;

/// Most bytes of a sentence that consists of a purpose and its limit, such as `For subscribers only`.
const MAX_PURPOSE: usize = 140;

/// Words that may stand between an act and its limit: `reproduction, even in part, is prohibited`.
const LINKS: &[&str] = &[
    "is",
    "are",
    "and",
    "or",
    "in",
    "any",
    "form",
    "whole",
    "part",
    "even",
    "strictly",
    "expressly",
    "commercial",
    "this",
    "by",
    "other",
    "its",
    "full",
    "of",
    "it",
    "ist",
    "sind",
    "und",
    "oder",
    "auch",
    "auszugsweise",
    "jede",
    "est",
    "sont",
    "et",
    "ou",
    "même",
    "partielle",
    "totale",
    "formellement",
    "strictement",
    "la",
    "le",
    "toute",
    "su",
    "sus",
    "toda",
    "total",
    "parcial",
    "o",
    "y",
    "e",
    "está",
    "es",
    "a",
    "é",
    "da",
    "sua",
    "ed",
    "è",
    "sono",
    "il",
    "anche",
    "parziale",
    "en",
    "of",
    "er",
    "är",
    "är",
    "bez",
    "же",
    "и",
    "или",
];

/// Determiners that show that a word for a text means the article or its publisher's texts.
const DETERMINERS: &[&str] = &[
    "this",
    "these",
    "our",
    "all",
    "any",
    "its",
    "their",
    "no",
    "dieser",
    "diese",
    "dieses",
    "unsere",
    "unserer",
    "seine",
    "seiner",
    "ihre",
    "ihrer",
    "alle",
    "aller",
    "cette",
    "cet",
    "ce",
    "ces",
    "nos",
    "ses",
    "notre",
    "tous",
    "toutes",
    "este",
    "esta",
    "estos",
    "estas",
    "nuestros",
    "nuestras",
    "sus",
    "todos",
    "todas",
    "estes",
    "deste",
    "desta",
    "destes",
    "destas",
    "nossos",
    "nossas",
    "suas",
    "seus",
    "questo",
    "questa",
    "questi",
    "queste",
    "nostri",
    "suoi",
    "sue",
    "tutti",
    "dit",
    "deze",
    "onze",
    "zijn",
    "haar",
    "dieser",
    "этот",
    "этого",
    "эта",
    "этой",
    "этих",
    "наших",
    "своих",
    "все",
    "всех",
    "denna",
    "detta",
    "denne",
    "dette",
    "ten",
    "tego",
    "این",
];

/// Subjects that mean the reader: `You must not copy …`, `Please do not forward …`.
const READERS: &[&str] = &[
    "you ",
    "anyone ",
    "whoever ",
    "wer ",
    "please ",
    "do not ",
    "bitte ",
    "prière ",
    "merci ",
    "rogamos ",
    "se ruega ",
];

/// Subjects that mean what the sentence before names.
const PRONOUNS: &[&str] = &[
    "it ", "they ", "sie ", "es ", "er ", "elle ", "elles ", "il ", "ils ", "esse ", "essi ",
    "eles ", "elas ", "zij ",
];

/// Words that are in the names of agencies and papers, or name their work.
static PRESS: LazyLock<AnyOf> = LazyLock::new(|| {
    AnyOf::new(&[
        "press",
        "news",
        "wire",
        "media",
        "prensa",
        "imprensa",
        "stampa",
        "agenc",
        "agenz",
        "agentur",
        "nachricht",
        "dienst",
        "nieuws",
        "агентств",
        "dispatch",
        "article",
        "artikel",
        "artículo",
        "artigo",
        "articol",
    ])
});

/// The byte of the sentence at which a limit of use begins, if it states one. `folded` is `printed` in lower case, of the
/// same length; `follows`: the previous sentence states terms of the article.
pub(super) fn find(printed: &str, folded: &str, hits: &PhraseHits, follows: bool) -> Option<usize> {
    let sentence = LimitSentence { printed, folded, hits };
    let is_limit = sentence.is_notice()
        || sentence.is_purpose()
        || (sentence.is_limited() && (sentence.opens_with_act() || sentence.is_ban(follows)))
        || sentence.is_ban_of_owner()
        || sentence.is_property();
    (is_limit && !is_of_other_work(hits)).then_some(0)
}

struct LimitSentence<'a> {
    printed: &'a str,
    folded: &'a str,
    hits: &'a PhraseHits,
}

impl LimitSentence<'_> {
    fn any(&self, kind: PhraseKind) -> bool {
        self.hits.any(kind)
    }

    fn is_limited(&self) -> bool {
        self.any(PhraseKind::Only) || self.any(PhraseKind::Ban) || self.needs_leave()
    }

    /// `without … consent`
    fn needs_leave(&self) -> bool {
        self.any(PhraseKind::Without) && self.any(PhraseKind::Leave)
    }

    /// Subscribers and the like, or the members of a society of the press.
    fn has_users(&self) -> bool {
        self.any(PhraseKind::Users)
            || (self.any(PhraseKind::Members) && self.has_act() && PRESS.is_in(self.folded))
    }

    fn has_act(&self) -> bool {
        self.any(PhraseKind::Copying) || self.any(PhraseKind::Use)
    }

    /// `Not for publication`, `Not for use in Norland`; not `Not for use in cars`.
    fn is_notice(&self) -> bool {
        let Some(end) = self.hits.opening(PhraseKind::Notice) else { return false };
        let names_place = self.printed[end..].trim_start().starts_with(char::is_uppercase);
        names_place || !self.folded.starts_with("not for use")
    }

    /// `For editorial use only`, `Nur für Abonnenten`, `Clients only`: a purpose or users, and no more.
    fn is_purpose(&self) -> bool {
        let opens_with_purpose = self.hits.opening(PhraseKind::Purpose).is_some()
            && !self.folded.contains(':')
            && self.has_users();
        let is_limited = self.any(PhraseKind::Only) || self.any(PhraseKind::Ban);
        let users = self.hits.opening(PhraseKind::Users);
        let is_users_alone = users.is_some_and(|end| {
            let rest = self.folded[end..].trim_start();
            let only = ["only", "seulement", "uniquement", "exclusively"]
                .iter()
                .find_map(|only| rest.strip_prefix(only));
            only.is_some_and(|rest| !rest.trim_start().starts_with(char::is_alphabetic))
        });
        self.folded.len() <= MAX_PURPOSE && (is_users_alone || (opens_with_purpose && is_limited))
    }

    /// `Redistribution not permitted`, `Use of this dispatch is reserved for subscribers`.
    fn opens_with_act(&self) -> bool {
        const WORDS_BEFORE: usize = 2;
        // `Queda prohibida la copia`
        let is_link =
            |word: &str| LINKS.contains(&word) || matches!(word, "queda" | "se" | "bleibt");
        let ban = self
            .hits
            .first(PhraseKind::Ban)
            .filter(|&(start, _)| words(&self.folded[..start]).all(is_link));
        let from = ban.map_or(0, |(_, end)| end);
        let is_head = |start: usize| {
            let before = self.folded.get(from..start).unwrap_or(&self.folded[..start]);
            before.split_whitespace().count() <= WORDS_BEFORE
        };
        let heads = |kind| self.hits.of_kind(kind).any(|(start, _)| is_head(start));
        let is_named = || self.any(PhraseKind::Leave) || self.has_users();
        if heads(PhraseKind::Copying) {
            return self.is_limit_beside_act() || self.texts().next().is_some();
        }
        if heads(PhraseKind::Leave) {
            return self.any(PhraseKind::Copying)
                && self.texts().any(|text| self.is_publishers(text));
        }
        heads(PhraseKind::Use)
            && ((self.is_limit_beside_act() && (is_named() || self.any(PhraseKind::Copying)))
                || (self.texts().any(|text| self.is_publishers(text))
                    && (is_named() || self.any(PhraseKind::Ban))))
    }

    /// Whether nothing but [`LINKS`] stands between an act and a limit.
    fn is_limit_beside_act(&self) -> bool {
        let acts =
            || self.hits.of_kind(PhraseKind::Copying).chain(self.hits.of_kind(PhraseKind::Use));
        let limits = || {
            let without = self.hits.of_kind(PhraseKind::Without).filter(|_| self.needs_leave());
            self.hits
                .of_kind(PhraseKind::Only)
                .chain(self.hits.of_kind(PhraseKind::Ban))
                .chain(without)
        };
        let are_beside = |(start, end): (usize, usize),
                          (other_start, other_end): (usize, usize)| {
            let between = if end <= other_start {
                &self.folded[end..other_start]
            } else {
                self.folded.get(other_end..start).unwrap_or("a word")
            };
            words(between).all(|word| LINKS.contains(&word))
        };
        acts().any(|act| limits().any(|limit| are_beside(act, limit)))
    }

    /// `This material must not be resold`, `Only subscribers may use this report`, `Do not forward this newsletter`.
    fn is_ban(&self, follows: bool) -> bool {
        let is_strict = self.any(PhraseKind::Ban) || self.needs_leave();
        let is_for_users =
            self.any(PhraseKind::Only) && (self.has_users() || self.any(PhraseKind::Leave));
        let opens_with = |list: &[&str]| list.iter().any(|word| self.folded.starts_with(word));
        if opens_with(PRONOUNS) {
            return follows && is_strict && self.any(PhraseKind::Copying);
        }
        let mut texts = self.texts();
        if opens_with(READERS) || self.hits.opening(PhraseKind::Only).is_some() {
            return self.has_act()
                && (is_strict || is_for_users)
                && texts.any(|text| self.is_publishers(text));
        }
        let Some(subject) = texts.find(|&(start, _)| self.is_subject(start)) else { return false };
        if self.is_publishers(subject) {
            return (self.has_act() && is_strict) || (is_for_users && !self.any(PhraseKind::Leave));
        }
        self.any(PhraseKind::Copying) && is_strict
    }

    /// `Harbour News forbids the copying of its reports`.
    fn is_ban_of_owner(&self) -> bool {
        let Some((start, _)) = self.hits.first(PhraseKind::OwnersBan) else { return false };
        let owner = self.printed[..start].trim_end();
        let is_name = owner.starts_with(char::is_uppercase)
            && (!owner.starts_with("The ") || PRESS.is_in(&self.folded[..start]))
            && is_capitalised(owner);
        let publishers = || self.texts().any(|text| self.is_publishers(text));
        is_name
            && (self.has_act() || self.folded[start..].contains("copyright"))
            && (publishers() || (self.any(PhraseKind::Copying) && self.any(PhraseKind::Leave)))
    }

    /// `All reports of Harbour News are its property`, `This article is protected by copyright`.
    fn is_property(&self) -> bool {
        let Some((property, _)) = self.hits.first(PhraseKind::Property) else { return false };
        let is_negated = self.hits.any_begins_before(PhraseKind::Negated, property);
        !is_negated && self.texts().any(|text| self.is_subject(text.0) && self.is_publishers(text))
    }

    fn texts(&self) -> impl Iterator<Item = (usize, usize)> {
        texts(self.hits)
    }

    /// Whether the word at `start` is the subject: one word precedes it, or only a name does.
    fn is_subject(&self, start: usize) -> bool {
        let before = self.printed[..start].trim_end();
        before.split_whitespace().count() <= 1 || is_capitalised(before)
    }

    /// Whether a word for a text means the article or the texts of its publisher.
    fn is_publishers(&self, (start, end): (usize, usize)) -> bool {
        let before = self.printed[..start].trim_end();
        let last = words(&self.folded[..before.len()]).last().unwrap_or_default();
        let has_case = self.folded[start..].starts_with(|c: char| c.is_lowercase());
        is_phrase(&self.folded[start..end], PhraseKind::ThisArticle)
            || before.is_empty()
            || DETERMINERS.contains(&last)
            || (is_capitalised(before) && !is_article(last))
            || !has_case
            || ('а'..='я').contains(&self.folded[start..].chars().next().unwrap_or_default())
    }
}

/// The words for texts in a sentence, with their bytes `[start, end)`.
fn texts(hits: &PhraseHits) -> impl Iterator<Item = (usize, usize)> {
    let kinds = [PhraseKind::ThisArticle, PhraseKind::Text, PhraseKind::AgencyText];
    let mut texts: Vec<_> = kinds.iter().flat_map(|&kind| hits.of_kind(kind)).collect();
    texts.sort_unstable();
    texts.into_iter()
}

/// Whether a sentence speaks of pictures or programs rather than of texts.
pub(super) fn is_of_other_work(hits: &PhraseHits) -> bool {
    let other = hits.first(PhraseKind::OtherWork).map(|(start, _)| start);
    other.is_some_and(|other| texts(hits).next().is_none_or(|(text, _)| other < text))
}

/// The words of `text`, without punctuation around them.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// Whether `word` is the definite article, which alone does not make a text the publisher's.
fn is_article(word: &str) -> bool {
    matches!(
        word,
        "the"
            | "der"
            | "die"
            | "das"
            | "le"
            | "la"
            | "les"
            | "el"
            | "los"
            | "las"
            | "o"
            | "os"
            | "il"
            | "het"
            | "de"
            | "a"
            | "an"
    )
}
