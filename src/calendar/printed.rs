//! Dates as they are printed: `Feb. 27`, `27 février 2021`, `2021-02-27`, `23/6/2006`. From tokens to a
//! [`PartialDate`]; what the date is the date of, others decide.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::article::PartialDate;
use crate::text::segmentation::{Shape, Text};

/// Years before the first newspapers are no dates of articles.
pub const EARLIEST_YEAR: i16 = 1600;

/// Nor are later ones. What "today" is only the caller knows: it may refuse more.
pub const LATEST_YEAR: i16 = 2100;

/// The longest name of a month or day in the table, in bytes.
const LONGEST_NAME: usize = 32;

/// Names of months (1 to 12) and of days of the week (0), lower case.
static NAMES: LazyLock<FxHashMap<&'static str, u8>> = LazyLock::new(|| {
    let mut names = FxHashMap::default();
    for line in include_str!("months.tsv").lines().filter(|l| !l.starts_with('#')) {
        let mut columns = line.split('\t');
        if let (Some(number), Some(_), Some(forms)) =
            (columns.next(), columns.next(), columns.next())
            && let Ok(number) = number.parse()
        {
            for form in forms.split(' ') {
                names.entry(form).or_insert(number);
            }
        }
    }
    names
});

/// A date and the token behind it.
pub type Found = (PartialDate, usize);

/// The month that `word` names, in any language and case, with or without a full stop.
pub fn month(word: &str) -> Option<u8> {
    name(word).filter(|&number| number > 0)
}

/// Does `word` name a day of the week?
pub fn is_weekday(word: &str) -> bool {
    name(word) == Some(0)
}

fn name(word: &str) -> Option<u8> {
    let word = word.strip_suffix('.').unwrap_or(word);
    if word.len() > LONGEST_NAME || word.len() < 3 {
        return None;
    }
    if word.is_ascii() {
        let mut lower = [0; LONGEST_NAME];
        let lower = &mut lower[..word.len()];
        lower.copy_from_slice(word.as_bytes());
        lower.make_ascii_lowercase();
        return NAMES.get(std::str::from_utf8(lower).ok()?).copied();
    }
    NAMES.get(word.to_lowercase().as_str()).copied()
}

/// May a date begin at `at`? Quicker than reading it: figures, a month, or a day of the week.
pub fn may_begin(text: &Text<'_>, at: usize) -> bool {
    text.tokens.get(at).is_some_and(|token| {
        let word = token.span().of(text.body);
        word.starts_with(char::is_numeric) || name(word).is_some()
    })
}

/// The date whose first token is `at`: a day and a month in either order, with or without a year, or a date in
/// figures, which needs one. A day of the week before it is passed over.
pub fn date(text: &Text<'_>, at: usize) -> Option<Found> {
    let at = skip_weekday(text, at);
    day_first(text, at).or_else(|| month_first(text, at)).or_else(|| figures(text, at))
}

/// The token behind a day of the week and its comma, or `at`.
pub fn skip_weekday(text: &Text<'_>, at: usize) -> usize {
    if at >= text.tokens.len() || !is_weekday(text.word(at)) {
        return at;
    }
    let mut next = at + 1;
    while next < text.tokens.len() && matches!(text.word(next), "," | "." | "the") {
        next += 1;
    }
    next
}

/// `27 February 2021`, `17th April, 2026`, `1er mai`, `3 de marzo de 2020`, `3. März`.
fn day_first(text: &Text<'_>, at: usize) -> Option<Found> {
    let day = day(word(text, at)?)?;
    let mut next = at + 1;
    if matches!(word(text, next), Some("." | "er" | "de" | "of" | "º" | "°" | "ª")) {
        next += 1;
    }
    let month = month(word(text, next)?)?;
    next = skip_stop(text, next + 1);
    with_year(text, month, day, next)
}

/// `Feb. 27, 2021`, `MARCH 3`, `Jul 26 2022`.
fn month_first(text: &Text<'_>, at: usize) -> Option<Found> {
    let month = month(word(text, at)?)?;
    let next = skip_stop(text, at + 1);
    let day = day(word(text, next)?)?;
    with_year(text, month, day, next + 1)
}

/// Adds the year that stands at `next`, if one does.
fn with_year(text: &Text<'_>, month: u8, day: u8, next: usize) -> Option<Found> {
    let behind = match word(text, next) {
        Some("," | "de" | "del") => next + 1,
        _ => next,
    };
    if let Some(year) = word(text, behind).and_then(year) {
        let past = match word(text, behind + 1) {
            Some("г" | "г." | "року" | "року.") => behind + 2,
            _ => behind + 1,
        };
        return Some((PartialDate::ymd(year, month, day)?, past));
    }
    // A leap year, so that 29 February is a day.
    PartialDate::ymd(2000, month, day)?;
    Some((PartialDate { year: None, month: Some(month), day: Some(day) }, next))
}

