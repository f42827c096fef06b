//! Annotations from the metadata of the file: bylines, agencies, the place of the dateline, the license. They win over
//! what the text suggests.

use super::capitalisation::title_case;
use super::gazetteer::{self, Context};
use super::license;
use crate::article::{Agency, Article, Byline, Dateline, License, Note, Origin, Place, Span};
use crate::calendar::month_names::month;
use crate::credits;
use crate::tables::agencies;
use crate::text::Text;

/// Sets [`Article::byline`] and [`Article::agencies`] from metadata fields. Runs before the extractors.
pub fn read(article: &mut Article) {
    if article.byline.is_empty() {
        article.byline = bylines(&article.stated.bylines);
    }
    if article.agencies.is_empty() {
        article.agencies = agencies(&article.stated.credits, &article.stated.publishers);
    }
    if article.agencies.is_empty() {
        article.agencies = agencies_of_datelines(&article.stated.datelines);
    }
}

/// Sets [`Article::license`] from metadata fields. Where they only hold a copyright notice, a license in the text wins.
pub fn license(text: &Text<'_>, article: &mut Article) {
    let Some(stated) = stated_license(&article.stated.rights, &article.stated.holders) else {
        return;
    };
    if !license::is_copyright_notice(&stated) {
        article.license = Some(stated);
        return;
    }
    license::find(text, article);
    match &mut article.license {
        Some(found) if !license::is_copyright_notice(found) => {
            found.holder = stated.holder.or(found.holder.take());
        }
        _ => article.license = Some(stated),
    }
}

/// Sets [`Article::dateline`] from a metadata field if the text has none, or if a dateline field names another place.
/// Runs after [`super::dateline::find`].
pub fn place(article: &mut Article) {
    let printed = article.dateline.as_ref().filter(|dateline| !dateline.places.is_empty());
    let stated = &article.stated;
    let Some((note, place)) = stated.datelines.iter().chain(&stated.located).find_map(place_of)
    else {
        return;
    };
    let is_dateline = stated.datelines.contains(note);
    let words = note.text.to_lowercase();
    let agrees = printed.is_some_and(|printed| {
        printed.places.iter().any(|known| words.contains(&known.name.to_lowercase()))
    });
    if printed.is_none() || (is_dateline && !agrees) {
        let replaced = article.dateline.take();
        article.dateline = Some(Dateline {
            span: Span::new(0, 0),
            origin: Origin::Field(note.field.clone()),
            places: vec![place],
            date: replaced.as_ref().and_then(|dateline| dateline.date),
            agency: replaced.and_then(|dateline| dateline.agency),
        });
    }
}

fn bylines(notes: &[Note]) -> Vec<Byline> {
    let mut bylines: Vec<Byline> = Vec::new();
    for note in notes {
        for name in credits::in_field(&note.text).iter().map(|name| title_case(name)) {
            if !bylines.iter().any(|byline| byline.name == name) {
                bylines.push(Byline { name, origin: Origin::Field(note.field.clone()) });
            }
        }
    }
    bylines
}

fn agency(name: &str, note: &Note) -> Agency {
    Agency { name: name.to_owned(), origin: Origin::Field(note.field.clone()) }
}

/// The known agencies among credits and publishers; without any, the first agency name, else the first credit.
/// Publishers that are not agencies do not count.
fn agencies(credits: &[Note], publishers: &[Note]) -> Vec<Agency> {
    let mut found: Vec<Agency> = Vec::new();
    for note in credits.iter().chain(publishers) {
        for known in agencies::find_all(core_name(&note.text), None) {
            if !found.iter().any(|agency| agency.name == known.name) {
                found.push(agency(known.name, note));
            }
        }
    }
    if found.is_empty() {
        let mut all = credits.iter().chain(publishers);
        let named = all.find(|note| agencies::is_agency_name(core_name(&note.text)));
        let other = named.or_else(|| credits.iter().find(|note| is_name(core_name(&note.text))));
        found.extend(other.map(|note| agency(core_name(&note.text), note)));
    }
    found
}

