//! The dateline: place, date and agency that open a wire story, in every house style.
//!
//! `grammar` reads what has the form of one at the start of each of the first lines, `evidence` judges whether it
//! is one, [`spelling`] gives the places their usual names. Only the head of the text is looked at.

mod evidence;
mod grammar;
mod story;

use self::evidence::Position;
use self::grammar::{Ending, Joint, Name, Parts};
use super::capitalisation::title_case;
use super::gazetteer::{self, Context};
use crate::article::{Article, CountryCode, Dateline, Place, Span};
use crate::tables::agencies;
use crate::text::Text;

/// A dateline stands at the start of one of so many lines with text.
const LINES: usize = 12;

/// Behind the first of them, only one with a date or an agency counts.
const FIRST_LINES: usize = 3;

/// And within so many bytes.
const HEAD: u32 = 3000;

/// A first line that ends as a sentence is a paragraph if it is longer, in bytes; behind a colon, more is asked for.
const PROSE: usize = 70;
const COLON_PROSE: usize = 110;

/// A first line that is longer is no headline, in bytes.
const HEADLINE: usize = 160;

/// Sets [`Article::dateline`], unless the file states one. Its year is filled in by [`super::dates`].
pub fn find(text: &Text<'_>, article: &mut Article) {
    if article.dateline.is_none() {
        article.dateline = read(text, article);
    }
}

/// The first that convinces; one in the headline only if no later line has any.
fn read(text: &Text<'_>, article: &Article) -> Option<Dateline> {
    let mut in_headline = None;
    for (line, start) in line_starts(text).enumerate() {
        if line > FIRST_LINES && !may_be_marked(text, start) {
            continue;
        }
        let Some(parts) = grammar::parse(text, start) else { continue };
        let headline = article.title_span.is_some_and(|title| {
            // `Doe: River may rise again.` is a headline; a paragraph is longer.
            let least = if parts.ending == Ending::Colon { COLON_PROSE } else { PROSE };
            let prose = is_prose(title.of(text.body), least);
            title.contains(text.tokens[start].span()) && title.len() < HEADLINE && !prose
        });
        let wrapped = line > 1 && is_wrapped(text, start);
        let english = article.language.as_deref() == Some("en");
        let position = Position { headline, wrapped, english, line };
        match judge(text, parts, position, article.language.as_deref()) {
            Some(dateline) if headline => in_headline = Some(dateline),
            Some(dateline) => return Some(dateline),
            None => {}
        }
    }
    in_headline
}

/// Does anything near the start of the line look like a date or an agency: a figure, a bracket, a stroke, other letters?
fn may_be_marked(text: &Text<'_>, start: usize) -> bool {
    const REACH: usize = 64;
    let from = text.tokens[start].start as usize;
    let head = &text.body.as_bytes()[from..text.body.len().min(from + REACH)];
    head.iter()
        .any(|byte| byte.is_ascii_digit() || matches!(byte, b'(' | b'/' | b'[') || !byte.is_ascii())
}

/// Does the line go on with the sentence of the line above?
fn is_wrapped(text: &Text<'_>, start: usize) -> bool {
    let Some(before) = start.checked_sub(1) else { return false };
    let gap = text.tokens[before].end as usize..text.tokens[start].start as usize;
    &text.body.as_bytes()[gap] == b"\n"
        && !matches!(text.word(before), "." | "!" | "?" | ":" | ")" | "\"" | "”")
}

/// The first tokens of the first lines, behind asterisks.
fn line_starts<'t>(text: &'t Text<'_>) -> impl Iterator<Item = usize> + 't {
    let head = text.line_starts().take(LINES).take_while(|&i| text.tokens[i].start < HEAD);
    head.map(|i| (i..text.tokens.len()).find(|&i| text.word(i) != "*").unwrap_or(i))
}

/// Does a line read as a sentence rather than a headline?
fn is_prose(line: &str, least: usize) -> bool {
    line.ends_with(['.', '!', '?', '"', '”']) && line.len() > least
}

