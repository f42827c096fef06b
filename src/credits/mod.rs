//! Credits: values and lines that name writers, split into names, in one way for pages, metadata fields and text.
//!
//! A value is cut into items at marks, dates, labels, commas and *and* (`parts`); each item loses its label, role, outlet,
//! place and buttons (`name`); what is left is a name, or nobody's (`verdict`). All words with a meaning there are one
//! table (`words`, `words.tsv`). What is a name depends on where it stands:
//!
//! | | takes |
//! |---|---|
//! | [`split`]: a page | any name; agencies and editorial offices where no person is named |
//! | [`in_field`]: a metadata field | any name, of one word or without capitals too; no agency |
//! | [`in_line`]: a line of text | personal names alone: two to five capitalised words |
//!
//! Where on a page or in a text credits stand, the callers decide.

mod label;
mod name;
mod parts;
mod person;
mod verdict;
mod words;

#[cfg(test)]
mod tests;

use std::borrow::Cow;

use crate::text::folded_words;
pub(crate) use person::is_personal_name;

/// Most bytes of a credit on a page: what is longer is a text.
const MAX_VALUE: usize = 300;

/// Most bytes of a metadata field with writers.
const MAX_FIELD: usize = 2000;

/// Most writers of an article.
const MAX_NAMES: usize = 40;

/// The writers that several values of a page name, without duplicates.
pub(crate) fn names(values: &[String]) -> Vec<String> {
    unique(values.iter().flat_map(|value| split(value)).collect())
}

/// The names without duplicates, whatever their case, accents and punctuation.
pub(crate) fn unique(names: Vec<String>) -> Vec<String> {
    let mut known: Vec<Vec<String>> = Vec::new();
    let is_new = |name: &String| {
        let words = folded_words(name);
        let is_new = !words.is_empty() && known.len() < MAX_NAMES && !known.contains(&words);
        if is_new {
            known.push(words);
        }
        is_new
    };
    names.into_iter().filter(is_new).collect()
}

/// The writers that one value of a page names, as they are spelled: `By Jane Doe and John Roe, Staff Writers`. An agency or
/// an editorial office counts where no person is named.
pub(crate) fn split(value: &str) -> Vec<String> {
    if value.len() > MAX_VALUE {
        return Vec::new();
    }
    let found = credited(value);
    let has_person = found.iter().any(|name| !verdict::is_organisation(name));
    let counts = |name: &Cow<'_, str>| !has_person || !verdict::is_organisation(name);
    found.iter().filter(|name| counts(name)).map(|name| with_single_blanks(name)).collect()
}

/// The writers that a metadata field names, as they are spelled: `By JANE DOE, Staff Writer`, `Doe, Jane`, `marlis`. No
/// agencies, editorial offices and desk initials.
pub(crate) fn in_field(value: &str) -> Vec<String> {
    if value.len() > MAX_FIELD {
        return Vec::new();
    }
    let found = credited(value);
    let are_initials = found.len() == 1 && verdict::is_initials(&found[0]);
    let persons = found.iter().filter(|name| !are_initials && !verdict::is_organisation(name));
    unique(persons.map(|name| with_single_blanks(name)).collect())
}

