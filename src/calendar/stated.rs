//! Dates as metadata write them: ISO 8601 in its full and its short form, RFC 822, `April 29, 1990`, `29 avril 1990`,
//! `29.04.1990`, UNIX time. Dates in running text are `extract`'s business.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::article::{Origin, PartialDate, Published};

/// Years that a news archive can have.
const YEARS: std::ops::RangeInclusive<i16> = 1600..=2100;

/// The date that `value`, the content of `field`, states.
pub(crate) fn published(field: &str, value: &str) -> Option<Published> {
    let (date, time) = read(value)?;
    Some(Published { date, time, origin: Origin::Field(field.to_owned()) })
}

/// The moment that `value` states, if it states one to the second and with its zone.
pub(crate) fn moment(value: &str) -> Option<jiff::Timestamp> {
    let (date, time) = read(value)?;
    let time = time.unwrap_or_else(|| "00:00:00Z".to_owned());
    let zone = time.contains(['Z', '+', '-']);
    format!("{date}T{time}{}", if zone { "" } else { "Z" }).parse().ok()
}

/// Date and time of day.
fn read(value: &str) -> Option<(PartialDate, Option<String>)> {
    let value = value.trim();
    unix(value).or_else(|| iso(value)).or_else(|| words(value))
}

/// Seconds or milliseconds since 1970.
fn unix(value: &str) -> Option<(PartialDate, Option<String>)> {
    let whole = value.split_once('.').map_or(value, |(whole, _)| whole);
    if !whole.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let number: i64 = whole.parse().ok()?;
    let seconds = match whole.len() {
        9 | 10 => number,
        13 => number / 1000,
        _ => return None,
    };
    let text = jiff::Timestamp::from_second(seconds).ok()?.to_string();
    iso(&text)
}

/// `2021-02-27T10:42:33+03:30`, `20210227T104233Z`, `2021-02-27`, `2021/02/27`, `20210227`, `2021-02`, `2021`.
fn iso(value: &str) -> Option<(PartialDate, Option<String>)> {
    let bytes = value.as_bytes();
    let digits = bytes.iter().take_while(|b| b.is_ascii_digit()).count();
    let number = |from: usize, to: usize| value.get(from..to)?.parse::<i16>().ok();
    let year = number(0, 4).filter(|year| YEARS.contains(year))?;
    let (date, rest) = match (digits, bytes.get(4)) {
        (8 | 12 | 14, _) => (day(year, number(4, 6)?, number(6, 8)?)?, value.get(8..)?),
        (4, None) => (PartialDate { year: Some(year), ..PartialDate::default() }, ""),
        (4, Some(b'-' | b'/' | b'.' | b':')) => {
            let mut parts = value[5..].split(|c: char| !c.is_ascii_digit());
            let first = parts.next()?;
            let month: u8 = first.parse().ok().filter(|month| (1..=12).contains(month))?;
            let behind = 5 + first.len();
            match parts.next().filter(|d| (1..=2).contains(&d.len()) && bytes[behind] == bytes[4]) {
                Some(second) => {
                    let date = PartialDate::ymd(year, month, second.parse().ok()?)?;
                    (date, value.get(behind + 1 + second.len()..)?)
                }
                None if behind == value.len() => {
                    (PartialDate { year: Some(year), month: Some(month), day: None }, "")
                }
                None => return None,
            }
        }
        _ => return None,
    };
    Some((date, time(rest.trim_start_matches(['T', 't', ' ', ',', '-', ':']))))
}

fn day(year: i16, month: i16, day: i16) -> Option<PartialDate> {
    PartialDate::ymd(year, u8::try_from(month).ok()?, u8::try_from(day).ok()?)
}