/// `2021-02-27`, `27.02.2021`, `23/6/2006`, in one token or, with strokes, in five.
fn figures(text: &Text<'_>, at: usize) -> Option<Found> {
    let first = text.tokens.get(at).filter(|t| t.shape == Shape::Number)?;
    let whole = first.span().of(text.body);
    if whole.len() >= 8 {
        return Some((in_figures(whole.split(['-', '.']))?, at + 1));
    }
    let strokes = word(text, at + 1) == Some("/") && word(text, at + 3) == Some("/");
    let parts = [whole, word(text, at + 2)?, word(text, at + 4)?];
    strokes.then(|| in_figures(parts.into_iter()))?.map(|date| (date, at + 5))
}

/// Year, month and day, or day, month and year; the American order only where no other is possible.
fn in_figures<'a>(mut parts: impl Iterator<Item = &'a str>) -> Option<PartialDate> {
    let (first, second, third) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    if let Some(year) = year(first) {
        return PartialDate::ymd(year, number(second)?, number(third)?);
    }
    let year = year(third)?;
    let (a, b) = (number(first)?, number(second)?);
    PartialDate::ymd(year, b, a).or_else(|| PartialDate::ymd(year, a, b))
}

/// A year of four digits within the bounds.
pub fn year(word: &str) -> Option<i16> {
    let digits = word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit());
    let year = digits.then(|| word.parse().ok())??;
    (EARLIEST_YEAR..=LATEST_YEAR).contains(&year).then_some(year)
}

/// `3`, `03`, `3rd`, `1er`: 1 to 31; Arabic figures too.
fn day(word: &str) -> Option<u8> {
    let digits = word.trim_end_matches(|c: char| !c.is_numeric());
    let suffix = &word[digits.len()..];
    let known = matches!(
        suffix,
        "" | "." | "st" | "nd" | "rd" | "th" | "ST" | "ND" | "RD" | "TH" | "er" | "º" | "°"
    );
    known.then(|| number(digits))?.filter(|day| (1..=31).contains(day))
}

/// One or two digits, western or Arabic.
fn number(digits: &str) -> Option<u8> {
    let mut value = 0_u8;
    let mut count = 0;
    for c in digits.chars() {
        let digit = match c {
            '0'..='9' => c as u32 - '0' as u32,
            '٠'..='٩' => c as u32 - '٠' as u32,
            '۰'..='۹' => c as u32 - '۰' as u32,
            _ => return None,
        };
        value = value.checked_mul(10)?.checked_add(digit as u8)?;
        count += 1;
    }
    (1..=2).contains(&count).then_some(value)
}

fn word<'a>(text: &Text<'a>, at: usize) -> Option<&'a str> {
    text.tokens.get(at).map(|token| token.span().of(text.body))
}

/// The token behind a full stop at `at`, or `at`.
fn skip_stop(text: &Text<'_>, at: usize) -> usize {
    if word(text, at) == Some(".") { at + 1 } else { at }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(input: &str, expected: &str) {
        let found = date(&Text::new(input), 0);
        assert_eq!(found.map_or(String::new(), |(date, _)| date.to_string()), expected, "{input}");
    }

    #[test]
    fn dates_are_read_in_every_order_and_language() {
        for (input, expected) in [
            ("Feb. 27 was cold", "--02-27"),
            ("MARCH  23 - A bank", "--03-23"),
            ("Aug 29, 2014 (XY)", "2014-08-29"),
            ("Jul 26 2022", "2022-07-26"),
            ("17th April, 2026", "2026-04-17"),
            ("21 janv. 2019", "2019-01-21"),
            ("1er mai 2020", "2020-05-01"),
            ("1 LUG - Il", "--07-01"),
            ("3 de marzo de 2020", "2020-03-03"),
            ("3. März", "--03-03"),
            ("6 февраля 2020 г.", "2020-02-06"),
            ("٣ مارس", "--03-03"),
            ("23/6/2006", "2006-06-23"),
            ("5/23/2006", "2006-05-23"),
            ("2021-02-27", "2021-02-27"),
            ("27.02.2021", "2021-02-27"),
            ("Monday, March 3, 2008", "2008-03-03"),
            ("Feb 29", "--02-29"),
        ] {
            check(input, expected);
        }
    }

    #[test]
    fn what_is_no_date_stays_none() {
        for input in [
            "Feb 30",
            "March madness",
            "May",
            "31 April 2020",
            "7 brides",
            "12 2020",
            "Jan 2, 1200x",
        ] {
            let expected = if input.starts_with("Jan") { "--01-02" } else { "" };
            check(input, expected);
        }
    }
}
