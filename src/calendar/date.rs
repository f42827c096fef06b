//! One reading of a date, for all who read one: day, month and year in words or figures, at the head of a text
//! ([`at_head`]) or anywhere in it ([`find`]).
//!
//! Where the order is not certain, the day stands first (`02/03/2021` is 2 March); the American order is read only where
//! no other is a date (`02/27/2021`).

use std::ops::RangeInclusive;

use unicode_normalization::char::is_combining_mark;

use super::PartialDate;
use super::month_names;
use crate::text::fold;

/// The years of articles: the first newspapers are of the 17th century.
pub const YEARS: RangeInclusive<i16> = 1600..=2100;

/// Which figures are a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Years {
    /// Four digits, within [`YEARS`].
    Full,
    /// Two digits too: 1950 to 2049.
    Short,
    /// Any four digits.
    Any,
}

/// A date and the text behind it.
type Read<'a> = (PartialDate, &'a str);

/// The most words and figures at which [`find`] looks.
const TRIES: usize = 24;

/// The first date in `text` that `accept` takes, and the text behind it.
pub(crate) fn find(
    text: &str,
    years: Years,
    accept: impl Fn(PartialDate) -> bool,
) -> Option<Read<'_>> {
    locate(text, years, accept).map(|(_, date, rest)| (date, rest))
}

/// [`find`], with the position at which the date begins.
pub(crate) fn locate(
    text: &str,
    years: Years,
    accept: impl Fn(PartialDate) -> bool,
) -> Option<(usize, PartialDate, &str)> {
    starts(text).take(TRIES).find_map(|at| {
        let (date, rest) = at_head(&text[at..], years)?;
        accept(date).then_some((at, date, rest))
    })
}

/// The first date in figures and slashes, read as America writes it: `3/4/2021` is 4 March.
pub(crate) fn find_american(text: &str, years: Years) -> Option<Read<'_>> {
    starts(text).take(TRIES).find_map(|at| {
        let (month, rest) = number(&text[at..])?;
        let (day, third, rest) = figures(rest, false)?;
        let is_american = text[at..].chars().find(|c| digit(*c).is_none()) == Some('/');
        let date = ymd(year(third, years)?, month.value, day.value)?;
        (is_american && month.digits <= 2).then_some((date, behind_year(rest, third)?))
    })
}

/// Where words and figures begin, but not the minutes of a time of day.
fn starts(text: &str) -> impl Iterator<Item = usize> + '_ {
    let mut before = [' '; 2];
    text.char_indices().filter_map(move |(at, c)| {
        let [second, first] = before;
        before = [first, c];
        let begins = if digit(c).is_some() {
            let is_minute = first == ':' && digit(second).is_some();
            digit(first).is_none() && !first.is_ascii_alphanumeric() && !is_minute
        } else {
            c.is_alphabetic() && !first.is_alphabetic()
        };
        begins.then_some(at)
    })
}

/// The date that `text` opens with, and what follows it. It has a year or a day, and a month:
/// `27 February 2021`, `Feb. 27`, `1er mai 2020`, `2021-02-27`, `20210227`, `2021年2月27日`, `27.02.2021`, `February 2021`.
pub(crate) fn at_head(text: &str, years: Years) -> Option<Read<'_>> {
    let Some((first, rest)) = number(text) else { return month_first(text, years) };
    match first.digits {
        8 | 12 | 14 => compact(text, years),
        4 => year_first(full_year(first, years)?, rest),
        1 | 2 => day_month_year(first, rest, years).or_else(|| day_first(first, rest, years)),
        _ => None,
    }
}

/// `2021`, `2021-02`, `2021/02`: what is a date only where nothing else stands in `text`.
pub(crate) fn year_or_month(text: &str, years: Years) -> Option<PartialDate> {
    let (first, rest) = number(text)?;
    let year = Some(full_year(first, years)?);
    if rest.is_empty() {
        return Some(PartialDate { year, month: None, day: None });
    }
    let (mark, rest) = figure_mark(rest)?;
    let (second, rest) = number(rest)?;
    let is_month = second.digits <= 2 && (1..=12).contains(&second.value);
    let ended = rest.is_empty() || (closes('年', mark) && matches!(rest, "月" | "월"));
    (is_month && ended).then_some(PartialDate { year, month: Some(second.value as u8), day: None })
}