/// The agency in brackets, or after the date: `OSLO, Norway (AP)`, `SYDNEY March 22 AAP -`.
fn agencies_of_datelines(notes: &[Note]) -> Vec<Agency> {
    let agency = notes.iter().find_map(|note| {
        let bracket = note.text.split_once('(').and_then(|(_, rest)| rest.split(')').next());
        let last = note.text.trim_end_matches(|c: char| !c.is_alphanumeric());
        let last = last.rsplit_once(' ').map(|(_, last)| last);
        let in_capitals = last.filter(|word| word.chars().all(char::is_uppercase));
        let mut candidates = bracket.into_iter().chain(in_capitals);
        let known = candidates.find_map(|candidate| agencies::find(candidate, None))?;
        Some(agency(known.name, note))
    });
    agency.into_iter().collect()
}

/// A name without the legal form of a company; of a web address the name of the site.
fn core_name(name: &str) -> &str {
    const LEGAL_FORMS: &[&str] =
        &[" GmbH", " Inc.", " Inc", " Ltd.", " Ltd", " LLC", " S.A.", " AG", " AB", " Oy", " Pty"];
    let name = name.trim().trim_end_matches(['-', '–', ',', ' ']);
    let name = name.strip_prefix("The ").unwrap_or(name);
    let name = LEGAL_FORMS.iter().find_map(|form| name.strip_suffix(form)).unwrap_or(name);
    let host =
        name.strip_prefix("https://").or_else(|| name.strip_prefix("http://")).unwrap_or(name);
    let is_host = host.contains('.') && !host.contains(' ') && !host.ends_with('.');
    if !is_host {
        return name;
    }
    let host = host.split('/').next().unwrap_or(host);
    let host = host.strip_prefix("www.").unwrap_or(host);
    host.split('.').next().unwrap_or(host)
}

/// Whether `name` may be a name rather than a code or an address.
fn is_name(name: &str) -> bool {
    (2..=60).contains(&name.len())
        && !name.contains(['@', '/'])
        && name.chars().any(char::is_alphabetic)
}

/// The most precise license that the fields state, with its rights holder.
fn stated_license(rights: &[Note], holders: &[Note]) -> Option<License> {
    let holder = holders.first().map(|note| note.text.clone());
    let licenses = rights.iter().filter_map(|note| Some((note, license::in_field(&note.text)?)));
    // Beside a notice, terms of use that name no owner say less: it tells whose the article is.
    let best = licenses.min_by_key(|(_, license)| {
        (
            license::is_bare_terms(license),
            license::is_copyright_notice(license),
            license.spdx.starts_with("LicenseRef-"),
        )
    });
    let has_other_notice = rights.first().is_some_and(|note| {
        license::in_field(&note.text).is_none() && license::speaks_of_copyright(&note.text)
    });
    let best = best.filter(|(_, license)| !(has_other_notice && license::is_bare_terms(license)));
    if let Some((note, license)) = best {
        let origin = Origin::Field(note.field.clone());
        return Some(License { holder: license.holder.or(holder), origin, ..license });
    }
    let note = rights.first().or(holders.first())?;
    let spdx = license::unrecognised(rights.first().map(|note| note.text.as_str())).to_owned();
    Some(License { spdx, holder, origin: Origin::Field(note.field.clone()) })
}

/// The place that a note names before any date, agency, region or country.
fn place_of(note: &Note) -> Option<(&Note, Place)> {
    let text = note.text.trim();
    let text =
        text.split(['(', '[', '\u{2014}', '_']).map(str::trim).find(|part| !part.is_empty())?;
    // `WASHINGTON/BEIJING` are two places, `Frankfurt/Main` is one.
    let text = match text.split_once('/') {
        Some((_, river)) if ["Main", "Oder", "Saale", "Ruhr", "Donau"].contains(&river) => text,
        Some((first, _)) => first,
        None => text,
    };
    let (text, region) =
        text.split_once(',').map_or((text, None), |(place, rest)| (place, Some(rest.trim())));
    let words: Vec<&str> = text.split_whitespace().collect();
    let next = |at: usize| words.get(at + 1).copied().unwrap_or_default();
    let end = (0..words.len()).find(|&at| is_of_date(words[at], next(at))).unwrap_or(words.len());
    let printed = words[..end].join(" ");
    let printed = printed.trim_matches(|c: char| !c.is_alphanumeric() && c != '.');
    if printed.len() < 2 || printed.len() > 60 || agencies::find(printed, None).is_some() {
        return None;
    }
    let region = region.map(|region| region.split(',').next().unwrap_or(region).to_owned());
    let context = Context { qualifier: region, ..Context::default() };
    let found = gazetteer::resolve(printed, &context);
    let place = Place {
        name: title_case(printed),
        span: None,
        country: found.as_ref().and_then(|f| f.country),
        geoname: found.as_ref().and_then(|f| f.geoname),
        coordinates: found.and_then(|f| f.coordinates),
    };
    Some((note, place))
}