/// `10:42`, `10:42:33.5+0330`, `104233Z`, `10:42:33 GMT`, `10:42 PM` at the head of `text`, as `10:42:33+03:30`.
fn time(text: &str) -> Option<String> {
    let mut parts = [0u8; 3];
    let mut rest = text;
    for (i, part) in parts.iter_mut().enumerate() {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let take = if digits > 2 { 2 } else { digits };
        match rest.get(..take).filter(|d| !d.is_empty()).and_then(|d| d.parse().ok()) {
            Some(number) => *part = number,
            None if i == 2 => break,
            None => return None,
        }
        rest = &rest[take..];
        if i < 2 {
            rest = rest.strip_prefix(':').or_else(|| rest.strip_prefix('.')).unwrap_or(rest);
        }
    }
    let [mut hour, minute, second] = parts;
    if let Some(fraction) = rest.strip_prefix(['.', ',']) {
        rest = fraction.trim_start_matches(|c: char| c.is_ascii_digit());
    }
    let rest = rest.trim_start();
    let half = rest.get(..2).unwrap_or_default().to_ascii_lowercase();
    match half.as_str() {
        "pm" if hour < 12 => hour += 12,
        "am" if hour == 12 => hour = 0,
        _ => {}
    }
    (hour < 24 && minute < 60 && second < 61)
        .then(|| format!("{hour:02}:{minute:02}:{second:02}{}", zone(rest).unwrap_or_default()))
}

/// `+0330`, `+03:30`, `Z`, `GMT`, `EST` as ISO 8601 writes it.
fn zone(text: &str) -> Option<String> {
    let text = text.trim_start();
    if let Some(sign) = text.chars().next().filter(|c| matches!(c, '+' | '-')) {
        let digits: String = text[1..]
            .chars()
            .filter(|c| *c != ':')
            .take_while(char::is_ascii_digit)
            .take(4)
            .collect();
        return match digits.len() {
            4 => Some(format!("{sign}{}:{}", &digits[..2], &digits[2..])),
            2 => Some(format!("{sign}{digits}:00")),
            _ => None,
        };
    }
    let name: String = text.chars().take_while(char::is_ascii_alphabetic).collect();
    Some(
        match name.to_ascii_uppercase().as_str() {
            "Z" | "GMT" | "UTC" | "UT" => "Z",
            "EST" | "CDT" => "-05:00",
            "EDT" => "-04:00",
            "CST" | "MDT" => "-06:00",
            "MST" | "PDT" => "-07:00",
            "PST" => "-08:00",
            "BST" | "CET" => "+01:00",
            "CEST" => "+02:00",
            _ => return None,
        }
        .to_owned(),
    )
}

/// A date with the name of its month, or in figures with the day first: `Sat, 27 Feb 2021 10:42:33 +0330`,
/// `April 29, 1990, Sunday`, `27-FEB-1987 15:01:01.79`, `27.02.2021`, `02/27/2021`.
fn words(value: &str) -> Option<(PartialDate, Option<String>)> {
    let mut tokens = tokens(value).take(12);
    let (mut month, mut before, mut figures, mut end) = (None, None, Vec::new(), 0);
    for (at, token) in tokens.by_ref() {
        if let Ok(number) = token.trim_end_matches(|c: char| c.is_alphabetic()).parse::<i16>() {
            if value.as_bytes().get(at + token.len()) == Some(&b':') {
                // A time of day ahead of the date: `15:01 27 Feb 2021`.
                if figures.is_empty() {
                    continue;
                }
                break;
            }
            figures.push((number, token.len()));
            end = at + token.len();
        } else if month.is_none()
            && let Some(found) = month_of(token)
        {
            month = Some(found);
            before = Some(figures.len());
        }
        if figures.len() == if month.is_some() { 2 } else { 3 } {
            break;
        }
    }
    let year = |(number, digits): (i16, usize)| match (digits, number) {
        (4.., _) => Some(number),
        (2, 0..=49) => Some(2000 + number),
        (2, _) => Some(1900 + number),
        _ => None,
    };
    let valid = |y: i16, m: u8, d: i16| {
        YEARS.contains(&y).then(|| PartialDate::ymd(y, m, u8::try_from(d).ok()?)).flatten()
    };
    let date = match (month, figures.as_slice()) {
        (Some(m), [first, second]) if first.1 == 4 && before == Some(1) => {
            valid(first.0, m, second.0)?
        }
        (Some(m), [first, second]) => valid(year(*second)?, m, first.0)?,
        (Some(m), [only]) if only.1 == 4 && YEARS.contains(&only.0) => {
            PartialDate { year: Some(only.0), month: Some(m), day: None }
        }
        (None, [first, second, third]) => {
            let y = year(*third)?;
            // With strokes the month may come first, as in America; a figure above 12 tells.
            let day_first = valid(y, u8::try_from(second.0).ok()?, first.0);
            let month_first = valid(y, u8::try_from(first.0).ok()?, second.0);
            if value.contains('.') || value.contains('-') {
                day_first.or(month_first)?
            } else {
                month_first.or(day_first)?
            }
        }
        _ => return None,
    };
    let rest = &value[end..];
    let clock = rest
        .find(|c: char| c.is_ascii_digit())
        .and_then(|at| time(&rest[at..]).filter(|_| rest.contains(':')));
    Some((date, clock))
}