/// `20210227`, also with a time of day behind it.
fn compact(text: &str, years: Years) -> Option<Read<'_>> {
    let part = |range: std::ops::Range<usize>| text.get(range)?.parse::<u32>().ok();
    let year = full_year(Number { value: part(0..4)?, digits: 4 }, years)?;
    Some((ymd(year, part(4..6)?, part(6..8)?)?, text.get(8..)?))
}

/// What follows a year: `-02-27`, `年2月27日`, `. február 27.`, `-Feb-27`, `. gada 27. februāris`.
fn year_first(year: i16, text: &str) -> Option<Read<'_>> {
    if let Some((month, day, rest)) = figures(text, true) {
        let rest = rest.strip_prefix(['日', '일']).unwrap_or(rest);
        let date = (day.digits <= 2).then(|| ymd(year, month.value, day.value))??;
        return Some((date, rest));
    }
    let stopped = text.strip_prefix('.').map(str::trim_start);
    // A capital letter behind a full stop opens another sentence.
    let rest = match stopped {
        Some(rest) => Some(rest).filter(|rest| rest.starts_with(char::is_lowercase))?,
        None => text.strip_prefix('-').unwrap_or(text).trim_start(),
    };
    if let Some(rest) = rest.strip_prefix("gada ") {
        let (day, rest) = number(rest)?;
        let (month, rest) = month(rest.trim_start_matches(['.', ' ']))?;
        return Some((ymd(year, month.into(), day.value)?, rest));
    }
    let rest = rest.strip_prefix("m. ").unwrap_or(rest);
    let (month, rest) = month(rest)?;
    let Some((day, behind)) = number(rest.trim_start_matches(['.', '-', ' '])) else {
        return Some((PartialDate { year: Some(year), month: Some(month), day: None }, rest));
    };
    // `2020 May 5, 2021` is a date behind another year.
    let date = (day.digits <= 2 && trailing_year(behind, Years::Full).is_none())
        .then(|| ymd(year, month.into(), day.value))??;
    Some((date, behind))
}

/// What follows a day in figures: `.02.2021`, `/2/21`, `-02-2021`; or a month, in America.
fn day_month_year(first: Number, text: &str, years: Years) -> Option<Read<'_>> {
    let (second, third, rest) = figures(text, false)?;
    let year = year(third, years)?;
    let rest = behind_year(rest, third)?;
    let date =
        ymd(year, second.value, first.value).or_else(|| ymd(year, first.value, second.value))?;
    Some((date, rest))
}

/// What follows a day: ` February 2021`, `th of April, 2026`, `er mai`, ` de marzo de 2020`, `-FEB-1987`.
fn day_first(day: Number, text: &str, years: Years) -> Option<Read<'_>> {
    let rest = behind_ordinal(text.strip_prefix('.').unwrap_or(text));
    let rest = rest.strip_prefix('.').unwrap_or(rest);
    let rest = rest.strip_prefix(['-', '/', '\u{2010}', '\u{2011}', '–']).unwrap_or(rest);
    let (month, rest) = month(behind_link(rest.trim_start()))?;
    with_year(month, day, rest, years)
}

/// `Feb. 27, 2021`, `MARCH 3`, `Jul 26 2022`, `Apr 28 17:40:08 UTC 2023`, `February 2021`.
fn month_first(text: &str, years: Years) -> Option<Read<'_>> {
    let (month, rest) = month(text)?;
    let behind = match rest.strip_prefix(['-', '/']) {
        Some(behind) => behind,
        None => behind_stop(rest).trim_start(),
    };
    let Some((day, behind)) = number(behind).filter(|(day, _)| day.digits <= 2) else {
        let (year, rest) = trailing_year(rest, Years::Full)?;
        return Some((PartialDate { year: Some(year), month: Some(month), day: None }, rest));
    };
    with_year(month, day, behind_ordinal(behind), years)
}