/// Whether a word of a dateline, with the one behind it, belongs to its date. Short names of months are also names of
/// places (`NIS`): a day has to follow.
fn is_of_date(word: &str, next: &str) -> bool {
    word.contains(|c: char| c.is_ascii_digit())
        || matches!(word, "-" | "--" | "–")
        || (next.starts_with(|c: char| c.is_ascii_digit())
            && month(word.trim_end_matches(['.', ','])).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn note(text: &str) -> Note {
        Note { field: "field".to_owned(), text: text.to_owned() }
    }

    fn check_place(text: &str, expected: Option<&str>) {
        let note = note(text);
        assert_eq!(place_of(&note).map(|(_, place)| place.name).as_deref(), expected, "{text}");
    }

    #[test]
    fn bylines_are_in_title_case_and_keep_their_field() {
        let notes =
            ["By ANA BRELL, OTO PRANDT", "marlis", "Brell, Ana", "Reuters", "Staff", "村木花"];
        let found = bylines(&notes.map(note));
        let names: Vec<_> = found.iter().map(|byline| byline.name.as_str()).collect();
        assert_eq!(names, ["Ana Brell", "Oto Prandt", "Marlis", "村木花"]);
        assert!(found.iter().all(|byline| byline.origin == Origin::Field("field".to_owned())));
    }

    #[test]
    fn places_end_before_dates() {
        check_place("OSLO, March 3 (AFP) -", Some("Oslo"));
        check_place("NEW YORK", Some("New York"));
        check_place("Sydney", Some("Sydney"));
        check_place("SYDNEY March 22 AAP -", Some("Sydney"));
        check_place("January 21", None);
        check_place("2014-07-16 15:53:10 GMT", None);
        check_place("4/4/2018", None);
    }

    #[test]
    fn agencies_have_one_name() {
        for (credit, expected) in [
            ("afp.com", "Agence France-Presse"),
            ("www.reuters.com", "Reuters"),
            ("The Associated Press", "Associated Press"),
            ("Lakeland Wire", "Lakeland Wire"),
        ] {
            let found = agencies(&[note(credit)], &[]);
            assert_eq!(
                found.first().map(|agency| agency.name.as_str()),
                Some(expected),
                "{credit}"
            );
        }
        assert!(agencies(&[], &[note("Harbour Gazette")]).is_empty());
    }

    #[test]
    fn a_notice_goes_before_terms_that_name_no_owner() {
        let terms = "This content is intended for editorial use only.";
        for (notice, expected) in [
            ("For copyright information, ask the Harbour Mail.", "LicenseRef-Copyright"),
            ("© 2019 Harbour Mail", "LicenseRef-Copyright"),
            ("Copyright 2019 Harbour Mail. All rights reserved.", "LicenseRef-All-Rights-Reserved"),
            ("https://creativecommons.org/licenses/by/4.0/", "CC-BY-4.0"),
            ("The mail of the harbour.", "LicenseRef-Terms-Of-Use"),
        ] {
            let found = stated_license(&[note(notice), note(terms)], &[]).unwrap();
            assert_eq!(found.spdx, expected, "{notice}");
        }
    }

    #[test]
    fn datelines_name_agencies() {
        for (text, expected) in [
            ("OSLO, Norway (AP)", Some("Associated Press")),
            ("OSLO, Jan 1 (AFP) -", Some("Agence France-Presse")),
            ("SYDNEY March 22 AAP -", Some("Australian Associated Press")),
            ("OSLO, Jan. 1", None),
            ("HAMAR (Norway)", None),
        ] {
            let found = agencies_of_datelines(&[note(text)]);
            assert_eq!(found.first().map(|agency| agency.name.as_str()), expected, "{text}");
        }
    }
}
