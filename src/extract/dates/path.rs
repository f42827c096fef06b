//! Dates in paths and web addresses: `2021/02/27/`, `20210227-…`, `2017-06/`, `2021/feb/27/`. Stricter than dates in text,
//! for most figures in paths are none: eight digits must be a day of the calendar, a year alone must be a whole part of
//! the path, and figures that are a date in two orders are none.

use crate::article::PartialDate;
use crate::calendar::{YEARS, month_names};

/// The most precise date in `path`; of several, the last one.
pub(super) fn date(path: &str) -> Option<PartialDate> {
    let mut best: Option<PartialDate> = None;
    for start in number_starts(path) {
        if let Some(date) = starts_here(path, start)
            && best.is_none_or(|best| precision(date) >= precision(best))
        {
            best = Some(date);
        }
    }
    best
}

fn precision(date: PartialDate) -> u8 {
    u8::from(date.month.is_some()) + u8::from(date.day.is_some())
}

/// Where runs of digits begin.
fn number_starts(path: &str) -> impl Iterator<Item = usize> + '_ {
    let bytes = path.as_bytes();
    (0..bytes.len())
        .filter(move |&i| bytes[i].is_ascii_digit() && (i == 0 || !bytes[i - 1].is_ascii_digit()))
}

fn starts_here(path: &str, start: usize) -> Option<PartialDate> {
    let rest = &path[start..];
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    match digits {
        8 => PartialDate::ymd(year(&rest[..4])?, two(&rest[4..6])?, two(&rest[6..8])?),
        4 => year_first(path, start, rest),
        1 | 2 => day_first(rest, digits),
        _ => None,
    }
}

/// `2021/02/27`, `2021-feb-27`, `2017-06`, `2017-06/03-`, and `2016` between strokes.
fn year_first(path: &str, start: usize, rest: &str) -> Option<PartialDate> {
    let year = year(&rest[..4])?;
    let whole = Some(PartialDate { year: Some(year), month: None, day: None })
        .filter(|_| (start == 0 || path[..start].ends_with('/')) && rest[4..].starts_with('/'));
    let Some((separator, behind)) = separated(&rest[4..]) else { return whole };
    let Some((month, length)) = month(behind) else { return whole };
    let year_month = PartialDate { year: Some(year), month: Some(month), day: None };
    let day = separated(&behind[length..]).and_then(|(other, behind)| {
        let digits = behind.bytes().take_while(u8::is_ascii_digit).count();
        // `2017-06/03-river.txt`, `2017/06-03-river.txt`
        let mixed = other != separator
            && digits == 2
            && behind[digits..].starts_with(['-', '_'])
            && matches!((separator, other), ('-', '/') | ('/', '-'));
        (mixed || (other == separator && (1..=2).contains(&digits)))
            .then(|| PartialDate::ymd(year, month, two(&behind[..digits])?))?
    });
    if day.is_none() && month_names::is_foreign(&behind[..length]) {
        return whole;
    }
    let ended = !behind[length..].starts_with(|c: char| c.is_alphanumeric());
    day.or(ended.then_some(year_month))
}

/// `27-02-2021`, if only one order makes a date.
fn day_first(rest: &str, digits: usize) -> Option<PartialDate> {
    let a = two(&rest[..digits])?;
    let (separator, behind) = separated(&rest[digits..])?;
    let (b, length) = month_or_number(behind)?;
    let (other, behind) = separated(&behind[length..])?;
    let year = year(behind.get(..4)?)?;
    let ended = !behind[4..].starts_with(|c: char| c.is_ascii_digit());
    let date = match (PartialDate::ymd(year, b, a), PartialDate::ymd(year, a, b)) {
        (Some(date), None) | (None, Some(date)) => Some(date),
        (Some(date), Some(same)) if date == same => Some(date),
        _ => None,
    };
    date.filter(|_| separator == other && separator != '/' && ended)
}

/// The separator that opens `rest`, and what stands behind it.
fn separated(rest: &str) -> Option<(char, &str)> {
    let separator = rest.chars().next().filter(|c| matches!(c, '/' | '-' | '_' | '.'))?;
    Some((separator, &rest[1..]))
}

/// A month in two figures or as a word, and its length. A word that is a month in another language than English counts only
/// beside a day: `2016/mag/` is a folder.
fn month(rest: &str) -> Option<(u8, usize)> {
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 {
        return (digits == 2)
            .then(|| two(&rest[..2]))?
            .filter(|m| (1..=12).contains(m))
            .map(|m| (m, 2));
    }
    let letters = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
    month_names::month(&rest[..letters]).map(|month| (month, letters))
}

fn month_or_number(rest: &str) -> Option<(u8, usize)> {
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    if (1..=2).contains(&digits) { two(&rest[..digits]).map(|n| (n, digits)) } else { month(rest) }
}

fn two(digits: &str) -> Option<u8> {
    digits.parse().ok()
}

fn year(digits: &str) -> Option<i16> {
    digits.parse().ok().filter(|year| YEARS.contains(year))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(path: &str, expected: &str) {
        assert_eq!(date(path).map_or(String::new(), |d| d.to_string()), expected, "{path}");
    }

    #[test]
    fn dates_in_paths_keep_their_precision() {
        for (path, expected) in [
            ("wire/2021/02/27/river.txt", "2021-02-27"),
            ("wire/20210227-river.txt", "2021-02-27"),
            ("wire/2017-06/river.txt", "2017-06"),
            ("wire/1916/river.txt", "1916"),
            ("wire/2017-06/03-river.txt", "2017-06-03"),
            ("wire/2017/06-03-river.txt", "2017-06-03"),
            ("wire/2017-06/0003-river.txt", "2017-06"),
            ("wire/2016/2016-12-07_river.html", "2016-12-07"),
            ("https://news.example/2021/feb/27/river", "2021-02-27"),
            ("https://news.example/2021/feb/river", "2021-02"),
            ("https://news.example/2021/mag/river", "2021"),
            ("https://news.example/2021/mag/27/river", "2021-05-27"),
            ("https://news.example/river-27-02-2021.html", "2021-02-27"),
            ("https://news.example/2019/03/river", "2019-03"),
        ] {
            check(path, expected);
        }
    }

    #[test]
    fn numbers_are_no_dates() {
        for path in [
            "wire/00031.txt",
            "wire/12345678.txt",
            "wire/20211327.txt",
            "wire/2016.txt",
            "a/river-2016-election.txt",
            "wire/1234/x.txt",
            "wire/02-03-2021.txt",
            "x/202102271.txt",
            "é/１２.txt",
        ] {
            check(path, "");
        }
    }
}
