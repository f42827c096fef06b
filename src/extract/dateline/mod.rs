//! The dateline: place, date and agency that open a wire story, in every house style.
//!
//! `grammar` parses candidates at the start of the first lines, `evidence` decides whether they are datelines, the
//! gazetteer resolves their places.

mod context;
mod evidence;
mod grammar;
mod story;

use self::evidence::Position;
use self::grammar::{Candidate, Ending, PrintedName, Separator};
use super::capitalisation::title_case;
use super::gazetteer::{self, Context};
use crate::article::{Article, CountryCode, Dateline, Origin, Place, Span};
use crate::tables::agencies;
use crate::text::Text;

/// Non-blank lines at the start of the text that may open with a dateline.
const LINES: usize = 12;

/// Number of the last line in which a dateline needs neither date nor agency.
const LAST_UNMARKED_LINE: usize = 3;

/// Bytes at the start of the text that may hold a dateline.
const HEAD: u32 = 3000;

/// A first line that ends as a sentence and is longer, in bytes, is a paragraph rather than a headline.
const MIN_PARAGRAPH: usize = 70;

/// The same for a first line in which the candidate ends with a colon.
const MIN_COLON_PARAGRAPH: usize = 110;

/// Bytes from which on a first line is no headline.
const MAX_HEADLINE: usize = 160;

/// Sets [`Article::dateline`], unless the file states one. Its year is filled in by [`super::dates`].
pub fn find(text: &Text<'_>, article: &mut Article) {
    if article.dateline.is_none() {
        article.dateline = first_dateline(text, article);
    }
}

/// The first dateline; one in the headline only if no other line has any.
fn first_dateline(text: &Text<'_>, article: &Article) -> Option<Dateline> {
    let mut in_headline = None;
    for (line, start) in line_starts(text).enumerate() {
        if line > LAST_UNMARKED_LINE && !may_have_date_or_agency(text, start) {
            continue;
        }
        let Some(candidate) = grammar::parse(text, start) else { continue };
        let is_in_headline = article.title_span.is_some_and(|title| {
            // `Doe: River may rise again.` is a headline.
            let is_colon = candidate.ending == Ending::Colon;
            let least = if is_colon { MIN_COLON_PARAGRAPH } else { MIN_PARAGRAPH };
            let is_paragraph = is_paragraph(title.of(text.body), least);
            title.contains(text.tokens[start].span()) && title.len() < MAX_HEADLINE && !is_paragraph
        });
        let position = Position {
            in_headline: is_in_headline,
            in_paragraph: line > 1 && is_wrapped(text, start),
            in_english: article.language.as_deref() == Some("en"),
            line,
        };
        match dateline(text, candidate, position, article.language.as_deref()) {
            Some(dateline) if is_in_headline => in_headline = Some(dateline),
            Some(dateline) => return Some(dateline),
            None => {}
        }
    }
    in_headline
}

/// Whether a digit, a bracket, a slash or a letter of another script is near the start of the line.
fn may_have_date_or_agency(text: &Text<'_>, start: usize) -> bool {
    const REACH: usize = 64;
    let from = text.tokens[start].start as usize;
    let head = &text.body.as_bytes()[from..text.body.len().min(from + REACH)];
    head.iter()
        .any(|byte| byte.is_ascii_digit() || matches!(byte, b'(' | b'/' | b'[') || !byte.is_ascii())
}

/// Whether the line continues the sentence of the line above.
fn is_wrapped(text: &Text<'_>, start: usize) -> bool {
    let Some(before) = start.checked_sub(1) else { return false };
    let gap = text.tokens[before].end as usize..text.tokens[start].start as usize;
    let line =
        text.body[..text.tokens[before].end as usize].rsplit('\n').next().unwrap_or_default();
    &text.body.as_bytes()[gap] == b"\n"
        && !line.split(' ').any(grammar::is_correspondent)
        && !matches!(text.word(before), "." | "!" | "?" | ":" | ")" | "\"" | "”")
}

/// The first tokens of the first lines, without asterisks. A row of them in the first line marks the headline of a flash.
fn line_starts<'t>(text: &'t Text<'_>) -> impl Iterator<Item = usize> + 't {
    const MOST_ASTERISKS: usize = 2;
    let head = text.line_starts().take(LINES).take_while(|&i| text.tokens[i].start < HEAD);
    head.enumerate().filter_map(|(line, start)| {
        let behind = (start..text.tokens.len()).find(|&i| text.word(i) != "*")?;
        (line > 0 || behind - start <= MOST_ASTERISKS).then_some(behind)
    })
}