/// Day and month with the year that `rest` opens with, if it does.
fn with_year(month: u8, day: Number, rest: &str, years: Years) -> Option<Read<'_>> {
    let month = u32::from(month);
    if let Some((year, rest)) = trailing_year(rest, years) {
        return Some((ymd(year, month, day.value)?, rest));
    }
    if let Some(year) = year_behind_time(rest) {
        return Some((ymd(year, month, day.value)?, rest));
    }
    // `March 5,000`, `10:30`
    let mut next = rest.chars();
    if matches!(next.next(), Some(',' | '.' | ':')) && next.next().is_some_and(is_digit) {
        return None;
    }
    // A leap year, so that 29 February is a day.
    let date = ymd(2000, month, day.value)?;
    Some((PartialDate { year: None, ..date }, rest))
}

/// The year that `text` opens with, behind a comma, a hyphen or `de`, and what follows it.
fn trailing_year(text: &str, years: Years) -> Option<(i16, &str)> {
    let stopped = behind_stop(text);
    let rest = match stopped.strip_prefix(['-', '/', '.']) {
        Some(rest) => rest,
        None => stopped.trim_start().trim_start_matches(',').trim_start(),
    };
    let (number, rest) = number(behind_link(rest))?;
    Some((year(number, years)?, behind_year(rest, number)?))
}

/// The year behind a time of day and its zone: ` 17:40:08 UTC 2023`.
fn year_behind_time(text: &str) -> Option<i16> {
    let mut words = text.split_ascii_whitespace();
    words.next().filter(|time| time.as_bytes().get(2) == Some(&b':'))?;
    words.take(2).find_map(|word| full_year(number(word)?.0, Years::Full))
}

/// What follows a year, unless it shows that the figures are none: `2021x`, `2014-15`, `10.12.20.4`.
fn behind_year(text: &str, year: Number) -> Option<&str> {
    const WORDS: &[&str] = &["г.", "г", "р.", "року", "م"];
    let after_space = text.trim_start();
    let word = WORDS.iter().find_map(|word| after_space.strip_prefix(word));
    if let Some(rest) = word.filter(|rest| !rest.starts_with(char::is_alphanumeric)) {
        return Some(rest);
    }
    let mut next = text.chars();
    let goes_on = match next.next() {
        Some('-') => next.next().is_some_and(char::is_alphanumeric),
        Some(':') => year.digits == 2,
        Some('.' | ',' | '/') => next.next().is_some_and(is_digit),
        Some(c) => c.is_alphanumeric(),
        None => false,
    };
    (!goes_on).then_some(text)
}

/// The text behind an ordinal's ending: `27th`, `1er`, `3º`, `27-го`.
fn behind_ordinal(text: &str) -> &str {
    const ENDINGS: &[&str] = &["st", "nd", "rd", "th", "er", "e", "º", "ª", "°", "-го"];
    let (letters, _) = word(text);
    let ending = ENDINGS.iter().find_map(|ending| {
        let (head, rest) = text.split_at_checked(ending.len())?;
        let whole = letters.len() <= ending.len();
        (whole && head.eq_ignore_ascii_case(ending)).then_some(rest)
    });
    ending.unwrap_or(text)
}

/// The text behind a full stop, which may stand apart, or `text`.
fn behind_stop(text: &str) -> &str {
    text.trim_start().strip_prefix('.').unwrap_or(text)
}

/// The text behind a word that links day, month and year.
fn behind_link(text: &str) -> &str {
    const LINKS: &[&str] = &["de", "del", "of", "di", "ta’", "ta'", "năm"];
    if let Some(rest) = text.strip_prefix("d'").or_else(|| text.strip_prefix("d’")) {
        return rest;
    }
    match text.split_once(char::is_whitespace) {
        Some((word, rest)) if LINKS.contains(&word) => rest.trim_start(),
        _ => text,
    }
}