/// The words and figures of `value` with their places.
fn tokens(value: &str) -> impl Iterator<Item = (usize, &str)> {
    value
        .split(|c: char| !c.is_alphanumeric())
        .filter(|token| !token.is_empty())
        .map(|token| (token.as_ptr() as usize - value.as_ptr() as usize, token))
}

/// 1 to 12 for the name of a month, or its first letters, in the languages of the large agencies.
pub(crate) fn month_of(word: &str) -> Option<u8> {
    MONTHS.get(word.to_lowercase().as_str()).copied()
}

static MONTHS: LazyLock<FxHashMap<&'static str, u8>> = LazyLock::new(|| {
    let rows = include_str!("months_stated.tsv").lines().filter(|line| !line.starts_with('#'));
    rows.flat_map(|row| {
        let mut columns = row.split('\t');
        let number = columns.next().and_then(|n| n.parse().ok()).unwrap_or(0);
        columns.map(move |name| (name, number))
    })
    .collect()
});

#[cfg(test)]
mod tests {
    use super::*;

    fn check(value: &str, expected: &str) {
        let shown = read(value).map_or(String::new(), |(date, time)| match time {
            Some(time) => format!("{date}T{time}"),
            None => date.to_string(),
        });
        assert_eq!(shown, expected, "{value}");
    }

    #[test]
    fn iso_8601() {
        check("2021-02-27T10:42:33+03:30", "2021-02-27T10:42:33+03:30");
        check("20210227T104233Z", "2021-02-27T10:42:33Z");
        check("20210227T104233+0000", "2021-02-27T10:42:33+00:00");
        check("2021-02-27 10:42:33.123", "2021-02-27T10:42:33");
        check("2021-02-27", "2021-02-27");
        check("20210227", "2021-02-27");
        check("2021-02", "2021-02");
        check("2021", "2021");
        check("2021-13-27", "");
        check("1614422553", "2021-02-27T10:42:33Z");
        check("1614422553000", "2021-02-27T10:42:33Z");
    }

    #[test]
    fn other_forms() {
        check("Sat, 27 Feb 2021 10:42:33 +0330", "2021-02-27T10:42:33+03:30");
        check("Sat, 27 Feb 21 10:42 GMT", "2021-02-27T10:42:00Z");
        check("April 29, 1990, Sunday, Home Edition", "1990-04-29");
        check("26-FEB-1987 15:01:01.79", "1987-02-26T15:01:01");
        check("Samedi 27 février 2021", "2021-02-27");
        check("27. Februar 2021", "2021-02-27");
        check("27.02.2021", "2021-02-27");
        check("02/27/2021", "2021-02-27");
        check("27/02/2021", "2021-02-27");
        check("February 2021", "2021-02");
        check("1st March 2021", "2021-03-01");
        check("yesterday", "");
        check("", "");
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_survived(value in "\\PC{0,40}|([0-9]{0,5}|[-/.: ,TZ+]|feb|GMT){0,12}") {
            read(&value);
            moment(&value);
        }
    }
}