fn with_single_blanks(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The personal names in a credit in running text, without its label: `JANE DOE and John Roe in Oslo, Staff Writers`. What
/// follows a comma or a dash is a role, a place or an outlet, except in a list with *and*. None if the credit opens with anything else.
pub(crate) fn in_line(credit: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let credit = credit.trim_end_matches(['.', ')', ' ']);
    // A ticker behind a company: `by Lakeland Lumber <LKL>`.
    if credit.contains('<') {
        return found;
    }
    let first_segment = |line| parts::segments(line).into_iter().next();
    for segment in parts::lines(credit).filter_map(first_segment) {
        let joined = parts::joined_by_and(segment);
        let is_list = joined.len() > 1;
        for part in joined {
            let items = parts::items(part);
            let count = if is_list { items.len() } else { 1 };
            for item in items.into_iter().take(count) {
                match name::in_item(item).filter(|name| is_name_in_line(name)) {
                    Some(name) => found.push(name),
                    None => return found,
                }
            }
        }
    }
    found
}

/// Whether the item is a name: of a person, or two to four words in a script without cases.
fn is_name_in_line(name: &str) -> bool {
    let is_caseless = |c: char| !c.is_lowercase() && !c.is_uppercase() && !c.is_ascii();
    let is_short = (2..=4).contains(&name.split(' ').count())
        || name.chars().all(parts::is_east_asian) && (2..=6).contains(&name.chars().count());
    is_personal_name(name)
        || is_short
            && name.chars().all(|c| is_caseless(c) || c == ' ')
            && !verdict::is_nobody(name)
            && !verdict::is_organisation(name)
}

/// What follows the label of a writer at the start of a line of text: `By Jane Doe`, `Text und Fotos: Jane Doe`.
pub(crate) fn after_label(line: &str) -> Option<&str> {
    let labelled = label::at_head(line)?;
    let is_of_writer = labelled.work == label::Work::Writing && labelled.is_of_writer;
    // Without capitals, a name looks like any words.
    let is_caseless = !labelled.rest.starts_with(|c: char| c.is_uppercase() || c.is_lowercase());
    let is_doubtful = labelled.is_behind_article || is_caseless && !labelled.is_sure;
    (is_of_writer && !is_doubtful && !labelled.rest.is_empty()).then_some(labelled.rest)
}

/// Whether the line is nothing but a role: `Staff Writer`, `Political Correspondent`.
pub(crate) fn is_role(line: &str) -> bool {
    verdict::is_role(line)
}

/// The names of a value, of persons and organisations, in order.
fn credited(value: &str) -> Vec<Cow<'_, str>> {
    let mut found = Vec::new();
    if verdict::is_template(value) || verdict::is_sentence(value) {
        return found;
    }
    for line in parts::lines(value) {
        let mut names = Vec::new();
        let segments = parts::segments(line);
        let is_single = |name: &Cow<'_, str>| !name.contains(char::is_whitespace);
        for segment in &segments {
            add_segment(&mut names, segment);
        }
        // `Paris - Jane Doe`
        if segments.len() > 1
            && matches!(&names[..], [place, name] if is_single(place) && !is_single(name))
        {
            names.remove(0);
        }
        // An outlet may stand on a line of its own.
        names.retain(|name| found.is_empty() || !verdict::is_of_other_kind(name, false));
        found.append(&mut names);
        if found.len() > MAX_NAMES {
            break;
        }
    }
    found
}

/// Adds the names of a segment to those before it on its line.
fn add_segment<'a>(found: &mut Vec<Cow<'a, str>>, segment: &'a str) {
    if let Some(name) = name::in_item(segment).filter(|name| verdict::is_agency(name)) {
        found.push(Cow::Borrowed(name));
        return;
    }
    let Some(segment) = name::without_label(segment) else { return };
    let parts = parts::joined_by_and(segment);
    let reversed: Option<Vec<Vec<String>>> =
        parts.iter().map(|part| last_names_first(part)).collect();
    if let Some(names) = reversed {
        found.extend(names.into_iter().flatten().map(Cow::Owned));
        return;
    }
    let last = parts.len() - 1;
    for (number, part) in parts.into_iter().enumerate() {
        for (i, item) in parts::items(part).into_iter().enumerate() {
            // A comma behind the last name of a list with *and* adds a role or an outlet.
            let is_listed = last > 0 && (number < last || i == 0);
            let Some(name) = name::in_item(item) else { continue };
            if !is_addition(found, name, is_listed) && !verdict::is_nobody(name) {
                found.push(Cow::Borrowed(name));
            }
        }
    }
}

/// Whether an item tells more of the name before it: a role, an outlet, a place, a description.
fn is_addition(found: &[Cow<'_, str>], item: &str, is_listed: bool) -> bool {
    let Some(before) = found.last() else { return false };
    let is_single = !item.contains(char::is_whitespace);
    if verdict::is_organisation(before) {
        return is_single && !is_listed;
    }
    let has_capitals = |name: &str| name.contains(char::is_uppercase);
    let is_description = !is_single
        && has_capitals(before)
        && !has_capitals(item)
        && item.contains(char::is_lowercase);
    before.contains(' ')
        && (is_description || verdict::is_of_other_kind(item, is_listed) || !is_listed && is_single)
}

/// `Jane Doe` of `Doe, Jane`; of a list, where all first names are initials: `Doe, J., Roe, M. K.`.
fn last_names_first(part: &str) -> Option<Vec<String>> {
    if !part.contains(',') {
        return None;
    }
    let items = parts::items(part).into_iter().filter_map(name::in_item);
    let items: Vec<&str> =
        items.filter(|item| !verdict::is_nobody(item) || person::are_initials(item)).collect();
    let (pairs, []) = items.as_chunks::<2>() else { return None };
    let is_name = |[last, first]: &[&str; 2]| {
        person::is_last_name(last)
            && (pairs.len() == 1 && person::is_first_name(first) || person::are_initials(first))
            && !verdict::is_of_other_kind(first, false)
            && !verdict::is_organisation(last)
    };
    let are_names = !pairs.is_empty() && pairs.iter().all(is_name);
    are_names.then(|| pairs.iter().map(|[last, first]| format!("{first} {last}")).collect())
}