/// Whether the line is a paragraph rather than a headline: a sentence of more than `least` bytes.
fn is_paragraph(line: &str, least: usize) -> bool {
    line.ends_with(['.', '!', '?', '"', '”']) && line.len() > least
}

/// The candidate as a dateline, with its places resolved, if it is one.
fn dateline(
    text: &Text<'_>,
    mut candidate: Candidate,
    position: Position,
    language: Option<&str>,
) -> Option<Dateline> {
    // `The Associated Press (AP) was …`
    if candidate
        .names
        .first()
        .is_some_and(|name| agencies::find(name.span.of(text.body), None).is_some())
    {
        return None;
    }
    let agency = candidate.agency.map(|agency| agency.span);
    let context = Context {
        qualifier: None,
        countries: preferred_countries(language, agency.map(|span| span.of(text.body))),
        mentions: context::mentions(text, candidate.story),
    };
    let mut places = places(text, &candidate.names, &context);
    let is_known = |places: &[Place]| places.first().is_some_and(|place| place.country.is_some());
    let is_qualified = candidate.names.len() > 1 && candidate.date.is_some();
    let is_certain =
        is_qualified || (is_known(&places) && candidate.names[0].span.of(text.body).contains(' '));
    if !is_certain && evidence::is_label(text, &candidate.names) {
        candidate.names.clear();
        places.clear();
    }
    evidence::is_dateline(text, &candidate, is_known(&places), position).then_some(Dateline {
        span: candidate.span,
        origin: Origin::Text(candidate.span),
        places,
        date: candidate.date,
        agency,
    })
}

/// The places among the names; the other names qualify the place before them.
fn places(text: &Text<'_>, names: &[PrintedName], context: &Context) -> Vec<Place> {
    let is_list = names.iter().any(|name| name.separator == Separator::And);
    let in_capitals = |span: Span| !span.of(text.body).chars().any(char::is_lowercase);
    let mut places: Vec<(Span, Option<Span>)> = Vec::new();
    for name in names {
        match (name.separator, places.last_mut()) {
            (Separator::Bracket, Some((_, qualifier))) => *qualifier = Some(name.span),
            (Separator::Comma, Some((place, qualifier)))
                if !is_list || (in_capitals(*place) && !in_capitals(name.span)) =>
            {
                *qualifier = Some(name.span);
            }
            _ => places.push((name.span, None)),
        }
    }
    let resolved =
        places.into_iter().map(|(name, qualifier)| place(text, name, qualifier, context));
    resolved.collect()
}

/// The countries preferred for a place without a qualifier: those of the language, and the seat of a national agency.
fn preferred_countries(language: Option<&str>, agency: Option<&str>) -> Vec<CountryCode> {
    /// The seats of agencies that report from all over the world.
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

/// The name behind a word for a part of it: `Virginia` in `central Virginia`.
fn without_direction(printed: &str) -> Option<&str> {
    const DIRECTIONS: &[&str] = &[
        "central",
        "northern",
        "southern",
        "eastern",
        "western",
        "northeastern",
        "northwestern",
        "southeastern",
        "southwestern",
        "northeast",
        "northwest",
        "southeast",
        "southwest",
        "north",
        "south",
        "east",
        "west",
        "upstate",
        "downtown",
        "rural",
        "suburban",
        "coastal",
        "greater",
        "inner",
        "upper",
        "lower",
        "outside",
        "near",
    ];
    let (direction, whole) = printed.split_once(' ')?;
    DIRECTIONS.iter().any(|known| known.eq_ignore_ascii_case(direction)).then_some(whole)
}

/// The place of a name, named as in the gazetteer if it is printed in capitals.
fn place(text: &Text<'_>, span: Span, qualifier: Option<Span>, context: &Context) -> Place {
    let printed = span.of(text.body);
    let in_title_case = title_case(printed);
    let context =
        Context { qualifier: qualifier.map(|q| q.of(text.body).to_owned()), ..context.clone() };
    let found = gazetteer::resolve(printed, &context).or_else(|| {
        let whole = without_direction(printed)?;
        // The place of the whole is not that of its part.
        gazetteer::resolve(whole, &context).map(|found| Place {
            geoname: None,
            coordinates: None,
            ..found
        })
    });
    let in_capitals = !printed.chars().any(char::is_lowercase);
    let name = match &found {
        Some(known) if in_capitals && known.name.to_lowercase() == in_title_case.to_lowercase() => {
            known.name.clone()
        }
        _ => in_title_case,
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