/// The dateline that the parts make, if they convince.
fn judge(
    text: &Text<'_>,
    mut parts: Parts,
    position: Position,
    language: Option<&str>,
) -> Option<Dateline> {
    // `The Associated Press (AP) was …`
    if parts
        .names
        .first()
        .is_some_and(|name| agencies::find(name.span.of(text.body), None).is_some())
    {
        return None;
    }
    let agency = parts.agency.map(|agency| agency.span);
    let home = home(language, agency.map(|span| span.of(text.body)));
    let mut places = places(text, &parts.names, &home);
    let known = |places: &[Place]| places.first().is_some_and(|place| place.country.is_some());
    let qualified = parts.names.len() > 1 && parts.date.is_some();
    let trusted = qualified || (known(&places) && parts.names[0].span.of(text.body).contains(' '));
    if !trusted && evidence::is_label(text, &parts.names) {
        parts.names.clear();
        places.clear();
    }
    evidence::convinces(text, &parts, known(&places), position).then_some(Dateline {
        span: parts.span,
        origin: crate::article::Origin::Text(parts.span),
        places,
        date: parts.date,
        agency,
    })
}

/// The places among the names; the others qualify the place before them.
fn places(text: &Text<'_>, names: &[Name], home: &[CountryCode]) -> Vec<Place> {
    let listed = names.iter().any(|name| name.joint == Joint::And);
    let capitals = |span: Span| !span.of(text.body).chars().any(char::is_lowercase);
    let mut groups: Vec<(Name, Option<Name>)> = Vec::new();
    for &name in names {
        match (name.joint, groups.last_mut()) {
            (Joint::Bracket, Some((_, qualifier))) => *qualifier = Some(name),
            (Joint::Comma, Some((place, qualifier)))
                if !listed || (capitals(place.span) && !capitals(name.span)) =>
            {
                *qualifier = Some(name);
            }
            _ => groups.push((name, None)),
        }
    }
    groups
        .into_iter()
        .map(|(name, qualifier)| place(text, name.span, qualifier.map(|q| q.span), home))
        .collect()
}

/// Countries where a place without a qualifier is looked for first: those of the language, and the seat of an agency
/// that reports from its own country.
fn home(language: Option<&str>, agency: Option<&str>) -> Vec<CountryCode> {
    /// The seats of agencies that report from everywhere.
    const WORLDWIDE: &[&str] = &["US", "GB", "FR", "DE", "ES", "CN", "RU", "JP"];
    let of_language: &[&str] = match language {
        Some("pt") => &["BR", "PT"],
        Some("de") => &["DE", "AT", "CH"],
        Some("it") => &["IT"],
        Some("tr") => &["TR"],
        Some("id") => &["ID"],
        Some("pl") => &["PL"],
        Some("ja") => &["JP"],
        _ => &[],
    };
    let seats = agency.map(|printed| agencies::find_all(printed, None)).unwrap_or_default();
    let seats = seats.iter().filter_map(|known| known.country);
    let seats = seats.filter(|country| !WORLDWIDE.contains(&country.as_str()));
    of_language.iter().filter_map(|code| CountryCode::parse(code)).chain(seats).collect()
}

fn place(text: &Text<'_>, span: Span, qualifier: Option<Span>, home: &[CountryCode]) -> Place {
    let printed = span.of(text.body);
    let usual = title_case(printed);
    let context = Context {
        qualifier: qualifier.map(|q| q.of(text.body).to_owned()),
        countries: home.to_vec(),
    };
    let found = gazetteer::resolve(printed, &context);
    let capitals = !printed.chars().any(char::is_lowercase);
    let name = match &found {
        Some(known) if capitals && known.name.to_lowercase() == usual.to_lowercase() => {
            known.name.clone()
        }
        _ => usual,
    };
    Place {
        name,
        span: Some(span),
        country: found.as_ref().and_then(|f| f.country),
        geoname: found.as_ref().and_then(|f| f.geoname),
        coordinates: found.and_then(|f| f.coordinates),
    }
}

#[cfg(test)]
mod tests;