/// The two figures that follow a first one with the same mark before each: `-02-27`, `. 2. 2021`, `年2月27`.
fn figures(text: &str, year_first: bool) -> Option<(Number, Number, &str)> {
    let (mark, rest) = figure_mark(text)?;
    let (second, rest) = number(rest)?;
    let (other, rest) = figure_mark(rest)?;
    let (third, rest) = number(rest)?;
    let fits = mark == other || closes(mark, other);
    let is_colon_of_time = mark == ':' && !year_first;
    (fits && second.digits <= 2 && !is_colon_of_time).then_some((second, third, rest))
}

/// Whether `month` is the mark behind a month where `year` is that behind a year.
fn closes(year: char, month: char) -> bool {
    matches!((year, month), ('年', '月' | '年') | ('년', '월'))
}

/// The mark between the figures of a date, with white space around it.
fn figure_mark(text: &str) -> Option<(char, &str)> {
    const MARKS: &[char] =
        &['-', '/', '.', ':', '\u{2010}', '\u{2011}', '–', '年', '月', '년', '월'];
    let text = text.trim_start();
    let mark = text.chars().next().filter(|c| MARKS.contains(c))?;
    Some((mark, text[mark.len_utf8()..].trim_start()))
}

/// The month that `text` opens with, 1 to 12, and what follows its name. Two names of one month count as one
/// (`شباط/فبراير`).
fn month(text: &str) -> Option<(u8, &str)> {
    let (word, rest) = word(text);
    if !word.is_ascii() && matches!(fold(word).as_str(), "thang" | "thg") {
        let (number, rest) = number(rest.trim_start())?;
        let month = u8::try_from(number.value).ok().filter(|month| (1..=12).contains(month))?;
        return Some((month, rest.strip_prefix(',').unwrap_or(rest)));
    }
    let month = month_names::month(word)?;
    let again = figure_mark(rest).filter(|(mark, _)| *mark == '/');
    let again = again.map(|(_, rest)| self::word(rest));
    match again {
        Some((second, rest)) if month_names::month(second) == Some(month) => Some((month, rest)),
        _ => Some((month, rest)),
    }
}

/// The letters that `text` opens with, and what follows.
fn word(text: &str) -> (&str, &str) {
    let is_letter = |c: char| c.is_alphabetic() || is_combining_mark(c) || c == '\u{200c}';
    text.split_at(text.find(|c| !is_letter(c)).unwrap_or(text.len()))
}

/// Figures and how many they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Number {
    value: u32,
    digits: usize,
}

/// The figures that `text` opens with, and what follows; the value of more than nine is not counted.
fn number(text: &str) -> Option<(Number, &str)> {
    let mut read = Number { value: 0, digits: 0 };
    let mut rest = text.chars();
    while let Some(digit) = rest.clone().next().and_then(digit) {
        read.value = read.value.saturating_mul(10).saturating_add(digit);
        read.digits += 1;
        rest.next();
    }
    (read.digits > 0).then_some((read, rest.as_str()))
}

fn is_digit(c: char) -> bool {
    digit(c).is_some()
}

/// The value of a western, Arabic, Persian, Indian or wide digit.
fn digit(c: char) -> Option<u32> {
    const ZEROS: [char; 6] = ['0', '٠', '۰', '०', '০', '０'];
    if c.is_ascii() {
        return c.to_digit(10);
    }
    ZEROS.iter().map(|&zero| (c as u32).wrapping_sub(zero as u32)).find(|&digit| digit < 10)
}

fn full_year(number: Number, years: Years) -> Option<i16> {
    let year = (number.digits == 4).then(|| i16::try_from(number.value).ok())??;
    (years == Years::Any || YEARS.contains(&year)).then_some(year)
}

fn year(number: Number, years: Years) -> Option<i16> {
    let short = number.value as i16;
    match number.digits {
        2 if years == Years::Short => Some(if short < 50 { 2000 + short } else { 1900 + short }),
        _ => full_year(number, years),
    }
}

fn ymd(year: i16, month: u32, day: u32) -> Option<PartialDate> {
    PartialDate::ymd(year, u8::try_from(month).ok()?, u8::try_from(day).ok()?)
}
