//! The writers of a page, from its metadata and displayed credits.

mod credits;
mod interface;
mod lines;
mod metadata;
mod parts;

#[cfg(test)]
mod tests;

use super::Page;
use super::text::normalized;
use crate::credits::{names, split, unique};
use crate::tables::agencies;

type NameSource = fn(&Page<'_>) -> Vec<String>;

/// The sources of names, the most reliable first.
const SOURCES: &[(&str, NameSource)] = &[
    ("json-ld", metadata::in_json_ld),
    ("meta", metadata::in_meta),
    ("twitter:data1", metadata::in_twitter_labels),
    ("author", |page| credits::with_property(page, Zone::Near)),
    ("rel=author", |page| credits::with_relation(page, Zone::Near)),
    ("byline", |page| credits::with_class(page, Zone::Near)),
    ("byline", credits::with_profile),
    ("byline", lines::with_label),
    ("byline", lines::beside_headline),
    ("author", |page| credits::with_property(page, Zone::Far)),
    ("rel=author", |page| credits::with_relation(page, Zone::Far)),
    ("byline", |page| credits::with_class(page, Zone::Far)),
    ("byline", credits::in_author_boxes),
    ("byline", lines::sign_off),
];

/// Where on the page a credit is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Zone {
    /// Near the headline.
    Near,
    /// Elsewhere in the article.
    Far,
}

/// The writers, and the field that names them. If a source names only the publisher, the others are searched for a
/// person.
pub(super) fn writers(page: &Page<'_>) -> (Vec<String>, &'static str) {
    let publishers = metadata::publishers(page.meta, page.stated);
    let is_publisher = |name: &String| is_one_of(name, &publishers);
    let mut publisher: Option<(Vec<String>, &'static str)> = None;
    for (field, source) in SOURCES {
        let mut found = source(page);
        if found.iter().all(is_publisher) {
            publisher = publisher.or((!found.is_empty()).then_some((found, *field)));
            continue;
        }
        found.retain(|name| !is_publisher(name));
        let is_stated = matches!(*field, "json-ld" | "meta");
        let is_writer =
            |name: &String| looks_like_a_person(name) && !agencies::is_agency_name(name);
        if publisher.is_none() || is_stated || found.iter().any(is_writer) {
            return (found, field);
        }
    }
    publisher.unwrap_or_default()
}

/// Whether a name is that of the publisher, or the beginning of it.
fn is_one_of(name: &str, publishers: &[String]) -> bool {
    let name = without_spaces(name);
    publishers.iter().any(|publisher| {
        *publisher == name
            || name.chars().count() > 2 && publisher.starts_with(&name)
            || publisher.chars().count() > 3 && name.starts_with(publisher.as_str())
    })
}

fn without_spaces(name: &str) -> String {
    normalized(name).replace(' ', "")
}

/// The names without single words beside a full name, which are places, desks and sections: `Jane Doe, Technology`.
/// Agencies stay.
fn full_names(names: Vec<String>) -> Vec<String> {
    let mut names = unique(names);
    names.retain(|name| !has_sentences(name));
    if !names.iter().any(|name| is_person(name)) {
        return names;
    }
    let stays = |name: &String| name.contains([' ', '.']) || agencies::is_agency_name(name);
    names.into_iter().filter(stays).collect()
}

/// Whether a full stop ends a word that is no abbreviation: `Powered by cogs. Valid`.
fn has_sentences(name: &str) -> bool {
    const LONGEST_ABBREVIATION: usize = 4;
    let before = name.split(". ").map(|part| part.rsplit(' ').next().unwrap_or_default());
    let ended = name.matches(". ").count();
    before.take(ended).any(|word| word.chars().count() > LONGEST_ABBREVIATION)
}

/// Whether a name is two to four words, capitalised if the script has capitals.
fn is_person(name: &str) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    let capital = |word: &&str| word.chars().next().is_some_and(|c| !c.is_lowercase());
    (2..=4).contains(&words.len())
        && words.first().is_some_and(capital)
        && words.last().is_some_and(capital)
}

/// Words in lower case inside a name.
const PARTICLES: &[&str] = &[
    "de", "da", "di", "del", "della", "van", "von", "der", "den", "dos", "du", "la", "le", "zu",
    "bin", "al", "ten", "ter", "af", "av", "y", "e",
];

/// Whether the words are two to four capitalised ones without figures and other marks, or particles between them.
fn looks_like_a_person(name: &str) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    let is_name = |word: &str| {
        word.starts_with(char::is_uppercase)
            && word.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '-' | '\'' | '’'))
            && !word.ends_with("'s")
            && !word.ends_with("’s")
            && !interface::is_topic(word)
    };
    (2..=4).contains(&words.len())
        && words.first().is_some_and(|word| is_name(word))
        && words.last().is_some_and(|word| is_name(word) && word.chars().count() > 2)
        && words.iter().all(|word| is_name(word) || PARTICLES.contains(word))
}
